"""What is kept beside the entries and can always be made again: the search index and the day summaries.

Kept in the same transaction by rows.py, by what was added and what went away; rebuilt by `rebuild`; without history.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from typing import Any

# Chinese, Japanese and Korean are written without spaces: each character is a word of its own for the search.
_UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")


def search_words(text: str | None) -> str:
    """The text as the search index takes it."""
    if not text:
        return ""
    return text if text.isascii() else _UNSPACED.sub(r" \1 ", text)


def folded(text: str | None) -> str:
    """The text as it is compared where there is no index: lower case, without accents."""
    if not text:
        return ""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def register(connection: sqlite3.Connection) -> None:
    """Makes `search_words` and `folded` known to SQL on this connection."""
    connection.create_function("folded", 1, folded, deterministic=True)
    connection.create_function("search_words", 1, search_words, deterministic=True)


# What of an entry the search index and the summaries depend on.
WATCHED = "position, text, date, kind, rating, channel_id, offering_id, segment_id, customer_id"
# Star 0 stands for "not rated"; halves count up, as `by_rating` says.
_STAR = "CASE WHEN rating IS NULL THEN '0' ELSE CAST(CAST(rating + 0.5 AS INTEGER) AS TEXT) END"
DIMENSIONS = {
    "kind": "kind",
    "star": _STAR,
    "channel": "CAST(COALESCE(channel_id, 0) AS TEXT)",
    "offering": "CAST(COALESCE(offering_id, 0) AS TEXT)",
    "segment": "CAST(COALESCE(segment_id, 0) AS TEXT)",
}
_COUNTS = "entries, rated, rating_sum, satisfied, anonymous"
_ADD = """
ON CONFLICT (dimension, key, date) DO UPDATE SET
    entries = entries + excluded.entries, rated = rated + excluded.rated,
    rating_sum = CASE WHEN rated + excluded.rated = 0 THEN 0 ELSE rating_sum + excluded.rating_sum END,
    satisfied = satisfied + excluded.satisfied, anonymous = anonymous + excluded.anonymous
"""
_ADD_ONE = f"INSERT INTO entry_days (dimension, key, date, {_COUNTS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) {_ADD}"
_DROP_EMPTY = "DELETE FROM entry_days WHERE dimension = ? AND key = ? AND date = ? AND entries = 0"
# First the rows that agree in everything the summaries tell apart, in one pass; then each summary from these.
_AGREEING = "date, rating, channel_id, kind, offering_id, segment_id"
_TALLY = f"""
CREATE TEMP TABLE tallied_days AS
SELECT {_AGREEING}, count(*) AS entries, sum(customer_id IS NULL) AS anonymous FROM ({{rows}}) GROUP BY {_AGREEING}
"""
_COUNT = f"""
INSERT INTO {{table}} (dimension, key, date, {_COUNTS})
SELECT '{{dimension}}', {{key}}, date, {{sign}} * sum(entries), {{sign}} * sum(entries * (rating IS NOT NULL)),
       {{sign}} * COALESCE(sum(entries * rating), 0.0), {{sign}} * COALESCE(sum(entries * (rating >= 4)), 0),
       {{sign}} * sum(anonymous)
FROM temp.tallied_days WHERE true GROUP BY 2, 3 {_ADD}
"""


def _count_set(connection: sqlite3.Connection, rows: str, parameters: tuple[Any, ...], sign: int, table: str) -> None:
    connection.execute(_TALLY.format(rows=rows), parameters)
    try:
        for dimension, key in DIMENSIONS.items():
            connection.execute(_COUNT.format(table=table, dimension=dimension, key=key, sign=sign))
    finally:
        connection.execute("DROP TABLE temp.tallied_days")


def add_block(connection: sqlite3.Connection, rows: str, parameters: tuple[Any, ...] = ()) -> None:
    """Takes new entries into search index and summaries, set-wise. `rows`: a query giving the WATCHED columns."""
    # In the order of the index's own rowids: it writes a segment each time they go back.
    connection.execute(
        "INSERT INTO entries_search (rowid, words)"
        f" SELECT position, search_words(text) FROM ({rows}) ORDER BY position",
        parameters,
    )
    _count_set(connection, rows, parameters, 1, "entry_days")


def remove_block(connection: sqlite3.Connection, rows: str, parameters: tuple[Any, ...] = ()) -> None:
    """Takes entries out of search index and summaries, set-wise, while they are still there."""
    connection.execute(
        "INSERT INTO entries_search (entries_search, rowid, words)"
        f" SELECT 'delete', position, search_words(text) FROM ({rows}) ORDER BY position",
        parameters,
    )
    _count_set(connection, rows, parameters, -1, "entry_days")
    connection.execute("DELETE FROM entry_days WHERE entries = 0")


def count_block(connection: sqlite3.Connection, rows: str, parameters: tuple[Any, ...], sign: int) -> None:
    """Takes entries out of the summaries (-1) or into them (1), set-wise; the search index stays."""
    _count_set(connection, rows, parameters, sign, "entry_days")
    connection.execute("DELETE FROM entry_days WHERE entries = 0")


Pair = tuple[sqlite3.Row | None, sqlite3.Row | None]
_Tally = dict[tuple[str, str, str], list[float]]


def follow(connection: sqlite3.Connection, pairs: Iterable[Pair]) -> None:
    """Follows single entries: each pair is the WATCHED columns before and after; None where there was or is none."""
    words: list[tuple[int, str, str]] = []
    tally: _Tally = {}
    for before, after in pairs:
        if before is not None and after is not None and tuple(before) == tuple(after):
            continue
        same_words = before and after and (before["position"], before["text"]) == (after["position"], after["text"])
        for row, sign, how in ((before, -1, "delete"), (after, 1, "insert")):
            if row is not None:
                _tally(tally, row, sign)
                if not same_words:
                    words.append((row["position"], how, row["text"]))
    for position, how, text in sorted(words):
        if how == "delete":
            sql = "INSERT INTO entries_search (entries_search, rowid, words) VALUES ('delete', ?, ?)"
        else:
            sql = "INSERT INTO entries_search (rowid, words) VALUES (?, ?)"
        connection.execute(sql, (position, search_words(text)))
    changed = [(key, counts) for key, counts in tally.items() if any(counts)]
    connection.executemany(_ADD_ONE, [(*key, *counts) for key, counts in changed])
    connection.executemany(_DROP_EMPTY, [key for key, counts in changed if counts[0] < 0])


def _tally(tally: _Tally, row: sqlite3.Row, sign: int) -> None:
    rating = row["rating"]
    keys = {
        "kind": row["kind"],
        "star": "0" if rating is None else str(int(rating + 0.5)),
        "channel": str(row["channel_id"] or 0),
        "offering": str(row["offering_id"] or 0),
        "segment": str(row["segment_id"] or 0),
    }
    counts = (1, rating is not None, rating or 0.0, rating is not None and rating >= 4, row["customer_id"] is None)
    for dimension, key in keys.items():
        kept = tally.setdefault((dimension, key, row["date"]), [0, 0, 0.0, 0, 0])
        for place, count in enumerate(counts):
            kept[place] += sign * count


_ALL = f"SELECT {WATCHED} FROM entries"


def rebuild(connection: sqlite3.Connection) -> None:
    """Makes all derived data again from the entries."""
    connection.execute("INSERT INTO entries_search (entries_search) VALUES ('delete-all')")
    connection.execute("DELETE FROM entry_days")
    connection.execute("DELETE FROM kept_figures")
    add_block(connection, _ALL)


_FRESH = """
CREATE TEMP TABLE fresh_days (
    dimension TEXT, key TEXT, date TEXT, entries INTEGER, rated INTEGER, rating_sum REAL, satisfied INTEGER,
    anonymous INTEGER, PRIMARY KEY (dimension, key, date)
) WITHOUT ROWID
"""
_DIFFERENT = """
SELECT count(*) FROM {one} AS one LEFT JOIN {other} AS other USING (dimension, key, date)
WHERE one.dimension = ? AND NOT (one.entries IS other.entries AND one.rated IS other.rated
    AND one.satisfied IS other.satisfied AND one.anonymous IS other.anonymous
    AND abs(one.rating_sum - other.rating_sum) <= 1e-6)
"""

_SEARCH_DIFFERS = """
SELECT (SELECT count(*) FROM entries WHERE position NOT IN (SELECT id FROM entries_search_docsize)),
       (SELECT count(*) FROM entries_search_docsize WHERE id NOT IN (SELECT position FROM entries))
"""


def out_of_step(connection: sqlite3.Connection) -> list[str]:
    """The derived tables that disagree with the entries, by name. Counts everything again, as of one moment."""
    read_only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = OFF")  # for the passing table
    connection.execute("BEGIN")
    try:
        connection.execute(_FRESH)
        _count_set(connection, _ALL, (), 1, "fresh_days")
        wrong = [f"entry_days/{dimension}" for dimension in DIMENSIONS if _differs(connection, dimension)]
        missing, too_many = connection.execute(_SEARCH_DIFFERS).fetchone()
        return [*wrong, *(["entries_search"] if missing or too_many else [])]
    finally:
        connection.execute("ROLLBACK")
        connection.execute(f"PRAGMA query_only = {read_only}")


def _differs(connection: sqlite3.Connection, dimension: str) -> bool:
    tables = ("entry_days", "fresh_days")
    return any(
        connection.execute(_DIFFERENT.format(one=one, other=other), (dimension,)).fetchone()[0]
        for one, other in (tables, tables[::-1])
    )
