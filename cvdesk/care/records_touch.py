"""Keeping in touch: who waits for a word, why, and what to do next; all of it in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cvdesk.customers.records_risk import Risk
from cvdesk.customers.store_contact import MOST_DAYS, LastContact, Rhythm
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


def every(days: int) -> str:
    """A rhythm in words."""
    if days % 365 == 0:
        return ngettext("every year", "every {count} years", days // 365).format(count=days // 365)
    if days % 30 == 0:
        return ngettext("every month", "every {count} months", days // 30).format(count=days // 30)
    if days % 7 == 0:
        return ngettext("every week", "every {count} weeks", days // 7).format(count=days // 7)
    return ngettext("every day", "every {count} days", days).format(count=days)


def rhythm_in_words(rhythm: Rhythm | None) -> str:
    """Whose rhythm it is, and how often."""
    if rhythm is None:
        return _("No rhythm")
    if rhythm.tag:
        return _("{often}, as everybody tagged “{tag}”").format(often=_upper(every(rhythm.days)), tag=rhythm.tag)
    return _upper(every(rhythm.days))


def ago(day: dt.date | None, today: dt.date) -> str:
    """How long ago a day is, as one would say it."""
    if day is None:
        return _("never")
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days < 60:
        return ngettext("yesterday", "{count} days ago", days).format(count=days)
    if days < 730:
        months = round(days / 30.44)
        return ngettext("{count} month ago", "{count} months ago", months).format(count=months)
    years = int(days / 365.25)
    return ngettext("{count} year ago", "{count} years ago", years).format(count=years)


def last_in_words(last: LastContact | None, today: dt.date) -> str:
    """When and how somebody was last in touch: "Phoned 7 months ago"."""
    if last is None:
        return _("Nobody has spoken to them yet")
    texts = {
        "entries": _("They gave feedback {when}"), "complaints": _("About a complaint, {when}"),
        "assessments": _("They filled in a score sheet {when}"),
    }  # fmt: skip
    kinds = {
        "contact": _("Spoke to them {when}"), "check_in": _("Checked in {when}"), "letter": _("Wrote to them {when}"),
        "gesture": _("A gesture {when}"), "reward": _("A reward {when}"), "onboarding": _("A first step {when}"),
        "told": _("Told them what changed {when}"),
    }  # fmt: skip
    text = texts[last.table] if last.table in texts else kinds.get(last.what, _("In touch {when}"))
    said = text.format(when=ago(last.date, today))
    return _("{contact} · {channel}").format(contact=said, channel=last.channel) if last.channel else said


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
        return _("Bought nothing in the last year")
    return ngettext("Bought once in the last year", "Bought {count} times in the last year", times).format(count=times)


def by_urgency(rows: Iterable[Due]) -> tuple[Due, ...]:
    """What has waited longest first."""
    return tuple(sorted(rows, key=lambda one: (one.day, one.words)))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


__all__ = [
    "DUE", "GOALS", "LATER", "LEFT_OUT", "QUIET", "QUIET_MONTHS", "RHYTHMS", "RISK", "CheckIn", "Due", "Spoken",
    "TouchRow", "ago", "bought_in_words", "by_urgency", "due_in_words", "every", "last_in_words", "next_step",
    "rhythm_in_words", "rhythm_problems", "spoken_problems",
]  # fmt: skip
