"""SQL of filing: which feedback nobody has filed yet, and what the owner says it is about.

An entry is settled once a theme of it is confirmed, or once the owner said that it is about none of the themes. The
latter is kept as a rejected row of a theme of its own that is never in use: nothing counts it, and undo knows it.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date
from typing import Any

from cvdesk.catalogue.filters import entries_clause
from cvdesk.catalogue.records import Filter
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

NONE_KEY = "about-none"
_NONE_ID = f"(SELECT id FROM themes WHERE key = '{NONE_KEY}')"
# What the owner has not settled; to be put after WHERE of a query over entries.
UNSETTLED = f"""entries.text <> ''
AND NOT EXISTS (SELECT 1 FROM entry_themes
    WHERE entry_id = entries.id AND (state = 'confirmed' OR state = 'rejected' AND theme_id = {_NONE_ID}))"""
_SUGGESTED = """entries.id IN (SELECT entry_id FROM entry_themes WHERE theme_id = ? AND state = 'suggested')"""
_QUEUE = f"SELECT json_group_array(position) FROM (SELECT position FROM {{source}} WHERE {{chosen}} AND {UNSETTLED})"
_COUNT = f"SELECT count(*) FROM {{source}} WHERE {{chosen}} AND {UNSETTLED}"
_DAYS = "SELECT (SELECT min(date) FROM entries), (SELECT max(date) FROM entries)"
# From the few rows rules made to their entries: the other way round every entry of ten years would be looked at.
_RULED = f"""
SELECT DISTINCT entries.id FROM entry_themes AS ruled
JOIN themes ON themes.id = ruled.theme_id AND themes.active = 1 CROSS JOIN entries ON entries.id = ruled.entry_id
WHERE ruled.state = 'suggested' AND ruled.by = 'rule' AND {{chosen}} AND {UNSETTLED}
"""
_ROWS = """
SELECT entries.id, position, date, entries.text, rating, entries.kind, COALESCE(customers.name, ''),
    COALESCE(channels.name, ''),
    (SELECT json_group_array(json_array(theme_id, by)) FROM (
        SELECT theme_id, by FROM entry_themes JOIN themes ON themes.id = theme_id AND themes.active = 1
        WHERE entry_id = entries.id AND state = 'suggested'
        ORDER BY main DESC, COALESCE(score, 0) DESC, entry_themes.id)),
    (SELECT json_group_object(theme_id, mood) FROM entry_themes WHERE entry_id = entries.id AND mood <> '')
FROM entries LEFT JOIN customers ON customers.id = entries.customer_id
LEFT JOIN channels ON channels.id = entries.channel_id
WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position DESC
"""
_MOST_USED = """
SELECT themes.id FROM themes WHERE active = 1
ORDER BY (SELECT count(*) FROM entry_themes WHERE theme_id = themes.id AND state = 'confirmed') DESC, themes.id LIMIT ?
"""
_THERE = "SELECT 1 FROM entries WHERE id = ?"
_OF_ENTRY = "SELECT id, theme_id, state FROM entry_themes WHERE entry_id = ?"
# The suggestions of some entries, the first of each entry as the main one where nothing is confirmed yet.
_TO_CONFIRM = """
SELECT found.id, found.place = 1 AND NOT EXISTS (
    SELECT 1 FROM entry_themes AS known WHERE known.entry_id = found.entry_id AND known.state = 'confirmed') AS main
FROM (
    SELECT entry_themes.id, entry_id, row_number() OVER (
        PARTITION BY entry_id ORDER BY main DESC, COALESCE(score, 0) DESC, entry_themes.id) AS place
    FROM entry_themes JOIN themes ON themes.id = theme_id AND themes.active = 1
    WHERE state = 'suggested' AND entry_id IN (SELECT value FROM json_each(?)) {limit}
) AS found
"""
_ONLY_RULES = "AND by = 'rule'"
_OTHER_SUGGESTIONS = """
SELECT id FROM entry_themes
WHERE entry_id IN (SELECT value FROM json_each(?)) AND theme_id <> ? AND state = 'suggested'
"""
_OF_MANY = "SELECT id, entry_id FROM entry_themes WHERE entry_id IN (SELECT value FROM json_each(?)) AND theme_id = ?"
_NOTHING_KNOWN = """
SELECT id FROM entries WHERE id IN (SELECT value FROM json_each(?))
AND NOT EXISTS (SELECT 1 FROM entry_themes WHERE entry_id = entries.id)
"""
_STILL_THERE = "SELECT id FROM entries WHERE id IN (SELECT value FROM json_each(?))"
_IDS = "SELECT id FROM entries WHERE position IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits to be filed. `suggested`: (theme, by whom), the likely main one first."""

    id: int
    position: int
    date: date
    text: str
    rating: float | None
    kind: str
    customer: str
    channel: str
    suggested: tuple[tuple[int, str], ...]
    moods: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the owner says an entry is about, main theme first. None at all: about none of the themes."""

    themes: tuple[int, ...]
    moods: tuple[tuple[int, str], ...] = ()  # praise ("good") or complaint ("bad") about a theme


class Queue:
    """Feedback nobody has settled, newest first: all order keys are read once (8 bytes each), rows as they are seen."""

    def __init__(self, db: Queries, chosen: Filter) -> None:
        self._db = db
        clause, values = _clause(chosen)
        found = json.loads(db.value(_QUEUE.format(source=_source(db, chosen), chosen=clause), values))
        self.keys = array("q", sorted(found, reverse=True))

    def count(self) -> int:
        """How many wait."""
        return len(self.keys)

    def fetch(self, first: int, limit: int) -> list[Waiting]:
        """A stretch of them."""
        keys = self.keys[first : first + limit]
        return [_waiting(row) for row in self._db.rows(_ROWS, (json.dumps(keys.tolist()),))] if keys else []

    def ids(self, first: int, limit: int) -> list[int]:
        """The ids of a stretch of them, in no order."""
        keys = self.keys[first : first + limit].tolist()
        return [int(row[0]) for row in self._db.rows(_IDS, (json.dumps(keys),))]

    def row_of(self, position: int) -> int | None:
        """The place of an entry by its position; None where it does not wait any more."""
        low, high = 0, len(self.keys)
        while low < high:
            middle = (low + high) // 2
            if self.keys[middle] > position:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.keys) and self.keys[low] == position else None


def _clause(chosen: Filter) -> tuple[str, tuple[object, ...]]:
    """The filter; its theme stands for what is suggested to be about it, as nothing that waits is confirmed."""
    clause = entries_clause(changed(chosen, theme=None))
    if chosen.theme is None:
        return clause.sql, clause.parameters
    return f"{clause.sql} AND {_SUGGESTED}", (*clause.parameters, chosen.theme)


def _source(db: Queries, chosen: Filter) -> str:
    """What to read the entries of a period from: most of a large file takes half as long in the order it lies in."""
    first, last = db.rows(_DAYS)[0]
    if first is None:
        return "entries"
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    days = (min(chosen.period.end, end) - max(chosen.period.start, start)).days
    return "entries NOT INDEXED" if 2 * days > (end - start).days else "entries"


def _waiting(row: Any) -> Waiting:
    values = list(row)
    values[2] = date.fromisoformat(values[2])
    values[8] = tuple((theme, by) for theme, by in json.loads(values[8]))
    values[9] = tuple((int(theme), mood) for theme, mood in json.loads(values[9]).items())
    return Waiting(*values)


def waiting_count(db: Queries, chosen: Filter) -> int:
    """How many entries wait to be filed."""
    clause, values = _clause(chosen)
    return int(db.value(_COUNT.format(source=_source(db, chosen), chosen=clause), values))


def ruled(db: Queries, chosen: Filter) -> list[int]:
    """The entries that wait and that a rule of the owner's has an answer for."""
    clause, values = _clause(chosen)
    return [int(row[0]) for row in db.rows(_RULED.format(chosen=clause), values)]


def most_used(db: Queries, limit: int = 9) -> tuple[int, ...]:
    """The themes most feedback was filed under."""
    return tuple(int(row[0]) for row in db.rows(_MOST_USED, (limit,)))


def none_theme(op: Operation) -> int:
    """The theme that stands for none of them; made when first needed, never in use."""
    known = op.value("SELECT id FROM themes WHERE key = ?", (NONE_KEY,))
    if known is not None:
        return int(known)
    factor = op.value("SELECT id FROM factors ORDER BY place LIMIT 1")
    # The history of an entry says "not about" and this name.
    return op.insert("themes", {"key": NONE_KEY, "name": _("any of the themes"), "factor_id": factor, "active": 0})


def file_entry(op: Operation, entry_id: int, answer: Answer) -> None:
    """Files an entry under the themes of an answer: they are confirmed, whatever else was suggested is not.

    UserError when the entry was deleted meanwhile.
    """
    if op.value(_THERE, (entry_id,)) is None:
        raise UserError(_("This feedback was deleted meanwhile."), _("Undo the deletion, then file it again."))
    known = {row["theme_id"]: row for row in op.rows(_OF_ENTRY, (entry_id,))}
    moods = dict(answer.moods)
    wanted = answer.themes or (none_theme(op),)
    for place, theme in enumerate(wanted):
        values: dict[str, object] = {
            "state": "confirmed" if answer.themes else "rejected", "by": "owner",
            "main": int(place == 0 and bool(answer.themes)), "mood": moods.get(theme, ""),
        }  # fmt: skip
        if theme in known:
            op.update("entry_themes", known[theme]["id"], values)
        else:
            op.insert("entry_themes", {"entry_id": entry_id, "theme_id": theme, **values})
    for theme, row in known.items():
        if theme not in wanted and row["state"] != "rejected":
            op.update("entry_themes", row["id"], {"state": "rejected", "by": "owner"})


def confirm(op: Operation, ids: Sequence[int], rules_only: bool = False) -> int:
    """Confirms what is suggested for many entries, and gives for how many rows it did.

    `rules_only`: only what the owner's rules suggest; it stays known as the rules' work, since nobody read each.
    """
    sql = _TO_CONFIRM.format(limit=_ONLY_RULES if rules_only else "")
    found = op.rows(sql, (json.dumps(list(ids)),))
    count = 0
    for main in (1, 0):
        values: dict[str, object] = {"state": "confirmed", "main": main}
        if not rules_only:
            values["by"] = "owner"
        count += op.update_many("entry_themes", [row["id"] for row in found if row["main"] == main], values)
    return count


def file_many(op: Operation, ids: Sequence[int], theme_id: int | None) -> int:
    """Files many entries under one theme, set-wise, and gives how many; None: they are about none of the themes.

    What else was suggested for them counts as wrong.
    """
    chosen = json.dumps(list(ids))
    theme = none_theme(op) if theme_id is None else theme_id
    state = "rejected" if theme_id is None else "confirmed"
    wrong = op.rows(_OTHER_SUGGESTIONS, (chosen, theme))
    op.update_many("entry_themes", [row["id"] for row in wrong], {"state": "rejected", "by": "owner"})
    known = {row["entry_id"]: row["id"] for row in op.rows(_OF_MANY, (chosen, theme))}
    values: dict[str, object] = {"state": state, "by": "owner", "main": int(theme_id is not None)}
    op.update_many("entry_themes", list(known.values()), values)
    there = [row[0] for row in op.rows(_STILL_THERE, (chosen,))]
    for entry_id in there:
        if entry_id not in known:
            op.insert("entry_themes", {"entry_id": entry_id, "theme_id": theme, **values})
    return len(there)


def suggest_many(op: Operation, ids: Sequence[int], theme_id: int) -> int:
    """Suggests a theme, on the owner's word, for many entries that nothing is known of; gives how many."""
    chosen = json.dumps(list(ids))
    count = 0
    for (entry_id,) in op.rows(_NOTHING_KNOWN, (chosen,)):
        op.insert("entry_themes", {
            "entry_id": entry_id, "theme_id": theme_id, "state": "suggested", "by": "owner", "main": 1,
        })  # fmt: skip
        count += 1
    return count


__all__ = ["NONE_KEY", "UNSETTLED", "Answer", "Queue", "Waiting", "confirm", "file_entry", "file_many", "most_used",
           "none_theme", "ruled", "suggest_many", "waiting_count"]  # fmt: skip
