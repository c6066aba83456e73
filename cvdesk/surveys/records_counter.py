"""Whoever answers at the counter: what they are asked, what they have answered, and when it counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cvdesk.catalogue.records import Question
from cvdesk.surveys.records import Returned
from cvdesk.value.records import AnswerValue

# Of somebody who went away in the middle, the answers count from this many on: one tap alone may be a child's.
ENOUGH = 2
# Kinds of questions a finger can answer; sharing out points and rating a whole list are left to paper.
KINDS = ("scale5", "scale0_10", "yes_no", "text")
LONGEST = 1000  # signs of a comment
_TOLD, _PROBLEM = "told_us", "had_problem"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who began a survey at the counter, on which day, with the question versions put to them.

    `answers`: question version -> answer; what is missing was not come to. `whole`: they went through to the end.
    """

    survey_id: int
    day: date
    asked: tuple[int, ...]
    answers: Mapping[int, AnswerValue] = field(default_factory=dict)
    whole: bool = False

    def with_answer(self, version: int, answer: AnswerValue) -> Visitor:
        """The same visitor with one answer more, or changed."""
        return replace(self, answers={**self.answers, version: answer})


def path(questions: Sequence[Question], answers: Mapping[int, AnswerValue]) -> list[Question]:
    """The questions somebody is led through: whether they told the business only where there was a problem."""
    problem = any(
        one.key == _PROBLEM and one.version_id in answers and answers[one.version_id].value == 1.0 for one in questions
    )
    asks_first = any(one.key == _PROBLEM for one in questions)
    return [one for one in questions if one.kind in KINDS and (one.key != _TOLD or problem or not asks_first)]


def counts(visitor: Visitor, questions: Sequence[Question]) -> bool:
    """Whether the answers are taken in: of those who went to the end any, of others ENOUGH of them."""
    led = path(questions, visitor.answers)
    given = sum(_answered(visitor.answers.get(one.version_id)) for one in led)
    return given >= (1 if visitor.whole else min(ENOUGH, len(led))) and given > 0


def returned(visitor: Visitor, questions: Sequence[Question]) -> Returned:
    """The answers as they are taken in; what was never put to this visitor says so."""
    led = {one.version_id for one in path(questions, visitor.answers)}
    none = AnswerValue("not_asked", None)
    given = {version: answer for version, answer in visitor.answers.items() if version in led}
    return Returned(given | {one.version_id: none for one in questions if one.version_id not in led})


def as_text(visitor: Visitor) -> str:
    """A visitor as kept on disk until the answers are taken in."""
    answers = {str(version): [one.state, one.value, one.text] for version, one in visitor.answers.items()}
    return json.dumps({
        "survey": visitor.survey_id, "day": visitor.day.isoformat(), "asked": visitor.asked, "answers": answers,
        "whole": visitor.whole,
    }, ensure_ascii=False)  # fmt: skip


def from_text(text: str) -> Visitor:
    """A visitor as `as_text` wrote it."""
    kept = json.loads(text)
    answers = {int(version): AnswerValue(*one) for version, one in kept["answers"].items()}
    return Visitor(kept["survey"], date.fromisoformat(kept["day"]), tuple(kept["asked"]), answers, kept["whole"])


def _answered(answer: AnswerValue | None) -> bool:
    return answer is not None and answer.state == "answered"
