"""Where a word may be parted at the end of a line: at its soft hyphens, else as the dictionary of the language says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any

SOFT = "\u00ad"
_LEAST = 3  # letters before and after
_SHORTEST = 6
_ENDS = ".,;:!?)]}”’»…"
_language: ContextVar[str] = ContextVar("language", default="")


@contextmanager
def language(code: str) -> Iterator[None]:
    """Text set inside is parted as this language does ("de", "pt-BR"); a language without dictionary parts nothing."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def language_now() -> str:
    """The language words are parted by; empty where none was said."""
    return _language.get()


def soft_places(word: str) -> tuple[int, ...]:
    """Where the writer allowed a break: after each soft hyphen within the word."""
    return tuple(place + 1 for place, mark in enumerate(word) if mark == SOFT and 0 < place < len(word) - 1)


@lru_cache(maxsize=20_000)
def places(word: str, code: str) -> tuple[int, ...]:
    """Where the dictionary allows a break. Only in words of small letters: names, numbers, addresses stay whole."""
    letters = word.rstrip(_ENDS)
    start = len(letters) - len(letters.lstrip("([„“‘«"))
    bare = letters[start:]
    if len(bare) < _SHORTEST or not (bare.isalpha() and bare.islower()):
        return ()
    dictionary = _dictionary(code)
    if dictionary is None:
        return ()
    found = [int(place) for place in dictionary.positions(bare)]
    # Dictionaries err where they part off a single letter ("über-g-angs"): the first of the two places is right.
    apart = [place for place in found if place - 1 not in found]
    return tuple(start + place for place in apart if _LEAST <= place <= len(bare) - _LEAST)


@cache
def _dictionary(code: str) -> Any:
    import pyphen

    name = pyphen.language_fallback(code.replace("-", "_")) if code else None
    return pyphen.Pyphen(lang=name) if name else None
