"""Did a rate change after something was done? Counts with exposure (METHOD 3.6, counts)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cvdesk.stats.least_squares import weighted
from cvdesk.stats.quantiles import t_quantile

_ROUNDS = 100
_CLOSE = 1e-12
_NONE_COUNTED = 0.5  # in place of a side on which nothing was counted, as METHOD 2 has it for two rates


@dataclass(frozen=True, slots=True)
class RateChange:
    """How many times the rate before the rate after is, with its 95 % interval.

    dispersion: how much more the counts scatter than chance alone makes them, at least 1. before, after: counts per
    unit of exposure on the two sides. growth: factor each period brings by itself, None without time. se, df: standard
    error of the logarithm of the ratio, and its degrees of freedom.
    """

    rate_ratio: float
    low: float
    high: float
    dispersion: float
    n_before: int
    n_after: int
    before: float
    after: float
    growth: float | None = None
    se: float = 0.0
    df: int = 1


def interrupted_counts(
    counts: Sequence[float],
    exposure: Sequence[float],
    after: Sequence[float],
    time: Sequence[float] | None = None,
    confidence: float = 0.95,
) -> RateChange:
    """Change of a rate of counts: log rate with exposure offset, quasi-Poisson, t interval.

    after: 0 or 1 for each period. time: when each was, in periods, to allow for a steady growth. Where nothing was
    counted on a side, half a case is taken to have been, spread over its exposure. ValueError for a side without
    periods, for too few periods, a period without exposure, counts below 0, and times that do not tell the growth
    from the change.
    """
    _check(counts, exposure, after, time)
    rows = _columns(after, time)
    df = len(counts) - len(rows[0])
    if df < 1:
        raise ValueError(f"{len(counts)} periods are too few to compare")
    filled = _half_for_nothing(counts, exposure, after)
    coefficients, inverse, fitted = _poisson(rows, filled, exposure)
    pearson = math.fsum((count - mean) ** 2 / mean for count, mean in zip(filled, fitted, strict=True))
    dispersion = max(1.0, pearson / df)
    se = math.sqrt(dispersion * inverse[1][1])
    reach = t_quantile(0.5 + confidence / 2, df) * se
    change = coefficients[1]
    growth = None if time is None else math.exp(coefficients[2])
    n_after = sum(1 for one in after if one)
    return RateChange(
        math.exp(change), math.exp(change - reach), math.exp(change + reach), dispersion, len(after) - n_after, n_after,
        _rate(counts, exposure, after, False), _rate(counts, exposure, after, True), growth, se, df,
    )  # fmt: skip


def beyond(target: RateChange, untouched: RateChange, confidence: float = 0.95) -> RateChange:
    """The change of a rate over and above that of one nothing was done about: the ratio of the two ratios.

    The two are taken to scatter independently. before, after, n and growth stay those of the target.
    """
    ratio = math.log(target.rate_ratio) - math.log(untouched.rate_ratio)
    se, df = math.hypot(target.se, untouched.se), min(target.df, untouched.df)
    reach = t_quantile(0.5 + confidence / 2, df) * se
    return replace(
        target, rate_ratio=math.exp(ratio), low=math.exp(ratio - reach), high=math.exp(ratio + reach),
        dispersion=max(target.dispersion, untouched.dispersion), se=se, df=df,
    )  # fmt: skip


def growth_through(
    counts: Sequence[float], exposure: Sequence[float], time: Sequence[float], confidence: float = 0.95
) -> tuple[float, float, float]:
    """Factor by which a rate grows each period, low, high; ValueError as `interrupted_counts`, and for no counts."""
    if not sum(counts):
        raise ValueError("nothing was counted")
    rows = [(1.0, at) for at in _centred(time)]
    coefficients, inverse, fitted = _poisson(rows, counts, exposure)
    df = len(counts) - 2
    if df < 1:
        raise ValueError(f"{len(counts)} periods are too few for a growth")
    dispersion = max(
        1.0, math.fsum((count - mean) ** 2 / mean for count, mean in zip(counts, fitted, strict=True)) / df
    )
    reach = t_quantile(0.5 + confidence / 2, df) * math.sqrt(dispersion * inverse[1][1])
    return math.exp(coefficients[1]), math.exp(coefficients[1] - reach), math.exp(coefficients[1] + reach)


def _check(
    counts: Sequence[float], exposure: Sequence[float], after: Sequence[float], time: Sequence[float] | None
) -> None:
    given = (counts, exposure, after) if time is None else (counts, exposure, after, time)
    if len({len(one) for one in given}) != 1:
        raise ValueError("counts, exposure, after and time must be equally long")
    if not all(math.isfinite(value) for one in given for value in one):
        raise ValueError("a comparison needs finite counts")
    if any(count < 0 for count in counts):
        raise ValueError("a count cannot be below 0")
    if any(of <= 0 for of in exposure):
        raise ValueError("a period in which nobody could be counted tells nothing")
    if not any(after) or all(after):
        raise ValueError("a comparison needs periods before and after")


def _rate(counts: Sequence[float], exposure: Sequence[float], after: Sequence[float], side: bool) -> float:
    """Counts per unit of exposure of one side."""
    places = [place for place, one in enumerate(after) if bool(one) is side]
    return math.fsum(counts[place] for place in places) / math.fsum(exposure[place] for place in places)


def _columns(after: Sequence[float], time: Sequence[float] | None) -> list[tuple[float, ...]]:
    if time is None:
        return [(1.0, float(bool(one))) for one in after]
    return [(1.0, float(bool(one)), at) for one, at in zip(after, _centred(time), strict=True)]


def _centred(time: Sequence[float]) -> list[float]:
    middle = math.fsum(time) / len(time) if time else 0.0
    return [at - middle for at in time]


def _half_for_nothing(counts: Sequence[float], exposure: Sequence[float], after: Sequence[float]) -> list[float]:
    found = [float(count) for count in counts]
    for side in (False, True):
        places = [place for place, one in enumerate(after) if bool(one) is side]
        if not any(found[place] for place in places):
            total = math.fsum(exposure[place] for place in places)
            for place in places:
                found[place] = _NONE_COUNTED * exposure[place] / total
    return found


def _poisson(
    rows: Sequence[Sequence[float]], counts: Sequence[float], exposure: Sequence[float]
) -> tuple[list[float], list[list[float]], list[float]]:
    """Maximum likelihood by reweighted least squares: coefficients, inverse of X'WX, fitted means."""
    overall = math.fsum(counts) / math.fsum(exposure)
    # Starting near each count, as is usual, but never at 0, of which there is no logarithm.
    fitted = [(count + overall * of) / 2 for count, of in zip(counts, exposure, strict=True)]
    coefficients: list[float] = []
    inverse: list[list[float]] = []
    for _ in range(_ROUNDS):
        pairs = list(zip(counts, fitted, exposure, strict=True))
        target = [math.log(mean / of) + (count - mean) / mean for count, mean, of in pairs]
        found, inverse = weighted(rows, target, fitted)
        moved = max((abs(a - b) for a, b in zip(found, coefficients, strict=False)), default=math.inf)
        coefficients = found
        fitted = [
            of * math.exp(math.fsum(b * x for b, x in zip(coefficients, row, strict=True)))
            for row, of in zip(rows, exposure, strict=True)
        ]
        if moved <= _CLOSE * max(1.0, *map(abs, coefficients)):
            break
    return coefficients, inverse, fitted
