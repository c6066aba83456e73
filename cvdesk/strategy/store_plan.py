"""The plans of the Plan tab: at once what is best, then how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cvdesk.db import Queries
from cvdesk.strategy import plan
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_plan import Basis, Limits, Planned
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_basis import basis

__all__ = ["planned", "planned_from"]


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
    given = plan.setting(found, limits, known)
    everything = tuple(one for one in known if one.open)
    if found.why:
        return Planned(given.basis, limits, everything, given.must_fix)
    styles = {
        style: plan.outcome(given, chosen.best, chosen.exact)
        for style, chosen in plan.best_of_styles(given, cancelled).items()
    }
    ticked = [place for place, one in enumerate(given.ids) if one in limits.ticked]
    own = plan.outcome(given, ticked) if ticked else None
    return Planned(given.basis, limits, everything, given.must_fix, styles, own, alone=plan.alone(given))
