"""The side parts of a capture line: what stands at a place, and whether a stretch is nothing but side parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.catalogue.records import Named, key_of
from cvdesk.feedback.capture_dates import MONTH_FIRST, DateReader, any_of, plain
from cvdesk.feedback.capture_ratings import RatingReader
from cvdesk.feedback.capture_words import Words
from cvdesk.themes.records import Theme
from cvdesk.wording import _

_BLANKS = re.compile(r"\s*")
_TAG = re.compile(r"#([^\s#,;:!?.]+)")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>am|pm)(?!\w)|(?P<plain>\d{1,2}:[0-5]\d)(?![\w:])"
)
_CLOSING = re.compile(r"[\s.!?]*")
_SHORTEST_TAG = 3


@dataclass(frozen=True, slots=True)
class Part:
    """What a span of the line was read as. `sure`: can hardly be part of a sentence. `problem`: why it cannot be used.

    Kinds: customer, anonymous, rating, channel, date, time, theme, offering, kind, complaint, severity, safety, answer,
    words. `value` is the id, key, number or day that was read.
    """

    kind: str
    start: int
    end: int
    value: Any = None
    sure: bool = False
    problem: str = ""
    scale: str = ""


def lowered(text: str) -> str:
    """The text in lower case, letter for letter, so that places stay where they are."""
    whole = text.lower()
    if len(whole) == len(text):
        return whole
    return "".join(mark.lower() if len(mark.lower()) == 1 else mark for mark in text)


class Scanner:
    """Knows every word a side part can be made of; made once for a language, a country and what the business has."""

    def __init__(
        self, words: Words, country: str, channels: Sequence[Named], offerings: Sequence[Named], themes: Sequence[Theme]
    ) -> None:
        self._dates = DateReader(words, country)
        self._ratings = RatingReader(words, country.upper() not in MONTH_FIRST)
        self._table = _phrases(words, channels)
        self._phrase = re.compile(rf"(?P<mark>!?)(?P<phrase>{any_of(self._table)})(?!\w)")
        self._filler = re.compile(rf"(?:{any_of(words.fillers)})(?!\w)\s*")
        self._themes = {key: theme.id for theme in reversed(themes) for key in (_bare(theme.name), _bare(theme.key))}
        self.offering_names = {lowered(item.name): item.id for item in offerings if item.name.strip()}

    def at(self, folded: str, place: int, today: date) -> Part | None:
        """The side part that begins at a place, or None."""
        readers: tuple[Callable[[], Part | None], ...] = (
            lambda: self._tag(folded, place),
            lambda: self.rating(folded, place),
            lambda: self._time(folded, place),
            lambda: self._date(folded, place, today),
            lambda: self._said(folded, place),
        )
        for read in readers:
            found = read()
            if found is not None:
                return found
        return None

    def only_parts(self, folded: str, start: int, end: int, today: date) -> list[Part] | None:
        """The side parts of a stretch that holds nothing else (small words aside); None when it holds other words."""
        stretch = folded[:end]
        parts: list[Part] = []
        place = _skip(_BLANKS, stretch, start)
        while place < end:
            part = self.at(stretch, place, today) or self._unknown_tag(stretch, place)
            if part is None:
                filler = self._filler.match(stretch, place)
                if filler is None or filler.end() >= end:
                    return None
                place = filler.end()
                continue
            parts.append(part)
            place = _skip(_BLANKS, stretch, part.end)
            if _skip(_CLOSING, stretch, place) == end:
                place = end
        return parts if any(part.value is not None or part.kind != "theme" for part in parts) else None

    def leads(self, folded: str, start: int, end: int, today: date) -> bool:
        """Whether a stretch is side parts, with or without a small word at its end: "2 stars by "."""
        before = folded[start:end].rstrip()
        last = before.rpartition(" ")[2]
        if self._filler.fullmatch(last) is not None:
            before = before[: -len(last)]
        return not before.strip() or self.only_parts(folded, start, start + len(before), today) is not None

    def rating(self, folded: str, place: int) -> Part | None:
        """The rating that begins at a place, or None."""
        found = self._ratings.read(folded, place)
        if found is None:
            return None
        return Part("rating", place, found.end, found.rating, found.sure, found.problem, found.scale)

    def tags(self, folded: str, start: int, end: int) -> list[Part]:
        """Every #theme in a stretch; value None for one nobody knows."""
        found = _TAG.finditer(folded, start, end)
        return [Part("theme", tag.start(), tag.end(), self._theme(tag[1]), True) for tag in found]

    def _tag(self, folded: str, place: int) -> Part | None:
        found = _TAG.match(folded, place)
        if found is None:
            return None
        theme = self._theme(found[1])
        return None if theme is None else Part("theme", place, found.end(), theme, True)

    def _unknown_tag(self, folded: str, place: int) -> Part | None:
        """A #theme nobody knows, beside other side parts: to be put right, so that it is not lost."""
        found = _TAG.match(folded, place)
        if found is None or not any(mark.isalpha() for mark in found[1]):
            return None
        problem = _("No theme is called “{name}”.").format(name=found[1])
        return Part("theme", place, found.end(), None, True, problem)

    def _theme(self, tag: str) -> int | None:
        key = _bare(tag)
        if key in self._themes:
            return self._themes[key]
        begun = {theme for name, theme in self._themes.items() if name.startswith(key) and len(key) >= _SHORTEST_TAG}
        return begun.pop() if len(begun) == 1 else None

    def _time(self, folded: str, place: int) -> Part | None:
        found = _TIME.match(folded, place)
        if found is None:
            return None
        if found["plain"]:
            hour, minute = (int(number) for number in found["plain"].split(":"))
        else:
            hour, minute = int(found["hour"]), int(found["minute"] or 0)
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if found["half"] == "pm" else 0)
        return Part("time", place, found.end(), f"{hour:02d}:{minute:02d}") if hour < 24 else None

    def _date(self, folded: str, place: int, today: date) -> Part | None:
        found = self._dates.read(folded, place, today)
        return None if found is None else Part("date", place, found.end, found.day, False, found.problem)

    def _said(self, folded: str, place: int) -> Part | None:
        found = self._phrase.match(folded, place)
        if found is None:
            return None
        kind, value = self._table[plain(found["phrase"])]
        return Part(kind, place, found.end(), value, bool(found["mark"]))


def _phrases(words: Words, channels: Sequence[Named]) -> dict[str, tuple[str, Any]]:
    """Every phrase with the kind of part and the value it stands for."""
    by_key = {channel.key: channel.id for channel in channels}
    table: dict[str, tuple[str, Any]] = {
        phrase: ("channel", by_key[key]) for phrase, key in words.channels.items() if key in by_key
    }
    table |= {phrase: ("kind", kind) for phrase, kind in words.kinds.items()}
    table |= {phrase: ("severity", severity) for phrase, severity in words.severities.items()}
    for kind, phrases in (
        ("complaint", words.complaint),
        ("safety", words.safety),
        ("answer", words.answer),
        ("anonymous", words.anonymous),
    ):
        table |= dict.fromkeys(phrases, (kind, True))
    for channel in channels:  # what the owner calls a channel comes before our words
        if plain(lowered(channel.name)):
            table[plain(lowered(channel.name))] = ("channel", channel.id)
    return table


def _bare(name: str) -> str:
    """A theme's name as a tag is compared with it: without hyphens."""
    return key_of(name).replace("-", "")


def _skip(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return place if found is None else found.end()
