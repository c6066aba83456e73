"""How customers are called on a sheet that hangs where others read it: never by their whole name."""

from __future__ import annotations

import unicodedata

# Words before a name, and articles of what is no person's name: none of them says who it was.
_NO_NAME = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "sir",
        "lady",
        "lord",
        "herr",
        "frau",
        "m",
        "mme",
        "mlle",
        "the",
        "a",
        "an",
        "der",
        "die",
        "das",
        "le",
        "la",
        "les",
    ]
)


def first_name(name: str) -> str:
    """The first name; empty where none can be told from the rest: "Dr Bell", a name written without blanks."""
    words = name.split()
    if not words or words[0].rstrip(".").casefold() in _NO_NAME or _written_together(words[0]):
        return ""
    return words[0]


def first_name_and_letter(name: str) -> str:
    """The first name and the letter the last one begins with, for staff who have to know which Anna: "Anna B."."""
    first, last = first_name(name), name.split()[-1:]
    if not first or not last or last[0] == first or not last[0][0].isalpha():
        return first
    return f"{first} {last[0][0]}."


def _written_together(word: str) -> bool:
    return any(unicodedata.east_asian_width(mark) in "WF" and mark.isalpha() for mark in word)
