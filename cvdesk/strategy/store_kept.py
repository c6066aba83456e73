"""SQL of strategies that were decided on: the one that runs, those that ended, and when they are looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.errors import UserError
from cvdesk.figures.kept import from_text, to_text
from cvdesk.strategy.records_kept import Goal, Result, Strategy, check
from cvdesk.strategy.store_actions import set_status
from cvdesk.strategy.store_measured import promise_of
from cvdesk.wording import _

_STRATEGIES = """
SELECT id, name, mix, started, ends, review, months, style, promise, budget_minor, hours, state, learned, result
FROM strategies WHERE state <> 'draft' AND started IS NOT NULL {which}
ORDER BY state = 'running' DESC, started DESC, id DESC
"""
_GOALS = "SELECT id, measure, target, starts_from, due FROM goals WHERE strategy_id = ? ORDER BY id"
_RUNNING = "SELECT id, name FROM strategies WHERE state = 'running' LIMIT 1"
_CHOSEN = "SELECT action_id FROM strategy_actions WHERE strategy_id = ? AND chosen = 1 ORDER BY id"
_FACTOR = "SELECT id FROM factors WHERE key = ?"
_STATUS = "SELECT status FROM actions WHERE id = ?"


def strategies(db: Queries) -> tuple[Strategy, ...]:
    """All that were decided on: the running one first, then the latest."""
    return tuple(_strategy(db, row) for row in db.rows(_STRATEGIES.format(which="")))


def strategy(db: Queries, strategy_id: int) -> Strategy:
    """One of them. UserError where it is gone."""
    row = db.row(_STRATEGIES.format(which="AND id = ?"), (strategy_id,))
    if row is None:
        raise _gone()
    return _strategy(db, row)


def chosen_actions(db: Queries, strategy_id: int) -> tuple[int, ...]:
    """Ids of the actions a strategy chose, as they were decided on."""
    return tuple(row["action_id"] for row in db.rows(_CHOSEN, (strategy_id,)))


def running(db: Queries) -> tuple[int, str] | None:
    """Id and name of the strategy that runs; None where there is none."""
    row = db.row(_RUNNING)
    return None if row is None else (row["id"], row["name"])


def decide(op: Operation, chosen: Strategy, today: date) -> int:
    """Makes a plan the running strategy and gives its id; its actions that were only ideas are planned from today.

    Must-fix actions belong to it as well. UserError while another one runs, or for what cannot be kept.
    """
    check(chosen)
    if chosen.promise is None:
        raise ValueError("a strategy is decided on with its promise")
    other = running(op)
    if other is not None:
        raise UserError(
            _("“{name}” is still running.").format(name=other[1]),
            _("Review and end it first (Strategy, Over time); then this one can begin."),
        )
    values = {**_values(chosen), "started": chosen.starts.isoformat(), "state": "running"}
    kept = op.insert("strategies", {**values, "promise": to_text(chosen.promise)})
    taken = [one.id for one in chosen.promise.actions]
    for action_id, is_chosen in [(one, 1) for one in taken] + [(one.id, 0) for one in chosen.promise.not_done]:
        status = op.value(_STATUS, (action_id,))
        if status is None:
            raise UserError(_("An action of this plan was deleted meanwhile."), _("Look at the plan again."))
        op.insert("strategy_actions", {"strategy_id": kept, "action_id": action_id, "chosen": is_chosen})
        if is_chosen and status == "idea":
            set_status(op, action_id, "planned", today)
    _add_goals(op, kept, chosen.goals)
    return kept


def change(op: Operation, changed: Strategy) -> None:
    """Gives a strategy another name, sentence, days or goals. What was promised stays as it was."""
    check(changed)
    assert changed.id is not None
    strategy(op, changed.id)
    op.update("strategies", changed.id, {**_values(changed), "started": changed.starts.isoformat()})
    keep = {goal.id for goal in changed.goals if goal.id is not None}
    for row in op.rows(_GOALS, (changed.id,)):
        if row["id"] not in keep:
            op.delete("goals", row["id"])
    for goal in changed.goals:
        if goal.id is not None:
            op.update("goals", goal.id, _goal_values(op, goal))
    _add_goals(op, changed.id, [goal for goal in changed.goals if goal.id is None])


def review(op: Operation, strategy_id: int, found: Result, learned: str, next_review: date | None, today: date) -> None:
    """Keeps what came of a strategy and what was learned; it goes on until the next review, or ends (None)."""
    before = strategy(op, strategy_id)
    if before.state != "running":
        raise UserError(_("“{name}” has ended already.").format(name=before.name), _("Look at it under Over time."))
    if next_review is not None and next_review <= today:
        raise UserError(_("The next review would be in the past."), _("Choose a day after today."))
    values: dict[str, Any] = {"result": to_text(found), "learned": learned.strip()}
    if next_review is None:
        values |= {"state": "ended", "ends": max(before.starts, min(before.ends, today)).isoformat()}
    else:
        values |= {"review": next_review.isoformat(), "ends": max(before.ends, next_review).isoformat()}
    op.update("strategies", strategy_id, values)


def _add_goals(op: Operation, strategy_id: int, goals: Iterable[Goal]) -> None:
    for goal in goals:
        op.insert("goals", {"strategy_id": strategy_id, **_goal_values(op, goal)})


def _goal_values(op: Operation, goal: Goal) -> dict[str, Any]:
    factor = goal.measure.removeprefix("factor:") if goal.measure.startswith("factor:") else None
    return {
        "measure": goal.measure, "target": goal.target, "starts_from": goal.starts_from,
        "due": goal.due.isoformat() if goal.due else None,
        "factor_id": op.value(_FACTOR, (factor,)) if factor is not None else None,
    }  # fmt: skip


def _values(chosen: Strategy) -> dict[str, Any]:
    return {
        "name": chosen.name.strip(), "mix": chosen.mix.strip(), "ends": chosen.ends.isoformat(),
        "review": chosen.review.isoformat(), "months": chosen.months, "style": chosen.style,
        "budget_minor": chosen.budget_minor, "hours": chosen.hours,
    }  # fmt: skip


def _strategy(db: Queries, row: Row) -> Strategy:
    starts = date.fromisoformat(row["started"])
    ends = date.fromisoformat(row["ends"]) if row["ends"] else starts
    result = None if row["result"] in ("", "{}") else from_text(Result, row["result"])
    made = Strategy(
        row["name"], row["mix"], starts, ends, date.fromisoformat(row["review"]) if row["review"] else ends,
        row["months"], row["style"], promise_of(row["promise"]), row["budget_minor"], row["hours"], row["state"],
        row["learned"], result, id=row["id"],
    )  # fmt: skip
    goals = tuple(
        Goal(one["measure"], one["target"], one["starts_from"],
             date.fromisoformat(one["due"]) if one["due"] else None, one["id"])
        for one in db.rows(_GOALS, (row["id"],))
    )  # fmt: skip
    return replace(made, goals=goals)


def _gone() -> UserError:
    return UserError(_("This strategy was deleted meanwhile."), _("Undo brings it back."))
