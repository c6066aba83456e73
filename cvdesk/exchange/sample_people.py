"""The sample's customers, how to reach them and when somebody last spoke to them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cvdesk.catalogue.records import match_key
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_words import Story, texts

CUSTOMERS = 214
_LAPSED = 34
_WEEKDAYS = (0.9, 0.8, 0.8, 0.9, 1.2, 1.9, 0.6)
_MONTHS = (0.9, 0.95, 1.0, 1.05, 1.0, 0.95, 0.78, 0.75, 0.95, 1.0, 1.05, 1.35)


@dataclass(slots=True, eq=False)
class Person:
    """A customer in the making. `weekly`: purchases a week; `warmth`: how kindly they judge, about -2 to 2."""

    name: str
    organisation: bool
    segment: str
    since: date
    weekly: float
    warmth: float
    active: bool
    id: int = 0
    segment_id: int = 0


def busy(day: date) -> float:
    """How much is going on in a bakery on that day: weekends, Christmas, the dip of summer."""
    return _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1]


def make_people(rows: Rows, shop: Shop, story: Story, rng: random.Random, count: int = CUSTOMERS) -> list[Person]:
    """Writes the customers with their contacts and tags, named ones first."""
    people = _named(story, rng)
    taken = {person.name for person in people}
    while len(people) < count:
        person = _invented(len(people), story, rng, taken, lapsed=len(people) >= count - count * _LAPSED // CUSTOMERS)
        people.append(person)
    people = people[:count]
    told = _details(people) if count == CUSTOMERS else {}
    for number, person in enumerate(people):
        _write(rows, shop, person, number, told.get(number, {}), rng)
    return people


def _details(people: Sequence[Person]) -> dict[int, dict[str, Any]]:
    """What people.toml tells of some customers, by their place; those who are in the file twice get their names."""
    places = {person.name: place for place, person in enumerate(people)}
    found = {}
    for item in texts("people")["detail"]:
        place = item["place"] if "place" in item else places[item["who"]]
        found[place] = item
        people[place].name = item.get("name", people[place].name)
    return found


def _named(story: Story, rng: random.Random) -> list[Person]:
    source = texts("people")
    people = []
    for item in source["person"]:
        people.append(_person(item["name"], item["segment"], item, story, rng))
    for item in source["organisation"]:
        people.append(_person(item["name"], "cafes", item, story, rng))
    return people


def _person(name: str, segment: str, item: dict[str, Any], story: Story, rng: random.Random) -> Person:
    since = story.today - timedelta(days=item.get("since_days", rng.randint(430, 3200)))
    weekly = rng.uniform(1.5, 3.0) if segment == "cafes" else rng.uniform(0.5, 1.4)
    return Person(name, segment == "cafes", segment, since, weekly, rng.gauss(0, 0.8), True)


def _invented(number: int, story: Story, rng: random.Random, taken: set[str], lapsed: bool) -> Person:
    source = texts("people")
    name = f"{rng.choice(source['first'])} {rng.choice(source['last'])}"
    while name in taken:
        name = f"{rng.choice(source['first'])} {rng.choice(source['last'])}-{rng.choice(source['last'])}"
    taken.add(name)
    segment = "delivery" if number % 10 < 3 else "regulars"
    earliest = 430 if lapsed or rng.random() < 0.8 else 60
    since = story.today - timedelta(days=rng.randint(earliest, 3600 if earliest == 430 else 420))
    return Person(name, False, segment, since, rng.choice((0.15, 0.3, 0.5, 0.8, 1.2)), rng.gauss(0, 0.8), not lapsed)


def _write(rows: Rows, shop: Shop, person: Person, number: int, detail: dict[str, Any], rng: random.Random) -> None:
    source = texts("people")
    person.segment_id = shop.segments[person.segment]
    wants_channel = rng.random() < 0.6
    values = {
        "kind": "organisation" if person.organisation else "person", "name": person.name,
        "name_key": match_key(person.name), "segment_id": person.segment_id, "since": person.since.isoformat(),
        "preferred_name": person.name.split()[0] if not person.organisation and rng.random() < 0.4 else "",
        "preferred_channel_id": shop.channels[rng.choice(("phone", "email", "email"))] if wants_channel else None,
        "birthday": _birthday(rng) if not person.organisation and rng.random() < 0.3 else None,
        "address": f"{rng.randint(1, 140)} {rng.choice(source['streets'])}" if person.segment != "regulars" else "",
        "city": source["city"], "country": "GB",
        "notes": "Sesame allergy in the family." if rng.random() < 0.02 else "",
    }  # fmt: skip
    person.id = rows.add("customers", values | {name: detail[name] for name in values if name in detail})
    ways = _ways(person, number, rng)
    _contacts(rows, person, [*([] if "place" in detail else ways), *detail.get("ways", ())])
    for name in detail.get("nicknames", ()):
        rows.add("aliases", {"customer_id": person.id, "value": name, "match_key": match_key(name)})
    tags = []
    if rng.random() < 0.25:
        private = [name for name in source["tags"] if name != "Wholesale"]
        tags.append("Wholesale" if person.organisation else rng.choice(private))
    for tag in dict.fromkeys([*tags, *detail.get("tags", ())]):
        rows.add("customer_tags", {"customer_id": person.id, "tag_id": shop.tags[tag]})


def _birthday(rng: random.Random) -> str:
    return date(rng.randint(1938, 2004), rng.randint(1, 12), rng.randint(1, 28)).isoformat()


def _ways(person: Person, number: int, rng: random.Random) -> list[tuple[str, str]]:
    """An e-mail address and a phone number, each with its label; some have only one of them, or neither."""
    ways = []
    if rng.random() < 0.75:
        plain = "".join(mark for mark in match_key(person.name) if mark.isascii() and (mark.isalnum() or mark == " "))
        local = ".".join(plain.split()) or "post"
        ways.append((f"{local}{number}@example.{'org' if person.organisation else 'com'}", ""))
    if rng.random() < 0.7 or person.segment != "regulars":
        # Ranges the regulator keeps free for fiction: 01632 960xxx and 07700 900xxx.
        at_home = person.organisation or rng.random() < 0.3
        area, last = ("01632", 960_000) if at_home else ("07700", 900_000)
        label = "office" if person.organisation else "home" if at_home else "mobile"
        ways.append((f"{area} {last + number % 1000}", label if number % 3 else ""))
    return ways


def _contacts(rows: Rows, person: Person, ways: Sequence[Sequence[str]]) -> None:
    for value, label in ways:
        mail = "@" in value
        rows.add("contacts", {
            "customer_id": person.id, "kind": "email" if mail else "phone", "value": value, "label": label,
            "match_key": value if mail else f"+44{value[1:].replace(' ', '')}",
        })  # fmt: skip


def make_touches(rows: Rows, shop: Shop, story: Story, people: Sequence[Person], rng: random.Random) -> None:
    """Who was spoken to, and small gestures; the school has not been spoken to for 96 days."""
    notes = ("Rang about the standing order", "Talked at the counter", "Asked how the new times suit them")
    for person in people:
        if not person.active:
            continue
        if person.name == "Northside School":
            day = story.today - timedelta(days=96)
            _touch(rows, shop, person, day, "check_in", "Visited the kitchen, all well", rng)
        elif person.organisation or rng.random() < 0.12:
            day = story.today - timedelta(days=rng.randint(3, 70))
            _touch(rows, shop, person, day, "check_in" if person.organisation else "contact", rng.choice(notes), rng)
        if rng.random() < 0.06:
            day = story.today - timedelta(days=rng.randint(10, 300))
            _touch(rows, shop, person, day, "gesture", "A bag of croissants on the house", rng, 520)


def _touch(
    rows: Rows, shop: Shop, person: Person, day: date, kind: str, note: str, rng: random.Random, cost: int | None = None
) -> None:
    rows.add("touches", {
        "customer_id": person.id, "date": day.isoformat(), "kind": kind, "done": day.isoformat(), "note": note,
        "cost_minor": cost, "channel_id": shop.channels[rng.choice(("phone", "counter", "visit"))],
        "staff_id": rng.choice(list(shop.staff.values())),
    })  # fmt: skip
