"""SQL of the list of entries: newest first, any stretch of it at once, also in a file of a million.

No page counts its way from the top. Where the day summaries know how many entries each day has, they say which day
row k is on; else the order keys of all rows are read once, when somebody first jumps far.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from cvdesk.catalogue.records import Period
from cvdesk.db import Queries
from cvdesk.db.derived import search_words
from cvdesk.db.ids import POSITION_BITS
from cvdesk.db.rows import entry_position

_NEAR = 2_000  # so many rows may be stepped over
_FEW = 20_000  # a theme with so many entries or fewer has all its keys read at once
_SHORTEST_WORD = 2
_TOP = 1 << 62


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """What limits the list; any of these, alone or together. Ids are the file's."""

    period: Period | None = None
    channel: int | None = None
    theme: int | None = None
    customer: int | None = None
    kind: str | None = None
    offering: int | None = None
    segment: int | None = None
    tag: int | None = None
    star: int | None = None
    needs_answer: bool = False
    safety: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as lists show it; names are empty where there is nothing to name."""

    id: int
    position: int
    date: dt.date
    customer_id: int | None
    customer: str
    text: str
    rating: float | None
    kind: str
    channel: str
    offering: str
    themes: str
    suggested: str
    needs_answer: bool
    answered: dt.date | None
    safety: bool
    complaint_id: int | None


_THEMES = """COALESCE((SELECT group_concat(name, ', ') FROM (
        SELECT themes.name FROM entry_themes JOIN themes ON themes.id = theme_id
        WHERE entry_id = page.id AND state = '{state}' ORDER BY main DESC, entry_themes.id)), '')"""
_ROWS = f"""
SELECT page.id, page.position, page.date, page.customer_id, COALESCE(customers.name, ''), page.text, page.rating,
    page.kind, COALESCE(channels.name, ''), COALESCE(offerings.name, ''),
    {_THEMES.format(state="confirmed")}, {_THEMES.format(state="suggested")},
    page.needs_answer, page.answered, page.safety,
    (SELECT id FROM complaints WHERE entry_id = page.id LIMIT 1)
FROM ({{page}}) AS page LEFT JOIN customers ON customers.id = page.customer_id
LEFT JOIN channels ON channels.id = page.channel_id LEFT JOIN offerings ON offerings.id = page.offering_id
ORDER BY page.position DESC
"""
_PAGE = "SELECT entries.* FROM {source} WHERE {where} AND {key} <= ? ORDER BY {key} DESC LIMIT ? OFFSET ?"
_SEARCHED = "entries_search CROSS JOIN entries ON entries.position = entries_search.rowid"
_DAYS = """
SELECT date, sum(entries) FROM entry_days WHERE dimension = ? {key} AND date BETWEEN ? AND ?
GROUP BY date ORDER BY date DESC
"""


_HAS_THEME = "EXISTS (SELECT 1 FROM entry_themes WHERE entry_id = entries.id AND theme_id = ? AND state = 'confirmed')"
_OF_THEME = "entries.id IN (SELECT entry_id FROM entry_themes WHERE theme_id = ? AND state = 'confirmed')"
_BARE = {
    "search": "entries_search WHERE entries_search MATCH ?",
    "theme": "entry_themes WHERE theme_id = ? AND state = 'confirmed'",
}
_FOUND_AT = f"SELECT rowid FROM {_BARE['search']} AND rowid <= ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
_FOUND_ABOVE = f"SELECT count(*) FROM {_BARE['search']} AND rowid > ?"


class EntryList:
    """Entries newest first, a stretch of rows at a time. Make a new one when entries change."""

    def __init__(self, db: Queries, query: EntryQuery = EntryQuery()) -> None:
        self._db = db
        self._words = match_words(query.search)
        self._source, self._key = (
            (_SEARCHED, "entries_search.rowid") if self._words else ("entries", "entries.position")
        )
        self._where, self._parameters = _where(query, self._words)
        self._query = query
        self._given = _given(query)
        self._summary = _summary(query, self._given)
        self._days: _Days | None = None
        self._keys: array[int] | None = None
        self._total: int | None = None
        self._anchors: dict[int, int] = {0: _TOP}
        alone = self._given[0] if len(self._given) == 1 and query.period is None else ""
        self._walks = self._summary is not None or alone in ("customer", "needs_answer", "safety", "search", "theme")
        self._bare = alone if self._words or alone == "theme" else ""

    def count(self) -> int:
        """How many rows there are."""
        if self._total is None:
            self._total = self._counted()
        return self._total

    def fetch(self, first: int, limit: int) -> list[EntryRow]:
        """Rows from the given place on."""
        if self._keys is None and not self._walks_to(first):
            self._keys = self._read_keys()
        if self._keys is not None:
            return self._by_keys(self._keys, first, limit)
        sql, parameters = self.page_sql(first, limit)
        rows = [_row(row) for row in self._db.rows(sql, parameters)]
        if rows:
            self._anchors[first] = rows[0].position
            self._anchors[first + len(rows)] = rows[-1].position - 1
        return rows

    def page_sql(self, first: int, limit: int) -> tuple[str, tuple[object, ...]]:
        """The query that reads a stretch from the nearest known key, and its parameters."""
        key, skip = self._way_to(first)
        sql = _ROWS.format(page=_PAGE.format(source=self._source, where=self._where, key=self._key))
        return sql, (*self._parameters, key, limit, skip)

    def row_of(self, entry_id: int) -> int:
        """The place of an entry in the list; raises LookupError for an unknown id."""
        found = self._db.row("SELECT position, date FROM entries WHERE id = ?", (entry_id,))
        if found is None:
            raise LookupError(f"there is no entry {entry_id}")
        position, day = int(found["position"]), str(found["date"])
        if self._summary is not None:
            return self._by_day().before(day) + self._between(position, last_key(day))
        if self._bare == "search":
            return int(self._db.value(_FOUND_ABOVE, (*self._parameters, position)))
        if self._keys is None:
            self._keys = self._read_keys()
        return len(self._keys) - bisect_right(self._keys, position)

    def _counted(self) -> int:
        if self._summary is not None:
            return self._by_day().total
        if not self._walks:
            self._keys = self._read_keys()
            return len(self._keys)
        return int(self._db.value(f"SELECT count(*) FROM {self._bare_source()}", self._parameters))

    def _bare_source(self) -> str:
        """Where the rows can be counted without touching the entries themselves."""
        return _BARE[self._bare] if self._bare else f"{self._source} WHERE {self._where}"

    def _walks_to(self, first: int) -> bool:
        """Whether the row is reached from a known key, without knowing every key."""
        if self._summary is not None or self._bare == "search":
            return True
        if not self._walks or (self._bare == "theme" and self.count() <= _FEW):
            return False
        return first - self._nearest(first) <= _NEAR

    def _nearest(self, first: int) -> int:
        return max(row for row in self._anchors if row <= first)

    def _way_to(self, first: int) -> tuple[int, int]:
        """A key at or above the row, and how many rows to skip from there."""
        near = self._nearest(first)
        if first - near <= _NEAR:
            return self._anchors[near], first - near
        if self._summary is not None:
            return self._by_day().way_to(first)
        # The search index alone steps over its rows fast; taking each entry along is what would be slow.
        key = self._db.value(_FOUND_AT, (*self._parameters, self._anchors[near], first - near))
        return (-1, 0) if key is None else (int(key), 0)

    def _by_keys(self, keys: array[int], first: int, limit: int) -> list[EntryRow]:
        end = len(keys) - first
        wanted = keys[max(end - limit, 0) : max(end, 0)]
        marks = ", ".join("?" * len(wanted))
        sql = _ROWS.format(page=f"SELECT * FROM entries WHERE position IN ({marks})")
        return [_row(row) for row in self._db.rows(sql, tuple(wanted))]

    def _read_keys(self) -> array[int]:
        """The order keys of every row, lowest first: 8 bytes a row, read once."""
        sql = f"SELECT {self._key} FROM {self._source} WHERE {self._where.replace(_HAS_THEME, _OF_THEME)}"
        return array("q", sorted(row[0] for row in self._db.rows(sql, self._parameters)))

    def _between(self, position: int, last: int) -> int:
        sql = f"SELECT count(*) FROM {self._source} WHERE {self._where} AND {self._key} > ? AND {self._key} <= ?"
        return int(self._db.value(sql, (*self._parameters, position, last)))

    def _by_day(self) -> _Days:
        if self._days is None:
            dimension, key = self._summary or ("kind", None)
            period = self._query.period
            span = (period.start.isoformat(), period.end.isoformat()) if period else ("0000-01-01", "9999-12-31")
            sql = _DAYS.format(key="" if key is None else "AND key = ?")
            parameters = (dimension, *span) if key is None else (dimension, key, *span)
            self._days = _Days([(row[0], row[1]) for row in self._db.rows(sql, parameters)])
        return self._days


def last_key(day: str) -> int:
    """The highest order key an entry of this day can have."""
    return entry_position(day, 0) | ((1 << POSITION_BITS) - 1)


class _Days:
    """How many rows there are above each day, newest day first."""

    def __init__(self, days: list[tuple[str, int]]) -> None:
        self._dates = [day for day, _count in days]
        self._above = [0]
        for _day, count in days:
            self._above.append(self._above[-1] + count)
        self.total = self._above[-1]

    def way_to(self, first: int) -> tuple[int, int]:
        """The last key of the day row `first` is on, and how many rows of that day stand before it."""
        if first >= self.total:
            return -1, 0
        place = bisect_right(self._above, first) - 1
        return last_key(self._dates[place]), first - self._above[place]

    def before(self, day: str) -> int:
        """How many rows are of later days."""
        rising = self._dates[::-1]
        return self._above[len(rising) - bisect_right(rising, day)]


def match_words(text: str) -> str:
    """What people type as a search expression: every word must occur, as the beginning of a word; "" for nothing.

    Words of one letter are left out beside longer ones, but signs that are words of their own are kept.
    """
    words = [word for word in search_words(text).split() if any(mark.isalnum() for mark in word)]
    long = [word for word in words if len(word) >= _SHORTEST_WORD or not word.isascii()]
    return " ".join('"{}"*'.format(word.replace('"', '""')) for word in long or words)


def _where(query: EntryQuery, words: str) -> tuple[str, tuple[object, ...]]:
    parts: list[str] = ["entries_search MATCH ?"] if words else []
    values: list[object] = [words] if words else []
    if query.search.strip() and not words:  # only marks were typed: nothing has them as a word
        parts.append("0")
    if query.period is not None:
        parts.append("entries.position BETWEEN ? AND ?")
        start, end = query.period.start.isoformat(), query.period.end.isoformat()
        values += [entry_position(start, 0), last_key(end)]
    for column in ("channel", "customer", "offering", "segment"):
        value = getattr(query, column)
        if value is not None:
            parts.append(f"entries.{column}_id = ?")
            values.append(value)
    if query.kind is not None:
        parts.append("entries.kind = ?")
        values.append(query.kind)
    if query.star is not None:
        parts.append("entries.rating >= ? AND entries.rating < ?")
        values += [query.star - 0.5, query.star + 0.5]
    if query.needs_answer:
        parts.append("entries.needs_answer = 1 AND entries.answered IS NULL")
    if query.safety:
        parts.append("entries.safety = 1")
    if query.theme is not None:
        parts.append(_HAS_THEME)
        values.append(query.theme)
    if query.tag is not None:
        parts.append("entries.customer_id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?)")
        values.append(query.tag)
    return " AND ".join(parts) or "1", tuple(values)


def _given(query: EntryQuery) -> tuple[str, ...]:
    """What limits the list beside the period, by name."""
    limits = (field.name for field in fields(query) if field.name != "period")
    return tuple(name for name in limits if getattr(query, name) not in (None, False, ""))


def _summary(query: EntryQuery, given: tuple[str, ...]) -> tuple[str, str | None] | None:
    """The day summary that counts just these rows: (dimension, key), key None for all; None when there is none."""
    if not given:
        return "kind", None
    known = len(given) == 1 and given[0] in ("kind", "star", "channel", "offering", "segment")
    return (given[0], str(getattr(query, given[0]))) if known else None


def _row(row: Iterable[Any]) -> EntryRow:
    values = list(row)
    for place in (2, 13):
        values[place] = date.fromisoformat(values[place]) if values[place] else None
    for place in (12, 14):
        values[place] = bool(values[place])
    return EntryRow(*values)


_BY_STATE = _ROWS.format(page="SELECT * FROM entries WHERE {where} ORDER BY position DESC LIMIT ?")


def latest(db: Queries, limit: int = 8) -> list[EntryRow]:
    """The newest entries."""
    return [_row(row) for row in db.rows(_BY_STATE.format(where="1"), (limit,))]


def needing_answer(db: Queries, limit: int = 20) -> list[EntryRow]:
    """Entries nobody answered yet, newest first."""
    return [_row(row) for row in db.rows(_BY_STATE.format(where="needs_answer = 1 AND answered IS NULL"), (limit,))]


def safety_marks(db: Queries, since: date, limit: int = 20) -> list[EntryRow]:
    """Entries about danger, of this day or later, newest first."""
    where = "safety = 1 AND position >= ?"
    return [_row(row) for row in db.rows(_BY_STATE.format(where=where), (entry_position(since.isoformat(), 0), limit))]


def unanswered_count(db: Queries) -> int:
    """How many entries wait for an answer."""
    return int(db.value("SELECT count(*) FROM entries WHERE needs_answer = 1 AND answered IS NULL"))
