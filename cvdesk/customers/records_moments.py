"""What happened with a customer, in words: answers as they were given, contacts by what they were."""

from __future__ import annotations

from dataclasses import dataclass

from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `lever` is empty for the questions that belong to no part of value; `kind` as in questions."""

    asked: str
    lever: str
    kind: str
    applies: bool
    value: float | None
    text: str


def answer_in_words(answer: Answer) -> tuple[str, str]:
    """What was asked, and the answer as it was given; less is better is said each time."""
    if not answer.applies:
        return answer.asked, _("does not apply")
    if answer.kind == "text":
        return answer.asked, _("“{words}”").format(words=answer.text)
    value = answer.value or 0.0
    if answer.kind == "yes_no":
        return answer.asked, _("yes") if value else _("no")
    figure = number(value, 0 if value.is_integer() else 1)
    top = 10 if answer.kind == "scale0_10" else 5
    if answer.lever and words.less_is_better(answer.lever):
        return answer.asked, _("{value} of {top}, less is better").format(value=figure, top=top)
    return answer.asked, _("{value} of {top}").format(value=figure, top=top)


def touch_name(kind: str) -> str:
    """What kind of contact it was."""
    return {
        "contact": _("Spoke to them"), "check_in": _("Check-in"), "letter": _("Letter"), "gesture": _("Gesture"),
        "reward": _("Reward"), "onboarding": _("First steps"), "told": _("Told what changed"),
    }[kind]  # fmt: skip


__all__ = ["Answer", "answer_in_words", "touch_name"]
