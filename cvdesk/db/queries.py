"""Reading: bound parameters in, rows out; environment errors become words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from cvdesk.db.faults import explained

Row = sqlite3.Row
Parameters = Sequence[Any] | Mapping[str, Any]
_AT_ONCE = 500


class Queries:
    """What every reader of the file can do. Subclasses say which connection to use and which file it is."""

    path: Path

    def _held(self) -> AbstractContextManager[sqlite3.Connection]:
        """The connection to ask, which nobody closes meanwhile."""
        raise NotImplementedError

    @contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection]:
        with explained(self.path), self._held() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment; inside an operation it is so anyway."""
        yield

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of a query."""
        with self._asking() as connection:
            return connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row, or None."""
        with self._asking() as connection:
            found: Row | None = connection.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def each(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """Rows one after the other, for results too large to hold."""
        with self._asking() as connection:
            cursor = connection.execute(sql, parameters)
        try:
            while True:
                with self._asking():
                    some = cursor.fetchmany(_AT_ONCE)
                if not some:
                    return
                yield from some
        finally:
            # Or the file's log of writes could not be emptied while nobody reads on.
            with suppress(sqlite3.ProgrammingError):  # the file was closed meanwhile
                cursor.close()
