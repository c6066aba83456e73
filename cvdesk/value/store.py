"""SQL of score sheets: filling one in, answer by answer, and reading it again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.value.records import ANSWER_STATES, FORMS, SCALES, AnswerValue, Sheet
from cvdesk.value.store_evidence import evidence
from cvdesk.value.store_scorecard import scorecard
from cvdesk.wording import _

__all__ = [
    "answer", "answers", "delete", "evidence", "finish", "open_draft", "resume", "scorecard",
    "sheet", "start",
]  # fmt: skip

_SHEET = """
SELECT id, kind, form, state, date, customer_id, competitor_id, offering_id, sheet_token FROM assessments WHERE id = ?
"""
_ANSWERS = """
SELECT questions.key, answers.state, answers.value, answers.text
FROM answers JOIN question_versions AS version ON version.id = answers.question_version_id
JOIN questions ON questions.id = version.question_id
WHERE answers.assessment_id = ? ORDER BY version.series
"""
_UNANSWERED_SHEET = """
SELECT sheets.id, assessments.date FROM assessments JOIN sheets ON sheets.id = assessments.sheet_id
WHERE assessments.id = ? AND sheets.answered IS NULL
"""
_KIND = """
SELECT questions.kind FROM question_versions AS version JOIN questions ON questions.id = version.question_id
WHERE version.id = ?
"""
_OPEN_DRAFT = """
SELECT id FROM assessments WHERE kind = ? AND state = 'draft' AND competitor_id IS ? AND sheet_id IS NULL
ORDER BY date DESC, id DESC LIMIT 1
"""


def start(
    op: Operation,
    kind: str,
    form: str,
    date: date,
    customer_id: int | None = None,
    offering_id: int | None = None,
    channel_id: int | None = None,
    segment_id: int | None = None,
    sheet_token: str | None = None,
    competitor_id: int | None = None,
    source: str = "",
    way: str = "",
    asked: Sequence[int] = (),
) -> int:
    """Begins a score sheet as a draft; the customer's segment of today is copied onto it unless one is given.

    `way`: how a sheet about a competitor came about; `asked`: the question versions it asks, where its form alone does
    not say so.
    """
    if form not in FORMS:
        raise ValueError(f"no form is called {form!r}")
    if segment_id is None and customer_id is not None:
        segment_id = op.value("SELECT segment_id FROM customers WHERE id = ?", (customer_id,))
    return op.insert("assessments", {
        "kind": kind, "form": form, "state": "draft", "date": date.isoformat(), "customer_id": customer_id,
        "offering_id": offering_id, "channel_id": channel_id, "segment_id": segment_id, "sheet_token": sheet_token,
        "competitor_id": competitor_id, "source": source, "way": way, "asked": json.dumps(list(asked)),
    })  # fmt: skip


def answer(
    op: Operation, assessment_id: int, version_id: int, value: float | None, state: str = "answered", text: str = ""
) -> None:
    """Writes one answer, over an earlier one. ValueError for a number off the question's scale."""
    if state not in ANSWER_STATES:
        raise ValueError(f"an answer cannot be {state!r}")
    kind = op.value(_KIND, (version_id,))
    if kind is None:
        raise LookupError(f"there is no question version {version_id}")
    if value is not None:
        _check(str(kind), value)
    values = {"state": state, "value": value if state == "answered" else None, "text": text}
    known = op.value(
        "SELECT id FROM answers WHERE assessment_id = ? AND question_version_id = ?", (assessment_id, version_id)
    )
    if known is None:
        op.insert("answers", {"assessment_id": assessment_id, "question_version_id": version_id, **values})
    else:
        op.update("answers", known, values)


def finish(op: Operation, assessment_id: int) -> None:
    """The sheet is complete and counts from now on. UserError while nothing on it is answered."""
    if not op.value("SELECT 1 FROM answers WHERE assessment_id = ? AND state = 'answered'", (assessment_id,)):
        raise UserError(_("Nothing on this score sheet is answered yet."), _("Answer at least one question."))
    op.update("assessments", assessment_id, {"state": "done"})
    survey = op.row(_UNANSWERED_SHEET, (assessment_id,))
    if survey is not None:  # asked on the phone, say: who was asked has answered
        op.update("sheets", survey["id"], {"answered": survey["date"]})


def resume(op: Operation, assessment_id: int) -> None:
    """Takes a finished sheet up again: a draft, which counts in no figure until it is finished."""
    op.update("assessments", assessment_id, {"state": "draft"})


def delete(op: Operation, assessment_id: int) -> None:
    """Throws a score sheet away with its answers, also a finished one; who was asked and came back stays known."""
    op.delete("assessments", assessment_id)


def open_draft(db: Queries, kind: str, competitor_id: int | None = None) -> int | None:
    """The latest sheet of this kind that was begun and not finished; None when there is none. No survey's sheet."""
    found: int | None = db.value(_OPEN_DRAFT, (kind, competitor_id))
    return found


def sheet(db: Queries, assessment_id: int) -> Sheet:
    """One score sheet; raises LookupError for a missing one."""
    row = db.row(_SHEET, (assessment_id,))
    if row is None:
        raise LookupError(f"there is no score sheet {assessment_id}")
    return Sheet(
        row["id"], row["kind"], row["form"], row["state"], date.fromisoformat(row["date"]), row["customer_id"],
        row["competitor_id"], row["offering_id"], row["sheet_token"],
    )  # fmt: skip


def answers(db: Queries, assessment_id: int) -> dict[str, AnswerValue]:
    """What is on a sheet: question key -> answer."""
    return {
        row["key"]: AnswerValue(row["state"], row["value"], row["text"]) for row in db.rows(_ANSWERS, (assessment_id,))
    }


def _check(kind: str, value: float) -> None:
    if kind not in SCALES:
        raise ValueError(f"a question of kind {kind} is not answered with a number")
    lowest, highest = SCALES[kind]
    if not lowest <= value <= highest:
        raise ValueError(f"{value} is outside {lowest:g} to {highest:g}")
