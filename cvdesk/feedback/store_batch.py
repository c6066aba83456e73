"""SQL of a batch of notes from paper: one note with its picture, and what was entered so far."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvdesk.catalogue import files
from cvdesk.db import Operation, Queries
from cvdesk.feedback import store
from cvdesk.feedback.capture import Captured
from cvdesk.feedback.store_capture import save_read
from cvdesk.themes.records import Theme

BATCH, LINE = "batch", "batch line"  # drafts
_LINES = """
SELECT entries.id, entries.text, entries.date, entries.rating, COALESCE(customers.name, '') AS customer,
    EXISTS (SELECT 1 FROM complaints WHERE entry_id = entries.id) AS complaint,
    EXISTS (SELECT 1 FROM attachment_links WHERE entry_id = entries.id) AS photo
FROM json_each(?) AS wanted JOIN entries ON entries.id = wanted.value
LEFT JOIN customers ON customers.id = entries.customer_id
ORDER BY wanted.key DESC
"""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the notes: a file, or what was pasted."""

    name: str
    content: Path | bytes


@dataclass(frozen=True, slots=True)
class Note:
    """One note as it was read, with the themes it names that are not there yet."""

    captured: Captured
    new_themes: tuple[tuple[str, Theme], ...] = ()


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One entry of the batch, as its list shows it."""

    id: int
    text: str
    date: dt.date
    rating: float | None
    customer: str
    complaint: bool
    photo: bool


def log(
    op: Operation, note: Note, source: str, photo: Photo | None, staff_id: int | None, just_made: dict[str, int]
) -> int:
    """Logs one note with its picture and gives the entry's id. The half-typed line is forgotten in the same step."""
    entry_id = save_read(op, note.captured, note.new_themes, staff_id, just_made, source).entry_id
    if photo is not None:
        files.attach(op, photo.content, photo.name, entry_id=entry_id)
    op.forget_draft(LINE)
    return entry_id


def lines(db: Queries, entries: Sequence[int]) -> list[BatchLine]:
    """The entries of a batch that are still there, the last one first."""
    return [
        BatchLine(row["id"], row["text"], date.fromisoformat(row["date"]), row["rating"], row["customer"],
                  bool(row["complaint"]), bool(row["photo"]))
        for row in db.rows(_LINES, (json.dumps(list(entries)),))
    ]  # fmt: skip


def remove(op: Operation, entry_id: int) -> None:
    """Deletes an entry with what is attached to it. Can be undone."""
    files.detach_all(op, entry_id=entry_id)
    store.delete(op, entry_id)
