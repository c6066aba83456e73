"""Gathers what a report says: figures from those who make them, words and cases from the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.filters import complaints_clause, entries_clause
from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Queries
from cvdesk.db.queries import Row
from cvdesk.figures import store as figures
from cvdesk.reports.records import ComplaintLine, Quote, Register, StrategyReport
from cvdesk.trends.store_value import value_series
from cvdesk.value import store as value

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
# Ended as the complaint figures mean it: by the first closing step that no reopening follows, up to the end.
_COMPLAINTS = """
SELECT * FROM (
  SELECT complaints.number, complaints.date, complaints.text, complaints.severity, complaints.stage,
    complaints.outcome, complaints.resolve_by, complaints.cost_minor, customers.name AS who,
    (SELECT group_concat(themes.name, char(31)) FROM complaint_themes
     JOIN themes ON themes.id = complaint_themes.theme_id
     WHERE complaint_themes.complaint_id = complaints.id) AS themes,
    CASE WHEN EXISTS (
        SELECT 1 FROM complaint_events AS step WHERE step.complaint_id = complaints.id
        AND step.stage IN ('resolved', 'told', 'closed', 'reopened'))
      THEN (
        SELECT min(step.date) FROM complaint_events AS step WHERE step.complaint_id = complaints.id
        AND step.stage IN ('resolved', 'told', 'closed') AND step.date <= ?1
        AND NOT EXISTS (
          SELECT 1 FROM complaint_events AS again WHERE again.complaint_id = complaints.id
          AND again.stage = 'reopened' AND again.date <= ?1 AND (again.date, again.id) > (step.date, step.id)))
      ELSE COALESCE(complaints.resolved, complaints.told, complaints.closed)
    END AS ended
  FROM complaints LEFT JOIN customers ON customers.id = complaints.customer_id
  WHERE complaints.date <= ?1 AND {clause}
) WHERE {wanted} ORDER BY date {order}, number {order}
"""
_OPEN = "(ended IS NULL OR ended > ?1)"
_LIMITED_BY = {
    "offering": "offerings", "segment": "segments", "channel": "channels", "theme": "themes", "tag": "tags",
}  # fmt: skip


def gather(db: Queries, chosen: Filter, today: date) -> StrategyReport:
    """Everything the value-strategy report and its one-page summary say."""
    series = value_series(db, _long_enough(chosen, today), today)
    return StrategyReport(
        catalogue.business(db),
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
    )


def _long_enough(chosen: Filter, today: date) -> Filter:
    """At least a year up to the period's end: a trend of three months shows nothing."""
    year = Period.last_months(TREND_MONTHS, min(chosen.period.end, today))
    return replace(chosen, period=Period(min(chosen.period.start, year.start), max(chosen.period.end, year.end)))


def register(db: Queries, chosen: Filter, today: date) -> Register:
    """Every complaint received in the period, the newest first."""
    return Register(
        catalogue.business(db), chosen, limited_to(db, chosen), today, _complaints(db, chosen, today, "1", "DESC")
    )


def limited_to(db: Queries, chosen: Filter) -> tuple[str, ...]:
    """The names of what a filter chose beside the period."""
    names = []
    for field, table in _LIMITED_BY.items():
        wanted = getattr(chosen, field)
        if wanted is not None:
            names.append(str(db.value(f"SELECT name FROM {table} WHERE id = ?", (wanted,))))
    return tuple(names)


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
    return _complaints(db, chosen, today, _OPEN, "ASC")


def _complaints(db: Queries, chosen: Filter, today: date, wanted: str, order: str) -> tuple[ComplaintLine, ...]:
    clause = complaints_clause(chosen)
    day = min(chosen.period.end, today)
    numbered = _numbered(clause.sql)
    sql = _COMPLAINTS.format(clause=numbered, wanted=wanted, order=order)
    return tuple(_complaint(row, day) for row in db.each(sql, (day.isoformat(), *clause.parameters)))


def _numbered(sql: str) -> str:
    """The clause with its marks numbered from 2 on, beside the day that is ?1."""
    parts = sql.split("?")
    return "".join(f"{part}?{place}" for place, part in enumerate(parts[:-1], start=2)) + parts[-1]


def _complaint(row: Row, day: date) -> ComplaintLine:
    ended = _day(row["ended"])
    if ended is not None and ended > day:
        ended = None
    due = _day(row["resolve_by"])
    return ComplaintLine(
        row["number"], date.fromisoformat(row["date"]), row["who"] or "", row["text"].strip(), row["severity"],
        row["stage"], row["outcome"], _split(row["themes"]), due, ended,
        ended is None and due is not None and due < day, row["cost_minor"],
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(names.split("\x1f")) if names else ()
