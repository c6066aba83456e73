"""SQL of the Surveys page: the list of surveys, who was asked, what came back so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Factor, Question
from cvdesk.db import Queries
from cvdesk.stats.intervals import Estimate, wilson
from cvdesk.surveys import store
from cvdesk.surveys.records import Asked, Survey
from cvdesk.surveys.store_rounds import Rounds, rounds

SATISFIED = 4  # worth it: 4 or 5 of 5 (METHOD 2)

_ROWS = """
SELECT surveys.id, surveys.name, surveys.form, surveys.started, surveys.ended,
    count(sheets.asked) AS asked,
    count(CASE WHEN sheets.asked IS NOT NULL THEN sheets.answered END) AS answered,
    count(CASE WHEN sheets.asked IS NULL THEN sheets.answered END) AS unasked, max(sheets.answered) AS last
FROM surveys LEFT JOIN sheets ON sheets.survey_id = surveys.id
GROUP BY surveys.id
ORDER BY surveys.ended IS NOT NULL, COALESCE(surveys.started, '') DESC, surveys.id DESC
"""
_SHEETS = """
SELECT sheets.id, sheets.customer_id, COALESCE(customers.name, '') AS name, sheets.asked, sheets.way, sheets.answered,
    sheets.code, assessments.id AS assessment_id
FROM sheets LEFT JOIN customers ON customers.id = sheets.customer_id
LEFT JOIN assessments ON assessments.sheet_id = sheets.id AND assessments.state = 'done'
WHERE sheets.survey_id = ? AND (sheets.asked IS NOT NULL OR sheets.answered IS NOT NULL)
ORDER BY sheets.customer_id IS NULL, customers.name COLLATE NOCASE, sheets.id
"""
_INVITED = """
SELECT invitations.id, invitations.customer_id, customers.name, invitations.asked, invitations.way
FROM invitations JOIN customers ON customers.id = invitations.customer_id
WHERE invitations.survey_id = ? ORDER BY customers.name COLLATE NOCASE, invitations.id
"""
# Somebody who was asked twice counts once, with the latest answer; a sheet without a name is a person.
_WORTH_IT = """
SELECT count(*) AS n, sum(value >= ?) AS satisfied FROM (
    SELECT answers.value, row_number() OVER (
        PARTITION BY COALESCE(assessments.customer_id, -assessments.id)
        ORDER BY assessments.date DESC, assessments.id DESC
    ) AS place
    FROM questions CROSS JOIN question_versions AS version ON version.question_id = questions.id
    CROSS JOIN sheets CROSS JOIN assessments ON assessments.sheet_id = sheets.id AND assessments.state = 'done'
    CROSS JOIN answers ON answers.question_version_id = version.id AND answers.assessment_id = assessments.id
    WHERE questions.key = 'worth_it' AND sheets.survey_id = ?
        AND answers.state = 'answered' AND answers.value IS NOT NULL
) WHERE place = 1
"""
_COMMENTS = """
SELECT assessments.id, assessments.date, answers.text, COALESCE(customers.name, '') AS name
FROM sheets JOIN assessments ON assessments.sheet_id = sheets.id AND assessments.state = 'done'
JOIN answers ON answers.assessment_id = assessments.id AND answers.state = 'answered'
JOIN question_versions AS version ON version.id = answers.question_version_id
JOIN questions ON questions.id = version.question_id AND questions.kind = 'text'
LEFT JOIN customers ON customers.id = assessments.customer_id
WHERE sheets.survey_id = ? AND trim(answers.text) <> ''
ORDER BY assessments.date DESC, answers.id DESC LIMIT ?
"""
_COMMENTS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey as the list shows it. `unasked`: sheets that came in though nobody was asked by name (the counter)."""

    id: int
    name: str
    form: str
    started: date | None
    ended: date | None
    asked: int
    answered: int
    unasked: int
    last: date | None

    @property
    def share(self) -> Estimate:
        """Share of those asked who answered, Wilson (METHOD 2)."""
        return wilson(self.answered, self.asked)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One who was asked, or one blank sheet. `answered` and `code` say nothing where `known` is False: the survey is
    anonymous, and who has answered is known to nobody.
    """

    id: int
    customer_id: int | None
    name: str
    asked: date | None
    way: str
    answered: date | None
    reminded: date | None
    code: str = ""
    assessment_id: int | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Comment:
    """Words on a sheet; `name` is empty where the sheet leads to nobody."""

    assessment_id: int
    date: date
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """All the card of a survey shows. `answers`: sheets that came back, those of the counter included."""

    survey: Survey
    offering: str
    questions: tuple[Question, ...]
    factors: tuple[Factor, ...]
    by_way: dict[str, Asked]
    rate: Estimate
    answers: int
    worth_it: Estimate
    comments: tuple[Comment, ...]
    rounds: Rounds
    sheets: int


def survey_rows(db: Queries) -> list[SurveyRow]:
    """All surveys, those that still run first, the newest on top."""
    return [
        SurveyRow(row["id"], row["name"], row["form"], _day(row["started"]), _day(row["ended"]), row["asked"],
                  row["answered"], row["unasked"], _day(row["last"]))
        for row in db.rows(_ROWS)
    ]  # fmt: skip


def asked_rows(db: Queries, survey: Survey) -> list[AskedRow]:
    """Who was asked, by name, then blank sheets; of an anonymous survey only who was asked."""
    if survey.id is None:
        raise ValueError("the survey is not saved yet")
    reminded = rounds(db, survey.id).reminded
    if survey.anonymous:
        return [
            AskedRow(row["id"], row["customer_id"], row["name"], _day(row["asked"]), row["way"], None,
                     reminded.get(row["customer_id"]), known=False)
            for row in db.rows(_INVITED, (survey.id,))
        ]  # fmt: skip
    return [
        AskedRow(row["id"], row["customer_id"], row["name"], _day(row["asked"]), row["way"], _day(row["answered"]),
                 reminded.get(row["customer_id"]) if row["customer_id"] else None, row["code"], row["assessment_id"])
        for row in db.rows(_SHEETS, (survey.id,))
    ]  # fmt: skip


def survey_of(db: Queries, sheet_id: int) -> int | None:
    """The survey a sheet belongs to; None for a sheet that is gone."""
    found: int | None = db.value("SELECT survey_id FROM sheets WHERE id = ?", (sheet_id,))
    return found


def survey_card(db: Queries, survey_id: int) -> SurveyCard:
    """What a survey asks and what came of it so far; LookupError for a missing one."""
    survey = store.get(db, survey_id)
    by_way = store.asked_by_way(db, survey_id)
    offering = db.value("SELECT name FROM offerings WHERE id = ?", (survey.offering_id,))
    return SurveyCard(
        survey,
        offering or "",
        tuple(store.questions(db, survey)),
        tuple(catalogue.factors(db)),
        by_way,
        store.response_rate(db, survey_id),
        db.value("SELECT count(answered) FROM sheets WHERE survey_id = ?", (survey_id,)),
        worth_it(db, survey_id),
        comments(db, survey_id),
        rounds(db, survey_id),
        db.value("SELECT count(*) FROM sheets WHERE survey_id = ?", (survey_id,)),
    )


def worth_it(db: Queries, survey_id: int) -> Estimate:
    """Share of those who answered the question who say it was worth it, by their latest answer, Wilson (METHOD 2)."""
    found = db.rows(_WORTH_IT, (SATISFIED, survey_id))[0]
    return wilson(int(found["satisfied"] or 0), int(found["n"]))


def comments(db: Queries, survey_id: int, most: int = _COMMENTS_SHOWN) -> tuple[Comment, ...]:
    """The latest words on the sheets of a survey."""
    return tuple(
        Comment(row["id"], date.fromisoformat(row["date"]), row["text"], row["name"])
        for row in db.rows(_COMMENTS, (survey_id, most))
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
