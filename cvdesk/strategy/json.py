"""Strategy as plain values for JSON, at full precision; names are fixed, more may be added."""

from __future__ import annotations

from datetime import date
from typing import Any

from cvdesk.db import Queries
from cvdesk.figures.json import figure
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_kept import Kept, Outcome, Promise, Reached, Strategy
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_kept_now import over_time
from cvdesk.strategy.store_measured import optimism


def as_json(db: Queries, today: date) -> dict[str, Any]:
    """The strategy that runs as it stands, those that ended, every action with its costs and lifts.

    Ids are texts; money is in minor units; changes of scores are the customer's way round, better above 0.
    """
    with db.snapshot():
        found = over_time(db, today)
        trust, measured = optimism(db, today)
        return {
            "optimism": {"value": trust, "n": measured},
            "running": None if found.running is None else _kept(found.running),
            "ended": [_ended(one) for one in found.ended],
            "actions": [_action(one) for one in actions(db)],
        }


def _kept(now: Kept) -> dict[str, Any]:
    outcomes = [one.outcome for one in now.actions]
    return _strategy(now.strategy) | {
        "net": figure(now.net),
        "goals": [_goal(one) for one in now.goals],
        "results": [_outcome(one) for one in outcomes],
    }


def _ended(one: Strategy) -> dict[str, Any]:
    result = one.result
    if result is None:
        return _strategy(one) | {"net": None, "goals": [], "results": []}
    return _strategy(one) | {
        "net": {"value": result.net, "low": result.net_low, "high": result.net_high, "n": result.n},
        "goals": [_goal(goal) for goal in result.goals],
        "results": [_outcome(outcome) for outcome in result.actions],
    }


def _strategy(one: Strategy) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "name": one.name,
        "mix": one.mix,
        "state": one.state,
        "from": one.starts.isoformat(),
        "to": one.ends.isoformat(),
        "review": one.review.isoformat(),
        "style": one.style,
        "months": one.months,
        "budget_minor": one.budget_minor,
        "hours": one.hours,
        "learned": one.learned,
        "promise": None if one.promise is None else _promise(one.promise),
    }


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "on": promise.on.isoformat(),
        "basis": {"value": promise.net, "low": promise.net_low, "high": promise.net_high, "n": promise.people,
                  "from": promise.first.isoformat(), "to": promise.last.isoformat()},
        "net": {"value": promise.likely, "low": promise.low, "high": promise.high, "n": promise.people},
        "gain": promise.gain,
        "by_lever": dict(promise.by_lever),
        "optimism": {"value": promise.optimism, "n": promise.measured},
        "seed": promise.seed,
        "regret": promise.regret,
        "cost_minor": promise.cost_minor,
        "hours": promise.hours,
        "actions": [
            {"id": str(one.id), "name": one.name, "expected": dict(one.expected), "gain": one.gain,
             "cost_minor": one.cost_minor, "advice": one.advice, "must_fix": one.must_fix}
            for one in promise.actions
        ],
        "not_done": [{"id": str(one.id), "name": one.name, "why": one.why} for one in promise.not_done],
    }  # fmt: skip


def _goal(found: Reached) -> dict[str, Any]:
    goal = found.goal
    return {
        "measure": goal.measure,
        "from": goal.starts_from,
        "target": goal.target,
        "due": None if goal.due is None else goal.due.isoformat(),
        "now": {"value": found.value, "low": found.low, "high": found.high, "n": found.n},
        "progress": found.progress,
    }


def _outcome(found: Outcome) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "name": found.name,
        "status": found.status,
        "said": found.said,
        "factor": found.factor or None,
        "expected": found.expected,
        "measured": {"value": found.change, "low": found.low, "high": found.high},
    }


def _action(one: Action) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "name": one.name,
        "kind": one.kind,
        "status": one.status,
        "must_fix": one.must_fix,
        "cost_once_minor": one.cost_once_minor,
        "cost_month_minor": one.cost_month_minor,
        "hours": one.hours,
        "reach": one.reach,
        "chance": one.chance,
        "lifts": {
            key: {"low": lift.low, "likely": lift.likely, "high": lift.high} for key, lift in (one.lifts or {}).items()
        },
        "needs": [str(other) for other in one.needs],
        "excludes": [str(other) for other in one.excludes],
        "planned": _day(one.planned),
        "started": _day(one.started),
        "done": _day(one.done),
        "due": _day(one.due),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
