"""SQL of one case with everything that stands beside it, and of logging one for somebody who may be new."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue import files
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.files import Attached
from cvdesk.catalogue.records import Named
from cvdesk.complaints import store
from cvdesk.complaints.records import Complaint, Event
from cvdesk.complaints.store_list import ComplaintRow
from cvdesk.complaints.store_repeats import Repeat, causes, chain, proposed
from cvdesk.complaints.store_steps import may_take_back
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import Operation, Queries


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint with names in place of ids; names are empty where there is nothing to name.

    `chain`: it and those it is linked with; `may_take_back`: the id of its last step.
    """

    complaint: Complaint
    events: tuple[Event, ...]
    customer: str
    channel: str
    offering: str
    handler: str
    themes: tuple[str, ...]
    entry_date: dt.date | None
    entry_text: str
    staff: dict[int, str]
    chain: tuple[ComplaintRow, ...]
    proposed: tuple[Repeat, ...]
    may_take_back: int | None
    attached: tuple[Attached, ...]
    currency: str


_NAMES = """
SELECT COALESCE(customers.name, '') AS customer, COALESCE(channels.name, '') AS channel,
    COALESCE(offerings.name, '') AS offering, COALESCE(staff.name, '') AS handler,
    entries.date AS entry_date, COALESCE(entries.text, '') AS entry_text
FROM complaints LEFT JOIN customers ON customers.id = complaints.customer_id
LEFT JOIN channels ON channels.id = complaints.channel_id LEFT JOIN offerings ON offerings.id = complaints.offering_id
LEFT JOIN staff ON staff.id = complaints.handler_id LEFT JOIN entries ON entries.id = complaints.entry_id
WHERE complaints.id = ?
"""
_THEMES = """
SELECT themes.name FROM complaint_themes JOIN themes ON themes.id = theme_id
WHERE complaint_id = ? ORDER BY complaint_themes.id
"""


def case(db: Queries, complaint_id: int, today: date) -> Case:
    """Everything the case shows; raises LookupError for an unknown id."""
    complaint = store.get(db, complaint_id)
    names = db.row(_NAMES, (complaint_id,))
    assert names is not None
    events = tuple(store.events(db, complaint_id))
    last = may_take_back(events)
    return Case(
        complaint=complaint,
        events=events,
        customer=names["customer"],
        channel=names["channel"],
        offering=names["offering"],
        handler=names["handler"],
        themes=tuple(row[0] for row in db.rows(_THEMES, (complaint_id,))),
        entry_date=date.fromisoformat(names["entry_date"]) if names["entry_date"] else None,
        entry_text=names["entry_text"],
        staff={row[0]: row[1] for row in db.rows("SELECT id, name FROM staff")},
        chain=tuple(chain(db, complaint_id, today)),
        proposed=tuple(proposed(db, complaint_id, today)),
        may_take_back=None if last is None else last.id,
        attached=tuple(files.links(db, complaint_id=complaint_id)),
        currency=catalogue.business(db).currency,
    )


def staff(db: Queries) -> list[tuple[int, str]]:
    """Who works here, as (id, name), by name."""
    return [(row[0], row[1]) for row in db.rows("SELECT id, name FROM staff WHERE active = 1 ORDER BY name")]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the forms of a complaint offer."""

    channels: tuple[Named, ...]
    offerings: tuple[Named, ...]
    themes: tuple[Named, ...]
    staff: tuple[tuple[int, str], ...]
    causes: tuple[str, ...]


def choices(db: Queries) -> Choices:
    """Channels, products and themes in use, who works here, causes found before."""
    channels, offerings, themes = (tuple(catalogue.named(db, name)) for name in ("channels", "offerings", "themes"))
    return Choices(channels, offerings, themes, tuple(staff(db)), tuple(causes(db)))


def customer_name(db: Queries, customer_id: int | None) -> str:
    """A customer's name; empty for nobody."""
    return "" if customer_id is None else customers.get(db, customer_id).name


def save_for(op: Operation, complaint: Complaint, new_customer: str = "", staff_id: int | None = None) -> int:
    """Saves a complaint; with a name nobody has yet, of a customer made with it. Gives the complaint's id."""
    if new_customer:
        complaint = replace(complaint, customer_id=customers.save(op, Customer(name=new_customer)))
    return store.save(op, complaint, staff_id)
