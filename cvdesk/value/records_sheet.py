"""A score sheet while it is filled in: its answers by step, how far it has come, what the owner's guess amounts to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cvdesk.catalogue.records import LEVERS, Factor, Question
from cvdesk.stats.value import Guess, lever_multipliers, owner_guess
from cvdesk.value.records import guess_result
from cvdesk.value.records_forms import (
    IMPORTANCE,
    MATTERS,
    OVERALL,
    PARTS,
    POINTS,
    Asked,
    Details,
    points_left,
    shares,
    steps_of,
)  # fmt: skip

_DONE = ("answered", "not_apply")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given: a value, a text, or neither where the question does not apply."""

    value: float | None = None
    state: str = "answered"
    text: str = ""


NOTHING = Given(state="skipped")
NOT_APPLY = Given(state="not_apply")


class SheetState:
    """What is on a sheet, as its form shows it. `importance`: how much each factor matters to the owner, 0-5."""

    def __init__(self, asked: Asked, details: Details) -> None:
        self.asked, self.details = asked, details
        self.answers: dict[str, Given] = {}
        self.importance = {factor.key: round(factor.importance or 0) for factor in asked.factors}
        self.steps: dict[str, list[Question]] = steps_of(asked.on_sheet(details))

    def change(self, details: Details) -> None:
        """Takes other details; another form asks something else."""
        self.details = details
        self.steps = steps_of(self.asked.on_sheet(details))

    def answer(self, key: str) -> Given:
        """What was answered to a question; nothing where it was not."""
        return self.answers.get(key, NOTHING)

    def has_answer(self, key: str) -> bool:
        """Whether a question needs nothing more."""
        return self.answer(key).state in _DONE

    @property
    def had_problem(self) -> bool:
        """Whether something went wrong: only then it is asked whether they told the business."""
        return self.answers.get("had_problem", NOTHING).value == 1.0

    # How far it has come

    def keys(self, step: str) -> list[str]:
        """The questions a step asks."""
        return [one.key for one in self.steps[step] if one.key != "told_us" or self.had_problem]

    def given(self, step: str) -> int:
        """How many questions of a step have an answer."""
        return sum(self.has_answer(key) for key in self.keys(step))

    def first_open(self) -> str | None:
        """The first step with a question that has no answer; None where every question has one."""
        return next((step for step in self.steps if self.given(step) < len(self.keys(step))), None)

    @property
    def open_count(self) -> int:
        """How many questions have no answer yet; nobody has to say anything in words."""
        keys = [key for step in self.steps for key in self.keys(step)]
        words = {one.key for some in self.steps.values() for one in some if one.kind == "text"}
        return sum(key not in words and not self.has_answer(key) for key in keys)

    def counts(self) -> dict[str, tuple[int, int]]:
        """Answers and questions of each step, and of what matters."""
        found = {step: (self.given(step), len(self.keys(step))) for step in self.steps}
        if self.may_weigh:
            said, factors = self.ratings, self.weighed()
            shared = self.answer(POINTS).state == "answered"
            found[MATTERS] = (sum(bool(said.get(one.key)) for one in factors) + shared, len(factors) + 1)
        return found

    # What matters

    @property
    def may_weigh(self) -> bool:
        """Whether it may be asked what matters: of this business, where the file has the questions."""
        known = self.asked.question(IMPORTANCE) or self.asked.question(POINTS)
        return known is not None and self.details.competitor_id is None and bool(self.steps)

    def weighed(self) -> list[Factor]:
        """The factors that are asked about, in order."""
        keys = [one.factor_key for lever in LEVERS for one in self.steps.get(lever, [])]
        return [factor for key in keys if (factor := self.asked.factor(key)) is not None]

    @property
    def ratings(self) -> Mapping[str, int]:
        """How much each factor matters: to the owner by the factors, to a customer by her sheet."""
        return self.importance if self.details.guess else shares(self.answer(IMPORTANCE).text)

    @property
    def points(self) -> dict[str, int]:
        """Points by lever, whether they come to ten or not."""
        return shares(self.answer(POINTS).text)

    def rated(self, key: str, value: int) -> Given:
        """The answer that holds a customer's ratings once this one is added; 0 takes it out."""
        said = {**shares(self.answer(IMPORTANCE).text), key: value}
        return _kept({one: number for one, number in said.items() if number}, whole=True)

    def shared(self, points: Mapping[str, int]) -> Given:
        """The answer that holds these points; they count once they come to ten, until then they wait there."""
        return _kept(dict(points), whole=points_left(points) == 0)

    # The owner's guess

    def guess(self) -> Guess:
        """What the owner's answers amount to so far (METHOD 1.2); by one question a lever on the one-minute form."""
        values = {key: given.value for key, given in self.answers.items() if given.state == "answered"}
        points = {lever: float(number) for lever, number in self.points.items()}
        shared = points if points_left(self.points) == 0 else None
        if PARTS in self.steps:
            levers = {one.key: one.lever for one in self.steps[PARTS] if one.lever and values.get(one.key) is not None}
            return owner_guess(values, levers, None, lever_multipliers(shared))
        factors = [replace(one, importance=self.importance.get(one.key) or None) for one in self.asked.factors]
        return guess_result({one.key: values.get(one.key) for one in factors}, factors, shared)

    def scored(self) -> tuple[int, int]:
        """How many questions about value have an answer, and how many there are."""
        steps = [step for step in self.steps if step != OVERALL]
        return sum(map(self.given, steps)), sum(len(self.keys(step)) for step in steps)


def _kept(given: dict[str, int], whole: bool) -> Given:
    text = json.dumps(given) if given else ""
    return Given(None, "answered" if whole and given else "skipped", text)
