"""Did the level of a series change after something was done? (METHOD 3.6, means)"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cvdesk.stats.change_point import corrected_lag1
from cvdesk.stats.least_squares import weighted
from cvdesk.stats.quantiles import t_quantile

NEED_BEFORE = 6  # periods
NEED_AFTER = 4
NEED_BEFORE_TREND = 12  # from here the earlier trend may be fitted too

_MOST_ALIKE = 0.8
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Effect:
    """The change of level, after minus before, in the unit of the values.

    low, high: its 95 % interval. se: its standard error, widened for neighbours that resemble each other. r1,
    r1_corrected: how much they do (the corrected one within 0 to 0.8). before, after: the means of the two sides.
    slope: what each period adds by itself, None where time was not allowed for.
    """

    change: float
    low: float
    high: float
    se: float
    r1: float
    r1_corrected: float
    n_before: int
    n_after: int
    before: float
    after: float
    slope: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through values in order of time: what each period adds, with its 95 % interval."""

    slope: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the values rise or fall by themselves, more than chance would give."""
        return self.low > 0 or self.high < 0


def before_after(before: Sequence[float], after: Sequence[float], confidence: float = 0.95) -> Effect:
    """Change of the mean with an interval that allows for neighbouring periods that resemble each other.

    ValueError where a side is empty, below three values in all, and for values that are not finite.
    """
    rows = [(1.0, 0.0)] * len(before) + [(1.0, 1.0)] * len(after)
    fit = _fitted(rows, [*before, *after])
    return _effect(fit, before, after, confidence, None)


def before_after_trend(
    before: Sequence[float],
    after: Sequence[float],
    times_before: Sequence[float],
    times_after: Sequence[float],
    confidence: float = 0.95,
) -> Effect:
    """Change of level over and above a straight line through time (segmented regression with one slope).

    times: when each value was, in periods. ValueError as `before_after`, below four values in all, and where the
    times do not tell the line from the change.
    """
    if len(times_before) != len(before) or len(times_after) != len(after):
        raise ValueError("each value needs its time")
    times = [*times_before, *times_after]
    rows = [(1.0, float(place >= len(before)), time) for place, time in enumerate(_centred(times))]
    fit = _fitted(rows, [*before, *after])
    return _effect(fit, before, after, confidence, fit.coefficients[2])


def line_through(values: Sequence[float], times: Sequence[float], confidence: float = 0.95) -> Line:
    """The line through values at those times, its interval widened for neighbours that resemble each other.

    ValueError below three values, for values that are not finite, and where all times are the same.
    """
    if len(times) != len(values):
        raise ValueError("each value needs its time")
    fit = _fitted([(1.0, time) for time in _centred(times)], values)
    reach = t_quantile(0.5 + confidence / 2, fit.df) * fit.errors[1]
    slope = fit.coefficients[1]
    return Line(slope, slope - reach, slope + reach)


@dataclass(frozen=True, slots=True)
class _Fit:
    coefficients: list[float]
    errors: list[float]
    r1: float
    r1_corrected: float
    df: int


def _fitted(rows: Sequence[Sequence[float]], values: Sequence[float]) -> _Fit:
    if not all(map(math.isfinite, values)):
        raise ValueError("a comparison needs finite values")
    df = len(values) - (len(rows[0]) if rows else 0)
    if df < 1:
        raise ValueError(f"{len(values)} values are too few to compare")
    coefficients, inverse = weighted(rows, values, [1.0] * len(values))
    hair = _HAIR * max(1e-300, *map(abs, values))
    residuals = []
    for row, value in zip(rows, values, strict=True):
        left = value - math.fsum(b * x for b, x in zip(coefficients, row, strict=True))
        # What rounding leaves of equal values is nothing, and must not pass for a pattern.
        residuals.append(left if abs(left) > hair else 0.0)
    r1, corrected = corrected_lag1(residuals)
    alike = min(_MOST_ALIKE, max(0.0, corrected))
    spread = math.sqrt(math.fsum(left * left for left in residuals) / df * (1 + alike) / (1 - alike))
    errors = [spread * math.sqrt(max(0.0, inverse[place][place])) for place in range(len(coefficients))]
    return _Fit(coefficients, errors, r1, alike, df)


def _effect(
    fit: _Fit, before: Sequence[float], after: Sequence[float], confidence: float, slope: float | None
) -> Effect:
    change = fit.coefficients[1]
    if abs(change) <= _HAIR * max(1e-300, *map(abs, (*before, *after))):
        change = 0.0  # what rounding leaves of no change at all must not be told apart from 0
    reach = t_quantile(0.5 + confidence / 2, fit.df) * fit.errors[1]
    return Effect(
        change, change - reach, change + reach, fit.errors[1], fit.r1, fit.r1_corrected, len(before), len(after),
        math.fsum(before) / len(before), math.fsum(after) / len(after), slope,
    )  # fmt: skip


def _centred(times: Sequence[float]) -> list[float]:
    """Times around their middle, which keeps the sums small."""
    middle = math.fsum(times) / len(times) if times else 0.0
    return [time - middle for time in times]
