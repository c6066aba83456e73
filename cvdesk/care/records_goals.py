"""What a customer wants to reach, and how the business helps them there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cvdesk.wording import _

STATES = ("open", "reached", "dropped")


@dataclass(frozen=True, slots=True)
class Goal:
    """A customer's own goal. due: when to look at it, None: no day; looked_at: when somebody last did."""

    customer_id: int
    goal: str
    help: str = ""
    due: dt.date | None = None
    state: str = "open"
    looked_at: dt.date | None = None
    id: int | None = None


def goal_problems(goal: Goal) -> dict[str, str]:
    """What is wrong with a goal, by field."""
    return {} if goal.goal.strip() else {"goal": _("Write what they want to reach.")}


def state_name(state: str) -> str:
    """What became of a goal, in words."""
    return {"open": _("Under way"), "reached": _("Reached"), "dropped": _("Dropped")}[state]


__all__ = ["STATES", "Goal", "goal_problems", "state_name"]
