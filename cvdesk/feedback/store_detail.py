"""SQL of one entry in full: everything the card beside the list shows, read in one go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cvdesk.catalogue import files
from cvdesk.catalogue.files import Attached
from cvdesk.complaints import store_link
from cvdesk.complaints.store_link import Loose
from cvdesk.db import Queries
from cvdesk.feedback import store
from cvdesk.feedback.records import Entry
from cvdesk.feedback.store_answers import Snippet, snippets
from cvdesk.feedback.store_list import EntryList, EntryQuery
from cvdesk.themes import store as themes
from cvdesk.themes.records import Theme
from cvdesk.themes.store_marks import Mark, marks

_NAMES = """
SELECT COALESCE(customers.name, '') AS customer,
    COALESCE(NULLIF(customers.preferred_name, ''), customers.name, '') AS call,
    customers.kind AS sort, COALESCE(channels.name, '') AS channel, COALESCE(offerings.name, '') AS offering,
    COALESCE(logged.name, '') AS logged, COALESCE(promiser.name, '') AS promiser, complaints.id AS complaint_id,
    complaints.number AS number
FROM entries LEFT JOIN customers ON customers.id = entries.customer_id
LEFT JOIN channels ON channels.id = entries.channel_id LEFT JOIN offerings ON offerings.id = entries.offering_id
LEFT JOIN staff AS logged ON logged.id = entries.staff_id
LEFT JOIN staff AS promiser ON promiser.id = entries.promise_staff_id
LEFT JOIN complaints ON complaints.entry_id = entries.id WHERE entries.id = ? ORDER BY complaints.id LIMIT 1
"""
_EARLIER = 6


@dataclass(frozen=True, slots=True)
class Other:
    """Another entry of the same customer."""

    id: int
    date: dt.date
    text: str
    rating: float | None


@dataclass(frozen=True, slots=True)
class Detail:
    """An entry with the names of what it refers to, and what hangs on it. `call`: how the customer is spoken to."""

    entry: Entry
    customer: str
    call: str
    channel: str
    offering: str
    logged: str
    promiser: str
    complaint_id: int | None
    complaint_number: int | None
    themes: tuple[Theme, ...]
    marks: tuple[Mark, ...]
    attached: tuple[Attached, ...]
    loose: tuple[Loose, ...]
    earlier: tuple[Other, ...]
    snippets: tuple[Snippet, ...]


def detail(db: Queries, entry_id: int) -> Detail:
    """Everything about an entry; raises LookupError for one that is gone."""
    entry = store.get(db, entry_id)
    names = db.row(_NAMES, (entry_id,))
    if names is None:
        raise LookupError(f"there is no entry {entry_id}")
    customer = entry.customer_id
    others = [] if customer is None else EntryList(db, EntryQuery(customer=customer)).fetch(0, _EARLIER + 1)
    earlier = [Other(row.id, row.date, row.text, row.rating) for row in others if row.id != entry_id]
    free = store_link.loose(db, customer) if customer is not None and names["complaint_id"] is None else []
    call = names["call"] if names["call"] != names["customer"] or names["sort"] != "person" else _first(names["call"])
    return Detail(
        entry, names["customer"], call, names["channel"], names["offering"], names["logged"],
        names["promiser"], names["complaint_id"], names["number"],
        tuple(themes.themes(db)), tuple(marks(db, entry_id)), tuple(files.links(db, entry_id=entry_id)),
        tuple(free), tuple(earlier[:_EARLIER]), tuple(snippets(db)),
    )  # fmt: skip


def _first(name: str) -> str:
    return name.split()[0] if name.split() else ""
