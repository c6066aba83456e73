"""The figures only the Value page, the command line and exports ask for; Home does without them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import Period
from cvdesk.stats.csat import Rating
from cvdesk.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class MoreSurveys:
    """Means 1-5 of satisfaction and ease; share who had a problem, and of those the share who told the business.

    ease_7: ease as lists brought in asked it on 1-7 (mean 1-7, share of 5-7); None where there are no such answers.
    """

    csat_mean: Estimate
    ease_mean: Estimate
    had_problem: Estimate
    telling_share: Estimate
    ease_7: Rating | None = None


@dataclass(frozen=True, slots=True)
class MoreComplaints:
    """How complaints were answered (METHOD 2). days_to_first_response: Kaplan-Meier median in calendar days.

    within_target: "acknowledge" and "resolve" -> share done by the deadline of each case. repeat_contact: same customer
    and theme again within 30 days of the closing. closed_loop: customer told the outcome. per_100_orders: complaints
    per 100 purchases of the period.
    """

    days_to_first_response: Estimate
    within_target: Mapping[str, Estimate]
    repeat_contact: Estimate
    closed_loop: Estimate
    per_100_orders: Estimate


@dataclass(frozen=True, slots=True)
class Affected:
    """A theme by the share of active customers to whom something of it went wrong (METHOD 2); each counts once."""

    theme: str
    name: str
    lever: str
    factor: str
    customers: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Retention:
    """Share of those active in the earlier of two equal periods who are active in the later one too."""

    share: Estimate
    earlier: Period
    later: Period


@dataclass(frozen=True, slots=True)
class Milestone:
    """A customer's day to thank her: kind "years", "purchases" or "spend"; step in years, purchases or minor units.

    on: the anniversary, or the day the purchase that reaches it is to be expected.
    """

    customer_id: int
    kind: str
    step: int
    on: date


@dataclass(frozen=True, slots=True)
class Milestones:
    """Those of the next 30 days, the soonest first; held_back: customers left out while a serious complaint is open."""

    due: tuple[Milestone, ...]
    held_back: int


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Customers by band of the at-risk score; works: whether it was right so far, None while nobody can tell."""

    watch: int
    at_risk: int
    works: bool | None


@dataclass(frozen=True, slots=True)
class More:
    """Everything of METHOD 2 beyond what Home shows."""

    surveys: MoreSurveys
    complaints: MoreComplaints
    affected: tuple[Affected, ...]
    retention: Retention
    milestones: Milestones
    at_risk: AtRisk
