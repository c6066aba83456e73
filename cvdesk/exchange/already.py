"""Rows that are already in the file: by the source's id, else by the same customer, day and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cvdesk.db import Queries

_TABLES = {"entries": "rating_raw", "complaints": "''"}
# Ids of ours that come back in an export are long; a short number is the id of somebody else's list.
_OWN_ID_DIGITS = 12


class Already:
    """Asks whether a row is there. Every row that is there answers for one row of the import, so that a list in which
    something was rightly said twice keeps both.
    """

    def __init__(self, db: Queries, table: str) -> None:
        raw = _TABLES[table]
        self._db = db
        self._by_id = f"SELECT id, date, text FROM {table} WHERE source_id = ?"
        self._by_own_id = f"SELECT id, date, text FROM {table} WHERE id = ?"
        self._by_day = (
            f"SELECT text, {raw} AS raw FROM {table} WHERE customer_id IS ? AND date = ? AND (? OR source_id IS NULL)"
        )
        if table == "entries":
            # The order by date is in the index of a customer's entries: a day is a stretch of it.
            self._by_day = (
                "SELECT text, rating_raw AS raw FROM entries WHERE customer_id IS ?"
                " AND position >= CAST(julianday(?) - 2440587.5 AS INTEGER) << 42"
                " AND position < (CAST(julianday(?) - 2440587.5 AS INTEGER) + 1) << 42 AND (? OR source_id IS NULL)"
            )
        self._day_marks = 2 if table == "entries" else 1
        self._empty = db.value(f"SELECT 1 FROM {table} LIMIT 1") is None
        self._days: dict[tuple[int | None, str], Counter[str]] = {}
        self._here: dict[str, list[tuple[str, str]]] = {}

    def by_id(self, source_id: str, day: str, text: str) -> int | None:
        """The row with the source's id and with the day or the words: an id alone may be another list's."""
        if self._empty:
            return None
        found = self._db.rows(self._by_id, (source_id,))
        if source_id.isdecimal() and _OWN_ID_DIGITS <= len(source_id) < 19:
            found += self._db.rows(self._by_own_id, (int(source_id),))
        return next((row["id"] for row in found if row["date"] == day or (text and row["text"] == text)), None)

    def twice_here(self, source_id: str, day: str, text: str) -> bool:
        """True when this same file had the row before."""
        seen = self._here.setdefault(source_id, [])
        if any(day == other or (text and text == words) for other, words in seen):
            return True
        seen.append((day, text))
        return False

    def by_words(
        self, customers: Sequence[int | None], day: str, text: str, raw: str | None, with_id: bool
    ) -> int | bool | None:
        """The customer among these who said this on that day; False where none did. `with_id`: the row has an id of its
        source that is not in the file, so only rows without one can be it.
        """
        if self._empty:
            return False
        words = text or f"\0{raw or ''}"
        for customer in customers:
            left = self._left(customer, day, with_id)
            if left[words] > 0:
                left[words] -= 1
                return customer
        return False

    def _left(self, customer: int | None, day: str, with_id: bool) -> Counter[str]:
        key = (customer, day)
        found = self._days.get(key)
        if found is None:
            rows = self._db.rows(self._by_day, (customer, *([day] * self._day_marks), not with_id))
            found = self._days[key] = Counter(row["text"] or f"\0{row['raw'] or ''}" for row in rows)
        return found
