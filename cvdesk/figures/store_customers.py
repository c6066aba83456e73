"""SQL of who counts as an active customer (model.md: People)."""

from __future__ import annotations

from datetime import date, timedelta

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Clause, Filter
from cvdesk.db import Queries
from cvdesk.db.rows import entry_position
from cvdesk.figures.records import CustomerFigures

# One look into an index per customer and table: quicker than collecting distinct customers of all rows.
_SEEN = {
    "entries": "position >= ? AND entries.position < ?",
    "purchases": "date BETWEEN ? AND ?",
    "assessments": "date BETWEEN ? AND ? AND assessments.kind = 'customer' AND assessments.state = 'done'",
    "complaints": "date BETWEEN ? AND ?",
    "touches": "date BETWEEN ? AND ? AND (touches.due IS NULL OR touches.done IS NOT NULL)",
}
_OWN_SEGMENT = ("entries", "assessments", "complaints")


def active_clause(db: Queries, chosen: Filter, today: date) -> Clause:
    """Condition on `customers`: anything from or with them in the days up to the period's end.

    Segment and tag say who somebody is and limit this; offering, channel and theme say what a row is about and do not,
    so that a rate is always per customer of the business.
    """
    end = min(chosen.period.end, today)
    start = window_start(db, end)
    parts: list[str] = []
    values: list[object] = []
    for table, seen in _SEEN.items():
        if table == "entries":
            span: tuple[object, object] = (_position(start), _position(end + timedelta(days=1)))
        else:
            span = (start.isoformat(), end.isoformat())
        values += span
        if chosen.segment is not None:
            owner = table if table in _OWN_SEGMENT else "customers"
            seen += f" AND {owner}.segment_id = ?"
            values.append(chosen.segment)
        parts.append(f"EXISTS (SELECT 1 FROM {table} WHERE {table}.customer_id = customers.id AND {table}.{seen})")
    sql = f"({' OR '.join(parts)})"
    if chosen.tag is not None:
        sql = f"customers.id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?) AND {sql}"
        values.insert(0, chosen.tag)
    return Clause(sql, tuple(values))


def window_start(db: Queries, end: date) -> date:
    """The first of the days in which something must have happened, for a period with this end."""
    return end - timedelta(days=catalogue.active_days(db) - 1)


def customers(db: Queries, chosen: Filter, today: date) -> CustomerFigures:
    """How many customers are on file (of the segment, with the tag), and how many of them are active."""
    parts, values = ["1"], list[object]()
    if chosen.segment is not None:
        parts.append("segment_id = ?")
        values.append(chosen.segment)
    if chosen.tag is not None:
        parts.append("id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?)")
        values.append(chosen.tag)
    count = db.value(f"SELECT count(*) FROM customers WHERE {' AND '.join(parts)}", values)
    clause = active_clause(db, chosen, today)
    active = db.value(f"SELECT count(*) FROM customers WHERE {clause.sql}", clause.parameters)
    return CustomerFigures(int(count), int(active))


def _position(day: date) -> int:
    return entry_position(day.isoformat(), 0)
