"""Differences of amounts without an upper end, such as spend or days (METHOD 2: Welch)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cvdesk.stats.intervals import NEED_PROPORTION, Estimate, hidden
from cvdesk.stats.quantiles import t_quantile

NO_SPREAD = "no_spread"  # all alike on both sides: no interval can be had from them


@dataclass(frozen=True, slots=True)
class Welch:
    """Mean of x minus mean of y in their unit; t and df of the test, None where the difference is not shown."""

    estimate: Estimate
    t: float | None = None
    df: float | None = None


def welch(x: Sequence[float], y: Sequence[float], confidence: float = 0.95, need: int = NEED_PROPORTION) -> Welch:
    """Difference of two means of different people; not shown unless both sides have `need` (at least 2).

    n counts both sides.
    """
    n = len(x) + len(y)
    if min(len(x), len(y)) < max(need, 2):
        return Welch(hidden(n, max(need, 2)))
    (mean_x, error_x), (mean_y, error_y) = _moments(x), _moments(y)
    error = error_x + error_y
    if error == 0:
        return Welch(hidden(n, why=NO_SPREAD))
    df = error**2 / (error_x**2 / (len(x) - 1) + error_y**2 / (len(y) - 1))
    difference = mean_x - mean_y
    reach = t_quantile(0.5 + 0.5 * confidence, df) * math.sqrt(error)
    return Welch(Estimate(difference, difference - reach, difference + reach, n), difference / math.sqrt(error), df)


def _moments(values: Sequence[float]) -> tuple[float, float]:
    """Mean, and square of its standard error."""
    mean = math.fsum(values) / len(values)
    return mean, math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values)
