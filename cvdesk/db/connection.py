"""One SQLite connection as every part of the program uses it, and the reading connection of a thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cvdesk.db import derived, tables

_WAL_KEPT = 64 << 20  # bytes the log of writes may keep on disk after an import has swollen it
_ROOMY = -64_000  # KiB, as SQLite counts them
_DEFENSIVE = 1010  # SQLITE_DBCONFIG_DEFENSIVE, which Python 3.11 has no name for
_STATEMENTS = 400  # prepared statements kept: those of all pages together


def connect(path: Path, write: bool, immutable: bool = False) -> sqlite3.Connection:
    """A connection to a file that is there; raises sqlite3.Error. `immutable`: the file lies where nobody writes."""
    mode = "rw" if write else "ro"
    extra = "&immutable=1" if immutable else ""
    uri = f"{path.resolve().as_uri()}?mode={mode}{extra}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10, cached_statements=_STATEMENTS
    )
    try:
        connection.row_factory = sqlite3.Row
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        if hasattr(connection, "setconfig"):  # Python 3.12 on
            connection.setconfig(_DEFENSIVE, True)
        derived.register(connection)
        tables.register(connection)
        if not write:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def make_durable(connection: sqlite3.Connection) -> None:
    """Every commit is on the disk when it returns, and readers never wait for the writer."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA journal_size_limit = {_WAL_KEPT}")


@contextmanager
def roomy(connection: sqlite3.Connection) -> Iterator[None]:
    """More memory while much is copied in: with little, pages of the indexes go to the disk and back all the time."""
    usual = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size = {_ROOMY}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {usual}")
        connection.execute("PRAGMA shrink_memory")


class Reader:
    """A thread's own connection. It lives as long as the thread, or until the file is closed."""

    def __init__(self, path: Path, immutable: bool) -> None:
        # Held while a query runs: closing a connection under a running query would crash the program.
        self.turn = threading.RLock()
        self._connection: sqlite3.Connection | None = connect(path, write=False, immutable=immutable)

    @property
    def connection(self) -> sqlite3.Connection:
        """The open connection; raises RuntimeError after the file was closed. Only to be used with `turn` held."""
        if self._connection is None:
            raise RuntimeError("the business file is closed")
        return self._connection

    def close(self) -> None:
        """Closes it, once the query that is running has ended."""
        with self.turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def __del__(self) -> None:
        if getattr(self, "_connection", None) is not None:
            self.close()
