"""What waits can be put off until a day; that day it is back. Kept by what it is about, never as a copy of it."""

from __future__ import annotations

from datetime import date

from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

SORTS = (
    "check_in", "onboarding", "milestone", "tell", "review", "promise", "answer", "complaint", "risk", "goal",
    "look",
)  # fmt: skip

_KNOWN = "SELECT id FROM snoozes WHERE sort = ? AND record_id = ?"
_ASLEEP = "SELECT sort, record_id FROM snoozes WHERE until > ?"
_WHY = "SELECT sort, record_id, until, reason FROM snoozes WHERE until > ?"


def snooze(op: Operation, sort: str, record_id: int, until: date, reason: str = "") -> None:
    """Puts something off until a day; put off again, the later word holds. UserError for a sort that is not known."""
    if sort not in SORTS:
        raise UserError(_("This cannot be put off."), _("Open it, and do it or close it there."))
    values = {"until": until.isoformat(), "reason": reason.strip()}
    known = op.value(_KNOWN, (sort, record_id))
    if known is None:
        op.insert("snoozes", {"sort": sort, "record_id": record_id, **values})
    else:
        op.update("snoozes", known, values)


def wake(op: Operation, sort: str, record_id: int) -> None:
    """Brings back what was put off; what was not is left as it is."""
    known = op.value(_KNOWN, (sort, record_id))
    if known is not None:
        op.delete("snoozes", known)


def snoozed(db: Queries, today: date) -> set[tuple[str, int]]:
    """What is put off today, as (sort, id): until its day it is not shown, on its day it is back."""
    return {(row["sort"], row["record_id"]) for row in db.rows(_ASLEEP, (today.isoformat(),))}


def put_off(db: Queries, today: date) -> dict[tuple[str, int], tuple[date, str]]:
    """Until when, and why, each thing is put off that is put off today."""
    return {
        (row["sort"], row["record_id"]): (date.fromisoformat(row["until"]), row["reason"])
        for row in db.rows(_WHY, (today.isoformat(),))
    }


__all__ = ["SORTS", "put_off", "snooze", "snoozed", "wake"]
