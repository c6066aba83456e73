"""SQL of customers: saving, finding, and everything their card shows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import match_key
from cvdesk.customers.people import People, Person
from cvdesk.customers.records import Contact, Customer, contact_key, is_email, is_phone, phone_key
from cvdesk.customers.store_snoozed import forget_put_off
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

_PLAIN = ("kind", "name", "preferred_name", "organisation", "preferred_channel_id", "segment_id", "address", "city",
          "country", "notes", "source_id", "may_write", "may_write_how")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A customer found by a name or a contact; `detail` is what tells two of the same name apart."""

    id: int
    name: str
    detail: str = ""


def save(op: Operation, customer: Customer) -> int:
    """Adds or changes a customer with contacts, nicknames and tags, and gives the id."""
    if not match_key(customer.name):
        raise UserError(
            _("A customer needs a name."), _("Type a name; anything that tells the customer apart will do.")
        )
    values = {name: getattr(customer, name) for name in _PLAIN}
    values |= {
        "name": customer.name.strip(), "name_key": match_key(customer.name), "active": int(customer.active),
        "since": _iso(customer.since), "birthday": _iso(customer.birthday), "may_write_on": _iso(customer.may_write_on),
    }  # fmt: skip
    if customer.id is None:
        customer_id = op.insert("customers", values)
    else:
        customer_id = customer.id
        op.update("customers", customer_id, values)
    _save_contacts(op, customer_id, customer.contacts)
    _save_nicknames(op, customer_id, customer.nicknames)
    _save_tags(op, customer_id, customer.tags)
    return customer_id


def _save_contacts(op: Operation, customer_id: int, contacts: Iterable[Contact]) -> None:
    country = catalogue.business(op).country
    wanted = {(item.kind, contact_key(item.kind, item.value, country)): item for item in contacts}
    kept = {
        (row["kind"], row["match_key"]): row["id"]
        for row in op.rows("SELECT id, kind, match_key FROM contacts WHERE customer_id = ?", (customer_id,))
    }
    for gone in kept.keys() - wanted.keys():
        op.delete("contacts", kept[gone])
    for (kind, key), item in wanted.items():
        values: dict[str, Any] = {"kind": kind, "match_key": key, "value": item.value.strip(), "label": item.label}
        if (kind, key) in kept:
            op.update("contacts", kept[kind, key], values)
        else:
            op.insert("contacts", {"customer_id": customer_id, **values})


def _save_nicknames(op: Operation, customer_id: int, nicknames: Iterable[str]) -> None:
    wanted = {match_key(name): name.strip() for name in nicknames if match_key(name)}
    kept: set[str] = set()
    for row in op.rows("SELECT id, match_key FROM aliases WHERE customer_id = ? AND kind = 'nickname'", (customer_id,)):
        if row["match_key"] in wanted and row["match_key"] not in kept:
            kept.add(row["match_key"])
        else:
            op.delete("aliases", row["id"])
    for key in wanted.keys() - kept:
        op.insert("aliases", {"customer_id": customer_id, "kind": "nickname", "value": wanted[key], "match_key": key})


def _save_tags(op: Operation, customer_id: int, tags: Iterable[int]) -> None:
    wanted = set(tags)
    rows = op.rows("SELECT tag_id, id FROM customer_tags WHERE customer_id = ?", (customer_id,))
    kept = {row["tag_id"]: row["id"] for row in rows}
    for tag in kept.keys() - wanted:
        op.delete("customer_tags", kept[tag])
    for tag in sorted(wanted - kept.keys()):
        op.insert("customer_tags", {"customer_id": customer_id, "tag_id": tag})


def delete(op: Operation, customer_id: int) -> None:
    """Deletes a customer; feedback and complaints stay and become anonymous. Can be undone."""
    forget_put_off(op, customer_id)
    op.delete("customers", customer_id)


_CUSTOMER = "SELECT * FROM customers WHERE id = ?"
_CONTACTS = "SELECT kind, value, label FROM contacts WHERE customer_id = ? ORDER BY kind, id"
_NICKNAMES = "SELECT value FROM aliases WHERE customer_id = ? AND kind = 'nickname' ORDER BY id"
_TAGS = "SELECT tag_id FROM customer_tags WHERE customer_id = ? ORDER BY id"


def get(db: Queries, customer_id: int) -> Customer:
    """A customer; raises LookupError for an unknown id."""
    row = db.row(_CUSTOMER, (customer_id,))
    if row is None:
        raise LookupError(f"there is no customer {customer_id}")
    return Customer(
        **{name: row[name] for name in _PLAIN},
        since=_day(row["since"]),
        birthday=_day(row["birthday"]),
        may_write_on=_day(row["may_write_on"]),
        active=bool(row["active"]),
        contacts=tuple(Contact(*item) for item in db.rows(_CONTACTS, (customer_id,))),
        nicknames=tuple(item[0] for item in db.rows(_NICKNAMES, (customer_id,))),
        tags=tuple(item[0] for item in db.rows(_TAGS, (customer_id,))),
        id=customer_id,
    )


_DETAIL = """COALESCE(NULLIF(customers.organisation, ''), NULLIF(customers.city, ''),
       (SELECT value FROM contacts WHERE customer_id = customers.id ORDER BY kind, id LIMIT 1), '')"""
_BY_CONTACT = f"""
SELECT customers.id, customers.name, {_DETAIL} FROM contacts JOIN customers ON customers.id = contacts.customer_id
WHERE contacts.kind = ? AND contacts.match_key = ? ORDER BY customers.name_key LIMIT ?
"""
# Names that begin so come before names with a later word that does; nicknames count as names.
_BY_NAME = f"""
SELECT customers.id, customers.name, {_DETAIL} FROM customers WHERE id IN (
    SELECT id FROM customers WHERE name_key LIKE :begins ESCAPE '\\' OR name_key LIKE :word ESCAPE '\\'
    UNION SELECT customer_id FROM aliases WHERE kind = 'nickname' AND match_key LIKE :begins ESCAPE '\\'
) ORDER BY name_key <> :key, name_key NOT LIKE :begins ESCAPE '\\', name_key, id LIMIT :limit
"""


def find_matches(db: Queries, text: str, limit: int = 8) -> list[Match]:
    """Customers with this e-mail address or phone number, or with a name, a word of it or a nickname that begins so."""
    text = text.strip()
    if is_email(text):
        return [Match(*row) for row in db.rows(_BY_CONTACT, ("email", text.casefold(), limit))]
    if is_phone(text):
        key = phone_key(text, catalogue.business(db).country)
        return [Match(*row) for row in db.rows(_BY_CONTACT, ("phone", key, limit))]
    key = match_key(text)
    if not key:
        return []
    escaped = like(key)
    parameters = {"key": key, "begins": f"{escaped}%", "word": f"% {escaped}%", "limit": limit}
    return [Match(*row) for row in db.rows(_BY_NAME, parameters)]


def like(text: str) -> str:
    """Text for LIKE ... ESCAPE '\\', so that % and _ mean themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_PEOPLE = """
SELECT id, name,
    (SELECT json_group_array(value) FROM aliases WHERE customer_id = customers.id AND kind = 'nickname') AS nicknames,
    (SELECT json_group_array(match_key) FROM contacts WHERE customer_id = customers.id) AS keys,
    (SELECT max(position) FROM entries WHERE customer_id = customers.id) AS heard
FROM customers WHERE active = 1 ORDER BY id
"""


def capture_customers(db: Queries) -> People:
    """Everybody, by all they are known by, for the line feedback is typed in."""
    people = (
        Person(
            row["id"],
            row["name"],
            tuple(json.loads(row["nicknames"])),
            tuple(json.loads(row["keys"])),
            row["heard"] or 0,
        )
        for row in db.each(_PEOPLE)
    )
    return People(people, catalogue.business(db).country)


def segment_of(db: Queries, customer_id: int | None) -> int | None:
    """The segment of a customer now, as it is copied onto new rows."""
    if customer_id is None:
        return None
    found: int | None = db.value("SELECT segment_id FROM customers WHERE id = ?", (customer_id,))
    return found


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
