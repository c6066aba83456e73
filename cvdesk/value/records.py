"""Score sheets, the scorecard they add up to, and the owner's guess beside it (METHOD 1.2-1.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cvdesk.catalogue.records import Factor
from cvdesk.stats.intervals import Estimate
from cvdesk.stats.value import SIGN, Guess, Strength, lever_multipliers, owner_guess
from cvdesk.value.records_score import Incidents, MinuteCard

FORMS = ("minute", "short", "full", "rotating", "own")
ANSWER_STATES = ("answered", "not_apply", "skipped", "not_asked")
# Lowest and highest answer of each kind of question that is answered with a number.
SCALES = {"scale5": (1.0, 5.0), "scale0_10": (0.0, 10.0), "yes_no": (0.0, 1.0)}
GAP = 0.75  # from here on a guess counts as off (METHOD 1.6)

Verdict = Literal["", "blind_spot", "hidden_strength"]
WeightSource = Literal["customers", "owner", "equal"]
WeightChoice = Literal["auto", "customers", "owner", "equal"]
WEIGHT_CHOICES: tuple[WeightChoice, ...] = ("auto", "customers", "owner", "equal")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A score sheet: who filled it in, about what, when. `competitor_id` set: it is about somebody else."""

    id: int
    kind: str
    form: str
    state: str
    date: date
    customer_id: int | None
    competitor_id: int | None
    offering_id: int | None
    sheet_token: str | None


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """An answer: a number, words, or the state that says why there is none."""

    state: str
    value: float | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class FactorScore:
    """A factor as customers rate it, 1-5. `weight`: share of its lever, 0 where it does not count (yet).

    `points`: change of Net per point. `owner`: the owner's latest guess; `gap`: guess less customers' mean, above 0
    where the owner is too optimistic; both None where there is nothing to compare. `estimate` is what counts: where
    incidents say worse than the survey, their limit (`bound`), with what the survey leaves open beyond it (METHOD
    1.7); `survey` is then the survey alone. `incidents`: who had trouble here, None where nobody had.
    """

    key: str
    label: str
    lever: str
    estimate: Estimate
    strength: Strength | None
    weight: float
    points: float
    owner: float | None = None
    gap: float | None = None
    verdict: Verdict = ""
    survey: Estimate | None = None
    bound: bool = False
    incidents: Incidents | None = None


@dataclass(frozen=True, slots=True)
class LeverCard:
    """A lever's score with its factors. `multiplier`: how much it weighs in Net, 1 when all weigh the same."""

    lever: str
    estimate: Estimate
    strength: Strength | None
    multiplier: float
    factors: tuple[FactorScore, ...]
    owner: float | None = None
    gap: float | None = None
    verdict: Verdict = ""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What customers say they get and give. `people`: how many rated any factor; `guess`: the owner's own picture.

    `minute`: what the one-minute form says, a series of its own; `wanted`: whose word on weights the owner chose.
    """

    net: Estimate
    get: float | None
    give: float | None
    get_of: float
    give_of: float
    people: int
    worth_it: Estimate
    levers: tuple[LeverCard, ...]
    weights_from: WeightSource
    points_from: WeightSource
    guess: Guess
    guessed_on: date | None
    minute: MinuteCard | None = None
    wanted: WeightChoice = "auto"

    @property
    def from_minute(self) -> bool:
        """Whether only the one-minute forms allow a figure for value (METHOD 1.4)."""
        return self.net.value is None and self.minute is not None and self.minute.net.value is not None

    @property
    def headline_net(self) -> Estimate:
        """The value the headline speaks of: of the factors or, while that may not be shown, of one-minute forms."""
        return self.minute.net if self.minute is not None and self.from_minute else self.net

    @property
    def answered(self) -> int:
        """How many people answered, on whichever form there are more."""
        return max(self.people, self.minute.people if self.minute is not None else 0)

    def lever(self, key: str) -> LeverCard:
        """One lever; raises KeyError for an unknown one."""
        for card in self.levers:
            if card.lever == key:
                return card
        raise KeyError(key)

    def factor(self, key: str) -> FactorScore:
        """One factor; raises KeyError for an unknown one."""
        for card in self.levers:
            for score in card.factors:
                if score.key == key:
                    return score
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry or a complaint (`table` says which) that speaks about a factor."""

    table: str
    id: int
    date: date
    customer_id: int | None
    text: str
    rating: float | None
    severity: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was said about a factor: how many entries and complaints in all, and the latest of each."""

    entries: int
    complaints: int
    latest_entries: tuple[Proof, ...]
    latest_complaints: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class PersonAnswers:
    """One person's usable answers, the latest per question (key -> number)."""

    person: str
    values: Mapping[str, float]


def compared(lever: str, owner: float | None, customers: Estimate) -> tuple[float | None, Verdict]:
    """Owner's rating less customers' mean, oriented so that above 0 is optimistic, and what it means (METHOD 1.6)."""
    if owner is None or customers.value is None or customers.low is None or customers.high is None:
        return None, ""
    gap = SIGN[lever] * (owner - customers.value)
    if customers.low <= owner <= customers.high:
        return gap, ""
    if gap >= GAP - 1e-9:
        return gap, "blind_spot"
    return gap, "hidden_strength" if gap <= -GAP + 1e-9 else ""


def guess_result(
    answers: Mapping[str, float | None],
    factors: Sequence[Factor],
    points: Mapping[str, float] | None = None,
) -> Guess:
    """The owner's answers so far (factor key -> 1-5) as levers, get, give and Net.

    A lever counts as soon as one of its factors is answered, Net when all four do: this is a guess, shown while it is
    given, not a measurement. `points`: the owner's ten points shared over the levers. ValueError for answers off the
    scale.
    """
    given = {factor.key: factor.lever for factor in factors if answers.get(factor.key) is not None}
    importance = {factor.key: factor.importance for factor in factors if factor.importance is not None}
    return owner_guess(answers, given, importance or None, lever_multipliers(points))
