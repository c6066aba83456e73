"""When a series changed, and how often chance alone would look like it (METHOD 3.5)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

PERMUTATIONS = 10_000

_SEED = 20_290_101  # the same series gives the same confidence, today and on another machine
_HAIR = 1e-9  # of the largest value: what rounding may add to a sum


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """Where the sum of deviations turns, and how sure it is.

    first_after: 0-based position of the first value after the change. s_diff: range of the sums. before, after: the
    means of the two sides. confidence: share (0-1) of shuffles whose sums have a smaller range.
    """

    first_after: int
    s_diff: float
    before: float
    after: float
    confidence: float


def change_point(
    values: Sequence[float], permutations: int = PERMUTATIONS, within: Sequence[int] | None = None
) -> ChangePoint:
    """The likeliest place of one change in values in order of time (Taylor's sums with shuffles, fixed seed).

    within: a group of each value; shuffles then change places only inside a group. Values from which each calendar
    month's mean was taken need that: each month's add up to nothing, which free shuffles forget. (Of 24 months of pure
    noise free shuffles call 20 % a change at 95 % confidence, those within calendar months 5 %.)
    ValueError below two values, for values that are not finite, and for groups that do not fit.
    """
    import numpy as np

    count = len(values)
    if count < 2:
        raise ValueError(f"a change needs at least 2 values, not {count}")
    if not all(map(math.isfinite, values)):
        raise ValueError("a change point needs finite values")
    if within is not None and len(within) != count:
        raise ValueError(f"{len(within)} groups do not fit {count} values")
    mean = math.fsum(values) / count
    deviations = np.asarray(values, dtype=float) - mean
    sums = np.concatenate(([0.0], np.cumsum(deviations)))
    hair = _HAIR * max(1e-300, float(np.abs(deviations).max())) * count
    away = np.abs(sums[1:-1])  # the sums begin and end at 0: the change lies between
    first_after = int(np.argmax(away >= away.max() - hair)) + 1
    s_diff = float(sums.max() - sums.min())
    # One place after the other for all shuffles at once: four times as quick as a table of all sums.
    running, top, bottom = np.zeros((3, permutations))
    orders = _orders(count, permutations) if within is None else _orders_within(tuple(within), permutations)
    for places in orders:
        running += deviations[places]
        np.maximum(top, running, out=top)
        np.minimum(bottom, running, out=bottom)
    ranges = top - bottom
    smaller = int(np.count_nonzero(ranges < s_diff - hair))
    return ChangePoint(
        first_after,
        s_diff,
        math.fsum(values[:first_after]) / first_after,
        math.fsum(values[first_after:]) / (count - first_after),
        smaller / permutations,
    )


def corrected_lag1(residuals: Sequence[float]) -> tuple[float, float]:
    """How much neighbours resemble each other: lag-1 correlation of residuals around 0, and corrected for few values.

    The correction r + (1 + 3r)/n + 1/n (after Marriott and Pope) can exceed 1. Residuals that are all 0 resemble
    nothing: r is 0. ValueError without residuals.
    """
    count = len(residuals)
    if not count:
        raise ValueError("no residuals")
    total = math.fsum(value * value for value in residuals)
    together = math.fsum(a * b for a, b in pairwise(residuals))
    r = together / total if total > 0 else 0.0
    return r, r + (1 + 3 * r) / count + 1 / count


def around_two_means(values: Sequence[float], first_after: int) -> list[float]:
    """What is left of each value once the mean of its side of a change is taken away."""
    found = []
    for side in (values[:first_after], values[first_after:]):
        mean = math.fsum(side) / len(side) if side else 0.0
        # What rounding leaves of equal values is nothing, and must not pass for a pattern.
        found += [0.0 if abs(value - mean) <= _HAIR * max(1.0, abs(mean)) else value - mean for value in side]
    return found


@lru_cache(maxsize=32)
def _orders(count: int, permutations: int) -> "NDArray[numpy.unsignedinteger]":
    """Shuffled positions, one order a column; kept, since most series of a business are equally long.

    The old generator of numpy is used because its numbers are promised never to change.
    """
    import numpy as np

    drawn = np.random.RandomState(_SEED).randint(0, 2**32, (permutations, count), dtype=np.uint32)
    # Each number carries its place along while a row is sorted, which is far quicker than asking for the order.
    bits = max(1, (count - 1).bit_length())
    keyed = drawn.astype(np.int64)
    keyed <<= bits
    keyed |= np.arange(count)
    keyed.sort(axis=1)
    keyed &= (1 << bits) - 1
    return np.ascontiguousarray(keyed.astype(np.min_scalar_type(count)).T)


@lru_cache(maxsize=16)
def _orders_within(groups: tuple[int, ...], permutations: int) -> "NDArray[numpy.unsignedinteger]":
    """As `_orders`, but each position is taken by one of its own group."""
    import numpy as np

    count = len(groups)
    drawn = np.random.RandomState(_SEED).randint(0, 2**32, (permutations, count), dtype=np.uint32)
    bits = max(1, (count - 1).bit_length())
    ranks = np.unique(np.asarray(groups), return_inverse=True)[1].astype(np.int64)
    keyed = drawn.astype(np.int64)
    keyed |= ranks << 32  # group by group, each in the order its numbers give
    keyed <<= bits
    keyed |= np.arange(count)
    keyed.sort(axis=1)
    keyed &= (1 << bits) - 1
    orders = np.empty((count, permutations), dtype=np.min_scalar_type(count))
    orders[np.argsort(ranks, kind="stable")] = keyed.T
    return orders
