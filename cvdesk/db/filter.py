"""The one filter every query that shows a figure takes: a period and ids of what limits it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"a period ends before it starts: {self.start} > {self.end}")

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.end - self.start).days + 1

    @classmethod
    def last_days(cls, days: int, today: date) -> Period:
        """`days` days ending today."""
        return cls(today - timedelta(days=days - 1), today)

    @classmethod
    def last_months(cls, months: int, today: date) -> Period:
        """From the day after the same day `months` months ago until today."""
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        day = min(today.day, calendar.monthrange(year, month + 1)[1])
        return cls(date(year, month + 1, day) + timedelta(days=1), today)

    def before(self) -> Period:
        """The period of the same length that ends the day before this one starts."""
        return Period(self.start - timedelta(days=self.days), self.start - timedelta(days=1))


def usual_periods(today: date) -> tuple[Period, ...]:
    """What can be chosen: 30 days, 90 days, 12 months, 24 months, this year, last year, all time."""
    return (
        Period.last_days(30, today),
        Period.last_days(90, today),
        Period.last_months(12, today),
        Period.last_months(24, today),
        Period(date(today.year, 1, 1), today),
        Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        Period(date(1990, 1, 1), today),
    )


def moved_on(period: Period, before: date, today: date) -> Period:
    """The same choice on a later day: the last 30 days are other days then; days chosen as such stay."""
    usual = usual_periods(before)
    return usual_periods(today)[usual.index(period)] if period in usual else period


@dataclass(frozen=True, slots=True)
class Filter:
    """What limits every figure on screen, on paper and in exports: a period and ids of the rest (None: all)."""

    period: Period
    offering: int | None = None
    segment: int | None = None
    channel: int | None = None
    theme: int | None = None
    tag: int | None = None
