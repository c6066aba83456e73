"""What the line may go on as while it is typed: customers, #themes, channels, days, products. Pure; nothing is put in
without being asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import Named, key_of, match_key
from cvdesk.customers.people import People
from cvdesk.feedback.capture_parts import Scanner, lowered
from cvdesk.feedback.capture_words import Words
from cvdesk.themes.records import Theme

MOST = 6
_SHORTEST = 2
_SHORTEST_PRODUCT = 3
_MOST_NAME_WORDS = 5
_TAG = re.compile(r"(?:^|(?<=[\s,;]))#([^\s#,;:!?.]+)$")
_DIVIDED = re.compile(r"[;；，、،]|(?<!\d),|,(?!\d)|(?<!\d):(?!//)")
_LAST_WORD = re.compile(r"[^\s,;:#]+$")


@dataclass(frozen=True, slots=True)
class Completion:
    """What the line from `start` on may become; `rest` is shown behind the cursor, `said` to a screen reader."""

    start: int
    text: str
    rest: str
    said: str


class Completer:
    """Knows everything a line can go on as; made once for a business."""

    def __init__(
        self,
        people: People,
        scanner: Scanner,
        words: Words,
        channels: Sequence[Named],
        offerings: Sequence[Named],
        themes: Sequence[Theme],
    ) -> None:
        self._people = people
        self._scanner = scanner
        self._said = _distinct([
            *(lowered(channel.name) for channel in channels), *words.completed_days,
            *(names[0] for names in words.weekdays), *(words.complaint[:1] + words.safety[:1] + words.anonymous[:1]),
            *words.kinds,
        ])  # fmt: skip
        self._products = [(match_key(item.name), item.name) for item in offerings if item.name.strip()]
        self._tags = [(key_of(theme.name), theme.name) for theme in themes]

    def at_end(self, line: str, customer_known: bool, today: date) -> tuple[Completion, ...]:
        """What a line that ends so may become, most likely first; nothing after a blank or too few letters."""
        tag = _TAG.search(line)
        if tag is not None:
            return self._themes(line, tag.start(), tag[1])
        if not line or line[-1].isspace():
            return ()
        divided = [found.end() for found in _DIVIDED.finditer(line)]
        place = divided[-1] if divided else 0
        start = place + len(line[place:]) - len(line[place:].lstrip())
        found: list[Completion] = []
        if not divided:
            found += self._customers(line, start, ": ")
        else:
            found += self._phrases(line, start, today)
            if not customer_known:
                found += self._customers(line, start, "")
        if not found:
            found += self._offerings(line)
        return tuple(found[:MOST])

    def _themes(self, line: str, start: int, typed: str) -> tuple[Completion, ...]:
        key = key_of(typed)
        begin = [one for one in self._tags if one[0].startswith(key) and one[0] != key]
        within = [one for one in self._tags if one not in begin and f"-{key}" in one[0]]
        return tuple(_completion(line, start, f"#{tag}", name) for tag, name in [*begin, *within][:MOST])

    def _customers(self, line: str, start: int, after: str) -> list[Completion]:
        typed = line[start:]
        if len(typed) < _SHORTEST or len(typed.split()) > _MOST_NAME_WORDS:
            return []
        return [
            _completion(line, start, name, name, after, as_spelt=True) for name in self._people.beginning(typed, MOST)
        ]

    def _phrases(self, line: str, start: int, today: date) -> list[Completion]:
        """Channels, days and marks: where a stretch begins so, or goes on so after nothing but such words."""
        folded = lowered(line)
        starts = [start]
        word = _LAST_WORD.search(line)
        if word is not None and word.start() > start and self._scanner.leads(folded, start, word.start(), today):
            starts.append(word.start())
        return [
            _completion(line, place, phrase, phrase)
            for place in starts
            if len(folded) - place >= _SHORTEST
            for phrase in self._said
            if phrase.startswith(folded[place:]) and phrase != folded[place:]
        ]

    def _offerings(self, line: str) -> list[Completion]:
        """Products, by their first letters wherever they stand in the words."""
        found = []
        words = [match.start() for match in re.finditer(r"[^\s,;:]+", line)][-3:]
        for place in words:
            typed = match_key(line[place:])
            if len(typed) >= _SHORTEST_PRODUCT:
                found += [
                    _completion(line, place, name, name)
                    for key, name in self._products
                    if key.startswith(typed) and key != typed
                ]
        return found


def _completion(line: str, start: int, text: str, said: str, after: str = "", as_spelt: bool = False) -> Completion:
    """What is typed already stays as it is where it is the same but for capitals, unless it is a name to spell."""
    typed = line[start:]
    if match_key(text[: len(typed)]) == match_key(typed):
        kept = text if as_spelt else typed + text[len(typed) :]
        return Completion(start, kept + after, text[len(typed) :] + after.rstrip(), said)
    return Completion(start, text + after, f"  → {text}", said)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
