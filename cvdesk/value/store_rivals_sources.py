"""SQL of the ratings of a competitor, and the comparison by the best source there is (METHOD 1.8)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.catalogue.filters import assessments_clause
from cvdesk.catalogue.records import LEVERS, Factor, Filter
from cvdesk.db import Queries
from cvdesk.stats.intervals import NEED_ANSWERS, Estimate
from cvdesk.stats.rivals import Comparison, Rivalry, compare, leverages
from cvdesk.stats.value import SIGN
from cvdesk.value.records_rivals import Known, Source
from cvdesk.value.store_answers import Filled

# Who answers is the same person as on her sheet about us: her name, or the token both sheets share.
_RATED = """
SELECT CASE WHEN customer_id IS NOT NULL THEN 'c' || customer_id
    WHEN sheet_token <> '' THEN 't' || sheet_token ELSE 's' || assessments.id END AS person,
  assessments.id AS sheet, assessments.date, way, offering_id, questions.key, version.series, answers.value
FROM assessments CROSS JOIN answers ON answers.assessment_id = assessments.id
JOIN question_versions AS version ON version.id = answers.question_version_id
JOIN questions ON questions.id = version.question_id
WHERE assessments.competitor_id = ? AND assessments.kind = ? AND assessments.state = 'done'
  AND questions.factor_id IS NOT NULL AND answers.state = 'answered' AND answers.value IS NOT NULL AND {chosen}
ORDER BY assessments.date, assessments.id
"""

Columns = Mapping[str, Mapping[str, float]]  # factor key -> person -> rating 1-5
Wordings = Mapping[tuple[str, int], Mapping[str, float]]  # the same by (factor key, series)


@dataclass(frozen=True, slots=True)
class Ratings:
    """What is known about a competitor, by source."""

    used_both: Wordings
    visits: Wordings
    guess: Mapping[str, float]
    known: Known


@dataclass(frozen=True, slots=True)
class Weighed:
    """Factors with their weights, as the scorecard uses them."""

    factors: Sequence[Factor]
    weights: Mapping[str, float] | None
    multipliers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """The comparison by one source: the ratings it was made of, and its result."""

    source: Source
    people: int
    ours: Columns
    theirs: Columns
    paired: bool
    tested: bool
    comparison: Comparison

    @property
    def factors(self) -> int:
        return sum(one.advantage.value is not None for one in self.comparison.factors)


def by_wording(sheets: Sequence[Filled]) -> Wordings:
    """The latest rating of each person, by factor and wording; sheets in order of date."""
    found: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for sheet in sheets:
        for key, value in sheet.given.items():
            found[key][sheet.person] = value
    return found


def ratings(db: Queries, competitor_id: int, chosen: Filter) -> Ratings:
    """Everything on the sheets about a competitor. A guess stands until the next; visits count within the period."""
    clause = assessments_clause(chosen)
    by_customers = db.rows(_RATED.format(chosen=clause.sql), (competitor_id, "customer", *clause.parameters))
    both: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for row in by_customers:
        both[row["key"], row["series"]][row["person"]] = row["value"]
    visits: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    guess: dict[str, float] = {}
    guessed_on: date | None = None
    until = "assessments.date <= ?"
    end = chosen.period.end.isoformat()
    for row in db.rows(_RATED.format(chosen=until), (competitor_id, "owner", end)):
        if row["way"] == "mystery":
            if _counts(row, chosen):
                visits[row["key"], row["series"]][f"s{row['sheet']}"] = row["value"]
        elif row["offering_id"] == chosen.offering:
            guess[row["key"]] = row["value"]
            guessed_on = date.fromisoformat(row["date"])
    return Ratings(both, visits, guess, Known(_people(both), _people(visits), guessed_on))


def _counts(row: Any, chosen: Filter) -> bool:
    """Whether a visit belongs to the period and the product."""
    within = row["date"] >= chosen.period.start.isoformat()
    return within and (chosen.offering is None or row["offering_id"] == chosen.offering)


def _people(columns: Wordings) -> int:
    return len(set[str]().union(*columns.values()))


def best(ours: Wordings, rated: Ratings, weighed: Weighed) -> Found | None:
    """The best source that says anything: measured by customers, by visits, else a few visits, else the guess."""
    tries = (
        _used_both(ours, rated.used_both, weighed),
        _visited(ours, rated.visits, weighed),
        _untested("mystery", ours, _means(rated.visits), rated.known.visits, weighed),
        _untested("guess", ours, rated.guess, 1, weighed),
    )
    return next((found for found in tries if found is not None and found.factors), None)


def _used_both(ours: Wordings, theirs: Wordings, weighed: Weighed) -> Found:
    """Paired where the same people rated us, as far as that reaches; else all who rated them against all of ours."""
    pairs = {key: [who for who in found if who in ours.get(key, {})] for key, found in theirs.items()}
    same = _one_wording(pairs)
    first = {key: {who: ours[key, series][who] for who in pairs[key, series]} for key, series in same.items()}
    second = {key: {who: theirs[key, series][who] for who in pairs[key, series]} for key, series in same.items()}
    paired = _compared("used_both", first, second, True, weighed)
    apart = _apart("used_both", ours, theirs, weighed)
    if (paired.comparison.leverages.us is None) == (apart.comparison.leverages.us is None):
        return paired if paired.factors >= apart.factors or not paired.comparison.leverages.missing else apart
    return apart if paired.comparison.leverages.us is None else paired


def _visited(ours: Wordings, visits: Wordings, weighed: Weighed) -> Found:
    return _apart("mystery", ours, visits, weighed)


def _apart(source: Source, ours: Wordings, theirs: Wordings, weighed: Weighed) -> Found:
    both = {key: range(min(len(ours[key]), len(found))) for key, found in theirs.items() if key in ours}
    same = _one_wording(both)
    first = {key: ours[key, series] for key, series in same.items()}
    second = {key: theirs[key, series] for key, series in same.items()}
    return _compared(source, first, second, False, weighed)


def _one_wording(counted: Mapping[tuple[str, int], Collection[Any]]) -> dict[str, int]:
    """One wording of each question: the newest with enough answers on both sides, else the newest."""
    found: dict[str, int] = {}
    for key, series in sorted(counted, key=lambda one: one[1]):
        enough = len(counted[key, series]) >= NEED_ANSWERS
        if key not in found or enough or len(counted[key, found[key]]) < NEED_ANSWERS:
            found[key] = series
    return found


def _compared(source: Source, ours: Columns, theirs: Columns, paired: bool, weighed: Weighed) -> Found:
    counts = {key: min(len(ours[key]), len(theirs[key])) for key in ours}
    order = {key: sorted(ours[key]) for key in ours}
    us = {key: [ours[key][who] for who in order[key]] for key in ours}
    them = {key: [theirs[key][who] for who in (order[key] if paired else theirs[key])] for key in theirs}
    levers = _asked_about(weighed.factors, counts)
    found = compare(us, them, levers, weighed.weights, weighed.multipliers, paired=paired)
    people = len(set[str]().union(*theirs.values()))
    return Found(source, people, ours, theirs, paired, True, found)


def _means(visits: Wordings) -> dict[str, float]:
    newest = dict(sorted(visits))
    return {key: math.fsum(visits[key, series].values()) / len(visits[key, series]) for key, series in newest.items()}


def _untested(
    source: Source, ours: Wordings, theirs: Mapping[str, float], people: int, weighed: Weighed
) -> Found | None:
    """Single ratings about them beside customers' means about us: shown in grey, never tested."""
    newest = _one_wording(ours)
    columns = {key: ours[key, series] for key, series in newest.items() if len(ours[key, series]) >= NEED_ANSWERS}
    columns = {key: column for key, column in columns.items() if key in theirs}
    if not columns:
        return None
    means = {key: math.fsum(column.values()) / len(column) for key, column in columns.items()}
    shared = {key: theirs[key] for key in columns}
    levers = _asked_about(weighed.factors, dict.fromkeys(columns, NEED_ANSWERS))
    found = leverages(means, shared, levers, weighed.weights, weighed.multipliers)
    rivalries = tuple(
        Rivalry(
            key, levers[key], means[key], shared[key], len(columns[key]), people,
            Estimate(SIGN[levers[key]] * (means[key] - shared[key]), None, None, len(columns[key])),
            found.leverage.get(key), None, None,
        )
        for key in levers if key in columns
    )  # fmt: skip
    one = {key: {"them": value} for key, value in shared.items()}
    return Found(source, people, columns, one, False, False, Comparison(rivalries, found))


def _asked_about(factors: Sequence[Factor], counts: Mapping[str, int]) -> dict[str, str]:
    """The factors by which the levers are compared: the core ones alone where they all have enough answers.

    The short form asks no more than them on purpose (as on the scorecard).
    """
    levers = {factor.key: factor.lever for factor in factors}
    for lever in LEVERS:
        own = [factor for factor in factors if factor.lever == lever]
        core = [factor for factor in own if factor.core]
        if core and all(counts.get(factor.key, 0) >= NEED_ANSWERS for factor in core):
            for factor in own:
                if counts.get(factor.key, 0) < NEED_ANSWERS:
                    del levers[factor.key]
    return levers


def most(ours: Wordings, key: str) -> int:
    """How many people answered the most answered wording of a factor's question."""
    return max((len(column) for (own, _series), column in ours.items() if own == key), default=0)
