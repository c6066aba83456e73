"""SQL of the list of entries: newest first, any stretch of it at once, also in a file of a million.

No page counts its way from the top. Where the day summaries know how many entries each day has, they say which day
row k is on; else the order keys of all rows are read once, when somebody first jumps far.
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.db import Queries
from cvdesk.db.rows import day_start
from cvdesk.feedback.searching import match_words
from cvdesk.feedback.store_query import (
    EVERYTHING,
    HAS_THEME,
    WAITS,
    EntryQuery,
    Way,
    last_key,
    limits,
    searched,
    ways,
    where,
)

_NEAR = 2_000  # so many rows may be stepped over
_FEW = 20_000  # a theme with so many entries or fewer has all its keys read at once
_TOP = 1 << 62


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
    rating_raw: str = ""


_THEMES = """COALESCE((SELECT group_concat(name, ', ') FROM (
        SELECT themes.name FROM entry_themes JOIN themes ON themes.id = theme_id
        WHERE entry_id = page.id AND state = '{state}' ORDER BY main DESC, entry_themes.id)), '')"""
_ROWS = f"""
SELECT page.id, page.position, page.date, page.customer_id, COALESCE(customers.name, ''), page.text, page.rating,
    page.kind, COALESCE(channels.name, ''), COALESCE(offerings.name, ''),
    {_THEMES.format(state="confirmed")}, {_THEMES.format(state="suggested")},
    page.needs_answer, page.answered, page.safety,
    (SELECT id FROM complaints WHERE entry_id = page.id LIMIT 1), COALESCE(page.rating_raw, '')
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


_OF_THEME = "entries.id IN (SELECT entry_id FROM entry_themes WHERE theme_id = ? AND state = 'confirmed')"
_AMONG = "entries.position IN (SELECT rowid FROM entries_search WHERE entries_search MATCH ?)"
_AS_ONE = "SELECT json_group_array(key) FROM ({keys})"
_OF_CUSTOMERS = "entries.customer_id IN (SELECT value FROM json_each(?))"
_BARE = {
    "search": "entries_search WHERE entries_search MATCH ?",
    "theme": "entry_themes WHERE theme_id = ? AND state = 'confirmed'",
}
_FOUND_AT = f"SELECT rowid FROM {_BARE['search']} AND rowid <= ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
_FOUND_ABOVE = f"SELECT count(*) FROM {_BARE['search']} AND rowid > ?"


class EntryList:
    """Entries newest first, a stretch of rows at a time. Make a new one when entries change."""

    def __init__(self, db: Queries, query: EntryQuery = EVERYTHING) -> None:
        self._db = db
        rest, search = searched(query)
        self._ways = [] if search.empty else ways(db, search)
        plain = len(self._ways) == 1 and self._ways[0].customers is None and not self._ways[0].without
        self._words = self._ways[0].match if plain else ""
        self._source, self._key = (
            (_SEARCHED, "entries_search.rowid") if self._words else ("entries", "entries.position")
        )
        self._rest = where(rest)
        self._where, self._parameters = self._rest
        if self._words:
            self._where = f"entries_search MATCH ? AND {self._where}"
            self._parameters = (self._words, *self._parameters)
        self._query = query
        self._given = tuple(name for name in limits(query) if name != "period")
        self._several = bool(query.search.strip()) and not plain
        self._summary = _summary(query, self._given)
        self._days: _Days | None = None
        self._keys: array[int] | None = None
        self._total: int | None = None
        self._anchors: dict[int, int] = {0: _TOP}
        alone = self._given[0] if len(self._given) == 1 and query.period is None else ""
        self._walks = not self._several and (
            self._summary is not None or alone in ("customer", "needs_answer", "search", "theme")
        )
        self._bare = alone if self._words or alone == "theme" else ""

    @property
    def quick(self) -> bool:
        """Whether the list is counted at once, without going through the entries."""
        return self._summary is not None or (self._walks and self._bare != "search")

    def count(self) -> int:
        """How many rows there are."""
        if self._total is None:
            self._total = self._counted()
        return self._total

    def fetch(self, first: int, limit: int) -> list[EntryRow]:
        """Rows from the given place on."""
        if not self._query.oldest_first:
            return self._newest(first, limit)
        end = self.count() - first
        return self._newest(max(end - limit, 0), min(limit, end))[::-1] if end > 0 else []

    def _newest(self, first: int, limit: int) -> list[EntryRow]:
        if self._several and self._keys is None and first + limit <= _NEAR:
            return self._by_keys(array("q", sorted(self._found(first + limit))), first, limit)
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

    def ids(self, first: int, limit: int) -> list[int]:
        """The ids of a stretch of rows, however long."""
        end = self.count() - first
        if self._query.oldest_first:
            first, limit = max(end - limit, 0), max(min(limit, end), 0)
        if self._keys is None:
            self._keys = self._read_keys()
        last = len(self._keys) - first
        wanted = self._keys[max(last - limit, 0) : max(last, 0)]
        sql = "SELECT id FROM entries WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position DESC"
        found = [int(row[0]) for row in self._db.rows(sql, (json.dumps(wanted.tolist()),))]
        return found[::-1] if self._query.oldest_first else found

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
        place = self._place(int(found["position"]), str(found["date"]))
        return self.count() - 1 - place if self._query.oldest_first else place

    def _place(self, position: int, day: str) -> int:
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
        if self._several:
            return array("q", sorted(self._found(-1)))
        sql = f"SELECT {self._key} AS key FROM {self._source} WHERE {self._where.replace(HAS_THEME, _OF_THEME)}"
        return array("q", sorted(json.loads(self._db.value(_AS_ONE.format(keys=sql), self._parameters))))

    def _found(self, most: int) -> list[int]:
        """The order keys of the newest rows any way to read the search finds, newest first; -1: of all."""
        found: set[int] = set()
        for way in self._ways:
            sql, parameters = self._way_sql(way, most >= 0)
            limited = (*parameters, most) if most >= 0 else parameters
            # One text is read many times faster than as many rows.
            found.update(json.loads(self._db.value(_AS_ONE.format(keys=sql), limited)))
        newest = sorted(found, reverse=True)
        return newest if most < 0 else newest[:most]

    def _way_sql(self, way: Way, newest: bool) -> tuple[str, tuple[object, ...]]:
        rest, values = self._rest
        if way.customers is None and way.match:
            source = _SEARCHED if rest != "1" else "entries_search"
            sql = f"SELECT entries_search.rowid AS key FROM {source} WHERE entries_search MATCH ? AND {rest}"
            return sql + " ORDER BY entries_search.rowid DESC LIMIT ?" * newest, (way.match, *values)
        parts, source = [rest], "entries"
        if way.customers is not None:
            parts.append(_OF_CUSTOMERS)
            values = (*values, way.customers)
            source = f"{source} INDEXED BY entries_by_customer" if way.few else source
        for words, condition in ((way.match, _AMONG), (way.without, f"NOT {_AMONG}")):
            if words:
                parts.append(condition)
                values = (*values, words)
        sql = f"SELECT entries.position AS key FROM {source} WHERE {' AND '.join(parts)}"
        return sql + " ORDER BY entries.position DESC LIMIT ?" * newest, values

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
    return [_row(row) for row in db.rows(_BY_STATE.format(where=WAITS), (limit,))]


def safety_marks(db: Queries, since: date, limit: int = 20) -> list[EntryRow]:
    """Entries about danger, of this day or later, newest first."""
    where = "safety = 1 AND position >= ?"
    return [_row(row) for row in db.rows(_BY_STATE.format(where=where), (day_start(since.isoformat()), limit))]


def unanswered_count(db: Queries) -> int:
    """How many entries wait for an answer."""
    return int(db.value(f"SELECT count(*) FROM entries WHERE {WAITS}"))


__all__ = ["EntryList", "EntryQuery", "EntryRow", "last_key", "latest", "match_words", "needing_answer", "safety_marks",
           "unanswered_count"]  # fmt: skip
