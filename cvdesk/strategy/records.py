"""An action the business may take, what it is expected to do for customers, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

STATUSES = ("idea", "planned", "started", "done", "dropped")
KINDS = ("do", "stop", "price")
REMOVES = ("bit", "half", "most")  # how much of the problem goes, as the owner says it
MUST_FIX_WHY = ("safety", "privacy", "law", "serious")
STYLES = ("double_down", "balanced", "catch_up")


@dataclass(frozen=True, slots=True)
class Lift:
    """How far an action moves one factor, in points of its scale 1-5, for whom it reaches and if it works.

    Always the customer's way round: above 0 is better for them, also where less is better; below 0 (a dearer price,
    something stopped) it is worse. low <= likely <= high.
    """

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Action:
    """Something the business may do, stop, or charge otherwise.

    cost_once_minor, cost_month_minor: money in minor units, below 0 where it saves or earns. hours: of work, once.
    lifts: factor key -> Lift. reach: share of customers it touches, 0-1. chance: that it works, 0-1. needs, excludes:
    ids of other actions. removes: one of REMOVES, or empty where lifts were given. price_change: 0.05 is 5 % dearer.
    must_fix_why: one of MUST_FIX_WHY or empty. idea: key in the bank of ideas it came from, or empty. due: wanted by.
    """

    name: str
    note: str = ""
    kind: str = "do"
    theme_id: int | None = None
    entry_id: int | None = None
    offering_id: int | None = None
    cost_once_minor: int = 0
    cost_month_minor: int = 0
    hours: float = 0.0
    removes: str = ""
    lifts: Mapping[str, Lift] | None = None
    reach: float = 1.0
    chance: float = 0.7
    needs: tuple[int, ...] = ()
    excludes: tuple[int, ...] = ()
    price_change: float | None = None
    must_fix: bool = False
    must_fix_why: str = ""
    status: str = "idea"
    planned: date | None = None
    started: date | None = None
    done: date | None = None
    due: date | None = None
    staff_id: int | None = None
    result: str = ""
    idea: str = ""
    id: int | None = None

    def cost_minor(self, months: int) -> int:
        """What it costs over so many months, in minor units; below 0 where it saves."""
        return self.cost_once_minor + months * self.cost_month_minor

    @property
    def open(self) -> bool:
        """Whether it can still be chosen for a plan."""
        return self.status in ("idea", "planned", "started")
