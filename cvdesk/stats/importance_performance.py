"""Importance against performance, for a business that knows nothing of its competitors (METHOD 1.8)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FIX_FIRST, KEEP, OVERKILL, LOW = "fix first", "keep it up", "possible overkill", "low priority"

_SAME = 1e-9  # a mean of equal figures may miss them by a rounding error


@dataclass(frozen=True, slots=True)
class Rated:
    """A factor: its importance and performance, higher is better (burdens as 6 - score), with the latter's interval."""

    key: str
    importance: float
    performance: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a factor stands: one of the four quadrants; near: its interval crosses the line of mean performance."""

    key: str
    quadrant: str
    near: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The cross-hairs, means of the factors shown, and each factor's place in the order given."""

    importance: float
    performance: float
    placed: tuple[Placed, ...]


def grid(factors: Sequence[Rated]) -> Grid:
    """The four quadrants with cross-hairs at this company's own means; on a line counts as high.

    ValueError without any factor.
    """
    if not factors:
        raise ValueError("without factors there is no grid")
    importance = math.fsum(factor.importance for factor in factors) / len(factors)
    performance = math.fsum(factor.performance for factor in factors) / len(factors)
    return Grid(importance, performance, tuple(_placed(factor, importance, performance) for factor in factors))


def _placed(factor: Rated, importance: float, performance: float) -> Placed:
    good = factor.performance >= performance - _SAME
    matters = factor.importance >= importance - _SAME
    quadrant = {(True, True): KEEP, (True, False): FIX_FIRST, (False, True): OVERKILL, (False, False): LOW}
    near = factor.low is not None and factor.high is not None and factor.low <= performance <= factor.high
    return Placed(factor.key, quadrant[matters, good], near)
