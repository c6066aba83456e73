"""Whose row it is: finds the customer a row names, or makes one (model.md: People)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from cvdesk.catalogue.records import match_key
from cvdesk.customers.bulk import known_people
from cvdesk.customers.records import contact_key
from cvdesk.db import Queries
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.former import Former
from cvdesk.exchange.many import parted

_ONE = "SELECT * FROM customers WHERE id = ?"
_CONTACTS_OF = "SELECT kind, match_key FROM contacts WHERE customer_id = ?"
_TAGS_OF = "SELECT tag_id FROM customer_tags WHERE customer_id = ?"
MOST_CONTACTS = 12
_MOST_DUPLICATES = 5
# A "name" that so many share identifies nobody.
_MOST_NAMESAKES = 100
# What tells two rows of one list apart that carry the same name; an older record is only told apart by the birthday.
_TELLING = ("birthday", "address", "organisation", "source_id")

cached_key = lru_cache(maxsize=100_000)(contact_key)


@dataclass(slots=True)
class Person:
    """What a row says about a customer. `contacts`: (kind, value as compared) -> value as written."""

    name: str
    kind: str = "person"
    source_id: str = ""
    contacts: dict[tuple[str, str], str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    tags: dict[int, None] = field(default_factory=dict)
    id: int = 0

    def __post_init__(self) -> None:
        self.key = match_key(self.name)

    key: str = ""


def contacts_of(emails: list[str], phones: list[str], country: str) -> dict[tuple[str, str], str]:
    """Contacts by what they are compared by; cells that hold none are left out."""
    found: dict[tuple[str, str], str] = {}
    for value in emails:
        for part in parted(value, commas=True):
            if "@" in part and (key := cached_key("email", part, country)):
                found.setdefault(("email", key), part)
    for cell in phones:
        for value in parted(cell):
            key = cached_key("phone", value, country)
            if len(key) >= 5:
                found.setdefault(("phone", key), value)
    return dict(list(found.items())[:MOST_CONTACTS])


class Crowd:
    """Everyone in the file and everyone an import adds; changes of either are kept until it is copied."""

    def __init__(self, db: Queries, blocks: Blocks, former: Former) -> None:
        self._db = db
        self._blocks = blocks
        self._former = former
        self.known = known_people(db)
        self.made: dict[int, Person] = {}
        self.changed: dict[int, dict[str, Any]] = {}
        self.contacts: dict[tuple[int, str, str], str] = {}
        self.tags: dict[tuple[int, int], None] = {}
        self.sources: dict[str, int] = {}
        self.duplicates: dict[tuple[int, int], str] = {}
        self._ids_here: dict[int, str] = {}

    def find(self, person: Person, a_list: bool = False) -> tuple[int | None, list[int]]:
        """(who it is or None, who else it might be). `a_list`: rows of a list of customers, each meant as someone."""
        known = self.known
        if person.source_id and (found := known.by_source.get(person.source_id)) is not None:
            return found, []
        rivals: list[int] = []
        for contact in person.contacts:
            found = known.by_contact.get(contact)
            if found is not None and not self._other_id_here(found, person):
                return found, []
            rivals += [] if found is None else [found]
        named = known.by_name.get(person.key, []) if person.key else []
        if not named and person.key:
            named = self._renamed.get(person.key, [])
        if len(named) > _MOST_NAMESAKES:
            return None, [*rivals, *named[:_MOST_DUPLICATES]]
        fitting = [one for one in named if not self._told_apart(one, person, a_list)]
        if len(fitting) == 1:
            return fitting[0], []
        return None, [*rivals, *named]

    @cached_property
    def _renamed(self) -> dict[str, list[int]]:
        """Names as compared that customers had until somebody corrected them."""
        found: dict[str, list[int]] = {}
        for customer, before in self._former.customers.items():
            for key in before.get("name_key", ()):
                if customer in self.known.ids:
                    found.setdefault(key, []).append(customer)
        return found

    def _other_id_here(self, found: int, person: Person) -> bool:
        """True for someone this same file lists under another id: its source says they are two people."""
        return bool(person.source_id) and self._ids_here.get(found, person.source_id) != person.source_id

    def _told_apart(self, one: int, person: Person, a_list: bool) -> bool:
        if self._other_id_here(one, person):
            return True
        if one in self.made:
            return a_list and self._rows_differ(self.made[one], person)
        birthday = person.values.get("birthday")
        if not birthday:
            return False
        before = self._db.value("SELECT birthday FROM customers WHERE id = ?", (one,))
        return before is not None and before != birthday

    def _rows_differ(self, one: Person, other: Person) -> bool:
        for name in _TELLING:
            first = one.source_id if name == "source_id" else one.values.get(name)
            second = other.source_id if name == "source_id" else other.values.get(name)
            if first and second and first != second:
                return True
        for kind in ("email", "phone"):
            mine = {contact for contact in one.contacts if contact[0] == kind}
            theirs = {contact for contact in other.contacts if contact[0] == kind}
            if mine and theirs and not mine & theirs:
                return True
        return False

    def make(self, person: Person, rivals: list[int]) -> int:
        """A new customer; those it might be are proposed as duplicates."""
        person.id = self._blocks.next("customers")
        self.made[person.id] = person
        known = self.known
        if person.source_id:
            known.by_source.setdefault(person.source_id, person.id)
        self._note_id(person.id, person)
        known.by_name[person.key].append(person.id)
        for contact, value in person.contacts.items():
            known.by_contact.setdefault(contact, person.id)
            self.contacts[(person.id, *contact)] = value
        for tag in person.tags:
            self.tags[(person.id, tag)] = None
        if person.values.get("segment_id"):
            known.segments[person.id] = person.values["segment_id"]
        for rival in dict.fromkeys(rivals[:_MOST_DUPLICATES]):
            self.duplicates[(person.id, rival)] = "name" if rival in known.by_name[person.key] else "contact"
        return person.id

    def _note_id(self, customer: int, person: Person) -> None:
        if person.source_id:
            self._ids_here.setdefault(customer, person.source_id)

    def fill_in(self, customer: int, person: Person) -> bool:
        """Adds what a row knows or says differently; never a blank. True if anything changes."""
        self._note_id(customer, person)
        by_id = bool(person.source_id) and self.known.by_source.get(person.source_id) == customer
        if customer in self.made:
            changed = self._merge_made(self.made[customer], person)
        else:
            changed = self._merge_kept(customer, person, by_id)
        if person.source_id and person.source_id not in self.known.by_source:
            self.known.by_source[person.source_id] = customer
            self.sources[person.source_id] = customer
        return changed

    def _merge_made(self, made: Person, person: Person) -> bool:
        fresh = {name: value for name, value in person.values.items() if value and not made.values.get(name)}
        if person.values.get("may_write") == "no" != made.values.get("may_write"):
            fresh |= {name: value for name, value in person.values.items() if name.startswith("may_write")}
        made.values |= fresh
        contacts = {key: value for key, value in person.contacts.items() if key not in made.contacts}
        made.contacts |= contacts
        return self._add_parts(made.id, contacts, person.tags, set(made.tags)) or bool(fresh)

    def _merge_kept(self, customer: int, person: Person, by_id: bool) -> bool:
        row = self._db.row(_ONE, (customer,))
        before: Mapping[str, Any] = dict(row) if row is not None else {}
        before = {**before, **self.changed.get(customer, {})}
        corrected = self._former.customers.get(customer, {})
        wanted = {
            name: value
            for name, value in person.values.items()
            if value and before.get(name) != value and value not in corrected.get(name, ())
        }
        if before.get("may_write") == "no" or "may_write" not in wanted:
            # A no stays a no, whatever a list says; an answer that is there already keeps its day and its source.
            wanted = {name: value for name, value in wanted.items() if not name.startswith("may_write")}
        if person.source_id not in ("", str(customer)) and not before.get("source_id"):
            wanted["source_id"] = person.source_id
        if by_id and person.key not in ("", before.get("name_key"), *corrected.get("name_key", ())):
            wanted |= {"name": person.name, "name_key": person.key}
            self.known.by_name[person.key].append(customer)
        if wanted:
            self.changed.setdefault(customer, {}).update(wanted)
        if "segment_id" in wanted:
            self.known.segments[customer] = wanted["segment_id"]
        kept = {(kind, key) for kind, key in self._db.rows(_CONTACTS_OF, (customer,))}
        gone = self._former.contacts
        contacts = {
            key: value for key, value in person.contacts.items() if key not in kept and (customer, *key) not in gone
        }
        tags = {row[0] for row in self._db.rows(_TAGS_OF, (customer,))} if person.tags else set()
        tags |= {tag for tag in person.tags if (customer, tag) in self._former.tags}
        return self._add_parts(customer, contacts, person.tags, tags) or bool(wanted)

    def _add_parts(
        self, customer: int, contacts: Mapping[tuple[str, str], str], tags: Mapping[int, None], kept_tags: set[int]
    ) -> bool:
        added = False
        for contact, value in contacts.items():
            if (customer, *contact) not in self.contacts:
                self.contacts[(customer, *contact)] = value
                self.known.by_contact.setdefault(contact, customer)
                added = True
        for tag in tags:
            if tag not in kept_tags and (customer, tag) not in self.tags:
                self.tags[(customer, tag)] = None
                added = True
        return added
