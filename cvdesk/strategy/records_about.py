"""What a form for an action needs to know: problems to choose from, where each stands, who and what there is."""

from __future__ import annotations

from dataclasses import dataclass

from cvdesk.catalogue.records import GAINS, match_key
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_actions import Standing


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an action may be about: a theme, or one thing customers value (theme_id None).

    share: of active customers it touches, 0-1, where known. point: c_k of its factor, None without a value figure.
    n: how many answers its score rests on.
    """

    name: str
    factor: str
    factor_name: str
    lever: str
    theme_id: int | None = None
    share: float | None = None
    score: float | None = None
    point: float | None = None
    n: int = 0

    @property
    def standing(self) -> Standing:
        """Where its factor stands."""
        return Standing(self.score, self.lever not in GAINS)


@dataclass(frozen=True, slots=True)
class Made:
    """What a form for an action begins with.

    said: the words it comes from, as the customer said them; empty for a theme or factor.
    """

    action: Action
    said: str = ""
    factor: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """problems: themes by how many customers they touch, then factors. optimism: what lifts are multiplied by.

    others: the other actions, (id, name). digits: decimals of the currency.
    """

    problems: tuple[Problem, ...]
    staff: tuple[tuple[int, str], ...]
    offerings: tuple[tuple[int, str], ...]
    others: tuple[tuple[int, str], ...]
    currency: str
    digits: int
    optimism: float
    why: str = ""

    def factors(self) -> tuple[Problem, ...]:
        """The things customers value, each once, in the order of the question bank."""
        return tuple(one for one in self.problems if one.theme_id is None)

    def factor(self, key: str) -> Problem | None:
        """One of them by its key."""
        return next((one for one in self.problems if one.factor == key and one.theme_id is None), None)

    def theme(self, theme_id: int | None) -> Problem | None:
        """A theme by its id."""
        return next((one for one in self.problems if one.theme_id == theme_id), None) if theme_id else None

    def named(self, text: str) -> Problem | None:
        """The problem of this name, however it is written; None for none."""
        wanted = match_key(text)
        return next((one for one in self.problems if match_key(one.name) == wanted), None)

    def behind(self, action: Action) -> Problem | None:
        """What an action is about: its theme, else the factor it moves most."""
        theme = self.theme(action.theme_id)
        lifts = action.lifts or {}
        if theme is not None or not lifts:
            return theme
        return self.factor(max(lifts, key=lambda key: abs(lifts[key].likely)))


@dataclass(frozen=True, slots=True)
class MustFix:
    """Something that must be fixed and no action is about: proposed by itself (METHOD 4.1).

    why: one of MUST_FIX_WHY. made: (table, id) an action is made from. name: of the theme, or the words of the entry.
    customers of active: how many had serious trouble, and of how many; 0 of 0 for a mark of safety.
    """

    why: str
    made: tuple[str, int]
    name: str
    customers: int = 0
    active: int = 0
