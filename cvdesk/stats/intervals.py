"""Figures with their intervals: the type of every figure shown, shares (METHOD 2) and means (METHOD 1.5)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cvdesk.stats.quantiles import t_quantile, z_value

NEED_ANSWERS = 5  # a mean, a factor, a point of a chart (METHOD 1.4)
NEED_PEOPLE = 5  # any breakdown: fewer could be recognised (METHOD 1.4)
NEED_PROPORTION = 10  # a share (METHOD 2)

SMALL_SHARE = 0.10  # a sample of no more of the customers is as good as drawn from endlessly many

NO_DATA = "no_data"
FEW_ANSWERS = "few_answers"

SCALE = 5  # ratings run from 1 to 5


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, or the reason why it is not shown.

    value, low, high: in the unit of the figure; low or high alone is None where that side has no limit. n:
    answers, people or cases behind it. why: "no_data", "few_answers" and the like, set exactly when value is
    None. need: from how many on it is shown. more_than: for a median not reached (why "not_reached"), what it
    is known to exceed.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    why: str | None = None
    more_than: float | None = None
    need: int | None = None


@dataclass(frozen=True, slots=True)
class PlusOne:
    """Answers with one imaginary person added to the interval, not to the mean (METHOD 1.5).

    n: answers; mean: their plain mean; centre: mean with the imaginary person; variance: of the n + 1,
    divided by n.
    """

    n: int
    mean: float
    centre: float
    variance: float

    @property
    def squared_error(self) -> float:
        """Square of the standard error of the centre."""
        return self.variance / (self.n + 1)


def hidden(n: int, need: int | None = None, why: str = FEW_ANSWERS) -> Estimate:
    """A figure that is not shown; without any data the reason is always "no_data"."""
    return Estimate(None, None, None, n, NO_DATA if n == 0 else why, need=need)


def wilson(
    successes: int, n: int, confidence: float = 0.95, need: int = NEED_PROPORTION, few: str = FEW_ANSWERS
) -> Estimate:
    """Share successes / n, 0-1, with Wilson's interval (METHOD 2); not shown below `need`, for the reason `few`.

    ValueError unless 0 <= successes <= n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    if n < max(need, 1):
        return hidden(n, need, few)
    p, z = successes / n, z_value(confidence)
    middle = p + z * z / (2 * n)
    reach = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    widened = 1 + z * z / n
    low = 0.0 if successes == 0 else (middle - reach) / widened
    high = 1.0 if successes == n else (middle + reach) / widened
    return Estimate(p, low, high, n)


def even_answers(scale: int = SCALE) -> tuple[float, float]:
    """(mean, variance) of somebody who answers 1, 2 ... scale evenly: (3, 2) on 1-5."""
    return (scale + 1) / 2, (scale * scale - 1) / 12


def plus_one(n: int, total: float, squares: float, middle: float = 3.0, spread: float = 2.0) -> PlusOne:
    """Plus-one figures of n >= 1 answers from their sum and sum of squares.

    middle, spread: mean and variance of the imaginary person's answers.
    """
    if n < 1:
        raise ValueError("plus-one needs at least one answer")
    centre = (total + middle) / (n + 1)
    variance = (squares + middle * middle + spread - (n + 1) * centre * centre) / n
    return PlusOne(n, total / n, centre, max(variance, 0.0))


def mean_interval(
    answers: Sequence[float], confidence: float = 0.95, need: int = NEED_ANSWERS, scale: int = SCALE
) -> Estimate:
    """Plain mean of answers on 1..scale with the plus-one interval (METHOD 1.5).

    ValueError for an answer off the scale.
    """
    _check_range(answers, 1.0, float(scale))
    squares = math.fsum(x * x for x in answers)
    return mean_interval_from_sums(len(answers), math.fsum(answers), squares, confidence, need, scale)


def mean_interval_from_sums(
    n: int,
    total: float,
    squares: float,
    confidence: float = 0.95,
    need: int = NEED_ANSWERS,
    scale: int = SCALE,
) -> Estimate:
    """As `mean_interval`, from the number of answers, their sum and sum of squares."""
    if n < max(need, 1):
        return hidden(n, need)
    middle, spread = even_answers(scale)
    found = plus_one(n, total, squares, middle, spread)
    low, high = limits(found.centre, found.squared_error, n - 1, (1.0, float(scale)), confidence)
    return Estimate(found.mean, low, high, n)


def difference_independent(
    x: Sequence[float], y: Sequence[float], confidence: float = 0.95, need: int = NEED_ANSWERS
) -> Estimate:
    """Mean of x minus mean of y, answers 1-5 of different people (METHOD 1.5).

    n counts both sides; each needs `need` answers.
    """
    _check_range(x, 1.0, 5.0)
    _check_range(y, 1.0, 5.0)
    if min(len(x), len(y)) < max(need, 1):
        return hidden(len(x) + len(y), need)
    a, b = plus_one_of(x), plus_one_of(y)
    difference = a.mean - b.mean
    error = a.squared_error + b.squared_error
    low, high = limits(difference, error, welch_degrees(a, b), (-4.0, 4.0), confidence)
    return Estimate(difference, low, high, a.n + b.n)


def difference_paired(differences: Sequence[float], confidence: float = 0.95, need: int = NEED_ANSWERS) -> Estimate:
    """Mean difference of two 1-5 ratings by the same people (METHOD 1.5), range -4 to 4."""
    _check_range(differences, -4.0, 4.0)
    n = len(differences)
    if n < max(need, 1):
        return hidden(n, need)
    found = plus_one_of(differences, middle=0.0, spread=4.0)
    low, high = limits(found.centre, found.squared_error, n - 1, (-4.0, 4.0), confidence)
    return Estimate(found.mean, low, high, n)


def narrowed(estimate: Estimate, customers: int | None, above: float = SMALL_SHARE) -> Estimate:
    """The interval of n people of a known, fixed number of customers: its arms x sqrt((M - n) / (M - 1)) (METHOD 1.5).

    Unchanged for a share of at most `above`, or an unknown number. When everybody answered, one is taken as missing,
    so that the interval keeps a width.
    """
    value, low, high, n = estimate.value, estimate.low, estimate.high, estimate.n
    if not customers or value is None or low is None or high is None or n <= above * customers or customers < 2:
        return estimate
    factor = math.sqrt((customers - min(n, customers - 1)) / (customers - 1))
    return replace(estimate, low=value - factor * (value - low), high=value + factor * (high - value))


def apart(now: Estimate, before: Estimate) -> Estimate:
    """One figure less another of the same kind, from their intervals alone: the arms that face each other, squared.

    For answers of different people; where the same people answered twice it is careful. n counts both sides. Source:
    Zou and Donner 2008, as Newcombe's interval is for shares.
    """
    n = now.n + before.n
    if now.value is None or now.low is None or now.high is None:
        return hidden(n, now.need, now.why or FEW_ANSWERS)
    if before.value is None or before.low is None or before.high is None:
        return hidden(n, before.need, before.why or FEW_ANSWERS)
    difference = now.value - before.value
    below = math.hypot(now.value - now.low, before.high - before.value)
    above = math.hypot(now.high - now.value, before.value - before.low)
    return Estimate(difference, difference - below, difference + above, n)


def plus_one_of(answers: Sequence[float], middle: float = 3.0, spread: float = 2.0) -> PlusOne:
    """Plus-one figures of at least one answer."""
    return plus_one(len(answers), math.fsum(answers), math.fsum(x * x for x in answers), middle, spread)


def welch_degrees(a: PlusOne, b: PlusOne) -> float:
    """Welch's degrees of freedom of the difference of two plus-one means; 0 if a side has a single answer."""
    if min(a.n, b.n) < 2:
        return 0.0
    e, f = a.squared_error, b.squared_error
    return (e + f) ** 2 / (e * e / (a.n - 1) + f * f / (b.n - 1))


def limits(
    centre: float,
    squared_error: float,
    degrees: float,
    within: tuple[float, float],
    confidence: float = 0.95,
) -> tuple[float, float]:
    """centre ± t·SE, cut to the range; the whole range without degrees of freedom (a single answer)."""
    lowest, highest = within
    if degrees <= 0:
        return lowest, highest
    reach = t_quantile(0.5 + 0.5 * confidence, degrees) * math.sqrt(squared_error)
    return max(lowest, centre - reach), min(highest, centre + reach)


def _check_range(values: Sequence[float], lowest: float, highest: float) -> None:
    for value in values:
        if not lowest <= value <= highest:
            raise ValueError(f"{value} is outside {lowest:g} to {highest:g}")
