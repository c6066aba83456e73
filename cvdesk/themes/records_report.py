"""What the theme report says: the ranking, and behind each of its first themes words, complaints and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue.records import Letterhead
from cvdesk.charts.series import SeriesLike
from cvdesk.themes.records_learn import CheckResult
from cvdesk.themes.records_rank import Ranked, Ranking

MOST_TROUBLE, MOST_PRAISE = 6, 3  # themes told one by one
MOST_SAID, MOST_SAID_ALONE = 3, 6


@dataclass(frozen=True, slots=True)
class Told:
    """A customer's own words. `who`: empty where nobody is known, or names are left out."""

    text: str
    date: date
    rating: float | None
    channel: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """An action about a theme: its status, and the day it was done, else started, else planned for."""

    name: str
    status: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Part:
    """One theme told in full. `place`: first and last place it may take; complaints: cases about it in the period."""

    row: Ranked
    place: tuple[int, int] | None
    factor: str
    said: tuple[Told, ...]
    words: tuple[str, ...]
    complaints: int
    actions: tuple[Done, ...]
    trend: SeriesLike | None


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """Everything the theme report says. `alone`: it is about one theme. `check`: the newest check of the sorting.

    `before`: how many entries are older than a period that has none.
    """

    letterhead: Letterhead
    today: date
    limited_to: tuple[str, ...]
    ranking: Ranking
    parts: tuple[Part, ...]
    alone: bool
    check: CheckResult | None
    before: int = 0

    def texts(self) -> Iterator[str]:
        """All that people wrote themselves: whatever may name somebody."""
        for part in self.parts:
            yield from (told.text for told in part.said)
            yield from part.words
            yield from (done.name for done in part.actions)

    def without_names(self, hide: Callable[[str], str]) -> ThemeReport:
        """The same with nobody named. `hide` puts "…" for each customer's name in a text."""
        return replace(self, parts=tuple(_nameless(part, hide) for part in self.parts))


def praised(row: Ranked) -> bool:
    """Whether more of its customers praise a theme than complain of it."""
    return row.moods.praise > row.moods.complaint


def bothers(row: Ranked) -> bool:
    """Whether at least as many of its customers complain of a theme as praise it."""
    return row.moods.complaint > 0 and not praised(row)


def told_one_by_one(ranking: Ranking) -> list[Ranked]:
    """The themes that get a part of their own: what bothers customers first, then what they praise."""
    spoken = [row for row in ranking.rows if row.figure.customers]
    bother = [row for row in spoken if bothers(row)][:MOST_TROUBLE]
    return [*bother, *[row for row in spoken if praised(row)][:MOST_PRAISE]]


def _nameless(part: Part, hide: Callable[[str], str]) -> Part:
    return replace(
        part,
        said=tuple(replace(told, text=hide(told.text), who="") for told in part.said),
        words=tuple(word for word in part.words if hide(word) == word),
        actions=tuple(replace(done, name=hide(done.name)) for done in part.actions),
    )
