"""Series of what was logged: entries, ratings, complaints, and how long they took."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from datetime import date

from cvdesk.catalogue.filters import complaints_clause, up_to
from cvdesk.catalogue.records import Filter, Period
from cvdesk.customers.store_active import active_at_ends
from cvdesk.db import Queries
from cvdesk.figures.store_complaints import Case, cases
from cvdesk.figures.store_feedback import Tally, tallies
from cvdesk.stats.intervals import NEED_ANSWERS, wilson
from cvdesk.stats.rates import per_100
from cvdesk.stats.survival import kaplan_meier
from cvdesk.trends.months import last_of, months_between
from cvdesk.trends.records import Series
from cvdesk.trends.store_series import Kind, history, series
from cvdesk.wording import _

_FIRST_ENTRY = "SELECT min(date) FROM entries"
_FIRST_COMPLAINT = "SELECT min(date) FROM complaints"
_RECEIVED = "SELECT substr(date, 1, 7), count(*) FROM complaints WHERE {chosen} GROUP BY 1"

Values = dict[date, tuple[float | None, int]]


def title(key: str) -> str:
    """What a series of the log is called."""
    return {
        "entries": _("Feedback logged"),
        "rating": _("Mean rating"),
        "csat": _("Good ratings (4 and more)"),
        "complaints": _("Complaints per 100 customers"),
        "days": _("Days to resolve a complaint"),
    }[key]


def entries_series(db: Queries, chosen: Filter, today: date) -> Series:
    """Entries logged a month."""
    kind = Kind("entries", title("entries"), "count")
    counted = {
        month: sum(tally.entries for tally in found) for month, found in _tallied(db, kind, chosen, today).items()
    }
    values: Values = {month: (float(count), count) for month, count in counted.items()}
    return series(db, kind, chosen, today, _with_zeros(values, chosen, today))


def rating_series(db: Queries, chosen: Filter, today: date) -> Series:
    """Mean of the month's logged ratings, from five on."""
    kind = Kind("rating", title("rating"), "score")
    values: Values = {}
    for month, found in _tallied(db, kind, chosen, today).items():
        rated = sum(tally.rated for tally in found)
        total = math.fsum(tally.rating_sum for tally in found)
        values[month] = (total / rated if rated >= NEED_ANSWERS else None, rated)
    return series(db, kind, chosen, today, values)


def csat_series(db: Queries, chosen: Filter, today: date) -> Series:
    """Share of the month's logged ratings of 4 and more, from ten on."""
    kind = Kind("csat", title("csat"), "share")
    values: Values = {}
    for month, found in _tallied(db, kind, chosen, today).items():
        rated = sum(tally.rated for tally in found)
        values[month] = (wilson(sum(tally.satisfied for tally in found), rated).value, rated)
    return series(db, kind, chosen, today, values)


def complaints_series(db: Queries, chosen: Filter, today: date) -> Series:
    """Complaints of the month per 100 customers active at its end; n: those customers."""
    kind = Kind("complaints", title("complaints"), "rate", less_is_better=True)
    wide = history(db, kind.key, chosen, today, _day(db.value(_FIRST_COMPLAINT)))
    values: Values = {}
    if wide is not None and (found := _received(db, wide, today)):
        months = months_between(min(found), min(chosen.period.end, today))
        ends = [replace(chosen, period=Period(month, min(last_of(month), today))) for month in months]
        for month, active in zip(months, active_at_ends(db, ends, today), strict=True):
            values[month] = (per_100(found.get(month, 0), active).value, active)
    return series(db, kind, chosen, today, values)


def days_series(db: Queries, chosen: Filter, today: date) -> Series:
    """Median days to resolve of the complaints received in the month, from five on; open ones censored."""
    kind = Kind("days", title("days"), "days", less_is_better=True)
    by_month, end = _cases_by_month(db, kind, chosen, today)
    values: Values = {}
    for month, found in by_month.items():
        timed = [case for case in found if not (case.left_out or case.undated)]
        curve = kaplan_meier([case.days(end) for case in timed], [case.ended is not None for case in timed])
        values[month] = (curve.median().value, len(timed))
    return series(db, kind, chosen, today, values)


def _tallied(db: Queries, kind: Kind, chosen: Filter, today: date) -> dict[date, list[Tally]]:
    wide = history(db, kind.key, chosen, today, _day(db.value(_FIRST_ENTRY)))
    found: defaultdict[date, list[Tally]] = defaultdict(list)
    for tally in [] if wide is None else tallies(db, wide, today):
        found[date.fromisoformat(f"{tally.month}-01")].append(tally)
    return found


def _cases_by_month(db: Queries, kind: Kind, chosen: Filter, today: date) -> tuple[dict[date, list[Case]], date]:
    """Complaints by the month received, and the day as of which they stand as they do."""
    wide = history(db, kind.key, chosen, today, _day(db.value(_FIRST_COMPLAINT)))
    if wide is None:
        return {}, today
    found: defaultdict[date, list[Case]] = defaultdict(list)
    for case in cases(db, wide, today):
        found[case.received.replace(day=1)].append(case)
    return found, wide.period.end


def _received(db: Queries, chosen: Filter, today: date) -> dict[date, int]:
    """How many complaints were received in each month that has any."""
    clause = complaints_clause(up_to(chosen, today))
    rows = db.rows(_RECEIVED.format(chosen=clause.sql), clause.parameters)
    return {date.fromisoformat(f"{month}-01"): count for month, count in rows}


def _with_zeros(values: Values, chosen: Filter, today: date) -> Values:
    """A month without entries counts as 0, from the first month that has any."""
    if not values:
        return values
    return {month: values.get(month, (0.0, 0)) for month in months_between(min(values), min(chosen.period.end, today))}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
