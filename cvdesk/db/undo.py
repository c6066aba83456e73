"""Undo and redo: new operations that write the inverses of earlier ones. The list lives in the file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from cvdesk.db.queries import Queries
from cvdesk.db.rows import Operation

_NEXT_UNDO = "SELECT id, label FROM operations WHERE kind = 'do' AND state = 'done' ORDER BY id DESC LIMIT 1"
# Undo is linear, so what can be redone is the oldest undone operation after the last one that stands.
_NEXT_REDO = "SELECT id, label FROM operations WHERE kind = 'do' AND state = 'undone' ORDER BY id LIMIT 1"
_CHANGES = """
SELECT id, table_name, row_id, last_row_id, action, before FROM changes
WHERE operation_id = ? AND id < ? ORDER BY id DESC LIMIT 5000
"""
_LAST_INVERSE = "SELECT id FROM operations WHERE undoes = ? AND kind = 'undo' ORDER BY id DESC LIMIT 1"
_ADDED = "SELECT table_name, row_id, last_row_id FROM changes WHERE operation_id = ? AND action = 'insert'"
# Steps that were taken back do not count, nor does the taking back itself.
_TOUCHED_SINCE = """
SELECT DISTINCT later.table_name, later.row_id FROM changes AS later
JOIN operations ON operations.id = later.operation_id AND kind = 'do' AND state = 'done'
WHERE later.table_name = ? AND later.row_id BETWEEN ? AND ? AND later.operation_id > ? AND later.action = 'update'
"""
_LAST_ID = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Step:
    """An operation that can be undone or redone."""

    id: int
    label: str


def _step(db: Queries, sql: str) -> Step | None:
    row = db.row(sql)
    return Step(row["id"], row["label"]) if row else None


def next_undo(db: Queries) -> Step | None:
    """What Undo would take back."""
    return _step(db, _NEXT_UNDO)


def next_redo(db: Queries) -> Step | None:
    """What Redo would do again."""
    return _step(db, _NEXT_REDO)


def write_inverse(op: Operation, operation_id: int, keep: frozenset[tuple[str, int]] = frozenset()) -> None:
    """Writes the inverse of every change of an operation, last change first; rows to keep stay as they are."""
    kept: dict[str, set[int]] = {}
    for table, row_id in keep:
        kept.setdefault(table, set()).add(row_id)
    before = _LAST_ID
    while changes := op.rows(_CHANGES, (operation_id, before)):
        for (table, action), alike in groupby(changes, key=lambda change: (change["table_name"], change["action"])):
            spared = kept.get(table, set())
            if action == "insert":
                for _change, _table, first, last, _action, _image in alike:
                    op.remove_block(table, first, last, frozenset(spared))
            else:
                op.put_back_many(table, [change["before"] for change in alike if change["row_id"] not in spared])
        before = changes[-1]["id"]


def last_inverse(db: Queries, operation_id: int) -> int:
    """The operation that took this one back last; raises LookupError where there is none."""
    found = db.value(_LAST_INVERSE, (operation_id,))
    if found is None:
        raise LookupError(f"operation {operation_id} was never undone")
    return int(found)


def touched_since(db: Queries, operation_id: int) -> frozenset[tuple[str, int]]:
    """Rows this operation added that later steps changed: (table, id)."""
    touched: set[tuple[str, int]] = set()
    for table, first, last in db.rows(_ADDED, (operation_id,)):
        touched |= {(row[0], row[1]) for row in db.rows(_TOUCHED_SINCE, (table, first, last, operation_id))}
    return frozenset(touched)
