"""Us against a competitor: where we have the edge, the value map, and the grid that does without competitors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cvdesk.stats.intervals import Estimate
from cvdesk.wording.numbers import rounded_to

Source = Literal["used_both", "mystery", "guess", "none"]
LOWEST_PRICE, HIGHEST_PRICE = 0.2, 5.0  # our price divided by theirs: beyond this it is a slip of the keys


@dataclass(frozen=True, slots=True)
class Competitor:
    """Another business customers may go to. `price_ratio`: our price divided by theirs, None where not known."""

    id: int | None
    name: str
    price_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a competitor: customers who used both, mystery visits, the day of the latest guess."""

    used_both: int
    visits: int
    guessed_on: date | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A factor rated on both sides.

    advantage: oriented, above 0 is better for us, without interval where it is not tested. leverage: in points of Net;
    shown: the same in hundredths so that the column adds up to the difference of the Nets shown; both None where its
    part of value is missing. matters: importance 1-5, 0 where nobody said. label: one of `stats.rivals`, None untested.
    """

    key: str
    label: str
    lever: str
    ours: float
    theirs: float
    n_ours: int
    n_theirs: int
    advantage: Estimate
    leverage: float | None
    shown: int | None
    matters: int
    advice: str | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A company on the value map: ratios to the competitor, intervals only where they were measured."""

    name: str
    ours: bool
    quality: Estimate
    price: Estimate


@dataclass(frozen=True, slots=True)
class MapData:
    """The value map, for the screen and for paper. The fair-value line runs through 1, 1 by `quality_weight`.

    advantage: how far on the better side of the line we are; felt: the price is what customers feel, not real prices.
    """

    competitor: str
    spots: tuple[Spot, ...]
    quality_weight: float
    advantage: Estimate
    felt: bool
    tested: bool

    @property
    def us(self) -> Spot:
        """Our own place."""
        return next(spot for spot in self.spots if spot.ours)

    def fair_price(self, quality: float) -> float:
        """Price ratio of the fair-value line at a quality ratio."""
        if self.quality_weight >= 1:
            return 1.0
        return 1 + self.quality_weight / (1 - self.quality_weight) * (quality - 1)


@dataclass(frozen=True, slots=True)
class Against:
    """Us against one competitor, by the best source there is. us, them: Nets over the factors rated on both sides.

    people: who rated them: customers, visits, or one guess. ours_few, theirs_few: factors left out because too few
    rated us, or them. missing: parts of value without enough of them.
    """

    competitor: Competitor
    known: Known
    source: Source
    tested: bool
    paired: bool
    people: int
    edges: tuple[Edge, ...]
    us: float | None
    them: float | None
    missing: tuple[str, ...]
    ours_few: tuple[str, ...]
    theirs_few: tuple[str, ...]
    map: MapData | None

    @property
    def shown_us(self) -> int | None:
        """Our Net in hundredths, as it is shown."""
        return None if self.us is None else hundredths(self.us)

    @property
    def shown_them(self) -> int | None:
        """Their Net in hundredths, as it is shown."""
        return None if self.them is None else hundredths(self.them)

    @property
    def shown_total(self) -> int | None:
        """The difference of the two Nets shown, to which the column of edges adds up."""
        if self.shown_us is None or self.shown_them is None:
            return None
        return self.shown_us - self.shown_them


@dataclass(frozen=True, slots=True)
class GridSpot:
    """A factor on the importance-performance grid; performance turned for burdens, so that more is better."""

    key: str
    label: str
    lever: str
    importance: float
    performance: Estimate
    quadrant: str
    near: bool


@dataclass(frozen=True, slots=True)
class GridData:
    """The grid: cross-hairs at the means of the factors shown. Empty `spots` where importance or answers are missing.

    weighed: whether anybody said what matters; answers: how many customers answered anything.
    """

    importance: float
    performance: float
    spots: tuple[GridSpot, ...]
    weighed: bool
    answers: int


def hundredths(value: float) -> int:
    """A figure as it is shown with two decimals, in hundredths."""
    return int(rounded_to(value, 2) * 100)


def rounded_together(values: Sequence[float], total: int) -> list[int]:
    """Values in hundredths that add up to a total: rounded down, the rest to those cut most (largest remainder)."""
    if not values:
        return []
    down = [math.floor(100 * value) for value in values]
    in_order = sorted(range(len(values)), key=lambda place: down[place] - 100 * values[place])
    rest = total - sum(down)
    every, some = divmod(rest, len(values))
    for rank, place in enumerate(in_order):
        down[place] += every + (rank < some)
    return down


def dots_of(importance: float | None) -> int:
    """Importance 1-5 as whole dots; 0 where nobody said."""
    return 0 if importance is None else min(5, max(1, math.floor(importance + 0.5)))
