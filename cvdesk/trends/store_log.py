"""Series of what was logged: entries, their ratings, complaints, and what became of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from cvdesk.catalogue.filters import complaints_clause, up_to
from cvdesk.catalogue.records import Filter, Period
from cvdesk.customers.store_active_ends import active_at_ends
from cvdesk.db import Queries
from cvdesk.figures.store_complaints import cases
from cvdesk.figures.store_feedback import Tally, tallies
from cvdesk.stats.intervals import NEED_ANSWERS, wilson
from cvdesk.stats.rates import per_100
from cvdesk.stats.survival import kaplan_meier
from cvdesk.trends.months import first_of, last_of, start_sql, steps_between
from cvdesk.trends.records import Point, Series
from cvdesk.trends.records_series import Kind, Measured, Stretch, measured, share_measured
from cvdesk.trends.store_series import begun_of, charted, history, made_of, series
from cvdesk.wording import _

_FIRST_ENTRY = "SELECT min(date) FROM entries"
_FIRST_COMPLAINT = "SELECT min(date) FROM complaints"
_RECEIVED = "SELECT {start}, count(*) FROM complaints WHERE {chosen} GROUP BY 1"
_EACH_RECEIVED = "SELECT date FROM complaints WHERE {chosen} ORDER BY date, id"

_LONGER = {"week": "month", "month": "quarter", "quarter": "between"}

Values = Mapping[date, Measured]


def title(key: str) -> str:
    """What a series of the log is called."""
    return {
        "entries": _("Feedback logged"),
        "rating": _("Mean rating"),
        "csat": _("Good ratings (4 and more)"),
        "complaints": _("Complaints per 100 customers"),
        "between": _("Days between complaints"),
        "days": _("Days to resolve a complaint"),
    }[key]


def entries_series(db: Queries, chosen: Filter, today: date, step: str = "month") -> Series:
    """Entries logged in each step."""
    kind = Kind("entries", title("entries"), "count")
    counted = {
        start: sum(tally.entries for tally in found) for start, found in _tallied(db, chosen, today, step).items()
    }
    values = {start: Measured(float(count), count) for start, count in counted.items()}
    return series(db, kind, chosen, today, _with_zeros(values, chosen, today, step), step)


def rating_series(db: Queries, chosen: Filter, today: date, step: str = "month") -> Series:
    """Mean of the logged ratings of each step, from five on."""
    kind = Kind("rating", title("rating"), "score")
    values = {}
    for start, found in _tallied(db, chosen, today, step).items():
        rated = sum(tally.rated for tally in found)
        total = math.fsum(tally.rating_sum for tally in found)
        values[start] = Measured(total / rated if rated >= NEED_ANSWERS else None, rated)
    return series(db, kind, chosen, today, values, step)


def csat_series(db: Queries, chosen: Filter, today: date, step: str = "month") -> Series:
    """Share of the logged ratings of 4 and more, from ten on."""
    kind = Kind("csat", title("csat"), "share", chart="p")
    values = {}
    for start, found in _tallied(db, chosen, today, step).items():
        rated = sum(tally.rated for tally in found)
        values[start] = share_measured(wilson(sum(tally.satisfied for tally in found), rated))
    return series(db, kind, chosen, today, values, step)


def complaints_series(
    db: Queries, chosen: Filter, today: date, step: str = "month", active: Mapping[date, int] | None = None
) -> Series:
    """Complaints of each step per 100 customers active at its end; n: those customers.

    Where there are too few to count, longer steps are taken by themselves: below one complaint a month quarters, and
    below one a quarter the days from each complaint to the next (METHOD 3.1). active: how many customers are, at the
    end of each step, where they were counted before.
    """
    kind = Kind("complaints", title("complaints"), "rate", less_is_better=True, chart="u")
    wide = history(chosen, today, _day(db.value(_FIRST_COMPLAINT)), step)
    if wide is None or not (found := _received(db, wide, today, step)):
        return series(db, kind, chosen, today, {}, step)
    end = min(chosen.period.end, today)
    starts = steps_between(min(found), end, step)
    if sum(found.values()) < len(starts):
        longer = _LONGER[step]
        if longer == "between":
            return _between(db, chosen, today)
        return complaints_series(db, chosen, today, longer, active_of_longer(active, step))
    active = active or active_of_steps(db, chosen, today, starts, step)
    values = {
        start: measured(per_100(found.get(start, 0), active[start]), float(found.get(start, 0))) for start in starts
    }
    return series(db, kind, chosen, today, values, step)


def active_of_steps(
    db: Queries, chosen: Filter, today: date, starts: Sequence[date], step: str = "month"
) -> dict[date, int]:
    """How many customers are active at the end of each step, or today."""
    ends = [replace(chosen, period=Period(start, min(last_of(start, step), today))) for start in starts]
    return dict(zip(starts, active_at_ends(db, ends, today), strict=True))


def active_of_longer(active: Mapping[date, int] | None, step: str) -> dict[date, int] | None:
    """Customers active at the end of each quarter: of its last month that has begun. None where that is not known."""
    if active is None or step != "month":
        return None
    return {first_of(month, "quarter"): active[month] for month in sorted(active)}


def days_series(db: Queries, chosen: Filter, today: date, step: str = "month") -> Series:
    """Median days to resolve of the complaints received in each step, from five on; open ones censored."""
    kind = Kind("days", title("days"), "days", less_is_better=True)
    wide = history(chosen, today, _day(db.value(_FIRST_COMPLAINT)), step)
    timed: list[tuple[date, float, bool]] = []
    if wide is not None:
        timed = [
            (case.received, case.days(wide.period.end), case.ended is not None)
            for case in cases(db, wide, today)
            if not (case.left_out or case.undated)
        ]
    return series(db, kind, chosen, today, medians(timed, step), step)


def medians(timed: Sequence[tuple[date, float, bool]], step: str) -> dict[date, Measured]:
    """Median time of what began in each step, from (began, days so far, over): Kaplan-Meier, from five on."""
    by_step: defaultdict[date, list[tuple[float, bool]]] = defaultdict(list)
    for began, days, over in timed:
        by_step[first_of(began, step)].append((days, over))
    return {
        start: measured(kaplan_meier([days for days, _over in found], [over for _days, over in found]).median())
        for start, found in by_step.items()
    }


def _between(db: Queries, chosen: Filter, today: date) -> Series:
    """A point for each complaint: the days since the one before; a last one, still running, up to today."""
    kind = Kind("complaints", title("between"), "days", chart="between")
    wide = history(chosen, today, _day(db.value(_FIRST_COMPLAINT)))
    clause = complaints_clause(up_to(chosen if wide is None else wide, today))
    days = [date.fromisoformat(row[0]) for row in db.rows(_EACH_RECEIVED.format(chosen=clause.sql), clause.parameters)]
    points = [Point(day, float((day - before).days), 1) for before, day in pairwise(days)]
    end = min(chosen.period.end, today)
    if days and end > days[-1]:
        points.append(Point(end, float((end - days[-1]).days), 0, running=True))
    begun = begun_of(db, kind.key)
    stretches, firsts = [], []
    for first, last, why in _parts([point.start for point in points], [one.starts for one in begun]):
        own = tuple(points[first:last])
        judged = tuple(place for place, point in enumerate(own) if not point.running)
        values = [value for place in judged if (value := own[place].value) is not None]
        chart = charted(kind, values, (), ())
        stretches.append(Stretch(kind, "month", own, judged, (), chart, None if why is None else begun[why]))
        firsts.append(first)
    shown = next((place for place, point in enumerate(points) if point.start >= chosen.period.start), len(points))
    return made_of(db, kind, "month", points, stretches, firsts, [None] * len(points), shown, today)


def _parts(days: Sequence[date], begun: Sequence[date]) -> list[tuple[int, int, int | None]]:
    """(First position, one past the last, which of `begun` began it) of the days of each phase that has any."""
    latest = [sum(day >= start for start in begun) for day in days]
    firsts = [place for place in range(len(days)) if not place or latest[place] != latest[place - 1]]
    ends = [*firsts[1:], len(days)]
    return [(first, end, latest[first] - 1 if latest[first] else None) for first, end in zip(firsts, ends, strict=True)]


def _with_zeros(values: Values, chosen: Filter, today: date, step: str) -> Values:
    """Counts with 0 where nothing was logged."""
    if not values:
        return {}
    nothing = Measured(0.0, 0)
    return {
        start: values.get(start, nothing) for start in steps_between(min(values), min(chosen.period.end, today), step)
    }


def _tallied(db: Queries, chosen: Filter, today: date, step: str) -> dict[date, list[Tally]]:
    wide = history(chosen, today, _day(db.value(_FIRST_ENTRY)), step)
    found: defaultdict[date, list[Tally]] = defaultdict(list)
    for tally in [] if wide is None else tallies(db, wide, today, start_sql(step)):
        found[date.fromisoformat(tally.month)].append(tally)
    return found


def _received(db: Queries, chosen: Filter, today: date, step: str) -> dict[date, int]:
    """How many complaints were received in each step that has any."""
    clause = complaints_clause(up_to(chosen, today))
    rows = db.rows(_RECEIVED.format(start=start_sql(step), chosen=clause.sql), clause.parameters)
    return {date.fromisoformat(start): count for start, count in rows}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
