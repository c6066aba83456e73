"""What is kept beside the entries and can always be made again: the search index and the day summaries.

Kept set-wise in the same transaction by rows.py, rebuilt by `rebuild`; without history.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

# Chinese, Japanese and Korean are written without spaces: each character is a word of its own for the search.
_UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")


def search_words(text: str | None) -> str:
    """The text as the search index takes it."""
    if not text:
        return ""
    return text if text.isascii() else _UNSPACED.sub(r" \1 ", text)


def register(connection: sqlite3.Connection) -> None:
    """Makes `search_words` known to SQL on this connection."""
    connection.create_function("search_words", 1, search_words, deterministic=True)


# Star 0 stands for "not rated"; halves count up, as `by_rating` says.
_STAR = "CASE WHEN rating IS NULL THEN '0' ELSE CAST(CAST(rating + 0.5 AS INTEGER) AS TEXT) END"
DIMENSIONS = {
    "kind": "kind",
    "star": _STAR,
    "channel": "CAST(COALESCE(channel_id, 0) AS TEXT)",
    "offering": "CAST(COALESCE(offering_id, 0) AS TEXT)",
    "segment": "CAST(COALESCE(segment_id, 0) AS TEXT)",
}
_SUMMARISE = """
INSERT INTO entry_days (dimension, key, date, entries, rated, rating_sum, satisfied, anonymous)
SELECT '{dimension}', {key}, date, count(*), count(rating), COALESCE(sum(rating), 0),
       COALESCE(sum(rating >= 4), 0), sum(customer_id IS NULL)
FROM entries {where} GROUP BY 2, 3
"""


def summarise_days(connection: sqlite3.Connection, dates: Iterable[str]) -> None:
    """Counts these days again."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched_days (date TEXT PRIMARY KEY)")
    connection.execute("DELETE FROM touched_days")
    connection.executemany("INSERT OR IGNORE INTO touched_days VALUES (?)", [(date,) for date in dates])
    days = connection.execute("SELECT date FROM touched_days").fetchall()
    if len(days) == 1:  # logging one entry: the plain form is the quickest
        where, parameters = "WHERE date = ?", (days[0][0],)
    else:
        where, parameters = "WHERE date IN (SELECT date FROM touched_days)", ()
    for dimension in DIMENSIONS:
        connection.execute(f"DELETE FROM entry_days {where} AND dimension = '{dimension}'", parameters)
    for dimension, key in DIMENSIONS.items():
        connection.execute(_SUMMARISE.format(dimension=dimension, key=key, where=where), parameters)


def index_block(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Puts a block of new entries into the search index, in one statement."""
    connection.execute(
        "INSERT INTO entries_search (rowid, words)"
        " SELECT position, search_words(text) FROM entries WHERE id BETWEEN ? AND ?",
        (first, last),
    )


def unindex_block(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Takes a block of entries out of the search index; must run while the rows are still there."""
    connection.execute(
        "INSERT INTO entries_search (entries_search, rowid, words)"
        " SELECT 'delete', position, search_words(text) FROM entries WHERE id BETWEEN ? AND ?",
        (first, last),
    )


def unindex(connection: sqlite3.Connection, position: int, text: str) -> None:
    """Takes one entry, as it was, out of the search index."""
    connection.execute(
        "INSERT INTO entries_search (entries_search, rowid, words) VALUES ('delete', ?, ?)",
        (position, search_words(text)),
    )


def rebuild(connection: sqlite3.Connection) -> None:
    """Makes all derived data again from the entries."""
    connection.execute("INSERT INTO entries_search (entries_search) VALUES ('delete-all')")
    connection.execute("INSERT INTO entries_search (rowid, words) SELECT position, search_words(text) FROM entries")
    connection.execute("DELETE FROM entry_days")
    for dimension, key in DIMENSIONS.items():
        connection.execute(_SUMMARISE.format(dimension=dimension, key=key, where=""))
    connection.execute("DELETE FROM kept_figures")


def out_of_step(connection: sqlite3.Connection) -> list[str]:
    """The derived tables that disagree with the entries, by name."""
    wrong = []
    entries = connection.execute("SELECT count(*), count(rating), COALESCE(sum(rating), 0) FROM entries").fetchone()
    for dimension in DIMENSIONS:
        kept = connection.execute(
            "SELECT COALESCE(sum(entries), 0), COALESCE(sum(rated), 0), COALESCE(sum(rating_sum), 0)"
            " FROM entry_days WHERE dimension = ?",
            (dimension,),
        ).fetchone()
        if kept[0] != entries[0] or kept[1] != entries[1] or abs(kept[2] - entries[2]) > 1e-6 * max(1.0, entries[2]):
            wrong.append(f"entry_days/{dimension}")
    indexed = connection.execute("SELECT count(*) FROM entries_search_docsize").fetchone()[0]
    if indexed != entries[0]:
        wrong.append("entries_search")
    return wrong
