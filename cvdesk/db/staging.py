"""A passing SQLite file whose tables carry prepared rows, to be copied into a business file set-wise.

Used as `file.run(label, work, attach={"incoming": staging.path})` with `op.copy_in(table, "incoming")` in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cvdesk.db.faults import explained


class Staging:
    """Tables named like those of the business file; the first column of each is `id`, reserved before.

    Close it before attaching it. The caller removes the file (a temporary folder does both).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tables: dict[str, str] = {}
        with explained(path):
            self._connection = sqlite3.connect(path, isolation_level=None)
            # Nothing here must survive a crash: no journal, no waiting for the disk.
            self._connection.execute("PRAGMA journal_mode = OFF")
            self._connection.execute("PRAGMA synchronous = OFF")

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables in the order they were made, which is the order to copy them in."""
        return tuple(self._tables)

    def table(self, name: str, columns: Sequence[str], constant: Mapping[str, str] | None = None) -> None:
        """Makes a table with `id` and these further columns; `constant` ones hold the same text in every row."""
        with explained(self.path):
            self._connection.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, {', '.join(columns)})")
            for column, text in (constant or {}).items():
                # Added afterwards it takes no room in the rows.
                quoted = text.replace("'", "''")
                self._connection.execute(f"ALTER TABLE {name} ADD COLUMN {column} DEFAULT '{quoted}'")
        marks = ", ".join("?" * (len(columns) + 1))
        self._tables[name] = f"INSERT INTO {name} (id, {', '.join(columns)}) VALUES ({marks})"

    def add(self, name: str, rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows: the id, then the columns as named."""
        with explained(self.path):
            self._connection.execute("BEGIN")
            self._connection.executemany(self._tables[name], rows)
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Finishes the file."""
        self._connection.close()

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
