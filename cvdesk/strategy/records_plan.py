"""What a plan is chosen from, how it is chosen, and what comes out of it (METHOD 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cvdesk.catalogue.records import GAINS
from cvdesk.strategy.records import Action

SAFE_FROM, DEPENDS_FROM = 0.8, 0.5
SAFE, DEPENDS, SKIP = "safe", "depends", "skip"


@dataclass(frozen=True, slots=True)
class FactorStanding:
    """How we stand on one factor. score: 1-5, as measured (with incidents counted in); centre, se: of the "plus-one"
    interval, for the draws. point: c_k, change of Net per point of score, its sign with it. advantage: over the best
    rival, above 0 is better for us; None where unknown. n: how many answered.
    """

    key: str
    label: str
    lever: str
    score: float
    centre: float
    se: float
    weight: float
    point: float
    advantage: float | None
    n: int
    limit: float | None = None

    @property
    def headroom(self) -> float:
        """How far it can get better, in points: 5 - score, or score - 1 where less is better."""
        return 5 - self.score if self.lever in GAINS else self.score - 1


@dataclass(frozen=True, slots=True)
class Basis:
    """What every plan is measured against: the Net shown on Home, factors with a figure, multipliers m_L of the levers.

    first, last: the days the answers are from. optimism: what lifts are multiplied by (METHOD 4.2); measured: how many
    actions it rests on, 0 for the usual 0.7. why: empty, or what is still missing for any plan, said to the owner.
    rival: the best competitor's name, empty where there is none; guessed: known by the owner's guess only.
    """

    net: float | None
    net_low: float | None
    net_high: float | None
    people: int
    first: date
    last: date
    factors: tuple[FactorStanding, ...] = ()
    multipliers: Mapping[str, float] = field(default_factory=dict)
    optimism: float = 0.7
    measured: int = 0
    rival: str = ""
    why: str = ""
    rival_id: int | None = None
    guessed: bool = False

    def of(self, key: str) -> FactorStanding | None:
        """The standing of a factor by its key."""
        return next((one for one in self.factors if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be spent: money in minor units over all months (None: no limit), hours in all (None: no limit).

    months: how long the plan runs. style: one of STYLES. ticked: ids the owner wants in the plan whatever comes out;
    barred: ids that must stay out. what_if_scores: factor key -> score; what_if_levers: lever -> multiplier.
    """

    budget_minor: int | None = None
    hours: float | None = None
    months: int = 3
    style: str = "balanced"
    ticked: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    what_if_scores: Mapping[str, float] = field(default_factory=dict)
    what_if_levers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """A plan and what it is expected to bring, luck of single actions left as chances.

    chosen: ids, in the order they earn their money. gain: of Net, by the plain weights whatever the style, beside what
    must be fixed anyway. by_action: id -> what Net would lose without it; by_lever: lever -> share of what the plan
    adds, 0-1, together 1; by_factor: factor key -> points of Net, below 0 where it gets worse. cost_minor, hours: what
    the plan takes. exact: whether every possible plan was looked at. over: how much it is over the budget or hours,
    with what must be fixed (own ticks).
    """

    chosen: tuple[int, ...]
    gain: float
    by_action: Mapping[int, float]
    by_lever: Mapping[str, float]
    by_factor: Mapping[str, float]
    cost_minor: int
    hours: float
    exact: bool = True
    over_minor: int = 0
    over_hours: float = 0.0


@dataclass(frozen=True, slots=True)
class Sureness:
    """What 5,000 draws of what is not known say of a plan (METHOD 4.4).

    chosen: action id -> share of draws whose best plan has it; ranks: id -> share of draws it ranks first, second ...
    by gain per cost. regret: mean gain of Net lost against the best plan of each draw. low, high: Net if it is done,
    2.5th and 97.5th of 100; likely: what is expected of it, as `PlanOutcome.gain` has it. find_out: what to find out
    first, a sentence, and what it is about: ("factor" | "lever" | "lift" | "chance", key or id). best_of: how many
    plans a draw chose among, 0 for all there are.
    """

    draws: int
    seed: int
    chosen: Mapping[int, float]
    ranks: Mapping[int, tuple[float, ...]]
    regret: float
    low: float
    likely: float
    high: float
    find_out: tuple[str, tuple[str, str]] | None = None
    best_of: int = 0

    def advice(self, action_id: int) -> str:
        """SAFE, DEPENDS or SKIP for an action."""
        share = self.chosen.get(action_id, 0.0)
        return SAFE if share >= SAFE_FROM else DEPENDS if share >= DEPENDS_FROM else SKIP


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the best plan becomes another one: "plan changes if Costs weigh more than 1.6".

    what: ("factor", key), ("lever", key) or ("budget", ""); at: the value; more: whether from there upwards.
    comes, goes: ids of actions that come into the plan and leave it.
    """

    what: tuple[str, str]
    at: float
    more: bool
    comes: tuple[int, ...]
    goes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """Everything the Plan tab shows: the basis, all open actions, must-fix ones apart, a plan for each style.

    must_fix: at the top, outside the choice (METHOD 4.1), their cost taken off the budget first. styles: style -> its
    best plan, with the ticks in it and the barred left out; own: exactly the owner's ticks where there are any, else
    None. basis: as it would be with the what-ifs. alone: id -> points of Net (low, likely, high) of each action by
    itself, as far as its lift is known. dropped: ids of actions that will not come: what needs them cannot either.
    """

    basis: Basis
    limits: Limits
    actions: tuple[Action, ...]
    must_fix: tuple[Action, ...]
    styles: Mapping[str, PlanOutcome] = field(default_factory=dict)
    own: PlanOutcome | None = None
    sure: Sureness | None = None
    turns: tuple[Turn, ...] = ()
    alone: Mapping[int, tuple[float, float, float]] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()
