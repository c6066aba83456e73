"""SQL of the part about care on a customer's card: last contact, rhythm, first steps, goals, what they buy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import date

from cvdesk.customers.records_contact import LastContact, Rhythm
from cvdesk.customers.store_contact import last_contact, rhythm_of
from cvdesk.customers.store_permission import permission_in_words
from cvdesk.db import Queries


@dataclass(frozen=True, slots=True)
class Steps:
    """How far somebody has come with their first steps; next: the open step that is due first, "" where none is."""

    name: str
    done: int
    count: int
    next: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CareOf:
    """What care knows of one customer. goals: the open ones, as (id, goal, how one helps, day or None)."""

    last: LastContact | None = None
    rhythm: Rhythm | None = None
    steps: Steps | None = None
    goals: tuple[tuple[int, str, str, dt.date | None], ...] = ()
    permission: str = ""


_START = (
    "SELECT id, note FROM touches WHERE customer_id = ? AND kind = 'onboarding' AND step = 0 ORDER BY id DESC LIMIT 1"
)
_STEPS = """
SELECT note, due, done FROM touches
WHERE customer_id = ? AND kind = 'onboarding' AND step > 0 AND id > ? AND due IS NOT NULL ORDER BY due, step
"""
_GOALS = """
SELECT id, goal, help, due FROM customer_goals WHERE customer_id = ? AND state = 'open' ORDER BY due IS NULL, due, id
"""
_PERMISSION = "SELECT may_write, may_write_on, may_write_how FROM customers WHERE id = ?"


def care_of(db: Queries, customer_id: int, today: date) -> CareOf:
    """What the card shows of care; a customer nobody looked after gives an empty one."""
    asked = db.row(_PERMISSION, (customer_id,))
    permission = ""
    if asked is not None:
        permission = permission_in_words(asked[0], _day(asked[1]), asked[2])
    return CareOf(
        last_contact(db, customer_id, today), rhythm_of(db, customer_id), _steps(db, customer_id),
        tuple((row[0], row[1], row[2], _day(row[3])) for row in db.rows(_GOALS, (customer_id,))), permission,
    )  # fmt: skip


def _steps(db: Queries, customer_id: int) -> Steps | None:
    begun = db.row(_START, (customer_id,))
    if begun is None:
        return None
    steps = db.rows(_STEPS, (customer_id, begun["id"]))
    if not steps:
        return None
    left = [row for row in steps if row["done"] is None]
    return Steps(
        begun["note"], len(steps) - len(left), len(steps), left[0]["note"] if left else "",
        _day(left[0]["due"]) if left else None,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


__all__ = ["CareOf", "Steps", "care_of"]
