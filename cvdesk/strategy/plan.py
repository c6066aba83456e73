"""From actions and what is known of customers to the best plan of each style (METHOD 4.1-4.3); no file, no window."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from cvdesk.catalogue.records import GAINS, LEVERS
from cvdesk.stats.plan_choice import Chosen, Problem, choose_each, factor_gains
from cvdesk.stats.plan_gain import STYLES, effect, factor_gain, styled
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_plan import Basis, FactorStanding, Limits, PlanOutcome

SCALE = 4.0  # from one end of a factor's scale to the other


@dataclass(frozen=True, slots=True)
class Setting:
    """What is chosen from: the basis as supposed, the open actions by their place, must-fix ones apart.

    dropped: ids of actions that will not come, so that what needs them cannot either.
    """

    basis: Basis
    limits: Limits
    open: tuple[Action, ...]
    must_fix: tuple[Action, ...]
    dropped: frozenset[int] = frozenset()

    @property
    def ids(self) -> tuple[int, ...]:
        """Ids of the open actions, in their places."""
        return tuple(one.id or 0 for one in self.open)


def setting(basis: Basis, limits: Limits, actions: Sequence[Action], dropped: frozenset[int] = frozenset()) -> Setting:
    """Takes what-ifs into the basis (again changes nothing), and the must-fix actions out of the choice."""
    known = sorted((one for one in actions if one.open), key=lambda one: one.id or 0)
    return Setting(
        supposed(basis, limits), limits, tuple(one for one in known if not one.must_fix),
        tuple(one for one in known if one.must_fix),
        dropped,
    )  # fmt: skip


def supposed(basis: Basis, limits: Limits) -> Basis:
    """The basis with the scores and multipliers of the what-ifs; Net moves by c_k, its interval with it (METHOD 4.5).

    A part of value that is given a multiplier has it; the others share the rest of 4 as they did before.
    """
    scores, wanted = limits.what_if_scores, limits.what_if_levers
    if basis.net is None or not (scores or wanted):
        return basis
    multipliers = reweighed(basis.multipliers, wanted)
    factors = tuple(_supposed(one, scores.get(one.key), multipliers) for one in basis.factors)
    before = math.fsum(one.point * (one.score - 3) for one in basis.factors)
    moved = math.fsum(one.point * (one.score - 3) for one in factors) - before

    def cut(net: float | None) -> float | None:
        return None if net is None else min(8.0, max(-8.0, net + moved))

    return replace(
        basis, net=cut(basis.net), net_low=cut(basis.net_low), net_high=cut(basis.net_high), factors=factors,
        multipliers=multipliers,
    )  # fmt: skip


def _supposed(one: FactorStanding, score: float | None, multipliers: Mapping[str, float]) -> FactorStanding:
    point = (1 if one.lever in GAINS else -1) * multipliers[one.lever] * one.weight
    if score is None:
        return replace(one, point=point)
    # What is supposed is supposed whatever incidents say.
    return replace(one, point=point, score=score, centre=one.centre + score - one.score, limit=None)


def reweighed(multipliers: Mapping[str, float], wanted: Mapping[str, float]) -> dict[str, float]:
    """Multipliers of the four parts of value, sum 4: those wanted as they are, the others sharing what is left."""
    given = {lever: max(0.0, wanted[lever]) for lever in LEVERS if lever in wanted}
    others = {lever: multipliers.get(lever, 1.0) for lever in LEVERS if lever not in wanted}
    left, shared = 4 - math.fsum(given.values()), math.fsum(others.values())
    if left > 0 and shared > 0:
        found = given | {lever: left * one / shared for lever, one in others.items()}
    else:
        found = given | dict.fromkeys(others, 0.0)
    total = math.fsum(found.values())
    return {lever: 4 * found[lever] / total if total > 0 else 1.0 for lever in LEVERS}


def problem(given: Setting, style: str) -> Problem:
    """The choice as numbers: costs over all months, what must be fixed done anyway and paid first."""
    factors, limits, months = given.basis.factors, given.limits, given.limits.months
    place = {action_id: at for at, action_id in enumerate(given.ids)}
    forced, barred = _in_and_out(given, place)
    return Problem(
        tuple(one.headroom for one in factors), tuple(SCALE - one.headroom for one in factors),
        tuple(abs(one.point) * styled(one.advantage, style) for one in factors),
        tuple(effects(one, given.basis) for one in given.open),
        tuple(one.cost_minor(months) for one in given.open), tuple(one.hours for one in given.open),
        tuple(tuple(place[need] for need in one.needs if need in place) for one in given.open),
        tuple(tuple(place[other] for other in one.excludes if other in place) for one in given.open),
        None if limits.budget_minor is None else limits.budget_minor - _cost(given.must_fix, months),
        None if limits.hours is None else limits.hours - _hours(given.must_fix),
        forced, barred, tuple(effects(one, given.basis) for one in given.must_fix),
    )  # fmt: skip


def _in_and_out(given: Setting, place: Mapping[int, int]) -> tuple[frozenset[int], frozenset[int]]:
    """Places that are in whatever comes (ticks, what must-fix ones need), and those that cannot be."""
    fixed = {one.id or 0 for one in given.must_fix}
    ruled_out = {other for one in given.must_fix for other in one.excludes}
    wanted = given.limits.ticked | {need for one in given.must_fix for need in one.needs}
    barred = frozenset(
        at for at, one in enumerate(given.open)
        if one.id in given.limits.barred or one.id in ruled_out or fixed.intersection(one.excludes)
        or given.dropped.intersection(one.needs)
    )  # fmt: skip
    return frozenset(place[one] for one in wanted if one in place), barred


def effects(action: Action, basis: Basis, which: str = "likely") -> tuple[float, ...]:
    """What an action does to each factor of the basis on average, in points of its scale, better above 0.

    which: "low", "likely" or "high" of its lifts.
    """
    lifts = action.lifts or {}
    return tuple(
        effect(float(getattr(lifts[one.key], which)), action.reach, action.chance, basis.optimism)
        if one.key in lifts
        else 0.0
        for one in basis.factors
    )


def best_of_styles(given: Setting, cancelled: Callable[[], bool]) -> dict[str, Chosen]:
    """Style -> the best plan; without the styles that were not reached before it was cancelled."""
    sizes = [problem(given, style).size for style in STYLES]
    found = choose_each(problem(given, "balanced"), sizes, keep=1, cancelled=cancelled)
    return dict(zip(STYLES, found, strict=False))


def outcome(given: Setting, chosen: Sequence[int], exact: bool = True) -> PlanOutcome:
    """What a plan, places of open actions, is expected to bring by the plain weights, and what it takes."""
    import numpy as np

    plain = problem(given, "balanced")
    plans = np.zeros((1 + len(chosen), plain.n), dtype=bool)
    plans[:, list(chosen)] = True
    for row, place in enumerate(chosen, start=1):
        plans[row, place] = False
    moved = factor_gains(plain, plans) * np.asarray(plain.size, dtype=float)
    gains = moved.sum(axis=1)
    by_action = {place: float(gains[0] - gains[row]) for row, place in enumerate(chosen, start=1)}
    order = sorted(by_action, key=lambda place: (*_earned(by_action[place], plain.costs[place]), place))
    by_factor = {one.key: float(moved[0, at]) for at, one in enumerate(given.basis.factors) if moved[0, at]}
    taken = [given.open[place] for place in chosen]
    months, limits = given.limits.months, given.limits
    cost, hours = _cost(taken, months), _hours(taken)
    over = 0 if limits.budget_minor is None else cost + _cost(given.must_fix, months) - limits.budget_minor
    longer = 0.0 if limits.hours is None else hours + _hours(given.must_fix) - limits.hours
    return PlanOutcome(
        tuple(given.ids[place] for place in order), float(gains[0]),
        {given.ids[place]: by_action[place] for place in order}, _shares(given.basis, by_factor), by_factor,
        cost, hours, exact, max(0, over), max(0.0, longer),
    )  # fmt: skip


def _earned(gain: float, cost: int) -> tuple[float, float]:
    """Sorts by gain for the money, what costs nothing first."""
    return (1.0, -gain / cost) if cost > 0 else (0.0, -gain)


def _shares(basis: Basis, by_factor: Mapping[str, float]) -> dict[str, float]:
    """Lever -> its share of what is added; what gets worse adds nothing."""
    parts = dict.fromkeys(LEVERS, 0.0)
    for one in basis.factors:
        parts[one.lever] += by_factor.get(one.key, 0.0)
    whole = math.fsum(part for part in parts.values() if part > 0)
    return {lever: part / whole for lever, part in parts.items() if part > 0}


def alone(given: Setting) -> dict[int, tuple[float, float, float]]:
    """Id -> points of Net of an action by itself, by its low, likely and high lifts; must-fix ones too."""
    factors = given.basis.factors

    def gain(action: Action, which: str) -> float:
        moved = effects(action, given.basis, which)
        return math.fsum(
            abs(one.point) * factor_gain(one.headroom, (size,), SCALE - one.headroom)
            for one, size in zip(factors, moved, strict=True)
        )

    actions = (*given.open, *given.must_fix)
    return {one.id or 0: (gain(one, "low"), gain(one, "likely"), gain(one, "high")) for one in actions}


def _cost(actions: Sequence[Action], months: int) -> int:
    return sum(one.cost_minor(months) for one in actions)


def _hours(actions: Sequence[Action]) -> float:
    return math.fsum(one.hours for one in actions)
