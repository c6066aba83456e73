"""Where everything of a chart stands: the plot, its axes, notes in rows above, how many answered beneath."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from cvdesk.charts.axis import Label, labels, scale, tick_names
from cvdesk.charts.notes import Placed, placed
from cvdesk.charts.series import LimitsLike, SeriesLike, in_unit, step_of
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

INSET = 12  # from the axis to the first mark, in design pixels as all sizes here
STRIP = 18  # height of the bars that say how many answered
NOTE_WIDTH = 220
_LOW = 170  # pictures no higher have room for few lines of the scale


@dataclass(frozen=True, slots=True)
class Type:
    """The measures of the chart's letters. `unit`: a design pixel; `row`: from line to line; `ascent` of a digit."""

    width_of: Callable[[str], float]
    cut_to: Callable[[str, float], str]
    row: float
    ascent: float
    unit: float = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The places of a chart, y downwards. `strip`: top and bottom of the bars of counts, None without them."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    step: float
    ticks: list[float]
    names: list[str]
    labels: list[Label]
    notes: list[Placed]
    strip: tuple[float, float] | None
    beneath: float
    unit: float

    def x(self, place: float) -> float:
        """Where a position of the series stands."""
        return self.first + place * self.step

    def y(self, value: float) -> float:
        """Where a value stands."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)

    @property
    def mark(self) -> float:
        """The radius of a mark; 0 where marks would touch."""
        room = self.step / self.unit
        return self.unit * (4.0 if room >= 14 else 3.0 if room >= 9 else 2.0 if room >= 6 else 0.0)

    @property
    def line(self) -> float:
        """The width of the line: finer where it goes up and down within few pixels."""
        return self.unit * (2.0 if self.mark else 1.4 if self.step >= 3 * self.unit else 1.0)


def known_places(series: SeriesLike) -> list[int]:
    """Positions of the points that have a value."""
    return [place for place, point in enumerate(series.points) if point.value is not None]


def last_words(series: SeriesLike) -> str:
    """The latest value, written beside its mark; empty for a series without any."""
    known = known_places(series)
    return in_unit(series.points[known[-1]].value or 0.0, series.unit) if known else ""


def before_words(series: SeriesLike) -> str:
    """What the dashed line is; empty where there is nothing to compare with."""
    return _("a year before") if any(value is not None for value in series.year_before) else ""


def counts_of(series: SeriesLike) -> list[int]:
    """How many answers stand behind each point; nothing where the value says it itself."""
    counts = [] if series.unit == "count" or series.chart == "between" else [point.n for point in series.points]
    return counts if any(counts) else []


def counts_words(series: SeriesLike) -> str:
    """What the bars beneath count, written beside the last one."""
    return _("from {n}").format(n=whole(series.points[-1].n))


def lay_out(series: SeriesLike, width: float, height: float, letters: Type, counts: bool = False) -> Frame:
    """Places everything in a picture of that size. The series has at least one point."""
    unit = letters.unit
    counts = counts and bool(counts_of(series))
    room = height / unit - (STRIP + 5 if counts else 0)
    ticks = scale(series, 6 if height > 280 * unit else 4 if room > _LOW else 3)
    names = tick_names(ticks, series.unit)
    left = max(letters.width_of(name) for name in names) + 14 * unit
    beside = [last_words(series), before_words(series), counts_words(series) if counts else ""]
    right = width - max(letters.width_of(text) for text in beside) - (24 if counts else 16) * unit
    inset = INSET * unit
    count = len(series.points)
    step = max(0.1, (right - left - inset) / max(1, count - 1))
    first = left + inset if count > 1 else (left + right) / 2
    starts = [point.start for point in series.points]
    found = labels(starts, step_of(series), step, letters.width_of, 9 * unit)
    years = any(label.year for label in found)
    notes = placed(
        series, lambda place: first + place * step, (left, width - 2 * unit),
        (letters.width_of, letters.cut_to), 5 * unit, NOTE_WIDTH * unit,
    )  # fmt: skip
    rows = max((note.row + 1 for note in notes), default=0)
    top = rows * letters.row + 8 * unit
    beneath = height - (2 if years else 1) * letters.row - 2 * unit
    bottom = max(top + 24 * unit, beneath - 7 * unit - ((STRIP + 5) * unit if counts else 0))
    strip = (bottom + 5 * unit, bottom + (5 + STRIP) * unit) if counts else None
    return Frame(left, right, top, bottom, first, step, ticks, names, found, notes, strip, beneath, unit)


def band(limits: LimitsLike, last: int, ticks: list[float]) -> list[tuple[float, float]]:
    """The outline of an ordinary range as positions and values; in steps where it depends on how many answered."""
    ends = [max(0.0, limits.first - 0.5), min(float(last), limits.last + 0.5)]
    if not limits.lows:
        upper = [(end, limits.high) for end in ends]
        lower = [(end, limits.low) for end in ends]
    else:
        edges = [ends[0], *(place + 0.5 for place in range(limits.first, limits.last)), ends[1]]
        upper = [(edge, high) for pair, high in zip(pairwise(edges), limits.highs, strict=True) for edge in pair]
        lower = [(edge, low) for pair, low in zip(pairwise(edges), limits.lows, strict=True) for edge in pair]
    return [(place, min(max(value, ticks[0]), ticks[-1])) for place, value in [*upper, *reversed(lower)]]


def runs(series: SeriesLike) -> tuple[list[list[int]], list[list[int]]]:
    """The line in pieces without gaps: what is judged, and what leads to a period that is not over."""
    solid: list[list[int]] = []
    dotted: list[list[int]] = []
    for place in known_places(series):
        follows = place > 0 and series.points[place - 1].value is not None
        if series.points[place].running:
            dotted.append([place - 1, place] if follows else [place])
        elif follows and solid and solid[-1][-1] == place - 1:
            solid[-1].append(place)
        else:
            solid.append([place])
    return solid, dotted


def marked(series: SeriesLike, frame: Frame) -> list[int]:
    """The points that have a mark: all with room for it, else those the line alone would not show."""
    known = known_places(series)
    if frame.mark:
        return known
    alone = {piece[0] for pieces in runs(series) for piece in pieces if len(piece) == 1}
    return [place for place in known if place in alone or place in series.signals or place == known[-1]]


def before_place(series: SeriesLike, frame: Frame, row: float) -> tuple[int, float] | None:
    """The last point of the year before and where its words stand, out of the way of the latest value."""
    places = [place for place, value in enumerate(series.year_before) if value is not None]
    if not places:
        return None
    at = frame.y(series.year_before[places[-1]] or 0.0)
    known = known_places(series)
    if known:
        latest = frame.y(series.points[known[-1]].value or 0.0)
        if abs(at - latest) < row:
            at = latest + row if at >= latest and latest + row < frame.bottom else latest - row
    return places[-1], at
