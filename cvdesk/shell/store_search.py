"""What the search for everything finds in the file: customers, complaints, feedback and themes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import match_key
from cvdesk.db import Queries
from cvdesk.db.derived import folded
from cvdesk.feedback.store_list import match_words

SHOWN = 5
# How alike a misspelt name must be (0-100).
_ALIKE = 84
_SHORTEST_MISSPELT = 4

_CUSTOMERS = """
SELECT id, name, organisation, city FROM customers
WHERE name_key LIKE ?1 ESCAPE '\\' OR folded(organisation) LIKE ?1 ESCAPE '\\'
   OR id IN (SELECT customer_id FROM contacts WHERE match_key LIKE ?1 ESCAPE '\\' OR value LIKE ?2 ESCAPE '\\')
   OR id IN (SELECT customer_id FROM aliases WHERE kind = 'nickname' AND match_key LIKE ?1 ESCAPE '\\')
ORDER BY name_key NOT LIKE ?3 ESCAPE '\\', name_key, id LIMIT ?4
"""
_NAMES = "SELECT id, name_key FROM customers"
_THESE = "SELECT id, name, organisation, city FROM customers WHERE id IN (SELECT value FROM json_each(?))"
_ENTRIES = """
SELECT entries.id, entries.date, entries.text, entries.rating, customers.name
FROM entries_search CROSS JOIN entries ON entries.position = entries_search.rowid
LEFT JOIN customers ON customers.id = entries.customer_id
WHERE entries_search MATCH ? ORDER BY entries_search.rowid DESC LIMIT ?
"""
_COMPLAINTS = """
SELECT complaints.id, number, complaints.date, text, stage, customers.name FROM complaints
LEFT JOIN customers ON customers.id = complaints.customer_id WHERE {where}
ORDER BY complaints.date DESC, number DESC LIMIT ?
"""
_THEMES = """
SELECT themes.id, themes.name, factors.lever FROM themes JOIN factors ON factors.id = themes.factor_id
WHERE themes.active = 1 AND folded(themes.name) LIKE ? ESCAPE '\\' ORDER BY themes.name LIMIT ?
"""


_ACTIONS = """
SELECT id, name, status FROM actions WHERE folded(name) LIKE ? ESCAPE '\\' ORDER BY id DESC LIMIT ?
"""
_FAQS = """
SELECT id, question, answer FROM faqs
WHERE folded(question) LIKE ?1 ESCAPE '\\' OR folded(answer) LIKE ?1 ESCAPE '\\' ORDER BY place, id LIMIT ?2
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that fits. `words`: what it says; `more`: stage of a complaint, lever of a theme, status of an action,
    the answer to a question, a place.
    """

    table: str
    id: int
    words: str
    name: str = ""
    date: date | None = None
    number: int = 0
    more: str = ""


def find(db: Queries, text: str, shown: int = SHOWN) -> list[Hit]:
    """At most `shown` of each kind: customers, complaints, feedback (newest first), themes, actions, answers."""
    if not folded(text).strip():  # nothing, or nothing but accents
        return []
    return [*_customers(db, text, shown), *_complaints(db, text, shown), *_entries(db, text, shown),
            *_themes(db, text, shown), *_decided(db, text, shown)]  # fmt: skip


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _customers(db: Queries, text: str, shown: int) -> list[Hit]:
    key = _like(match_key(text))
    if not key:
        return []
    rows = db.rows(_CUSTOMERS, (f"%{key}%", f"%{_like(text.strip())}%", f"{key}%", shown))
    if not rows:
        rows = db.rows(_THESE, (str(_misspelt(db, match_key(text), shown)),))
    return [
        Hit("customers", row["id"], row["name"], more=", ".join(filter(None, (row["organisation"], row["city"]))))
        for row in rows
    ]


def _misspelt(db: Queries, key: str, shown: int) -> list[int]:
    """Customers whose names are much like what was typed."""
    if len(key) < _SHORTEST_MISSPELT:
        return []
    from rapidfuzz import fuzz, process

    names = {row["id"]: row["name_key"] for row in db.rows(_NAMES)}
    found = process.extract(key, names, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE, limit=shown)
    return [customer for _name, _score, customer in found]


def _entries(db: Queries, text: str, shown: int) -> list[Hit]:
    words = match_words(text)
    if not words:
        return []
    return [
        Hit("entries", row["id"], row["text"], row["name"] or "", date.fromisoformat(row["date"]))
        for row in db.rows(_ENTRIES, (words, shown))
    ]


def _complaints(db: Queries, text: str, shown: int) -> list[Hit]:
    number = text.strip().removeprefix("#")
    if number.isascii() and number.isdecimal() and len(number) < 10:
        where, values = "number = ?", [number]
    else:
        typed = folded(text).split()
        where = " AND ".join(["folded(text) LIKE ? ESCAPE '\\'"] * len(typed))
        values = [f"%{_like(word)}%" for word in typed]
    return [
        Hit(
            "complaints",
            row["id"],
            row["text"],
            row["name"] or "",
            date.fromisoformat(row["date"]),
            row["number"],
            row["stage"],
        )
        for row in db.rows(_COMPLAINTS.format(where=where), (*values, shown))
    ]


def _themes(db: Queries, text: str, shown: int) -> list[Hit]:
    typed = folded(text.strip().removeprefix("#"))
    return [
        Hit("themes", row["id"], row["name"], more=row["lever"])
        for row in db.rows(_THEMES, (f"%{_like(typed)}%", shown))
    ]


def _decided(db: Queries, text: str, shown: int) -> list[Hit]:
    """Actions, and questions with the owner's answers."""
    like = f"%{_like(folded(text.strip()))}%"
    actions = [Hit("actions", row["id"], row["name"], more=row["status"]) for row in db.rows(_ACTIONS, (like, shown))]
    faqs = [Hit("faqs", row["id"], row["question"], more=row["answer"]) for row in db.rows(_FAQS, (like, shown))]
    return [*actions, *faqs]
