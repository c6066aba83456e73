"""What the sample's customers said: entries with their themes, each theme told by its own circle of people."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cvdesk.exchange.sample_people import Person, busy
from cvdesk.exchange.sample_rows import Rows, dated_id
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_threads import spin
from cvdesk.exchange.sample_words import Chooser, Story, Voice, Wording, texts

ENTRIES = 1284
_ANONYMOUS = 0.15
_ANONYMOUS_DELIVERED = 0.03
_SUGGESTED = 0.12
_OTHER_POOL = 14
_YEAR = 365
_SPOKEN = 4  # every so manyth answer was given by word of mouth
_DEALT_WITH = 30  # days after which no safety mark is still open
_COUNTER_HOURS = {"counter": (7, 17), "visit": (8, 17), "phone": (7, 17)}


class Circles:
    """Who talks about what. Each theme goes round its circle, so that its share of customers is as told."""

    def __init__(self, people: Sequence[Person], rng: random.Random) -> None:
        self._rng = rng
        self._active = [person for person in people if person.active]
        self._lapsed = [person for person in people if not person.active]
        self._pools: dict[str, list[Person]] = {}
        self._rounds: dict[tuple[str, str], list[Person]] = {}
        self._sizes: dict[str, int] = texts("shop")["pools"]

    def lapsed(self) -> Person:
        """Somebody who has not been heard of for more than a year."""
        return self._rng.choice(self._lapsed)

    def speaker(self, voice: Voice) -> Person:
        """The next person to say this."""
        if not voice.theme:
            return self._rng.choice([person for person in self._active if _fits(person, voice.who)])
        key = (voice.theme, voice.who)
        if not self._rounds.get(key):
            self._rounds[key] = [person for person in self._pool(voice.theme) if _fits(person, voice.who)]
            self._rng.shuffle(self._rounds[key])
        return self._rounds[key].pop()

    def _pool(self, theme: str) -> list[Person]:
        if theme not in self._pools:
            size = self._sizes.get(theme, _OTHER_POOL)
            cafes = [person for person in self._active if person.organisation]
            if theme in ("late-delivery", "delivery-charge"):
                delivered = [person for person in self._active if person.segment == "delivery"]
                chosen = delivered[: size - 9] + cafes[: min(9, size // 3)]
                others = [person for person in self._active if person.segment == "regulars"]
                chosen += self._rng.sample(others, size - len(chosen))
            elif theme == "invoices":
                chosen = cafes[:size]
            else:
                chosen = self._rng.sample(self._active, size - 3) + self._rng.sample(cafes, 3)
            self._pools[theme] = list(dict.fromkeys(chosen))
        return self._pools[theme]


def _fits(person: Person, who: str) -> bool:
    return person.organisation == (who == "cafe")


@dataclass(frozen=True, slots=True)
class Said:
    """An entry with a theme by a known customer, which something else may follow from."""

    entry_id: int
    theme: str
    kind: str
    stars: float
    person: Person
    day: date


def make_entries(rows: Rows, shop: Shop, story: Story, people: Sequence[Person], rng: random.Random) -> list[Said]:
    """Writes all feedback in order of time, the latest as they are told in cases.toml; gives what may lead on."""
    latest = texts("cases")["latest"]
    told = [*_everyday(story, people, rng, ENTRIES - len(latest)), *_latest(latest, story, people)]
    told.sort(key=lambda item: (item["date"], item["time"]))
    spin(told, story, random.Random(f"threads {len(told)} {story.today}"))
    logged = list(shop.staff.values())
    said = []
    replies, marks = _Replies(), _Safety(story)
    for place, item in enumerate(told, start=1):
        theme, state, by, score = item.pop("theme"), item.pop("state"), item.pop("by"), item.pop("score", None)
        mood = item.pop("mood", "")
        channel = item.pop("channel")
        promised = item.pop("promise_staff", "")
        item["promise_staff_id"] = shop.staff[promised] if promised else None
        item |= marks.of(item) | replies.to(item, theme)
        item["channel_id"] = shop.channels[channel]
        item["offering_id"] = shop.offerings.get(item.pop("offering"))
        item["staff_id"] = rng.choice(logged) if channel in _COUNTER_HOURS else None
        person = item.pop("person")
        if person is not None:
            item |= {"customer_id": person.id, "segment_id": person.segment_id}
        day = date.fromisoformat(item["date"])
        entry = rows.add("entries", item, dated_id(day, item["time"], place))
        if person is not None and theme:
            said.append(Said(entry, theme, item["kind"], item.get("rating", 0.0), person, day))
        if theme:
            if state == "suggested" and score is None:
                score = round(rng.uniform(0.6, 0.95), 2)
            rows.add("entry_themes", {
                "entry_id": entry, "theme_id": shop.themes[theme], "state": state, "by": by, "score": score,
                "mood": mood,
            })  # fmt: skip
    return said


def _latest(latest: list[dict[str, Any]], story: Story, people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    by_name = {person.name: person for person in people}
    for item in latest:
        day = story.today - timedelta(days=item["days"])
        told = {
            "date": day.isoformat(), "time": item["time"], "person": by_name.get(item["who"]),
            "channel": item["channel"],
            "kind": item["kind"], "text": item["text"], "offering": item.get("offering", ""), "theme": item["theme"],
            "state": "confirmed", "by": "owner", "safety": int(item.get("safety", False)),
            "needs_answer": int(item.get("answer") == "open"), "promise": item.get("promise", ""),
            **_rating(item["stars"]),
        }  # fmt: skip
        if told["promise"]:
            told["promised_by"] = (story.today + timedelta(days=item["promised_in"])).isoformat()
            told["promise_staff"] = item["promised_by"]
        if told["safety"]:
            told |= {"severity": "serious", "safety_batch": item["batch"]}
        yield told


class _Replies:
    """What was written to those who were answered, theme by theme in turn; others were told by word of mouth."""

    def __init__(self) -> None:
        self._texts: dict[str, list[str]] = texts("cases")["replies"]
        self._written = 0

    def to(self, item: dict[str, Any], theme: str) -> dict[str, str]:
        """The answer to one entry; nothing where it had none, or none was kept."""
        fitting = self._texts.get(theme)
        if "answered" not in item or not fitting:
            return {}
        self._written += 1
        return {"answer": fitting[self._written % len(fitting)]} if self._written % _SPOKEN else {}


class _Safety:
    """Safety marks of earlier months, all dealt with: what was found out and whom they told."""

    def __init__(self, story: Story) -> None:
        self._kinds: list[dict[str, str]] = list(texts("cases")["safety"])
        self._until = (story.today - timedelta(days=_DEALT_WITH)).isoformat()

    def of(self, item: dict[str, Any]) -> dict[str, Any]:
        """The mark of one entry, where it is the first in which such a thing is said."""
        for kind in self._kinds:
            if kind["words"] in item["text"] and item["date"] < self._until:
                self._kinds.remove(kind)
                closed = date.fromisoformat(item["date"]) + timedelta(days=3)
                return {
                    "safety": 1, "severity": "moderate", "safety_batch": kind["batch"],
                    "safety_others": kind["others"], "safety_told": kind["told"], "safety_closed": closed.isoformat(),
                }  # fmt: skip
        return {}


def _rating(stars: int) -> dict[str, Any]:
    return {"rating": float(stars), "rating_raw": str(stars), "rating_scale": "1-5"} if stars else {}


def _everyday(story: Story, people: Sequence[Person], rng: random.Random, count: int) -> Iterator[dict[str, Any]]:
    days = story.days[:-1]
    # A little more is written down each month; the last week is told one by one.
    weights = [busy(day) * (0.8 + 0.4 * place / len(days)) for place, day in enumerate(days)]
    weights[-7:] = [weight / 2 for weight in weights[-7:]]
    chooser, wording, circles = Chooser(story, rng), Wording(rng), Circles(people, rng)
    for day in sorted(rng.choices(days, weights, k=count)):
        voice = chooser.voices(day)[0]
        text = wording.said(voice, day)
        person = _who(voice, day, story, circles, rng)
        yield _entry(voice, text, day, person, story, rng)


def _who(voice: Voice, day: date, story: Story, circles: Circles, rng: random.Random) -> Person | None:
    if voice.who == "stranger" or rng.random() < (_ANONYMOUS if voice.who == "anyone" else _ANONYMOUS_DELIVERED):
        return None
    year_ago = story.today - timedelta(days=_YEAR)
    if (day - story.start).days < 26 and day < year_ago and rng.random() < 0.3 and voice.who == "anyone":
        return circles.lapsed()
    return circles.speaker(voice)


def _entry(
    voice: Voice, text: str, day: date, person: Person | None, story: Story, rng: random.Random
) -> dict[str, Any]:
    channel = _channel(voice, person, rng)
    first, last = _COUNTER_HOURS.get(channel, (6, 22))
    stars = rng.choice(voice.stars)
    item: dict[str, Any] = {
        "date": day.isoformat(), "time": f"{rng.randint(first, last):02d}:{rng.randrange(60):02d}", "person": person,
        "channel": channel, "kind": voice.kind, "text": text, "offering": voice.offering, "theme": voice.theme,
        **_rating(stars), **_state(voice, rng),
    }  # fmt: skip
    if voice.kind == "problem" and stars and stars <= 2 and rng.random() < 0.7:
        item["severity"] = "moderate" if rng.random() < 0.3 else "minor"
    if voice.kind == "question" or (voice.kind == "problem" and channel in ("email", "letter", "website")):
        item |= _answered(day, story, rng)
    return item


def _state(voice: Voice, rng: random.Random) -> dict[str, str]:
    if rng.random() < (0.03 if voice.theme == "late-delivery" else _SUGGESTED):
        return {"state": "suggested", "by": rng.choice(("rule", "words"))}
    return {"state": "confirmed", "by": rng.choice(("owner", "owner", "rule", "words"))}


def _answered(day: date, story: Story, rng: random.Random) -> dict[str, Any]:
    answered = day + timedelta(days=rng.choice((0, 0, 1, 1, 2, 3, 5)))
    # What is still open is told one by one; everything else has had its answer.
    return {"needs_answer": 1, "answered": min(answered, story.today).isoformat()}


def _channel(voice: Voice, person: Person | None, rng: random.Random) -> str:
    shares: dict[str, int] = texts("shop")["channels"]
    names = list(shares)
    if voice.who == "stranger" or (person is None and rng.random() < 0.35):
        return rng.choice(("review", "social", "website"))
    if voice.who != "anyone":
        return rng.choices(("phone", "email", "visit", "website"), (5, 4, 1, 1))[0]
    return rng.choices(names, list(shares.values()))[0]
