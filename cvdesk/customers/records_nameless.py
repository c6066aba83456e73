"""Texts without anybody who is a customer: for papers that leave names out, whoever wrote the words on them."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeVar

from cvdesk.catalogue.records import Business, Filter, Letterhead, Logo
from cvdesk.wording.numbers import calendar_words

T = TypeVar("T")
Known = tuple[Literal["name", "other", "place", "phone"], str]

GONE = "…"
_WORD = re.compile(r"[^\W_]+")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}")
_DIGITS = re.compile(r"\+?\(?\d[\d\s()/.\-\u2010-\u2015]{4,}\d")
_DAY = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})(?!\d)")
_ANY_PHONE = 9  # digits; what has as many is a phone number, whoever's
_LEAST_PHONE, _CORE = 6, 9  # digits of a known number; those that are the same with and without a country's code
_LEAST_PART = 3  # letters of a first or last name that is left out where it stands alone
_MOST_WORDS = 4  # a longer name is that of a club or a firm, whose words are everyday ones
_WIDEST_GAP = 4  # marks between two words of a name
_ALIKE = str.maketrans("łøđħıŧ", "lodhit")  # letters with a stroke have no accent to take off
_TITLES = frozenset((
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam", "herr", "herrn", "frau",
    "monsieur", "madame", "mme", "mlle", "senor", "senora", "sig", "signora",
))  # fmt: skip
_NOT_TOLD = (Letterhead, Business, Logo, Filter)  # the owner's own, which stays


class Nameless:
    """Takes people out of texts. `spared`: words that are not left out alone, such as those of the staff's names.

    A whole name is found in any case, with or without accents; its first or last word only with a capital or after a
    title, since it may be an everyday word, and never where it is a month or a weekday. E-mails and phone numbers are
    left out whoever's they are.
    """

    def __init__(self, known: Iterable[Known], spared: Iterable[str] = ()) -> None:
        self._spared = {word for text in spared for word in _words(text)}
        # A customer called May or April must not take the dates away.
        self._dates = {word for text in calendar_words() for word in _words(text)}
        self._names: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._alone: set[str] = set()
        self._unspaced: dict[str, re.Pattern[str]] = {}
        self._phones: set[str] = set()
        for sort, text in known:
            self._learn(sort, text)

    def __call__(self, text: str) -> str:
        """The text with "…" for each of them."""
        if not text or text.isdecimal():  # a number of the file's own, not words
            return text
        text = _DIGITS.sub(self._without_phone, _MAIL.sub(GONE, text))
        plain, places = _folded(text)
        spans = sorted([*self._spaced(text, plain, places), *self._runs(plain)], key=lambda one: (one[0], -one[1]))
        if not spans:
            return text
        made, end = [], 0
        for first, last in spans:
            start, stop = places[first], places[last - 1] + 1
            if stop <= end:
                continue
            if start >= end:
                made += [text[end:start], GONE]
            end = stop
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
        return "".join([*made, text[end:]])

    def _learn(self, sort: str, text: str) -> None:
        if sort == "phone":
            digits = _plain_digits(text)
            core = digits[-_CORE:] if len(digits) > _CORE else digits.lstrip("0")
            if len(core) >= _LEAST_PHONE:
                self._phones.add(core)
            return
        for part in (text, *(re.split(r"[\n\r,]+", text) if sort == "place" else ())):
            self._learn_words(sort, part)

    def _learn_words(self, sort: str, text: str) -> None:
        words = _words(text)
        if not _spaced_script(text):
            plain = _folded(text.strip())[0]
            if len(plain) > 1 and not plain.isascii():
                self._unspaced[plain] = re.compile(r"\s+".join(map(re.escape, plain.split())))
            return
        if len(words) > 1:
            self._names[words[0]].add(words)
        elif words and not words[0].isdecimal():
            self._alone.add(words[0])
        if sort == "name" and 1 < len(words) <= _MOST_WORDS:
            self._alone.update(one for one in words if len(one) >= _LEAST_PART and one not in self._spared)

    def _spaced(self, text: str, plain: str, places: range | list[int]) -> Iterator[tuple[int, int]]:
        found = list(_WORD.finditer(plain))
        words = [one.group() for one in found]
        for place, word in enumerate(words):
            start = found[place].start()
            for name in self._names.get(word, ()):
                last = place + len(name) - 1
                if last < len(words) and _fits(name, words[place : last + 1]) and all(
                    found[at + 1].start() - found[at].end() <= _WIDEST_GAP for at in range(place, last)
                ):  # fmt: skip
                    yield start, found[last].end()
            if word in self._dates:
                continue
            alone = word in self._alone or (len(word) > _MOST_WORDS and word[-1] == "s" and word[:-1] in self._alone)
            if alone and (text[places[start]].isupper() or (place and words[place - 1] in _TITLES)):
                yield start, found[place].end()

    def _runs(self, plain: str) -> Iterator[tuple[int, int]]:
        if plain.isascii():
            return
        for name, pattern in self._unspaced.items():
            if name.split()[0] in plain:
                yield from (one.span() for one in pattern.finditer(plain))

    def _without_phone(self, found: re.Match[str]) -> str:
        digits = _plain_digits(_DAY.sub(" ", found.group()))
        if len(digits) >= _ANY_PHONE:
            return GONE
        lengths = range(_LEAST_PHONE, len(digits) + 1)
        there = any(digits[at : at + size] in self._phones for size in lengths for at in range(len(digits) - size + 1))
        return GONE if there else found.group()


def everywhere(data: T, hide: Nameless) -> T:
    """A record with nobody named in any text it holds; the business's own name, address and filter stay."""
    return _hidden(data, hide)  # type: ignore[no-any-return]


def _hidden(value: Any, hide: Nameless) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, _NOT_TOLD):
        return value
    if isinstance(value, tuple | list):
        made = [_hidden(one, hide) for one in value]
        if all(new is old for new, old in zip(made, value, strict=True)):
            return value
        return type(value)(*made) if hasattr(value, "_fields") else type(value)(made)
    if isinstance(value, dict):
        return {key: _hidden(one, hide) for key, one in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in dataclasses.fields(value):
            old = getattr(value, field.name)
            new = _hidden(old, hide) if field.init else old
            if new is not old:
                changed[field.name] = new
        return dataclasses.replace(value, **changed) if changed else value
    return value


def _fits(name: tuple[str, ...], words: list[str]) -> bool:
    """Whether these are the words of the name, the last one perhaps with the "s" of whose it is."""
    return tuple(words[:-1]) == name[:-1] and words[-1] in (name[-1], f"{name[-1]}s")


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_folded(text)[0]))


def _folded(text: str) -> tuple[str, range | list[int]]:
    """The text as it is compared: small, without accents and invisible marks; and where each letter stood."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, mark in enumerate(text):
        if mark.isascii():
            letters.append(mark.lower())
            places.append(place)
            continue
        for one in unicodedata.normalize("NFKD", mark.casefold()).translate(_ALIKE):
            if not unicodedata.combining(one) and unicodedata.category(one) != "Cf":
                letters.append(one)
                places.append(place)
    return "".join(letters), places


def _spaced_script(text: str) -> bool:
    """Whether it is written in letters that have capitals, whose words blanks part."""
    letters = [mark for mark in text if mark.isalpha()]
    return any(mark.isalnum() for mark in text) and all(mark.lower() != mark.upper() for mark in letters)


def _plain_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(mark)) for mark in text if mark.isdecimal())


__all__ = ["GONE", "Known", "Nameless", "everywhere"]
