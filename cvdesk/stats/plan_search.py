"""A good plan of more than 20 actions: by gain for the money, then by exchanging, until nothing gets better.

Not every plan is looked at, so that a better one may be left (METHOD 4.3).
"""

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING

from cvdesk.stats.plan_choice import SAME, Chosen, Problem, Settled, first_of_best, gains_of, in_order

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_ROUNDS = 500  # each makes the plan better or cheaper; more than are ever needed, so that it ends for certain
_BLOCK = 2000
_FURTHER = 12  # plans next to the best one whose own neighbours are looked at as well


def search(problem: Problem, free: Settled, keep: int, cancelled: Callable[[], bool]) -> Chosen | None:
    """The plan that no exchange makes better, with the best plans met beside it; None when cancelled.

    Beside it: what exchanges make of it, and of the best of those, so that draws have enough to choose among.
    """

    import numpy as np

    plan = greedy(problem, free)
    for again in range(_ROUNDS, 0, -1):
        near = _neighbours(problem, free, plan)
        gains = _valued(problem, near, cancelled)
        if gains is None:
            return None
        found = first_of_best(problem, near, gains)
        if again > 1 and not np.array_equal(near[found], plan):
            plan = near[found]
            continue
        near = _further(problem, free, near, gains)
        gains = _valued(problem, near, cancelled)
        if gains is None:
            return None
        found = first_of_best(problem, near, gains)
        if again == 1 or np.array_equal(near[found], plan):
            return _told(problem, free, near, gains, found, keep)
        plan = near[found]
    return None


def _further(
    problem: Problem, free: Settled, near: "NDArray[numpy.bool_]", gains: "NDArray[numpy.float64]"
) -> "NDArray[numpy.bool_]":
    """These plans, and the neighbours of the best of them."""

    import numpy as np

    best = near[in_order(problem, near, gains)[:_FURTHER]]
    return np.unique(np.concatenate([near, *(_neighbours(problem, free, one) for one in best)]), axis=0)


def greedy(problem: Problem, free: Settled) -> "NDArray[numpy.bool_]":
    """Takes, while anything gains, what gains most for its money, together with what it needs."""

    import numpy as np

    plan = _with(np.zeros(problem.n, dtype=bool), free.core)
    costs = np.asarray(problem.costs, dtype=np.int64)
    while True:
        wider = [_with(plan, _bundle(free, action)) for action in free.free if not plan[action]]
        rows = feasible(problem, free, np.array([plan, *wider]))
        gains = gains_of(problem, rows)
        gained = gains[1:] - gains[0]
        spent = rows[1:].astype(np.int64) @ costs - plan.astype(np.int64) @ costs
        better = np.flatnonzero(gained > SAME)
        if not len(better):
            return plan
        # What costs nothing more comes first, the one that gains most.
        rate = [(spent[at] <= 0, gained[at] / max(1, spent[at] if spent[at] > 0 else 1), -at) for at in better]
        plan = rows[1 + int(better[rate.index(max(rate))])]


def feasible(problem: Problem, free: Settled, plans: "NDArray[numpy.bool_]") -> "NDArray[numpy.bool_]":
    """Those rows that keep rules, budget and hours."""

    import numpy as np

    ok = plans.astype(np.int64) @ np.asarray(problem.costs, dtype=np.int64) <= free.budget
    ok &= plans.astype(float) @ np.asarray(problem.hours, dtype=float) <= free.most_hours
    for one, other in free.needs:
        ok &= ~plans[:, one] | plans[:, other]
    for one, other in free.excludes:
        ok &= ~(plans[:, one] & plans[:, other])
    return plans[ok]


def _told(
    problem: Problem,
    free: Settled,
    near: "NDArray[numpy.bool_]",
    gains: "NDArray[numpy.float64]",
    found: int,
    keep: int,
) -> Chosen:
    import numpy as np

    core = _with(np.zeros(problem.n, dtype=bool), free.core)
    order = [int(place) for place in in_order(problem, near, gains) if place != found]
    others = [near[place] for place in order if not np.array_equal(near[place], core)]
    last = [] if np.array_equal(near[found], core) else [core]
    plans = np.array([near[found], *others[: max(0, keep - 2)], *last])
    chosen = tuple(int(place) for place in np.flatnonzero(near[found]))
    return Chosen(chosen, float(gains[found]), plans, gains_of(problem, plans), None)


def _neighbours(problem: Problem, free: Settled, plan: "NDArray[numpy.bool_]") -> "NDArray[numpy.bool_]":
    """The plan itself, and what comes of leaving one out, of taking one or two in, of exchanging one for another."""

    import numpy as np

    kept = [action for action in free.free if plan[action]]
    bundles = {action: _bundle(free, action) for action in free.free if not plan[action]}
    fewer = [_without(plan, _dependents(free, action)) for action in kept]
    rows = [plan, *fewer]
    rows += [_with(start, bundle) for start in (plan, *fewer) for bundle in bundles.values()]
    rows += [_with(plan, one | other) for one, other in combinations(bundles.values(), 2)]
    return np.unique(feasible(problem, free, np.array(rows)), axis=0)


def _valued(
    problem: Problem, plans: "NDArray[numpy.bool_]", cancelled: Callable[[], bool]
) -> "NDArray[numpy.float64] | None":
    import numpy as np

    blocks = []
    for start in range(0, len(plans), _BLOCK):
        if cancelled():
            return None
        blocks.append(gains_of(problem, plans[start : start + _BLOCK]))
    return np.concatenate(blocks)


def _bundle(free: Settled, action: int) -> frozenset[int]:
    """An action with all it needs."""
    return _reached(action, _by_first(free.needs))


def _dependents(free: Settled, action: int) -> frozenset[int]:
    """An action with all that needs it."""
    return _reached(action, _by_first(tuple((other, one) for one, other in free.needs)))


def _by_first(pairs: tuple[tuple[int, int], ...]) -> dict[int, set[int]]:
    """Pairs by their first."""
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return found


def _reached(start: int, ways: dict[int, set[int]]) -> frozenset[int]:
    found = {start}
    while more := {other for one in found for other in ways.get(one, ())} - found:
        found |= more
    return frozenset(found)


def _with(plan: "NDArray[numpy.bool_]", actions: frozenset[int] | tuple[int, ...]) -> "NDArray[numpy.bool_]":
    found = plan.copy()
    found[list(actions)] = True
    return found


def _without(plan: "NDArray[numpy.bool_]", actions: frozenset[int]) -> "NDArray[numpy.bool_]":
    found = plan.copy()
    found[list(actions)] = False
    return found
