"""Net value and the four levers, from customers' answers (METHOD 1.2 to 1.5)."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import or_
from typing import Literal

from cvdesk.stats.intervals import (
    FEW_ANSWERS,
    NEED_ANSWERS,
    Estimate,
    hidden,
    limits,
)
from cvdesk.stats.sums import NEUTRAL, Answers, Column, WeightedSum, column_of

GAINS = ("worth", "benefits")
BURDENS = ("costs", "drawbacks")
LEVERS = GAINS + BURDENS
SIGN = {"worth": 1, "benefits": 1, "costs": -1, "drawbacks": -1}

FEW_FACTORS = "few_factors"  # the lever's usable factors carry less than half of its weight
MISSING_LEVERS = "missing_levers"  # Net needs all four

ENOUGH_WEIGHT = 0.5
ROUGH_FROM = 10
SOLID_FROM = 30

Strength = Literal["hint", "rough", "solid"]


@dataclass(frozen=True, slots=True)
class LeverScore:
    """A lever's score, 1-5, with its factors' means (factor key -> Estimate) and the weights used.

    shares: factor key -> share of the lever's weight over the usable factors, sum 1; empty when the score is
    not shown. bound: factor key -> the limit from incidents that stands in the score instead of the survey's mean.
    """

    estimate: Estimate
    factors: Mapping[str, Estimate]
    shares: Mapping[str, float]
    bound: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NetValue:
    """What customers get less what it takes out of them.

    net: -8 to 8, neutral 0. get, give: "of" get_of and give_of (10 with equal multipliers), net = get - give;
    None while one of their levers has no score. levers: all four by key. people: those with at least one
    answer. points: factor key -> change of net per point of the factor (c_k), empty while net is not shown.
    """

    net: Estimate
    get: float | None
    give: float | None
    get_of: float
    give_of: float
    levers: Mapping[str, LeverScore]
    people: int
    points: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Guess:
    """The owner's own picture, without intervals: levers 1-5 by key; None where too little is rated."""

    levers: Mapping[str, float | None]
    net: float | None
    get: float | None
    give: float | None


def strength(n: int) -> Strength | None:
    """How far to trust a mean of n answers (METHOD 1.4); None below 5, where it is not shown."""
    if n < NEED_ANSWERS:
        return None
    if n < ROUGH_FROM:
        return "hint"
    return "rough" if n < SOLID_FROM else "solid"


def lever_multipliers(points: Mapping[str, float] | None) -> dict[str, float]:
    """Multipliers of the four levers, sum 4, from shared-out points (METHOD 1.3).

    4 x share, cut to 0.5-2, then rescaled once. A lever that is not named has 0 points; without any points
    all are 1. ValueError for negative points or unknown levers.
    """
    given = dict(points or {})
    for lever, value in given.items():
        _check_lever(lever)
        if not value >= 0:
            raise ValueError(f"points of {lever} must not be negative: {value}")
    total = math.fsum(given.values())
    if total == 0:
        return dict.fromkeys(LEVERS, 1.0)
    cut = {lever: min(2.0, max(0.5, 4 * given.get(lever, 0.0) / total)) for lever in LEVERS}
    scale = 4 / math.fsum(cut.values())
    return {lever: multiplier * scale for lever, multiplier in cut.items()}


def net_value(
    answers: Answers,
    levers: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
    multipliers: Mapping[str, float] | None = None,
    min_answers: int = NEED_ANSWERS,
    limited: Mapping[str, float] | None = None,
) -> NetValue:
    """Net value, levers and factors from one mapping factor key -> 1-5 a person (None or absent: no answer).

    levers: factor key -> lever. weights: importance of factors, in any unit, equal if None; a factor not
    named weighs as much as the lever's mean. multipliers: as `lever_multipliers` makes them, equal if None.
    limited: factor key -> the least burden or most gain that incidents leave (`stats.floors.limit_of`); where it is
    worse than the survey's mean it takes its place, as a constant (METHOD 1.7). Answers to unknown factors are
    left aside. ValueError for answers off the scale, unknown levers, weights that are negative or all 0.
    """
    by_lever = _factors_by_lever(levers)
    multiplier = _multipliers(multipliers)
    scores: dict[str, LeverScore] = {}
    net = WeightedSum(len(answers))
    people = [False] * len(answers)
    for lever in LEVERS:
        columns = {key: column_of(answers, key, min_answers) for key in by_lever[lever]}
        for column in columns.values():
            people = list(map(or_, people, column.present))
        usable = [key for key, column in columns.items() if column.n >= max(min_answers, 1)]
        shares = _shares(by_lever[lever], usable, weights)
        bound = _bound(lever, columns, shares, limited or {})
        own = WeightedSum(len(answers))
        for key, share in shares.items():
            # Where all stand at their limits the survey's own spread stays, or the interval would have no width.
            own.add(columns[key], share, bound.get(key), sure=len(bound) < len(shares))
        scores[lever] = LeverScore(
            _lever_estimate(own, columns, usable, min_answers),
            {key: column.estimate for key, column in columns.items()},
            shares,
            bound,
        )
        net.join(own, SIGN[lever] * multiplier[lever])
    return _whole(scores, multiplier, net, sum(people), min_answers)


def owner_guess(
    ratings: Mapping[str, float | None],
    levers: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
    multipliers: Mapping[str, float] | None = None,
) -> Guess:
    """The owner's single ratings as lever scores and net, by the rules of `net_value` (METHOD 1.6)."""
    whole = net_value([ratings], levers, weights, multipliers, min_answers=1)
    return Guess(
        {lever: score.estimate.value for lever, score in whole.levers.items()},
        whole.net.value,
        whole.get,
        whole.give,
    )


def equal_multipliers() -> dict[str, float]:
    """Every lever counts alike."""
    return dict.fromkeys(LEVERS, 1.0)


def shares_of_levers(
    levers: Mapping[str, str], usable: Collection[str], weights: Mapping[str, float] | None = None
) -> dict[str, dict[str, float]]:
    """Lever -> usable factor -> share of the lever's weight, sum 1; empty where they carry less than half of it."""
    return {
        lever: _shares(factors, [key for key in factors if key in usable], weights)
        for lever, factors in _factors_by_lever(levers).items()
    }


def _bound(
    lever: str, columns: Mapping[str, Column], shares: Mapping[str, float], limited: Mapping[str, float]
) -> dict[str, float]:
    """The limits that are worse than the survey's mean."""
    found = {}
    for key in shares:
        limit = limited.get(key)
        if limit is not None and SIGN[lever] * (limit - columns[key].mean) < 0:
            found[key] = limit
    return found


def _factors_by_lever(levers: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {lever: [] for lever in LEVERS}
    for factor, lever in levers.items():
        _check_lever(lever)
        found[lever].append(factor)
    return found


def _check_lever(lever: str) -> None:
    if lever not in LEVERS:
        raise ValueError(f"{lever!r} is not one of the levers {', '.join(LEVERS)}")


def _multipliers(given: Mapping[str, float] | None) -> dict[str, float]:
    found = dict.fromkeys(LEVERS, 1.0)
    for lever, value in (given or {}).items():
        _check_lever(lever)
        if not value >= 0:
            raise ValueError(f"the multiplier of {lever} must not be negative: {value}")
        found[lever] = float(value)
    return found


def _shares(factors: Sequence[str], usable: Sequence[str], weights: Mapping[str, float] | None) -> dict[str, float]:
    """Shares of the usable factors, sum 1; none when they carry less than half of the lever's weight."""
    known = [weights[key] for key in factors if key in weights] if weights else []
    if any(not weight >= 0 for weight in known):
        raise ValueError("weights must not be negative")
    typical = math.fsum(known) / len(known) if known else 1.0
    weight = {key: weights.get(key, typical) if weights else 1.0 for key in factors}
    whole = math.fsum(weight.values())
    if factors and whole <= 0:
        raise ValueError(f"the factors {', '.join(factors)} have no weight at all")
    carried = math.fsum(weight[key] for key in usable)
    if carried <= 0 or carried < (ENOUGH_WEIGHT - 1e-9) * whole:
        return {}
    return {key: weight[key] / carried for key in usable}


def _lever_estimate(
    own: WeightedSum, columns: Mapping[str, Column], usable: Sequence[str], min_answers: int
) -> Estimate:
    if own.fewest == 0:
        most = max((column.n for column in columns.values()), default=0)
        return hidden(most, min_answers, FEW_FACTORS if usable else FEW_ANSWERS)
    low, high = limits(NEUTRAL + own.centre, own.squared_error, own.fewest - 1, (1.0, 5.0))
    return Estimate(NEUTRAL + own.value, low, high, own.people)


def _whole(
    scores: Mapping[str, LeverScore],
    multiplier: Mapping[str, float],
    net: WeightedSum,
    people: int,
    min_answers: int,
) -> NetValue:
    get, get_of = _side(GAINS, scores, multiplier)
    give, give_of = _side(BURDENS, scores, multiplier)
    points: dict[str, float] = {}
    if get is None or give is None:
        why = FEW_ANSWERS if people < min_answers else MISSING_LEVERS
        estimate = hidden(people, min_answers, why)
    else:
        reach = get_of + give_of - 12.0
        low, high = limits(net.centre, net.squared_error, net.fewest - 1, (-reach, reach))
        estimate = Estimate(net.value, low, high, net.people)
        for lever, score in scores.items():
            factor = SIGN[lever] * multiplier[lever]
            points.update({key: factor * share for key, share in score.shares.items()})
    return NetValue(estimate, get, give, get_of, give_of, scores, people, points)


def _side(
    levers: Sequence[str], scores: Mapping[str, LeverScore], multiplier: Mapping[str, float]
) -> tuple[float | None, float]:
    """(6 + sum of m (S - 3), its greatest possible value) over the gains or the burdens."""
    most = 6.0 + 2.0 * math.fsum(multiplier[lever] for lever in levers)
    total = 6.0
    for lever in levers:
        value = scores[lever].estimate.value
        if value is None:
            return None, most
        total += multiplier[lever] * (value - NEUTRAL)
    return total, most
