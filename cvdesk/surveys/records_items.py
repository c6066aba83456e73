"""What a form asks piece by piece: whatever is answered by itself has a number, a name and a scale of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cvdesk.catalogue.records import LEVERS, Factor, Question
from cvdesk.surveys.records import Returned
from cvdesk.value.records import SCALES, AnswerValue
from cvdesk.value.records_wording import asked_wording
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

TEN_POINTS = 10
_ASKED = ("scale5", "scale0_10", "yes_no", "text")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be answered. `kind`: scale5, scale0_10, yes_no, text or points (0-10 of ten to share out).

    A question that is answered in parts (how much each factor matters, ten points over the levers) has an item a
    part: `part` names it, `lead` is the question all of them belong to.
    """

    number: int
    version: int
    key: str
    kind: str
    wording: str
    anchors: Mapping[str, str]
    lever: str | None = None
    part: str = ""
    lead: str = ""

    @property
    def field(self) -> str:
        """Its name in a form: tied to the wording, so that an answer never lands at another question."""
        return f"q{self.version}-{self.part}" if self.part else f"q{self.version}"

    @property
    def scale(self) -> range:
        """The numbers it can be answered with; empty for words."""
        if self.kind == "points":
            return range(TEN_POINTS + 1)
        lowest, highest = SCALES.get(self.kind, (0.0, -1.0))
        return range(int(lowest), int(highest) + 1)


def items(questions: Sequence[Question], factors: Sequence[Factor], business: str, offer: str) -> list[Item]:
    """The pieces of a form in the order they are asked, numbered from 1. `factors`: those the questions belong to."""
    found: list[Item] = []
    labels = {factor.key: factor.label for factor in factors}
    for question in questions:
        words = asked_wording(question, False, business, offer)
        if question.kind == "importance":
            asked = [one.factor_key for one in questions if one.factor_key in labels] or list(labels)
            for key in asked:
                found.append(_part(question, len(found) + 1, "scale5", str(key), labels[str(key)], words))
        elif question.kind == "points":
            for lever in LEVERS:
                found.append(_part(question, len(found) + 1, "points", lever, _point_label(lever), words))
        elif question.kind in _ASKED:
            found.append(
                Item(
                    len(found) + 1, question.version_id, question.key, question.kind, words, question.anchors,
                    question.lever,
                )
            )  # fmt: skip
    return found


def _part(question: Question, number: int, kind: str, part: str, label: str, lead: str) -> Item:
    return Item(number, question.version_id, question.key, kind, label, question.anchors, None, part, lead)


def _point_label(lever: str) -> str:
    return {
        "worth": _("What the product or service does for me"),
        "benefits": _("How I am treated and how it feels"),
        "costs": _("What it costs me in money, time and effort"),
        "drawbacks": _("That nothing goes wrong or holds me up"),
    }[lever]


def assembled(asked: Sequence[Item], given: Mapping[str, AnswerValue]) -> tuple[Returned, list[str]]:
    """Answers by field as answers by question, and what had to be left out, in words.

    Points count only where they add up to ten; a part left blank then stands for none.
    """
    answers: dict[int, AnswerValue] = {}
    left_out: list[str] = []
    parts: dict[int, dict[str, AnswerValue]] = {}
    kinds: dict[int, str] = {}
    for item in asked:
        answer = given.get(item.field)
        if answer is None:
            continue
        if item.part:
            parts.setdefault(item.version, {})[item.part] = answer
            kinds[item.version] = item.kind
        else:
            answers[item.version] = answer
    for version, found in parts.items():
        numbers = {part: one.value for part, one in found.items() if one.state == "answered" and one.value is not None}
        if kinds[version] == "points" and numbers and sum(numbers.values()) != TEN_POINTS:
            left_out.append(
                _("The points add up to {sum} instead of 10, so they are left out.").format(
                    sum=whole(int(sum(numbers.values())))
                )
            )
        elif numbers:
            answers[version] = AnswerValue("answered", None, json.dumps(numbers))
        else:
            answers[version] = AnswerValue("not_apply", None)
    return Returned(answers), left_out


def heading(lever: str | None) -> str:
    """What a part of the form is called for the person who fills it in: nothing that could lead."""
    return {
        "worth": _("What you got"),
        "benefits": _("How it went"),
        "costs": _("What it took"),
        "drawbacks": _("What got in the way"),
    }.get(lever or "", _("All in all"))
