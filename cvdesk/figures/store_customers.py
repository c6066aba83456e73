"""SQL of how many customers there are, and how many are active (model.md: People)."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.records import Filter
from cvdesk.customers.store_active import active_clause
from cvdesk.db import Queries
from cvdesk.figures.records import CustomerFigures


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
