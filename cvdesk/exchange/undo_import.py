"""Takes an import back, and keeps what has been worked on since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cvdesk.db import BusinessFile, Queries
from cvdesk.db.undo import touched_since
from cvdesk.errors import UserError
from cvdesk.wording import _
from cvdesk.wording.counts import records

_LAST = "SELECT id, operation_id, source, kind, added FROM imports WHERE added + updated > 0 ORDER BY id DESC LIMIT 1"
_THAT = "SELECT id, operation_id, source, kind, added FROM imports WHERE id = ? OR operation_id = ?"
_BLOCKS = """
SELECT table_name, row_id AS first, last_row_id AS last, action FROM changes WHERE operation_id = ? ORDER BY id
"""
# As in the undo of the window: steps that were taken back do not count, nor does the taking back itself.
_CHANGED_LATER = """
SELECT DISTINCT later.table_name, later.row_id FROM changes AS mine JOIN changes AS later
  ON later.table_name = mine.table_name AND later.row_id = mine.row_id AND later.operation_id > mine.operation_id
JOIN operations ON operations.id = later.operation_id AND operations.kind = 'do' AND operations.state = 'done'
WHERE mine.operation_id = ? AND mine.action <> 'insert'
"""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%REFERENCES%'"
_REFERENCES = 'SELECT "table" AS parent, "from" AS column, on_delete FROM pragma_foreign_key_list(?)'
Block = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What undoing an import did. `kept`: table -> ids of rows that stay because they were worked on since."""

    import_id: int
    source: str
    kind: str
    removed: dict[str, int]
    kept: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Reference:
    child: str
    column: str
    parent: str
    on_delete: str


def undo_import(file: BusinessFile, import_id: int | None = None, who: str = "") -> TakenBack:
    """Takes the last import, or that one, back; `who` is at the desk. UserError where there is none."""
    row = file.row(_LAST) if import_id is None else file.row(_THAT, (import_id, import_id))
    if row is None:
        raise UserError(
            _("There is no import to take back.") if import_id is None else
            _("There is no import with the id {id}.").format(id=import_id),
            _("It may have been taken back already."),
        )  # fmt: skip
    operation = row["operation_id"]
    blocks = _blocks(file, operation)
    keep = _to_keep(file, operation, blocks)
    before = {table: _count(file, table, spans) for table, spans in blocks.items()}
    file.take_back(operation, _("Take the import of {name} back").format(name=row["source"]), who, frozenset(keep))
    removed = {table: before[table] - _count(file, table, spans) for table, spans in blocks.items()}
    return TakenBack(
        row["id"],
        row["source"],
        row["kind"],
        {table: count for table, count in removed.items() if count},
        {
            table: tuple(sorted(row_id for name, row_id in keep if name == table))
            for table in sorted({name for name, _id in keep})
        },
    )


def _blocks(db: Queries, operation: int) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = {}
    for row in db.rows(_BLOCKS, (operation,)):
        if row["action"] == "insert":
            found.setdefault(row["table_name"], []).append((row["first"], row["last"]))
    return found


def _count(db: Queries, table: str, spans: list[Block]) -> int:
    return sum(int(db.value(f"SELECT count(*) FROM {table} WHERE id BETWEEN ? AND ?", span)) for span in spans)


def _to_keep(db: Queries, operation: int, blocks: dict[str, list[Block]]) -> set[tuple[str, int]]:
    """Rows changed since, rows that later work hangs on, and whatever those rows need to stand."""
    keep = set(touched_since(db, operation))
    keep |= {(row[0], row[1]) for row in db.rows(_CHANGED_LATER, (operation,))}
    references = _references(db)
    for reference in references:
        for span in blocks.get(reference.parent, []):
            keep |= _leant_on(db, reference, span, blocks.get(reference.child, []))
    waiting = list(keep)
    while waiting:
        table, row_id = waiting.pop()
        for found in _needed_by(db, table, row_id, references, blocks) - keep:
            keep.add(found)
            waiting.append(found)
    return keep


def _references(db: Queries) -> list[_Reference]:
    return [
        _Reference(table["name"], row["column"], row["parent"], row["on_delete"])
        for table in db.rows(_TABLES)
        for row in db.rows(_REFERENCES, (table["name"],))
        if table["name"] not in ("changes", "operations")
    ]


def _outside(column: str, spans: list[Block]) -> str:
    return "".join(f" AND {column} NOT BETWEEN {first} AND {last}" for first, last in spans)


def _leant_on(db: Queries, reference: _Reference, span: Block, own: list[Block]) -> set[tuple[str, int]]:
    """Rows of the import that rows from elsewhere refer to."""
    sql = (
        f"SELECT DISTINCT {reference.column} FROM {reference.child}"
        f" WHERE {reference.column} BETWEEN ? AND ?{_outside('id', own)}"
    )
    return {(reference.parent, row[0]) for row in db.rows(sql, span)}


def _needed_by(
    db: Queries, table: str, row_id: int, references: list[_Reference], blocks: dict[str, list[Block]]
) -> set[tuple[str, int]]:
    """What a kept row refers to, and what belongs to it and to nothing else, as far as the import brought it."""
    found: set[tuple[str, int]] = set()
    for reference in references:
        if reference.child == table:
            target = db.value(f"SELECT {reference.column} FROM {table} WHERE id = ?", (row_id,))
            if target is not None and _inside(target, blocks.get(reference.parent, [])):
                found.add((reference.parent, target))
        if reference.parent == table and reference.on_delete == "CASCADE" and reference.child in blocks:
            rows = db.rows(f"SELECT id FROM {reference.child} WHERE {reference.column} = ?", (row_id,))
            found |= {(reference.child, row[0]) for row in rows if _inside(row[0], blocks[reference.child])}
    return found


def _inside(row_id: int, spans: list[Block]) -> bool:
    return any(first <= row_id <= last for first, last in spans)


def in_words(taken: TakenBack) -> str:
    """What undoing did, and what stays; rows that only hold others together are left out."""
    lines = [_("The import of {name} was taken back.").format(name=taken.source)]
    for table, count in taken.removed.items():
        if counted := records(table, count):
            lines.append(_("Removed: {what}.").format(what=counted))
    for table, ids in taken.kept.items():
        if counted := records(table, len(ids)):
            lines.append(_("Kept, because they were worked on since: {what}.").format(what=counted))
    return "\n".join(lines)


def as_json(taken: TakenBack) -> dict[str, Any]:
    """The same as one object; ids as text."""
    kept = {table: [str(row_id) for row_id in ids] for table, ids in taken.kept.items()}
    return {
        "import": str(taken.import_id),
        "source": taken.source,
        "kind": taken.kind,
        "removed": taken.removed,
        "kept": kept,
    }
