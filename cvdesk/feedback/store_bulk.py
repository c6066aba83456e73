"""SQL of changing many entries at once: each is one operation, one step to undo."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from cvdesk.customers import store as customers
from cvdesk.db import Operation

COLUMNS = ("channel_id", "kind", "offering_id")
_OWN_THEME = """
SELECT id, entry_id, state FROM entry_themes
WHERE theme_id = ? AND entry_id IN (SELECT value FROM json_each(?))
"""
_HAVE_MAIN = """
SELECT DISTINCT entry_id FROM entry_themes
WHERE state = 'confirmed' AND main = 1 AND entry_id IN (SELECT value FROM json_each(?))
"""
_THERE = "SELECT id FROM entries WHERE id IN (SELECT value FROM json_each(?))"
_ASKED_BEFORE = f"{_THERE} AND date <= ? AND answered IS NULL"
_FILES = """
SELECT attachment_id FROM attachment_links WHERE entry_id IN (SELECT value FROM json_each(?))
EXCEPT SELECT attachment_id FROM attachment_links
WHERE entry_id IS NULL OR entry_id NOT IN (SELECT value FROM json_each(?))
"""


def set_column(op: Operation, ids: Sequence[int], column: str, value: Any) -> int:
    """Gives many entries the same channel, kind or product, and gives how many changed."""
    if column not in COLUMNS:
        raise ValueError(f"{column} is not changed for many entries at once")
    return op.update_many("entries", ids, {column: value})


def set_customer(op: Operation, ids: Sequence[int], customer_id: int | None) -> int:
    """Says whose feedback many entries are; the customer's segment is copied onto them. None: anonymous."""
    values = {"customer_id": customer_id, "segment_id": customers.segment_of(op, customer_id)}
    return op.update_many("entries", ids, values)


def add_theme(op: Operation, ids: Sequence[int], theme_id: int) -> int:
    """Says that many entries are about a theme; the main one where an entry had none. Gives how many changed."""
    chosen = json.dumps(list(ids))
    known = {row["entry_id"]: row for row in op.rows(_OWN_THEME, (theme_id, chosen))}
    settled = {row[0] for row in op.rows(_HAVE_MAIN, (chosen,))}
    count = 0
    for main in (True, False):
        again = [
            row["id"]
            for entry_id, row in known.items()
            if row["state"] != "confirmed" and (entry_id not in settled) is main
        ]
        count += op.update_many("entry_themes", again, {"state": "confirmed", "by": "owner", "main": int(main)})
    for (entry_id,) in op.rows(_THERE, (chosen,)):
        if entry_id not in known:
            values = {"entry_id": entry_id, "theme_id": theme_id, "state": "confirmed", "by": "owner"}
            op.insert("entry_themes", values | {"main": int(entry_id not in settled)})
            count += 1
    return count


def remove_theme(op: Operation, ids: Sequence[int], theme_id: int) -> int:
    """Says that many entries are not about a theme; it stays known as rejected. Gives how many changed."""
    rows = op.rows(_OWN_THEME, (theme_id, json.dumps(list(ids))))
    wrong = [row["id"] for row in rows if row["state"] != "rejected"]
    return op.update_many("entry_themes", wrong, {"state": "rejected", "by": "owner"})


def mark_answered(op: Operation, ids: Sequence[int], day: date) -> int:
    """Notes the day many entries were answered; those that were before, or were given later, stay as they are."""
    waiting = [row[0] for row in op.rows(_ASKED_BEFORE, (json.dumps(list(ids)), day.isoformat()))]
    return op.update_many("entries", waiting, {"answered": day.isoformat(), "needs_answer": 1})


def delete(op: Operation, ids: Sequence[int]) -> int:
    """Deletes many entries with what is attached to them alone, and gives how many."""
    chosen = json.dumps(list(ids))
    files = [row[0] for row in op.rows(_FILES, (chosen, chosen))]
    count = op.delete_many("entries", ids)
    op.delete_many("attachments", files)
    return count
