"""Net promoter score with the adjusted Wald interval (METHOD 2)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cvdesk.stats.intervals import Estimate, hidden
from cvdesk.stats.quantiles import z_value

NEED_NPS = 20

_ADDED = (0.75, 1.5, 0.75)  # detractors, passives, promoters added for the interval


@dataclass(frozen=True, slots=True)
class NpsCounts:
    """Answers to the 0-10 recommend question: 0-6, 7-8, 9-10."""

    detractors: int
    passives: int
    promoters: int

    @property
    def n(self) -> int:
        return self.detractors + self.passives + self.promoters


def count_ratings(ratings: Sequence[float]) -> NpsCounts:
    """Counts of 0-10 answers; ValueError for anything but whole numbers from 0 to 10."""
    detractors = passives = promoters = 0
    for rating in ratings:
        if rating not in range(11):
            raise ValueError(f"{rating} is not a whole number from 0 to 10")
        if rating >= 9:
            promoters += 1
        elif rating >= 7:
            passives += 1
        else:
            detractors += 1
    return NpsCounts(detractors, passives, promoters)


def nps(counts: NpsCounts, confidence: float = 0.95, need: int = NEED_NPS) -> Estimate:
    """Score from -100 to 100 with its interval cut to that range; not shown below `need` answers."""
    if counts.n < max(need, 1):
        return hidden(counts.n, need)
    score, _ = spread(counts)
    centre, variance, n = adjusted(counts)
    reach = z_value(confidence) * math.sqrt(variance / n)
    return Estimate(100 * score, 100 * max(-1.0, centre - reach), 100 * min(1.0, centre + reach), counts.n)


def nps_change(earlier: NpsCounts, later: NpsCounts, confidence: float = 0.95, need: int = NEED_NPS) -> Estimate:
    """Score of the later period minus the earlier, -200 to 200.

    n counts both periods; each needs `need` answers.
    """
    n = earlier.n + later.n
    if min(earlier.n, later.n) < max(need, 1):
        return hidden(n, need)
    (before, variance_before, n_before), (after, variance_after, n_after) = adjusted(earlier), adjusted(later)
    reach = z_value(confidence) * math.sqrt(variance_before / n_before + variance_after / n_after)
    low, high = max(-2.0, after - before - reach), min(2.0, after - before + reach)
    return Estimate(100 * (spread(later)[0] - spread(earlier)[0]), 100 * low, 100 * high, n)


def spread(counts: NpsCounts) -> tuple[float, float]:
    """(score from -1 to 1, variance of one answer) of at least one answer, as they are."""
    return _moments(counts.detractors, counts.passives, counts.promoters)


def adjusted(counts: NpsCounts) -> tuple[float, float, float]:
    """(score, variance of one answer, n) with the three answers that the interval adds."""
    found = [count + extra for count, extra in zip(_as_tuple(counts), _ADDED, strict=True)]
    return (*_moments(*found), sum(found))


def _as_tuple(counts: NpsCounts) -> tuple[int, int, int]:
    return counts.detractors, counts.passives, counts.promoters


def _moments(detractors: float, passives: float, promoters: float) -> tuple[float, float]:
    if min(detractors, passives, promoters) < 0:
        raise ValueError("counts must not be negative")
    n = detractors + passives + promoters
    if n == 0:
        raise ValueError("no answers, no score")
    score = (promoters - detractors) / n
    return score, max((promoters + detractors) / n - score * score, 0.0)
