"""SQL of the notes on charts: what happened when, by the owner's hand or because an action was started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import as_name
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

# An action that was started tells so by itself, unless a note tells it already in the owner's words.
_NOTES = """
SELECT id, date, text, action_id FROM chart_notes
UNION ALL
SELECT NULL, started, name, id FROM actions WHERE started IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM chart_notes WHERE chart_notes.action_id = actions.id)
ORDER BY date DESC, id DESC
"""


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note as it is in the file. `id` None: an action that was started and has no note of its own."""

    id: int | None
    date: date
    text: str
    action_id: int | None = None


def notes(db: Queries) -> list[KeptNote]:
    """All notes and the actions started, the newest first."""
    return [
        KeptNote(row["id"], date.fromisoformat(row["date"]), row["text"], row["action_id"]) for row in db.rows(_NOTES)
    ]


def add(op: Operation, day: date, text: str) -> int:
    """Notes what happened on a day, and gives the id. UserError without words."""
    return op.insert("chart_notes", {"date": day.isoformat(), "text": _worded(text)})


def change(op: Operation, note_id: int, day: date, text: str) -> None:
    """Gives a note another day or other words. UserError without words."""
    op.update("chart_notes", note_id, {"date": day.isoformat(), "text": _worded(text)})


def delete(op: Operation, note_id: int) -> None:
    """Takes a note away."""
    op.delete("chart_notes", note_id)


def _worded(text: str) -> str:
    words = as_name(text)
    if not words:
        raise UserError(_("The note has no words yet."), _("Say in a few words what happened."))
    return words
