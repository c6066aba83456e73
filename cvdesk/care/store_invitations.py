"""Who gets an invitation in writing, and what stands in it. Asked at the moment of writing: who said no gets none."""

from __future__ import annotations

import json

from cvdesk.care.letters import Message, message
from cvdesk.care.records_loop import Circle, Person
from cvdesk.care.store_groups import gathering, guests
from cvdesk.catalogue import store as catalogue
from cvdesk.customers.store_permission import may
from cvdesk.db import Queries
from cvdesk.wording import _
from cvdesk.wording.numbers import day_long

_CONTACT = "COALESCE((SELECT value FROM contacts WHERE customer_id = customers.id AND kind = '{kind}' LIMIT 1), '')"
_PEOPLE = f"""
SELECT customers.id, name, preferred_name, organisation, {_CONTACT.format(kind="email")} AS email,
    {_CONTACT.format(kind="phone")} AS phone, address, city, country
FROM json_each(?) AS wanted JOIN customers ON customers.id = wanted.value ORDER BY name_key, customers.id
"""


def usual_text(db: Queries, gathering_id: int) -> str:
    """The text an invitation begins with. LookupError where the event is gone."""
    kept = gathering(db, gathering_id).gathering
    words = _("Dear {{name}},\n\nyou are invited: {event}, {day}.").format(event=kept.name, day=day_long(kept.date))
    rest = _("Do let us know whether you are coming.\n\nKind regards\n{business}")
    return "\n\n".join(part for part in (words, kept.note.strip(), rest) if part)


def to_write(db: Queries, gathering_id: int) -> tuple[Person, ...]:
    """Those on the list who have not answered and may be written to, by name."""
    open_ones = [one.customer_id for one in guests(db, gathering_id) if one.state == "invited"]
    allowed = may(db, open_ones, own_matter=False).yes
    return tuple(
        Person(
            row["id"], row["name"], row["preferred_name"], row["organisation"], row["email"], row["phone"],
            row["address"], row["city"], row["country"],
        )
        for row in db.rows(_PEOPLE, (json.dumps(list(allowed)),))
    )  # fmt: skip


def invitations(db: Queries, gathering_id: int, text: str) -> tuple[Message, ...]:
    """One invitation for each of them, with their name filled in."""
    with db.snapshot():
        kept = gathering(db, gathering_id).gathering
        circle = Circle(("theme", 0), kept.name)
        business = catalogue.business(db).name
        return tuple(message(text, kept.name, circle, one, business) for one in to_write(db, gathering_id))


__all__ = ["invitations", "to_write", "usual_text"]
