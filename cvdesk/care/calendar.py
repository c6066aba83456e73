"""What is due, as a calendar file (RFC 5545) other programs read: days without a time, no alarms.

Bringing the file in again changes what is there instead of doubling it: an event keeps its UID as long as the thing it
stands for is in the business file, and its SEQUENCE grows with every change of the file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cvdesk.care.store_community import every_name, named_in
from cvdesk.care.store_due import due as care_due
from cvdesk.care.store_milestones import coming
from cvdesk.care.store_snooze import put_off
from cvdesk.catalogue import store as catalogue
from cvdesk.complaints.store_due import NEXT_DUE, NEXT_DUE_KIND, OPEN
from cvdesk.db import Queries
from cvdesk.db.ids import RANDOM_BITS
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.wording import _
from cvdesk.wording.numbers import day as day_words

if TYPE_CHECKING:
    from icalendar import Component

USUAL_DAYS = 90
_WEEK = 7
_SECOND = 1000  # ids count milliseconds
_LONGEST = 200  # letters of a title

_FILE = "SELECT min(id) FROM operations"
_NEWEST = "SELECT COALESCE(max(id), 0) FROM operations"
_CASES = f"""
SELECT complaints.id, complaints.number, COALESCE(customers.name, '') AS name, {NEXT_DUE} AS due,
    {NEXT_DUE_KIND} AS step
FROM complaints LEFT JOIN customers ON customers.id = complaints.customer_id
WHERE {OPEN} AND due <= ? ORDER BY complaints.id
"""
_PROMISES = """
SELECT entries.id, entries.promise, entries.promised_by AS due, COALESCE(customers.name, '') AS name FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id
WHERE promised_by IS NOT NULL AND promise_kept IS NULL AND promised_by <= ? AND promise <> '' ORDER BY entries.id
"""
_REVIEWS = "SELECT id, name, review AS due FROM strategies WHERE state = 'running' AND review <= ? ORDER BY id"
_GOALS = """
SELECT goals.id, strategies.name, goals.due FROM goals JOIN strategies ON strategies.id = goals.strategy_id
WHERE strategies.state = 'running' AND goals.due <= ? ORDER BY goals.id
"""
_ACTIONS = """
SELECT id, name, due FROM actions WHERE status IN ('idea', 'planned', 'started') AND due <= ? ORDER BY id
"""
_GATHERINGS = "SELECT id, name, date AS due, note FROM gatherings WHERE date BETWEEN ? AND ? ORDER BY id"


@dataclass(frozen=True, slots=True)
class Event:
    """One day in the calendar. (`sort`, `id`): what it stands for; `was_due`: the day, where it is past."""

    sort: str
    id: int
    day: date
    title: str
    note: str = ""
    was_due: date | None = None


def events(db: Queries, today: date, days: int = USUAL_DAYS, names: bool = True) -> tuple[Event, ...]:
    """What is due within so many days from today on, by day; what is overdue and still open stands today.

    `names` False: no customer is named, also where the owner's own words do. What was put off stands on the day it is
    back.
    """
    last = today + timedelta(days=days)
    with db.snapshot():
        asleep = put_off(db, today)
        everyone = frozenset[str]() if names else every_name(db)
        found = [
            *_care(db, last, names),
            *_thanks(db, today, last, names),
            *_desk(db, last, names),
            *_plans(db, last),
            *_gatherings(db, today, last),
        ]
        placed = [_placed(event, today, asleep) for event in found]
    if not names:
        placed = [_nameless(event, everyone) for event in placed]
    return tuple(sorted((one for one in placed if one.day <= last), key=lambda one: (one.day, one.sort, one.id)))


def as_ics(db: Queries, today: date, days: int = USUAL_DAYS, names: bool = True) -> bytes:
    """The calendar file; the same file of the business gives the same bytes on the same day."""
    with db.snapshot():
        return _written(db, events(db, today, days, names), today)


def save(db: Queries, path: Path, today: date, days: int = USUAL_DAYS, names: bool = True) -> int:
    """Writes the calendar file and gives how many events it holds. UserError where it cannot be written."""
    refuse_database(path)
    with db.snapshot():
        found = events(db, today, days, names)
        save_bytes(path, _written(db, found, today))
    return len(found)


def _written(db: Queries, found: Iterable[Event], today: date) -> bytes:
    from icalendar import Calendar

    name = catalogue.business(db).name
    made = Calendar()
    made.add("prodid", "-//CV Desk//Calendar//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", _plain(_("CV Desk: {business}").format(business=name)))
    whose, sequence = int(db.value(_FILE)), (int(db.value(_NEWEST)) >> RANDOM_BITS) // _SECOND
    for event in found:
        made.add_component(_event(event, today, whose, sequence))
    written: bytes = made.to_ical()
    return written


def _event(event: Event, today: date, whose: int, sequence: int) -> Component:
    from icalendar import Event as CalendarEvent

    made = CalendarEvent()
    made.add("uid", f"{event.sort}-{event.id}@{whose}.cvdesk")
    made.add("dtstamp", datetime.combine(today, time(), UTC))
    made.add("sequence", sequence)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + timedelta(days=1))
    made.add("summary", _plain(event.title))
    note = [event.note] if event.note else []
    if event.was_due is not None:
        note.append(_("Was due on {day}.").format(day=day_words(event.was_due)))
    if note:
        made.add("description", "\n".join(_plain(one) for one in note))
    made.add("transp", "TRANSPARENT")  # it takes no time of the day
    return made


def _care(db: Queries, last: date, names: bool) -> Iterator[Event]:
    plain = {
        "check_in": _("Check in with a customer"), "onboarding": _("A customer's next step"),
        "goal": _("Look at a customer's goal"),
    }  # fmt: skip
    for one in care_due(db, last):
        yield Event(one.sort, one.record_id, one.day, one.words if names else plain.get(one.sort, _("A customer")))


def _thanks(db: Queries, today: date, last: date, names: bool) -> Iterator[Event]:
    """Days to thank somebody: they are known a week ahead each time, so one week after the other is asked."""
    seen: set[tuple[str, int]] = set()
    for ahead in range(0, (last - today).days + 1, _WEEK):
        for one in coming(db, today + timedelta(days=ahead)):
            sort = f"milestone-{one.kind}-{one.step}"
            if (sort, one.customer_id) not in seen and one.day >= today:
                seen.add((sort, one.customer_id))
                yield Event(sort, one.customer_id, one.day, one.words() if names else _("A customer to thank"))


def _desk(db: Queries, last: date, names: bool) -> Iterator[Event]:
    for row in db.rows(_CASES, (last.isoformat(),)):
        words = _("Acknowledge complaint {number}") if row["step"] == "acknowledge" else _("Resolve complaint {number}")
        said = words.format(number=row["number"])
        if names and row["name"]:
            said = _("{what}, {name}").format(what=said, name=row["name"])
        yield Event("complaint", row["id"], date.fromisoformat(row["due"]), said)
    for row in db.rows(_PROMISES, (last.isoformat(),)):
        said = _("Promised: {promise}").format(promise=row["promise"]) if names else _("Keep a promise")
        if names and row["name"]:
            said = _("{what}, {name}").format(what=said, name=row["name"])
        yield Event("promise", row["id"], date.fromisoformat(row["due"]), said)


def _plans(db: Queries, last: date) -> Iterator[Event]:
    sorts = (
        ("review", _REVIEWS, _("Look at the plan: {name}")), ("plan-goal", _GOALS, _("A goal of “{name}” is due")),
        ("action", _ACTIONS, _("Due: {name}")),
    )  # fmt: skip
    for sort, sql, words in sorts:
        for row in db.rows(sql, (last.isoformat(),)):
            yield Event(sort, row["id"], date.fromisoformat(row["due"]), words.format(name=row["name"]))


def _gatherings(db: Queries, today: date, last: date) -> Iterator[Event]:
    for row in db.rows(_GATHERINGS, (today.isoformat(), last.isoformat())):
        yield Event("event", row["id"], date.fromisoformat(row["due"]), row["name"], row["note"])


def _placed(event: Event, today: date, asleep: Mapping[tuple[str, int], tuple[date, str]]) -> Event:
    """On the day it is to be done: put off, then; overdue, today."""
    back = asleep.get((event.sort, event.id))
    wanted = max(event.day, back[0]) if back is not None else event.day
    if wanted >= today:
        return replace(event, day=wanted)
    return replace(event, day=today, was_due=event.day)


def _nameless(event: Event, everyone: frozenset[str]) -> Event:
    """The event without what names a customer: the owner's own words may do so, too."""
    title = _("Something of yours is due") if named_in((event.title,), everyone) else event.title
    return replace(event, title=title, note="" if named_in((event.note,), everyone) else event.note)


def _plain(text: str) -> str:
    """One line of text without marks no calendar file may hold."""
    kept = "".join(" " if unicodedata.category(mark) in ("Cc", "Cs") else mark for mark in text)
    line = " ".join(kept.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


__all__ = ["USUAL_DAYS", "Event", "as_ics", "events", "save"]
