"""The best plan under a budget: every possible one to 20 actions, a search above that (METHOD 4.3).

Actions and factors go by their place. Plans are rows of yes and no, a column an action.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

EXACT_TO = 20  # actions among which every plan is looked at
SAME = 1e-9  # gains closer than this are alike: which of them a processor rounds up must not decide
KEEP = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """What is chosen from, n actions that move K factors.

    headroom, below: K, how far a factor can get better and worse. size: K, points of Net a point is worth, >= 0.
    effects: n x K, `plan_gain.effect`. costs (below 0: saves), hours: n. needs, excludes: n, places of other actions.
    budget, most_hours: None for no limit. forced, barred: places that are in or out whatever comes. always: effects of
    what is done anyway, outside the choice; gains are counted beside it.
    """

    headroom: tuple[float, ...]
    below: tuple[float, ...]
    size: tuple[float, ...]
    effects: tuple[tuple[float, ...], ...]
    costs: tuple[int, ...]
    hours: tuple[float, ...]
    needs: tuple[tuple[int, ...], ...] = ()
    excludes: tuple[tuple[int, ...], ...] = ()
    budget: int | None = None
    most_hours: float | None = None
    forced: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    always: tuple[tuple[float, ...], ...] = ()

    @property
    def n(self) -> int:
        """How many actions."""
        return len(self.costs)

    def needed(self, place: int) -> tuple[int, ...]:
        """What an action needs."""
        return self.needs[place] if self.needs else ()

    def excluded(self, place: int) -> tuple[int, ...]:
        """What an action rules out, by its own word."""
        return self.excludes[place] if self.excludes else ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A problem once ticks are taken in: core is in every plan, free may be; the rest cannot be.

    budget, most_hours: never less than the core takes: what the owner ticks is the owner's to pay.
    """

    core: tuple[int, ...]
    free: tuple[int, ...]
    budget: float
    most_hours: float
    needs: tuple[tuple[int, int], ...]
    excludes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best plan and those next to it.

    plans: P x n, the best first, with the plan of the core alone; gains: P. feasible: how many plans keep all limits,
    None where not all were looked at.
    """

    best: tuple[int, ...]
    gain: float
    plans: "NDArray[bool_]"
    gains: "NDArray[float64]"
    feasible: int | None

    @property
    def exact(self) -> bool:
        """Whether every possible plan was looked at."""
        return self.feasible is not None


def settled(problem: Problem) -> Settled:
    """Takes ticks and bars in. A rule that the owner's own ticks break is left aside for them."""
    core = set(problem.forced)
    while more := {need for one in core for need in problem.needed(one)} - core - problem.barred:
        core |= more
    out = set(problem.barred) - core
    out |= {
        place for place in range(problem.n) if place not in core
        and any(place in problem.excluded(one) or one in problem.excluded(place) for one in core)
    }  # fmt: skip
    while more := {one for one in range(problem.n) if out.intersection(problem.needed(one))} - core - out:
        out |= more
    free = tuple(one for one in range(problem.n) if one not in core and one not in out)
    inside = set(free)
    pairs = {(min(one, other), max(one, other)) for one in free for other in problem.excluded(one) if other in inside}
    spent = sum(problem.costs[one] for one in core)
    worked = math.fsum(problem.hours[one] for one in core)
    return Settled(
        tuple(sorted(core)), free,
        math.inf if problem.budget is None else max(problem.budget, spent, 0),
        math.inf if problem.most_hours is None else max(problem.most_hours, worked, 0.0) + SAME,
        tuple((one, other) for one in free for other in problem.needed(one) if other in inside), tuple(sorted(pairs)),
    )  # fmt: skip


def choose(problem: Problem, keep: int = KEEP, cancelled: Callable[[], bool] = lambda: False) -> Chosen | None:
    """The plan of the greatest gain; of those alike the cheapest, then that of fewest actions, then the first ones.

    keep: how many of the best plans are given along. None when cancelled.
    """
    found = choose_each(problem, (problem.size,), keep, cancelled)
    return found[0] if found else None


def choose_each(
    problem: Problem,
    sizes: Sequence[tuple[float, ...]],
    keep: int = KEEP,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Chosen]:
    """The plan for each way to weigh factors, K a way; fewer when cancelled."""
    from cvdesk.stats import plan_lattice, plan_search

    free = settled(problem)
    found: list[Chosen] = []
    if len(free.free) > EXACT_TO:
        for size in sizes:
            searched = plan_search.search(replace(problem, size=size), free, keep, cancelled)
            if searched is None:
                break
            found.append(searched)
        return found
    if cancelled():
        return found
    every = plan_lattice.lattice(problem, free)
    numbers = every.affordable()
    for size in sizes:
        if cancelled():
            break
        found.append(plan_lattice.best(every, numbers, size, keep))
    return found


def gains_of(problem: Problem, plans: "NDArray[bool_]") -> "NDArray[float64]":
    """Gain of each plan, P x n, beside what is done anyway; in points of Net as `size` weighs them."""
    import numpy as np

    found: NDArray[float64] = factor_gains(problem, plans) @ np.asarray(problem.size, dtype=float)
    return found


def factor_gains(problem: Problem, plans: "NDArray[bool_]") -> "NDArray[float64]":
    """P x K: how far each plan moves each factor beside what is done anyway."""
    import numpy as np

    headroom = np.asarray(problem.headroom, dtype=float)
    below = np.asarray(problem.below, dtype=float)
    always = np.ones((1, len(problem.always)), dtype=bool)
    base = (1.0, 0.0) if not problem.always else _left(np.asarray(problem.always, dtype=float), headroom, always)
    effects = np.asarray(problem.effects, dtype=float).reshape(problem.n, len(headroom))
    left, harm = _left(effects, headroom, plans)
    alone = np.maximum(headroom * (1 - base[0]) - base[1], -below)
    found: NDArray[float64] = np.maximum(headroom * (1 - left * base[0]) - harm - base[1], -below) - alone
    return found


def _left(
    effects: "NDArray[float64]", headroom: "NDArray[float64]", plans: "NDArray[bool_]"
) -> "tuple[NDArray[float64], NDArray[float64]]":
    """(P x K: share of the headroom that is left, P x K: harm done)."""
    import numpy as np

    shares, harms = split(effects, headroom)
    left = np.ones((len(plans), len(headroom)))
    for place, share in enumerate(shares):
        if share.any():
            left[plans[:, place]] *= 1 - share
    return left, plans.astype(float) @ harms


def split(effects: "NDArray[float64]", headroom: "NDArray[float64]") -> "tuple[NDArray[float64], NDArray[float64]]":
    """Effects, ... x K, as the shares of headroom they take (0-1) and the harm they do (0 or more)."""
    import numpy as np

    room = np.where(headroom > 0, headroom, np.inf)
    return np.minimum(1.0, np.maximum(effects, 0.0) / room), np.maximum(-effects, 0.0)


def in_order(problem: Problem, plans: "NDArray[bool_]", gains: "NDArray[float64] | None" = None) -> "NDArray[int64]":
    """Places of the plans, the preferred first: by gain where given, cheaper, fewer actions, the first actions."""
    import numpy as np

    keys: list[NDArray[float64]] = [(~plans[:, place]).astype(float) for place in reversed(range(problem.n))]
    keys += [plans.sum(axis=1).astype(float), plans @ np.asarray(problem.costs, dtype=float)]
    if gains is not None:
        keys.append(-np.round(gains / SAME))
    return np.lexsort(keys)


def first_of_best(problem: Problem, plans: "NDArray[bool_]", gains: "NDArray[float64]") -> int:
    """The place of the best plan, the preferred one of those alike."""
    import numpy as np

    alike = np.flatnonzero(gains >= gains.max() - SAME)
    return int(alike[in_order(problem, plans[alike])[0]])
