"""What limits the list of feedback, as SQL."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from itertools import combinations

from cvdesk.catalogue.records import Period
from cvdesk.db import Queries
from cvdesk.db.ids import POSITION_BITS
from cvdesk.db.rows import day_start
from cvdesk.feedback.searching import Search, Term, any_of, match_of, read_search

HAS_THEME = "EXISTS (SELECT 1 FROM entry_themes WHERE entry_id = entries.id AND theme_id = ? AND state = 'confirmed')"
_UNSORTED = "NOT EXISTS (SELECT 1 FROM entry_themes WHERE entry_id = entries.id AND state = 'confirmed')"
_ATTACHED = "entries.id IN (SELECT entry_id FROM attachment_links WHERE entry_id IS NOT NULL)"
_TAGGED = "entries.customer_id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?)"
WAITS = "needs_answer = 1 AND answered IS NULL"
_NAMED = "SELECT id FROM customers WHERE name_key LIKE ?1 || '%' OR name_key LIKE '% ' || ?1 || '%'"
_FEW = 40  # customers whose feedback is looked at piece by piece
_MOST_NAMES = 3  # words of a search that may be names; each doubles the ways to read it


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """What limits the list; any of these, alone or together. Ids are the file's. `star` 0: without a rating."""

    period: Period | None = None
    channel: int | None = None
    theme: int | None = None
    customer: int | None = None
    kind: str | None = None
    offering: int | None = None
    segment: int | None = None
    tag: int | None = None
    star: int | None = None
    staff: int | None = None
    needs_answer: bool = False
    safety: bool = False
    unsorted: bool = False
    attached: bool = False
    search: str = ""
    oldest_first: bool = False


EVERYTHING = EntryQuery()
ORDER = ("oldest_first",)


def limits(query: EntryQuery) -> tuple[str, ...]:
    """What limits the list, by name; the order does not."""
    names = (field.name for field in fields(query) if field.name not in ORDER)
    given = {name: getattr(query, name) for name in names}
    return tuple(name for name, value in given.items() if value is not None and value is not False and value != "")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read a search: what the words must match, and whose feedback it is (as JSON; None: anybody's).

    `few`: of so few customers that their feedback is looked at piece by piece.
    """

    match: str
    customers: str | None = None
    without: str = ""
    few: bool = False


def ways(db: Queries, search: Search) -> list[Way]:
    """Every way to read a search: a word may be among the customer's words or begin a part of the customer's name."""
    held: set[int] | None = None
    for term in search.of:
        found = _called(db, term)
        held = found if held is None else held & found
    named = {term: found for term in search.terms if (found := _called(db, term))}
    able = list(named)[:_MOST_NAMES]
    read: list[Way] = []
    for count in range(len(able) + 1):
        for chosen in combinations(able, count):
            people = held
            for term in chosen:
                people = named[term] if people is None else people & named[term]
            rest = tuple(term for term in search.terms if term not in chosen)
            if people is not None and not people:
                continue
            whose = None if people is None else json.dumps(sorted(people))
            few = people is not None and len(people) <= _FEW
            read.append(Way(match_of(rest, search.without), whose, "" if rest else any_of(search.without), few))
    return read


def _called(db: Queries, term: Term) -> set[int]:
    return {row[0] for row in db.rows(_NAMED, (term.name,))}


def where(query: EntryQuery) -> tuple[str, tuple[object, ...]]:
    """The limits but the search, as a condition on `entries` and its parameters."""
    parts: list[str] = []
    values: list[object] = []
    if query.period is not None:
        parts.append("entries.position BETWEEN ? AND ?")
        start, end = query.period.start.isoformat(), query.period.end.isoformat()
        values += [day_start(start), last_key(end)]
    for column in ("channel", "customer", "offering", "segment", "staff"):
        value = getattr(query, column)
        if value is not None:
            parts.append(f"entries.{column}_id = ?")
            values.append(value)
    if query.kind is not None:
        parts.append("entries.kind = ?")
        values.append(query.kind)
    if query.star == 0:
        parts.append("entries.rating IS NULL")
    elif query.star is not None:
        parts.append("entries.rating >= ? AND entries.rating < ?")
        values += [query.star - 0.5, query.star + 0.5]
    for wanted, condition in (
        (query.needs_answer, "entries.needs_answer = 1 AND entries.answered IS NULL"),
        (query.safety, "entries.safety = 1"), (query.unsorted, _UNSORTED), (query.attached, _ATTACHED),
    ):  # fmt: skip
        if wanted:
            parts.append(condition)
    for given, condition in ((query.theme, HAS_THEME), (query.tag, _TAGGED)):
        if given is not None:
            parts.append(condition)
            values.append(given)
    return " AND ".join(parts) or "1", tuple(values)


def last_key(day: str) -> int:
    """The highest order key an entry of this day can have."""
    return day_start(day) | ((1 << POSITION_BITS) - 1)


def searched(query: EntryQuery) -> tuple[EntryQuery, Search]:
    """A query without its search, and the search taken apart."""
    return replace(query, search=""), read_search(query.search)
