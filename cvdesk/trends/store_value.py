"""Series of what customers answered: Net, levers, factors and the overall questions, a step's latest answers each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import GAINS, LEVERS, Factor, Filter
from cvdesk.db import Queries
from cvdesk.stats.intervals import Estimate, mean_interval
from cvdesk.trends.months import first_of
from cvdesk.trends.records import Series
from cvdesk.trends.records_series import Begun, Kind, Measured, measured, share_measured
from cvdesk.trends.store_series import history, series
from cvdesk.value.store_answers import OURS, Filled, Latest, filled_in, latest_of
from cvdesk.value.store_scorecard import estimates_of, weighing
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

FACTOR = "factor:"  # keys of factors' series begin so
VALUE_KEYS = ("net", *LEVERS)

_MOSTLY = 0.8  # of a step's sheets that were asked one way
_FOR_GOOD = 3  # steps asked another way, before a change counts as one
_ENOUGH = 5  # sheets, for a step to say anything of how people are asked

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

# An overall question's series: its key, its unit, and how a step's answers become its figure.
_OVERALL: dict[str, tuple[str, str, Callable[[Latest], Estimate]]] = {
    "worth_it": ("worth_it", "share", lambda answers: answers.satisfied("worth_it")),
    "satisfaction": ("satisfaction", "share", lambda answers: answers.satisfied("satisfaction")),
    "ease": ("ease", "share", lambda answers: answers.satisfied("ease")),
    "nps": ("recommend", "points", Latest.recommend),
}
OVERALL_KEYS = tuple(_OVERALL)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of every step, by date, and the latest answers on them."""

    filled: Mapping[date, Sequence[Filled]]
    steps: Mapping[date, Latest]

    def breaks(self, db: Queries, questions: Collection[str]) -> list[Begun]:
        """Where series of these questions begin anew: worded otherwise, or asked otherwise of those who answer them."""
        wanted = set(questions)
        asked = {
            start: [sheet for sheet in sheets if any(key in wanted for key, _series in sheet.given)]
            for start, sheets in self.filled.items()
        }
        return [*reworded(db, wanted), *asked_otherwise(asked)]


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


def value_series(db: Queries, chosen: Filter, today: date, step: str = "month") -> Series:
    """Net value of each step's answers."""
    return value_and_levers(db, chosen, today, ("net",), step)["net"]


def lever_series(db: Queries, chosen: Filter, today: date, lever: str, step: str = "month") -> Series:
    """A lever's score of each step's answers; for costs and drawbacks less is better."""
    return value_and_levers(db, chosen, today, (lever,), step)[lever]


def value_and_levers(
    db: Queries,
    chosen: Filter,
    today: date,
    keys: Sequence[str] = VALUE_KEYS,
    step: str = "month",
    sheets: Sheets | None = None,
) -> dict[str, Series]:
    """Net and levers, read once for all of them. Floors from incidents do not enter a step: they need a whole year.

    sheets: with the answers to all questions, where they were read before; so too for the series below.
    """
    factors, weights, multipliers = weighing(db, chosen, today)
    wanted = factors if "net" in keys else [factor for factor in factors if factor.lever in keys]
    sheets = sheets or sheets_of(db, chosen, today, step, [factor.key for factor in wanted])
    steps = {start: estimates_of(answers, wanted, weights, multipliers) for start, answers in sheets.steps.items()}
    found = {}
    for key in keys:
        values = {start: measured(estimates[key]) for start, estimates in steps.items()}
        own = {factor.key for factor in factors if key in ("net", factor.lever)}
        lever = "" if key == "net" else key
        kind = Kind(key, title(key), "score" if lever else "net", bool(lever) and lever not in GAINS, lever)
        found[key] = series(db, kind, chosen, today, values, step, sheets.breaks(db, own))
    return found


def factor_of(db: Queries, key: str) -> Factor | None:
    """The factor in use a series key ("factor:quality") is about; None for one that is not, or no longer."""
    return next((factor for factor in catalogue.factors(db) if FACTOR + factor.key == key), None)


def factor_series(
    db: Queries, chosen: Filter, today: date, factor: Factor, step: str = "month", sheets: Sheets | None = None
) -> Series:
    """Mean of each step's answers about one thing customers value, from five on; less is better for burdens."""
    sheets = sheets or sheets_of(db, chosen, today, step, [factor.key])
    values = {
        start: measured(mean_interval(list(answers.column(factor.key).values())))
        for start, answers in sheets.steps.items()
    }
    kind = Kind(FACTOR + factor.key, factor.label, "score", factor.lever not in GAINS, factor.lever)
    return series(db, kind, chosen, today, values, step, sheets.breaks(db, {factor.key}))


def overall_series(
    db: Queries, chosen: Filter, today: date, key: str, step: str = "month", sheets: Sheets | None = None
) -> Series:
    """Worth it, satisfaction, ease (shares answering 4-5) or NPS of each step's score sheets."""
    question, unit, figure = _OVERALL[key]
    sheets = sheets or sheets_of(db, chosen, today, step, [question])
    shares = unit == "share"
    values: dict[date, Measured] = {
        start: (share_measured if shares else measured)(figure(answers)) for start, answers in sheets.steps.items()
    }
    kind = Kind(key, title(key), unit, chart="p" if shares else "xmr")
    return series(db, kind, chosen, today, values, step, sheets.breaks(db, {question}))


def worth_it_series(db: Queries, chosen: Filter, today: date, step: str = "month") -> Series:
    """Share of the step's score sheets that say it was worth it."""
    return overall_series(db, chosen, today, "worth_it", step)


def reworded(db: Queries, questions: Collection[str]) -> list[Begun]:
    """When one of these questions was first answered in a new wording: charts begin anew there (model.md)."""
    found: dict[date, Begun] = {}
    first: set[str] = set()
    for row in db.rows(_REWORDED):
        if row["key"] not in questions:
            continue
        if row["key"] in first:
            day = date.fromisoformat(row["first"])
            found[day] = Begun(day, _("A question was worded anew"), "wording")
        first.add(row["key"])
    return [found[day] for day in sorted(found)]


def asked_otherwise(steps: Mapping[date, Sequence[Filled]]) -> list[Begun]:
    """Where people begin to be asked on another form or by another way (METHOD 3.5: a new series begins there).

    At least four of five sheets of a step tell how its people were asked (five sheets or more; mixed steps tell
    nothing, nor does a channel nobody noted). After three steps of one kind, three of another begin a new phase with
    the first of them; fewer are a passing thing.
    """
    found: dict[date, Begun] = {}
    ways: tuple[Callable[[Filled], object], ...] = (lambda sheet: sheet.form, lambda sheet: sheet.channel)
    for way in ways:
        told = [(start, kind) for start in sorted(steps) if (kind := _mostly([way(one) for one in steps[start]]))]
        kinds = [kind for _start, kind in told]
        settled: object = None
        for place, (start, kind) in enumerate(told):
            if kinds[place : place + _FOR_GOOD] != [kind] * _FOR_GOOD:
                continue
            if settled is not None and kind != settled:
                found[start] = Begun(start, _("People are asked another way"), "asked")
            settled = kind
    return [found[start] for start in sorted(found)]


def _mostly(kinds: Sequence[object]) -> object:
    """What at least four of five are; None where nothing is, or too few to say."""
    if len(kinds) < _ENOUGH:
        return None
    kind, count = Counter(kinds).most_common(1)[0]
    return kind if count >= _MOSTLY * len(kinds) else None


def sheets_of(db: Queries, chosen: Filter, today: date, step: str, questions: Collection[str] | None = None) -> Sheets:
    """The sheets of each step, from the first on, that answer any of these questions, or any at all."""
    first = db.value(_FIRST)
    wide = history(chosen, today, None if first is None else date.fromisoformat(first), step)
    if wide is None:
        return Sheets({}, {})
    by_day: defaultdict[str, list[Filled]] = defaultdict(list)
    for sheet in filled_in(db, wide, today, questions):
        if sheet.given:
            by_day[sheet.date].append(sheet)
    steps: defaultdict[date, list[Filled]] = defaultdict(list)
    for day, sheets in by_day.items():
        steps[first_of(date.fromisoformat(day), step)] += sheets
    return Sheets(steps, {start: latest_of(sheets) for start, sheets in steps.items()})
