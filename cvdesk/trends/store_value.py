"""Series of what customers answered: Net, levers, and the overall questions, a month's latest answers each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from cvdesk.catalogue.records import GAINS, LEVERS, Filter
from cvdesk.db import Queries
from cvdesk.stats.intervals import Estimate
from cvdesk.trends.records import Series
from cvdesk.trends.store_series import Kind, history, series
from cvdesk.value.store_answers import OURS, Filled, Latest, filled_in, latest_of
from cvdesk.value.store_scorecard import values_of, weighing
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

_FIRST = f"SELECT min(date) FROM assessments WHERE {OURS}"
_REWORDED = """
SELECT questions.key, version.series, min(assessments.date) AS first
FROM question_versions AS version JOIN questions ON questions.id = version.question_id
CROSS JOIN answers ON answers.question_version_id = version.id AND answers.state = 'answered'
CROSS JOIN assessments ON assessments.id = answers.assessment_id
WHERE version.question_id IN (SELECT question_id FROM question_versions WHERE series > 1)
  AND assessments.kind = 'customer' AND assessments.state = 'done' AND assessments.competitor_id IS NULL
GROUP BY questions.key, version.series ORDER BY questions.key, version.series
"""


VALUE_KEYS = ("net", *LEVERS)
# A question's series: how a month's answers become its figure, unit and title.
_OVERALL: dict[str, tuple[str, str, Callable[[Latest], Estimate]]] = {
    "worth_it": ("worth_it", "share", lambda answers: answers.satisfied("worth_it")),
    "satisfaction": ("satisfaction", "share", lambda answers: answers.satisfied("satisfaction")),
    "ease": ("ease", "share", lambda answers: answers.satisfied("ease")),
    "nps": ("recommend", "points", Latest.recommend),
}


def title(key: str) -> str:
    """What a value series is called."""
    if key in LEVERS:
        return lever_name(key)
    return {
        "net": _("Value"),
        "worth_it": _("Say it was worth it"),
        "satisfaction": _("Satisfied (score sheets)"),
        "ease": _("Found it easy"),
        "nps": _("Would recommend (NPS)"),
    }[key]


def value_series(db: Queries, chosen: Filter, today: date) -> Series:
    """Net value of each month's answers."""
    return value_and_levers(db, chosen, today, ("net",))["net"]


def lever_series(db: Queries, chosen: Filter, today: date, lever: str) -> Series:
    """A lever's score of each month's answers; for costs and drawbacks less is better."""
    return value_and_levers(db, chosen, today, (lever,))[lever]


def value_and_levers(db: Queries, chosen: Filter, today: date, keys: Sequence[str] = VALUE_KEYS) -> dict[str, Series]:
    """Net and levers, read once for all of them."""
    factors, weights, multipliers = weighing(db, chosen, today)
    asked = None if "net" in keys else [factor.key for factor in factors if factor.lever in keys]
    months = {
        month: values_of(answers, factors, weights, multipliers)
        for month, answers in _months(db, keys, chosen, today, asked).items()
    }
    found = {}
    for key in keys:
        values = {month: found_in[key] for month, found_in in months.items()}
        own = {factor.key for factor in factors if key in ("net", factor.lever)}
        lever = "" if key == "net" else key
        kind = Kind(key, title(key), "score" if lever else "net", bool(lever) and lever not in GAINS, lever)
        found[key] = series(db, kind, chosen, today, values, reworded(db, own))
    return found


def overall_series(db: Queries, chosen: Filter, today: date, key: str) -> Series:
    """Worth it, satisfaction, ease (shares answering 4-5) or NPS of each month's score sheets."""
    question, unit, figure = _OVERALL[key]
    values = {}
    for month, answers in _months(db, (key,), chosen, today, (question,)).items():
        estimate = figure(answers)
        values[month] = (estimate.value, estimate.n)
    return series(db, Kind(key, title(key), unit), chosen, today, values, reworded(db, {question}))


def worth_it_series(db: Queries, chosen: Filter, today: date) -> Series:
    """Share of the month's score sheets that say it was worth it."""
    return overall_series(db, chosen, today, "worth_it")


def reworded(db: Queries, questions: Collection[str]) -> list[tuple[date, str]]:
    """When one of these questions was first answered in a new wording: charts begin anew there (model.md)."""
    found: dict[date, str] = {}
    first: set[str] = set()
    for row in db.rows(_REWORDED):
        if row["key"] not in questions:
            continue
        if row["key"] in first:
            found[date.fromisoformat(row["first"])] = _("A question was worded anew")
        first.add(row["key"])
    return sorted(found.items())


def _months(
    db: Queries, keys: Iterable[str], chosen: Filter, today: date, questions: Collection[str] | None = None
) -> dict[date, Latest]:
    """The latest answers of each month, back to where the limits of all these series begin."""
    first = db.value(_FIRST)
    start = None if first is None else date.fromisoformat(first)
    wide = [one for key in keys if (one := history(db, key, chosen, today, start)) is not None]
    if not wide:
        return {}
    by_month: defaultdict[str, list[Filled]] = defaultdict(list)
    for sheet in filled_in(db, min(wide, key=lambda one: one.period.start), today, questions):
        by_month[sheet.date[:7]].append(sheet)
    return {date.fromisoformat(f"{month}-01"): latest_of(sheets) for month, sheets in by_month.items()}
