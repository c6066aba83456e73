"""A trend over months on paper: the line, the range of ordinary months, what happened when."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Drawing
from cvdesk.pdf.text import draw, width_of
from cvdesk.wording.numbers import month_short, number, percent, signed

_LEFT = 26.0
_RIGHT = 40.0
_BELOW = 20.0
_ABOVE = 18.0


class PointLike(Protocol):
    """One month of a series."""

    @property
    def start(self) -> date: ...
    @property
    def value(self) -> float | None: ...
    @property
    def running(self) -> bool: ...


class LimitsLike(Protocol):
    """The range of ordinary months of one phase, over positions first..last."""

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


class NoteLike(Protocol):
    """What happened when."""

    @property
    def date(self) -> date: ...
    @property
    def text(self) -> str: ...


class SeriesLike(Protocol):
    """What the trend chart draws: a Series of the trends."""

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


def in_unit(value: float, unit: str) -> str:
    """A value of a series as its axis says it."""
    if unit == "net":
        return signed(value)
    if unit == "share":
        return percent(value)
    if unit == "points":
        return signed(value, 0)
    return number(value, 0) if unit == "count" else number(value)


def trend(series: SeriesLike, height: float = 150) -> Drawing:
    """The series as a chart of the column's width. Needs at least one point with a value."""

    def paint(canvas: Any, width: float, height: float) -> None:
        _Trend(canvas, series, width, height).paint()

    return Drawing(height, paint)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from at or below low to at or above high, at most about `most` steps."""
    size = (high - low) / most if high > low else 1.0
    power = 10.0 ** math.floor(math.log10(size))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= size - 1e-12)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]


class _Trend:
    """One chart being painted."""

    def __init__(self, canvas: Any, series: SeriesLike, width: float, height: float) -> None:
        self.canvas, self.series = canvas, series
        self.left, self.right = _LEFT, width - _RIGHT
        self.bottom, self.top = _BELOW, height - (_ABOVE if series.notes else 6)
        self.colour = styles.LEVER_COLOURS.get(series.lever, styles.ACCENT)
        self.ticks = self._scale()

    def _scale(self) -> list[float]:
        values = [point.value for point in self.series.points if point.value is not None]
        values += [value for limits in self.series.limits for value in (limits.low, limits.high)]
        low, high = min(values), max(values)
        if self.series.unit in ("share", "rate", "days", "count"):
            low = 0.0
        if self.series.unit == "net":
            low = min(low, 0.0)
        if high - low < 1e-9:
            low, high = low - 0.5, high + 0.5
        found = ticks(low, high, 4)
        ceiling = {"share": 1.0, "score": 5.0, "net": 8.0}.get(self.series.unit)
        return [tick for tick in found if ceiling is None or tick <= ceiling + 1e-9]

    def x(self, place: float) -> float:
        """Where a position of the series stands."""
        last = max(len(self.series.points) - 1, 1)
        return self.left + 8 + (self.right - self.left - 16) * place / last

    def y(self, value: float) -> float:
        """Where a value stands."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom + (self.top - self.bottom) * (value - low) / (high - low)

    def paint(self) -> None:
        """Grid, range, notes, line, labels: in this order, so that the line is on top."""
        self._grid()
        for limits in self.series.limits:
            self._band(limits)
        self._months()
        self._notes()
        self._line()
        self._last_label()

    def _grid(self) -> None:
        self.canvas.setLineWidth(0.6)
        for tick in self.ticks:
            self.canvas.setStrokeColor(styles.AXIS if tick == self.ticks[0] else styles.GRID)
            self.canvas.line(self.left, self.y(tick), self.right, self.y(tick))
            text = in_unit(tick, self.series.unit)
            if self.series.unit in ("net", "score") and float(tick).is_integer():
                text = signed(tick, 0) if self.series.unit == "net" else number(tick, 0)
            draw(self.canvas, text, styles.TINY.to(styles.RIGHT), self.left - 6, self.y(tick) - 2.5)

    def _band(self, limits: LimitsLike) -> None:
        start = self.x(limits.first) - (8 if limits.first == 0 else 0)
        end = self.x(limits.last) + (8 if limits.last == len(self.series.points) - 1 else 0)
        low, high = max(limits.low, self.ticks[0]), min(limits.high, self.ticks[-1])
        self.canvas.setFillColor(styles.BAND)
        self.canvas.rect(start, self.y(low), end - start, self.y(high) - self.y(low), stroke=0, fill=1)
        self.canvas.setStrokeColor(styles.AXIS)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(start, self.y(limits.centre), end, self.y(limits.centre))

    def _months(self) -> None:
        points = self.series.points
        every = math.ceil(len(points) / 18)
        for place, point in enumerate(points):
            if (len(points) - 1 - place) % every:
                continue
            x = self.x(place)
            draw(self.canvas, month_short(point.start), styles.TINY.to(styles.CENTRE), x, self.bottom - 10)
            if place < every or point.start.month <= every:
                draw(self.canvas, str(point.start.year), styles.TINY.to(styles.CENTRE), x, self.bottom - 18.5)

    def _notes(self) -> None:
        taken = self.left
        for note in sorted(self.series.notes, key=lambda found: found.date):
            place = self._place(note.date)
            if place is None:
                continue
            x = self.x(place)
            self.canvas.saveState()
            self.canvas.setStrokeColor(styles.FAINT)
            self.canvas.setLineWidth(0.7)
            self.canvas.setDash(2, 2)
            self.canvas.line(x, self.bottom, x, self.top + 14)
            self.canvas.restoreState()
            wide = min(width_of(note.text, styles.TINY), 150.0)
            if x + 4 + wide <= self.right + _RIGHT:
                if x >= taken:
                    draw(self.canvas, note.text, styles.TINY, x + 4, self.top + 8, 150)
                    taken = x + 4 + wide + 8
            elif x - 4 - wide >= taken:
                draw(self.canvas, note.text, styles.TINY.to(styles.RIGHT), x - 4, self.top + 8, 150)
                taken = x

    def _place(self, day: date) -> float | None:
        """The position of a day on the axis, a month's mark standing for its middle; None when off the chart."""
        first = self.series.points[0].start
        place = (day.year - first.year) * 12 + day.month - first.month + (day.day - 16) / 30.5
        return place if -0.5 <= place <= len(self.series.points) - 0.5 else None

    def _line(self) -> None:
        self.canvas.setLineJoin(1)
        known = [(place, point) for place, point in enumerate(self.series.points) if point.value is not None]
        for (a, before), (b, after) in pairwise(known):
            self.canvas.saveState()
            self.canvas.setStrokeColor(self.colour)
            self.canvas.setLineWidth(1.7)
            if after.running or b - a > 1:
                self.canvas.setDash(2, 2.5)
                self.canvas.setLineWidth(1.1)
            self.canvas.line(self.x(a), self.y(before.value or 0), self.x(b), self.y(after.value or 0))
            self.canvas.restoreState()
        for place, point in known:
            self._mark(place, point)

    def _mark(self, place: int, point: PointLike) -> None:
        x, y = self.x(place), self.y(point.value or 0)
        self.canvas.setFillColor(styles.WHITE)
        self.canvas.setStrokeColor(self.colour)
        self.canvas.setLineWidth(1.5)
        if place in self.series.signals:
            self.canvas.setStrokeColor(styles.BAD)
            self.canvas.setLineWidth(1)
            self.canvas.circle(x, y, 5, stroke=1, fill=1)
            self.canvas.setFillColor(styles.BAD)
            self.canvas.circle(x, y, 2.3, stroke=0, fill=1)
        elif not point.running:
            self.canvas.circle(x, y, 2.5, stroke=1, fill=1)
        else:
            self.canvas.setLineWidth(0.9)
            self.canvas.circle(x, y, 2.5, stroke=1, fill=1)

    def _last_label(self) -> None:
        known = [(place, point) for place, point in enumerate(self.series.points) if point.value is not None]
        place, point = known[-1]
        text = in_unit(point.value or 0, self.series.unit)
        style = styles.LABEL_BOLD.in_colour(self.colour)
        draw(self.canvas, text, style, self.x(place) + 8, self.y(point.value or 0) - 2.9, _RIGHT)
