"""SQL of the notes on charts: what happened when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import as_name
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

_NOTES = "SELECT id, date, text FROM chart_notes ORDER BY date DESC, id DESC"


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note as it is in the file."""

    id: int
    date: date
    text: str


def notes(db: Queries) -> list[KeptNote]:
    """All notes, the newest first."""
    return [KeptNote(row["id"], date.fromisoformat(row["date"]), row["text"]) for row in db.rows(_NOTES)]


def add(op: Operation, day: date, text: str) -> int:
    """Notes what happened on a day, and gives the id. UserError without words."""
    words = as_name(text)
    if not words:
        raise UserError(_("The note has no words yet."), _("Say in a few words what happened."))
    return op.insert("chart_notes", {"date": day.isoformat(), "text": words})


def delete(op: Operation, note_id: int) -> None:
    """Takes a note away."""
    op.delete("chart_notes", note_id)
