"""Customers in bulk: who is already there, found by what identifies a person (model.md: People)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from cvdesk.catalogue.records import match_key
from cvdesk.db import Queries

_CUSTOMERS = "SELECT id, name_key, source_id, segment_id FROM customers ORDER BY id"
_CONTACTS = "SELECT customer_id, kind, match_key FROM contacts WHERE kind IN ('email', 'phone') ORDER BY id"
_ALIASES = "SELECT customer_id, kind, value, match_key FROM aliases WHERE kind IN ('merged', 'source')"


@dataclass(slots=True)
class Known:
    """Who is in the file, by everything that identifies; ids only. Grows as an import adds people."""

    by_source: dict[str, int] = field(default_factory=dict)
    by_contact: dict[tuple[str, str], int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    segments: dict[int, int] = field(default_factory=dict)
    ids: set[int] = field(default_factory=set)

    def named(self, name: str) -> list[int]:
        """All who have this name, give or take case, accents and blanks."""
        return self.by_name.get(match_key(name), [])


def known_people(db: Queries) -> Known:
    """Everyone in the file. Our own ids count as ids of a source, so that our export finds them again."""
    known = Known()
    for row in db.each(_CUSTOMERS):
        known.ids.add(row["id"])
        known.by_source.setdefault(str(row["id"]), row["id"])
        if row["source_id"]:
            known.by_source[row["source_id"]] = row["id"]
        known.by_name[row["name_key"]].append(row["id"])
        if row["segment_id"] is not None:
            known.segments[row["id"]] = row["segment_id"]
    for row in db.each(_ALIASES):
        if row["kind"] == "source" or row["value"].isdigit():
            known.by_source.setdefault(row["value"], row["customer_id"])
        elif row["customer_id"] not in known.by_name[row["match_key"]]:
            known.by_name[row["match_key"]].append(row["customer_id"])
    for row in db.each(_CONTACTS):
        known.by_contact.setdefault((row["kind"], row["match_key"]), row["customer_id"])
    return known
