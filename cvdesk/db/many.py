"""Many rows changed, deleted or put back at once: set-wise, with the same history as one by one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from cvdesk.db import derived
from cvdesk.db.ids import IdSource
from cvdesk.db.queries import Queries
from cvdesk.db.tables import Tables

WATCHED = f"SELECT {derived.WATCHED} FROM entries WHERE id"
_NOTE_MANY = """
INSERT INTO changes (id, operation_id, table_name, row_id, last_row_id, action, before)
SELECT ?2 + row_number() OVER (ORDER BY id) - 1, ?3, ?4, id, id, ?5, {image} FROM {table} WHERE {chosen}
"""
_CHOSEN = "id IN (SELECT value FROM json_each(?1))"
_AT_ONCE = f"{WATCHED} IN (SELECT value FROM json_each(?1)) AND id NOT IN (SELECT value FROM json_each(?2))"
# What the order and the search of entries hang on is changed one by one.
_ONE_BY_ONE = {"entries": frozenset({"id", "date", "position", "text"})}
_FEW = 20


class Many(Queries):
    """The set-wise half of an operation."""

    id: int
    tables: set[str]
    _now: str
    _database: sqlite3.Connection
    _known: Tables
    _ids: IdSource
    _touched: dict[int, sqlite3.Row | None]

    def put_back(self, table: str, image: str) -> None:
        """Writes a row as it stood."""
        raise NotImplementedError

    def _run(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        raise NotImplementedError

    def _note(self, table: str, first: int, last: int, action: str, before: str | None) -> None:
        raise NotImplementedError

    def update_many(self, table: str, ids: Sequence[int], values: Mapping[str, Any]) -> int:
        """Changes columns of many rows set-wise and gives how many were changed; rows that are gone are left out.

        Raises ValueError for an unknown column, the id, and what the order and the search of entries hang on.
        """
        self._known.known(table, values)
        if values.keys() & _ONE_BY_ONE.get(table, frozenset({"id"})):
            raise ValueError(f"of {table} these are changed one by one: {', '.join(values)}")
        differs = " OR ".join(f"{name} IS NOT ?{place}" for place, name in enumerate(values, start=2))
        which = f"SELECT json_group_array(id) FROM {table} WHERE {_CHOSEN} AND ({differs})"
        chosen = self._run(which, (json.dumps(list(ids)), *values.values()))[0][0]
        count = self._note_many(table, chosen, "update")
        if not count:
            return 0
        watched = table == "entries" and any(name in derived.WATCHED for name in values)
        entries = (chosen, json.dumps(list(self._touched)))
        if watched:
            derived.count_block(self._database, _AT_ONCE, entries, -1)
        assignments = ", ".join(f"{name} = ?{place}" for place, name in enumerate((*values, "updated_at"), start=2))
        self._run(f"UPDATE {table} SET {assignments} WHERE {_CHOSEN}", (chosen, *values.values(), self._now))
        if watched:
            derived.count_block(self._database, _AT_ONCE, entries, 1)
        return count

    def delete_many(self, table: str, ids: Sequence[int]) -> int:
        """Deletes many rows set-wise and gives how many; what hangs on them goes or lets go first, as in `delete`."""
        self._known.of(table)
        chosen = self._run(f"SELECT json_group_array(id) FROM {table} WHERE {_CHOSEN}", (json.dumps(list(ids)),))[0][0]
        for child, column, on_delete in self._known.children(table):
            if on_delete in ("CASCADE", "SET NULL"):
                hanging = f"SELECT id FROM {child} WHERE {column} IN (SELECT value FROM json_each(?1))"
                children = [row[0] for row in self._run(hanging, (chosen,))]
                if children and on_delete == "CASCADE":
                    self.delete_many(child, children)
                elif children:
                    self.update_many(child, children, {column: None})
        count = self._note_many(table, chosen, "delete")
        if count and table == "entries":
            derived.remove_block(self._database, _AT_ONCE, (chosen, json.dumps(list(self._touched))))
        self._run(f"DELETE FROM {table} WHERE {_CHOSEN}", (chosen,))
        return count

    def _note_many(self, table: str, chosen: str, action: str) -> int:
        """Keeps what stands in rows that are about to be changed or to go; gives how many."""
        count = len(json.loads(chosen))
        if count:
            noted = _NOTE_MANY.format(image=self._known.image_sql(table), table=table, chosen=_CHOSEN)
            self._run(noted, (chosen, self._ids.reserve(count), self.id, table, action))
            self.tables.add(table)
        return count

    def put_back_many(self, table: str, images: Sequence[str]) -> None:
        """Writes rows as they stood, the last image of each counts: adds them again, or sets every column back."""
        if len(images) <= _FEW:
            for image in images:
                self.put_back(table, image)
            return
        rows = {row["id"]: (row, image) for image in images for row in (self._known.row_of(table, image),)}
        shown = "id, position, text" if table == "entries" else "id"
        standing = self._run(f"SELECT {shown} FROM {table} WHERE {_CHOSEN}", (json.dumps(list(rows)),))
        moved = {was["id"] for was in standing if any(was[name] != rows[was["id"]][0][name] for name in was.keys())}  # noqa: SIM118
        for row_id in moved:  # the search index follows these one by one
            self.put_back(table, rows[row_id][1])
        there = {was["id"] for was in standing}
        self._set_back(table, [rows[row_id][0] for row_id in rows if row_id in there - moved])
        self._add_again(table, [rows[row_id][0] for row_id in rows if row_id not in there])

    def _set_back(self, table: str, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        chosen = json.dumps([row["id"] for row in rows])
        entries = (chosen, json.dumps(list(self._touched)))
        self._note_many(table, chosen, "update")
        if table == "entries":
            derived.count_block(self._database, _AT_ONCE, entries, -1)
        names = [name for name in rows[0] if name != "id"]
        sql = f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"
        self._database.executemany(sql, [(*(row[name] for name in names), row["id"]) for row in rows])
        if table == "entries":
            derived.count_block(self._database, _AT_ONCE, entries, 1)

    def _add_again(self, table: str, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        rows.sort(key=lambda row: row["id"])
        names = list(rows[0])
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        self._database.executemany(sql, [tuple(row[name] for name in names) for row in rows])
        for row in rows:
            self._note(table, row["id"], row["id"], "insert", None)
        if table == "entries":
            chosen = json.dumps([row["id"] for row in rows])
            derived.add_block(self._database, _AT_ONCE, (chosen, json.dumps(list(self._touched))))
