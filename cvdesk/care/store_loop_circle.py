"""SQL of everybody something concerns: those who raised it with their words, and those likely affected too."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from cvdesk.care.records_loop import About, Circle, Person, Said
from cvdesk.care.store_loop import RAISED, Matter, matter, told_on
from cvdesk.customers.store_permission import may
from cvdesk.db import Queries
from cvdesk.db.queries import Row
from cvdesk.wording import _

_BOUGHT_DAYS = 365  # who bought it longer ago will hardly have noticed
_FEWEST = 2  # what a single customer has is nothing they share
_MOST_SAID = 5

_PEOPLE = """
SELECT customers.id, customers.name, preferred_name, organisation, address, city, country, customers.active,
    COALESCE(channels.name, '') AS channel,
    COALESCE((SELECT value FROM contacts WHERE customer_id = customers.id AND kind = 'email'
        ORDER BY id LIMIT 1), '') AS email,
    COALESCE((SELECT value FROM contacts WHERE customer_id = customers.id AND kind = 'phone'
        ORDER BY id LIMIT 1), '') AS phone
FROM json_each(?) AS wanted JOIN customers ON customers.id = wanted.value
LEFT JOIN channels ON channels.id = preferred_channel_id ORDER BY customers.name_key, customers.id
"""
_BUYERS = """
SELECT customer_id FROM purchases WHERE offering_id = :offering AND date BETWEEN :first AND :today
UNION SELECT customer_id FROM entries WHERE offering_id = :offering AND date BETWEEN :first AND :today
    AND customer_id IS NOT NULL
"""
_SEGMENTS = "SELECT id, segment_id FROM customers WHERE id IN (SELECT value FROM json_each(?)) AND segment_id NOT NULL"
_TAGS = "SELECT customer_id, tag_id FROM customer_tags WHERE customer_id IN (SELECT value FROM json_each(?))"
_OF_SEGMENT = "SELECT id FROM customers WHERE segment_id = ? AND active = 1"
_OF_TAG = """
SELECT customer_id FROM customer_tags JOIN customers ON customers.id = customer_id WHERE tag_id = ? AND active = 1
"""
_NAME = "SELECT name FROM {table} WHERE id = ?"
_TO_CLOSE = """
SELECT complaints.id, complaints.customer_id FROM complaints
WHERE stage = 'resolved' AND told IS NULL AND customer_id IN (SELECT value FROM json_each(:who))
    AND (complaints.id = :complaint OR (:theme IS NOT NULL AND complaints.id IN (
        SELECT complaint_id FROM complaint_themes WHERE theme_id = :theme)))
ORDER BY complaints.id
"""


def circle(db: Queries, about: About, today: date) -> Circle:
    """Everybody an action, a theme or a complaint concerns, as far as they may be told and were not. LookupError."""
    one = matter(db, about, today)
    rows = db.rows(RAISED, one.values())
    words, anonymous = _words(rows)
    told = told_on(db, about)
    left = [who for who, said in words.items() if told.get(who, date.min) < said[0].date]
    shared = {who: why for who, why in _likely(db, one, rows, words, today).items() if who not in told}
    own, other = may(db, left, own_matter=True), may(db, shared, own_matter=False)
    people = _people(db, [*left, *shared])
    raised = [_person(people[who], words[who], "") for who in own.yes if who in people]
    likely = [_person(people[who], (), shared[who]) for who in other.yes if who in people and people[who]["active"]]
    left_out = {
        who: (people[who]["name"], why) for who, why in {**own.no, **other.no}.items()
        if who in people and (who in words or people[who]["active"])
    }  # fmt: skip
    return Circle(
        about, one.title, one.done, _by_name(people, raised), _by_name(people, likely), left_out,
        sum(1 for who in told if who not in left), anonymous, _to_close(db, one, own.yes), one.ready,
    )  # fmt: skip


def still_allowed(db: Queries, people: Sequence[Person]) -> list[Person]:
    """Those of them who may be written to at this moment: asked again right before anything is written."""
    own = set(may(db, [one.id for one in people if one.raised], own_matter=True).yes)
    other = set(may(db, [one.id for one in people if not one.raised], own_matter=False).yes)
    return [one for one in people if one.id in own | other]


def _words(rows: Iterable[Row]) -> tuple[dict[int, tuple[Said, ...]], int]:
    """Customer -> their words, newest first; and how much was said without a name."""
    found: dict[int, list[Said]] = {}
    nameless: set[tuple[str, int]] = set()
    for row in rows:
        if row["customer"] is None:
            nameless.add((row["source"], row["id"]))
            continue
        said = found.setdefault(row["customer"], [])
        text = row["text"].strip()
        if len(said) < _MOST_SAID and not any(text == other.text for other in said):
            said.append(Said(date.fromisoformat(row["date"]), text, row["source"], row["id"]))
    return {who: tuple(said) for who, said in found.items()}, len(nameless)


def _likely(db: Queries, one: Matter, rows: Sequence[Row], words: Mapping[int, object], today: date) -> dict[int, str]:
    """Customer -> what they share with those who raised it: a product, a group, a tag. None who raised it."""
    if one.complaint is not None or not words:
        return {}
    found: dict[int, str] = {}
    span = {"first": (today - timedelta(days=_BOUGHT_DAYS)).isoformat(), "today": today.isoformat()}
    for offering in _offerings(one, rows, len(words)):
        why = _("Has {product} too").format(product=_name(db, "offerings", offering))
        _note(found, (row[0] for row in db.rows(_BUYERS, {"offering": offering, **span})), why)
    who = json.dumps(list(words))
    for segment in _common(db.rows(_SEGMENTS, (who,)), len(words)):
        why = _("Also in the group “{group}”").format(group=_name(db, "segments", segment))
        _note(found, (row[0] for row in db.rows(_OF_SEGMENT, (segment,))), why)
    for tag in _common(db.rows(_TAGS, (who,)), len(words)):
        why = _("Also tagged “{tag}”").format(tag=_name(db, "tags", tag))
        _note(found, (row[0] for row in db.rows(_OF_TAG, (tag,))), why)
    return {customer: why for customer, why in found.items() if customer not in words}


def _offerings(one: Matter, rows: Iterable[Row], people: int) -> list[int]:
    if one.offering is not None:
        return [one.offering]
    pairs = {(row["customer"], row["offering"]) for row in rows if row["offering"]}
    if one.entry is not None and one.theme is None:
        return [offering for _customer, offering in pairs]
    return _common(pairs, people)


def _common(pairs: Iterable[tuple[int, int] | Row], people: int) -> list[int]:
    """What at least half of those who raised it have."""
    counts = Counter(pair[1] for pair in pairs if pair[0] is not None)
    return [one for one, count in counts.most_common() if count >= max(_FEWEST, people / 2)]


def _note(found: dict[int, str], customers: Iterable[int], why: str) -> None:
    for customer in customers:
        found.setdefault(customer, why)


def _name(db: Queries, table: str, record_id: int) -> str:
    return str(db.value(_NAME.format(table=table), (record_id,)) or "")


def _people(db: Queries, ids: Iterable[int]) -> dict[int, Row]:
    return {row["id"]: row for row in db.rows(_PEOPLE, (json.dumps(list(dict.fromkeys(ids))),))}


def _person(row: Row, said: tuple[Said, ...], why: str) -> Person:
    return Person(
        row["id"], row["name"], row["preferred_name"], row["organisation"], row["email"], row["phone"], row["address"],
        row["city"], row["country"], row["channel"], said, why,
    )  # fmt: skip


def _by_name(people: Mapping[int, Row], some: Iterable[Person]) -> tuple[Person, ...]:
    places = {who: place for place, who in enumerate(people)}
    return tuple(sorted(some, key=lambda one: places[one.id]))


def _to_close(db: Queries, one: Matter, who: Iterable[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    values = {"who": json.dumps(list(who)), "complaint": one.complaint, "theme": one.theme}
    for row in db.rows(_TO_CLOSE, values):
        found[row["customer_id"]] = (*found.get(row["customer_id"], ()), row["id"])
    return found
