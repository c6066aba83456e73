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
from cvdesk.strategy.records_plan import Basis, Planned
from cvdesk.strategy.records_wish import Wish
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_basis import basis
from cvdesk.strategy.store_plan import outcome_of, planned_from, range_of, surer


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


def plan_on(ground: Ground, wish: Wish, at: Progress, known: PlanRead | None = None) -> PlanRead:
    """The best plan of each style within the limits, the owner's own beside it.

    `known`: what was drawn last; where nothing but ticks has changed since, how sure the plan is comes along.
    """
    best = planned_from(ground.basis, ground.actions, replace(wish, own=None).limits(), at.stopped)
    read = ticked(PlanRead(wish, best, ground), wish)
    if known is None or not _same_draws(known, read):
        return read
    drawn = replace(read.planned, sure=known.planned.sure, turns=known.planned.turns)
    return shown(replace(read, planned=_with_range(drawn)))


def ticked(read: PlanRead, wish: Wish) -> PlanRead:
    """The same plans with other ticks of the owner's; some milliseconds."""
    own = None if wish.own is None or read.planned.basis.why else outcome_of(read.planned, wish.own)
    return shown(replace(read, wish=wish, planned=replace(read.planned, own=own)))


def shown(read: PlanRead) -> PlanRead:
    """The same with the lines of its table, reckoned beside the window."""
    outcome = shown_outcome(read.planned)
    return read if outcome is None else replace(read, rows=rows_of(read.planned, outcome))


def more_sure(read: PlanRead, at: Progress) -> PlanRead:
    """The same with what the draws say of it."""
    found = surer(read.planned, cancelled=at.stopped, progress=at.at)
    if at.stopped():
        return read
    # Of the best plan the draws gave the range already: drawing everything once more would tell the same.
    return shown(replace(read, planned=found if found.own is None else _with_range(found)))


def _with_range(found: Planned) -> Planned:
    """The range is that of the plan on screen: the owner's own where there is one."""
    outcome = shown_outcome(found)
    if outcome is None or found.sure is None:
        return found
    low, likely, high = range_of(found, outcome.chosen)
    return replace(found, sure=replace(found.sure, low=low, likely=likely, high=high))


def _same_draws(known: PlanRead, read: PlanRead) -> bool:
    same = replace(known.wish, own=None) == replace(read.wish, own=None)
    return same and known.ground is read.ground and known.planned.sure is not None
