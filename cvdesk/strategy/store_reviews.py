"""SQL of strategies to be looked at, by itself: Home asks as the window starts, and needs nothing else of them."""

from __future__ import annotations

from datetime import date

from cvdesk.db import Queries

# What is put off until later is asked again then.
_DUE = """
SELECT id, name, review FROM strategies WHERE state = 'running' AND review <= ?1 AND NOT EXISTS (
  SELECT 1 FROM snoozes WHERE sort = 'review' AND record_id = strategies.id AND until > ?1
) ORDER BY review, id
"""


def reviews_due(db: Queries, today: date) -> tuple[tuple[int, str, date, bool], ...]:
    """Strategies to be looked at: id, name, the day, and whether that day has passed. Snoozed ones are left out."""
    return tuple(
        (row["id"], row["name"], day := date.fromisoformat(row["review"]), day < today)
        for row in db.rows(_DUE, (today.isoformat(),))
    )


__all__ = ["reviews_due"]
