"""The plans of the Plan tab: at once what is best, then how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from cvdesk.db import Queries
from cvdesk.stats.plan_choice import choose
from cvdesk.strategy import plan, plan_sure, plan_turns
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_plan import Basis, Limits, Planned, PlanOutcome
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_basis import basis

__all__ = ["outcome_of", "planned", "planned_from", "range_of", "surer"]

SEED = 1  # the same for all, so that nobody can draw until the answer pleases
_KEPT = 2000


def planned(db: Queries, limits: Limits, today: date, cancelled: Callable[[], bool] = lambda: False) -> Planned:
    """The best plan of each style from the open actions, and the owner's own; without draws, for a page to show now.

    Where there is no basis yet (`basis.why`) the actions come without plans. Cancelled, it gives what it has.
    """
    with db.snapshot():
        return planned_from(basis(db, today), actions(db), limits, cancelled)


def planned_from(
    found: Basis, known: tuple[Action, ...], limits: Limits, cancelled: Callable[[], bool] = lambda: False
) -> Planned:
    """As `planned`, from a basis and actions that were read before: what a slider asks for."""
    everything = tuple(one for one in known if one.open)
    dropped = frozenset(one.id or 0 for one in known if one.status == "dropped")
    given = plan.setting(found, limits, everything, dropped)
    if found.why:
        return Planned(given.basis, limits, everything, given.must_fix, dropped=dropped)
    styles = {
        style: plan.outcome(given, chosen.best, chosen.exact)
        for style, chosen in plan.best_of_styles(given, cancelled).items()
    }
    ticked = [place for place, one in enumerate(given.ids) if one in limits.ticked]
    own = plan.outcome(given, ticked) if ticked else None
    return Planned(
        given.basis, limits, everything, given.must_fix, styles, own, alone=plan.alone(given), dropped=dropped
    )


def outcome_of(found: Planned, ids: Collection[int]) -> PlanOutcome:
    """What exactly these open actions would bring and take, whatever the limits; some milliseconds."""
    given = _given(found)
    return plan.outcome(given, [place for place, one in enumerate(given.ids) if one in ids])


def range_of(found: Planned, ids: Collection[int], seed: int = SEED) -> tuple[float, float, float]:
    """Net if exactly these open actions are done, as luck has it: low, likely, high, as in `Sureness`; a tenth second.

    ValueError where there is no basis.
    """
    if found.basis.why:
        raise ValueError("without a Net there is no range of it")
    given = _given(found)
    return plan_sure.range_of(given, [place for place, one in enumerate(given.ids) if one in ids], seed)


def _given(found: Planned) -> plan.Setting:
    return plan.setting(found.basis, found.limits, found.actions, found.dropped)


def surer(
    found: Planned,
    seed: int = SEED,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,
) -> Planned:
    """What `planned` gave, with how sure the plan of the limits' style is and where it would turn; some seconds.

    progress is told shares of the work, 0-1. Unchanged where there is no plan, or when cancelled.
    """
    if found.basis.why or found.limits.style not in found.styles:
        return found
    given = _given(found)
    chosen = choose(plan.problem(given, found.limits.style), keep=_KEPT, cancelled=cancelled)
    sure = None if chosen is None else plan_sure.sureness(given, chosen, seed, cancelled, progress)
    turns = None if chosen is None or sure is None else plan_turns.turns(given, chosen, cancelled)
    return found if sure is None or turns is None else replace(found, sure=sure, turns=turns)
