"""What long or frequent customers get: rules, tiers, and the rewards that are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import money, whole

YEARS, PURCHASES, SPEND = "years", "purchases", "spend"
BASES = (YEARS, PURCHASES, SPEND)
_MOST_VALID_DAYS = 3650
_LONGEST = 200  # letters of what a reward gives
_MOST_TIERS = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """One reward: what reaches it and what it gives.

    by: one of BASES; step in years, days of purchases, or minor units; every: again each time the step is reached
    (each tenth purchase). since: steps reached before that day are not rewarded. valid_days: of the voucher, None: no
    end. worth_minor: in minor units, None where nobody said.
    """

    by: str
    step: int
    gives: str
    since: date
    worth_minor: int | None = None
    valid_days: int | None = 365
    every: bool = False
    active: bool = True
    id: int | None = None

    def problems(self) -> Mapping[str, str]:
        """What is wrong, by field; empty when it can be saved."""
        found: dict[str, str] = {}
        if self.by not in BASES:
            found["by"] = _("Say what counts: years, purchases or what was spent.")
        if self.step < 1:
            found["step"] = _("Give a number above nothing.")
        if not self.gives.strip():
            found["gives"] = _("Say what the customer gets, such as a loaf of bread.")
        elif len(self.gives) > _LONGEST:
            found["gives"] = _("Shorten this: it has to fit on a voucher.")
        if self.valid_days is not None and not 1 <= self.valid_days <= _MOST_VALID_DAYS:
            found["valid_days"] = _("Between one day and ten years, or nothing at all.")
        return found

    def as_value(self) -> dict[str, Any]:
        """As a plan of care holds it."""
        return {
            "by": self.by, "step": self.step, "gives": self.gives.strip(), "since": self.since.isoformat(),
            "worth_minor": self.worth_minor, "valid_days": self.valid_days, "every": self.every,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reached:
    """A customer who reached a step of a rule on a day. held: not now, a serious complaint is open."""

    customer_id: int
    customer: str
    rule: Rule
    step: int
    day: date
    held: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """A level customers reach: its name and from how much on."""

    name: str
    starts: int


@dataclass(frozen=True, slots=True)
class Tiers:
    """The levels, the lowest first; what counts: PURCHASES or SPEND, both of the last 12 months, or YEARS."""

    by: str = PURCHASES
    steps: tuple[Tier, ...] = ()

    def problems(self) -> Mapping[str, str]:
        """What is wrong, by field; empty when they can be saved."""
        starts = [tier.starts for tier in self.steps]
        names = [tier.name.strip().casefold() for tier in self.steps]
        if len(self.steps) > _MOST_TIERS:
            return {"steps": _("Six levels at the most: nobody can keep more apart.")}
        if any(not name for name in names) or len(set(names)) < len(names):
            return {"steps": _("Give each level a name of its own.")}
        if any(start < 1 for start in starts) or sorted(set(starts)) != starts:
            return {"steps": _("Each level begins above the one before it.")}
        return {}


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many active customers stand in a level; tier None: in none yet."""

    tier: Tier | None
    customers: int


def as_rule(plan_id: int, active: bool, value: Mapping[str, Any]) -> Rule:
    """A rule as it was saved."""
    return Rule(
        value["by"], int(value["step"]), value["gives"], date.fromisoformat(value["since"]), value.get("worth_minor"),
        value.get("valid_days"), bool(value.get("every")), active, plan_id,
    )  # fmt: skip


def step_words(by: str, step: int, currency: str) -> str:
    """What was reached: "3 years with you", "10 purchases", "£500.00 spent"."""
    if by == YEARS:
        return ngettext("{count} year with you", "{count} years with you", step).format(count=whole(step))
    if by == PURCHASES:
        return ngettext("{count} purchase", "{count} purchases", step).format(count=whole(step))
    return _("{amount} spent").format(amount=money(step, currency))


def rule_words(rule: Rule, currency: str) -> str:
    """A rule in a few words: "Every 10 purchases"."""
    step = step_words(rule.by, rule.step, currency)
    return _("Every {step}").format(step=step) if rule.every else _("After {step}").format(step=step)


def tier_of(tiers: Tiers, reached: int) -> Tier | None:
    """The highest level somebody with so much stands in."""
    return next((tier for tier in reversed(tiers.steps) if reached >= tier.starts), None)


def counts_of(tiers: Tiers, reached: Sequence[int]) -> tuple[TierCount, ...]:
    """How many stand in each level, the highest first, and in none."""
    found = [tier_of(tiers, one) for one in reached]
    return tuple(TierCount(tier, found.count(tier)) for tier in (*reversed(tiers.steps), None))


__all__ = [
    "BASES", "PURCHASES", "SPEND", "YEARS", "Reached", "Rule", "Tier", "TierCount", "Tiers", "as_rule", "counts_of",
    "rule_words", "step_words", "tier_of",
]  # fmt: skip
