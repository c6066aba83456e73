"""SQL of what a customer usually buys, and what they may like: what those bought who bought the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.db import Queries

_LOOKED_BACK = 730  # days; what was bought longer ago says little about what somebody likes now
_USUAL_FROM = 2  # times bought
_SHOWN = 3
_MAYBE_SHOWN = 2
_LIFT_FROM = 1.5
_BUYERS_FROM = 5


@dataclass(frozen=True, slots=True)
class Likes:
    """Names of products: usually bought, and perhaps liked; empty where too little is known."""

    usual: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Buyers:
    """of: product -> the customers who bought it; count: of all customers who bought any."""

    of: Mapping[int, Set[int]]
    count: int


_USUAL = """
SELECT offering_id, offerings.name, count(*) AS times FROM purchases JOIN offerings ON offerings.id = offering_id
WHERE customer_id = :id AND date BETWEEN :since AND :today
GROUP BY offering_id ORDER BY times DESC, max(date) DESC, offerings.name
"""
_BUYERS = """
SELECT offering_id, customer_id FROM purchases WHERE offering_id IS NOT NULL AND +date BETWEEN :since AND :today
GROUP BY offering_id, customer_id
"""
_NAME = "SELECT name FROM offerings WHERE id = ? AND active = 1"


def buyers(db: Queries, today: date) -> Buyers:
    """Who bought each product in two years. Reads all purchases: ask for it once, beside the window."""
    found: dict[int, set[int]] = defaultdict(set)
    for offering, customer in db.each(_BUYERS, _span(today)):
        found[offering].add(customer)
    return Buyers(found, len(set().union(*found.values())))


def likes(db: Queries, customer_id: int, today: date, known: Buyers) -> Likes:
    """What a customer usually buys (twice at least in two years) and may like.

    May like: bought by 5 at least of those who bought the same, 1.5 times as often among them as among all customers,
    and never by this one in these two years.
    """
    bought = db.rows(_USUAL, _span(today) | {"id": customer_id})
    usual = [row for row in bought if row["times"] >= _USUAL_FROM][:_SHOWN]
    has = {row["offering_id"] for row in bought}
    best: dict[int, float] = {}
    for row in usual:
        same = known.of.get(row["offering_id"], set())
        for offering, those in known.of.items():
            both = len(same & those)
            if offering in has or both < _BUYERS_FROM:
                continue
            lift = both * known.count / (len(same) * len(those))
            if lift >= _LIFT_FROM:
                best[offering] = max(lift, best.get(offering, 0.0))
    names = [db.value(_NAME, (offering,)) for offering in sorted(best, key=lambda one: (-best[one], one))]
    return Likes(tuple(row["name"] for row in usual), tuple(name for name in names if name)[:_MAYBE_SHOWN])


def _span(today: date) -> dict[str, object]:
    return {"since": (today - timedelta(days=_LOOKED_BACK)).isoformat(), "today": today.isoformat()}


__all__ = ["Buyers", "Likes", "buyers", "likes"]
