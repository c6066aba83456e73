"""When a case is due: targets by severity, counted in calendar days or in the days the business is open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cvdesk.wording import _, ngettext

OPEN_STAGES = ("received", "acknowledged", "assessed")
ACKNOWLEDGE, RESOLVE = "acknowledge", "resolve"
MOST_DAYS = 365
_DAY = timedelta(days=1)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
# From and to, as HH:MM; None for a day the business is closed.
Hours = tuple[str, str] | None
_OFFICE: tuple[Hours, ...] = (("09:00", "17:00"),) * 5 + (None, None)


def read_clock(text: str) -> str | None:
    """A time of day as HH:MM: 14:05, 9, 2.30 pm. None for no text; raises ValueError for what is no time."""
    if not text.strip():
        return None
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise ValueError(text)
    return f"{hour:02d}:{minute:02d}"


@dataclass(frozen=True, slots=True)
class Opening:
    """When the business is open: hours of each weekday, Monday first, and further days on which it is shut."""

    hours: tuple[Hours, ...] = _OFFICE
    closed: frozenset[date] = frozenset()

    def open_on(self, day: date) -> bool:
        """Whether the business is open on this day."""
        return self.hours[day.weekday()] is not None and day not in self.closed

    def counts_from(self, received: date, time: str | None) -> date:
        """The open day from which the clock of a case runs: after closing time, or on a shut day, the next one."""
        hours = self.hours[received.weekday()]
        if self.open_on(received) and (time is None or hours is None or time[:5] < hours[1]):
            return received
        return self.after(received, 1)

    def after(self, day: date, days: int) -> date:
        """The open day that many open days later."""
        while days > 0:
            day += _DAY
            days -= self.open_on(day)
        return day

    def problems(self) -> dict[str, str]:
        """What is wrong, by weekday ("0" is Monday) or "hours"; empty when it can be used."""
        found = {
            str(place): _("It closes before it opens.")
            for place, hours in enumerate(self.hours)
            if hours is not None and hours[0] >= hours[1]
        }
        if not any(self.hours):
            found["hours"] = _("Choose at least one day on which you are open.")
        return found


def _two_days() -> Mapping[str, int]:
    return {"minor": 2, "moderate": 2, "serious": 2}


def _two_weeks() -> Mapping[str, int]:
    return {"minor": 14, "moderate": 7, "serious": 3}


@dataclass(frozen=True, slots=True)
class Targets:
    """Within how many days a complaint is to be acknowledged and put right, by severity.

    With `open_days` only days are counted on which the business is open.
    """

    acknowledge: Mapping[str, int] = field(default_factory=_two_days)
    resolve: Mapping[str, int] = field(default_factory=_two_weeks)
    open_days: bool = False
    opening: Opening = field(default_factory=Opening)

    def acknowledge_by(self, received: date, severity: str = "minor", time: str | None = None) -> date:
        """The last day to acknowledge."""
        return self._due(received, time, self.acknowledge[severity])

    def resolve_by(self, received: date, severity: str, time: str | None = None) -> date:
        """The last day to put it right."""
        return self._due(received, time, self.resolve[severity])

    def _due(self, received: date, time: str | None, days: int) -> date:
        if not self.open_days or not any(self.opening.hours):
            return received + timedelta(days=days)
        return self.opening.after(self.opening.counts_from(received, time), days)


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as stretches without a gap, the earliest first."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and found[-1][1] + _DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


@dataclass(frozen=True, slots=True)
class Deadline:
    """The next day a case has to meet, and what is to be done by then: ACKNOWLEDGE or RESOLVE."""

    kind: str
    day: date


def next_deadline(heard: bool, acknowledge_by: date | None, resolve_by: date | None) -> Deadline | None:
    """The deadline of an open case that comes first; `heard`: it was acknowledged or more. None where it has none.

    The one definition of "overdue", as `store_due` says it in SQL: an open case is overdue after this day.
    """
    days = [(resolve_by, RESOLVE)] if heard else [(acknowledge_by, ACKNOWLEDGE), (resolve_by, RESOLVE)]
    known = [(day, kind) for day, kind in days if day is not None]
    if not known:
        return None
    day, kind = min(known)
    return Deadline(kind, day)


def deadline_of(stage: str, acknowledge_by: date | None, resolve_by: date | None) -> Deadline | None:
    """The next deadline of a case; None for one that is resolved, or that has none."""
    return next_deadline(stage != "received", acknowledge_by, resolve_by) if stage in OPEN_STAGES else None


def due_in_words(day: date, today: date) -> str:
    """How far away a deadline is: 2 days overdue, due today, due tomorrow, in 5 days."""
    left = (day - today).days
    if left < 0:
        return ngettext("{days} day overdue", "{days} days overdue", -left).format(days=-left)
    if left == 0:
        return _("due today")
    if left == 1:
        return _("due tomorrow")
    return ngettext("in {days} day", "in {days} days", left).format(days=left)


def deadline_in_words(deadline: Deadline, today: date) -> str:
    """What is to be done and how far away that is: Acknowledge: 2 days overdue; Resolve: in 5 days."""
    words = _("Acknowledge: {when}") if deadline.kind == ACKNOWLEDGE else _("Resolve: {when}")
    return words.format(when=due_in_words(deadline.day, today))


def kept_in_words(until: date, done: date) -> str:
    """Whether a deadline was kept: in time, 2 days late."""
    late = (done - until).days
    return ngettext("{days} day late", "{days} days late", late).format(days=late) if late > 0 else _("in time")
