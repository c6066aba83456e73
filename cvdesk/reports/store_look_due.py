"""SQL of whether a monthly look waits, by itself: Home asks as the window starts."""

from __future__ import annotations

from datetime import date

from cvdesk.db import Queries
from cvdesk.reports.records_look import Look, last_day, month_of

_FINISHED = "SELECT finished FROM looks WHERE month = ?"
_ANYTHING = (
    "SELECT EXISTS (SELECT 1 FROM entries WHERE date <= ?1) OR EXISTS (SELECT 1 FROM complaints WHERE date <= ?1)"
)


def due(db: Queries, today: date) -> Look | None:
    """The look at the month that has ended, while nobody has finished it; None where there is nothing to look at.

    It goes by itself after the 20th: then the running month can be looked at, and nothing reminds of the one before.
    """
    month = month_of(today)
    if month == today.replace(day=1):
        return None
    row = db.row(_FINISHED, (month.strftime("%Y-%m"),))
    if row is not None and row["finished"] is not None:
        return None
    return Look(month) if db.value(_ANYTHING, (last_day(month).isoformat(),)) else None


__all__ = ["due"]
