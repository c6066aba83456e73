"""SQL of the score sheets behind a figure: who answered, when, and what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from cvdesk.catalogue.filters import assessments_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.stats.intervals import NEED_ANSWERS
from cvdesk.value.records_score import SheetBehind
from cvdesk.value.store_answers import OURS, person_of

# A sheet once for every series of the questions answered on it.
_BEHIND = f"""
SELECT assessments.id, assessments.date, assessments.customer_id, assessments.sheet_token,
  COALESCE(customers.name, '') AS customer, version.series, max(answers.value) AS answer, (
    SELECT other.value FROM answers AS other
    JOIN question_versions ON question_versions.id = other.question_version_id
    JOIN questions ON questions.id = question_versions.question_id
    WHERE other.assessment_id = assessments.id AND questions.key = 'worth_it' AND other.state = 'answered') AS worth_it
FROM assessments LEFT JOIN customers ON customers.id = assessments.customer_id
CROSS JOIN answers ON answers.assessment_id = assessments.id AND answers.question_version_id IN
  (SELECT version.id FROM question_versions AS version JOIN questions ON questions.id = version.question_id
   WHERE questions.key IN ({{keys}}))
CROSS JOIN question_versions AS version ON version.id = answers.question_version_id
WHERE {OURS} AND answers.state = 'answered' AND answers.value IS NOT NULL AND {{chosen}}
GROUP BY assessments.id, version.series ORDER BY assessments.date, assessments.id
"""


def sheets_behind(db: Queries, questions: Collection[str], chosen: Filter, today: date) -> list[SheetBehind]:
    """The sheets whose answers to these questions count in the period, newest first, one a person.

    Of one question, each with her answer, in the wording that counts (model.md: a new wording is a new series).
    """
    clause = assessments_clause(up_to(chosen, today))
    sql = _BEHIND.format(keys=", ".join("?" * len(questions)), chosen=clause.sql)
    rows = db.rows(sql, (*questions, *clause.parameters))
    if len(questions) > 1:
        return _newest_first(rows, with_answer=False)
    series = sorted({row["series"] for row in rows}, reverse=True)
    by_series = [_newest_first([row for row in rows if row["series"] == one], with_answer=True) for one in series]
    enough = (sheets for sheets in by_series if len(sheets) >= NEED_ANSWERS)
    return next(enough, by_series[0]) if by_series else []


def _newest_first(rows: Collection[Any], with_answer: bool) -> list[SheetBehind]:
    """One a person: the latest."""
    found: dict[str, SheetBehind] = {}
    for row in rows:
        person = person_of(row["customer_id"], row["sheet_token"], row["id"])
        found.pop(person, None)  # so that the order is that of the latest
        found[person] = SheetBehind(
            row["id"], date.fromisoformat(row["date"]), row["customer_id"], row["customer"],
            row["answer"] if with_answer else None, row["worth_it"],
        )  # fmt: skip
    return list(found.values())[::-1]
