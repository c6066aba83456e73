"""Weeks, months and quarters in words, by their first day; a step "day" stands for single events."""

from __future__ import annotations

from datetime import date, timedelta

from cvdesk.wording.numbers import day, day_of_year, month_long, month_short, quarter_short
from cvdesk.wording.text import _

_MONTHS = {"month": 1, "quarter": 3}
_DAYS = {"week": 7, "day": 1}


def period_end(start: date, step: str) -> date:
    """The last day of the week, month or quarter that begins on `start`. KeyError for an unknown step."""
    if step in _DAYS:
        return start + timedelta(days=_DAYS[step] - 1)
    ahead = start.month - 1 + _MONTHS[step]
    return date(start.year + ahead // 12, ahead % 12 + 1, 1) - timedelta(days=1)


def period_short(start: date, step: str) -> str:
    """For the axis of a chart: Jul, Q3; a week by its first day, 6 Jul."""
    if step == "month":
        return month_short(start)
    return quarter_short(start) if step == "quarter" else day_of_year(start)


def period_long(start: date, step: str) -> str:
    """In a sentence: July 2026, Q3 2026, week from 6 Jul 2026, 6 Jul 2026."""
    if step == "month":
        return month_long(start)
    if step == "quarter":
        return _("{quarter} {year}").format(quarter=quarter_short(start), year=start.year)
    return _("week from {day}").format(day=day(start)) if step == "week" else day(start)
