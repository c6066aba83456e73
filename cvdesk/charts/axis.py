"""What stands at the axes of a chart: round values, weeks, months and quarters, as many as there is room for."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from cvdesk.charts.series import SeriesLike, in_unit
from cvdesk.wording.numbers import month_short
from cvdesk.wording.periods import period_end, period_short

_ENDS = {"net": (-8.0, 8.0), "score": (1.0, 5.0), "share": (0.0, 1.0), "points": (-100.0, 100.0),
         "rate": (0.0, None), "days": (0.0, None), "count": (0.0, None)}  # fmt: skip
_COARSE = (1, 2, 5, 10, 20, 50)
# No finer than values are said: lines closer together would make much of nothing.
_FINEST = {"share": 0.01, "count": 1.0, "points": 1.0, "score": 0.1, "net": 0.1}


@dataclass(frozen=True, slots=True)
class Label:
    """Words under a position of the series; `year` below them where a new year begins, else empty."""

    place: int
    text: str
    year: str = ""


def nice_ticks(low: float, high: float, most: int = 6, smallest: float = 0.0) -> list[float]:
    """Round values that cover low..high with about `most` steps, none smaller than `smallest`."""
    if high <= low:
        high = low + 1
    raw = max((high - low) / most, smallest)
    power = 10.0 ** math.floor(math.log10(raw) + 1e-12)
    factors = (1, 2, 5, 10) if smallest else (1, 2, 2.5, 5, 10)
    step = next(factor * power for factor in factors if factor * power >= raw - 1e-12)
    first = math.floor(low / step + 1e-9)
    last = max(math.ceil(high / step - 1e-9), first + 1)
    return [round(place * step, 10) for place in range(first, last + 1)]


def scale(series: SeriesLike, most: int = 6) -> list[float]:
    """The round values at the left of a chart: every value lies between them, and what is ordinary mostly.

    Ranges and intervals of few answers reach far: what goes beyond is cut at the chart's edge.
    """
    values = [point.value for point in series.points if point.value is not None]
    if not values:
        return [0.0, 1.0]
    values += [value for value in series.year_before if value is not None]
    for limits in series.limits:
        values += [_middle(limits.lows or (limits.low,)), _middle(limits.highs or (limits.high,))]
    lowest, highest = low, high = min(values), max(values)
    reach = (high - low) * 0.35
    for point in series.points:
        if point.value is not None and point.low is not None and point.high is not None:
            low, high = min(low, max(point.low, lowest - reach)), max(high, min(point.high, highest + reach))
    return _rounded(series.unit, (low, high), (lowest, highest), most)


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _rounded(unit: str, wanted: tuple[float, float], values: tuple[float, float], most: int) -> list[float]:
    """Round values around what is wanted, inside what the unit can be as far as the values are."""
    bottom, top = _ENDS.get(unit, (None, None))
    low, high = wanted
    if high - low < 1e-9:
        half = 0.05 if unit == "share" else 0.5
        low, high = low - half, high + half
    margin = (high - low) * 0.06
    below, above = low - margin, high + margin
    if bottom is not None:
        below = max(below, bottom)
    if top is not None:
        above = min(above, top)
    if values[0] >= 0 and (below < margin or (bottom == 0 and low <= high / 2)):
        below = 0.0  # a line that nearly reaches nought shows it
    found = nice_ticks(below, above, most, _FINEST.get(unit, 0.0))
    if bottom is not None and found[0] < bottom - 1e-9 and found[1] <= values[0]:
        found = found[1:]
    if top is not None and found[-1] > top + 1e-9 and found[-2] >= values[1]:
        found = found[:-1]
    return found


def tick_names(ticks: Sequence[float], unit: str) -> list[str]:
    """Round values in words, all with the same decimals."""
    digits = 0 if all(float(tick).is_integer() for tick in ticks) else 1
    if any(abs(tick * 10 - round(tick * 10)) > 1e-6 for tick in ticks):
        digits = 2
    return [in_unit(tick, unit, digits) for tick in ticks]


def place_of(starts: Sequence[date], day: date, step: str) -> float | None:
    """Where a day lies among the marks: its month's mark stands for the middle of it; events for their day.

    None where the day lies off the chart.
    """
    at = bisect_right(starts, day) - 1
    if at < 0 or day > period_end(starts[-1], step):
        return None
    after = starts[at + 1] if at + 1 < len(starts) else period_end(starts[at], step) + timedelta(days=1)
    share = (day - starts[at]).days / max(1, (after - starts[at]).days)
    if step == "day":
        return at + share
    return max(0.0, min(len(starts) - 1.0, at - 0.5 + share))


def labels(starts: Sequence[date], step: str, room: float, width_of: Callable[[str], float], gap: float) -> list[Label]:
    """As many names of periods as fit with `room` from point to point: all, else round ones, else years."""
    chosen: list[int] = []
    name: _Name = _year
    for chosen, name in _levels(starts, step):
        if chosen and _fits(starts, chosen, name, room, width_of, gap):
            break
    said: list[Label] = []
    marked: Label | None = None
    for place in chosen:
        year = "" if name is _year else _year(starts[place])
        if said and year == _year(starts[said[-1].place]):
            year = ""
        if year and marked is not None:
            wide = (width_of(marked.year) + width_of(year)) / 2 + gap
            if (place - marked.place) * room < wide:
                said[said.index(marked)] = Label(marked.place, marked.text)
        said.append(Label(place, name(starts[place]), year))
        marked = said[-1] if year else marked
    return said


_Name = Callable[[date], str]


def _year(start: date) -> str:
    return str(start.year)


def _fits(
    starts: Sequence[date],
    places: Sequence[int],
    name: _Name,
    room: float,
    width_of: Callable[[str], float],
    gap: float,
) -> bool:
    """Whether no name touches the next; long series are given up at the first that does."""
    return all(
        (after - before) * room >= (width_of(name(starts[before])) + width_of(name(starts[after]))) / 2 + gap
        for before, after in pairwise(places)
    )


def _levels(starts: Sequence[date], step: str) -> Iterator[tuple[list[int], _Name]]:
    """Ever fewer positions with their names: each period, then round ones, then years, ever fewer of them."""
    last = len(starts) - 1
    short = partial(period_short, step=step)
    if step == "day":
        for every in _COARSE:
            yield list(range(last % every, last + 1, every)), short
    elif step == "week":
        for every in (1, 2):
            yield list(range(0, last + 1, every)), short
    months = [place for place, start in enumerate(starts) if step != "week" or start.day <= 7]
    for every in {"week": (1, 3, 6), "month": (1, 2, 3, 6), "quarter": (3, 6)}.get(step, ()):
        yield (
            [place for place in months if not (starts[place].month - 1) % every],
            short if step == "quarter" else month_short,
        )
    first = {start.year: place for place, start in reversed(list(enumerate(starts)))}
    if step != "day" and starts and (starts[0].month, starts[0].day) > (1, 7):
        first.pop(starts[0].year)
    for every in _COARSE:
        yield [place for year, place in sorted(first.items()) if not year % every], _year
    yield list(range(min(1, len(starts)))), short
