"""Leaving a customer's name out of a text: name, other names, e-mail, phone and address become "…"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cvdesk.customers.records import Customer

HIDDEN = "…"
_SHORTEST_PART = 3  # letters of a first or last name that is left out where it stands alone
_SHORTEST_PHONE = 6  # digits
_LONGEST_CORE = 9  # digits of a number that are the same with and without the code of its country
_GAP = r"[\s\u00a0\u202f().\-/]*"


class Hider:
    """Takes one customer out of texts. `more`: further words that name them, such as other names on file."""

    def __init__(self, customer: Customer, more: Iterable[str] = ()) -> None:
        self._pattern = _pattern(tuple(dict.fromkeys(_words(customer, more))), tuple(_phones(customer)))

    def __call__(self, text: str) -> str:
        """The text without them; letters with accents are put together first, so that none is missed."""
        if self._pattern is None:
            return text
        return self._pattern.sub(HIDDEN, unicodedata.normalize("NFC", text))


def nothing_hidden(text: str) -> str:
    """The text as it is."""
    return text


def _words(customer: Customer, more: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """What names them, and whether capitals count: a family name may be an everyday word written small."""
    names = [customer.name, customer.preferred_name, *customer.nicknames, *more]
    if customer.kind == "person":
        names.append(customer.organisation)
    for name in names:
        if name.strip():
            yield name.strip(), False
    if customer.kind == "person":
        for part in [*customer.name.split(), *customer.preferred_name.split()]:
            if len(part) >= _SHORTEST_PART:
                yield part, True
    for contact in customer.contacts:
        if contact.kind != "phone":
            yield contact.value.strip(), False
    address = customer.address.strip()
    if address:
        yield address, False
        parts = [part.strip() for part in re.split(r"[\n\r,]+", address)]
        yield from ((part, False) for part in parts if len(part) > _SHORTEST_PART)


def _phones(customer: Customer) -> Iterator[str]:
    for contact in customer.contacts:
        digits = "".join(mark for mark in contact.value if mark.isdigit())
        if contact.kind == "phone" and len(digits) >= _SHORTEST_PHONE:
            yield digits[-_LONGEST_CORE:] if len(digits) > _LONGEST_CORE else digits.lstrip("0")


@lru_cache(maxsize=64)
def _pattern(words: tuple[tuple[str, bool], ...], phones: tuple[str, ...]) -> re.Pattern[str] | None:
    found = [
        _whole(word) if exact else f"(?i:{_whole(word)})" for word, exact in sorted(words, key=lambda one: -len(one[0]))
    ]
    found += [rf"(?:\+?[\d(][\d\s().\-/]*)?{_GAP.join(digits)}" for digits in phones if digits]
    return re.compile("|".join(found)) if found else None


def _whole(word: str) -> str:
    """A word as it stands alone, whatever blanks are between its parts."""
    parts = unicodedata.normalize("NFC", word).split()
    inner = r"\s+".join(re.escape(part) for part in parts)
    before = r"(?<!\w)" if parts and parts[0][:1].isalnum() else ""
    after = r"(?!\w)" if parts and parts[-1][-1:].isalnum() else ""
    return before + inner + after


__all__ = ["HIDDEN", "Hider", "nothing_hidden"]
