"""What the scorecard says beyond levers and factors: incidents, the one-minute series, kinds, the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
