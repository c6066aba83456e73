"""Rows to write and ways to look at all that a file holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.db.derived import DIMENSIONS

# Everything is imported first: another user need not be able to read where Python lies.
_BECOME = """
import os, getpass, platform, cvdesk.db
from cvdesk.errors import UserError
from cvdesk.wording import _
print(end=_("").strip())
os.setgroups([])
os.setgid({user})
os.setuid({user})
"""
NOT_RECORDS = {"operations", "changes", "drafts", "kept_figures", "holder", "entry_days", "entries_search"}


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of the lists a test file starts with."""

    factor: int
    theme: int
    channel: int
    offering: int
    segment: int


def seed(op: Operation) -> Ids:
    factor = op.insert("factors", {"key": "taste", "lever": "benefits", "place": 1, "label": "Taste"})
    return Ids(
        factor,
        op.insert("themes", {"key": "taste", "name": "Taste", "factor_id": factor}),
        op.insert("channels", {"key": "shop", "name": "In the shop"}),
        op.insert("offerings", {"key": "bread", "name": "Bread"}),
        op.insert("segments", {"key": "regulars", "name": "Regulars"}),
    )


def customer(op: Operation, name: str = "Ada Lovelace") -> int:
    return op.insert("customers", {"name": name, "name_key": name.casefold()})


def undone(file: BusinessFile) -> str | None:
    """Takes the last step back and gives its label."""
    step = file.undo()
    return None if step is None else step.label


def redone(file: BusinessFile) -> str | None:
    """Does the step again that was taken back last and gives its label."""
    step = file.redo()
    return None if step is None else step.label


def entry(op: Operation, day: str = "2026-05-04", text: str = "Lovely bread", **more: Any) -> int:
    return op.insert("entries", {"date": day, "text": text, **more})


def record_tables(db: Queries) -> list[str]:
    names = [row[0] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [name for name in names if name not in NOT_RECORDS and not name.startswith(("sqlite_", "entries_search"))]


def records(db: Queries) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of records, whole."""
    return {name: [tuple(row) for row in db.rows(f"SELECT * FROM {name} ORDER BY id")] for name in record_tables(db)}


def summaries(db: Queries) -> list[tuple[Any, ...]]:
    """The day summaries, sums rounded where adding up in another order may differ."""
    sql = """SELECT dimension, key, date, entries, rated, round(rating_sum, 6), satisfied, anonymous
        FROM entry_days ORDER BY 1, 2, 3"""
    return [tuple(row) for row in db.rows(sql)]


def fresh_summaries(db: Queries) -> list[tuple[Any, ...]]:
    """What the day summaries should be, counted from the entries."""
    found: list[tuple[Any, ...]] = []
    for dimension, key in DIMENSIONS.items():
        sql = f"""SELECT ?, {key}, date, count(*), count(rating), round(COALESCE(sum(rating), 0.0), 6),
            COALESCE(sum(rating >= 4), 0), sum(customer_id IS NULL) FROM entries GROUP BY 2, 3"""
        found += [tuple(row) for row in db.rows(sql, (dimension,))]
    return sorted(found)


def search(db: Queries, word: str) -> list[int]:
    """Ids of the entries the search index finds, newest first."""
    sql = """SELECT entries.id FROM entries_search JOIN entries ON entries.position = entries_search.rowid
        WHERE entries_search MATCH ? ORDER BY entries_search.rowid DESC"""
    return [row[0] for row in db.rows(sql, (f'"{word}"*',))]


def python(code: str, *arguments: object, user: int | None = None) -> subprocess.Popen[str]:
    """Another process running this code. `user`: the id of the user it becomes first, where this one is root."""
    become = _BECOME.format(user=user) if user is not None else ""
    environment: Mapping[str, str] = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONUNBUFFERED": "1",
    }
    command: Sequence[str] = (sys.executable, "-c", become + code, *(str(argument) for argument in arguments))
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def answer(code: str, *arguments: object, user: int | None = None) -> str:
    """What another process prints; fails when it fails."""
    process = python(code, *arguments, user=user)
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out.strip()
