"""Calendar months of a series: which are shown, which is still running."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from cvdesk.catalogue.records import Filter, Period


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of its month."""
    return next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """First days of the months from one to the other, both included."""
    months = [first_of(first)] if first_of(first) <= last else []
    while months and (following := next_month(months[-1])) <= last:
        months.append(following)
    return months


def whole_months(chosen: Filter, today: date, start: date | None = None) -> Filter:
    """The filter over the whole months it touches, up to today at most; from `start`'s month where that is given.

    A month of which only some days were taken would look like a bad one.
    """
    first = first_of(chosen.period.start if start is None else start)
    last = max(first, min(last_of(first_of(chosen.period.end)), today))
    return replace(chosen, period=Period(first, last))
