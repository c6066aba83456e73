"""SQL of customers' answers: the latest of each person to each question within a period (METHOD 1.2, model.md)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.filters import assessments_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.stats.csat import SATISFIED_FROM
from cvdesk.stats.intervals import NEED_ANSWERS, Estimate, wilson
from cvdesk.stats.nps import count_ratings, nps

OURS = "assessments.kind = 'customer' AND assessments.state = 'done' AND assessments.competitor_id IS NULL"
# A sheet's answers come as one JSON object: rows of their own would take three times as long to hand over.
_SHEETS = f"""
SELECT customer_id, sheet_token, id, date, form, offering_id, segment_id, channel_id, (
  SELECT json_group_object(question_version_id, value) FROM answers
  WHERE assessment_id = assessments.id AND state = 'answered' AND value IS NOT NULL{{only}}) AS given
FROM assessments WHERE {OURS} AND {{chosen}} ORDER BY date, id
"""
_SHARED_OUT = f"""
SELECT assessments.customer_id, assessments.sheet_token, assessments.id, answers.text
FROM questions CROSS JOIN question_versions AS version ON version.question_id = questions.id
CROSS JOIN answers ON answers.question_version_id = version.id
CROSS JOIN assessments ON assessments.id = answers.assessment_id
WHERE questions.kind = ? AND answers.state = 'answered' AND {OURS} AND {{chosen}}
ORDER BY assessments.date, assessments.id
"""
_VERSIONS = """
SELECT version.id, questions.key, version.series
FROM question_versions AS version JOIN questions ON questions.id = version.question_id
"""


@dataclass(frozen=True, slots=True)
class Filled:
    """A finished sheet: who filled it in, when, on which form, and the numbers given, by (question key, series).

    offering, segment, channel: what the sheet belongs to, by id.
    """

    person: str
    date: str
    form: str
    given: Mapping[tuple[str, int], float]
    offering: int | None = None
    segment: int | None = None
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class Latest:
    """Usable answers: question key -> person -> latest number."""

    columns: Mapping[str, Mapping[str, float]]

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


def latest(db: Queries, chosen: Filter, today: date) -> Latest:
    """The latest usable answer of each person to each question in the period.

    An anonymous sheet is a person of its own, unless sheets share a token. Drafts, owners' sheets and sheets about
    competitors are left out.
    """
    return latest_of(filled_in(db, chosen, today))


def filled_in(db: Queries, chosen: Filter, today: date, questions: Collection[str] | None = None) -> list[Filled]:
    """The sheets that count in the period, by date, with what was answered on them (to these questions, or to all)."""
    clause = assessments_clause(up_to(chosen, today))
    # Translations of a question share a series, so their answers count as answers to one question.
    names = {str(row["id"]): (row["key"], row["series"]) for row in db.rows(_VERSIONS)}
    only = ""
    if questions is not None:
        wanted = [version for version, (key, _series) in names.items() if key in questions]
        only = f" AND question_version_id IN ({', '.join(wanted)})"
    sql = _SHEETS.format(chosen=clause.sql, only=only)
    rows = db.rows(sql, clause.parameters)
    # Parsed in one go: that is what takes the time, and a parser that stays keeps the names it has met.
    numbers = json.loads(f"[{','.join(row['given'] for row in rows)}]")
    return [
        Filled(
            person_of(row[0], row[1], row[2]),
            row[3],
            row[4],
            {names[key]: number for key, number in given.items()},
            row[5],
            row[6],
            row[7],
        )
        for row, given in zip(rows, numbers, strict=True)
    ]


def latest_of(sheets: Sequence[Filled]) -> Latest:
    """The latest answers on sheets that are in order of date."""
    found: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for sheet in sheets:
        for key, number in sheet.given.items():
            found[key][sheet.person] = number
    by_question: defaultdict[str, dict[int, dict[str, float]]] = defaultdict(dict)
    for (question, series), answers in found.items():
        by_question[question][series] = answers
    return Latest({question: _one_series(series) for question, series in by_question.items()})


def _one_series(found: Mapping[int, dict[str, float]]) -> dict[str, float]:
    """A new wording is not averaged with the old: the newest series answered by five people counts, else the newest."""
    if len(found) == 1:
        return next(iter(found.values()))
    newest_first = sorted(found, reverse=True)
    enough = (series for series in newest_first if len(found[series]) >= NEED_ANSWERS)
    return found[next(enough, newest_first[0])]


def shared_out(db: Queries, kind: str, chosen: Filter, today: date) -> list[dict[str, float]]:
    """Each person's latest importance of factors (`kind` "importance") or points of levers ("points")."""
    clause = assessments_clause(up_to(chosen, today))
    rows = db.rows(_SHARED_OUT.format(chosen=clause.sql), (kind, *clause.parameters))
    by_person = {person_of(customer, token, sheet): shares_of(text) for customer, token, sheet, text in rows}
    return [shares for shares in by_person.values() if shares]


def shares_of(text: str) -> dict[str, float]:
    """Importance or points as they are kept in an answer's text; empty where there is none."""
    shares: dict[str, float] = json.loads(text) if text else {}
    return shares


def person_of(customer: int | None, token: str | None, sheet: int) -> str:
    """Who filled a sheet in; an anonymous one is a person of its own, unless sheets share a token."""
    if customer is not None:
        return f"c{customer}"
    return f"t{token}" if token else f"s{sheet}"
