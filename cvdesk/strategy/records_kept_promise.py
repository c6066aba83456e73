"""What a plan promises, taken down on the day it is decided on: pure arithmetic on the plan (METHOD 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cvdesk.strategy.plan_rows import rows_of
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_kept import NotDone, Promise, Promised
from cvdesk.strategy.records_plan import Basis, Planned, PlanOutcome

Range = tuple[float, float, float]  # low, likely, high


def promise(planned: Planned, outcome: PlanOutcome, today: date, of_net: Range | None = None) -> Promise:
    """Everything that is known and expected on the day a plan is decided on. `of_net`: Net if exactly this is done."""
    basis, limits, sure = planned.basis, planned.limits, planned.sure
    chosen = [one for one in planned.actions if one.id in outcome.chosen and one not in planned.must_fix]
    best = planned.styles.get(limits.style)
    drawn_for = best is not None and set(best.chosen) == set(outcome.chosen)
    low, likely, high = of_net or (None, None, None)
    return Promise(
        on=today, net=basis.net, net_low=basis.net_low, net_high=basis.net_high, people=basis.people,
        first=basis.first, last=basis.last, gain=outcome.gain,
        low=low, likely=likely, high=high,
        optimism=basis.optimism, measured=basis.measured, seed=sure.seed if sure else None,
        regret=sure.regret if sure and drawn_for else None,
        cost_minor=outcome.cost_minor, hours=outcome.hours, months=limits.months, style=limits.style,
        budget_minor=limits.budget_minor, hours_limit=limits.hours,
        actions=tuple(_promised(one, planned, outcome) for one in (*planned.must_fix, *chosen)),
        not_done=not_done(planned, outcome),
        by_lever=dict(outcome.by_lever),
        scores={one.key: one.score for one in basis.factors}, points={one.key: one.point for one in basis.factors},
    )  # fmt: skip


def expected(action: Action, basis: Basis | None) -> dict[str, float]:
    """Factor key -> points it should move, the customer's way round, before optimism; cut to the headroom if known."""
    found = {}
    for key, lift in (action.lifts or {}).items():
        raw = action.chance * action.reach * lift.likely
        standing = basis.of(key) if basis is not None else None
        found[key] = raw if standing is None else min(raw, standing.headroom)
    return found


def trusted(raw: float, optimism: float, headroom: float | None) -> float:
    """What is promised of an expectation: hopes count by the optimism factor, harm in full; cut to the headroom."""
    if raw <= 0:
        return raw
    return raw * optimism if headroom is None else min(raw * optimism, headroom)


def moves(planned: Planned, actions: Iterable[Action]) -> dict[str, float]:
    """Factor key -> points all of these together should move it: overlapping ones do not simply add (METHOD 4.2)."""
    basis = planned.basis
    found: dict[str, float] = {}
    by_factor: dict[str, list[float]] = {}
    for action in actions:
        for key, raw in expected(action, None).items():
            by_factor.setdefault(key, []).append(raw)
    for key, raws in by_factor.items():
        standing = basis.of(key)
        room = standing.headroom if standing is not None else 0.0
        if room <= 0:
            continue
        left = 1.0
        for raw in raws:
            left *= 1 - min(1.0, max(0.0, raw) * basis.optimism / room)
        found[key] = room * (1 - left) + sum(raw for raw in raws if raw < 0)
    return found


def not_done(planned: Planned, outcome: PlanOutcome) -> tuple[NotDone, ...]:
    """Open actions the plan leaves out, each with its reason, as the Plan tab says it."""
    barred = planned.limits.barred
    return tuple(
        NotDone(row.action.id, row.action.name, "left" if row.action.id in barred else row.why, row.other)
        for row in rows_of(planned, outcome)
        if not row.ticked and row.action.id is not None
    )


def _promised(action: Action, planned: Planned, outcome: PlanOutcome) -> Promised:
    basis, sure = planned.basis, planned.sure
    assert action.id is not None
    lifts: Sequence[str] = tuple(action.lifts or ())
    return Promised(
        action.id, action.name, expected(action, basis),
        {key: standing.headroom for key in lifts if (standing := basis.of(key)) is not None},
        outcome.by_action.get(action.id), action.cost_minor(planned.limits.months),
        sure.advice(action.id) if sure is not None and not action.must_fix else "", action.must_fix,
    )  # fmt: skip
