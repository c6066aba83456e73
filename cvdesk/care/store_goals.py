"""SQL of customers' goals."""

from __future__ import annotations

from datetime import date
from typing import Any

from cvdesk.care.records_goals import STATES, Goal, goal_problems
from cvdesk.catalogue.records import as_said
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

_COLUMNS = "customer_goals.id, customer_id, goal, help, due, state, looked_at"
_OF = f"""
SELECT {_COLUMNS} FROM customer_goals WHERE customer_id = ?
ORDER BY state <> 'open', due IS NULL, due, customer_goals.id
"""
_ONE = f"SELECT {_COLUMNS} FROM customer_goals WHERE id = ?"
_OPEN = f"""
SELECT {_COLUMNS}, customers.name FROM customer_goals JOIN customers ON customers.id = customer_id
WHERE state = 'open' AND customers.active = 1 ORDER BY due IS NULL, due, customer_goals.id
"""


def goals_of(db: Queries, customer_id: int) -> list[Goal]:
    """The goals of a customer, open ones first."""
    return [_goal(row) for row in db.rows(_OF, (customer_id,))]


def get_goal(db: Queries, goal_id: int) -> Goal:
    """One goal; LookupError for an unknown id."""
    row = db.row(_ONE, (goal_id,))
    if row is None:
        raise LookupError(f"there is no goal {goal_id}")
    return _goal(row)


def open_goals(db: Queries) -> list[tuple[Goal, str]]:
    """All open goals with the name of the customer, what is due first."""
    return [(_goal(row), row["name"]) for row in db.rows(_OPEN)]


def is_due(goal: Goal, today: date) -> bool:
    """Whether somebody has to look at it: its day has come, and nobody has looked since."""
    return goal.due is not None and goal.due <= today and (goal.looked_at is None or goal.looked_at < goal.due)


def save_goal(op: Operation, goal: Goal) -> int:
    """Adds or changes a goal, and gives the id. UserError for an empty one, LookupError for a customer who is gone."""
    wrong = goal_problems(goal)
    if wrong:
        raise UserError(next(iter(wrong.values())), _("Change it and save again."))
    if op.value("SELECT 1 FROM customers WHERE id = ?", (goal.customer_id,)) is None:
        raise LookupError(f"there is no customer {goal.customer_id}")
    values: dict[str, Any] = {
        "customer_id": goal.customer_id, "goal": as_said(goal.goal), "help": as_said(goal.help), "state": goal.state,
        "due": goal.due.isoformat() if goal.due else None,
        "looked_at": goal.looked_at.isoformat() if goal.looked_at else None,
    }  # fmt: skip
    if goal.id is None:
        return op.insert("customer_goals", values)
    get_goal(op, goal.id)
    op.update("customer_goals", goal.id, values)
    return goal.id


def look_at(op: Operation, goal_id: int, today: date, again: date | None) -> None:
    """Notes that somebody looked at a goal, and when to do so again; None: no day."""
    get_goal(op, goal_id)
    op.update("customer_goals", goal_id, {
        "looked_at": today.isoformat(), "due": again.isoformat() if again else None,
    })  # fmt: skip


def end_goal(op: Operation, goal_id: int, state: str, today: date) -> None:
    """A goal was reached or dropped, or is open again. ValueError for another word."""
    if state not in STATES:
        raise ValueError(f"{state} is no state of a goal")
    get_goal(op, goal_id)
    op.update("customer_goals", goal_id, {"state": state, "looked_at": today.isoformat()})


def _goal(row: Any) -> Goal:
    return Goal(
        row["customer_id"], row["goal"], row["help"], _day(row["due"]), row["state"], _day(row["looked_at"]), row["id"]
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


__all__ = ["end_goal", "get_goal", "goals_of", "is_due", "look_at", "open_goals", "save_goal"]
