"""Where the best plan becomes another one: one thing at a time is turned until it does (METHOD 4.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cvdesk.catalogue.records import GAINS, LEVERS
from cvdesk.stats.plan_choice import SAME, Chosen, Problem, choose, factor_gains, first_of_best, in_order, settled
from cvdesk.stats.plan_draws import SCALE, first_alike
from cvdesk.stats.plan_gain import styled
from cvdesk.stats.plan_lattice import lattice
from cvdesk.stats.plan_scenarios import Scenarios, gains_in, shapes_of
from cvdesk.strategy.plan import Setting, problem, reweighed
from cvdesk.strategy.records_plan import Turn

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

LEAST_WEIGHT, MOST_WEIGHT = 0.5, 2.0  # as far as multipliers of parts of value go (METHOD 1.3)
LOWEST_SCORE, HIGHEST_SCORE = 1.05, 4.95  # at the very end there is nothing left to gain, nor is anybody there
_STEPS = {"lever": 0.05, "factor": 0.1}
_FINER = 10  # steps between the last value of the plan and the first of another one
_DOUBT = 0.38  # how far a multiplier of 1 lies off, as the draws have it


@dataclass(frozen=True, slots=True)
class _Sweep:
    """One thing turned one way: ("lever" | "factor", key), from where it stands, through these values."""

    what: tuple[str, str]
    start: float
    values: tuple[float, ...]
    doubt: float


def turns(given: Setting, chosen: Chosen, cancelled: Callable[[], bool] = lambda: False) -> tuple[Turn, ...] | None:
    """Turns of the best plan, the nearest for what is known first; None when cancelled.

    Weights and scores are turned among the plans that `chosen` gives along; the budget among all.
    """
    import numpy as np

    choice = problem(given, given.limits.style)
    order = in_order(choice, chosen.plans)
    plans, fixed = chosen.plans[order], int(np.flatnonzero(order == 0)[0])
    found: list[tuple[float, Turn]] = []
    rough = list(_sweeps(given, choice))
    best = _best(given, choice, plans, rough, cancelled)
    if best is None:
        return None
    finer = [_finer(one, places, fixed) for one, places in zip(rough, best, strict=True)]
    narrow = [one for one in finer if one is not None]
    best = _best(given, choice, plans, narrow, cancelled)
    if best is None:
        return None
    for one, places in zip(narrow, best, strict=True):
        at = next((step for step, place in enumerate(places) if place != fixed), None)
        if at is not None:
            value, other = one.values[at], plans[places[at]]
            turn = _turn(given, one.what, value, value > one.start, plans[fixed], other)
            found.append((abs(value - one.start) / one.doubt, turn))
    found += _budget_turns(given, choice, chosen, cancelled)
    return None if cancelled() else tuple(turn for _near, turn in sorted(found, key=lambda one: one[0]))


def _sweeps(given: Setting, choice: Problem) -> Iterator[_Sweep]:
    """Each part of value and each factor that an action moves, up and down from where it stands."""
    moved = {at for row in choice.effects for at, size in enumerate(row) if size}
    for lever in LEVERS:
        weight = given.basis.multipliers.get(lever, 1.0)
        yield from _both_ways(("lever", lever), weight, LEAST_WEIGHT, MOST_WEIGHT, _DOUBT)
    for at, one in enumerate(given.basis.factors):
        if at in moved:
            yield from _both_ways(("factor", one.key), one.score, LOWEST_SCORE, HIGHEST_SCORE, max(one.se, 0.01))


def _both_ways(what: tuple[str, str], start: float, least: float, most: float, doubt: float) -> Iterator[_Sweep]:
    step = _STEPS[what[0]]
    above = tuple(start + step * turn for turn in range(1, 1 + max(0, int((most - start) / step + 1e-9))))
    below = tuple(start - step * turn for turn in range(1, 1 + max(0, int((start - least) / step + 1e-9))))
    yield from (_Sweep(what, start, values, doubt) for values in (above, below) if values)


def _finer(sweep: _Sweep, places: Sequence[int], fixed: int) -> _Sweep | None:
    """The values between the last one of the plan and the first one of another; None where it never turns."""
    first = next((step for step, place in enumerate(places) if place != fixed), None)
    if first is None:
        return None
    last = sweep.values[first - 1] if first else sweep.start
    width = (sweep.values[first] - last) / _FINER
    return replace(sweep, values=tuple(last + width * step for step in range(1, _FINER + 1)))


def _best(
    given: Setting, choice: Problem, plans: NDArray[bool_], sweeps: Sequence[_Sweep], cancelled: Callable[[], bool]
) -> list[list[int]] | None:
    """For each value of each sweep the place of the best plan; None when cancelled."""
    import numpy as np

    moved = factor_gains(choice, plans)
    weighed = moved * np.asarray(choice.size, dtype=float)
    found: list[list[int]] = []
    for one in sweeps:
        if cancelled():
            return None
        if one.what[0] == "lever":
            gains = moved @ np.array([_sizes(given, one.what[1], value) for value in one.values]).T
        else:
            at = next(place for place, factor in enumerate(given.basis.factors) if factor.key == one.what[1])
            others = weighed.sum(axis=1) - weighed[:, at]
            gains = others[:, None] + _with_scores(given, choice, plans, at, one.values)
        found.append(first_alike(gains, gains.max(axis=0)).tolist())
    return found


def _with_scores(
    given: Setting, choice: Problem, plans: NDArray[bool_], at: int, scores: Sequence[float]
) -> NDArray[float64]:
    """P x S: what each plan gains on one factor, with what is done anyway, were its score another one."""
    import numpy as np

    values = np.array(scores).reshape(-1, 1)
    headroom = 5 - values if given.basis.factors[at].lever in GAINS else values - 1
    effects = np.array([row[at] for row in (*choice.effects, *choice.always)]).reshape(-1, 1, 1)
    effects = np.broadcast_to(effects, (len(effects), len(values), 1))
    whole = np.concatenate((plans, np.ones((len(plans), len(choice.always)), dtype=bool)), axis=1)
    cases = Scenarios(headroom, SCALE - headroom, np.full_like(headroom, choice.size[at]), effects)
    return gains_in(cases, shapes_of(whole, effects))


def _sizes(given: Setting, lever: str, weight: float) -> list[float]:
    multipliers = reweighed(given.basis.multipliers, {lever: weight})
    return [
        multipliers[one.lever] * one.weight * styled(one.advantage, given.limits.style) for one in given.basis.factors
    ]


def _budget_turns(
    given: Setting, choice: Problem, chosen: Chosen, cancelled: Callable[[], bool]
) -> list[tuple[float, Turn]]:
    """Less than the plan takes, and the least sum above the budget that buys a better one."""
    budget = given.limits.budget_minor
    if budget is None or choice.budget is None:
        return []
    anyway = budget - choice.budget
    spent = sum(choice.costs[place] for place in chosen.best)
    plan = chosen.plans[0]
    found = []
    if spent > 0 and not choice.forced and spent + anyway <= budget:
        other = choose(replace(choice, budget=spent - 1), keep=1, cancelled=cancelled)
        if other is not None:
            found.append((spent + anyway, _turn(given, ("budget", ""), spent + anyway, False, plan, other.plans[0])))
    dearer = _dearer(choice, chosen, cancelled)
    if dearer is not None:
        cost, row = dearer
        found.append((cost + anyway, _turn(given, ("budget", ""), cost + anyway, True, plan, row)))
    return [(4 * abs(at - budget) / max(1, abs(budget)), turn) for at, turn in found]


def _dearer(choice: Problem, chosen: Chosen, cancelled: Callable[[], bool]) -> tuple[int, NDArray[bool_]] | None:
    """The cheapest of the better plans beyond the budget, and what it costs."""
    import numpy as np

    open_ended = replace(choice, budget=None)
    if cancelled():
        return None
    if chosen.exact:
        found = lattice(open_ended, settled(open_ended))
        every = found.gain(choice.size)
        numbers = np.flatnonzero(found.allowed & (every > chosen.gain + SAME))
        cost = found.cost[numbers]
        cheapest: NDArray[int64] = numbers[cost == cost.min()] if len(numbers) else numbers
        plans, gains = found.plans(cheapest), every[cheapest]
    else:
        wide = choose(open_ended, cancelled=cancelled)
        if wide is None:
            return None
        better = wide.gains > chosen.gain + SAME
        plans, gains = wide.plans[better], wide.gains[better]
    if not len(plans):
        return None
    costs = plans @ np.asarray(choice.costs, dtype=np.int64)
    least = np.flatnonzero(costs == costs.min())
    row = plans[least][first_of_best(choice, plans[least], gains[least])]
    return int(costs.min()), row


def _turn(
    given: Setting, what: tuple[str, str], at: float, more: bool, plan: NDArray[bool_], other: NDArray[bool_]
) -> Turn:
    comes = tuple(one for one, before, after in zip(given.ids, plan, other, strict=True) if after and not before)
    goes = tuple(one for one, before, after in zip(given.ids, plan, other, strict=True) if before and not after)
    return Turn(what, at, more, comes, goes)
