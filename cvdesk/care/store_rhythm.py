"""The rhythm of check-ins, of a customer or of everybody with a tag, and who is due by it."""

from __future__ import annotations

import json
from datetime import date, timedelta

from cvdesk.care.records_touch import CheckIn, rhythm_problems
from cvdesk.customers.store_contact import last_days, rhythm_days, rhythms
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

_KNOWN = "SELECT id FROM care_plans WHERE kind = 'check_in' AND {column} = ?"
_TAGS = """
SELECT tags.id, tags.name, care_plans.value FROM tags
LEFT JOIN care_plans ON care_plans.tag_id = tags.id AND care_plans.kind = 'check_in' AND care_plans.active = 1
ORDER BY tags.name COLLATE NOCASE
"""
# Since when somebody is a customer; without that, since when they stand in the file.
_BEGAN = """
SELECT id, COALESCE(since, date(created_at)) AS began FROM customers
WHERE active = 1 AND id IN (SELECT value FROM json_each(?))
"""
_SOME_OF_ALL = 700  # from so many on, everybody at once is quicker than one after the other


def set_rhythm(op: Operation, customer_id: int, days: int | None) -> None:
    """A customer's own rhythm in days; None: none of their own. UserError for days that are no rhythm."""
    _set(op, "customer_id", customer_id, days)


def set_tag_rhythm(op: Operation, tag_id: int, days: int | None) -> None:
    """The rhythm of everybody with a tag who has none of their own; None: no rhythm."""
    _set(op, "tag_id", tag_id, days)


def tag_rhythms(db: Queries) -> list[tuple[int, str, int | None]]:
    """All tags with their rhythm, as (id, name, days or None)."""
    return [(row["id"], row["name"], rhythm_days(row["value"]) if row["value"] else None) for row in db.rows(_TAGS)]


def check_ins(db: Queries, today: date) -> list[CheckIn]:
    """Who is due by their rhythm, the longest waiting first, whatever was put off.

    Counted from the last contact of any kind; the first time from the day somebody became a customer.
    """
    known = rhythms(db)
    if not known:
        return []
    last = last_days(db, today, known if len(known) < _SOME_OF_ALL else None)
    latest_start = today - timedelta(days=min(rhythm.days for rhythm in known.values()))
    begun = {customer for customer in known if customer not in last or last[customer] <= latest_start}
    found = []
    for row in db.rows(_BEGAN, (json.dumps(list(begun)),)):
        customer, rhythm = row["id"], known[row["id"]]
        day = last.get(customer, date.fromisoformat(row["began"])) + timedelta(days=rhythm.days)
        if day <= today:
            found.append(CheckIn(customer, rhythm, last.get(customer), day))
    return sorted(found, key=lambda one: (one.day, one.customer_id))


def _set(op: Operation, column: str, owner: int, days: int | None) -> None:
    known = op.value(_KNOWN.format(column=column), (owner,))
    if days is None:
        if known is not None:
            op.delete("care_plans", known)
        return
    wrong = rhythm_problems(days)
    if wrong:
        raise UserError(wrong["days"], _("Change it and save again."))
    values = {"value": json.dumps({"days": days}), "active": 1}
    if known is None:
        op.insert("care_plans", {"kind": "check_in", "name": "", column: owner, **values})
    else:
        op.update("care_plans", known, values)


__all__ = ["check_ins", "set_rhythm", "set_tag_rhythm", "tag_rhythms"]
