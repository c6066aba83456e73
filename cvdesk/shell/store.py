"""What Home asks: what needs the owner today, the latest words, and how much there is yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.db import Queries

DUE_SOON_DAYS = 2
LATEST = 5

_SAFETY = """
SELECT entries.id, entries.text, entries.date, customers.name FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id
WHERE entries.safety = 1 AND entries.answered IS NULL ORDER BY position DESC LIMIT 5
"""
_CASES = """
SELECT complaints.id, complaints.number, complaints.date, complaints.text, customers.name,
    CASE WHEN complaints.stage = 'received' THEN min(COALESCE(complaints.acknowledge_by, complaints.resolve_by),
        complaints.resolve_by) ELSE complaints.resolve_by END AS due
FROM complaints LEFT JOIN customers ON customers.id = complaints.customer_id
WHERE complaints.stage NOT IN ('resolved', 'told', 'closed') AND due <= ?
ORDER BY due LIMIT 20
"""
_NOT_TOLD = """
SELECT count(*) FROM complaints WHERE stage = 'resolved' AND customer_id IS NOT NULL AND told IS NULL
"""
_UNANSWERED = """
SELECT entries.id, entries.text, entries.date, customers.name FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id
WHERE needs_answer = 1 AND answered IS NULL ORDER BY position DESC LIMIT 3
"""
_UNANSWERED_COUNT = "SELECT count(*) FROM entries WHERE needs_answer = 1 AND answered IS NULL"
_LATEST = """
SELECT entries.id, entries.text, entries.date, entries.rating, customers.name, channels.name AS channel FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id LEFT JOIN channels ON channels.id = entries.channel_id
WHERE entries.text <> '' ORDER BY position DESC LIMIT ?
"""
_OPEN = "SELECT count(*) FROM complaints WHERE stage NOT IN ('resolved', 'told', 'closed')"

_MONTHS = """
SELECT count(DISTINCT substr(date, 1, 7)) > 1 FROM
    (SELECT date FROM entry_days WHERE dimension = 'kind' UNION ALL SELECT date FROM assessments WHERE state = 'done')
"""


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for the owner. `kind`: safety, overdue, due, tell, answer."""

    kind: str
    table: str
    record: object
    number: int
    words: str
    customer: str
    date: date | None


@dataclass(frozen=True, slots=True)
class Words:
    """One of the latest entries."""

    id: int
    text: str
    date: date
    rating: float | None
    customer: str
    channel: str


def needs(db: Queries, today: date) -> list[Need]:
    """What needs the owner today, most pressing first."""
    found = [
        Need("safety", "entries", row["id"], 0, row["text"], row["name"] or "", date.fromisoformat(row["date"]))
        for row in db.rows(_SAFETY)
    ]
    for row in db.rows(_CASES, ((today + timedelta(days=DUE_SOON_DAYS)).isoformat(),)):
        due = date.fromisoformat(row["due"])
        kind = "overdue" if due < today else "due"
        found.append(Need(kind, "complaints", row["id"], row["number"], row["text"], row["name"] or "", due))
    unanswered = int(db.value(_UNANSWERED_COUNT))
    for row in db.rows(_UNANSWERED):
        day = date.fromisoformat(row["date"])
        found.append(Need("answer", "entries", row["id"], unanswered, row["text"], row["name"] or "", day))
    to_tell = int(db.value(_NOT_TOLD))
    if to_tell:
        found.append(Need("tell", "page", "complaints", to_tell, "", "", None))
    return found


def latest(db: Queries, count: int = LATEST) -> list[Words]:
    """The newest entries that have words."""
    return [
        Words(
            row["id"],
            row["text"],
            date.fromisoformat(row["date"]),
            row["rating"],
            row["name"] or "",
            row["channel"] or "",
        )
        for row in db.rows(_LATEST, (count,))
    ]


def open_complaints(db: Queries) -> int:
    """How many cases are not resolved yet, for the navigation."""
    return int(db.value(_OPEN))


def has_months(db: Queries) -> bool:
    """Whether there is more than one month to look at, so that trends have something to show."""
    return bool(db.value(_MONTHS))


_COUNTS = """
SELECT (SELECT count(*) FROM customers), (SELECT COALESCE(sum(entries), 0) FROM entry_days WHERE dimension = 'kind'),
       (SELECT count(*) FROM complaints)
"""


def counts(db: Queries) -> tuple[int, int, int]:
    """How many customers, entries and complaints there are in all."""
    row = db.row(_COUNTS)
    return (0, 0, 0) if row is None else (int(row[0]), int(row[1]), int(row[2]))
