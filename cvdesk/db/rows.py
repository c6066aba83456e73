"""The only place that writes records: every change inside an operation, with what stood before.

An operation is one transaction. `changes` keeps a before-image of each updated or deleted row; for inserts only the
table and the id, or the block of ids of an import. Search index and day summaries follow in the same transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from cvdesk.db import derived
from cvdesk.db.bulk import MANY, quick_conditions
from cvdesk.db.ids import EPOCH, POSITION_BITS, RANDOM_BITS, Clock, IdSource, stamp
from cvdesk.db.many import WATCHED, Many
from cvdesk.db.tables import Tables, image_of

# Of an id's instant a position keeps quarters of a second, reckoned from the day before the entry's own: 20 bits, three
# days. So what is logged on its day, wherever on earth, stands in the order it was logged.
_QUARTERS = 250  # milliseconds
_A_DAY = 24 * 60 * 60 * 4  # quarters of a second
_WITHIN = (1 << (POSITION_BITS - RANDOM_BITS)) - 1
_RANDOM = (1 << RANDOM_BITS) - 1
_DAY_ZERO = date(1970, 1, 1).toordinal()
_FIRST_DAY = EPOCH.toordinal() - _DAY_ZERO + 1  # the day before it is where its quarters of a second begin
_DAYS = "CAST(julianday(date) - 2440587.5 AS INTEGER)"
_POSITION = (
    f"({_DAYS} << {POSITION_BITS})"
    f" | ((((id >> {RANDOM_BITS}) / {_QUARTERS} - ({_DAYS} - {_FIRST_DAY}) * {_A_DAY}) & {_WITHIN}) << {RANDOM_BITS})"
    f" | (id & {_RANDOM})"
)
_NOTE = """
INSERT INTO changes (id, operation_id, table_name, row_id, last_row_id, action, before) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_NOTE_DELETED = """
INSERT INTO changes (id, operation_id, table_name, row_id, last_row_id, action, before)
SELECT ?4 + row_number() OVER (ORDER BY id) - 1, ?5, ?6, id, id, 'delete', {image} FROM {table} WHERE {where}
"""
# Ids without a gap are one block; rows of others can never lie inside it.
_BLOCKS = """
SELECT min(id), max(id) FROM (SELECT id, id - row_number() OVER (ORDER BY id) AS block FROM {source}.{table})
GROUP BY block ORDER BY 1
"""


def entry_position(day: str, row_id: int) -> int:
    """The order of an entry: its day, when it was logged to a quarter of a second, and the random bits of its id.

    Raises ValueError for what is no day, and for days after the year 7711, which 63 bits cannot hold.
    """
    days = date.fromisoformat(day).toordinal() - _DAY_ZERO
    quarters = (row_id >> RANDOM_BITS) // _QUARTERS - (days - _FIRST_DAY) * _A_DAY
    return day_start(day) | ((quarters & _WITHIN) << RANDOM_BITS) | (row_id & _RANDOM)


def day_start(day: str) -> int:
    """The lowest position an entry of this day can have. Raises ValueError as `entry_position` does."""
    position = (date.fromisoformat(day).toordinal() - _DAY_ZERO) << POSITION_BITS
    if position >= 1 << 63:
        raise ValueError(f"{day} is too far ahead for an entry")
    return position


class Operation(Many):
    """One step of the person's work, open while its transaction is. Reads see what it has written so far."""

    def __init__(self, path: Path, connection: sqlite3.Connection, tables: Tables, ids: IdSource, clock: Clock) -> None:
        self.path = path
        self.id = ids.next()
        self.tables: set[str] = set()
        self._database = connection
        self._known = tables
        self._ids = ids
        self._now = stamp(clock())
        self._over = False
        self._notes: list[tuple[int, int, str, int, int, str, str | None]] = []
        # Entries written one by one: what search index and summaries know of them, None for new ones.
        self._touched: dict[int, sqlite3.Row | None] = {}

    @contextmanager
    def _held(self) -> Iterator[sqlite3.Connection]:
        self._still_open()
        yield self._database

    @property
    def now(self) -> str:
        """The UTC instant of this operation, as kept in created_at and updated_at."""
        return self._now

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Adds a row and gives its id. Unknown columns raise ValueError."""
        row = {"created_at": self._now, "updated_at": self._now, **values}
        row_id = row["id"] = values.get("id") or self._ids.next()
        if table == "entries":
            row["position"] = self._free_position(row["date"], row_id)
        self._add(table, row)
        return int(row_id)

    def update(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Changes columns of a row; nothing is noted where nothing changes.

        Raises LookupError for a missing row, ValueError for an unknown column or the id.
        """
        self._known.known(table, values)
        before = self._row(table, row_id)
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return
        if "id" in changed:
            raise ValueError(f"the id of a row never changes ({table} {row_id})")
        if table == "entries" and "date" in changed:
            changed["position"] = self._free_position(changed["date"], row_id)
        self._change(table, before, {**changed, "updated_at": self._now})

    def delete(self, table: str, row_id: int) -> None:
        """Deletes a row; rows that hang on it go or let go first, as the schema says, each with its history."""
        self._row(table, row_id)
        for child, column, on_delete in self._known.children(table):
            self._let_go(child, column, on_delete, f"{column} = ?", (row_id,))
        before = self._row(table, row_id)
        self._remember(table, row_id)
        self._note(table, row_id, row_id, "delete", image_of(before))
        self._run(f"DELETE FROM {table} WHERE id = ?", (row_id,))

    def copy_in(self, table: str, source: str) -> int:
        """Copies all rows of the attached file's table of the same name, set-wise, and gives how many.

        The rows carry ids reserved before (`BusinessFile.reserve_ids`), any columns of the table but created_at,
        updated_at and position, which are filled in here. Ids without a gap are one change in the history.
        """
        given = [row["name"] for row in self._run(f"PRAGMA {source}.table_info({table})")]
        self._known.known(table, dict.fromkeys(given))
        count, first, last = self._run(f"SELECT count(*), min(id), max(id) FROM {source}.{table}")[0]
        if not count:
            return 0
        columns = {name: name for name in given}
        columns |= {"created_at": "?1", "updated_at": "?1"}
        if table == "entries":
            columns["position"] = _POSITION
        copy = (
            f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
            f" FROM {source}.{table} ORDER BY id"
        )
        known = self._known.of(table)
        with quick_conditions(self._database, source, table, given, known) if count >= MANY else nullcontext():
            self._run(copy, (self._now,))
        blocks = [(first, last)]
        if last - first + 1 != count:
            blocks = [(row[0], row[1]) for row in self._run(_BLOCKS.format(source=source, table=table))]
        for start, end in blocks:
            self._note(table, start, end, "insert", None)
        if table == "entries":
            if len(blocks) == 1:  # a stretch of the table, which nothing else lies in
                derived.add_block(self._database, f"{WATCHED} BETWEEN ? AND ?", blocks[0])
            else:
                derived.add_block(self._database, f"{WATCHED} IN (SELECT id FROM {source}.entries)")
        return int(count)

    def forget_draft(self, key: str) -> None:
        """Forgets half-typed work that this operation makes whole, so that a crash cannot leave both.

        Drafts have no history: undo does not bring them back.
        """
        self._run("DELETE FROM drafts WHERE key = ?", (key,))

    # What undo needs: the same writes, driven by what was kept.

    def put_back(self, table: str, image: str) -> None:
        """Writes a row as it stood: adds it again, or sets every column back."""
        row = self._known.row_of(table, image)
        there = self._run(f"SELECT * FROM {table} WHERE id = ?", (row["id"],))
        if there:
            self._change(table, there[0], row)
        else:
            self._add(table, row)

    def remove_block(self, table: str, first: int, last: int, keep: frozenset[int] = frozenset()) -> None:
        """Deletes the rows with ids first..last but those to keep, with their before-images, set-wise."""
        span: tuple[Any, ...] = (first, last, json.dumps(sorted(keep)))
        spared = "NOT IN (SELECT value FROM json_each(?3))"
        where = f"id BETWEEN ?1 AND ?2 AND id {spared}"
        count = self._run(f"SELECT count(*) FROM {table} WHERE {where}", span)[0][0]
        if not count:
            return
        if count == 1:
            self.delete(table, self._run(f"SELECT id FROM {table} WHERE {where}", span)[0][0])
            return
        for child, column, on_delete in self._known.children(table):
            self._let_go(child, column, on_delete, f"{column} BETWEEN ?1 AND ?2 AND {column} {spared}", span)
        if table == "entries":
            self._unfollow(where, span)
        noted = _NOTE_DELETED.format(image=self._known.image_sql(table), table=table, where=where)
        self._run(noted, (*span, self._ids.reserve(count), self.id, table))
        self.tables.add(table)
        self._run(f"DELETE FROM {table} WHERE {where}", span)

    def finish(self) -> None:
        """Brings history, search index and day summaries up to what was written. Called once, before the commit."""
        if self._notes:
            self._database.executemany(_NOTE, self._notes)
        if self._touched:
            derived.follow(self._database, ((before, self._watched(row)) for row, before in self._touched.items()))

    def end(self) -> None:
        """Nothing can be asked or written through it any more."""
        self._over = True

    def _run(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        self._still_open()
        return self._database.execute(sql, parameters).fetchall()

    def _still_open(self) -> None:
        if self._over:
            raise RuntimeError("the operation has ended; nothing more can be asked or written through it")

    def _free_position(self, day: str, row_id: int) -> int:
        """Two entries of one quarter of a second may have the same random bits: the later one moves up."""
        position = entry_position(day, row_id)
        while self._run("SELECT 1 FROM entries WHERE position = ?", (position,)):
            position += 1
        return position

    def _row(self, table: str, row_id: int) -> sqlite3.Row:
        self._known.of(table)
        found = self._run(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
        if not found:
            raise LookupError(f"{table} has no row {row_id}")
        return found[0]

    def _add(self, table: str, row: Mapping[str, Any]) -> None:
        self._known.known(table, row)
        if table == "entries":
            self._touched.setdefault(row["id"], None)
        marks = ", ".join("?" * len(row))
        self._run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
        self._note(table, row["id"], row["id"], "insert", None)

    def _change(self, table: str, before: sqlite3.Row, values: Mapping[str, Any]) -> None:
        row_id = before["id"]
        self._remember(table, row_id)
        self._note(table, row_id, row_id, "update", image_of(before))
        assignments = ", ".join(f"{name} = ?" for name in values)
        self._run(f"UPDATE {table} SET {assignments} WHERE id = ?", (*values.values(), row_id))

    def _let_go(self, child: str, column: str, on_delete: str, where: str, parameters: tuple[Any, ...]) -> None:
        """Before a row goes: rows that refer to it go too, or forget it. Others make SQLite refuse."""
        if on_delete not in ("CASCADE", "SET NULL"):
            return
        for (child_id,) in self._run(f"SELECT id FROM {child} WHERE {where}", parameters):
            if on_delete == "CASCADE":
                self.delete(child, child_id)
            else:
                self.update(child, child_id, {column: None})

    def _watched(self, row_id: int) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._database.execute(f"{WATCHED} = ?", (row_id,)).fetchone()
        return found

    def _remember(self, table: str, row_id: int) -> None:
        if table == "entries" and row_id not in self._touched:
            self._touched[row_id] = self._watched(row_id)

    def _unfollow(self, where: str, span: tuple[Any, ...]) -> None:
        """Takes a block of entries out of what is derived, but for those that `finish` sees to."""
        first, last = span[:2]
        single = [row_id for row_id in self._touched if first <= row_id <= last]
        rows = f"SELECT {derived.WATCHED} FROM entries WHERE {where} AND id NOT IN (SELECT value FROM json_each(?4))"
        derived.remove_block(self._database, rows, (*span, json.dumps(single)))

    def _note(self, table: str, first: int, last: int, action: str, before: str | None) -> None:
        self.tables.add(table)
        if self._notes and action == "insert":
            number, operation, name, start, end, kind, _before = self._notes[-1]
            if (name, kind) == (table, action) and (first == end + 1 or last == start - 1):  # one block with these
                self._notes[-1] = (number, operation, table, min(start, first), max(end, last), action, None)
                return
        self._notes.append((self._ids.next(), self.id, table, first, last, action, before))
