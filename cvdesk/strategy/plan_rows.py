"""The lines of a plan's table: each action with what it brings to the plan shown, and why it is not in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from cvdesk.stats.plan_gain import factor_gain
from cvdesk.strategy.plan import SCALE, effects
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_plan import Basis, FactorStanding, Planned, PlanOutcome

Part = Literal["low", "likely", "high"]
OVER_BUDGET, OVER_HOURS, NEEDS, EXCLUDED = "budget", "hours", "needs", "excluded"
NO_GAIN, NO_FIGURE, BETTER = "nothing", "unknown", "better"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An action in the table. lift: of Net, what the plan would lose without it or gain with it; low <= lift <= high.

    levers: the parts of value it moves, the one moved most first. share: of the draws whose best plan has it, None
    while that is not known. why: empty where it is in the plan, else one of the reasons above; other: the action that
    reason names.
    """

    action: Action
    ticked: bool
    lift: float
    low: float
    high: float
    levers: tuple[str, ...]
    share: float | None
    why: str = ""
    other: str = ""


def gain_of(basis: Basis, actions: Sequence[Action], part: Part = "likely") -> float:
    """Gain of Net of these actions together, by their low, likely or high lifts (METHOD 4.2)."""
    return math.fsum(abs(one.point) * gained for one, gained in _gains(basis, actions, part))


def _gains(basis: Basis, actions: Sequence[Action], part: Part) -> list[tuple[FactorStanding, float]]:
    """Each factor with how far it moves, in points of its scale."""
    moved = [effects(action, basis, part) for action in actions]
    return [
        (one, factor_gain(one.headroom, [sizes[place] for sizes in moved], SCALE - one.headroom))
        for place, one in enumerate(basis.factors)
    ]


def levers_of(basis: Basis, action: Action) -> tuple[str, ...]:
    """The parts of value an action moves, the one it moves most first."""
    sizes: dict[str, float] = {}
    for one, gained in _gains(basis, [action], "likely"):
        if gained:
            sizes[one.lever] = sizes.get(one.lever, 0.0) + abs(one.point * gained)
    return tuple(sorted(sizes, key=lambda lever: (-sizes[lever], lever)))


def rows_of(planned: Planned, outcome: PlanOutcome) -> tuple[PlanRow, ...]:
    """The lines: what is in the plan in the order of what it brings, then the rest likewise."""
    chosen = set(outcome.chosen)
    fixed = {one.id for one in planned.must_fix}
    free = [one for one in planned.actions if one.id not in fixed]
    rows = [_row(planned, outcome, one, chosen) for one in free]
    return tuple(sorted(rows, key=lambda row: (not row.ticked, -row.lift, row.action.name)))


def _row(planned: Planned, outcome: PlanOutcome, action: Action, chosen: Collection[int]) -> PlanRow:
    basis, ticked = planned.basis, action.id in chosen
    others = [*planned.must_fix, *(one for one in planned.actions if one.id in chosen and one.id != action.id)]
    lifts = [
        gain_of(basis, [*others, action], part) - gain_of(basis, others, part) for part in ("low", "likely", "high")
    ]
    lift = outcome.by_action.get(action.id or 0, lifts[1]) if ticked else lifts[1]
    share = None if planned.sure is None or action.id is None else planned.sure.chosen.get(action.id, 0.0)
    why, other = ("", "") if ticked else why_not(planned, outcome, action, lift)
    low, high = min(lifts[0], lift), max(lifts[2], lift)
    return PlanRow(action, ticked, lift, low, high, levers_of(basis, action), share, why, other)


def why_not(planned: Planned, outcome: PlanOutcome, action: Action, lift: float) -> tuple[str, str]:
    """Why an action is not in a plan: the reason, and the name of the action it names."""
    chosen, names = set(outcome.chosen), {one.id: one.name for one in (*planned.actions, *planned.must_fix)}
    fixed = {one.id for one in planned.must_fix}
    against = [one.id for one in planned.actions if one.id in chosen and action.id in one.excludes]
    for other in (*action.excludes, *against):
        if other in chosen or other in fixed:
            return EXCLUDED, names.get(other, "")
    limits = planned.limits
    money, hours = left_over(planned, outcome)
    cost = action.cost_minor(limits.months)
    if action.lifts and not any(planned.basis.of(key) for key in action.lifts):
        return NO_FIGURE, ""
    if lift <= 0:
        return NO_GAIN, ""
    missing = [other for other in action.needs if other not in chosen and other not in fixed]
    if missing:
        return NEEDS, names.get(missing[0], "")
    if money is not None and cost > max(0, money):
        return OVER_BUDGET, ""
    if hours is not None and action.hours > max(0.0, hours):
        return OVER_HOURS, ""
    return BETTER, ""


def left_over(planned: Planned, outcome: PlanOutcome) -> tuple[int | None, float | None]:
    """Money (minor units) and hours a plan leaves, after what must be fixed; None: no limit."""
    limits = planned.limits
    money = hours = None
    if limits.budget_minor is not None:
        money = limits.budget_minor - outcome.cost_minor - sum(
            one.cost_minor(limits.months) for one in planned.must_fix
        )  # fmt: skip
    if limits.hours is not None:
        hours = limits.hours - outcome.hours - sum(one.hours for one in planned.must_fix)
    return money, hours


def shown_outcome(planned: Planned) -> PlanOutcome | None:
    """The plan on screen: the owner's own where there is one, else that of the style; None where there is none."""
    return planned.own if planned.own is not None else planned.styles.get(planned.limits.style)


def not_done(rows: Sequence[PlanRow]) -> tuple[PlanRow, ...]:
    """What the plan leaves aside."""
    return tuple(row for row in rows if not row.ticked)
