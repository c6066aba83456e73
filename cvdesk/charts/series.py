"""What a chart needs of a series, and one point of it in words: the same for tooltips, screen readers and tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from cvdesk.wording import _
from cvdesk.wording.numbers import day_of_year, number, whole
from cvdesk.wording.periods import period_end, period_long
from cvdesk.wording.values import bare


class PointLike(Protocol):
    """One week, month or quarter of a series, or one event."""

    @property
    def start(self) -> dt.date: ...
    @property
    def value(self) -> float | None: ...
    @property
    def n(self) -> int: ...
    @property
    def running(self) -> bool: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


class LimitsLike(Protocol):
    """The ordinary range of one phase, over positions first..last."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def centre(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def lows(self) -> Sequence[float]: ...
    @property
    def highs(self) -> Sequence[float]: ...
    def at(self, place: int) -> tuple[float, float]: ...


class NoteLike(Protocol):
    """What happened when; `sort`: "note", "action", "phase" or "wording"."""

    @property
    def date(self) -> dt.date: ...
    @property
    def text(self) -> str: ...
    @property
    def sort(self) -> str: ...


class SeriesLike(Protocol):
    """What a chart draws: a Series of the trends, a frozen dataclass."""

    @property
    def title(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def lever(self) -> str: ...
    @property
    def points(self) -> Sequence[PointLike]: ...
    @property
    def limits(self) -> Sequence[LimitsLike]: ...
    @property
    def notes(self) -> Sequence[NoteLike]: ...
    @property
    def signals(self) -> Sequence[int]: ...
    @property
    def sentence(self) -> str: ...
    @property
    def caveats(self) -> Sequence[str]: ...
    @property
    def step(self) -> str: ...
    @property
    def chart(self) -> str: ...
    @property
    def year_before(self) -> Sequence[float | None]: ...


def step_of(series: SeriesLike) -> str:
    """How far it is from point to point: "week", "month", "quarter", or "day" where points are single events."""
    return "day" if series.chart == "between" else series.step


def cut(series: Any, first: int, last: int) -> Any:
    """The same series from one position to another, both included, with what belongs to them."""
    if first <= 0 and last >= len(series.points) - 1:
        return series
    limits = []
    for one in series.limits:
        begin, end = max(one.first, first), min(one.last, last)
        if begin <= end:
            kept = slice(begin - one.first, end - one.first + 1)
            limits.append(replace(one, first=begin - first, last=end - first,
                                  lows=one.lows[kept], highs=one.highs[kept]))  # fmt: skip
    points = series.points[first : last + 1]
    until = period_end(points[-1].start, step_of(series))
    return replace(
        series,
        points=points,
        limits=tuple(limits),
        notes=tuple(note for note in series.notes if points[0].start <= note.date <= until),
        signals=tuple(place - first for place in series.signals if first <= place <= last),
        year_before=tuple(series.year_before[first : last + 1]),
    )


def without_year_before(series: Any) -> Any:
    """The same series for a small chart: two lines in it would be one too many."""
    return replace(series, year_before=())


def in_unit(value: float, unit: str, digits: int = 1) -> str:
    """A value of a series as people read it: +2.8, 4.2, 87%, 12; `digits` where the unit leaves a choice."""
    if unit in ("rate", "days"):  # in a column and along an axis all with the same decimals
        return number(value, 0 if unit == "days" and float(value).is_integer() else digits)
    if unit == "count":
        return whole(value)
    return bare(unit, value, 1 if unit in ("share", "points") else digits)


def range_of(series: SeriesLike, place: int) -> tuple[float, float, float] | None:
    """Low end, centre and high end of the ordinary range a point is judged by; None where there is none."""
    for limits in series.limits:
        if limits.first <= place <= limits.last:
            low, high = limits.at(place)
            return low, limits.centre, high
    return None


def standing(series: SeriesLike, place: int) -> str:
    """How a point stands to its range: "few" (nothing shown), "running", "above", "below", "run" (part of one),
    "ordinary"; empty without a range.
    """
    point, ordinary = series.points[place], range_of(series, place)
    if point.value is None:
        return "few"
    if point.running:
        return "running"
    if ordinary is None:
        return ""
    if point.value > ordinary[2]:
        return "above"
    if point.value < ordinary[0]:
        return "below"
    return "run" if place in series.signals else "ordinary"


def judged(series: SeriesLike, place: int) -> str:
    """What the limits show of a point; empty where there are none."""
    return {
        "few": _("too few to show"), "running": _("not over yet"), "above": _("above the ordinary range"),
        "below": _("below the ordinary range"), "run": _("part of a run"), "ordinary": _("in the ordinary range"),
    }.get(standing(series, place), "")  # fmt: skip


def notes_in(series: SeriesLike, place: int) -> list[NoteLike]:
    """What happened in a point's time; for events, since the event before."""
    points = series.points
    if series.chart == "between":
        after = points[place - 1].start if place else dt.date.min
        return [note for note in series.notes if after < note.date <= points[place].start]
    last = period_end(points[place].start, series.step)
    return [note for note in series.notes if points[place].start <= note.date <= last]


def point_lines(series: SeriesLike, place: int) -> list[str]:
    """A point in words, line by line: when and how much, how sure, what is ordinary, what happened then."""
    point, unit = series.points[place], series.unit
    when = period_long(point.start, step_of(series))
    if point.value is None:
        return [_("{when}: too few to show").format(when=when)]
    shown = in_unit(point.value, unit)
    if unit == "count" or series.chart == "between":
        found = [_("{when}: {value}").format(when=when, value=shown)]
    else:
        found = [_("{when}: {value} from {n}").format(when=when, value=shown, n=whole(point.n))]
    if point.low is not None and point.high is not None:
        low, high = in_unit(point.low, unit), in_unit(point.high, unit)
        found.append(_("likely between {low} and {high}").format(low=low, high=high))
    ordinary = range_of(series, place)
    if ordinary is not None:
        low, high = in_unit(ordinary[0], unit), in_unit(ordinary[2], unit)
        found.append(_("ordinary: {low} to {high}").format(low=low, high=high))
    if said := judged(series, place):
        found.append(said)
    for note in notes_in(series, place):
        found.append(_("{day}: {text}").format(day=day_of_year(note.date), text=note.text))
    return found


def point_words(series: SeriesLike, place: int) -> str:
    """The same as one text, for a screen reader."""
    return "; ".join(point_lines(series, place))


def series_words(series: SeriesLike) -> str:
    """The whole chart in words: what it shows, from when to when, the latest and the extreme points."""
    known = [place for place, point in enumerate(series.points) if point.value is not None]
    said = [series.sentence, *series.caveats]
    if known:
        step = step_of(series)

        def at(place: int) -> str:
            point = series.points[place]
            return _("{value} ({when})").format(
                value=in_unit(point.value or 0.0, series.unit), when=period_long(point.start, step)
            )

        lowest = min(known, key=lambda place: series.points[place].value or 0.0)
        highest = max(known, key=lambda place: series.points[place].value or 0.0)
        first, last = period_long(series.points[0].start, step), period_long(series.points[-1].start, step)
        said.append(_("Shown from {first} to {last}.").format(first=first, last=last))
        said.append(
            _("Lowest {lowest}, highest {highest}, latest {latest}.").format(
                lowest=at(lowest), highest=at(highest), latest=at(known[-1])
            )
        )
    return " ".join(part for part in said if part)
