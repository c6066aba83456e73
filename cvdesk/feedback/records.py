"""An entry: something a customer said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import KINDS, SEVERITIES
from cvdesk.wording import _


@dataclass(frozen=True, slots=True)
class Entry:
    """Feedback as it is kept. `rating` is on 1-5, `rating_raw` and `rating_scale` as received.

    `themes` are confirmed, `suggested_themes` wait for the owner. `promise` is what was promised, by the day
    `promised_by`, to be kept by `promise_staff_id`; `promise_kept` is the day it was. `safety_batch`, `safety_others`
    and `safety_told` answer what a safety mark asks; it stays on Home until `safety_closed`. `answer` is the reply.
    """

    date: dt.date
    text: str = ""
    customer_id: int | None = None
    channel_id: int | None = None
    kind: str = "comment"
    rating: float | None = None
    rating_raw: str | None = None
    rating_scale: str | None = None
    offering_id: int | None = None
    time: str | None = None
    staff_id: int | None = None
    source: str = ""
    source_id: str | None = None
    severity: str | None = None
    needs_answer: bool = False
    answered: dt.date | None = None
    answer: str = ""
    safety: bool = False
    safety_batch: str = ""
    safety_others: str = ""
    safety_told: str = ""
    safety_closed: dt.date | None = None
    promise: str = ""
    promised_by: dt.date | None = None
    promise_staff_id: int | None = None
    promise_kept: dt.date | None = None
    themes: tuple[int, ...] = ()
    suggested_themes: tuple[int, ...] = ()
    id: int | None = None


def problems(entry: Entry, today: date | None = None) -> dict[str, str]:
    """What is wrong with an entry, by field; empty when it can be saved."""
    found: dict[str, str] = {}
    if not entry.text.strip() and entry.rating is None and not entry.themes:
        found["text"] = _("Write what was said, or give a rating or a theme.")
    if today is not None and entry.date > today:
        found["date"] = _("This day is still to come.")
    if entry.kind not in KINDS:
        found["kind"] = _("Choose what kind of feedback this is.")
    if entry.rating is not None and not 1 <= entry.rating <= 5:
        found["rating"] = _("A rating is between 1 and 5.")
    if entry.severity is not None and entry.severity not in SEVERITIES:
        found["severity"] = _("Choose minor, moderate or serious.")
    if entry.answered is not None and entry.answered < entry.date:
        found["answered"] = _("This is before the feedback was given.")
    if (entry.promised_by is not None or entry.promise_kept is not None) and not entry.promise.strip():
        found["promise"] = _("Write what was promised.")
    return found


def safety_questions() -> tuple[tuple[str, str], ...]:
    """The fields of a safety mark that ask something, with their questions."""
    return (
        ("safety_batch", _("Which batch or product?")),
        ("safety_others", _("Who else may be affected?")),
        ("safety_told", _("Who was told?")),
    )


def unanswered_safety(batch: str, others: str, told: str) -> list[str]:
    """The questions of a safety mark that nobody has answered yet."""
    answers = (batch, others, told)
    return [
        question for (_field, question), answer in zip(safety_questions(), answers, strict=True) if not answer.strip()
    ]
