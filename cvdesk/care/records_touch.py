"""Keeping in touch: who waits for a word, why, and what to do next; all of it in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cvdesk.customers.records_contact import MOST_DAYS, Rhythm
from cvdesk.customers.records_risk import Risk
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short

DUE, QUIET, RISK, GOALS, LATER, LEFT_OUT = "due", "quiet", "risk", "goals", "later", "left_out"
QUIET_MONTHS = 6
RHYTHMS = (7, 14, 30, 60, 90, 180, 365)

# What to do first, by the reason that asks for it most.
_STEPS = ("overdue_complaint", "low_answer", "detractor", "complaints", "very_late", "late")


@dataclass(frozen=True, slots=True)
class Due:
    """Something of care that is due: `record_id` is what the sort names (store_snooze.py), `customer` whom it is for.

    words: what is to be done, with the customer's name; day: since when it is due.
    """

    sort: str
    record_id: int
    customer: int
    words: str
    day: dt.date
    late: bool


@dataclass(frozen=True, slots=True)
class TouchRow:
    """Somebody who waits for a word. `id` is the customer's, or the goal's in the group of goals.

    last: of any kind, None: never; why: in words; day: when it is due; until: put off until then, by this `sort`.
    """

    id: int
    customer_id: int
    name: str
    last: dt.date | None
    why: str
    day: dt.date | None = None
    late: bool = False
    until: dt.date | None = None
    sort: str = "check_in"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A check-in that is due by somebody's rhythm; last None: nobody ever spoke to them."""

    customer_id: int
    rhythm: Rhythm
    last: dt.date | None
    day: dt.date


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came of talking to somebody. said: their own words about the business, which become feedback."""

    customer_id: int
    date: dt.date
    channel_id: int | None = None
    note: str = ""
    said: str = ""
    check_in: bool = False


def rhythm_problems(days: int) -> dict[str, str]:
    """What is wrong with a rhythm, by field."""
    if 1 <= days <= MOST_DAYS:
        return {}
    return {"days": _("Choose between 1 and {most} days.").format(most=MOST_DAYS)}


def spoken_problems(spoken: Spoken, today: dt.date) -> dict[str, str]:
    """What is wrong with what was noted, by field."""
    return {"date": _("This day is still to come.")} if spoken.date > today else {}


def due_in_words(day: dt.date, today: dt.date) -> str:
    """When something is or was due."""
    days = (today - day).days
    if days > 0:
        return ngettext("{count} day late", "{count} days late", days).format(count=days)
    return _("due today") if days == 0 else _("due {day}").format(day=day_short(day, today))


def next_step(risk: Risk) -> str:
    """What to do first about somebody at risk, by the reason that asks for it most."""
    reasons = {reason for reason, _worth in risk.score.parts}
    first = next((one for one in _STEPS if one in reasons), "")
    return {
        "overdue_complaint": _("Settle the overdue complaint first, then ring."),
        "low_answer": _("Ring and ask what would have made it worth it."),
        "detractor": _("Thank them for saying so, and ask what they would change first."),
        "complaints": _("Ask whether what they complained about is settled now."),
        "very_late": _("Ask how they are, and whether something keeps them away. Offer nothing yet."),
        "late": _("Ask how they are. Offer nothing yet."),
    }.get(first, "")


def bought_in_words(times: int) -> str:
    """Whether somebody still buys."""
    if not times:
        return _("Bought nothing in a year")
    return ngettext("Bought once in a year", "Bought {count} times in a year", times).format(count=times)


def by_urgency(rows: Iterable[Due]) -> tuple[Due, ...]:
    """What has waited longest first."""
    return tuple(sorted(rows, key=lambda one: (one.day, one.words)))


__all__ = [
    "DUE", "GOALS", "LATER", "LEFT_OUT", "QUIET", "QUIET_MONTHS", "RHYTHMS", "RISK", "CheckIn", "Due", "Spoken",
    "TouchRow", "bought_in_words", "by_urgency", "due_in_words", "next_step",
    "rhythm_problems", "spoken_problems",
]  # fmt: skip
