"""A large, realistic file of the same bakery: ten years, any number of entries, the same sentences."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from cvdesk.catalogue.records import GAINS
from cvdesk.exchange.sample_buys import stays_away
from cvdesk.exchange.sample_cases import SETTLED, Case, fits, write_closed, write_open
from cvdesk.exchange.sample_people import Person, busy, make_people
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_sheets import LOW, FilledIn, write_sheet
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_surveys import Surveys
from cvdesk.exchange.sample_words import Chooser, Story, Voice, Wording, texts

YEARS = 10
_MOST_CUSTOMERS = 5000
_ANONYMOUS = 0.16
_SUGGESTED = 0.12
_OPEN_SHARE = 0.3  # of the young cases
_GROWTH = 1.5  # busier by that much after ten years
_CARDS = timedelta(days=420)  # since then some customers have a card, and what they buy is known
_EACH_BUYS = 30
_LET_DOWN = 0.25  # of those asked
_BITTER = 1.8
_HEAD = 12  # the regulars at the head of the queue are not too far ahead of the rest


def customers_of(entries: int) -> int:
    """How many customers a file of so many entries has."""
    return max(1, min(_MOST_CUSTOMERS, entries // 20))


def complaints_of(entries: int) -> int:
    """How many complaints."""
    return entries // 30


def sheets_of(entries: int) -> int:
    """How many score sheets."""
    return entries // 50


def rows_of(entries: int) -> int:
    """More rows than any table of a file of so many entries can have."""
    return entries + 100_000


def make_many(rows: Rows, shop: Shop, today: date, entries: int, rng: random.Random) -> None:
    """Writes ten years ending today: customers, purchases, entries with themes, complaints, score sheets."""
    try:
        start = today.replace(year=today.year - YEARS)
    except ValueError:  # 29 February
        start = today.replace(year=today.year - YEARS, day=28)
    story = Story.ending(today, start + timedelta(days=1))
    people = make_people(rows, shop, story, rng, customers_of(entries))
    speaking = _Speaking(people, rng)
    _entries(rows, shop, story, speaking, entries, rng)
    _complaints(rows, shop, story, people, complaints_of(entries), rng)
    holders = rng.sample(people, min(len(people), max(1, entries // 4 // _EACH_BUYS)))
    let_down = _sheets(rows, shop, story, speaking, holders, sheets_of(entries), rng)
    _purchases(rows, shop, story, holders, let_down, entries // 4, rng)


class _Speaking:
    """Draws customers: a few come often, most now and then."""

    def __init__(self, people: Sequence[Person], rng: random.Random) -> None:
        self._rng = rng
        shuffled = rng.sample(people, len(people))
        businesses = [person for person in shuffled if person.organisation] or shuffled
        self._sorts = {
            cafe: (sort, list(accumulate(1 / (_HEAD + place) for place in range(len(sort)))))
            for cafe, sort in ((True, businesses), (False, [person for person in shuffled if not person.organisation]))
        }

    def some(self, count: int, cafe: bool = False) -> list[Person]:
        """So many people, the same ones more than once; or so many of the cafés and offices."""
        sort, steps = self._sorts[cafe]
        return self._rng.choices(sort, cum_weights=steps, k=count)


def _days(story: Story, count: int, rng: random.Random) -> dict[date, int]:
    """How much happens on which day, in order of time."""
    days = story.days
    weights = [busy(day) * (1 + _GROWTH * place / len(days)) for place, day in enumerate(days)]
    found = Counter(rng.choices(days, weights, k=count))
    return {day: found[day] for day in days if found[day]}


def _purchases(
    rows: Rows,
    shop: Shop,
    story: Story,
    holders: Sequence[Person],
    let_down: Mapping[int, date],
    count: int,
    rng: random.Random,
) -> None:
    """What is known of purchases: those of the customers with a card, since there are cards."""
    goods = list(shop.offerings)
    days = [day for day in story.days if day > story.today - _CARDS]
    found = Counter(rng.choices(days, [busy(day) for day in days], k=count))
    for day in days:
        number = found[day]
        for person, offering in zip(rng.choices(holders, k=number), rng.choices(goods, k=number), strict=True):
            amount = shop.prices[offering] * rng.choice((1, 1, 1, 2, 3))
            if not stays_away(person, day, let_down):
                rows.add("purchases", {
                    "customer_id": person.id, "date": day.isoformat(), "offering_id": shop.offerings[offering],
                    "amount_minor": amount,
                })  # fmt: skip


def _entries(rows: Rows, shop: Shop, story: Story, speaking: _Speaking, count: int, rng: random.Random) -> None:
    chooser, wording = Chooser(story, rng), Wording(rng, unique=False)
    shares: dict[str, int] = texts("shop")["channels"]
    channels = [shop.channels[key] for key in shares]
    steps = list(accumulate(shares.values()))
    staff = list(shop.staff.values())
    for day, number in _days(story, count, rng).items():
        said = day.isoformat()
        minutes = sorted(rng.choices(range(6 * 60, 20 * 60), k=number))
        by_channel = rng.choices(channels, cum_weights=steps, k=number)
        by_staff = rng.choices(staff, k=number)
        spoken = zip(minutes, chooser.voices(day, number), speaking.some(number), by_channel, by_staff, strict=True)
        for minute, voice, somebody, channel, logged_by in spoken:
            named = voice.who != "stranger" and rng.random() >= _ANONYMOUS
            person = somebody if voice.who != "cafe" else speaking.some(1, cafe=True)[0]
            stars = voice.stars[int(rng.random() * len(voice.stars))]
            entry = rows.add("entries", {
                "date": said, "time": f"{minute // 60:02d}:{minute % 60:02d}", "channel_id": channel,
                "staff_id": logged_by, "customer_id": person.id if named else None,
                "segment_id": person.segment_id if named else None,
                "rating": float(stars) if stars else None, "rating_raw": str(stars) if stars else None,
                "rating_scale": "1-5" if stars else None, "text": wording.said(voice, day), "kind": voice.kind,
                "offering_id": shop.offerings.get(voice.offering), **_answer(voice, day, story, rng),
            })  # fmt: skip
            if voice.theme:
                rows.add("entry_themes", {"entry_id": entry, "theme_id": shop.themes[voice.theme], **_sure(rng)})


def _sure(rng: random.Random) -> dict[str, object]:
    if rng.random() < _SUGGESTED:
        return {"state": "suggested", "by": "words", "score": 0.7}
    return {"state": "confirmed", "by": "owner" if rng.random() < 0.4 else "rule", "score": None}


def _answer(voice: Voice, day: date, story: Story, rng: random.Random) -> dict[str, object]:
    if voice.kind != "question":
        return {"severity": "minor"} if voice.kind == "problem" and rng.random() < 0.5 else {}
    waits = (story.today - day).days < 4 and rng.random() < 0.3
    answered = min(day + timedelta(days=rng.choice((0, 1, 2))), story.today)
    return {"needs_answer": 1, "answered": None if waits else answered.isoformat()}


def _complaints(rows: Rows, shop: Shop, story: Story, people: Sequence[Person], count: int, rng: random.Random) -> None:
    kinds = texts("cases")["case"]
    shares = [kind["count"] for kind in kinds]
    kinds_of_people = ("anyone", "delivery", "cafe")
    fitting = {who: [person for person in people if fits(person, who)] or people for who in kinds_of_people}
    number = 0
    for day, found in _days(story, count, rng).items():
        for kind in rng.choices(kinds, shares, k=found):
            number += 1
            person = rng.choice(fitting[kind["who"]])
            if (story.today - day).days > SETTLED:
                write_closed(rows, shop, Case(day, person, None, kind), number, rng)
            else:
                _young(rows, shop, story, kind, person, day, number, rng)


def _young(
    rows: Rows,
    shop: Shop,
    story: Story,
    kind: dict[str, Any],
    person: Person,
    day: date,
    number: int,
    rng: random.Random,
) -> None:
    days = (story.today - day).days
    stage = "received" if days < 1 else "acknowledged" if days < 3 or rng.random() < _OPEN_SHARE else "assessed"
    case = kind | {
        "days": days, "words": rng.choice(kind["words"]), "stage": stage, "channel": "phone", "handler": "Marek",
        "cause": rng.choice(kind["causes"]) if stage == "assessed" else "", "resolve_days": 10,
    }  # fmt: skip
    write_open(rows, shop, story, case, person, number, None)


def _sheets(
    rows: Rows,
    shop: Shop,
    story: Story,
    speaking: _Speaking,
    holders: Sequence[Person],
    count: int,
    rng: random.Random,
) -> dict[int, date]:
    """Writes score sheets, the latest by those with a card; gives who was let down, and when."""
    surveys = Surveys(rows, shop, story, rng)
    let_down: dict[int, date] = {}
    for day, number in _days(story, count, rng).items():
        cards = day > story.today - _CARDS
        for person in rng.choices(holders, k=number) if cards else speaking.some(number):
            sheet = _filled_in(shop, story, person, day, _mood(rng) if cards else 0.0, rng)
            lowest = write_sheet(rows, shop, story, sheet, surveys, rng)
            if lowest <= LOW and not sheet.hidden:
                let_down[person.id] = day
    surveys.finish()
    return let_down


def _mood(rng: random.Random) -> float:
    """How much better or worse than usual somebody judges: a few were let down, so that all together stay the same."""
    return -_BITTER if rng.random() < _LET_DOWN else _BITTER * _LET_DOWN / (1 - _LET_DOWN)


def _filled_in(shop: Shop, story: Story, person: Person, day: date, mood: float, rng: random.Random) -> FilledIn:
    form = "full" if rng.random() < 0.4 else "short"
    leans = rng.choice((-1, 0, 1)) if form == "full" and rng.random() < 0.1 else None
    sheet = FilledIn(person, day, form, rng.random() < _ANONYMOUS, leans)
    warmth = 0.4 * person.warmth + mood
    levels = texts("shop")["factors"]
    for factor, lever in shop.levers.items():
        if form == "full" or factor in shop.core:
            wish = levels[factor][day >= story.opening] + (warmth if lever in GAINS else -warmth) + rng.gauss(0, 0.75)
            sheet.answers[factor] = max(1, min(5, round(wish)))
    return sheet
