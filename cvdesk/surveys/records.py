"""A survey, its sheets, and what comes back on one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import LEVERS, Factor, Question
from cvdesk.value.records import AnswerValue
from cvdesk.wording import _

FORMS = ("minute", "short", "full", "rotating", "own")
WAYS = ("paper", "pdf", "email", "counter", "phone", "import")
ROTATING = 2  # factors of each lever on a sheet of the rotating form (METHOD 1.1)
REST_DAYS = 90  # nobody is asked again before, unless the business says otherwise
# What a form ends with, in this order; the one-minute form only with the first and the last.
CLOSING = (
    "worth_it", "satisfaction", "ease", "recommend", "had_problem", "told_us", "comment_keep", "comment_change",
)  # fmt: skip
MINUTE_CLOSING = ("worth_it", "comment_change")
IMPORTANCE, POINTS = "importance", "lever_points"  # keys of the two questions that may follow


@dataclass(frozen=True, slots=True)
class Survey:
    """A form with the wordings it was composed of.

    questions: ids of question versions in the order they are asked; on the rotating form the pool each sheet draws
    its factors from, then the closing questions. `anonymous`: no sheet leads to a customer.
    """

    id: int | None
    name: str
    form: str
    questions: tuple[int, ...]
    started: date | None = None
    ended: date | None = None
    language: str = "en"
    offering_id: int | None = None
    anonymous: bool = False
    greeting: str = ""
    thanks: str = ""


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """One copy of a survey. `questions`: what this copy asks; `customer_id` None: it leads to nobody."""

    id: int
    survey_id: int
    code: str
    customer_id: int | None
    asked: date | None
    way: str
    answered: date | None
    questions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back on a sheet: question version -> answer. Versions that are missing were left blank."""

    answers: Mapping[int, AnswerValue]

    @property
    def empty(self) -> bool:
        """Whether nothing on it is answered."""
        return not any(one.state == "answered" for one in self.answers.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """How many were asked and how many of these sheets came back, of a survey or of one way of asking."""

    asked: int
    answered: int


def composed(form: str, questions: Sequence[Question], factors: Sequence[Factor]) -> list[Question]:
    """What a form asks, in order: factors lever by lever, then the closing questions and the owner's own.

    `questions`: as they are asked now. The one-minute form asks one question a lever, none of a factor, and is a
    series of its own. The rotating form gives the whole pool here; `drawn` picks from it. ValueError for "own", which
    has no order but the owner's.
    """
    by_key = {question.key: question for question in questions}
    if form == "minute":
        keys = [f"lever_{lever}" for lever in LEVERS] + list(MINUTE_CLOSING)
    elif form in FORMS and form != "own":
        wanted = [factor for factor in factors if factor.core or form != "short"]
        own = [question.key for question in questions if question.own and question.overall]
        keys = [factor.key for lever in LEVERS for factor in wanted if factor.lever == lever]
        keys += [key for key in CLOSING if not key.startswith("comment_")] + own
        keys += [key for key in CLOSING if key.startswith("comment_")]
    else:
        raise ValueError(f"no form is composed by the name {form!r}")
    return [by_key[key] for key in keys if key in by_key]


def problems(survey: Survey) -> dict[str, str]:
    """What is wrong with a survey as it is: field -> message. Empty: it can be saved."""
    found = {}
    if not survey.name.strip():
        found["name"] = _("Give the survey a name, as “Bread round, spring”.")
    if survey.form not in FORMS:
        raise ValueError(f"no form is called {survey.form!r}")
    if not survey.questions:
        found["questions"] = _("Choose at least one question.")
    if survey.started and survey.ended and survey.ended < survey.started:
        found["ended"] = _("The survey ends before it starts.")
    return found
