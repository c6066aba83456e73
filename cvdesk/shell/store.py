"""What Home asks: the latest words, and how much there is yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.db import Queries

LATEST = 5

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
class Words:
    """One of the latest entries."""

    id: int
    text: str
    date: date
    rating: float | None
    customer: str
    channel: str


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


# Filed already, or enough to be filed: a list that came in has no themes yet.
_SPOKEN = """
SELECT EXISTS (SELECT 1 FROM entry_themes)
    OR (SELECT count(*) FROM (SELECT 1 FROM entries WHERE text <> '' LIMIT 20)) = 20
"""


# An action, or enough score sheets for a first figure.
_TO_DECIDE = """
SELECT EXISTS (SELECT 1 FROM actions) OR (SELECT count(*) FROM (SELECT 1 FROM assessments
    WHERE kind = 'customer' AND state = 'done' AND competitor_id IS NULL LIMIT 5)) = 5
"""
_TO_CARE_FOR = """
SELECT EXISTS (SELECT 1 FROM care_plans) OR EXISTS (SELECT 1 FROM vouchers) OR EXISTS (SELECT 1 FROM faqs)
    OR EXISTS (SELECT 1 FROM groups) OR (SELECT count(*) FROM (SELECT 1 FROM customers LIMIT 20)) = 20
"""


def not_yet(db: Queries) -> set[str]:
    """The pages that have nothing to show yet; they wait behind "More"."""
    there = {
        "trends": has_months(db),
        "surveys": bool(db.value("SELECT EXISTS (SELECT 1 FROM surveys)")),
        "themes": bool(db.value(_SPOKEN)),
        "strategy": bool(db.value(_TO_DECIDE)),
        "care": bool(db.value(_TO_CARE_FOR)),
    }
    return {page for page, something in there.items() if not something}


_COUNTS = """
SELECT (SELECT count(*) FROM customers), (SELECT COALESCE(sum(entries), 0) FROM entry_days WHERE dimension = 'kind'),
       (SELECT count(*) FROM complaints)
"""


def counts(db: Queries) -> tuple[int, int, int]:
    """How many customers, entries and complaints there are in all."""
    row = db.row(_COUNTS)
    return (0, 0, 0) if row is None else (int(row[0]), int(row[1]), int(row[2]))
