"""SQL of surveys: saving one, handing its sheets out, taking answers in."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Question
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.errors import UserError
from cvdesk.stats.intervals import Estimate, wilson
from cvdesk.surveys.records import Asked, Returned, Survey, SurveySheet
from cvdesk.surveys.records_codes import new_code
from cvdesk.value import records_forms as value_forms
from cvdesk.value import store as value
from cvdesk.wording import _
from cvdesk.wording.numbers import day as day_name

_SURVEY = """
SELECT id, name, form, questions, started, ended, language, offering_id, anonymous, greeting, thanks FROM surveys
"""
_SHEET = "SELECT id, survey_id, code, customer_id, asked, way, answered, questions FROM sheets"
_THESE_SHEETS = f"{_SHEET} WHERE id IN (SELECT value FROM json_each(?))"
_COUNTS = """
SELECT way, count(*) AS asked, count(answered) AS answered
FROM sheets WHERE survey_id = ? AND asked IS NOT NULL GROUP BY way
"""

Draw = Callable[[int], int]


def save(op: Operation, survey: Survey) -> int:
    """Writes a survey. UserError when its questions were to change after a sheet of it has gone out."""
    values = {
        "name": survey.name.strip(), "form": survey.form, "questions": json.dumps(survey.questions),
        "started": _text(survey.started), "ended": _text(survey.ended), "language": survey.language,
        "offering_id": survey.offering_id, "anonymous": int(survey.anonymous), "greeting": survey.greeting,
        "thanks": survey.thanks,
    }  # fmt: skip
    if survey.id is None:
        return op.insert("surveys", values)
    before = get(op, survey.id)
    fixed = (before.questions, before.form, before.anonymous, before.offering_id)
    if fixed != (survey.questions, survey.form, survey.anonymous, survey.offering_id) and op.value(
        "SELECT 1 FROM sheets WHERE survey_id = ?", (survey.id,)
    ):
        raise UserError(
            _("Sheets of “{name}” have gone out, so its questions stay as they are.").format(name=before.name),
            _("Make a new survey from it."),
        )
    op.update("surveys", survey.id, values)
    return survey.id


def get(db: Queries, survey_id: int) -> Survey:
    """One survey; LookupError for a missing one."""
    row = db.row(f"{_SURVEY} WHERE id = ?", (survey_id,))
    if row is None:
        raise LookupError(f"there is no survey {survey_id}")
    return _survey(row)


def surveys(db: Queries) -> list[Survey]:
    """All surveys, those that still run first, the newest on top."""
    return [
        _survey(row) for row in db.rows(f"{_SURVEY} ORDER BY ended IS NOT NULL, COALESCE(started, '') DESC, id DESC")
    ]


def questions(db: Queries, survey: Survey, sheet: SurveySheet | None = None) -> list[Question]:
    """What a survey asks, or what this sheet of it asks, in order and in the wording it was composed of."""
    return catalogue.questions_asked(db, sheet.questions if sheet is not None else survey.questions)


def drawn(
    db: Queries, survey: Survey, draw: Draw = secrets.randbelow, pool: Sequence[Question] = ()
) -> tuple[int, ...]:
    """The question versions of one sheet: all of them, on the rotating form two factors of each lever at random.

    `pool`: what the survey asks, where that was read before.
    """
    if survey.form != "rotating":
        return survey.questions
    kept = set(value_forms.drawn(pool or questions(db, survey), draw))
    return tuple(version for version in survey.questions if version in kept)


def hand_out(
    op: Operation,
    survey: Survey,
    day: date,
    way: str,
    customers: Sequence[int] = (),
    blank: int = 0,
    draw: Draw = secrets.randbelow,
) -> list[int]:
    """Makes a sheet for each of these customers and `blank` ones for nobody in particular; gives the sheets' ids.

    Who was asked is kept in any case; on an anonymous survey apart from the sheets, which are made in an order of
    their own, so that no sheet leads to anybody.
    """
    if survey.id is None:
        raise ValueError("the survey is not saved yet")
    for customer in customers:
        _invite(op, survey.id, customer, day, way)
    whose: list[int | None] = [*customers, *[None] * blank]
    if survey.anonymous:
        whose = [None] * len(whose)
    pool = questions(op, survey)
    return [_sheet_for(op, survey, one, day, way, draw, pool=pool) for one in whose]


def counter_sheet(
    op: Operation,
    survey: Survey,
    draw: Draw = secrets.randbelow,
    asked: Sequence[int] | None = None,
    way: str = "counter",
) -> int:
    """A sheet for whoever stands at the counter: nobody was asked by name, so it is in no response rate.

    `asked`: the question versions that were put; None: as they are drawn now. `way`: another one by which nobody is
    asked by name, as a form everybody may take along.
    """
    return _sheet_for(op, survey, None, None, way, draw, asked)


def _sheet_for(
    op: Operation,
    survey: Survey,
    customer: int | None,
    day: date | None,
    way: str,
    draw: Draw,
    asked: Sequence[int] | None = None,
    pool: Sequence[Question] = (),
) -> int:
    code = new_code(draw)
    while op.value("SELECT 1 FROM sheets WHERE code = ?", (code,)):
        code = new_code(draw)
    return op.insert("sheets", {
        "survey_id": survey.id, "code": code, "customer_id": customer, "asked": _text(day), "way": way,
        "questions": json.dumps(tuple(asked) if asked is not None else drawn(op, survey, draw, pool)),
    })  # fmt: skip


def _invite(op: Operation, survey_id: int, customer: int, day: date, way: str) -> None:
    known = op.value("SELECT id FROM invitations WHERE survey_id = ? AND customer_id = ?", (survey_id, customer))
    if known is None:
        op.insert(
            "invitations", {"survey_id": survey_id, "customer_id": customer, "asked": day.isoformat(), "way": way}
        )
    else:
        op.update("invitations", known, {"asked": day.isoformat(), "way": way})


def sheet(db: Queries, sheet_id: int) -> SurveySheet:
    """One sheet; LookupError for a missing one."""
    row = db.row(f"{_SHEET} WHERE id = ?", (sheet_id,))
    if row is None:
        raise LookupError(f"there is no sheet {sheet_id}")
    return _sheet(row, get(db, row["survey_id"]))


def sheets(db: Queries, sheet_ids: Iterable[int]) -> list[SurveySheet]:
    """These sheets, in this order; LookupError where one is missing."""
    wanted = list(sheet_ids)
    rows = {row["id"]: row for row in db.rows(_THESE_SHEETS, (json.dumps(wanted),))}
    missing = [sheet_id for sheet_id in wanted if sheet_id not in rows]
    if missing:
        raise LookupError(f"there is no sheet {missing[0]}")
    of = {survey_id: get(db, survey_id) for survey_id in {row["survey_id"] for row in rows.values()}}
    return [_sheet(rows[sheet_id], of[rows[sheet_id]["survey_id"]]) for sheet_id in wanted]


def sheet_by_code(db: Queries, code: str) -> SurveySheet | None:
    """The sheet with this code, written as `records_codes.as_code` gives it; None where this file has none."""
    row = db.row(f"{_SHEET} WHERE code = ?", (code,))
    return None if row is None else _sheet(row, get(db, row["survey_id"]))


def sheets_of(db: Queries, survey_id: int) -> list[SurveySheet]:
    """All sheets of a survey, the newest first."""
    survey = get(db, survey_id)
    return [_sheet(row, survey) for row in db.rows(f"{_SHEET} WHERE survey_id = ? ORDER BY id DESC", (survey_id,))]


def take_in(
    op: Operation, sheet_id: int, returned: Returned, day: date, channel: str = "survey", replace: bool = False
) -> int:
    """The answers on a sheet become a finished score sheet; gives its id. The only way answers of a survey come in.

    Questions of the sheet that are not in `returned` are kept as skipped. UserError where nothing is answered, or
    where the sheet has come back before and is not to be replaced. ValueError for an answer off its scale or to a
    question the sheet does not ask.
    """
    found = sheet(op, sheet_id)
    if returned.empty:
        raise UserError(_("Nothing on this sheet is answered."), _("Look whether it is the filled-in copy."))
    strange = set(returned.answers) - set(found.questions)
    if strange:
        raise ValueError(f"sheet {found.code} does not ask the question versions {sorted(strange)}")
    former = op.value("SELECT id FROM assessments WHERE sheet_id = ?", (sheet_id,))
    if former is not None:
        if not replace:
            came = found.answered or day
            raise UserError(
                _("Sheet {code} came back on {day} already.").format(code=found.code, day=day_name(came)),
                _("Nothing was changed."),
            )
        op.delete("assessments", former)
    made = begin(op, found, day, channel)
    for version in found.questions:
        one = returned.answers.get(version)
        if one is None:
            value.answer(op, made, version, None, "skipped")
        else:
            value.answer(op, made, version, one.value, one.state, one.text)
    value.finish(op, made)
    op.update("sheets", sheet_id, {"answered": day.isoformat()})
    return made


def begin(op: Operation, found: SurveySheet, day: date, channel: str = "survey") -> int:
    """A score sheet for the answers on a sheet, as a draft that counts nowhere yet."""
    survey = get(op, found.survey_id)
    made = value.start(
        op, "customer", survey.form, day, found.customer_id, survey.offering_id,
        op.value("SELECT id FROM channels WHERE key = ?", (channel,)),
        sheet_token=None if found.customer_id is not None else found.code, source=survey.name,
    )  # fmt: skip
    op.update("assessments", made, {"sheet_id": found.id, "asked": json.dumps(found.questions)})
    return made


def asked_by_way(db: Queries, survey_id: int) -> dict[str, Asked]:
    """How many sheets went out each way and how many of them came back; without those of the counter."""
    return {row["way"]: Asked(row["asked"], row["answered"]) for row in db.rows(_COUNTS, (survey_id,))}


def response_rate(db: Queries, survey_id: int) -> Estimate:
    """Share of the sheets handed out that came back, Wilson (METHOD 2)."""
    ways = asked_by_way(db, survey_id).values()
    return wilson(sum(one.answered for one in ways), sum(one.asked for one in ways))


def seeded(seed: int) -> Draw:
    """A way of drawing that repeats, for the sample."""
    return random.Random(seed).randrange


def _survey(row: Row) -> Survey:
    return Survey(
        row["id"], row["name"], row["form"], tuple(json.loads(row["questions"])), _day(row["started"]),
        _day(row["ended"]), row["language"], row["offering_id"], bool(row["anonymous"]), row["greeting"], row["thanks"],
    )  # fmt: skip


def _sheet(row: Row, survey: Survey) -> SurveySheet:
    asked = tuple(json.loads(row["questions"])) or survey.questions
    return SurveySheet(
        row["id"], row["survey_id"], row["code"], row["customer_id"], _day(row["asked"]), row["way"],
        _day(row["answered"]), asked,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
