"""The words of the sample business, from resources/sample: what people say, and when they can have said it."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from cvdesk.paths import resources

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TIMES = (
    "half past nine", "ten", "quarter past ten", "eleven", "half past ten", "quarter to nine", "noon",
    "half past eleven",
)  # fmt: skip
_LOAVES = ("sourdough", "rye loaf", "seeded loaf", "white tin", "wholemeal", "spelt loaf")
_TRIES = 12
_PLAIN = 0.7
_PLAIN_LATER = 0.3
_SEASON = timedelta(days=120)
# Far enough back for twelve months before the evening collection; not two years, so that the season stays open.
_ASKED_MONTHS = 22


@cache
def texts(name: str) -> dict[str, Any]:
    """One of the sample's text files ("shop", "people", "cases", "voices")."""
    return tomllib.loads((resources() / "sample" / f"{name}.toml").read_text(encoding="utf-8"))


def month_start(today: date, back: int) -> date:
    """The first day of the month `back` months before today's."""
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return date(year, month + 1, 1)


@dataclass(frozen=True, slots=True)
class Story:
    """The days that matter: the first, the new price list, the opening of the evening collection, the last."""

    start: date
    dearer: date
    opening: date
    today: date

    @classmethod
    def ending(cls, today: date, start: date | None = None) -> Story:
        """Fourteen months ending today, or from another start."""
        return cls(start or month_start(today, 13), month_start(today, 8), month_start(today, 4), today)

    @property
    def first_sheet(self) -> date:
        """When customers were first asked: before anything else was written down."""
        return min(self.start, month_start(self.today, _ASKED_MONTHS - 1))

    @property
    def days(self) -> list[date]:
        """Every day of the story."""
        return [self.start + timedelta(days=day) for day in range((self.today - self.start).days + 1)]

    def tells(self, when: str, day: date) -> bool:
        """Could this have been said on that day?"""
        match when:
            case "before":
                return day < self.opening
            case "after":
                return day >= self.opening
            case "dearer":
                return day >= self.dearer
            case "christmas":
                return day.month == 12 or (day.month == 1 and day.day <= 6)
            case "summer":
                return day.month in (6, 7, 8)
        return True


@dataclass(frozen=True, slots=True)
class Voice:
    """Things people say about one theme in one mood. `stars` 0 is no rating; `theme` "" is none."""

    theme: str
    kind: str
    stars: tuple[int, ...]
    when: str
    offering: str
    weight: float
    who: str
    texts: tuple[str, ...]


@cache
def voices() -> tuple[Voice, ...]:
    """Everything people say."""
    return tuple(
        Voice(item["theme"], item["kind"], tuple(item["stars"]), item["when"], item["offering"], item["weight"],
              item["who"], tuple(item["texts"]))
        for item in texts("voices")["voice"]
    )  # fmt: skip


class Chooser:
    """Draws a voice that fits the day, by weight."""

    def __init__(self, story: Story, rng: random.Random) -> None:
        self._story = story
        self._rng = rng
        self._kept: dict[tuple[bool, ...], tuple[list[Voice], list[float]]] = {}

    def voices(self, day: date, count: int = 1) -> list[Voice]:
        """The moods of so many people on that day."""
        tells = self._story.tells
        key = (tells("after", day), tells("dearer", day), tells("christmas", day), tells("summer", day))
        if key not in self._kept:
            fitting = [voice for voice in voices() if tells(voice.when, day)]
            total = 0.0
            steps = [total := total + voice.weight for voice in fitting]
            self._kept[key] = (fitting, steps)
        fitting, steps = self._kept[key]
        return self._rng.choices(fitting, cum_weights=steps, k=count)


class Wording:
    """Gives a voice its words: nothing is said twice in the same form within a season."""

    def __init__(self, rng: random.Random, unique: bool = True) -> None:
        self._rng = rng
        # When a sentence was last said; those of the latest feedback are not to be said before.
        latest = {item["text"].rstrip("."): date.max for item in texts("cases")["latest"]}
        self._said: dict[str, date] | None = latest if unique else None
        self._bags: dict[int, list[str]] = {}
        self._around: dict[str, list[str]] = texts("shop")["tails"]
        self._counter: list[str] = texts("people")["counter"]

    def said(self, voice: Voice, day: date) -> str:
        """A sentence or two for this voice on this day."""
        for attempt in range(_TRIES):
            template = self._next(voice)
            if self._rng.random() < (_PLAIN if attempt < 2 else _PLAIN_LATER):
                told = self.filled(template, day)
            else:
                told = self._with_more(template, voice.kind, day)
            if self._said is None or self._fresh(told.rstrip("."), day):
                break
        if self._said is not None:
            self._said[told.rstrip(".")] = day
        return told

    def filled(self, text: str, day: date) -> str:
        """The sentence with days, times and names put in."""
        if "{" not in text:
            return text
        choose = self._rng.choice
        said_day = _DAYS[(day.weekday() - self._rng.randrange(3)) % 7]
        return text.format(day=said_day, time=choose(_TIMES), wait=choose((15, 20, 25, 30, 40)),
                           staff=choose(self._counter), loaf=choose(_LOAVES))  # fmt: skip

    def _fresh(self, told: str, day: date) -> bool:
        assert self._said is not None
        last = self._said.get(told)
        return last is None or (last != date.max and last + _SEASON < day)

    def _next(self, voice: Voice) -> str:
        bag = self._bags.get(id(voice))
        if not bag:
            bag = self._bags[id(voice)] = list(voice.texts)
            self._rng.shuffle(bag)
        return bag.pop()

    def _with_more(self, template: str, kind: str, day: date) -> str:
        text = self.filled(template, day)
        if self._rng.random() < 0.3 and len(text) > 12:
            return f"{self.filled(self._rng.choice(self._around['heads']), day)} {text}"
        # One name at a time: whoever is praised is not thanked by another name.
        plain = [tail for tail in self._around[kind] if "{" not in tail] if "{" in template else self._around[kind]
        return f"{text}{'' if text[-1] in '.?!' else '.'} {self.filled(self._rng.choice(plain), day)}"
