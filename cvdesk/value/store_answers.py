"""SQL of customers' answers: the latest of each person to each question within a period (METHOD 1.2, model.md)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cvdesk.catalogue.filters import assessments_clause
from cvdesk.catalogue.records import Clause, Filter, Period
from cvdesk.db import Queries
from cvdesk.stats.csat import SATISFIED_FROM
from cvdesk.stats.intervals import NEED_ANSWERS, Estimate, wilson
from cvdesk.stats.nps import count_ratings, nps

# No row is that old: what a period that has not begun yet holds.
_NOTHING_YET = Period(date.min, date.min)

OURS = "assessments.kind = 'customer' AND assessments.state = 'done' AND assessments.competitor_id IS NULL"
_SHEETS = f"""
SELECT id, customer_id, sheet_token, date, form FROM assessments WHERE {OURS} AND {{chosen}} ORDER BY date, id
"""
# CROSS JOIN fixes the order: from the sheets of the period to their answers, never the other way round.
_ANSWERS = f"""
SELECT answers.assessment_id, answers.question_version_id, answers.value
FROM assessments CROSS JOIN answers ON answers.assessment_id = assessments.id
WHERE {OURS} AND {{chosen}} AND answers.state = 'answered' AND answers.value IS NOT NULL
"""
_SHARED_OUT = f"""
SELECT answers.assessment_id, answers.text
FROM assessments CROSS JOIN answers ON answers.assessment_id = assessments.id
WHERE {OURS} AND {{chosen}} AND answers.state = 'answered' AND answers.question_version_id IN (
  SELECT version.id FROM question_versions AS version JOIN questions ON questions.id = version.question_id
  WHERE questions.kind = ?)
"""
_VERSIONS = """
SELECT version.id, questions.key, version.series
FROM question_versions AS version JOIN questions ON questions.id = version.question_id
"""


@dataclass(frozen=True, slots=True)
class Filled:
    """Who filled a sheet in, when, and on which form. `place`: its position by date."""

    person: str
    date: str
    form: str
    place: int


@dataclass(frozen=True, slots=True)
class Latest:
    """Usable answers: question key -> person -> latest number, and question key -> the forms that asked it."""

    columns: Mapping[str, Mapping[str, float]]
    forms: Mapping[str, frozenset[str]]

    def column(self, question: str) -> Mapping[str, float]:
        """Person -> latest answer to a question."""
        return self.columns.get(question, {})

    def people(self, questions: Iterable[str]) -> list[dict[str, float | None]]:
        """Answers to these questions, one mapping a person who answered any of them."""
        found: defaultdict[str, dict[str, float | None]] = defaultdict(dict)
        for question in questions:
            for person, value in self.column(question).items():
                found[person][question] = value
        return list(found.values())

    def satisfied(self, question: str) -> Estimate:
        """Share answering 4-5 of a 1-5 question."""
        values = self.column(question).values()
        return wilson(sum(value >= SATISFIED_FROM for value in values), len(values))

    def recommend(self) -> Estimate:
        """Net promoter score; answers between whole numbers are no answers to it."""
        return nps(count_ratings([value for value in self.column("recommend").values() if value.is_integer()]))


def up_to(chosen: Filter, today: date) -> Filter:
    """The filter without the days after today; it finds nothing when all of its days are."""
    if chosen.period.end <= today:
        return chosen
    if chosen.period.start > today:
        return replace(chosen, period=_NOTHING_YET)
    return replace(chosen, period=Period(chosen.period.start, today))


def latest(db: Queries, chosen: Filter, today: date) -> Latest:
    """The latest usable answer of each person to each question in the period.

    An anonymous sheet is a person of its own, unless sheets share a token. Drafts, owners' sheets and sheets about
    competitors are left out.
    """
    sheets, rows = answered(db, chosen, today)
    return latest_of(rows, sheets, versions(db))


def answered(db: Queries, chosen: Filter, today: date) -> tuple[dict[int, Filled], list[Sequence[Any]]]:
    """The period's sheets, and all usable answers on them as (sheet, question version, number)."""
    clause = assessments_clause(up_to(chosen, today))
    rows: list[Any] = db.rows(_ANSWERS.format(chosen=clause.sql), clause.parameters)
    return _sheets(db, clause), rows


def latest_of(
    rows: Iterable[Sequence[Any]], sheets: Mapping[int, Filled], versions: Mapping[int, tuple[str, int]]
) -> Latest:
    """The latest answers among rows of (sheet, question version, number)."""
    found: defaultdict[tuple[str, int], dict[str, tuple[int, float]]] = defaultdict(dict)
    forms: defaultdict[str, set[str]] = defaultdict(set)
    by_version = {version: (found[key], forms[key[0]]) for version, key in versions.items()}
    for sheet_id, version, value in rows:
        sheet = sheets[sheet_id]
        column, asked_on = by_version[version]
        known = column.get(sheet.person)
        if known is None or known[0] < sheet.place:
            column[sheet.person] = (sheet.place, value)
        asked_on.add(sheet.form)
    questions = {key for key, _series in found}
    return Latest(
        {question: _one_series(question, found) for question in questions},
        {question: frozenset(asked_on) for question, asked_on in forms.items()},
    )


def _one_series(question: str, found: Mapping[tuple[str, int], Mapping[str, tuple[int, float]]]) -> dict[str, float]:
    """A new wording is not averaged with the old: the newest series answered by five people counts, else the newest."""
    series = sorted((key[1] for key, column in found.items() if key[0] == question and column), reverse=True)
    if not series:
        return {}
    enough = (number for number in series if len(found[question, number]) >= NEED_ANSWERS)
    return {person: value for person, (_place, value) in found[question, next(enough, series[0])].items()}


def versions(db: Queries) -> dict[int, tuple[str, int]]:
    """Question version -> (question key, series); translations share a series."""
    return {row["id"]: (row["key"], row["series"]) for row in db.rows(_VERSIONS)}


def shared_out(db: Queries, kind: str, chosen: Filter, today: date) -> list[dict[str, float]]:
    """Each person's latest importance of factors (`kind` "importance") or points of levers ("points")."""
    clause = assessments_clause(up_to(chosen, today))
    rows = db.rows(_SHARED_OUT.format(chosen=clause.sql), (*clause.parameters, kind))
    if not rows:
        return []
    sheets = _sheets(db, clause)
    by_person: dict[str, dict[str, float]] = {}
    for sheet_id, text in sorted(rows, key=lambda row: sheets[row["assessment_id"]].place):
        by_person[sheets[sheet_id].person] = shares_of(text)
    return [shares for shares in by_person.values() if shares]


def shares_of(text: str) -> dict[str, float]:
    """Importance or points as they are kept in an answer's text; empty where there is none."""
    shares: dict[str, float] = json.loads(text) if text else {}
    return shares


def _sheets(db: Queries, clause: Clause) -> dict[int, Filled]:
    found: dict[int, Filled] = {}
    for place, row in enumerate(db.rows(_SHEETS.format(chosen=clause.sql), clause.parameters)):
        sheet_id, customer, token, day, form = row
        person = f"c{customer}" if customer is not None else f"t{token}" if token else f"s{sheet_id}"
        found[sheet_id] = Filled(person, day, form, place)
    return found
