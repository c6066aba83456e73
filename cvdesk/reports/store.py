"""Gathers what a report says: figures from those who make them, words and cases from the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.filters import complaints_clause, entries_clause, up_to
from cvdesk.catalogue.records import Filter, Period
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.catalogue.store_limits import limited_to
from cvdesk.customers.store_nameless import nobody_named
from cvdesk.db import Queries
from cvdesk.db.queries import Row
from cvdesk.figures import store as figures
from cvdesk.figures.store_complaints import Case, cases
from cvdesk.figures.store_complaints import complaints as complaint_figures
from cvdesk.reports.records import ComplaintLine, Quote, Register, StrategyReport
from cvdesk.reports.store_next import best_plan, importance_grid, who_does
from cvdesk.strategy.store_kept import strategies
from cvdesk.strategy.store_kept_now import over_time
from cvdesk.trends.store_value import value_series
from cvdesk.value import store as value
from cvdesk.value.store_rivals import best_rival

QUOTES = 6
TREND_MONTHS = 12

_QUOTES = """
SELECT entries.text, entries.date, entries.rating, entries.kind, customers.name AS who,
       (SELECT group_concat(themes.name, char(31)) FROM entry_themes JOIN themes ON themes.id = entry_themes.theme_id
        WHERE entry_themes.entry_id = entries.id AND entry_themes.state = 'confirmed') AS themes
FROM entries LEFT JOIN customers ON customers.id = entries.customer_id
WHERE {clause} AND {side} AND length(trim(entries.text)) >= 12
ORDER BY entries.position DESC LIMIT ?
"""
_GLAD = """(entries.kind = 'praise' OR entries.rating >= 4.5) AND COALESCE(entries.rating, 5) >= 4
  AND entries.kind <> 'problem'"""
_SORRY = "(entries.kind = 'problem' OR entries.rating <= 2) AND COALESCE(entries.rating, 1) <= 3"
_COMPLAINTS = """
SELECT complaints.id, complaints.number, complaints.date, complaints.text, complaints.severity, complaints.stage,
  complaints.outcome, complaints.cost_minor, customers.name AS who,
  (SELECT group_concat(themes.name, char(31)) FROM complaint_themes
   JOIN themes ON themes.id = complaint_themes.theme_id
   WHERE complaint_themes.complaint_id = complaints.id) AS themes
FROM complaints LEFT JOIN customers ON customers.id = complaints.customer_id
WHERE {clause} ORDER BY complaints.date {order}, complaints.number {order}
"""


_CAUSES = """
SELECT trim(cause), count(*) FROM complaints WHERE {clause} AND trim(cause) <> ''
GROUP BY 1 ORDER BY 2 DESC, 1
"""


def gather(db: Queries, chosen: Filter, today: date, names: bool = True) -> StrategyReport:
    """Everything the value-strategy report says, read as of one moment. `names`: customers may be named in it."""
    with db.snapshot():
        found = _with_next(db, _gather(db, chosen, today))
        return found if names else nobody_named(db, found)


def gather_summary(db: Queries, chosen: Filter, today: date, names: bool = True) -> StrategyReport:
    """The same without rivals and plans, which the summary does not show."""
    with db.snapshot():
        found = _gather(db, chosen, today)
        return found if names else nobody_named(db, found)


def _with_next(db: Queries, found: StrategyReport) -> StrategyReport:
    """The same with the edge, who does what and, where no strategy runs, the best plan."""
    rival = best_rival(db, found.filter, found.today)
    decided = found.strategy is not None and found.strategy.running is not None
    return replace(
        found, rival=rival, grid=importance_grid(db, found.filter, found.today) if rival is None else None,
        plan=None if decided else best_plan(db, found.today), who=who_does(db),
    )  # fmt: skip


def _gather(db: Queries, chosen: Filter, today: date) -> StrategyReport:
    series = value_series(db, _long_enough(chosen, today), today)
    return StrategyReport(
        letterhead(db),
        chosen,
        limited_to(db, chosen),
        today,
        figures.gather(db, chosen, today),
        value.scorecard(db, chosen, today),
        series if any(point.value is not None for point in series.points) else None,
        {theme.key: theme.name for theme in catalogue.named(db, "themes")},
        quotes(db, chosen, today, _GLAD),
        quotes(db, chosen, today, _SORRY),
        open_complaints(db, chosen, today),
        over_time(db, today) if strategies(db) else None,
    )


def _long_enough(chosen: Filter, today: date) -> Filter:
    """At least a year up to the period's end: a trend of three months shows nothing."""
    year = Period.last_months(TREND_MONTHS, min(chosen.period.end, today))
    return replace(chosen, period=Period(min(chosen.period.start, year.start), max(chosen.period.end, year.end)))


def register(db: Queries, chosen: Filter, today: date) -> Register:
    """Every complaint received in the period, the newest first."""
    with db.snapshot():
        found = complaint_figures(db, chosen, today, 0)
        clause = complaints_clause(up_to(chosen, today))
        return Register(
            letterhead(db), chosen, limited_to(db, chosen), today, _complaints(db, chosen, today, "DESC"),
            found.days_to_resolve, tuple((month.month, month.count) for month in found.by_month),
            tuple((row[0], row[1]) for row in db.rows(_CAUSES.format(clause=clause.sql), clause.parameters)),
        )  # fmt: skip


def quotes(db: Queries, chosen: Filter, today: date, side: str, most: int = QUOTES) -> tuple[Quote, ...]:
    """The latest words of customers of one side, as they were written."""
    clause = entries_clause(chosen)
    sql = _QUOTES.format(clause=clause.sql + " AND entries.date <= ?", side=side)
    return tuple(
        Quote(row["text"].strip(), date.fromisoformat(row["date"]), row["who"] or "", row["rating"], row["kind"],
              _split(row["themes"]))
        for row in db.rows(sql, (*clause.parameters, today.isoformat(), most))
    )  # fmt: skip


def open_complaints(db: Queries, chosen: Filter, today: date) -> tuple[ComplaintLine, ...]:
    """Complaints of the filter that were open at the earlier of period's end and today, the oldest first."""
    return tuple(line for line in _complaints(db, chosen, today, "ASC") if line.open)


def _complaints(db: Queries, chosen: Filter, today: date, order: str) -> tuple[ComplaintLine, ...]:
    """How each stood is for the figures to say, so that lists and counts agree."""
    clause = complaints_clause(chosen)
    day = min(chosen.period.end, today)
    stood = {case.id: case for case in cases(db, chosen, today)}
    rows = db.each(_COMPLAINTS.format(clause=clause.sql, order=order), clause.parameters)
    return tuple(_complaint(row, stood[row["id"]], day) for row in rows if row["id"] in stood)


def _complaint(row: Row, case: Case, day: date) -> ComplaintLine:
    heard = case.heard is not None and case.heard <= day
    days = [due for due in (case.resolve_by, None if heard else case.acknowledge_by) if due is not None]
    stage = row["stage"]
    if case.open and stage in ("resolved", "told", "closed"):
        stage = "acknowledged" if heard else "received"  # it was closed after the day this is about
    return ComplaintLine(
        row["number"], case.received, row["who"] or "", row["text"].strip(), row["severity"], stage,
        None if case.open else row["outcome"], _split(row["themes"]), min(days, default=None), case.ended,
        case.overdue(day), row["cost_minor"], case.open,
    )  # fmt: skip


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(names.split("\x1f")) if names else ()
