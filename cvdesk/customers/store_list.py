"""SQL of the list of customers and of a customer's card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.catalogue.records import match_key
from cvdesk.customers.records import Customer
from cvdesk.customers.store import get, like
from cvdesk.db import Queries


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """What limits the list of customers; `search` finds names, organisations, cities, contacts and nicknames."""

    search: str = ""
    segment: int | None = None
    tag: int | None = None
    with_inactive: bool = False


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as the list shows it; `last` is the last day anything was heard of or sold to the customer."""

    id: int
    name: str
    organisation: str
    segment: str
    city: str
    since: dt.date | None
    entries: int
    complaints: int
    last: dt.date | None
    open_complaints: int = 0


_LIST = """
SELECT page.id, page.name, page.organisation, COALESCE(segments.name, ''), page.city, page.since,
    (SELECT count(*) FROM entries WHERE customer_id = page.id),
    (SELECT count(*) FROM complaints WHERE customer_id = page.id),
    max(COALESCE((SELECT date FROM entries WHERE customer_id = page.id ORDER BY position DESC LIMIT 1), ''),
        COALESCE((SELECT max(date) FROM complaints WHERE customer_id = page.id), ''),
        COALESCE((SELECT max(date) FROM purchases WHERE customer_id = page.id), ''),
        COALESCE((SELECT max(date) FROM assessments WHERE customer_id = page.id AND state = 'done'), ''),
        COALESCE((SELECT max(date) FROM touches WHERE customer_id = page.id AND done IS NOT NULL), '')),
    (SELECT count(*) FROM complaints
        WHERE customer_id = page.id AND stage NOT IN ('resolved', 'told', 'closed'))
FROM (SELECT * FROM customers {where} ORDER BY name_key, id LIMIT ? OFFSET ?) AS page
LEFT JOIN segments ON segments.id = page.segment_id ORDER BY page.name_key, page.id
"""
_SEARCH = """(name_key LIKE ? ESCAPE '\\' OR organisation LIKE ? ESCAPE '\\' OR city LIKE ? ESCAPE '\\'
    OR id IN (SELECT customer_id FROM contacts WHERE match_key LIKE ? ESCAPE '\\' OR value LIKE ? ESCAPE '\\')
    OR id IN (SELECT customer_id FROM aliases WHERE kind = 'nickname' AND match_key LIKE ? ESCAPE '\\'))"""
_ROW_OF = """
SELECT count(*) FROM customers {where}
    {joint} (name_key, id) < (SELECT name_key, id FROM customers WHERE id = ?)
"""


class CustomerList:
    """Customers by name, a stretch of rows at a time. Make a new one when customers change."""

    def __init__(self, db: Queries, query: CustomerQuery = CustomerQuery()) -> None:
        self._db = db
        self._where, self._parameters = _where(query)

    def count(self) -> int:
        """How many rows there are."""
        return int(self._db.value(f"SELECT count(*) FROM customers {self._where}", self._parameters))

    def fetch(self, first: int, limit: int) -> list[CustomerRow]:
        """Rows from the given place on."""
        rows = self._db.rows(_LIST.format(where=self._where), (*self._parameters, limit, first))
        return [_row(row) for row in rows]

    def row_of(self, customer_id: int) -> int:
        """The place of a customer in the list."""
        sql = _ROW_OF.format(where=self._where, joint="AND" if self._where else "WHERE")
        return int(self._db.value(sql, (*self._parameters, customer_id)))


def _row(row: Iterable[Any]) -> CustomerRow:
    values = list(row)
    for place in (5, 8):
        values[place] = date.fromisoformat(values[place]) if values[place] else None
    return CustomerRow(*values)


def _where(query: CustomerQuery) -> tuple[str, tuple[object, ...]]:
    parts: list[str] = []
    values: list[object] = []
    if not query.with_inactive:
        parts.append("active = 1")
    if query.segment is not None:
        parts.append("segment_id = ?")
        values.append(query.segment)
    if query.tag is not None:
        parts.append("id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?)")
        values.append(query.tag)
    if query.search.strip():
        key, typed = f"%{like(match_key(query.search))}%", f"%{like(query.search.strip())}%"
        parts.append(_SEARCH)
        values += [key, typed, typed, key, typed, key]
    return ("WHERE " + " AND ".join(parts) if parts else ""), tuple(values)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened with a customer; `table` and `id` open it.

    `what` is the entry's kind, the complaint's stage, the sheet's form, or what kind of contact it was.
    """

    table: str
    id: int
    date: dt.date
    what: str
    text: str
    channel: str
    rating: float | None
    amount_minor: int | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one customer: newest first on one timeline, and counts of the whole."""

    customer: Customer
    segment: str
    entries: int
    complaints: int
    open_complaints: int
    purchases: int
    spent_minor: int
    unanswered: int
    first: dt.date | None
    last: dt.date | None
    timeline: tuple[Moment, ...]


_TIMELINE = """
SELECT 'entries' AS source, entries.id, date, kind, text, COALESCE(channels.name, ''), rating, NULL, NULL
FROM entries LEFT JOIN channels ON channels.id = channel_id WHERE customer_id = :id
UNION ALL SELECT 'complaints', complaints.id, date, stage, text, COALESCE(channels.name, ''), NULL, cost_minor, number
FROM complaints LEFT JOIN channels ON channels.id = channel_id WHERE customer_id = :id
UNION ALL SELECT 'assessments', assessments.id, date, form, '', COALESCE(channels.name, ''), NULL, NULL, NULL
FROM assessments LEFT JOIN channels ON channels.id = channel_id WHERE customer_id = :id AND state = 'done'
UNION ALL SELECT 'purchases', purchases.id, date, 'purchase',
    COALESCE(offerings.name, note), '', NULL, amount_minor, NULL
FROM purchases LEFT JOIN offerings ON offerings.id = offering_id WHERE customer_id = :id
UNION ALL SELECT 'touches', touches.id, date, kind, note, COALESCE(channels.name, ''), NULL, cost_minor, NULL
FROM touches LEFT JOIN channels ON channels.id = channel_id WHERE customer_id = :id
ORDER BY 3 DESC, 2 DESC LIMIT :limit
"""
_COUNTS = """
SELECT (SELECT count(*) FROM entries WHERE customer_id = :id) AS entries,
    (SELECT count(*) FROM complaints WHERE customer_id = :id) AS complaints,
    (SELECT count(*) FROM complaints
        WHERE customer_id = :id AND stage NOT IN ('resolved', 'told', 'closed')) AS open_complaints,
    (SELECT count(*) FROM purchases WHERE customer_id = :id) AS purchases,
    (SELECT COALESCE(sum(amount_minor), 0) FROM purchases WHERE customer_id = :id) AS spent_minor,
    (SELECT count(*) FROM entries
        WHERE customer_id = :id AND needs_answer = 1 AND answered IS NULL) AS unanswered,
    COALESCE((SELECT name FROM segments
        WHERE id = (SELECT segment_id FROM customers WHERE id = :id)), '') AS segment
"""
_FIRST_LAST = """
SELECT min(date), max(date) FROM (
    SELECT date FROM entries WHERE customer_id = :id UNION ALL SELECT date FROM complaints WHERE customer_id = :id
    UNION ALL SELECT date FROM purchases WHERE customer_id = :id
    UNION ALL SELECT date FROM assessments WHERE customer_id = :id AND state = 'done'
    UNION ALL SELECT date FROM touches WHERE customer_id = :id AND done IS NOT NULL)
"""


def card(db: Queries, customer_id: int, limit: int = 200) -> Card:
    """What the card of a customer shows; raises LookupError for an unknown id."""
    customer = get(db, customer_id)
    counts = db.row(_COUNTS, {"id": customer_id})
    span = db.row(_FIRST_LAST, {"id": customer_id})
    assert counts is not None
    assert span is not None
    moments = db.rows(_TIMELINE, {"id": customer_id, "limit": limit})
    return Card(
        customer=customer,
        segment=counts["segment"],
        entries=counts["entries"],
        complaints=counts["complaints"],
        open_complaints=counts["open_complaints"],
        purchases=counts["purchases"],
        spent_minor=counts["spent_minor"],
        unanswered=counts["unanswered"],
        first=date.fromisoformat(span[0]) if span[0] else None,
        last=date.fromisoformat(span[1]) if span[1] else None,
        timeline=tuple(Moment(row[0], row[1], date.fromisoformat(row[2]), *row[3:]) for row in moments),
    )
