"""Two customers side by side, in words: what each says, what agrees, and which must be chosen between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.catalogue.records import match_key
from cvdesk.customers.records import Customer, phone_shown
from cvdesk.customers.records_match import Likeness
from cvdesk.wording import _
from cvdesk.wording.counts import records
from cvdesk.wording.numbers import day, whole

SAME, ALIKE, SHARED, BOTH = "same", "alike", "shared", "both"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the customer, the name of the group, and plain counts."""

    customer: Customer
    segment: str = ""
    channel: str = ""
    entries: int = 0
    complaints: int = 0
    purchases: int = 0
    last: date | None = None


@dataclass(frozen=True, slots=True)
class PairLine:
    """A line of the comparison. agrees: same, alike, shared (one of several), both (joined), or empty; asked: which of
    the two stays.
    """

    field: str
    name: str
    one: str
    other: str
    agrees: str = ""
    asked: bool = False


def pair_lines(one: Side, other: Side, why: Likeness, conflicts: Mapping[str, Any], country: str) -> list[PairLine]:
    """What is known of either, line by line; what neither has is left out."""
    alike = set(why.reasons)
    found = []
    for field, name, shown in _texts(country):
        mine, theirs = shown(one), shown(other)
        if (not mine and not theirs) or (field == "kind" and mine == theirs):
            continue
        agrees = SAME if mine and match_key(mine) == match_key(theirs) else ""
        if not agrees and field in ("email", "phone") and field in alike:
            agrees = SHARED
        if not agrees and ({f"{field}_alike", f"{field}_part", field} & alike):
            agrees = ALIKE
        if not agrees and field in _JOINED and mine and theirs:
            agrees = BOTH
        found.append(PairLine(field, name, mine, theirs, agrees, field in conflicts))
    return found


_JOINED = ("email", "phone", "notes", "tags", "entries", "complaints", "purchases")


def _texts(country: str) -> Sequence[tuple[str, str, Callable[[Side], str]]]:
    def numbers(side: Side) -> str:
        return ", ".join(phone_shown(one.value, country)[0] for one in side.customer.contacts if one.kind == "phone")

    return (
        ("name", _("Name"), lambda side: side.customer.name),
        ("kind", _("Kind"), lambda side: _("Person") if side.customer.kind == "person" else _("Organisation")),
        ("birthday", _("Birthday"), lambda side: day(side.customer.birthday) if side.customer.birthday else ""),
        ("address", _("Address"), lambda side: side.customer.address),
        ("town", _("Town"), lambda side: side.customer.city),
        ("email", _("E-mail"), lambda side: ", ".join(o.value for o in side.customer.contacts if o.kind == "email")),
        ("phone", _("Phone"), numbers),
        ("organisation", _("Organisation"), lambda side: side.customer.organisation),
        ("segment_id", _("Group"), lambda side: side.segment),
        ("preferred_channel_id", _("Best reached by"), lambda side: side.channel),
        ("since", _("Customer since"), lambda side: day(side.customer.since) if side.customer.since else ""),
        ("notes", _("Staff notes"), lambda side: side.customer.notes),
        ("entries", _("Feedback"), lambda side: whole(side.entries) if side.entries else ""),
        ("complaints", _("Complaints"), lambda side: whole(side.complaints) if side.complaints else ""),
        ("purchases", _("Purchases"), lambda side: whole(side.purchases) if side.purchases else ""),
        ("last", _("Last heard of"), lambda side: day(side.last) if side.last else ""),
    )


def why_in_words(why: Likeness) -> str:
    """What speaks for two customers being one, as a sentence; empty without anything."""
    names = {
        "name": _("the same name"), "name_alike": _("names alike"), "name_part": _("part of the name"),
        "birthday": _("the same birthday"), "birthday_alike": _("birthdays alike but for a digit"),
        "address": _("the same address"), "address_alike": _("addresses alike"), "town": _("the same town"),
        "email": _("the same e-mail"), "phone": _("the same phone"),
    }  # fmt: skip
    said = ", ".join(names[reason] for reason in why.reasons if reason in names)
    return _("They share: {what}.").format(what=said) if said else ""


def doubt_in_words(why: Likeness) -> str:
    """What makes it doubtful, as a sentence; empty where nothing does."""
    return {
        "given": _("But the first names differ: they may be twins, or one person with two names."),
        "birthday": _("But the birthdays differ: they may be a parent and a child of the same name."),
    }.get(why.doubt, "")


_STAYS = ("entries", "complaints", "purchases", "touches", "assessments", "contacts", "customer_tags")


def stayed_in_words(stayed: Mapping[str, int], name: str) -> str:
    """What came since two were merged and stays with the kept one; empty without anything."""
    said = ", ".join(records(table, count) for table, count in stayed.items() if table in _STAYS)
    return _("Since then came {what}: that stays with {name}.").format(what=said, name=name) if said else ""
