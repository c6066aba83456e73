"""A theme, and finding themes by the words of a comment (METHOD 5.1-5.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cvdesk.catalogue.records import match_key
from cvdesk.stats.intervals import Estimate

MOST_THEMES = 3
_NEGATIONS = {
    "not",
    "no",
    "never",
    "without",
    "nothing",
    "isn",
    "wasn",
    "didn",
    "don",
    "doesn",
    "cannot",
    "can",
}
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Theme:
    """What entries are about; belongs to one factor, and through it to one lever."""

    id: int
    key: str
    name: str
    factor_key: str
    lever: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeFigure:
    """A theme by the share of active customers who mention it (confirmed); suggested ones counted apart."""

    id: int
    theme: str
    name: str
    lever: str
    factor: str
    entries: int
    customers: int
    customers_suggested: int
    share: Estimate


def suggest(text: str, themes: Sequence[Theme]) -> list[Theme]:
    """Up to three themes whose words the text uses (by word beginnings), most hits first.

    A hit within three words after a negation counts for burdens all the same ("no reply") but not for gains.
    """
    words = _WORD.findall(match_key(text))
    joined = " ".join(words)
    scores: list[tuple[int, int, Theme]] = []
    for place, theme in enumerate(themes):
        hits = sum(_hits(keyword, words, joined, theme.lever in ("costs", "drawbacks")) for keyword in theme.keywords)
        if hits:
            scores.append((-hits, place, theme))
    return [theme for _hits_, _place, theme in sorted(scores, key=lambda found: found[:2])[:MOST_THEMES]]


@lru_cache(maxsize=8192)
def _compared(keyword: str) -> str:
    """A keyword as words are compared with it. Asked for all keywords at every key typed."""
    return " ".join(_WORD.findall(match_key(keyword)))


def _hits(keyword: str, words: list[str], joined: str, burden: bool) -> int:
    keyword = _compared(keyword)
    if f" {keyword}" not in f" {joined}":
        return 0
    if " " in keyword:
        return 1
    found = 0
    for place, word in enumerate(words):
        if word.startswith(keyword) and (burden or not _NEGATIONS & set(words[max(0, place - 3) : place])):
            found += 1
    return found
