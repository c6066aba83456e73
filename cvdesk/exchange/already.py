"""Rows that are already in the file: by the source's id, else by the same customer, day and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cvdesk.db import Queries
from cvdesk.exchange.former import Former

_RAW = {"entries": "rating_raw", "complaints": "''"}
# Ids of ours that come back in an export are long; a short number is the id of somebody else's list.
OWN_ID_DIGITS = 12
_BY_DAY = (
    "SELECT id, text, {raw} AS raw, source_id IS NOT NULL AS has_id FROM {table} WHERE customer_id IS ? AND {when}"
)
# The order by date is in the index of a customer's entries: a day is a stretch of it.
_STRETCH = (
    "position >= CAST(julianday(?) - 2440587.5 AS INTEGER) << 42"
    " AND position < (CAST(julianday(?) - 2440587.5 AS INTEGER) + 1) << 42"
)


def own_id(source_id: str) -> int | None:
    """The id of a row of ours that comes back from an export; None for an id of another list."""
    if source_id.isascii() and source_id.isdecimal() and OWN_ID_DIGITS <= len(source_id) < 19:
        return int(source_id)
    return None


class Already:
    """Asks whether a row is there, as it is or as it was before somebody edited it. Every row that is there answers
    for one row of the import, so that a list in which something was rightly said twice keeps both.
    """

    def __init__(self, db: Queries, table: str, former: Former) -> None:
        when = _STRETCH if table == "entries" else "date = ?"
        self._db = db
        self._by_id = f"SELECT id, date, text FROM {table} WHERE source_id = ?"
        self._by_own_id = f"SELECT id, date, text FROM {table} WHERE id = ?"
        self._by_day = _BY_DAY.format(raw=_RAW[table], table=table, when=when)
        self._day_marks = when.count("?")
        self.empty = db.value(f"SELECT 1 FROM {table} LIMIT 1") is None
        self._former = {} if self.empty else former.rows(table)
        self._former_days: dict[tuple[int | None, str], list[tuple[str, int, bool]]] = defaultdict(list)
        for row_id, forms in self._former.items():
            for form in forms:
                words = _words(form["text"], form.get("rating_raw"))
                self._former_days[form["customer_id"], form["date"]].append((words, row_id, bool(form["source_id"])))
        self._answered: set[int] = set()
        self._days: dict[tuple[int | None, str], dict[str, list[tuple[int, bool]]]] = {}
        self._here: set[int] = set()

    def by_id(self, source_id: str, day: str, text: str) -> int | None:
        """The row with the source's id and with the day or the words: an id alone may be another list's."""
        if self.empty:
            return None
        found = self._db.rows(self._by_id, (source_id,))
        own = own_id(source_id)
        if own is not None:
            found += self._db.rows(self._by_own_id, (own,))
        for row in found:
            forms = [
                (row["date"], row["text"]),
                *((form["date"], form["text"]) for form in self._former.get(row["id"], ())),
            ]
            if any(date == day or (text and words == text) for date, words in forms):
                return int(row["id"])
        return None

    def twice_here(self, source_id: str, day: str, text: str) -> bool:
        """True when this same file had the row before. Kept as hashes: a list may have a million ids."""
        marks = {hash((source_id, day)), hash((source_id, "", text))} if text else {hash((source_id, day))}
        if not self._here.isdisjoint(marks):
            return True
        self._here |= marks
        return False

    def by_words(self, customers: Sequence[int | None], day: str, text: str, raw: str | None, with_id: bool) -> bool:
        """Whether one of these customers said this on that day. `with_id`: the row has an id of its source that is not
        in the file, so only rows without one can be it.
        """
        if self.empty:
            return False
        words = _words(text, raw)
        return any(self._take(self._left(customer, day).get(words, []), with_id) for customer in customers)

    def there(
        self, source_id: str, customers: Sequence[int | None], day: str, text: str, raw: str | None = None
    ) -> bool:
        """Whether a row is in the file or was in this list before."""
        if source_id and (self.by_id(source_id, day, text) is not None or self.twice_here(source_id, day, text)):
            return True
        return self.by_words(customers, day, text, raw, bool(source_id))

    def _take(self, waiting: list[tuple[int, bool]], with_id: bool) -> bool:
        """Takes the last of those that wait and may be it."""
        for place in range(len(waiting) - 1, -1, -1):
            row_id, has_id = waiting[place]
            if with_id and has_id:
                continue
            del waiting[place]
            if row_id not in self._former:
                return True
            if row_id not in self._answered:  # it waits under each of its forms
                self._answered.add(row_id)
                return True
        return False

    def _left(self, customer: int | None, day: str) -> dict[str, list[tuple[int, bool]]]:
        """What was said that day and no row has answered for yet; what was never edited stands last and goes first."""
        found = self._days.get((customer, day))
        if found is None:
            rows = [
                (_words(row["text"], row["raw"]), row["id"], row["has_id"])
                for row in self._db.rows(self._by_day, (customer, *([day] * self._day_marks)))
            ]
            rows.sort(key=lambda row: row[1] not in self._former)
            found = {}
            for words, row_id, has_id in (*self._former_days.get((customer, day), ()), *rows):
                found.setdefault(words, []).append((row_id, bool(has_id)))
            if found:
                self._days[customer, day] = found
        return found


def _words(text: str | None, raw: str | None) -> str:
    return text or f"\0{raw or ''}"
