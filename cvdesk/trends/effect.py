"""A series before and after: which periods are compared, which bad ones are left out, and what changed (METHOD 3.6)."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from cvdesk.stats.before_after import (
    NEED_AFTER,
    NEED_BEFORE,
    NEED_BEFORE_TREND,
    Effect,
    before_after,
    before_after_trend,
    line_through,
)
from cvdesk.stats.charts import xmr
from cvdesk.stats.interrupted import RateChange, beyond, growth_through, interrupted_counts
from cvdesk.trends.months import first_of, last_of, next_of, steps_between
from cvdesk.trends.records import Point, Series
from cvdesk.trends.records_effect import Ask, Change, Step
from cvdesk.wording import _

_A_YEAR = 12
MOST_PERIODS = 24  # on either side: what is older, or later, has other causes
_TRIGGER = 3  # the latest periods before the start, one of which may have been the reason for it
_FAR, _VERY_FAR = 2.0, 3.0  # sigmas
_RANGE_TO_SIGMA = 1.128
_DAYS = 365.25 / 12


def compared_with(series: Series, today: date) -> Series:
    """The series as it is compared: the days between rare complaints as complaints counted by month."""
    if series.chart != "between" or not series.points:
        return series
    # Counting begins after the first complaint: it is what the days of the next one are counted from.
    began = series.points[0].start - timedelta(days=series.points[0].value or 0)
    counted = Counter(first_of(point.start) for point in series.points if point.n)
    points = tuple(
        Point(month, float(counted[month]), counted[month], running=month == first_of(today))
        for month in steps_between(next_of(first_of(began)), today)
    )
    return replace(
        series, title=_("Complaints"), points=points, unit="count", step="month", chart="xmr", less_is_better=True,
        year_before=(),
    )  # fmt: skip


def counts(series: Series) -> bool:
    """Whether a series counts things, so that its rates are compared and not its means."""
    return series.unit in ("rate", "count") or series.key.startswith("theme")


def neither_better(series: Series) -> bool:
    """Whether more is neither better nor worse: how much is logged, how many speak of something."""
    return series.key == "entries" or series.key.startswith("theme:")


def steps_of(series: Series, ask: Ask) -> tuple[Step, ...]:
    """Every period of the series, and what becomes of it."""
    first_after = _first_after(ask, series.step)
    breaks = [first_of(note.date, series.step) for note in series.notes if note.sort == "wording"]
    since = max((day for day in breaks if day <= first_of(ask.starts, series.step)), default=date.min)
    until = min((day for day in breaks if day > first_of(ask.starts, series.step)), default=date.max)
    found = []
    for point in series.points:
        part = _side(point, ask.starts, first_after, series.step)
        if part in ("before", "after") and not since <= point.start < until:
            part = "other_question"
        elif part in ("before", "after") and (point.value is None or not (point.n or counts(series))):
            part = "no_value"
        found.append(Step(point.start, point.value, point.n, part))
    found = _cut(found)
    proposed = _proposed([step for step in found if step.part == "before"], series)
    left_out = proposed if ask.left_out is None else set(ask.left_out)
    return tuple(
        _marked(step, step.part == "before" and step.start in left_out, step.start in proposed) for step in found
    )


def ready_on(need: int, ask: Ask, step: str, today: date) -> date:
    """The day on which that many more periods after the start may be over."""
    start = max(_first_after(ask, step), first_of(today, step))
    for _more in range(need):
        start = next_of(start, step)
    return start


def enough(steps: Sequence[Step]) -> tuple[int, int]:
    """How many periods are lacking before and after."""
    parts = Counter(step.part for step in steps)
    return max(0, NEED_BEFORE - parts["before"]), max(0, NEED_AFTER - parts["after"])


def change(series: Series, steps: Sequence[Step]) -> Change:
    """What changed from the periods before to those after."""
    before, after = _sides(steps)
    if counts(series):
        return _rate(_counted(series, before, after))
    return _mean(before_after(_values(before), _values(after)))


def change_with_trend(series: Series, steps: Sequence[Step]) -> tuple[Change, bool] | None:
    """The same with the earlier trend allowed for, and whether that was going up.

    None below 12 periods before, and without a clear trend in them.
    """
    before, after = _sides(steps)
    if len(before) < NEED_BEFORE_TREND:
        return None
    at = {step.start: place for place, step in enumerate(steps)}
    times = [at[step.start] for step in (*before, *after)]
    if counts(series):
        events, exposure = _events(series, before)
        if not sum(events):
            return None
        growth, low, high = growth_through(events, exposure, times[: len(before)])
        clear, rising = low > 1 or high < 1, growth > 1
    else:
        line = line_through(_values(before), times[: len(before)])
        clear, rising = line.clear, line.slope > 0
    if not clear:
        return None
    if counts(series):
        return _rate(_counted(series, before, after, times)), rising
    found = before_after_trend(_values(before), _values(after), times[: len(before)], times[len(before) :])
    return _mean(found), rising


def change_beyond(series: Series, steps: Sequence[Step], other: Series) -> Change | None:
    """The change over and above that of a series nothing was done about; None where too few periods have both.

    Both are turned so that better is the same way before the difference is taken.
    """
    known = {point.start: point for point in other.points if point.value is not None and point.n}
    both = [step for step in steps if step.start in known]
    if any(enough(both)):
        return None
    before, after = _sides(both)
    if counts(series):
        earlier, later = ([_as_step(known[step.start]) for step in side] for side in (before, after))
        return _rate(beyond(_counted(series, before, after), _counted(other, earlier, later)))
    sign = 1.0 if series.less_is_better == other.less_is_better else -1.0
    mine, theirs = _values(both_sides := [*before, *after]), [_value(known[step.start]) for step in both_sides]
    differences = [one - sign * two for one, two in zip(mine, theirs, strict=True)]
    return _mean(before_after(differences[: len(before)], differences[len(before) :]))


def _first_after(ask: Ask, step: str) -> date:
    """The first whole period once the months of settling have gone by."""
    place = ask.starts.year * 12 + ask.starts.month - 1 + ask.settle
    year, month = place // 12, place % 12 + 1
    settled = date(year, month, min(ask.starts.day, calendar.monthrange(year, month)[1]))
    start = first_of(settled, step)
    return start if start == settled else next_of(start, step)


def _side(point: Point, starts: date, first_after: date, step: str) -> str:
    if point.running:
        return "running"
    if point.start >= first_after:
        return "after"
    return "before" if last_of(point.start, step) < starts else "settling"


def _cut(steps: Sequence[Step]) -> list[Step]:
    """Keeps the periods next to the start on either side, and a year before them to compare with."""
    far = set()
    for part, beyond_it in (("before", slice(None, -MOST_PERIODS)), ("after", slice(MOST_PERIODS, None))):
        far |= set([place for place, step in enumerate(steps) if step.part == part][beyond_it])
    known = [place for place, step in enumerate(steps) if step.part in ("before", "after") and place not in far]
    first = max(0, min(known, default=0) - _A_YEAR)
    return [
        replace(step, part="too_far") if place in far else step
        for place, step in enumerate(steps)
        if place >= first and not (place in far and place > max(known))
    ]


def _marked(step: Step, left_out: bool, proposed: bool) -> Step:
    if not (left_out or proposed):
        return step
    return replace(step, part="left_out" if left_out else step.part, proposed=proposed)


def _proposed(before: Sequence[Step], series: Series) -> set[date]:
    """Periods just before the start that were bad beyond the ordinary: things go better after them by themselves.

    Of the last three: those outside the limits, and the worst one where it is beyond two sigma.
    """
    last, earlier = before[-_TRIGGER:], before[:-_TRIGGER]
    base = _values(earlier if len(earlier) >= NEED_BEFORE else before)
    if len(base) < NEED_BEFORE:
        return set()
    chart = xmr(base)
    if chart.centre is None or not chart.mr_bar:
        return set()
    sigma, centre = chart.mr_bar / _RANGE_TO_SIGMA, chart.centre

    def how_bad(step: Step) -> float:
        away = ((step.value or 0.0) - centre) / sigma
        if neither_better(series):
            return abs(away)
        return away if series.less_is_better else -away

    worst = max(last, key=how_bad)
    return {step.start for step in last if how_bad(step) > (_FAR if step is worst else _VERY_FAR)}


def _sides(steps: Sequence[Step]) -> tuple[list[Step], list[Step]]:
    return [step for step in steps if step.part == "before"], [step for step in steps if step.part == "after"]


def _values(steps: Sequence[Step]) -> list[float]:
    return [step.value for step in steps if step.value is not None]


def _value(point: Point) -> float:
    return 0.0 if point.value is None else point.value


def _as_step(point: Point) -> Step:
    return Step(point.start, point.value, point.n, "")


def _events(series: Series, steps: Sequence[Step]) -> tuple[list[float], list[float]]:
    """What was counted in each period, and in how many (hundreds of) customers, or months, it could be."""
    values = [step.value or 0.0 for step in steps]
    if series.unit == "count":
        days = [(last_of(step.start, series.step) - step.start).days + 1 for step in steps]
        return values, [count / _DAYS for count in days]
    exposure = [step.n / (100 if series.unit == "rate" else 1) for step in steps]
    return [float(round(value * of)) for value, of in zip(values, exposure, strict=True)], exposure


def _counted(
    series: Series, before: Sequence[Step], after: Sequence[Step], times: Sequence[int] | None = None
) -> RateChange:
    events, exposure = _events(series, [*before, *after])
    return interrupted_counts(events, exposure, [0.0] * len(before) + [1.0] * len(after), times)


def _mean(found: Effect) -> Change:
    return Change(
        found.change, found.low, found.high, found.n_before, found.n_after, found.before, found.after,
        alike=found.r1_corrected,
    )  # fmt: skip


def _rate(found: RateChange) -> Change:
    return Change(
        found.rate_ratio, found.low, found.high, found.n_before, found.n_after, found.before, found.after, rate=True
    )


__all__ = [
    "MOST_PERIODS", "change", "change_beyond", "change_with_trend", "compared_with", "counts", "enough",
    "neither_better", "ready_on", "steps_of",
]  # fmt: skip
