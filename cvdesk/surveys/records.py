"""A survey, its sheets, and what comes back on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cvdesk.value.records import AnswerValue
from cvdesk.value.records_forms import CLOSING, FORMS, IMPORTANCE, MINUTE_CLOSING, POINTS, ROTATING, composed
from cvdesk.wording import _

__all__ = [
    "CLOSING", "FORMS", "IMPORTANCE", "MINUTE_CLOSING", "POINTS", "REST_DAYS", "ROTATING", "WAYS", "Asked", "Returned",
    "Survey", "SurveySheet", "composed", "problems",
]  # fmt: skip

WAYS = ("paper", "pdf", "email", "counter", "phone", "import")
REST_DAYS = 90  # nobody is asked again before, unless the business says otherwise


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
