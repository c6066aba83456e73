"""What the sample's customers buy, and who buys no more since the shop let them down."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.exchange.sample_people import Person, busy
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_words import Story

_LAPSED_DAYS = 26  # they were last heard of more than a year before today
_LAST_CHANCE = timedelta(days=3)  # who is let down may come once more
_WON_BACK = timedelta(days=180)  # and is won back after half a year
_BUYS = {
    "regulars": (("sourdough", 5), ("croissants", 4), ("rye-loaf", 3), ("celebration-cakes", 0.15)),
    "delivery": (("delivered-bread", 8), ("croissants", 1), ("celebration-cakes", 0.15)),
    "cafes": (("delivered-bread", 7), ("croissants", 3), ("celebration-cakes", 0.1)),
}


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase to be written; the amount in pence."""

    person: Person
    day: date
    offering_id: int
    amount: int


def habits(shop: Shop, story: Story, people: Sequence[Person], rng: random.Random) -> list[Bought]:
    """Weekly habits with the seasons; those whom the shop pleases less come less often once the prices went up."""
    bought = []
    days = story.days
    for person in people:
        goods, weights = zip(*_BUYS[person.segment], strict=True)
        last = story.start + timedelta(days=_LAPSED_DAYS) if not person.active else story.today
        for day in days:
            if day > last:
                break
            if day < person.since or rng.random() > _chance(person, day, story):
                continue
            offering = rng.choices(goods, weights)[0]
            price = shop.prices[offering] * (100 if day >= story.dearer else 93) // 100
            trays = person.organisation and offering != "celebration-cakes"
            count = rng.randint(4, 15) if trays else rng.choice((1, 1, 2))
            bought.append(Bought(person, day, shop.offerings[offering], price * count))
    return bought


def _chance(person: Person, day: date, story: Story) -> float:
    drift = 1.0 + 0.3 * person.warmth if day >= story.dearer else 1.0
    return person.weekly / 7 * busy(day) * max(0.15, drift)


def make_purchases(rows: Rows, bought: Sequence[Bought], let_down: Mapping[int, date]) -> None:
    """Writes the purchases. `let_down`: the day on which a customer (by id) found it was not worth it."""
    for item in bought:
        if stays_away(item.person, item.day, let_down):
            continue
        rows.add("purchases", {
            "customer_id": item.person.id, "date": item.day.isoformat(), "offering_id": item.offering_id,
            "amount_minor": item.amount,
        })  # fmt: skip


def stays_away(person: Person, day: date, let_down: Mapping[int, date]) -> bool:
    """Whether a customer who was let down buys nothing on that day."""
    since = let_down.get(person.id)
    return since is not None and since + _LAST_CHANCE < day <= since + _WON_BACK
