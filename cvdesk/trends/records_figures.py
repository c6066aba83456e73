"""What the tab "All figures" shows: groups of lines, each a figure in words and what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cvdesk.figures.records import Figures

Opens = tuple[str, object]  # a table (or "page") and what to show there


@dataclass(frozen=True, slots=True)
class Link:
    """One record under a line: whose it is, what about it, and where it opens.

    Two texts: a name written from right to left would turn round whatever stands beside it.
    """

    name: str
    about: str
    opens: Opens


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as a person reads it.

    key: where the JSON of the figures has it ("surveys.csat"); figure: empty where it is not shown; likely: its
    interval; rests_on: how many answers, cases or customers, and how far to trust them; sentence: what it means, or
    what is missing; links: what it consists of, where that can be named.
    """

    key: str
    name: str
    figure: str
    likely: str
    rests_on: str
    sentence: str
    opens: Opens
    links: tuple[Link, ...] = ()

    @property
    def spoken(self) -> str:
        """The whole line, for a screen reader."""
        return ", ".join(part for part in (self.name, self.figure, self.likely, self.rests_on, self.sentence) if part)


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Lines that belong together, under a title."""

    key: str
    title: str
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A complaint while there are too few for a time: ended None where it was still open."""

    id: int
    number: int
    customer: str
    received: date
    ended: date | None


@dataclass(frozen=True, slots=True)
class AllFigures:
    """The figures with the names their lines need.

    customers: names of those who have a milestone; cases: complaints, only where they are too few for a time; themes:
    key -> id; currency: of the business; active_days: how long somebody counts as active.
    """

    figures: Figures
    customers: Mapping[int, str]
    cases: tuple[CaseLine, ...]
    themes: Mapping[str, int]
    currency: str
    active_days: int
