"""How sure the best plan is, and what to find out first (METHOD 4.4)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from cvdesk.catalogue.records import GAINS, LEVERS
from cvdesk.stats import plan_draws
from cvdesk.stats.plan_choice import Chosen, Problem, in_order
from cvdesk.stats.plan_draws import Drawn, Unsure
from cvdesk.stats.plan_gain import styled
from cvdesk.strategy.plan import Setting, outcome, problem
from cvdesk.strategy.records import Lift
from cvdesk.strategy.records_plan import Basis, Sureness
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

AMONG = 500  # plans a draw chooses among where there are more than ALL
ALL = 512
_TELLS = 0.1  # an input is worth finding out from so much difference in how often an action is chosen
_Z = 1.959964
_NONE = Lift(0.0, 0.0, 0.0)


def sureness(
    given: Setting,
    chosen: Chosen,
    seed: int,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,
    draws: int = plan_draws.DRAWS,
) -> Sureness | None:
    """What the draws say of the best plan of the limits' style; None when cancelled.

    Regret is counted in what the style strives for, so that it cannot be negative.
    """
    import numpy as np

    choice, unsure = problem(given, given.limits.style), unsure_of(given)
    drawn = plan_draws.drawn(unsure, draws, seed, cancelled)
    if drawn is None:
        return None
    every = chosen.feasible is not None and chosen.feasible <= ALL
    plans, fixed = _preferred(choice, chosen, None if every else AMONG, len(given.must_fix))
    found = plan_draws.optimise(drawn, plans, fixed, cancelled, progress)
    anyway = np.arange(unsure.n) >= choice.n
    ranks = plan_draws.ranks(drawn, choice.costs, anyway, cancelled) if choice.n and found else np.zeros((0, 0))
    if found is None or ranks is None or cancelled():
        return None
    inclusion = plans[found.best][:, : choice.n].astype(float)
    low, likely, high = _range(given, unsure, drawn, plans[fixed], anyway)
    if cancelled():
        return None
    return Sureness(
        draws, seed,
        {one: float(share) for one, share in zip(given.ids, inclusion.mean(axis=0), strict=True)},
        {one: tuple(float(share) for share in row) for one, row in zip(given.ids, ranks, strict=True)},
        float(found.regret.mean()), low, likely, high, _find_out(given, drawn, inclusion), 0 if every else len(plans),
    )  # fmt: skip


def unsure_of(given: Setting) -> Unsure:
    """What is not known of the open actions and then the must-fix ones, and of the basis."""
    basis = given.basis
    actions = (*given.open, *given.must_fix)
    lifts = [[(action.lifts or {}).get(one.key, _NONE) for one in basis.factors] for action in actions]
    return Unsure(
        tuple(one.lever in GAINS for one in basis.factors), tuple(one.centre for one in basis.factors),
        tuple(one.se for one in basis.factors), tuple(one.limit for one in basis.factors),
        tuple(one.weight for one in basis.factors), tuple(LEVERS.index(one.lever) for one in basis.factors),
        tuple(basis.multipliers.get(lever, 1.0) for lever in LEVERS),
        tuple(styled(one.advantage, given.limits.style) for one in basis.factors),
        tuple(tuple(lift.low for lift in row) for row in lifts),
        tuple(tuple(lift.likely for lift in row) for row in lifts),
        tuple(tuple(lift.high for lift in row) for row in lifts),
        tuple(action.reach for action in actions), tuple(action.chance for action in actions), basis.optimism,
    )  # fmt: skip


def _preferred(choice: Problem, chosen: Chosen, most: int | None, must_fix: int) -> tuple[NDArray[bool_], int]:
    """The plans a draw chooses among, the preferred first, must-fix actions in all; and the place of the best one."""
    import numpy as np

    plans = chosen.plans
    if most is not None and len(plans) > most:
        core = plans.sum(axis=1).argmin()  # nothing but what is ticked
        plans = plans[[*range(most - 1), core if core >= most - 1 else most - 1]]
    order = in_order(choice, plans)
    whole = np.concatenate((plans[order], np.ones((len(plans), must_fix), dtype=bool)), axis=1)
    return whole, int(np.flatnonzero(order == 0)[0])


def range_of(
    given: Setting, places: Collection[int], seed: int, draws: int = plan_draws.DRAWS
) -> tuple[float, float, float]:
    """Net if the open actions at these places are done, as luck has it: the range of `sureness` for any plan."""
    import numpy as np

    unsure = unsure_of(given)
    anyway = np.arange(unsure.n) >= len(given.open)
    plan = anyway.copy()
    plan[list(places)] = True
    drawn = plan_draws.drawn(unsure, draws, seed)
    if drawn is None:
        raise RuntimeError("draws that nobody can cancel were cancelled")
    return _range(given, unsure, drawn, plan, anyway)


def _range(
    given: Setting, unsure: Unsure, drawn: Drawn, plan: NDArray[bool_], anyway: NDArray[bool_]
) -> tuple[float, float, float]:
    """Net if the plan is done: 2.5th of 100 as luck has it, what is expected on average, 97.5th.

    Today's Net is as unsure as Home says it is, around the centre of that interval, which lies nearer the middle of
    the scale than Net does where few have answered (METHOD 1.5). What is expected is the plan's own figure, so that
    every page says the same. Where a score is drawn high there is less left to gain on it.
    """
    import numpy as np

    basis = given.basis
    points = np.array([one.point for one in basis.factors])
    gain = plan_draws.with_luck(drawn, unsure, plan, anyway, [abs(point) for point in points])
    now = drawn.apart @ points
    spread = float(np.sqrt((points**2) @ (np.asarray(unsure.error) ** 2)))
    apart = gain + (now * (_error(basis) / spread) if spread > 0 else 0.0)
    low, high = np.percentile(apart, (2.5, 97.5)) + _centre(basis)
    likely = (basis.net or 0.0) + outcome(given, np.flatnonzero(plan[: len(given.open)]).tolist()).gain
    low, high = min(low, likely), max(high, likely)
    return _on_scale(low), _on_scale(likely), _on_scale(high)


def _on_scale(net: float) -> float:
    return min(8.0, max(-8.0, float(net)))


def _centre(basis: Basis) -> float:
    """Centre of Net's interval as Home shows it."""
    if basis.net_low is None or basis.net_high is None:
        return basis.net or 0.0
    return (basis.net_low + basis.net_high) / 2


def _error(basis: Basis) -> float:
    """Standard error of Net as its interval shows it."""
    return 0.0 if basis.net_low is None or basis.net_high is None else (basis.net_high - basis.net_low) / (2 * _Z)


def _find_out(given: Setting, drawn: Drawn, inclusion: NDArray[float64]) -> tuple[str, tuple[str, str]] | None:
    """The input whose draws above and below its median differ most in what is chosen, all actions added up.

    None where no action's share differs by a tenth: then nothing that can be found out would change the plan.
    """
    import numpy as np

    basis = given.basis
    inputs: list[tuple[str, str, NDArray[float64]]] = [
        ("factor", one.key, drawn.apart[:, at]) for at, one in enumerate(basis.factors)
    ]
    inputs += [("lever", lever, drawn.multipliers[:, at]) for at, lever in enumerate(LEVERS)]
    size = np.array([abs(one.point) for one in basis.factors])
    inputs += [("lift", str(one), drawn.lifts[at] @ size) for at, one in enumerate(given.ids)]
    inputs += [("chance", str(one), drawn.chance[at]) for at, one in enumerate(given.ids)]
    best: tuple[float, str, str] = (0.0, "", "")
    for sort, key, values in inputs:
        apart = plan_draws.halves_apart(values, inclusion)
        if apart is None or not len(apart) or np.abs(apart).max() < _TELLS:
            continue
        best = max(best, (float(np.abs(apart).sum()), sort, key), key=lambda one: one[0])
    return (_sentence(given, best[1], best[2]), (best[1], best[2])) if best[1] else None


def _sentence(given: Setting, sort: str, key: str) -> str:
    if sort == "lever":
        return _("How much {part} matter to your customers: ask them to share out ten points.").format(
            part=lever_name(key)
        )
    if sort == "factor":
        standing = given.basis.of(key)
        return _("How you stand on “{factor}”: ask more customers about it.").format(
            factor=standing.label if standing else key
        )
    name = next(one.name for one in given.open if str(one.id) == key)
    if sort == "lift":
        return _("How much “{action}” would help: try it on a small scale first.").format(action=name)
    return _("Whether “{action}” can work at all: try it, or ask somebody who has.").format(action=name)
