"""SQL of the last contact with a customer, of any kind, and of the rhythm in which somebody wants to be in touch.

A purchase is no contact: nobody need have talked. Neither is a contact that is still to be made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from cvdesk.customers.records_contact import MOST_DAYS, LastContact, Rhythm
from cvdesk.db import Queries
from cvdesk.db.rows import day_start

_DAY_OF_POSITION = day_start("1970-01-02") - day_start("1970-01-01")


# Whole indexes once, a table each: quicker than looking for each of thousands of customers. Of entries the order,
# which has the day in it (db/rows.py), so that no row is read. No index has the day a contact was made: contacts are
# read in the order they stand in, which costs a third.
_EVERYBODY = """
SELECT customer_id, max(day) FROM (
    SELECT customer_id, date(max(position) / :day_of_position * 86400, 'unixepoch') AS day FROM entries
    WHERE customer_id IS NOT NULL AND position < :end GROUP BY customer_id
    UNION ALL SELECT customer_id, max(date) FROM complaints
    WHERE customer_id IS NOT NULL AND date <= :today GROUP BY customer_id
    UNION ALL SELECT customer_id, max(complaint_events.date) FROM complaint_events
    JOIN complaints ON complaints.id = complaint_id
    WHERE customer_id IS NOT NULL AND complaint_events.date <= :today GROUP BY customer_id
    UNION ALL SELECT customer_id, max(date) FROM assessments
    WHERE customer_id IS NOT NULL AND kind = 'customer' AND state = 'done' AND date <= :today GROUP BY customer_id
    UNION ALL SELECT customer_id, max(done) FROM touches NOT INDEXED WHERE done <= :today GROUP BY customer_id)
GROUP BY customer_id
"""
# The same for some: one look into an index per customer and table.
_SOME = """
SELECT customers.id, max(
    COALESCE(date((SELECT max(position) FROM entries WHERE customer_id = customers.id AND position < :end)
        / :day_of_position * 86400, 'unixepoch'), ''),
    COALESCE((SELECT max(date) FROM complaints WHERE customer_id = customers.id AND date <= :today), ''),
    COALESCE((SELECT max(complaint_events.date) FROM complaints
        JOIN complaint_events ON complaint_events.complaint_id = complaints.id
        WHERE customer_id = customers.id AND complaint_events.date <= :today), ''),
    COALESCE((SELECT max(date) FROM assessments WHERE customer_id = customers.id AND kind = 'customer'
        AND state = 'done' AND date <= :today), ''),
    COALESCE((SELECT max(done) FROM touches WHERE customer_id = customers.id AND done <= :today), '')) AS day
FROM json_each(:ids) AS wanted JOIN customers ON customers.id = wanted.value
"""
_ONE = """
SELECT 'entries', entries.id, date, kind, COALESCE(channels.name, '') FROM (
    SELECT * FROM entries WHERE customer_id = :id AND position < :end ORDER BY position DESC LIMIT 1) AS entries
LEFT JOIN channels ON channels.id = channel_id
UNION ALL SELECT 'complaints', complaints.id, date, 'received', COALESCE(channels.name, '')
FROM complaints LEFT JOIN channels ON channels.id = channel_id WHERE customer_id = :id AND date <= :today
UNION ALL SELECT 'complaints', complaints.id, complaint_events.date, complaint_events.stage, ''
FROM complaints JOIN complaint_events ON complaint_events.complaint_id = complaints.id
WHERE customer_id = :id AND complaint_events.date <= :today AND complaint_events.stage <> 'received'
UNION ALL SELECT 'assessments', assessments.id, date, form, COALESCE(channels.name, '')
FROM assessments LEFT JOIN channels ON channels.id = channel_id
WHERE customer_id = :id AND kind = 'customer' AND state = 'done' AND date <= :today
UNION ALL SELECT 'touches', touches.id, done, kind, COALESCE(channels.name, '')
FROM touches LEFT JOIN channels ON channels.id = channel_id WHERE customer_id = :id AND done <= :today
ORDER BY 3 DESC, 2 DESC LIMIT 1
"""
_PLANS = """
SELECT care_plans.customer_id, care_plans.tag_id, care_plans.value, COALESCE(tags.name, '') AS tag
FROM care_plans LEFT JOIN tags ON tags.id = care_plans.tag_id
WHERE care_plans.kind = 'check_in' AND care_plans.active = 1
"""
_TAGGED = "SELECT customer_id FROM customer_tags WHERE tag_id = ?"
_TAGS_OF = "SELECT tag_id FROM customer_tags WHERE customer_id = ?"


def last_days(db: Queries, today: date, ids: Iterable[int] | None = None) -> dict[int, date]:
    """The day of the last contact, up to today, with everybody anybody ever spoke to, or with those of these."""
    values: dict[str, object] = _days(today) | {"day_of_position": _DAY_OF_POSITION}
    found = db.rows(_EVERYBODY, values) if ids is None else db.rows(_SOME, values | {"ids": json.dumps(list(ids))})
    return {row[0]: date.fromisoformat(row[1]) for row in found if row[1]}


def last_contact(db: Queries, customer_id: int, today: date) -> LastContact | None:
    """The last contact with a customer up to today; None where there never was one."""
    row = db.row(_ONE, _days(today) | {"id": customer_id})
    return None if row is None else LastContact(date.fromisoformat(row[2]), row[0], row[1], row[3], row[4])


def rhythms(db: Queries) -> dict[int, Rhythm]:
    """Every customer with a rhythm: their own before all, else the shortest of their tags."""
    own: dict[int, Rhythm] = {}
    by_tag: dict[int, Rhythm] = {}
    for row in db.rows(_PLANS):
        days = rhythm_days(row["value"])
        if days is None:
            continue
        if row["customer_id"] is not None:
            own[row["customer_id"]] = Rhythm(days)
            continue
        for (customer,) in db.rows(_TAGGED, (row["tag_id"],)):
            known = by_tag.get(customer)
            if known is None or days < known.days:
                by_tag[customer] = Rhythm(days, row["tag"])
    return by_tag | own


def rhythm_of(db: Queries, customer_id: int) -> Rhythm | None:
    """The rhythm of one customer; None where they have none."""
    tags = {row[0] for row in db.rows(_TAGS_OF, (customer_id,))}
    found: Rhythm | None = None
    for row in db.rows(_PLANS):
        days = rhythm_days(row["value"])
        if days is None:
            continue
        if row["customer_id"] == customer_id:
            return Rhythm(days)
        if row["tag_id"] in tags and (found is None or days < found.days):
            found = Rhythm(days, row["tag"])
    return found


def rhythm_days(value: str) -> int | None:
    """The days of a rhythm as it is kept; None where the text says none (a file changed by hand)."""
    try:
        days = json.loads(value)["days"]
    except (ValueError, KeyError, TypeError):
        return None
    return days if isinstance(days, int) and not isinstance(days, bool) and 0 < days <= MOST_DAYS else None


def _days(today: date) -> dict[str, object]:
    return {"today": today.isoformat(), "end": day_start((today + timedelta(days=1)).isoformat())}


__all__ = ["last_contact", "last_days", "rhythm_days", "rhythm_of", "rhythms"]
