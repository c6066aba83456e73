"""What there is to know of a theme when it is renamed, merged, split or retired; and finding words in texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from cvdesk.catalogue.records import match_key

LONGEST_NAME = 120
_STATES = ("rejected", "suggested", "confirmed")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Written without blanks between words: there a word is found wherever it stands.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme as the list of all themes shows it. `into`: the name of the theme it went into."""

    id: int
    key: str
    name: str
    factor_id: int
    factor: str
    lever: str
    active: bool
    into: str
    entries: int
    suggested: int
    complaints: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge moved."""

    entries: int
    complaints: int
    rules: int


@dataclass(frozen=True, slots=True)
class Said:
    """Something filed under a theme, as the list to split from shows it. `complaint`: words of a complaint.

    `key`: its text from `comparable`, made once: with each letter typed every text is looked through again.
    """

    id: int
    text: str
    date: str
    complaint: bool
    key: str


@dataclass(frozen=True, slots=True)
class Row:
    """One entry's row of one theme."""

    id: int
    entry_id: int
    state: str
    by: str
    main: int
    score: float | None
    words: str
    mood: str


def joined(kept: Row, gone: Row) -> dict[str, object]:
    """The values of two rows of one entry made one: confirmed beats suggested beats rejected; words of both stay.

    Of two moods that differ neither stays: what somebody said of the joint theme is then for the owner to say again.
    """
    ranks = _STATES.index(kept.state), _STATES.index(gone.state)
    lead = gone if ranks[1] > ranks[0] else kept
    alike = ranks[0] == ranks[1]
    passages = [line for line in (*kept.words.split("\n"), *gone.words.split("\n")) if line]
    moods = {mood for mood in (kept.mood, gone.mood) if mood}
    scores = [score for score in (kept.score, gone.score) if score is not None]
    return {
        "state": lead.state,
        "by": "owner" if alike and "owner" in (kept.by, gone.by) else lead.by,
        "main": max(kept.main, gone.main) if alike else lead.main,
        "score": max(scores, default=None) if alike else lead.score,
        "words": "\n".join(dict.fromkeys(passages)),
        "mood": moods.pop() if len(moods) == 1 else "",
    }


def comparable(text: str) -> str:
    """The words of a text as `finder_of` compares them, a blank before each."""
    return "".join(f" {word}" for word in _WORD.findall(match_key(text)))


def finder_of(words: str) -> Callable[[str], bool]:
    """Whether a text, made `comparable`, contains these words, by the beginning of the first as suggestions do.

    Nothing contains what is no word.
    """
    wanted = comparable(words)
    if not wanted:
        return lambda _key: False
    if _UNSPACED.search(wanted):
        wanted = wanted.removeprefix(" ")
    return lambda key: wanted in key
