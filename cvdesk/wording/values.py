"""Values, ranges and times of a series in words: each unit and each step its own way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvdesk.stats.intervals import Estimate
from cvdesk.wording.numbers import (
    day,
    day_of_year,
    month_alone,
    month_long,
    number,
    percent,
    quarter,
    rounded_to,
    signed,
    whole,
)
from cvdesk.wording.ranges import two_ends
from cvdesk.wording.strength import why_not
from cvdesk.wording.text import _, ngettext

_FROM_ZERO = ("share", "rate", "days", "count")  # units in which a range that begins with nothing is "up to" its end
_SEEN_SHARE, _SMALL_SHARE = 0.0005, 0.0095
_MONTH_DAYS = 365.25 / 12


def quantity(unit: str, value: float, step: str = "", digits: int = 1) -> str:
    """A value with its unit: +1.9, 4.2, 87%, 12.5 per 100, 3.5 days; between complaints 18 days or 4 months."""
    if step == "between":
        return duration(value)
    if unit == "rate":
        return _("{number} per 100").format(number=_short(value, digits))
    if unit == "days":
        shown = rounded_to(value, digits)
        return ngettext("{number} day", "{number} days", 1 if shown == 1 else 2).format(number=_short(value, digits))
    return bare(unit, value, digits)


def bare(unit: str, value: float, digits: int = 1) -> str:
    """A value without the name of its unit."""
    if unit == "net":
        return signed(value, digits)
    if unit == "share":
        share = min(1.0, max(0.0, value))
        small = _SEEN_SHARE <= share < _SMALL_SHARE  # "<1%" would say the same of 0.2% and 0.9%
        return percent(share, digits) if small else percent(share, digits - 1)
    if unit == "points":
        return signed(value, digits - 1)
    return _short(value, digits) if unit in ("rate", "days", "count") else number(value, digits)


def pair(unit: str, before: float | None, after: float | None, step: str = "") -> tuple[str, str]:
    """Two values that are said to differ, with as many decimals as it takes to see it (three at most)."""
    if before is None or after is None:
        return "", ""
    for digits in (1, 2, 3):
        said = quantity(unit, before, step, digits), quantity(unit, after, step, digits)
        if said[0] != said[1]:
            break
    return said


def spread(unit: str, low: float, high: float, step: str = "") -> str:
    """A range: "anything from 3.4 to 4.2"; "anything up to 12%" where it begins with nothing."""
    end = quantity(unit, high, step)
    if unit in _FROM_ZERO and rounded_to(low, 2 if unit == "share" else 1) <= 0 and step != "between":
        return _("anything up to {high}").format(high=end)
    start = quantity(unit, max(low, 1.0), step) if step == "between" else bare(unit, low)
    return _("anything from {low} to {high}").format(low=start, high=end)


def short_spread(unit: str, low: float, high: float, step: str = "") -> str:
    """A range in short: "3.4 to 4.2", "0% to 12%"."""
    start = quantity(unit, max(low, 1.0), step) if step == "between" else bare(unit, low)
    return two_ends(start, quantity(unit, high, step))


def duration(days: float) -> str:
    """Days as people say them: 1 day, 18 days, 4 months, 2 years."""
    if days < 60:
        count = int(rounded_to(days, 0))
        words = ngettext("{count} day", "{count} days", count)
    elif days < 24 * _MONTH_DAYS:
        count = int(rounded_to(days / _MONTH_DAYS, 0))
        words = ngettext("{count} month", "{count} months", count)
    else:
        count = int(rounded_to(days / 365.25, 0))
        words = ngettext("{count} year", "{count} years", count)
    return words.format(count=whole(count))


def median_days(estimate: Estimate) -> str:
    """2.5 days; "more than 12 days" for a median not reached; the reason where there are too few cases."""
    if estimate.value is not None:
        return ngettext("{days} day", "{days} days", _plural(estimate.value)).format(days=_bare(estimate.value))
    if estimate.more_than is not None:
        return ngettext("more than {days} day", "more than {days} days", _plural(estimate.more_than)).format(
            days=_bare(estimate.more_than)
        )
    return why_not(estimate)


def when(start: date, step: str, last: date | None) -> str:
    """A point's time: July, the week of 6 Jul, Q3; with the year where it is not that of the last point."""
    same_year = last is not None and start.year == last.year
    if step == "month":
        return month_alone(start) if same_year else month_long(start)
    if step == "quarter":
        return quarter(start) if same_year else _("{quarter} {year}").format(quarter=quarter(start), year=start.year)
    said = day_of_year(start) if same_year else day(start)
    return _("the week of {day}").format(day=said) if step == "week" else said


def listed(names: Sequence[str]) -> str:
    """One, "one and two", "one, two and three"."""
    if len(names) == 1:
        return names[0]
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def _short(value: float, digits: int) -> str:
    """A number without decimals that say nothing: 12, 2.5, 31 for 31.4."""
    if (digits == 1 and abs(value) >= 10) or rounded_to(value, digits) == rounded_to(value, 0):
        return whole(value)
    return number(value, digits)


def _plural(value: float) -> int:
    return 1 if value == 1 else 2


def _bare(value: float) -> str:
    return whole(value) if float(value).is_integer() else number(value)
