"""What was deleted lately, and putting it back together with what went with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cvdesk.db.ids import first_id_at
from cvdesk.db.mend import fitting
from cvdesk.db.queries import Queries
from cvdesk.db.rows import Operation

SHOWN_TABLES = (
    "customers", "entries", "complaints", "assessments", "purchases", "touches", "surveys",
    "actions", "strategies", "care_plans", "customer_goals", "groups", "gatherings", "faqs", "you_said", "referrals",
)  # fmt: skip
_GO_WITH_CUSTOMERS = ("purchases", "touches", "customer_goals", "referrals")
# A step that deleted more than this of one kind is one line.
FEW = 20
_STEPS = """
SELECT gone.operation_id, gone.table_name, count(*) AS rows, operations.at, operations.who, operations.label
FROM changes AS gone JOIN operations ON operations.id = gone.operation_id
WHERE gone.action = 'delete' AND gone.id >= ? AND gone.table_name IN ({tables})
GROUP BY gone.operation_id, gone.table_name ORDER BY gone.operation_id DESC LIMIT ?
"""
_ROWS = """
SELECT row_id, before FROM changes WHERE operation_id = ? AND table_name = ? AND action = 'delete' ORDER BY id DESC
"""
_STILL_GONE = """
SELECT count(*) FROM changes WHERE operation_id = ? AND table_name = ? AND action = 'delete'
AND NOT EXISTS (SELECT 1 FROM {table} WHERE id = changes.row_id)
"""
_OF_OPERATION = """
SELECT id, table_name, row_id, action, before FROM changes
WHERE operation_id = ? AND id < ? AND action <> 'insert' ORDER BY id DESC LIMIT 1000
"""
_GONE = "SELECT before FROM changes WHERE operation_id = ? AND table_name = ? AND row_id = ? AND action = 'delete'"
_REFERENCES = 'SELECT "table" AS parent, "from" AS column, on_delete FROM pragma_foreign_key_list(?)'
_LAST_ID = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Gone:
    """Something deleted: one record (`row`, `row_id`), or many of a table at once (`row` None)."""

    operation_id: int
    at: str
    who: str
    label: str
    table: str
    count: int
    row_id: int = 0
    row: dict[str, Any] | None = None


def recently_deleted(db: Queries, since: datetime, limit: int = 500) -> list[Gone]:
    """What was deleted since that instant and is not there again, newest first."""
    steps = db.rows(
        _STEPS.format(tables=", ".join(f"'{table}'" for table in SHOWN_TABLES)), (first_id_at(since), limit)
    )
    with_customers = {step["operation_id"] for step in steps if step["table_name"] == "customers"}
    found: list[Gone] = []
    seen: set[tuple[str, int]] = set()
    for step in steps:
        table, operation = step["table_name"], step["operation_id"]
        if table in _GO_WITH_CUSTOMERS and operation in with_customers:
            continue
        head = (operation, step["at"], step["who"], step["label"], table)
        if step["rows"] > FEW:
            left = int(db.value(_STILL_GONE.format(table=table), (operation, table)))
            if left:
                found.append(Gone(*head, left))
            continue
        for row in db.rows(_ROWS, (operation, table)):
            there = db.value(f"SELECT 1 FROM {table} WHERE id = ?", (row["row_id"],))
            if not there and (table, row["row_id"]) not in seen:
                seen.add((table, row["row_id"]))
                found.append(Gone(*head, 1, row["row_id"], json.loads(row["before"])))
    return found


def bring_back(op: Operation, gone: Gone) -> int:
    """Puts back what was deleted, with what went with it and what let go of it; gives how many records came back.

    UserError where a single record cannot stand any more; of many, those that cannot are left out.
    """
    references = _References(op)
    back: set[tuple[str, int]] = set()
    count = 0
    for table, row_id, action, image in _changes(op, gone.operation_id):
        before = json.loads(image)
        wanted = table == gone.table and (gone.row is None or row_id == gone.row_id)
        if action == "delete" and (wanted or references.belongs(table, before, back)):
            if op.value(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)):
                continue
            if not wanted:
                references.hold(table, before, gone.operation_id)
            fits = fitting(op, table, before, must=wanted and gone.row is not None)
            if fits is not None:
                op.put_back(table, json.dumps(fits))
                back.add((table, row_id))
                count += wanted
        elif action == "update":
            references.take_hold(table, row_id, before, back)
    return count


def _changes(op: Operation, operation_id: int) -> Iterable[tuple[str, int, str, str]]:
    before = _LAST_ID
    while some := op.rows(_OF_OPERATION, (operation_id, before)):
        for row in some:
            yield row["table_name"], row["row_id"], row["action"], row["before"]
        before = some[-1]["id"]


class _References:
    """Which columns of a table name rows of another, asked once."""

    def __init__(self, op: Operation) -> None:
        self._op = op
        self._known: dict[str, list[tuple[str, str, str]]] = {}

    def of(self, table: str) -> list[tuple[str, str, str]]:
        if table not in self._known:
            rows = self._op.rows(_REFERENCES, (table,))
            self._known[table] = [(row["parent"], row["column"], row["on_delete"]) for row in rows]
        return self._known[table]

    def belongs(self, table: str, row: dict[str, Any], back: set[tuple[str, int]]) -> bool:
        """Whether the row went because one that is back now was deleted."""
        return any(
            on_delete == "CASCADE" and (parent, row.get(column)) in back for parent, column, on_delete in self.of(table)
        )

    def hold(self, table: str, row: dict[str, Any], operation_id: int) -> None:
        """What the row cannot be without and went in the same step comes back before it: a file that was attached."""
        for parent, column, on_delete in self.of(table):
            target = row.get(column)
            if on_delete != "CASCADE" or target is None:
                continue
            if self._op.value(f"SELECT 1 FROM {parent} WHERE id = ?", (target,)) is not None:
                continue
            image = self._op.value(_GONE, (operation_id, parent, target))
            fits = None if image is None else fitting(self._op, parent, json.loads(image), must=False)
            if fits is not None:
                self._op.put_back(parent, json.dumps(fits))

    def take_hold(self, table: str, row_id: int, before: dict[str, Any], back: set[tuple[str, int]]) -> None:
        """A row that forgot what was deleted remembers it, unless it names something else by now."""
        again = {
            column: before[column]
            for parent, column, on_delete in self.of(table)
            if on_delete == "SET NULL" and (parent, before.get(column)) in back
        }
        now = self._op.row(f"SELECT * FROM {table} WHERE id = ?", (row_id,)) if again else None
        if now is not None:
            self._op.update(table, row_id, {name: value for name, value in again.items() if now[name] is None})
