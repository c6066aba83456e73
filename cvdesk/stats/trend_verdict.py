"""The verdict on a series: real change, unusual point, possible change or none (METHOD 3.5)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cvdesk.stats.change_point import PERMUTATIONS, ChangePoint, around_two_means, change_point, corrected_lag1
from cvdesk.stats.charts import FIRM_FROM, xmr

Name = Literal["early", "coarse", "none", "possible", "unusual", "real"]

NEED_VERDICT = 8  # points
MOST_POINTS = 36  # the latest ones a verdict looks at
REQUIRED = 0.95
REQUIRED_ALIKE = 0.99  # where neighbouring points resemble each other
ALIKE_FROM = 0.3
NEED_SEASONS = 24  # months


@dataclass(frozen=True, slots=True)
class Judged:
    """What a series shows, and what it rests on.

    change: None while it is too early or the figures are too coarse. r, r_corrected: how much neighbours resemble
    each other around the two means. required: the confidence the change needed. rule1, rule23: the positions that
    counted, as in the whole series. low, high: the range in which the next point would be ordinary, None without one.
    """

    name: Name
    change: ChangePoint | None
    r: float
    r_corrected: float
    required: float
    rule1: tuple[int, ...]
    rule23: tuple[int, ...]
    low: float | None
    high: float | None

    @property
    def alike(self) -> bool:
        """Whether neighbouring points resemble each other so much that chance alone fools the chart more often."""
        return self.r_corrected >= ALIKE_FROM


def judge(
    values: Sequence[float],
    rule1: Sequence[int],
    rules23: Sequence[int],
    baseline: int,
    low: float | None,
    high: float | None,
    permutations: int = PERMUTATIONS,
    too_coarse: bool = False,
    within: Sequence[int] | None = None,
) -> Judged:
    """The verdict on the values of one phase in order of time, from what its chart marked.

    rule1, rules23: 0-based positions of the points that complete a rule; those within the first `baseline` points do
    not count, nor those before the last 36. Positions in the result are those of `values`. within: the calendar month
    of each value where these were allowed for (`change_point` says why).
    """
    if len(values) < NEED_VERDICT:
        return Judged("early", None, 0.0, 0.0, REQUIRED, (), (), low, high)
    if too_coarse:
        return Judged("coarse", None, 0.0, 0.0, REQUIRED, (), (), None, None)
    skipped = max(0, len(values) - MOST_POINTS)
    looked_at = values[skipped:]
    from_here = max(baseline, skipped)
    outside = tuple(place for place in rule1 if place >= from_here)
    runs = tuple(place for place in rules23 if place >= from_here)
    change = change_point(looked_at, permutations, None if within is None else within[skipped:])
    r, r_corrected = corrected_lag1(around_two_means(looked_at, change.first_after))
    required = REQUIRED_ALIKE if r_corrected >= ALIKE_FROM else REQUIRED
    name = _name(bool(outside), bool(runs), change.confidence >= required)
    change = replace(change, first_after=change.first_after + skipped)
    return Judged(name, change, r, r_corrected, required, outside, runs, low, high)


def trend_verdict(
    values: Sequence[float],
    baseline: int | None = None,
    lowest: float | None = None,
    highest: float | None = None,
    permutations: int = PERMUTATIONS,
    within: Sequence[int] | None = None,
) -> Judged:
    """The verdict on single values (XmR): their chart, and what it shows.

    baseline: the first 12 points if None. lowest, highest: ends of the scale. within: as for `judge`. ValueError for
    what is not finite.
    """
    chart = xmr(values, FIRM_FROM if baseline is None else baseline, lowest, highest)
    runs = sorted({*chart.rule2, *chart.rule3})
    return judge(
        values, chart.rule1, runs, chart.baseline, chart.lower, chart.upper, permutations, chart.too_coarse, within
    )  # fmt: skip


def deseasoned(values: Sequence[float], months: Sequence[int]) -> list[float] | None:
    """Values without what their calendar month (1-12) usually adds; None below 24 months.

    A calendar month that came only once says nothing about its season and stays as it is.
    """
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values do not fit {len(months)} months")
    if len(values) < NEED_SEASONS:
        return None
    mean = math.fsum(values) / len(values)
    by_month: dict[int, list[float]] = {}
    for value, month in zip(values, months, strict=True):
        by_month.setdefault(month, []).append(value)
    usual = {
        month: math.fsum(found) / len(found) - mean if len(found) > 1 else 0.0 for month, found in by_month.items()
    }
    return [value - usual[month] for value, month in zip(values, months, strict=True)]


def _name(outside: bool, runs: bool, sure: bool) -> Name:
    """The four verdicts, in the order of METHOD 3.5."""
    if (outside or runs) and sure:
        return "real"
    if outside and not runs:
        return "unusual"
    if runs or sure:
        return "possible"
    return "none"
