"""The figures as plain records; `as_json` (json.py beside it) gives the names fixed in the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import Filter
from cvdesk.figures.records_more import More
from cvdesk.stats.intervals import Estimate
from cvdesk.themes.records import ThemeFigure


@dataclass(frozen=True, slots=True)
class CustomerFigures:
    """`active`: distinct customers with anything in the days (365 by default) up to the period's end."""

    count: int
    active: int


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month ("2026-01"), how many, and their mean rating where any was rated."""

    month: str
    count: int
    mean_rating: float | None = None


@dataclass(frozen=True, slots=True)
class FeedbackFigures:
    """Facts about the log: counts and the mean of logged ratings; `csat` is the share of 4 and more."""

    count: int
    rated: int
    mean_rating: float | None
    anonymous: int
    csat: Estimate
    by_month: tuple[Month, ...]
    by_channel: Mapping[str, int]
    by_rating: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ComplaintFigures:
    """Open and overdue as of the earlier of period's end and today. Days to resolve: Kaplan-Meier median."""

    count: int
    open: int
    overdue: int
    per_100_customers: Estimate
    days_to_resolve: Estimate
    by_month: tuple[Month, ...]
    by_theme: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """Overall questions of customers' score sheets: shares answering 4-5, NPS in points, sheets answered of asked."""

    worth_it: Estimate
    csat: Estimate
    ease: Estimate
    nps: Estimate
    response_rate: Estimate


@dataclass(frozen=True, slots=True)
class LeverFigure:
    """A lever's score 1-5 and those of its factors."""

    score: Estimate
    factors: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class ValueFigures:
    """Net value, what customers get and give (of `get_of`, `give_of`: 10 with equal multipliers), and the levers."""

    net: Estimate
    get: float | None
    give: float | None
    levers: Mapping[str, LeverFigure]
    get_of: float = 10.0
    give_of: float = 10.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything `figures --json` says. `rows_after`: dated rows later than today, left out.

    more: what Home, reports and trends do without; only `gather_all` works it out.
    """

    filter: Filter
    today: date
    rows_after: int
    customers: CustomerFigures
    feedback: FeedbackFigures
    complaints: ComplaintFigures
    surveys: SurveyFigures
    themes: tuple[ThemeFigure, ...]
    value: ValueFigures
    more: More | None = None
