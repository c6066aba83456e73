"""SQL of the list of complaints, and of what is open and overdue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.filters import complaints_clause
from cvdesk.catalogue.records import Filter, match_key
from cvdesk.customers.store import like
from cvdesk.db import Queries

_OPEN = "complaints.stage NOT IN ('resolved', 'told', 'closed')"
_OVERDUE = (
    f"({_OPEN} AND (complaints.resolve_by < ? OR (complaints.stage = 'received' AND complaints.acknowledge_by < ?)))"
)


@dataclass(frozen=True, slots=True)
class ComplaintQuery:
    """What limits the list. `state`: all, open, overdue or settled; `urgent_first` puts what is due soonest on top."""

    chosen: Filter | None = None
    state: str = "all"
    severity: str | None = None
    customer: int | None = None
    search: str = ""
    urgent_first: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint as lists show it; the customer is empty when nobody is named."""

    id: int
    number: int
    date: dt.date
    customer_id: int | None
    customer: str
    text: str
    themes: str
    severity: str
    stage: str
    channel: str
    offering: str
    handler: str
    acknowledge_by: dt.date | None
    resolve_by: dt.date | None
    acknowledged: dt.date | None
    resolved: dt.date | None
    told: dt.date | None
    closed: dt.date | None
    outcome: str | None
    resolution: str
    cause: str
    cost_minor: int | None
    overdue: bool


_ROWS = """
SELECT complaints.id, number, complaints.date, complaints.customer_id, COALESCE(customers.name, '') AS customer,
    complaints.text, COALESCE((SELECT group_concat(themes.name, ', ') FROM complaint_themes
        JOIN themes ON themes.id = theme_id WHERE complaint_id = complaints.id), '') AS themes,
    severity, stage, COALESCE(channels.name, '') AS channel, COALESCE(offerings.name, '') AS offering,
    COALESCE(staff.name, '') AS handler, acknowledge_by, resolve_by, acknowledged, resolved, told, closed, outcome,
    resolution, cause, cost_minor, {overdue} AS overdue
FROM (SELECT id AS page_id FROM complaints WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?)
CROSS JOIN complaints ON complaints.id = page_id LEFT JOIN customers ON customers.id = complaints.customer_id
LEFT JOIN channels ON channels.id = complaints.channel_id LEFT JOIN offerings ON offerings.id = complaints.offering_id
LEFT JOIN staff ON staff.id = complaints.handler_id
ORDER BY {order}
"""
_BY_DATE = "complaints.date DESC, complaints.id DESC"
_DUE = "CASE WHEN stage = 'received' THEN min(acknowledge_by, resolve_by) ELSE resolve_by END"
_BY_URGENCY = (
    f"{_OPEN} DESC, CASE WHEN {_OPEN} THEN {_DUE} END,"
    f" CASE WHEN NOT {_OPEN} THEN 3 WHEN severity = 'serious' THEN 0 WHEN severity = 'moderate' THEN 1 ELSE 2 END,"
    f" {_BY_DATE}"
)


class ComplaintList:
    """Complaints, a stretch of rows at a time. Make a new one when complaints change."""

    def __init__(self, db: Queries, query: ComplaintQuery, today: date) -> None:
        self._db = db
        self._today = today.isoformat()
        self._order = _BY_URGENCY if query.urgent_first else _BY_DATE
        self._where, self._parameters = _where(query, self._today)

    def count(self) -> int:
        """How many rows there are."""
        return int(self._db.value(f"SELECT count(*) FROM complaints WHERE {self._where}", self._parameters))

    def fetch(self, first: int, limit: int) -> list[ComplaintRow]:
        """Rows from the given place on."""
        return _rows(self._db, self._where, self._parameters, self._order, self._today, limit, first)

    def row_of(self, complaint_id: int) -> int:
        """The place of a complaint in the list; raises LookupError when it is not there."""
        sql = (
            f"SELECT place FROM (SELECT id, row_number() OVER (ORDER BY {self._order}) - 1 AS place FROM complaints"
            f" WHERE {self._where}) WHERE id = ?"
        )
        place = self._db.value(sql, (*self._parameters, complaint_id))
        if place is None:
            raise LookupError(f"complaint {complaint_id} is not in this list")
        return int(place)


def _where(query: ComplaintQuery, today: str) -> tuple[str, tuple[object, ...]]:
    parts = ["1"]
    values: list[object] = []
    if query.chosen is not None:
        clause = complaints_clause(query.chosen)
        parts.append(clause.sql)
        values += clause.parameters
    states = {"all": "1", "open": _OPEN, "overdue": _OVERDUE, "settled": f"NOT {_OPEN}"}
    parts.append(states[query.state])
    if query.state == "overdue":
        values += [today, today]
    for column, value in (("severity", query.severity), ("customer_id", query.customer)):
        if value is not None:
            parts.append(f"complaints.{column} = ?")
            values.append(value)
    if query.search.strip():
        typed, key = f"%{like(query.search.strip())}%", f"%{like(match_key(query.search))}%"
        parts.append(
            "(complaints.text LIKE ? ESCAPE '\\' OR complaints.resolution LIKE ? ESCAPE '\\'"
            " OR CAST(complaints.number AS TEXT) = ? OR complaints.customer_id IN"
            " (SELECT id FROM customers WHERE name_key LIKE ? ESCAPE '\\'))"
        )
        values += [typed, typed, query.search.strip().lstrip("#"), key]
    return " AND ".join(parts), tuple(values)


def _rows(
    db: Queries, where: str, parameters: tuple[object, ...], order: str, today: str, limit: int, first: int
) -> list[ComplaintRow]:
    sql = _ROWS.format(where=where, order=order, overdue=_OVERDUE)
    days = ("date", "acknowledge_by", "resolve_by", "acknowledged", "resolved", "told", "closed")
    found = []
    for row in db.rows(sql, (today, today, *parameters, limit, first)):
        values = {name: row[name] for name in row.keys()}  # noqa: SIM118  rows iterate over values
        values |= {name: date.fromisoformat(values[name]) if values[name] else None for name in days}
        found.append(ComplaintRow(**(values | {"overdue": bool(values["overdue"])})))
    return found


def open_and_overdue(db: Queries, today: date) -> tuple[int, int]:
    """How many complaints are open, and how many of them are overdue."""
    day = today.isoformat()
    row = db.row(f"SELECT count(*), COALESCE(sum({_OVERDUE}), 0) FROM complaints WHERE {_OPEN}", (day, day))
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def earlier(db: Queries, complaint_id: int, limit: int = 5) -> list[ComplaintRow]:
    """Earlier complaints of the same customer that share a theme or offering: what this one may repeat."""
    return _rows(db, _EARLIER, (complaint_id,) * 5, _BY_DATE, "", limit, 0)


_EARLIER = """complaints.id <> ? AND complaints.customer_id = (SELECT customer_id FROM complaints WHERE id = ?)
    AND complaints.date <= (SELECT date FROM complaints WHERE id = ?)
    AND (complaints.offering_id = (SELECT offering_id FROM complaints WHERE id = ?)
        OR complaints.id IN (SELECT complaint_id FROM complaint_themes WHERE theme_id IN (
            SELECT theme_id FROM complaint_themes WHERE complaint_id = ?)))"""
