"""Every plan of up to 20 actions at once: the actions in two halves, every pair of half plans (METHOD 4.3).

What one half leaves of each factor's headroom times what the other leaves is what both leave, so that a product of two
small matrices gives the gains of a million plans within some hundredths of a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cvdesk.stats.plan_choice import (
    SAME,
    Chosen,
    Problem,
    Settled,
    first_of_best,
    gains_of,
    in_order,
    split,
)

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray


@dataclass(slots=True)
class _Half:
    """All choices among some of the actions. left, harm: 2^a x K; the rest: 2^a; bits over all free actions."""

    left: "NDArray[numpy.float64]"
    harm: "NDArray[numpy.float64]"
    cost: "NDArray[numpy.int64]"
    hours: "NDArray[numpy.float64]"
    bits: "NDArray[numpy.int64]"
    needs: "NDArray[numpy.int64]"
    rules_out: "NDArray[numpy.int64]"


@dataclass(slots=True)
class Lattice:
    """All plans in the order of their number: the bits of the free actions, the first action the highest.

    cost, allowed (rules and hours kept; budget not asked): 2^n.
    """

    problem: Problem
    settled: Settled
    first: _Half
    second: _Half
    cost: "NDArray[numpy.int64]"
    allowed: "NDArray[numpy.bool_]"

    def affordable(self) -> "NDArray[numpy.int64]":
        """Numbers of the plans within the budget too."""
        import numpy as np

        return np.flatnonzero(self.allowed & (self.cost <= self.settled.budget))

    def gain(self, size: Sequence[float]) -> "NDArray[numpy.float64]":
        """2^n: gain of every plan, where a point of each factor is worth so much of Net."""
        return _gain(replace(self.problem, size=tuple(size)), self.first, self.second).ravel()

    def plans(self, numbers: "NDArray[numpy.int64]") -> "NDArray[numpy.bool_]":
        """Plans by their numbers, as rows over all actions, the core among them."""
        import numpy as np

        found = np.zeros((len(numbers), self.problem.n), dtype=bool)
        found[:, list(self.settled.core)] = True
        free = self.settled.free
        for place, action in enumerate(free):
            found[:, action] = (numbers >> (len(free) - 1 - place)) & 1
        return found


def lattice(problem: Problem, free: Settled) -> Lattice:
    """The cost of every plan, and whether it keeps rules and hours; what it gains when asked."""
    import numpy as np

    middle = (len(free.free) + 1) // 2
    first = _half(problem, free, free.free[:middle], start=True)
    second = _half(problem, free, free.free[middle:], start=False)
    allowed = np.add.outer(first.hours, second.hours) <= free.most_hours
    if free.needs or free.excludes:
        bits = np.bitwise_or.outer(first.bits, second.bits)
        allowed &= np.bitwise_or.outer(first.needs, second.needs) & ~bits == 0
        allowed &= np.bitwise_or.outer(first.rules_out, second.rules_out) & bits == 0
    cost = np.add.outer(first.cost, second.cost)
    return Lattice(problem, free, first, second, cost.ravel(), allowed.ravel())


def best(found: Lattice, numbers: "NDArray[numpy.int64]", size: Sequence[float], keep: int) -> Chosen:
    """The best of the affordable plans, with the `keep` best."""
    import numpy as np

    problem = replace(found.problem, size=tuple(size))
    gain = found.gain(size)
    gains = gain[numbers]
    alike = numbers[gains >= gains.max() - SAME]
    alike = alike[found.cost[alike] == found.cost[alike].min()]
    rows = found.plans(alike)
    first = alike[first_of_best(problem, rows, np.zeros(len(rows)))]
    kept = _kept(found, numbers, gains, keep)
    # The core alone stays among them: in some draw doing nothing more may be best.
    others = kept[(kept != first) & (kept != 0)][: max(0, keep - 2)]
    core = () if first == 0 else (0,)
    kept = np.array([first, *others, *core], dtype=np.int64)
    plans = found.plans(kept)
    order = in_order(problem, plans[1:], gain[kept[1:]])
    plans = np.concatenate((plans[:1], plans[1:][order]))
    exact = gains_of(problem, plans)
    chosen = tuple(int(place) for place in np.flatnonzero(plans[0]))
    return Chosen(chosen, float(exact[0]), plans, exact, len(numbers))


def _kept(
    found: Lattice, numbers: "NDArray[numpy.int64]", gains: "NDArray[numpy.float64]", keep: int
) -> "NDArray[numpy.int64]":
    """Numbers of the best plans; of those that are alike at the end of the list the preferred ones."""

    import numpy as np

    if len(numbers) <= keep:
        return numbers
    least = -np.partition(-gains, keep - 1)[keep - 1]
    sure = numbers[gains > least + SAME]
    border = numbers[np.abs(gains - least) <= SAME]
    order = np.lexsort((-border, np.bitwise_count(border), found.cost[border]))
    return np.concatenate((sure, border[order[: keep - len(sure)]]))


def _gain(problem: Problem, first: _Half, second: _Half) -> "NDArray[numpy.float64]":
    """2^a x 2^b gains beside what is done anyway."""

    import numpy as np

    headroom, size = np.asarray(problem.headroom, dtype=float), np.asarray(problem.size, dtype=float)
    below = np.asarray(problem.below, dtype=float)
    # Where all harm together stays on the scale, it adds up plainly and needs no look at each plan.
    whole = first.harm.max(axis=0) + second.harm.max(axis=0) <= below
    worth = np.where(whole, size * headroom, 0.0)
    gain: NDArray[numpy.float64] = worth.sum() - (first.left * worth) @ second.left.T
    harms = np.where(whole, size, 0.0)
    gain -= np.add.outer(first.harm @ harms, second.harm @ harms)
    for place in np.flatnonzero(~whole):
        moved = headroom[place] * (1 - np.multiply.outer(first.left[:, place], second.left[:, place]))
        moved -= np.add.outer(first.harm[:, place], second.harm[:, place])
        gain += size[place] * np.maximum(moved, -below[place])
    if problem.always:
        shares, harm = split(np.asarray(problem.always, dtype=float), headroom)
        anyway = headroom * (1 - (1 - shares).prod(axis=0)) - harm.sum(axis=0)
        gain -= float(size @ np.maximum(anyway, -below))
    return gain


def _half(problem: Problem, free: Settled, actions: Sequence[int], start: bool) -> _Half:
    """Choices among these actions; `start`: with the core, and what is done anyway, in each of them."""

    import numpy as np

    headroom = np.asarray(problem.headroom, dtype=float)
    effects = np.asarray(problem.effects, dtype=float).reshape(problem.n, len(headroom))
    core = list(free.core) if start else []
    begin = effects[core]
    if start and problem.always:
        begin = np.concatenate((begin, np.asarray(problem.always, dtype=float)))
    shares, harm = split(begin, headroom)
    bit = {action: 1 << (len(free.free) - 1 - place) for place, action in enumerate(free.free)}
    found = _Half(
        (1 - shares).prod(axis=0)[None], harm.sum(axis=0)[None],
        np.array([sum(problem.costs[one] for one in core)], dtype=np.int64),
        np.array([sum(problem.hours[one] for one in core)], dtype=float),
        *(np.zeros(1, dtype=np.int64) for _ in range(3)),
    )  # fmt: skip
    for action in reversed(actions):
        share, hurt = split(effects[action], headroom)
        needs = sum(bit[other] for one, other in free.needs if one == action)
        out = sum(bit[other] for one, other in free.excludes if one == action)
        found = _Half(
            np.concatenate((found.left, found.left * (1 - share))),
            np.concatenate((found.harm, found.harm + hurt)),
            np.concatenate((found.cost, found.cost + problem.costs[action])),
            np.concatenate((found.hours, found.hours + problem.hours[action])),
            np.concatenate((found.bits, found.bits | bit[action])),
            np.concatenate((found.needs, found.needs | needs)),
            np.concatenate((found.rules_out, found.rules_out | out)),
        )
    return found
