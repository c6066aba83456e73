"""SQL of who counts as an active customer of a period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Clause, Filter
from cvdesk.db import Queries
from cvdesk.db.rows import day_start

# One look into an index per customer and table: quicker than collecting distinct customers of all rows.
_SEEN = {
    "entries": "position >= {0} AND entries.position < {1}",
    "purchases": "date BETWEEN {0} AND {1}",
    "assessments": "date BETWEEN {0} AND {1} AND assessments.kind = 'customer' AND assessments.state = 'done'",
    "complaints": "date BETWEEN {0} AND {1}",
    "touches": "date BETWEEN {0} AND {1} AND (touches.due IS NULL OR touches.done IS NOT NULL)",
}
_TAGGED = "customers.id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?) AND "
_OWN_SEGMENT = ("entries", "assessments", "complaints")


def active_clause(db: Queries, chosen: Filter, today: date) -> Clause:
    """Condition on `customers`: anything from or with them in the days up to the period's end.

    Segment and tag say who somebody is and limit this; offering, channel and theme say what a row is about and do not,
    so that a rate is always per customer of the business.
    """
    end = min(chosen.period.end, today)
    return seen_clause(chosen, window_start(db, end), end)


def seen_clause(chosen: Filter, start: date, end: date) -> Clause:
    """Condition on `customers`: anything from or with them on these days; limited as `active_clause` is."""
    first, last, *keys = _window(end, (end - start).days + 1)
    values: list[object] = [] if chosen.tag is None else [chosen.tag]
    for table in _SEEN:
        values += keys if table == "entries" else (first, last)
        values += [] if chosen.segment is None else [chosen.segment]
    tagged = "" if chosen.tag is None else _TAGGED
    return Clause(f"{tagged}({' OR '.join(_seen(chosen, ('?', '?'), ('?', '?')))})", tuple(values))


def window_start(db: Queries, end: date) -> date:
    """The first of the days in which something must have happened, for a period with this end."""
    return end - timedelta(days=catalogue.active_days(db) - 1)


def _seen(chosen: Filter, days: tuple[str, str], keys: tuple[str, str]) -> Iterator[str]:
    """A condition a table: anything from the customer between these days; for entries, in their order by date."""
    for table, seen in _SEEN.items():
        within = seen.format(*(keys if table == "entries" else days))
        if chosen.segment is not None:
            within += f" AND {table if table in _OWN_SEGMENT else 'customers'}.segment_id = ?"
        yield f"EXISTS (SELECT 1 FROM {table} WHERE {table}.customer_id = customers.id AND {table}.{within})"


def _window(end: date, days: int) -> tuple[str, str, int, int]:
    """First and last of so many days up to the end; the first order key of an entry in them, and the first after."""
    start = end - timedelta(days=days - 1)
    return start.isoformat(), end.isoformat(), _position(start), _position(end + timedelta(days=1))


def _position(day: date) -> int:
    return day_start(day.isoformat())
