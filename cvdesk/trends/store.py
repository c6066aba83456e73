"""The series of the business by name, for those who want a certain one; `store_kinds` has them all by key."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.trends import store_kinds
from cvdesk.trends.records import Series
from cvdesk.trends.store_kinds import behind, make
from cvdesk.trends.store_log import complaints_series, csat_series, days_series, entries_series, rating_series
from cvdesk.trends.store_value import (
    VALUE_KEYS,
    lever_series,
    overall_series,
    value_and_levers,
    value_series,
    worth_it_series,
)

__all__ = [
    "behind", "complaints_series", "csat_series", "days_series", "entries_series", "every", "lever_series", "make",
    "overall_series", "rating_series", "value_and_levers", "value_series", "worth_it_series",
]  # fmt: skip


def every(db: Queries, chosen: Filter, today: date, step: str = "month") -> dict[str, Series]:
    """All series by key, in the order in which they are offered; what they share is read once."""
    shared = store_kinds.Shared(db, chosen, today, step)
    found = value_and_levers(db, chosen, today, VALUE_KEYS, step, shared.sheets)
    rest = [key for key in store_kinds.keys(db) if key not in found]
    return found | {key: make(db, key, chosen, today, step, shared) for key in rest}
