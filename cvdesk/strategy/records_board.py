"""The list of actions: what stands in it, in which order, and what limits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import match_key
from cvdesk.strategy.records import STATUSES, Action
from cvdesk.strategy.records_about import About, MustFix

OPEN, MUST = "open", "must"
CHIPS = (OPEN, MUST, *STATUSES)
# What is under way first; must-fix ones before all others of their step.
_ORDER = {status: place for place, status in enumerate(("started", "planned", "idea", "done", "dropped"))}


@dataclass(frozen=True, slots=True)
class Board:
    """All actions, what the form offers, and what must be fixed and has no action yet."""

    actions: tuple[Action, ...]
    about: About
    must_fix: tuple[MustFix, ...]

    def action(self, action_id: int | None) -> Action | None:
        """One of them by its id."""
        return next((one for one in self.actions if one.id == action_id), None)


def belongs(action: Action, chip: str) -> bool:
    """Whether an action stands behind a chip: all that is open, what must be fixed, or one step."""
    if chip == OPEN:
        return action.open
    return action.open and action.must_fix if chip == MUST else action.status == chip


def counts(actions: Sequence[Action]) -> Counter[str]:
    """How many actions stand behind each chip."""
    return Counter(chip for action in actions for chip in CHIPS if belongs(action, chip))


def listed(board: Board, chip: str, search: str) -> list[Action]:
    """The actions of a chip in which every word searched for begins a word: must-fix first, then what is under way."""
    wanted = match_key(search).split()

    def fits(action: Action) -> bool:
        behind = board.about.behind(action)
        words = match_key(f"{action.name} {action.note} {'' if behind is None else behind.name}").split()
        return all(any(word.startswith(one) for word in words) for one in wanted)

    found = [action for action in board.actions if belongs(action, chip) and fits(action)]
    return sorted(found, key=_place)


def _place(action: Action) -> tuple[bool, int, date, int]:
    first = action.open and action.must_fix
    return not first, _ORDER[action.status], action.due or date.max, -(action.id or 0)
