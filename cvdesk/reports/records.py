"""What a report says, gathered once: plain records, nothing of paper in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from cvdesk.catalogue.records import Business, Filter, Letterhead
from cvdesk.figures.records import Figures
from cvdesk.reports.records_named import Nameless
from cvdesk.reports.records_nameless import hidden_names
from cvdesk.stats.intervals import Estimate
from cvdesk.strategy.records_kept import OverTime, Strategy
from cvdesk.strategy.records_plan import Planned
from cvdesk.trends.records import Series
from cvdesk.value.records import Scorecard
from cvdesk.value.records_rivals import Against, GridData

StepKind = Literal["overdue", "safety", "theme", "factor", "keep", "praised", "ask", "log"]


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
    """One thing to do next and the figure that is the reason. `lever` for its colour, empty for none.

    share: of the active customers, who mention it; score: on the score sheets. `leads`: clearly the first of its kind.
    """

    kind: StepKind
    subject: str
    lever: str
    share: Estimate | None = None
    score: Estimate | None = None
    count: int = 0
    days: int = 0
    leads: bool = False


@dataclass(frozen=True, slots=True)
class StrategyReport:
    """The value-strategy report. `limited_to`: names of what the filter chose, the period apart. `strategy`: what the
    owner decided on, of the whole business; None where nothing was. rival: the best one, compared over the filter;
    grid: what matters and how well it goes, while no rival is known. plan: the best plan, as long as none is decided.
    who: action id -> who of the staff does it.
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
    rival: Against | None = None
    grid: GridData | None = None
    plan: Planned | None = None
    who: Mapping[int, str] = field(default_factory=dict)

    @property
    def business(self) -> Business:
        """Whose report it is."""
        return self.letterhead.business

    def without_names(self) -> StrategyReport:
        """The same with the names of customers left out, also where their words or the strategy's name them."""
        people = {quote.who for quote in (*self.praise, *self.trouble)} | {line.who for line in self.open_complaints}

        def quiet(text: str) -> str:
            return hidden_names(text, people)

        return replace(
            self,
            praise=tuple(replace(quote, who="", text=quiet(quote.text)) for quote in self.praise),
            trouble=tuple(replace(quote, who="", text=quiet(quote.text)) for quote in self.trouble),
            open_complaints=tuple(replace(line, who="", text=quiet(line.text)) for line in self.open_complaints),
            strategy=None if self.strategy is None else _quiet_strategy(self.strategy, quiet),
            plan=None if self.plan is None else _quiet_plan(self.plan, quiet),
        )


def _quiet_strategy(found: OverTime, quiet: Callable[[str], str]) -> OverTime:
    def plain(one: Strategy) -> Strategy:
        promise = one.promise
        if promise is not None:
            left = tuple(replace(it, name=quiet(it.name), about=quiet(it.about)) for it in promise.not_done)
            promise = replace(promise, not_done=left)
        result = one.result
        if result is not None:
            result = replace(result, actions=tuple(replace(it, name=quiet(it.name)) for it in result.actions))
        return replace(
            one, name=quiet(one.name), mix=quiet(one.mix), learned=quiet(one.learned), promise=promise, result=result
        )

    now = found.running
    if now is not None:
        actions = tuple(replace(one, name=quiet(one.name)) for one in now.actions)
        now = replace(now, strategy=plain(now.strategy), actions=actions)
    return replace(found, running=now, ended=tuple(plain(one) for one in found.ended))


def _quiet_plan(found: Planned, quiet: Callable[[str], str]) -> Planned:
    return replace(
        found,
        actions=tuple(replace(one, name=quiet(one.name)) for one in found.actions),
        must_fix=tuple(replace(one, name=quiet(one.name)) for one in found.must_fix),
    )


@dataclass(frozen=True, slots=True)
class Register:
    """The complaint register: every complaint of the period, the newest first.

    `days_to_resolve`: median in days (METHOD 2); `by_month`: ("2026-11", count); `causes`: noted ones, most frequent
    first.
    """

    letterhead: Letterhead
    filter: Filter
    limited_to: tuple[str, ...]
    today: dt.date
    lines: tuple[ComplaintLine, ...]
    days_to_resolve: Estimate | None = None
    by_month: tuple[tuple[str, int], ...] = ()
    causes: tuple[tuple[str, int], ...] = ()

    @property
    def business(self) -> Business:
        """Whose report it is."""
        return self.letterhead.business

    def without_names(self) -> Register:
        """The same with the names of customers left out, also where the words of a complaint name them."""
        hide = Nameless(line.who for line in self.lines)
        return replace(
            self,
            lines=tuple(replace(line, who="", text=hide(line.text)) for line in self.lines),
            causes=tuple((hide(cause), count) for cause, count in self.causes),
        )
