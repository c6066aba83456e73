"""A theme, what it is called beside its figures, and in what mood a theme was spoken of."""

from __future__ import annotations

from dataclasses import dataclass

from cvdesk.stats.intervals import Estimate

MOST_THEMES = 3
GOOD, BAD, MIXED, UNKNOWN = "good", "bad", "mixed", "unknown"
_FROM_GOOD, _TO_BAD = 4.0, 2.0


@dataclass(frozen=True, slots=True)
class Theme:
    """What entries are about; belongs to one factor, and through it to one lever.

    `keywords`: words that may point to it; `rules`: words of which the owner said that they always do.
    """

    id: int
    key: str
    name: str
    factor_key: str
    lever: str
    keywords: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


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


def mood_of(rating: float | None, kind: str, mood: str) -> str:
    """How a theme was spoken of in an entry: good, bad, mixed or unknown.

    What the owner said of this theme in this entry (`mood`) goes before the rating of the whole entry, and that before
    its kind. Nothing is guessed from the words (METHOD 5).
    """
    if mood in (GOOD, BAD):
        return mood
    if rating is not None:
        return GOOD if rating >= _FROM_GOOD else BAD if rating <= _TO_BAD else MIXED
    return {"praise": GOOD, "problem": BAD}.get(kind, UNKNOWN)
