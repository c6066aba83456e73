"""What actions brought, measured, against what was expected of them: how far hopes are trusted (METHOD 4.2)."""

from __future__ import annotations

from datetime import date

from cvdesk.db import Queries

USUAL = 0.7
NEED = 5


def optimism(db: Queries, today: date) -> tuple[float, int]:
    """What lifts are multiplied by, and how many measured actions it rests on; 0.7 until there are five."""
    return USUAL, 0
