"""Copying many rows at once: the table's own conditions are tested on each different value, not on every row."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager

# From so many rows on; below, SQLite's way is as quick.
MANY = 2_000
_DEFINITION = "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?"
_BROKEN = "SELECT 1 FROM (SELECT DISTINCT {columns} FROM {source}.{table}) WHERE NOT ({condition}) LIMIT 1"


@contextmanager
def quick_conditions(
    connection: sqlite3.Connection, source: str, table: str, given: Collection[str], known: Collection[str]
) -> Iterator[None]:
    """Inside, rows of the attached `source` are copied without its CHECKs, where they all hold; else with them, so
    that SQLite refuses. `given`: the columns that are copied; the others take their defaults, which hold.
    """
    if not _hold(connection, source, table, given, known):
        yield
        return
    connection.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        connection.execute("PRAGMA ignore_check_constraints = OFF")


def _hold(
    connection: sqlite3.Connection, source: str, table: str, given: Collection[str], known: Collection[str]
) -> bool:
    """Whether every condition holds for all rows; False as well where that cannot be told from single values."""
    for condition in conditions(str(connection.execute(_DEFINITION, (table,)).fetchone()[0])):
        used = {column for column in known if re.search(rf"\b{column}\b(?! *\()", condition)}
        if not used & set(given):
            continue
        if not used <= set(given):
            return False
        sql = _BROKEN.format(columns=", ".join(sorted(used)), source=source, table=table, condition=condition)
        if connection.execute(sql).fetchone() is not None:
            return False
    return True


def conditions(definition: str) -> list[str]:
    """The conditions in a table's definition: what stands in brackets after CHECK."""
    found = []
    for start in re.finditer(r"\bCHECK\s*\(", definition):
        depth, place = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(definition[place], 0)
            place += 1
        found.append(definition[start.end() : place - 1])
    return found
