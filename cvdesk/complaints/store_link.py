"""SQL of the tie between a complaint and the feedback it grew out of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

_MAY_BE_LINKED = """
SELECT id, number, date, text FROM complaints
WHERE customer_id = ? AND entry_id IS NULL ORDER BY date DESC, id DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Loose:
    """A complaint no feedback is tied to yet."""

    id: int
    number: int
    date: date
    text: str


def loose(db: Queries, customer_id: int, limit: int = 20) -> list[Loose]:
    """The customer's complaints that are tied to no feedback, newest first."""
    rows = db.rows(_MAY_BE_LINKED, (customer_id, limit))
    return [Loose(row["id"], row["number"], date.fromisoformat(row["date"]), row["text"]) for row in rows]


def link(op: Operation, complaint_id: int, entry_id: int) -> None:
    """Ties a complaint to the feedback it is about. UserError when either is gone or the complaint has another."""
    row = op.row("SELECT entry_id FROM complaints WHERE id = ?", (complaint_id,))
    if row is None or op.value("SELECT 1 FROM entries WHERE id = ?", (entry_id,)) is None:
        raise UserError(_("One of the two was deleted meanwhile."), _("Undo the deletion, then link them again."))
    if row["entry_id"] not in (None, entry_id):
        raise UserError(_("This complaint belongs to other feedback."), _("Choose another complaint."))
    op.update("complaints", complaint_id, {"entry_id": entry_id})


def unlink(op: Operation, complaint_id: int) -> None:
    """Unties a complaint from its feedback; both stay."""
    op.update("complaints", complaint_id, {"entry_id": None})
