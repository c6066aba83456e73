"""Calendar months as the figures name them ("2026-01")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def next_month(month: str) -> str:
    """The month after: "2026-12" -> "2027-01"."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def filled(found: Iterable[str], end: date) -> list[str]:
    """Every month from the first found to the one of the end (or the last found), gaps included."""
    known = sorted(found)
    if not known:
        return []
    last = max(known[-1], f"{end.year:04d}-{end.month:02d}")
    months = [known[0]]
    while months[-1] < last:
        months.append(next_month(months[-1]))
    return months
