"""Us against a competitor, factor by factor: advantage, leverage, and which differences are clear (METHOD 1.8)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cvdesk.stats.benjamini_hochberg import MOST_FALSE, rejected
from cvdesk.stats.intervals import (
    NEED_ANSWERS,
    Estimate,
    PlusOne,
    difference_independent,
    difference_paired,
    plus_one_of,
    welch_degrees,
)
from cvdesk.stats.quantiles import t_beyond
from cvdesk.stats.value import LEVERS, SIGN, equal_multipliers, shares_of_levers

DOUBLE_DOWN, CLOSE_GAP, ENOUGH, LEAVE, LEVEL = "double down", "close the gap", "enough", "leave", "about level"

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Leverages:
    """Leverage of each shared factor, in points of Net; over them the two Nets, leverages adding up to us - them.

    sizes: factor -> points of Net one point of it is worth (m_L w_k, always positive). missing: levers whose shared
    factors carry less than half of their weight: they have no leverage, and there are no Nets then.
    """

    leverage: Mapping[str, float]
    sizes: Mapping[str, float]
    us: float | None
    them: float | None
    missing: tuple[str, ...]

    @property
    def total(self) -> float:
        """Sum of the leverages."""
        return math.fsum(self.leverage.values())


@dataclass(frozen=True, slots=True)
class Rivalry:
    """One factor against a competitor.

    advantage: oriented, + is better for us, -4 to 4, not shown unless both sides have `need` answers. leverage: in
    points of Net, None where its lever is missing or it is not shown. p: chance of so large a difference were there
    none, None if not tested. label: one of the five; "about level" until the difference is more than chance would
    give; None if not tested.
    """

    factor: str
    lever: str
    ours: float | None
    theirs: float | None
    n_ours: int
    n_theirs: int
    advantage: Estimate
    leverage: float | None
    p: float | None
    label: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All factors in the order given, and the leverages they add up from."""

    factors: tuple[Rivalry, ...]
    leverages: Leverages


def leverages(
    ours: Mapping[str, float],
    theirs: Mapping[str, float],
    levers: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
    multipliers: Mapping[str, float] | None = None,
) -> Leverages:
    """Leverage of every factor with a mean, 1-5, on both sides; the others' weight goes to those beside them.

    Both Nets are taken over the shared factors with the same weights, so that the leverages add up to their
    difference. levers, weights, multipliers as for `stats.value.net_value`.
    """
    multiplier = {**equal_multipliers(), **(multipliers or {})}
    shares = shares_of_levers(levers, [key for key in levers if key in ours and key in theirs], weights)
    sizes = {key: multiplier[lever] * share for lever in LEVERS for key, share in shares[lever].items()}
    found = {key: sizes[key] * SIGN[levers[key]] * (ours[key] - theirs[key]) for key in levers if key in sizes}
    missing = tuple(lever for lever in LEVERS if not shares[lever])
    if missing:
        return Leverages(found, sizes, None, None, missing)
    us, them = (
        math.fsum(size * SIGN[levers[key]] * (means[key] - 3) for key, size in sizes.items())
        for means in (ours, theirs)
    )
    return Leverages(found, sizes, us, them, ())


def compare(
    ours: Mapping[str, Sequence[float]],
    theirs: Mapping[str, Sequence[float]],
    levers: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
    multipliers: Mapping[str, float] | None = None,
    *,
    paired: bool = False,
    q: float = MOST_FALSE,
    need: int = NEED_ANSWERS,
) -> Comparison:
    """Compares factor key -> answers 1-5 about us with those about a competitor.

    paired: the same people in the same order rate both (customers who used both): then the differences are tested,
    else Welch's test of the two means; either with the plus-one spread of METHOD 1.5. Only factors with `need`
    answers on both sides enter. Labels are given after Benjamini and Hochberg's rule at q. ValueError for answers off
    the scale, or pairs of different number.
    """
    sides = {key: (list(ours.get(key, ())), list(theirs.get(key, ()))) for key in levers}
    tests = {key: _test(SIGN[levers[key]], us, them, paired, need) for key, (us, them) in sides.items()}
    tested = [key for key, (_estimate, p) in tests.items() if p is not None]
    our_means, their_means = ({key: _mean(sides[key][side]) for key in tested} for side in (0, 1))
    found = leverages(our_means, their_means, levers, weights, multipliers)
    labels = _labels(tests, found, levers, q)
    return Comparison(
        tuple(
            Rivalry(
                factor=key,
                lever=levers[key],
                ours=_mean(us) if key in tested else None,
                theirs=_mean(them) if key in tested else None,
                n_ours=len(us),
                n_theirs=len(them),
                advantage=tests[key][0],
                leverage=found.leverage.get(key),
                p=tests[key][1],
                label=labels.get(key),
            )
            for key, (us, them) in sides.items()
        ),
        found,
    )


def _test(sign: int, us: list[float], them: list[float], paired: bool, need: int) -> tuple[Estimate, float | None]:
    """The oriented advantage, and how likely so large a one is by chance; None below `need`."""
    if paired:
        if len(us) != len(them):
            raise ValueError(f"{len(us)} and {len(them)} answers make no pairs")
        estimate = difference_paired([sign * (a - b) for a, b in zip(us, them, strict=True)], need=need)
    else:
        estimate = difference_independent(us, them, need=need)
        if sign < 0:
            estimate = _turned(estimate)
    if estimate.value is None or min(len(us), len(them)) < 2:
        return estimate, None
    if paired:
        one = plus_one_of([a - b for a, b in zip(us, them, strict=True)], middle=0.0, spread=4.0)
        return estimate, t_beyond(one.centre / math.sqrt(one.squared_error), one.n - 1)
    a, b = plus_one_of(us), plus_one_of(them)
    return estimate, t_beyond((a.mean - b.mean) / _error(a, b), welch_degrees(a, b))


def _turned(estimate: Estimate) -> Estimate:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return estimate
    return Estimate(-estimate.value, -estimate.high, -estimate.low, estimate.n)


def _error(a: PlusOne, b: PlusOne) -> float:
    return math.sqrt(a.squared_error + b.squared_error)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _labels(
    tests: Mapping[str, tuple[Estimate, float | None]], found: Leverages, levers: Mapping[str, str], q: float
) -> dict[str, str]:
    """A label for each factor that was tested and whose weight is known.

    A factor's weight is measured against the others of its lever, times its lever's multiplier: a lever of seven
    factors is not therefore made of less important ones.
    """
    usual = {lever: sum(levers[key] == lever for key in found.sizes) for lever in LEVERS}
    weight = {key: size * usual[levers[key]] for key, size in found.sizes.items()}
    typical = math.fsum(weight.values()) / len(weight) if weight else 0.0
    p_values = {key: p for key in weight if (p := tests[key][1]) is not None}
    passed = dict(zip(p_values, rejected(list(p_values.values()), q), strict=True))
    labels = {}
    for key, sure in passed.items():
        advantage = tests[key][0].value
        if not sure or not advantage:
            labels[key] = LEVEL
        elif weight[key] >= typical - _SAME:
            labels[key] = DOUBLE_DOWN if advantage > 0 else CLOSE_GAP
        else:
            labels[key] = ENOUGH if advantage > 0 else LEAVE
    return labels
