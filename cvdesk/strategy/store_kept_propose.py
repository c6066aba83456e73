"""What is proposed when a plan is decided on: its name, days, the mix in words, and goals that follow from it."""

from __future__ import annotations

import calendar
import math
from collections.abc import Mapping
from datetime import date, timedelta

from cvdesk.db import Queries
from cvdesk.strategy import words_kept
from cvdesk.strategy.records_kept import Goal, Strategy
from cvdesk.strategy.records_kept_promise import Range, moves, promise
from cvdesk.strategy.records_plan import Planned, PlanOutcome
from cvdesk.strategy.store_kept_now import Measure, beginning
from cvdesk.strategy.store_plan import range_of
from cvdesk.wording.numbers import month_long

_FACTORS = 2  # goals proposed for what the plan moves most
_STEP = 0.05  # a goal for a share is the next round one


def propose(db: Queries, planned: Planned, outcome: PlanOutcome, today: date) -> tuple[Strategy, tuple[Measure, ...]]:
    """The strategy a plan becomes, to be changed by the owner, and every figure a goal can be about."""
    known = beginning(db, today)
    of_net = None if planned.basis.why else range_of(planned, outcome.chosen)
    return proposed(planned, outcome, {one.key: one for one in known}, today, of_net), known


def proposed(
    planned: Planned, outcome: PlanOutcome, known: Mapping[str, Measure], today: date, of_net: Range | None = None
) -> Strategy:
    """The strategy a plan becomes; of one without a choice the must-fix actions are named."""
    limits = planned.limits
    names = {one.id: one.name for one in planned.actions}
    told = [names[one] for one in outcome.chosen if one in names] or [one.name for one in planned.must_fix]
    ends = months_later(today, limits.months) - timedelta(days=1)
    return Strategy(
        month_long(today), words_kept.mix(outcome.by_lever, told),
        today, ends, ends, limits.months, limits.style, promise(planned, outcome, today, of_net), limits.budget_minor,
        limits.hours, goals=goals(planned, outcome, known, None if of_net is None else of_net[1]),
    )  # fmt: skip


def goals(
    planned: Planned, outcome: PlanOutcome, known: Mapping[str, Measure], likely: float | None = None
) -> tuple[Goal, ...]:
    """Net as the plan expects it, worth it at the next round share, and what the plan moves most."""
    basis, found = planned.basis, []
    taken = set(outcome.chosen)
    if basis.net is not None:
        found.append(Goal("net", basis.net + outcome.gain if likely is None else likely, basis.net))
    worth = known.get("worth_it")
    if worth is not None and worth.now.value is not None:
        target = min(1.0, (math.floor(worth.now.value / _STEP + 1e-9) + 1) * _STEP)
        found.append(Goal("worth_it", target, worth.now.value))
    taken |= {one.id for one in planned.must_fix if one.id is not None}
    chosen = {one.id: one for one in (*planned.must_fix, *planned.actions) if one.id in taken}.values()
    moved = moves(planned, chosen)
    standing = {one.key: one for one in basis.factors}
    most = sorted((key for key in moves_up(moved)), key=lambda key: -moved[key] * abs(standing[key].point))
    for key in most[:_FACTORS]:
        one = standing[key]
        found.append(Goal(f"factor:{key}", one.score + math.copysign(moved[key], one.point), one.score))
    return tuple(found)


def moves_up(moved: Mapping[str, float]) -> list[str]:
    """Factors that a plan makes better by a tenth of a point or more: less is no goal."""
    return [key for key, points in moved.items() if points >= 0.1]


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
