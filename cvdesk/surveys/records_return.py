"""What became of a form that came back: how it was read, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cvdesk.surveys.records import Returned
from cvdesk.value.records import AnswerValue
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day as day_name
from cvdesk.wording.numbers import whole

Outcome = Literal[
    "ready", "differs", "same", "twice", "empty", "picture", "encrypted", "foreign", "unknown", "newer", "damaged",
    "too_big", "no_form", "no_bytes", "several", "unreadable",
]  # fmt: skip
LARGEST = 25 * 1024 * 1024  # bytes; a form of ours has less than 0.5 MB, also with pictures of a signature added


@dataclass(frozen=True, slots=True)
class Brought:
    """One form that came back. `ready` ones are taken in; `differs` ones only where somebody says so.

    `sheet_id` None with a `survey_id`: a form for nobody in particular, which gets a sheet when it is taken in;
    `versions`: what it asks; `digest`: of the file it came in. `left_out`: answers that could not be taken, in words.
    """

    name: str
    outcome: Outcome
    survey_id: int | None = None
    survey: str = ""
    sheet_id: int | None = None
    code: str = ""
    who: str = ""
    returned: Returned | None = None
    versions: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()
    before: date | None = None
    ended: date | None = None
    business: str = ""
    digest: str = ""

    @property
    def answered(self) -> int:
        """How many of its questions are answered."""
        answers = self.returned.answers.values() if self.returned is not None else ()
        return sum(one.state == "answered" for one in answers)


@dataclass(frozen=True, slots=True)
class RawForm:
    """A PDF as it is: the hidden marker, every field with what stands in it, and, without fields, its words."""

    marker: str
    fields: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    author: str = ""


def same_answers(one: Returned, other: Mapping[int, AnswerValue]) -> bool:
    """Whether two sheets say the same; what was left blank and what was skipped are alike."""

    def said(answers: Mapping[int, AnswerValue]) -> dict[int, tuple[str, float | None, str]]:
        return {
            version: (answer.state, answer.value, answer.text)
            for version, answer in answers.items()
            if answer.state in ("answered", "not_apply")
        }

    return said(one.answers) == said(other)


def what(brought: Brought) -> str:
    """What became of a form, as a sentence."""
    outcome = brought.outcome
    if outcome == "ready":
        return _ready(brought)
    if outcome == "differs":
        if brought.before is None:
            return _("This list has another form with the same code and other answers.")
        return _("This sheet is here already with other answers, from {day}.").format(day=day_name(brought.before))
    named = {
        "same": _("This sheet is here already, with the same answers."),
        "twice": _("The same form stands in this list already."),
        "empty": _("Nothing on this form is filled in."),
        "picture": _("The answers can't be read: they are only a picture."),
        "encrypted": _("This PDF is locked, with a password or against changes."),
        "foreign": _("This is not one of your survey forms."),
        "newer": _("This form was made by a newer version of CV Desk."),
        "damaged": _("This PDF is damaged: part of it is missing."),
        "too_big": _("This file is larger than 25 MB, which no survey form is."),
        "no_form": _("This is neither a PDF nor an e-mail."),
        "no_bytes": _("This file is empty."),
        "several": _("This PDF holds several forms in one."),
        "unreadable": _("This file could not be opened."),
    }
    if outcome == "unknown":
        if brought.business:
            return _("This form is from “{business}”, and this file has no sheet of its code.").format(
                business=brought.business
            )
        return _("This file has no sheet with the code of this form.")
    return named[outcome]


def to_do(brought: Brought) -> str:
    """What to do about it; empty where there is nothing to do."""
    if brought.outcome == "picture" and brought.code:
        return _("Type them in from the picture: sheet {code}.").format(code=brought.code)
    return {
        "differs": _("Keep the others, or replace them by these."),
        "empty": _("Ask for the filled-in copy: perhaps it was sent before it was saved."),
        "picture": _("Open the file, find the code on it, and type the answers in."),
        "encrypted": _(
            "Open it, with the password if it asks for one, save it without the lock, then bring it in again."
        ),
        "foreign": _("Look whether it is the right file."),
        "unknown": _("Open the business file it belongs to, and bring it in there."),
        "newer": _("Update CV Desk, then bring it in again."),
        "damaged": _("Save it from the e-mail again, or ask for another copy."),
        "too_big": _("Look whether it is the right file."),
        "no_form": _("Drop PDF forms, or e-mails saved as .eml or .txt."),
        "no_bytes": _("Save it from the e-mail again, or ask for another copy."),
        "several": _("Bring in each form as a file of its own, as it was before they were put together."),
        "unreadable": _("Look whether it is still there and may be read."),
    }.get(brought.outcome, "")


def _ready(brought: Brought) -> str:
    count, asked = brought.answered, len(brought.versions)
    said = ngettext(
        "{count} of {asked} question answered.", "{count} of {asked} questions answered.", asked
    ).format(count=whole(count), asked=whole(asked))  # fmt: skip
    if brought.ended is not None:
        said += " " + _("The survey ended on {day}; it is taken in all the same.").format(day=day_name(brought.ended))
    return said


def summed_up(forms: list[Brought]) -> str:
    """A list of forms in one sentence."""
    ready = sum(one.outcome == "ready" for one in forms)
    differs = sum(one.outcome == "differs" for one in forms)
    parts = [ngettext("{count} form can be taken in", "{count} forms can be taken in", ready).format(
        count=whole(ready))]  # fmt: skip
    if differs:
        parts.append(ngettext("{count} waits for your choice", "{count} wait for your choice", differs).format(
            count=whole(differs)))  # fmt: skip
    rest = len(forms) - ready - differs
    if rest:
        parts.append(ngettext("{count} cannot be", "{count} cannot be", rest).format(count=whole(rest)))
    return _("{parts}.").format(parts=", ".join(parts))
