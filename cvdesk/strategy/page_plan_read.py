"""What the Plan tab asks for beside the window: the best plans first, how sure they are afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile
from cvdesk.kit.jobs import Job
from cvdesk.strategy.page_edge import EdgeRead, read_edge
from cvdesk.strategy.plan_rows import PlanRow, rows_of, shown_outcome
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_plan import Basis, Limits, Planned, PlanOutcome, Sureness
from cvdesk.strategy.records_wish import Wish
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_basis import basis
from cvdesk.strategy.store_plan import planned_from

SEED = 20260701  # the same answer each time


class Progress:
    """How far work beside the window is, and whether it is to stop. Written there, read here; plain values only."""

    def __init__(self) -> None:
        self.done = 0.0
        self.job: Job | None = None

    def at(self, done: float) -> None:
        """Takes how far the work is, 0-1."""
        self.done = done

    def stop(self) -> None:
        """Asks it to stop; what it gives is thrown away."""
        if self.job is not None:
            self.job.cancel()

    def stopped(self) -> bool:
        """Whether it is to stop."""
        return self.job is not None and self.job.cancelled()


@dataclass(frozen=True, slots=True)
class Ground:
    """What no slider changes: the basis, all actions, money, and how we stand against a rival."""

    basis: Basis
    actions: tuple[Action, ...]
    edge: EdgeRead
    currency: str
    digits: int


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan with the wish it answers, the ground it stands on and its lines; `shown` makes those."""

    wish: Wish
    planned: Planned
    ground: Ground
    rows: tuple[PlanRow, ...] = ()


def read_ground(file: BusinessFile, today: date, rival: int | None = None) -> Ground:
    """Reads what every plan is made of. `rival`: a competitor's id, else the best one."""
    from babel.numbers import get_currency_precision

    with file.snapshot():
        found = basis(file, today)
        currency = catalogue.business(file).currency
        edge = read_edge(file, found, rival, today)
        return Ground(found, actions(file), edge, currency, int(get_currency_precision(currency)))


def plan_on(ground: Ground, wish: Wish, at: Progress) -> PlanRead:
    """The best plan of each style within the limits, the owner's own beside it."""
    best = planned_from(ground.basis, ground.actions, replace(wish, own=None).limits(), at.stopped)
    if wish.own is not None and not ground.basis.why:
        best = replace(best, own=_own(ground, wish, best, at))
    return shown(PlanRead(wish, best, ground))


def shown(read: PlanRead) -> PlanRead:
    """The same with the lines of its table, reckoned beside the window."""
    outcome = shown_outcome(read.planned)
    return read if outcome is None else replace(read, rows=rows_of(read.planned, outcome))


def more_sure(read: PlanRead, at: Progress) -> PlanRead:
    """The same with what the draws say of it."""
    from cvdesk.strategy.store_plan import surer

    found = surer(read.planned, SEED, at.stopped, at.at)
    if found.own is not None and found.sure is not None and not found.basis.why:
        found = replace(found, sure=_range_of_own(read, found.sure, at))
    return shown(replace(read, planned=found))


def _range_of_own(read: PlanRead, sure: Sureness, at: Progress) -> Sureness:
    """How sure single actions are stays; the range is that of the owner's own plan, whatever it costs."""
    from cvdesk.strategy.store_plan import surer

    own, ground = _own_limits(read.wish, read.planned), read.ground
    free = replace(own, budget_minor=None, hours=None)
    found = surer(planned_from(ground.basis, ground.actions, free, at.stopped), SEED, at.stopped)
    if found.sure is None:
        return sure
    return replace(sure, low=found.sure.low, likely=found.sure.likely, high=found.sure.high)


def _own(ground: Ground, wish: Wish, best: Planned, at: Progress) -> PlanOutcome:
    limits = _own_limits(wish, best)
    own = planned_from(ground.basis, ground.actions, limits, at.stopped).own if limits.ticked else None
    return own or PlanOutcome((), 0.0, {}, {}, {}, 0, 0.0)


def _own_limits(wish: Wish, best: Planned) -> Limits:
    fixed = {one.id for one in best.must_fix}
    return wish.limits({one.id for one in best.actions if one.id is not None and one.id not in fixed})
