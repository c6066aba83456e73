"""What a report says, gathered once: plain records, nothing of paper in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cvdesk.catalogue.records import Business, Filter, Letterhead
from cvdesk.figures.records import Figures
from cvdesk.strategy.records_kept import OverTime
from cvdesk.trends.records import Series
from cvdesk.value.records import Scorecard

StepKind = Literal["overdue", "safety", "theme", "factor", "keep", "ask", "log"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Something a customer said, in their own words. `who` is empty for anonymous ones."""

    text: str
    date: dt.date
    who: str
    rating: float | None
    kind: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint as lists and the register show it. `due`: the next date it has to meet; `overdue` on that day."""

    number: int
    date: dt.date
    who: str
    text: str
    severity: str
    stage: str
    outcome: str | None
    themes: tuple[str, ...]
    due: dt.date | None
    resolved: dt.date | None
    overdue: bool
    cost_minor: int | None = None
    open: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next and the figure that is the reason. `lever` for its colour, empty for none."""

    kind: StepKind
    subject: str
    lever: str
    share: float | None = None
    score: float | None = None
    count: int = 0
    days: int = 0
    also: str = ""


@dataclass(frozen=True, slots=True)
class StrategyReport:
    """The value-strategy report. `limited_to`: names of what the filter chose, the period apart. `strategy`: what the
    owner decided on, of the whole business; None where nothing was.
    """

    letterhead: Letterhead
    filter: Filter
    limited_to: tuple[str, ...]
    today: dt.date
    figures: Figures
    scorecard: Scorecard
    trend: Series | None
    theme_names: Mapping[str, str]
    praise: tuple[Quote, ...]
    trouble: tuple[Quote, ...]
    open_complaints: tuple[ComplaintLine, ...]
    strategy: OverTime | None = None

    @property
    def business(self) -> Business:
        """Whose report it is."""
        return self.letterhead.business

    def without_names(self) -> StrategyReport:
        """The same with the names of customers left out."""
        return replace(
            self,
            praise=tuple(replace(quote, who="") for quote in self.praise),
            trouble=tuple(replace(quote, who="") for quote in self.trouble),
            open_complaints=tuple(replace(line, who="") for line in self.open_complaints),
        )


@dataclass(frozen=True, slots=True)
class Register:
    """The complaint register: every complaint of the period, the newest first."""

    letterhead: Letterhead
    filter: Filter
    limited_to: tuple[str, ...]
    today: dt.date
    lines: tuple[ComplaintLine, ...]

    @property
    def business(self) -> Business:
        """Whose report it is."""
        return self.letterhead.business

    def without_names(self) -> Register:
        """The same with the names of customers left out."""
        return replace(self, lines=tuple(replace(line, who="") for line in self.lines))
