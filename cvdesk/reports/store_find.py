"""Records a document can be about, found by a part of their name or number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import match_key
from cvdesk.db import Queries
from cvdesk.reports.records_kinds import About
from cvdesk.wording import _
from cvdesk.wording.numbers import day

_MOST = 50

_NAMES: dict[About, str] = {
    "customers": "SELECT name FROM customers WHERE id = ?",
    "complaints": "SELECT number AS name FROM complaints WHERE id = ?",
    "surveys": "SELECT name FROM surveys WHERE id = ?",
    "actions": "SELECT name FROM actions WHERE id = ?",
    "gatherings": "SELECT name FROM gatherings WHERE id = ?",
    "care_plans": "SELECT name FROM care_plans WHERE id = ?",
}
_ALL: dict[About, str] = {
    "surveys": "SELECT id, name, started AS date FROM surveys ORDER BY id DESC",
    "actions": "SELECT id, name, NULL AS date FROM actions WHERE status <> 'dropped' ORDER BY id DESC",
    "gatherings": "SELECT id, name, date FROM gatherings ORDER BY date DESC, id DESC",
    "care_plans": "SELECT id, name, NULL AS date FROM care_plans WHERE active = 1 ORDER BY id DESC",
}
# The beginning of the name or of a word in it; whose name begins so comes first.
_CUSTOMERS = """SELECT id, name, organisation FROM customers
    WHERE ?1 = '' OR instr(' ' || name_key, ' ' || ?1) > 0
    ORDER BY name_key NOT LIKE ?1 || '%', name_key, id LIMIT ?2"""
_COMPLAINTS = """SELECT c.id, c.number, c.date, COALESCE(p.name, '') AS name FROM complaints c
    LEFT JOIN customers p ON p.id = c.customer_id
    WHERE ?1 = '' OR c.number LIKE ?1 || '%' OR instr(' ' || COALESCE(p.name_key, ''), ' ' || ?1) > 0
    ORDER BY c.date DESC, c.id DESC LIMIT ?2"""
_WHOSE_COMPLAINT = "SELECT customer_id FROM complaints WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Fits:
    """A record a document can be about; `beside`: what tells it from others of its name."""

    id: int
    name: str
    beside: str = ""


def named(db: Queries, table: About, record_id: int | None) -> str | None:
    """What a record is called on screen; None where there is no such record (any more)."""
    if record_id is None or table not in _NAMES:
        return None
    found = db.value(_NAMES[table], (record_id,))
    if found is None:
        return None
    return _("Complaint {number}").format(number=found) if table == "complaints" else str(found)


def fitting(db: Queries, table: About, text: str) -> list[Fits]:
    """Records that fit what was typed, all for nothing typed; at most fifty."""
    key = match_key(text)
    if table == "customers":
        return [Fits(row["id"], row["name"], row["organisation"]) for row in db.rows(_CUSTOMERS, (key, _MOST))]
    if table == "complaints":
        found = db.rows(_COMPLAINTS, (key.removeprefix("#"), _MOST))
        return [Fits(row["id"], *_case(row["number"], row["name"], row["date"])) for row in found]
    if table not in _ALL:
        return []
    return [
        Fits(row["id"], row["name"], day(date.fromisoformat(row["date"])) if row["date"] else "")
        for row in db.rows(_ALL[table])
        if f" {key}" in f" {match_key(row['name'])}"
    ][:_MOST]


def usual(db: Queries, table: About) -> int | None:
    """Which record it is about before anybody chose: the newest one; of the customers nobody, unless there is one."""
    found = fitting(db, table, "")
    if table == "customers" and len(found) != 1:
        return None
    return found[0].id if found else None


def customer_of(db: Queries, table: About, record_id: int | None) -> int | None:
    """The customer a document about this record is about."""
    if table == "customers":
        return record_id
    if table == "complaints" and record_id is not None:
        found = db.value(_WHOSE_COMPLAINT, (record_id,))
        return None if found is None else int(found)
    return None


def _case(number: int, name: str, on: str) -> tuple[str, str]:
    return (
        _("Complaint {number}").format(number=number),
        " · ".join(part for part in (name, day(date.fromisoformat(on))) if part),
    )
