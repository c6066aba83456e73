"""What the owner asked of a plan: budget, hours, months, style and own ticks; kept as text between two visits."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from cvdesk.strategy.records import STYLES, Action
from cvdesk.strategy.records_plan import Limits

DRAFT = "plan"  # a wish is kept as half-typed work is, outside the history
MONTHS = (1, 3, 6, 12)
_STEPS = (1, 2, 5, 10, 20, 25, 50)
_MOST_STOPS = 40


@dataclass(frozen=True, slots=True)
class Wish:
    """What may be spent a month (minor units) and worked in all (hours), None: no limit; `own`: the owner's ticks.

    `own` is None as long as the plan is the program's; an empty set is a plan of nothing.
    """

    budget_month: int | None = None
    hours: float | None = None
    months: int = 3
    style: str = "balanced"
    own: frozenset[int] | None = None

    def limits(self, open_ids: Collection[int] = ()) -> Limits:
        """The same as the method takes it: own ticks are wanted, what is left unticked is barred."""
        budget = None if self.budget_month is None else self.budget_month * self.months
        own = self.own
        if own is None:
            return Limits(budget, self.hours, self.months, self.style)
        ticked = frozenset(one for one in own if one in open_ids)
        return Limits(budget, self.hours, self.months, self.style, ticked, frozenset(open_ids) - ticked)

    def as_text(self) -> str:
        """For keeping. Ids as text: they exceed what other readers of JSON hold."""
        own = None if self.own is None else sorted(str(one) for one in self.own)
        return json.dumps({
            "budget": self.budget_month, "hours": self.hours, "months": self.months, "style": self.style, "own": own
        })  # fmt: skip


def read_wish(text: str) -> Wish:
    """A wish that was kept; what cannot be read is as if it had not been said."""
    try:
        found = json.loads(text)
    except ValueError:
        return Wish()
    if not isinstance(found, dict):
        return Wish()
    budget, hours, months = found.get("budget"), found.get("hours"), found.get("months")
    own, style = found.get("own"), found.get("style")
    return Wish(
        budget if isinstance(budget, int) and budget >= 0 else None,
        float(hours) if isinstance(hours, int | float) and hours >= 0 else None,
        months if months in MONTHS else 3,
        style if style in STYLES else "balanced",
        frozenset(int(one) for one in own if str(one).isdecimal()) if isinstance(own, list) else None,
    )


def toggled(chosen: Collection[int], action_id: int, actions: Iterable[Action]) -> frozenset[int]:
    """The ticks after one was pressed: what it needs comes along, what it excludes and what needed it goes."""
    by_id = {one.id: one for one in actions if one.id is not None}
    ticks = set(chosen)
    if action_id in ticks:
        _untick(ticks, action_id, by_id)
    else:
        _tick(ticks, action_id, by_id)
    return frozenset(ticks)


def _tick(ticks: set[int], action_id: int, by_id: dict[int, Action]) -> None:
    if action_id in ticks or action_id not in by_id:
        return
    action = by_id[action_id]
    for other in [*action.excludes, *(one for one, its in by_id.items() if action_id in its.excludes)]:
        _untick(ticks, other, by_id)
    ticks.add(action_id)
    for needed in action.needs:
        _tick(ticks, needed, by_id)


def _untick(ticks: set[int], action_id: int, by_id: dict[int, Action]) -> None:
    if action_id not in ticks:
        return
    ticks.discard(action_id)
    for one, its in by_id.items():
        if action_id in its.needs:
            _untick(ticks, one, by_id)


def stops(most: float, unit: int = 1) -> list[int]:
    """Where a slider stops: from 0 in round steps to `most` and just beyond, at most some forty; in units."""
    step, size = unit, unit
    while True:
        for times in _STEPS:
            step = size * times
            if most / step <= _MOST_STOPS:
                last = int(-(-most // step))
                return [place * step for place in range(max(1, last) + 1)]
        size *= 100


def most_needed(actions: Iterable[Action], months: int) -> tuple[int, float]:
    """What all that costs something would take together: money a month (minor units), hours in all."""
    known: list[Any] = list(actions)
    money = sum(max(0, one.cost_minor(months)) for one in known)
    return -(-money // months), sum(one.hours for one in known)
