"""The at-risk score: points for what tends to come before a customer stays away (METHOD 2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cvdesk.stats.intervals import Estimate, wilson
from cvdesk.stats.newcombe import newcombe

FINE, WATCH, AT_RISK = "fine", "watch", "at_risk"
BANDS = (FINE, WATCH, AT_RISK)
NEED_PURCHASES = 3  # from how many on customers have a rhythm of their own
NEED_IN_BAND = 20  # from how many on in a band the score can be judged


@dataclass(frozen=True, slots=True)
class Points:
    """What counts, and from how many points on; all conventions, so the owner may change them (METHOD 7).

    late, very_late: days since the last purchase as a multiple of the usual gap; days: how far back a low answer and
    complaints count.
    """

    late: float = 1.5
    very_late: float = 2.5
    late_points: int = 1
    very_late_points: int = 2
    low_answer: int = 2
    detractor: int = 1
    overdue_complaint: int = 2
    complaints: int = 1
    watch_from: int = 2
    at_risk_from: int = 4
    days: int = 180


STANDARD = Points()


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one customer. recency: days since the last purchase ÷ the usual gap, None without either."""

    recency: float | None = None
    low_answer: bool = False
    detractor: bool = False
    overdue_complaint: bool = False
    two_complaints: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Points with what each comes from: (reason, points); reasons: late, very_late or a field of Signs."""

    points: int
    band: str
    parts: tuple[tuple[str, int], ...] = ()


def score(signs: Signs, points: Points = STANDARD) -> Score:
    """The points of one customer and the band they make (METHOD 2, at-risk score)."""
    parts: list[tuple[str, int]] = []
    if signs.recency is not None and signs.recency >= points.very_late:
        parts.append(("very_late", points.very_late_points))
    elif signs.recency is not None and signs.recency >= points.late:
        parts.append(("late", points.late_points))
    for present, reason, worth in (
        (signs.low_answer, "low_answer", points.low_answer),
        (signs.detractor, "detractor", points.detractor),
        (signs.overdue_complaint, "overdue_complaint", points.overdue_complaint),
        (signs.two_complaints, "two_complaints", points.complaints),
    ):
        if present:
            parts.append((reason, worth))
    counted = tuple((reason, worth) for reason, worth in parts if worth)
    total = sum(worth for _reason, worth in counted)
    band = AT_RISK if total >= points.at_risk_from else WATCH if total >= points.watch_from else FINE
    return Score(total, band, counted)


def usual_gap(days: Sequence[int]) -> float | None:
    """Median days between purchases of one customer, from the days (in order); several on one day are one purchase.

    None below three purchases.
    """
    apart = sorted(set(days))
    if len(apart) < NEED_PURCHASES:
        return None
    return _median([after - before for before, after in pairwise(apart)])


def business_gap(own: Iterable[float | None], days: Iterable[Sequence[int]]) -> float | None:
    """Median days between purchases of the whole business: of the customers' own medians, so that each counts once.

    Where nobody has bought three times, of all gaps between the days of each; None without any.
    """
    found = [gap for gap in own if gap is not None]
    if not found:
        found = [after - before for bought in days for before, after in pairwise(sorted(set(bought)))]
    return _median(found) if found else None


def _median(values: Sequence[float]) -> float:
    # The library's `statistics` would be a lot to load for this.
    ordered, middle = sorted(values), len(values) // 2
    return float(ordered[middle]) if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


@dataclass(frozen=True, slots=True)
class BackTest:
    """Did those with more points come back less? returned: by band, share who bought since the scores were frozen.

    difference: fine minus at risk (Newcombe). works: None while there are too few in either band to tell.
    """

    returned: Mapping[str, Estimate] = field(default_factory=dict)
    difference: Estimate | None = None
    works: bool | None = None


def back_test(bands: Mapping[str, tuple[int, int]], need: int = NEED_IN_BAND) -> BackTest:
    """Judges the score from (bought since, customers) of each band, as scores stood earlier (METHOD 2, back-test)."""
    counts = {band: bands.get(band, (0, 0)) for band in BANDS}
    returned = {band: wilson(came, of) for band, (came, of) in counts.items()}
    (fine, all_fine), (risky, all_risky) = counts[FINE], counts[AT_RISK]
    difference = newcombe(fine, all_fine, risky, all_risky, need=need)
    works = None if difference.low is None else difference.low > 0
    return BackTest(returned, difference, works)
