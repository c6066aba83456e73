"""Satisfaction and ease from counts of answers (METHOD 2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from cvdesk.stats.intervals import (
    NEED_ANSWERS,
    NEED_PROPORTION,
    SCALE,
    Estimate,
    mean_interval_from_sums,
    wilson,
)

SATISFIED_FROM = 4  # of 5
_EASY_FROM = {5: 4, 7: 5}  # answers on 1-5 and on imported 1-7 scales; never mixed in one series


@dataclass(frozen=True, slots=True)
class Rating:
    """share: of favourable answers, 0-1, Wilson; mean: on the scale itself, plus-one; never a per cent."""

    share: Estimate
    mean: Estimate


def csat(counts: Sequence[int], need_share: int = NEED_PROPORTION, need_mean: int = NEED_ANSWERS) -> Rating:
    """Satisfaction from how many answered 1, 2, 3, 4, 5: share of 4 and 5, and the mean."""
    if len(counts) != SCALE:
        raise ValueError(f"satisfaction needs the counts of the answers 1 to {SCALE}, not {len(counts)} counts")
    return _rating(counts, SATISFIED_FROM, need_share, need_mean)


def ces(counts: Sequence[int], need_share: int = NEED_PROPORTION, need_mean: int = NEED_ANSWERS) -> Rating:
    """Ease from how many answered 1, 2 ... 5 (share of 4-5) or 1, 2 ... 7 (share of 5-7)."""
    if len(counts) not in _EASY_FROM:
        raise ValueError(f"ease needs 5 or 7 counts, not {len(counts)}")
    return _rating(counts, _EASY_FROM[len(counts)], need_share, need_mean)


def _rating(counts: Sequence[int], favourable_from: int, need_share: int, need_mean: int) -> Rating:
    if min(counts) < 0:
        raise ValueError("counts must not be negative")
    n = sum(counts)
    total = sum(answer * count for answer, count in enumerate(counts, start=1))
    squares = sum(answer * answer * count for answer, count in enumerate(counts, start=1))
    return Rating(
        wilson(sum(counts[favourable_from - 1 :]), n, need=need_share),
        mean_interval_from_sums(n, total, squares, need=need_mean, scale=len(counts)),
    )
