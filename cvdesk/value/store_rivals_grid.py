"""Importance against performance, for as long as nothing is known about competitors (METHOD 1.8)."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.records import GAINS, Filter
from cvdesk.db import Queries
from cvdesk.stats.importance_performance import Rated
from cvdesk.stats.importance_performance import grid as placed_on_grid
from cvdesk.stats.intervals import Estimate
from cvdesk.value.records import FactorScore
from cvdesk.value.records_rivals import GridData, GridSpot
from cvdesk.value.store_scorecard import scorecard, weighing


def grid(db: Queries, chosen: Filter, today: date) -> GridData:
    """Every factor with a score and an importance, as the scorecard shows them."""
    with db.snapshot():
        card = scorecard(db, chosen, today)
        _factors, weights, _multipliers = weighing(db, chosen, today)
    scores = [score for lever in card.levers for score in lever.factors]
    if weights is None:
        return GridData(0.0, 0.0, (), False, card.people)
    shown = [score for score in scores if score.estimate.value is not None and score.key in weights]
    if not shown:
        return GridData(0.0, 0.0, (), True, card.people)
    turned = {score.key: _turned(score) for score in shown}
    rated = [
        Rated(key, weights[key], estimate.value or 0.0, estimate.low, estimate.high) for key, estimate in turned.items()
    ]
    found = placed_on_grid(rated)
    spots = tuple(
        GridSpot(score.key, score.label, score.lever, weights[score.key], turned[score.key], place.quadrant, place.near)
        for score, place in zip(shown, found.placed, strict=True)
    )
    return GridData(found.importance, found.performance, spots, True, card.people)


def _turned(score: FactorScore) -> Estimate:
    """A score with more being better: burdens as 6 less the score."""
    one = score.estimate
    if score.lever in GAINS or one.value is None or one.low is None or one.high is None:
        return one
    return Estimate(6 - one.value, 6 - one.high, 6 - one.low, one.n)
