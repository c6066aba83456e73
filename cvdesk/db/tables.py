"""What the writer knows of the tables: their columns, what hangs on them, and a row as it is kept in the history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

# The writer's own, and what is derived: never written as records.
_WITHOUT_HISTORY = {"operations", "changes", "drafts", "kept_figures", "holder", "entries_search", "entry_days"}
_NEEDED = {"id", "created_at", "updated_at"}


def register(connection: sqlite3.Connection) -> None:
    """Makes `exact_real` known to SQL: a number as text that loses no digit (SQLite's own JSON keeps 15)."""
    connection.create_function("exact_real", 1, repr, deterministic=True)


class Tables:
    """Columns and child tables of each table of records, read once per writer."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._types: dict[str, dict[str, str]] = {}
        self._children: dict[str, list[tuple[str, str, str]]] | None = None

    def of(self, table: str) -> Mapping[str, str]:
        """Columns in order with their types; raises ValueError for a table that may not be written here."""
        if table not in self._types:
            found = self._connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
            types = {row[0]: row[1] for row in found}
            if table in _WITHOUT_HISTORY or not types.keys() >= _NEEDED:
                raise ValueError(f"no table of records is called {table!r}")
            self._types[table] = types
        return self._types[table]

    def known(self, table: str, columns: Mapping[str, Any]) -> None:
        """Raises ValueError unless the table has all these columns."""
        unknown = columns.keys() - self.of(table).keys()
        if unknown:
            raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")

    def children(self, table: str) -> list[tuple[str, str, str]]:
        """(child table, its column, what happens on delete) for each reference to this table."""
        if self._children is None:
            self._children = {}
            tables = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in tables:
                if name in _WITHOUT_HISTORY:
                    continue
                for key in self._connection.execute(f"PRAGMA foreign_key_list({name})"):
                    self._children.setdefault(key[2], []).append((name, key[3], key[6]))
        return self._children.get(table, [])

    def image_sql(self, table: str) -> str:
        """SQL that gives a whole row as `image_of` does."""
        forms = {
            "BLOB": "hex({0})",
            "REAL": "CASE WHEN CAST(CAST({0} AS TEXT) AS REAL) IS {0} THEN {0} ELSE exact_real({0}) END",
        }
        parts = (f"'{name}', {forms.get(kind, '{0}').format(name)}" for name, kind in self.of(table).items())
        return f"json_object({', '.join(parts)})"

    def row_of(self, table: str, image: str) -> dict[str, Any]:
        """The row a kept image stands for."""
        row: dict[str, Any] = json.loads(image)
        for name, kind in self.of(table).items():
            value = row.get(name)
            if kind == "BLOB" and value is not None:
                row[name] = bytes.fromhex(value)
            elif kind == "REAL" and isinstance(value, str):
                row[name] = float(value)
        return row


def image_of(row: sqlite3.Row) -> str:
    """A whole row as JSON; bytes as hexadecimal."""
    image = {name: row[name].hex() if isinstance(row[name], bytes) else row[name] for name in row.keys()}  # noqa: SIM118
    return json.dumps(image, ensure_ascii=False, separators=(",", ":"))
