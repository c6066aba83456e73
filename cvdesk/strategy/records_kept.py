"""A strategy that was decided on: what was promised, what it aims at, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cvdesk.errors import UserError
from cvdesk.stats.intervals import Estimate
from cvdesk.trends.records_effect import EffectResult
from cvdesk.wording import _

# What a goal can be about besides a part of value by its key and "factor:<key>".
MEASURES = ("net", "worth_it", "complaints", "days")
LONGEST_NAME = 60
MOST_GOALS = 8
# How far a goal has come: "unknown" while there is no figure of the time since the start.
PROGRESS = ("reached", "on_the_way", "still", "away", "unknown")
STILL = 0.1  # of the way: less than this, either way, is where it began


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure, where it stood, where it is wanted, and by when.

    measure: one of MEASURES, a lever, or "factor:<key>". target, starts_from: in the unit of the figure (shares 0-1).
    """

    measure: str
    target: float
    starts_from: float | None = None
    due: date | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """What was expected of one action when it was chosen.

    expected: factor key -> points the customer's way round, chance x reach x likely lift cut to the headroom of that
    day, before optimism. headroom: factor key -> points there were. gain: of Net, by the plan. advice: SAFE, DEPENDS,
    SKIP or empty. cost_minor: over the months of the plan.
    """

    id: int
    name: str
    expected: Mapping[str, float]
    headroom: Mapping[str, float]
    gain: float | None
    cost_minor: int
    advice: str = ""
    must_fix: bool = False


@dataclass(frozen=True, slots=True)
class NotDone:
    """An open action that is not in the plan. `why`: a reason of plan_rows, or "left"."""

    id: int
    name: str
    why: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was known and expected on the day a plan was decided on; never changed afterwards.

    net, net_low, net_high: the Net of that day; low, likely, high: the Net expected (None without draws); gain: of Net
    by the plain plan. scores, points: factor key -> score and c_k. sure: action id -> share of draws it was chosen in.
    """

    on: date
    net: float | None
    net_low: float | None
    net_high: float | None
    people: int
    first: date
    last: date
    gain: float
    low: float | None
    likely: float | None
    high: float | None
    optimism: float
    measured: int
    seed: int | None
    regret: float | None
    cost_minor: int
    hours: float
    months: int
    style: str
    budget_minor: int | None
    hours_limit: float | None
    actions: tuple[Promised, ...] = ()
    not_done: tuple[NotDone, ...] = ()
    by_lever: Mapping[str, float] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    points: Mapping[str, float] = field(default_factory=dict)
    form: int = 1

    def of(self, action_id: int) -> Promised | None:
        """What was promised of an action."""
        return next((one for one in self.actions if one.id == action_id), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one action, as it was read on the day of a review.

    expected: points that were promised of the factor looked at, optimism counted in; None where the figure is another.
    change, low, high: the customer's way round, better is above 0; None while it cannot be told. said: one of
    trends.records_effect.SAYINGS, or "not_started".
    """

    id: int
    name: str
    status: str
    said: str
    sentence: str
    expected: float | None = None
    raw: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    factor: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """How a goal stands. value: in the unit of the figure; None without enough answers. progress: one of PROGRESS."""

    goal: Goal
    label: str
    less_is_better: bool
    value: float | None
    low: float | None
    high: float | None
    n: int
    progress: str
    chance: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What was kept when a strategy ended or was reviewed: Net and everything else as of that day."""

    on: date
    net: float | None
    net_low: float | None
    net_high: float | None
    n: int
    actions: tuple[Outcome, ...] = ()
    goals: tuple[Reached, ...] = ()


@dataclass(frozen=True, slots=True)
class Strategy:
    """The mix that was chosen for a time. state: "draft", "running" or "ended". result: None until it was reviewed."""

    name: str
    mix: str
    starts: date
    ends: date
    review: date
    months: int
    style: str
    promise: Promise | None = None
    budget_minor: int | None = None
    hours: float | None = None
    state: str = "running"
    learned: str = ""
    result: Result | None = None
    goals: tuple[Goal, ...] = ()
    id: int | None = None


@dataclass(frozen=True, slots=True)
class ActionNow:
    """An action of a strategy today. effect: None while it has not been started. outcome: what would be kept of it."""

    id: int
    name: str
    status: str
    started: date | None
    done: date | None
    due: date | None
    promised: Promised | None
    outcome: Outcome
    effect: EffectResult | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A strategy with how it stands now: its actions, its goals, Net since it began (or the last 90 days)."""

    strategy: Strategy
    actions: tuple[ActionNow, ...]
    goals: tuple[Reached, ...]
    net: Estimate


@dataclass(frozen=True, slots=True)
class OverTime:
    """Everything the tab shows: the strategy that runs as it stands, and those that ended, the latest first."""

    running: Kept | None
    ended: tuple[Strategy, ...]
    currency: str = ""


def progress(goal: Goal, value: float | None, low: float | None, high: float | None, less: bool) -> tuple[str, bool]:
    """How far a goal has come, and whether the way so far may be chance: the range reaches back to where it began."""
    if value is None:
        return "unknown", False
    start = goal.starts_from
    reaches_back = start is not None and low is not None and high is not None and low <= start <= high
    if _there(value, goal.target, less):
        return "reached", reaches_back and start is not None and not _there(start, goal.target, less)
    if start is None or start == goal.target:
        return "still", False
    way = (value - start) / (goal.target - start)
    word: Literal["on_the_way", "still", "away"] = (
        "on_the_way" if way >= STILL else "away" if way <= -STILL else "still"
    )
    return word, word != "still" and reaches_back


def _there(value: float, target: float, less: bool) -> bool:
    return value <= target if less else value >= target


def problems(strategy: Strategy) -> dict[str, str]:
    """What is wrong, by field; empty where it can be kept."""
    found = {}
    if not strategy.name.strip():
        found["name"] = _("Give it a name, such as “Winter 2026”.")
    if not strategy.mix.strip():
        found["mix"] = _("Say the mix in one sentence.")
    if strategy.ends <= strategy.starts:
        found["ends"] = _("It ends before it begins.")
    if strategy.review < strategy.starts:
        found["review"] = _("The review would be before it begins.")
    return found


def check(strategy: Strategy) -> None:
    """UserError for a strategy that cannot be kept, naming the first reason."""
    wrong = problems(strategy)
    if wrong:
        raise UserError(_("The strategy could not be saved."), next(iter(wrong.values())))
