"""SQL of a customer's card: plain counts, and everything on one timeline across channels."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import date

from cvdesk.customers.records import Customer
from cvdesk.customers.store import get
from cvdesk.customers.store_merge import Merged, merges_of
from cvdesk.db import Queries


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened with a customer; `table` and `id` open it.

    `what` is the entry's kind, the complaint's stage, the sheet's form, or what kind of contact it was. A step of a
    complaint has the table "complaint_events" and the id of its complaint.
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
    merged: tuple[Merged, ...] = ()
    channel: str = ""
    cut: bool = False  # there is more than the timeline shows


_TIMELINE = """
SELECT 'entries' AS source, entries.id, date, kind, text, COALESCE(channels.name, ''), rating, NULL, NULL
FROM entries LEFT JOIN channels ON channels.id = channel_id WHERE customer_id = :id
UNION ALL SELECT 'complaints', complaints.id, date, stage, text, COALESCE(channels.name, ''), NULL, cost_minor, number
FROM complaints LEFT JOIN channels ON channels.id = channel_id WHERE customer_id = :id
UNION ALL SELECT 'complaint_events', complaints.id, complaint_events.date, complaint_events.stage, note, '', NULL,
    complaint_events.cost_minor, number
FROM complaint_events JOIN complaints ON complaints.id = complaint_id
WHERE customer_id = :id AND complaint_events.stage <> 'received'
UNION ALL SELECT 'assessments', assessments.id, date, form, COALESCE(competitors.name, ''),
    COALESCE(channels.name, ''), NULL, NULL, NULL
FROM assessments LEFT JOIN channels ON channels.id = channel_id
LEFT JOIN competitors ON competitors.id = competitor_id WHERE customer_id = :id AND state = 'done'
UNION ALL SELECT 'purchases', purchases.id, date, 'purchase',
    COALESCE(offerings.name, note), '', NULL, amount_minor, NULL
FROM purchases LEFT JOIN offerings ON offerings.id = offering_id WHERE customer_id = :id
UNION ALL SELECT 'touches', touches.id, date, kind,
    note || CASE WHEN said = '' THEN '' WHEN note = '' THEN '“' || said || '”' ELSE ' · “' || said || '”' END,
    COALESCE(channels.name, ''), NULL, cost_minor, NULL
FROM touches LEFT JOIN channels ON channels.id = channel_id
WHERE customer_id = :id AND done IS NOT NULL
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
        WHERE id = (SELECT segment_id FROM customers WHERE id = :id)), '') AS segment,
    COALESCE((SELECT name FROM channels
        WHERE id = (SELECT preferred_channel_id FROM customers WHERE id = :id)), '') AS channel
"""
_FIRST_LAST = """
SELECT min(date), max(date) FROM (
    SELECT date FROM entries WHERE customer_id = :id UNION ALL SELECT date FROM complaints WHERE customer_id = :id
    UNION ALL SELECT date FROM purchases WHERE customer_id = :id
    UNION ALL SELECT date FROM assessments WHERE customer_id = :id AND state = 'done'
    UNION ALL SELECT date FROM touches WHERE customer_id = :id AND done IS NOT NULL)
"""


def card(db: Queries, customer_id: int, limit: int = 400) -> Card:
    """What the card of a customer shows; raises LookupError for an unknown id."""
    customer = get(db, customer_id)
    counts = db.row(_COUNTS, {"id": customer_id})
    span = db.row(_FIRST_LAST, {"id": customer_id})
    assert counts is not None
    assert span is not None
    moments = db.rows(_TIMELINE, {"id": customer_id, "limit": limit + 1})
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
        timeline=tuple(Moment(row[0], row[1], date.fromisoformat(row[2]), *row[3:]) for row in moments[:limit]),
        merged=tuple(merges_of(db, customer_id)),
        channel=counts["channel"],
        cut=len(moments) > limit,
    )
