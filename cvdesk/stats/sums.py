"""Weighted sums of means with missing answers, and how sure they are (METHOD 1.5, the sum of several items)."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import add, is_not, or_

from cvdesk.stats.intervals import NEED_ANSWERS, Estimate, hidden, mean_interval_from_sums

NEUTRAL = 3.0

Answers = Sequence[Mapping[str, float | None]]


@dataclass(slots=True)
class Column:
    """One factor's answers, person by person, and what its sums say; present: who answered."""

    values: list[float | None]
    present: list[bool]
    counts: Mapping[float, int]
    n: int
    mean: float
    centre: float
    estimate: Estimate


class WeightedSum:
    """A weighted sum of factor means with missing answers: its value and its plus-one error (METHOD 1.5)."""

    def __init__(self, people: int) -> None:
        self.value = 0.0
        self.centre = 0.0
        self.fewest = 0  # the smallest number of answers of a factor in it
        self._parts: list[float] = [0.0] * people
        self._present = [False] * people
        self._imaginary = 0.0
        self._imaginary_spread = 0.0

    def add(self, column: Column, weight: float, instead: float | None = None, sure: bool = True) -> None:
        """Add weight x (the factor's mean - 3).

        instead: a figure that takes the place of the mean; where it is `sure` it adds nothing to the error.
        """
        part, centre = weight / (column.n + 1), column.centre
        self.value += weight * ((column.mean if instead is None else instead) - NEUTRAL)
        self.centre += weight * ((centre if instead is None else instead) - NEUTRAL)
        if instead is not None and sure:
            self._present = list(map(or_, self._present, column.present))
            self._count(column.n)
            return
        terms: dict[float | None, float] = {x: part * (x - centre) for x in column.counts}
        terms[None] = 0.0
        self._parts = list(map(add, self._parts, map(terms.__getitem__, column.values)))
        self._present = list(map(or_, self._present, column.present))
        self._imaginary += part * (NEUTRAL - centre)
        self._imaginary_spread += 2 * part * part
        self._count(column.n)

    def join(self, other: "WeightedSum", factor: float) -> None:
        """Add factor x another sum of the same people."""
        self.value += factor * other.value
        self.centre += factor * other.centre
        self._parts = [u + factor * v for u, v in zip(self._parts, other._parts, strict=True)]
        self._present = list(map(or_, self._present, other._present))
        self._imaginary += factor * other._imaginary
        self._imaginary_spread += factor * factor * other._imaginary_spread
        if other.fewest:
            self._count(other.fewest)

    @property
    def people(self) -> int:
        return sum(self._present)

    @property
    def squared_error(self) -> float:
        squares = math.fsum([u * u for u in self._parts]) + self._imaginary**2 + self._imaginary_spread
        return (self.people + 1) / self.people * squares

    def _count(self, n: int) -> None:
        self.fewest = min(self.fewest, n) if self.fewest else n


def column_of(answers: Answers, key: str, min_answers: int = NEED_ANSWERS) -> Column:
    """One factor's answers, 1-5, of everybody; ValueError for an answer off the scale."""
    # Counting distinct values and mapping with C functions keeps 20,000 people within a fraction of a second.
    values = [answer.get(key) for answer in answers]
    present = list(map(is_not, values, repeat(None)))
    counts = {x: count for x, count in Counter(values).items() if x is not None}
    n = sum(counts.values())
    if n == 0:
        return Column(values, present, counts, 0, NEUTRAL, NEUTRAL, hidden(0, min_answers))
    if not all(1 <= x <= 5 for x in counts):
        raise ValueError(f"answers to {key} must lie between 1 and 5")
    total = math.fsum(x * count for x, count in counts.items())
    squares = math.fsum(x * x * count for x, count in counts.items())
    estimate = mean_interval_from_sums(n, total, squares, need=min_answers)
    return Column(values, present, counts, n, total / n, (total + NEUTRAL) / (n + 1), estimate)
