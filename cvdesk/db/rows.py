"""The only place that writes records: every change inside an operation, with what stood before.

An operation is one transaction. `changes` keeps a before-image of each updated or deleted row; for inserts only the
table and the id, or the block of ids of an import. Search index and day summaries follow in the same transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cvdesk.db import derived
from cvdesk.db.ids import POSITION_BITS, Clock, IdSource, stamp
from cvdesk.db.queries import Queries

_LOW_BITS = (1 << POSITION_BITS) - 1
_DAY_ZERO = date(1970, 1, 1).toordinal()
_POSITION = f"CAST(julianday(date) - 2440587.5 AS INTEGER) * {1 << POSITION_BITS} + (id & {_LOW_BITS})"
_WITHOUT_HISTORY = {
    "operations",
    "changes",
    "drafts",
    "kept_figures",
    "holder",
    "entries_search",
    "entry_days",
}


def entry_position(day: str, row_id: int) -> int:
    """The order of an entry by date: days since 1970 times 2^42 plus the id's low 42 bits."""
    return ((date.fromisoformat(day).toordinal() - _DAY_ZERO) << POSITION_BITS) | (row_id & _LOW_BITS)


class Columns:
    """The columns and child tables of each table, read once per connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[str, tuple[str, ...]] = {}
        self._children: dict[str, list[tuple[str, str, str]]] | None = None

    def of(self, table: str) -> tuple[str, ...]:
        """Column names in order; raises ValueError for a table that may not be written here."""
        if table not in self._names:
            found = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
            if not found or table in _WITHOUT_HISTORY:
                raise ValueError(f"no table of records is called {table!r}")
            self._names[table] = tuple(row[1] for row in found)
        return self._names[table]

    def children(self, table: str) -> list[tuple[str, str, str]]:
        """(child table, its column, what happens on delete) for each reference to this table."""
        if self._children is None:
            self._children = {}
            tables = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in tables:
                for key in self._connection.execute(f"PRAGMA foreign_key_list({name})"):
                    self._children.setdefault(key[2], []).append((name, key[3], key[6]))
        return self._children.get(table, [])

    def image(self, table: str) -> str:
        """SQL that gives a whole row as JSON; bytes as hexadecimal."""
        parts = []
        for name in self.of(table):
            value = f"hex({name})" if (table, name) == ("attachments", "data") else name
            parts.append(f"'{name}', {value}")
        return f"json_object({', '.join(parts)})"


class Operation(Queries):
    """One step of the person's work, open while its transaction is. Reads see what it has written so far."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, columns: Columns, ids: IdSource, clock: Clock
    ) -> None:
        self.path = path
        self.id = ids.next()
        self.tables: set[str] = set()
        self._database = connection
        self._columns = columns
        self._ids = ids
        self._now = stamp(clock())
        self._touched: dict[int, tuple[int, str, str] | None] = {}
        self._days: set[str] = set()

    def _connection(self) -> sqlite3.Connection:
        return self._database

    @property
    def now(self) -> str:
        """The UTC instant of this operation, as kept in created_at and updated_at."""
        return self._now

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Adds a row and gives its id. Unknown columns raise ValueError."""
        row = {"created_at": self._now, "updated_at": self._now, **values}
        row_id = row["id"] = values.get("id") or self._ids.next()
        if table == "entries":
            row["position"] = entry_position(row["date"], row_id)
            self._touched.setdefault(row_id, None)
        self._write_new(table, row)
        self._note(table, row_id, row_id, "insert", None)
        return int(row_id)

    def update(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Changes columns of a row; nothing is noted where nothing changes. Raises LookupError for a missing row."""
        before = self._row(table, row_id)
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return
        if table == "entries" and "date" in changed:
            changed["position"] = entry_position(changed["date"], row_id)
        self._remember(table, row_id, before)
        self._note(table, row_id, row_id, "update", self._image(table, row_id))
        changed["updated_at"] = self._now
        self._set(table, row_id, changed)

    def delete(self, table: str, row_id: int) -> None:
        """Deletes a row; rows that hang on it go or let go first, as the schema says, each with its history."""
        before = self._row(table, row_id)
        for child, column, on_delete in self._columns.children(table):
            ids = [row[0] for row in self._run(f"SELECT id FROM {child} WHERE {column} = ?", (row_id,))]
            for child_id in ids:
                if on_delete == "CASCADE":
                    self.delete(child, child_id)
                elif on_delete == "SET NULL":
                    self.update(child, child_id, {column: None})
        self._remember(table, row_id, before)
        self._note(table, row_id, row_id, "delete", self._image(table, row_id))
        self._run(f"DELETE FROM {table} WHERE id = ?", (row_id,))

    def copy_in(self, table: str, source: str) -> int:
        """Copies all rows of the attached file's table of the same name, set-wise, and gives how many.

        The rows carry ids reserved before (`BusinessFile.reserve_ids`), any columns of the table but created_at,
        updated_at and position, which are filled in here. The block is one change in the history.
        """
        known = self._columns.of(table)
        given = [row["name"] for row in self._run(f"PRAGMA {source}.table_info({table})")]
        self._known(table, dict.fromkeys(given))
        count, first, last = self._run(f"SELECT count(*), min(id), max(id) FROM {source}.{table}")[0]
        if not count:
            return 0
        columns = {name: name for name in known if name in given}
        columns |= {"created_at": "?1", "updated_at": "?1"}
        if table == "entries":
            columns["position"] = _POSITION
        self._run(
            f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
            f" FROM {source}.{table} ORDER BY id",
            (self._now,),
        )
        self._note(table, first, last, "insert", None)
        if table == "entries":
            derived.index_block(self._database, first, last)
            self._days |= self._days_of(first, last)
        return int(count)

    # What undo needs: the same writes without a new history of their own making.

    def put_back(self, table: str, image: Mapping[str, Any]) -> None:
        """Writes a row as it stood: adds it again, or sets every column back."""
        row_id = image["id"]
        values = dict(image)
        if table == "attachments":
            values["data"] = bytes.fromhex(values["data"])
        if self._run(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)):
            self._remember(table, row_id, self._row(table, row_id))
            self._note(table, row_id, row_id, "update", self._image(table, row_id))
            self._set(table, row_id, values)
        else:
            if table == "entries":
                self._touched.setdefault(row_id, None)
            self._write_new(table, values)
            self._note(table, row_id, row_id, "insert", None)

    def remove_block(self, table: str, first: int, last: int, keep: frozenset[int] = frozenset()) -> None:
        """Deletes the rows with ids first..last but those to keep, with their before-images, set-wise."""
        where = "id BETWEEN ? AND ?"
        if keep:
            where += f" AND id NOT IN ({', '.join(str(row_id) for row_id in sorted(keep))})"
        span = (first, last)
        if table == "entries":
            self._days |= self._days_of(first, last)
            for row_id, position, day, text in self._run(
                f"SELECT id, position, date, text FROM entries WHERE {where}", span
            ):
                self._touched.setdefault(row_id, (position, day, text))
        count = self._run(f"SELECT count(*) FROM {table} WHERE {where}", span)[0][0]
        if not count:
            return
        base = self._ids.reserve(count)
        self._run(
            f"INSERT INTO changes (id, operation_id, table_name, row_id, last_row_id, action, before)"
            f" SELECT ? + row_number() OVER (ORDER BY id) - 1, ?, ?, id, id, 'delete', {self._columns.image(table)}"
            f" FROM {table} WHERE {where}",
            (base, self.id, table, *span),
        )
        self.tables.add(table)
        self._run(f"DELETE FROM {table} WHERE {where}", span)

    def finish(self) -> None:
        """Brings search index and day summaries up to what was written. Called once, before the commit."""
        for row_id, before in self._touched.items():
            if before is not None:
                derived.unindex(self._database, before[0], before[2])
                self._days.add(before[1])
            after = self._run("SELECT position, date, text FROM entries WHERE id = ?", (row_id,))
            if after:
                self._run(
                    "INSERT INTO entries_search (rowid, words) VALUES (?, search_words(?))",
                    (after[0][0], after[0][2]),
                )
                self._days.add(after[0][1])
        if self._days:
            derived.summarise_days(self._database, self._days)

    def _run(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        return self._database.execute(sql, parameters).fetchall()

    def _row(self, table: str, row_id: int) -> sqlite3.Row:
        self._columns.of(table)
        found = self._run(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
        if not found:
            raise LookupError(f"{table} has no row {row_id}")
        return found[0]

    def _image(self, table: str, row_id: int) -> str:
        image: str = self._run(f"SELECT {self._columns.image(table)} FROM {table} WHERE id = ?", (row_id,))[0][0]
        return image

    def _remember(self, table: str, row_id: int, before: sqlite3.Row) -> None:
        if table == "entries":
            self._touched.setdefault(row_id, (before["position"], before["date"], before["text"]))

    def _days_of(self, first: int, last: int) -> set[str]:
        return {
            row[0] for row in self._run("SELECT DISTINCT date FROM entries WHERE id BETWEEN ? AND ?", (first, last))
        }

    def _write_new(self, table: str, row: Mapping[str, Any]) -> None:
        self._known(table, row)
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        self._run(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))

    def _set(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        self._known(table, values)
        assignments = ", ".join(f"{name} = ?" for name in values)
        self._run(f"UPDATE {table} SET {assignments} WHERE id = ?", (*values.values(), row_id))

    def _known(self, table: str, values: Mapping[str, Any]) -> None:
        unknown = set(values) - set(self._columns.of(table))
        if unknown:
            raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")

    def _note(self, table: str, first: int, last: int, action: str, before: str | None) -> None:
        self.tables.add(table)
        self._run(
            "INSERT INTO changes (id, operation_id, table_name, row_id, last_row_id, action, before)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self._ids.next(), self.id, table, first, last, action, before),
        )


def before_image(text: str) -> dict[str, Any]:
    """A kept row as a mapping."""
    image: dict[str, Any] = json.loads(text)
    return image
