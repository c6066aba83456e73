"""The value map: quality and price beside a competitor's, and the line where they balance (METHOD 1.8, after Gale)."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cvdesk.stats.intervals import NEED_ANSWERS, Estimate, limits
from cvdesk.stats.sums import Answers, Column, WeightedSum, column_of
from cvdesk.stats.value import SIGN

_LEAST_RATIO, _MOST_RATIO = 0.2, 5.0  # a ratio of two ratings on 1-5


@dataclass(frozen=True, slots=True)
class ValueMap:
    """Our place on the map, theirs being 1, 1.

    quality: above 1 is better; price: above 1 is dearer, without limits where it comes from real prices; advantage:
    above 0 is on the better side of the line; quality_weight: quality's share of importance, 0-1; fair_price: price
    ratio on the line at our quality; factors: those with enough answers on both sides, quality first.
    """

    quality: Estimate
    price: Estimate
    advantage: Estimate
    fair_price: float
    quality_weight: float
    factors: tuple[str, ...]


def satisfaction_ratio(weights: Sequence[float], ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Weighted mean of ours / theirs, figures above 0 where higher is better; weights in any unit.

    ValueError for lengths that differ, negative weights or none at all, and figures of 0 or less.
    """
    if not len(weights) == len(ours) == len(theirs):
        raise ValueError("weights and both sides' figures must be as many")
    if any(not weight >= 0 for weight in weights) or math.fsum(weights) <= 0:
        raise ValueError("weights must be 0 or more, and not all 0")
    if any(not value > 0 for value in (*ours, *theirs)):
        raise ValueError("ratios need figures above 0")
    parts = (weight * us / them for weight, us, them in zip(weights, ours, theirs, strict=True))
    return math.fsum(parts) / math.fsum(weights)


def relative_price(weights: Sequence[float], ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Price ratio as customers feel it: 1 / the satisfaction ratio of the money factors."""
    return 1 / satisfaction_ratio(weights, ours, theirs)


def fair_price(quality_ratio: float, quality_weight: float) -> float:
    """Price ratio on the fair-value line at a quality ratio; ValueError unless 0 <= quality_weight < 1."""
    if not 0 <= quality_weight < 1:
        raise ValueError(f"quality's share of importance must lie from 0 to below 1, not {quality_weight}")
    return 1 + quality_weight / (1 - quality_weight) * (quality_ratio - 1)


def value_advantage(quality_ratio: float, price_ratio: float, quality_weight: float) -> float:
    """How far above the line, in ratio points: 0.088 for quality 1.18, price 1.05, weight 0.6."""
    return quality_weight * (quality_ratio - 1) - (1 - quality_weight) * (price_ratio - 1)


def value_map(
    ours: Answers,
    theirs: Answers,
    levers: Mapping[str, str],
    sizes: Mapping[str, float],
    money: Collection[str],
    *,
    price_ratio: float | None = None,
    paired: bool = False,
    need: int = NEED_ANSWERS,
) -> ValueMap | None:
    """Our place from one mapping factor -> 1-5 a person on either side; None without quality or without price.

    levers: factor -> lever; sizes: factor -> importance over all levers (m_L w_k); money: the money factors, left out
    of quality; price_ratio: our price / theirs, else felt from the money factors. paired: the lists are of the same
    people in the same order. Only factors with `need` answers on both sides count.

    Uncertainty: delta method. The ratios are linearised in the factors' means and take the plus-one error of that
    sum (METHOD 1.5) with the people's answers going together as they do; real prices are taken as exact.
    """
    if paired and len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} and {len(theirs)} people make no pairs")
    factors = [
        _Factor(key, key in money, SIGN[levers[key]], sizes[key], us, them)
        for key in levers
        if sizes.get(key, 0) > 0
        and (us := column_of(ours, key, need)).n >= max(need, 1)
        and (them := column_of(theirs, key, need)).n >= max(need, 1)
    ]
    quality, price = ([one for one in factors if one.money is money] for money in (False, True))
    if not quality or not (price or price_ratio):
        return None
    people = (len(ours), len(theirs))
    share = _quality_share(levers, sizes, money)
    on_quality = {one.key: 1.0 for one in quality}
    worth = _ratio(quality)
    if price_ratio:
        paid, on_price = price_ratio, dict[str, float]()
        price_estimate = Estimate(paid, None, None, 0)
    else:
        paid = 1 / _ratio(price)
        on_price = {one.key: -paid * paid for one in price}
        price_estimate = _estimate(paid, price, on_price, people, paired, (_LEAST_RATIO, _MOST_RATIO))
    advantage = value_advantage(worth, paid, share)
    on_both = {key: share * slope for key, slope in on_quality.items()}
    on_both |= {key: -(1 - share) * slope for key, slope in on_price.items()}
    used = [*quality, *(price if on_price else ())]
    return ValueMap(
        _estimate(worth, quality, on_quality, people, paired, (_LEAST_RATIO, _MOST_RATIO)),
        price_estimate,
        _estimate(advantage, used, on_both, people, paired, (-math.inf, math.inf)),
        fair_price(worth, share),
        share,
        tuple(one.key for one in used),
    )


@dataclass(frozen=True, slots=True)
class _Factor:
    key: str
    money: bool
    sign: int
    size: float
    ours: Column
    theirs: Column

    @property
    def means(self) -> tuple[float, float]:
        """(ours, theirs), turned so that higher is better."""
        if self.sign > 0:
            return self.ours.mean, self.theirs.mean
        return 6 - self.ours.mean, 6 - self.theirs.mean


def _ratio(factors: Sequence[_Factor]) -> float:
    means = [one.means for one in factors]
    return satisfaction_ratio([one.size for one in factors], [us for us, _ in means], [them for _, them in means])


def _quality_share(levers: Mapping[str, str], sizes: Mapping[str, float], money: Collection[str]) -> float:
    """Importance of everything but money among all; half where no money factor has any."""
    of_money = math.fsum(sizes.get(key, 0.0) for key in levers if key in money)
    return 1 - of_money / math.fsum(sizes.get(key, 0.0) for key in levers) if of_money else 0.5


def _estimate(
    value: float,
    factors: Sequence[_Factor],
    slopes: Mapping[str, float],
    people: tuple[int, int],
    paired: bool,
    within: tuple[float, float],
) -> Estimate:
    """The value with the error of its linear form: slopes are by the weighted ratio each factor belongs to."""
    us = WeightedSum(people[0])
    them = us if paired else WeightedSum(people[1])
    for group in (False, True):
        whole = math.fsum(one.size for one in factors if one.money is group)
        for one in factors:
            if one.money is group:
                own, other = one.means
                step = slopes[one.key] * one.sign * one.size / whole
                us.add(one.ours, step / other)
                them.add(one.theirs, -step * own / (other * other))
    error, degrees = us.squared_error, us.fewest - 1.0
    n = us.people
    if not paired:
        error_them = them.squared_error
        n += them.people
        if min(us.fewest, them.fewest) > 1:
            degrees = (error + error_them) ** 2 / (error**2 / (us.fewest - 1) + error_them**2 / (them.fewest - 1))
        else:
            degrees = 0.0
        error += error_them
    low, high = limits(value, error, degrees, within)
    return Estimate(value, low, high, n)
