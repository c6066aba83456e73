"""The steps of a series: calendar weeks, months and quarters; which are shown, and which is still running."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from cvdesk.catalogue.records import Filter, Period
from cvdesk.wording.numbers import first_weekday

_WEEK = timedelta(days=7)
_YEAR_OF_WEEKS = timedelta(weeks=52)  # the same weekday a year before
_QUARTER = 3
# First day of the step a day of SQL lies in. A month's and a quarter's are cut out of its text, which is quick.
_SQL = {
    "month": "substr({day}, 1, 8) || '01'",
    "quarter": (
        "substr({day}, 1, 5) || CASE WHEN substr({day}, 6, 2) < '04' THEN '01' WHEN substr({day}, 6, 2) < '07'"
        " THEN '04' WHEN substr({day}, 6, 2) < '10' THEN '07' ELSE '10' END || '-01'"
    ),
    "week": "date({day}, '-' || ((strftime('%w', {day}) + 6 - {first}) % 7) || ' days')",
}


def first_of(day: date, step: str = "month") -> date:
    """The first day of its month (week, quarter); weeks begin as the locale says."""
    if step == "week":
        return day - timedelta(days=(day.weekday() - first_weekday()) % 7)
    month = day.month if step == "month" else day.month - (day.month - 1) % _QUARTER
    return date(day.year, month, 1)


def last_of(start: date, step: str = "month") -> date:
    """The last day of the step that begins then."""
    return next_of(start, step) - timedelta(days=1)


def next_of(start: date, step: str = "month") -> date:
    """The first day of the step after."""
    if step == "week":
        return start + _WEEK
    month = start.month - 1 + (_QUARTER if step == "quarter" else 1)
    return date(start.year + month // 12, month % 12 + 1, 1)


def year_before(start: date, step: str = "month") -> date:
    """The step a year before: the same month or quarter; of weeks the one 52 weeks before."""
    return start - _YEAR_OF_WEEKS if step == "week" else date(start.year - 1, start.month, 1)


def steps_between(first: date, last: date, step: str = "month") -> list[date]:
    """First days of the steps from the one day's to the other's, both included."""
    starts = [first_of(first, step)] if first_of(first, step) <= last else []
    while starts and (following := next_of(starts[-1], step)) <= last:
        starts.append(following)
    return starts


def months_between(first: date, last: date) -> list[date]:
    """First days of the months from one to the other, both included."""
    return steps_between(first, last)


def start_sql(step: str, day: str = "date") -> str:
    """SQL of the first day of the step a column's day lies in, as ISO text."""
    return _SQL[step].format(day=day, first=first_weekday())


def whole_steps(chosen: Filter, today: date, start: date, step: str = "month") -> Filter:
    """The filter over the whole steps it touches, up to today at most, from `start`'s step on.

    A month of which only some days were taken would look like a bad one.
    """
    first = first_of(start, step)
    last = max(first, min(last_of(first_of(chosen.period.end, step), step), today))
    return replace(chosen, period=Period(first, last))
