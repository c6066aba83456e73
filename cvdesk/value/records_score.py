"""What the scorecard says beyond levers and factors: incidents, the one-minute series, kinds, the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cvdesk.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Incidents:
    """What feedback and complaints say of a factor (METHOD 1.7).

    affected: severity -> customers whose worst incident it was; customers: how many are active; telling: share of
    those with a problem who tell; limit: the least burden, or the most gain, this leaves on the factor's scale 1-5.
    """

    affected: Mapping[str, int]
    customers: int
    telling: float
    limit: float

    @property
    def people(self) -> int:
        """How many customers had trouble here."""
        return sum(self.affected.values())


@dataclass(frozen=True, slots=True)
class MinuteCard:
    """The one-minute form's answers: one question a lever, never mixed with factors. `people`: who answered any."""

    net: Estimate
    levers: Mapping[str, Estimate]
    get: float | None
    give: float | None
    get_of: float
    give_of: float
    people: int


@dataclass(frozen=True, slots=True)
class KindScore:
    """A kind of benefit, cost or drawback over its factors, 1-5 (the second way of sorting them).

    lever: the part of value its factors belong to; kind: as the question bank calls it; factors: their keys; asked:
    how many people answered any of them.
    """

    lever: str
    kind: str
    estimate: Estimate
    factors: tuple[str, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class Derived:
    """What only many answers show (METHOD 1.3, 1.9).

    importance: factor key -> how far its answers go along with "worth it" (correlation, -1 to 1; from 50 people on);
    check: the same of each person's own Net; `misses`: our factors miss something that matters to customers.
    """

    importance: Mapping[str, Estimate]
    check: Estimate
    misses: bool


@dataclass(frozen=True, slots=True)
class SheetBehind:
    """A score sheet behind a figure. answer: what it says to the question, None where it stands for the whole sheet;

    worth_it: 1-5, None where not answered. An anonymous sheet has no customer.
    """

    id: int
    date: date
    customer_id: int | None
    customer: str
    answer: float | None
    worth_it: float | None
