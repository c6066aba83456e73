"""What became of one record, step by step, and putting it back as it stood after one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cvdesk.db.mend import fitting
from cvdesk.db.queries import Queries
from cvdesk.db.rows import Operation

# What belongs to a record and is shown and put back together with it: (table, the column that names the record).
PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "customers": (("contacts", "customer_id"), ("aliases", "customer_id"), ("customer_tags", "customer_id")),
    "entries": (("entry_themes", "entry_id"), ("attachment_links", "entry_id")),
    "complaints": (
        ("complaint_themes", "complaint_id"),
        ("complaint_events", "complaint_id"),
        ("attachment_links", "complaint_id"),
    ),
    "assessments": (("answers", "assessment_id"),),
    "purchases": (),
    "touches": (),
}
# A block of ids (an import) holds the row as well; such blocks are few and have an index of their own.
_CHANGES = """
SELECT id, operation_id, action, before FROM changes WHERE table_name = ?1 AND row_id = ?2
UNION
SELECT id, operation_id, action, before FROM changes INDEXED BY changes_of_blocks
WHERE table_name = ?1 AND row_id < ?2 AND last_row_id >= ?2 AND last_row_id > row_id
ORDER BY id
"""
_OPERATIONS = "SELECT id, at, who, label, kind FROM operations WHERE id IN (SELECT value FROM json_each(?))"
_PARTS_NOW = "SELECT id FROM {table} WHERE {column} = ?"
_PARTS_BEFORE = """
SELECT DISTINCT row_id FROM changes
WHERE table_name = ? AND action <> 'insert' AND json_extract(before, ?) = ?
"""
_COLUMNS = "SELECT name FROM pragma_table_info(?)"
Image = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a step did to one row: what stood before and after; None where there was or is no row."""

    table: str
    row_id: int
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a record. `kind`: do, undo, redo. `at` is the UTC instant."""

    operation_id: int
    at: str
    who: str
    label: str
    kind: str
    changes: tuple[RowChange, ...]


def history(db: Queries, table: str, row_id: int) -> list[Step]:
    """Every step that touched the record or what belongs to it, newest first. ValueError for a table without one."""
    by_operation: dict[int, list[RowChange]] = {}
    for name, one in _family(db, table, row_id):
        for operation, change in _versions(db, name, one):
            by_operation.setdefault(operation, []).append(change)
    operations = {row["id"]: row for row in db.rows(_OPERATIONS, (json.dumps(sorted(by_operation)),))}
    return [
        Step(key, row["at"], row["who"], row["label"], row["kind"], tuple(by_operation[key]))
        for key in sorted(by_operation, reverse=True)
        if (row := operations.get(key)) is not None
    ]


def put_back(op: Operation, table: str, row_id: int, operation_id: int) -> None:
    """Makes the record and what belongs to it again as they stood after that step.

    References to what is gone meanwhile are left empty. UserError where another record has taken its place.
    """
    wanted = [
        (name, one, _state_after(_versions(op, name, one), operation_id)) for name, one in _family(op, table, row_id)
    ]
    for name, one, state in reversed(wanted):
        if state is None and op.value(f"SELECT 1 FROM {name} WHERE id = ?", (one,)):
            op.delete(name, one)
    for name, one, state in wanted:
        if state is not None:
            fits = fitting(op, name, state, must=name == table)
            if fits is not None and fits != _now(op, name, one):
                op.put_back(name, json.dumps(fits))


def _family(db: Queries, table: str, row_id: int) -> list[tuple[str, int]]:
    """The record first, then every row that belongs to it or once did."""
    if table not in PARTS:
        raise ValueError(f"no history is kept together for {table!r}")
    found = [(table, row_id)]
    for name, column in PARTS[table]:
        ids = {row[0] for row in db.rows(_PARTS_NOW.format(table=name, column=column), (row_id,))}
        ids |= {row[0] for row in db.rows(_PARTS_BEFORE, (name, f"$.{column}", row_id))}
        found += [(name, one) for one in sorted(ids)]
    return found


def _versions(db: Queries, table: str, row_id: int) -> list[tuple[int, RowChange]]:
    """What each operation made of a row, oldest first. A row that came and went within one step did not change."""
    befores: dict[int, Image | None] = {}
    for row in db.rows(_CHANGES, (table, row_id)):
        befores.setdefault(row["operation_id"], None if row["before"] is None else json.loads(row["before"]))
    operations = list(befores)
    afters = [*(befores[key] for key in operations[1:]), _now(db, table, row_id)]
    return [
        (key, RowChange(table, row_id, befores[key], after))
        for key, after in zip(operations, afters, strict=True)
        if befores[key] != after
    ]


def _now(db: Queries, table: str, row_id: int) -> Image | None:
    row = db.row(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
    return None if row is None else _image(row)


def _image(row: Any) -> Image:
    return {name: row[name].hex() if isinstance(row[name], bytes) else row[name] for name in row.keys()}  # noqa: SIM118


def _state_after(versions: Iterable[tuple[int, RowChange]], operation_id: int) -> Image | None:
    """The row as it stood when that operation was done."""
    state: Image | None = None
    first = True
    for key, change in versions:
        if key > operation_id:
            return change.before if first else state
        state, first = change.after, False
    return state
