"""How much each factor and each part of value counts: customers' word, the owner's, or all alike (METHOD 1.3)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import LEVERS, Factor, Filter
from cvdesk.db import Operation, Queries
from cvdesk.stats.intervals import NEED_ANSWERS
from cvdesk.stats.value import lever_multipliers
from cvdesk.value.records import WEIGHT_CHOICES, WeightChoice, WeightSource
from cvdesk.value.store_answers import shared_out, shares_of

WEIGHTS = "weights"  # the setting: one of WEIGHT_CHOICES

# The owner's guess stands until the next one; a guess about one offering is none about the whole business.
_GUESSES = """
SELECT questions.key, questions.kind, answers.value, answers.text, assessments.date
FROM assessments CROSS JOIN answers ON answers.assessment_id = assessments.id
JOIN question_versions AS version ON version.id = answers.question_version_id
JOIN questions ON questions.id = version.question_id
WHERE assessments.kind = 'owner' AND assessments.state = 'done' AND assessments.competitor_id IS NULL
  AND assessments.date <= ? AND assessments.offering_id IS ? AND answers.state = 'answered'
ORDER BY assessments.date, assessments.id
"""


@dataclass(frozen=True, slots=True)
class OwnersGuess:
    """The owner's latest rating of each factor, the points shared out, and the day of the last rating."""

    ratings: Mapping[str, float]
    points: Mapping[str, float]
    day: date | None


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weights by factor key (None: all alike) and multipliers by lever, and whose word each is."""

    weights: Mapping[str, float] | None
    weights_from: WeightSource
    multipliers: Mapping[str, float]
    points_from: WeightSource


def wanted_weights(db: Queries) -> WeightChoice:
    """Whose word the owner wants to count; "auto" takes customers' where there is any, else the owner's."""
    found = catalogue.setting(db, WEIGHTS, "auto")
    return found if found in WEIGHT_CHOICES else "auto"


def choose_weights(op: Operation, wanted: WeightChoice) -> None:
    """Says whose word counts from now on. ValueError for an unknown choice."""
    if wanted not in WEIGHT_CHOICES:
        raise ValueError(f"nobody called {wanted!r} says how much things matter")
    catalogue.save_setting(op, WEIGHTS, wanted)


def weighed(
    db: Queries, chosen: Filter, today: date, factors: Sequence[Factor], guess: OwnersGuess, wanted: WeightChoice
) -> Weighing:
    """Weights and multipliers of the wanted source; all alike where that one has said nothing."""
    weights, weights_from = _weights(db, chosen, today, factors, wanted)
    multipliers, points_from = _points(db, chosen, today, guess.points, wanted)
    return Weighing(weights, weights_from, multipliers, points_from)


def weighing(
    db: Queries, chosen: Filter, today: date
) -> tuple[list[Factor], Mapping[str, float] | None, Mapping[str, float]]:
    """Factors, their weights and the levers' multipliers, as the scorecard of this filter uses them."""
    factors = catalogue.factors(db)
    found = weighed(db, chosen, today, factors, owners_guess(db, chosen, today), wanted_weights(db))
    return factors, found.weights, found.multipliers


def owners_guess(db: Queries, chosen: Filter, today: date) -> OwnersGuess:
    """What the owner guessed by the end of the period, about the filter's offering or the whole business."""
    end = min(chosen.period.end, today)
    ratings: dict[str, float] = {}
    points: dict[str, float] = {}
    day: date | None = None
    for key, kind, value, text, on in db.rows(_GUESSES, (end.isoformat(), chosen.offering)):
        if kind == "points":
            points = shares_of(text)
        elif value is not None:
            ratings[key] = value
            day = date.fromisoformat(on)
    return OwnersGuess(ratings, points, day)


def _weights(
    db: Queries, chosen: Filter, today: date, factors: Sequence[Factor], wanted: WeightChoice
) -> tuple[dict[str, float] | None, WeightSource]:
    """Customers' mean importance once five of them said; else the owner's; else equal (METHOD 1.3)."""
    if wanted in ("auto", "customers"):
        told = shared_out(db, "importance", chosen, today)
        if len(told) >= NEED_ANSWERS and (means := _means(told, factors)):
            return means, "customers"
    if wanted in ("auto", "owner"):
        owner = {factor.key: factor.importance for factor in factors if factor.importance is not None}
        if owner:
            return owner, "owner"
    return None, "equal"


def _means(told: Sequence[Mapping[str, float]], factors: Sequence[Factor]) -> dict[str, float]:
    """Of factors five customers rated: the word of fewer is not shown, nor does it count (METHOD 1.4)."""
    means = {}
    for factor in factors:
        values = [shares[factor.key] for shares in told if factor.key in shares]
        if len(values) >= NEED_ANSWERS:
            means[factor.key] = math.fsum(values) / len(values)
    return means


def _points(
    db: Queries, chosen: Filter, today: date, owner: Mapping[str, float], wanted: WeightChoice
) -> tuple[dict[str, float], WeightSource]:
    """Multipliers of the levers from customers' ten points, else the owner's, else all 1."""
    if wanted in ("auto", "customers"):
        told = [shares for shares in shared_out(db, "points", chosen, today) if sum(shares.values()) > 0]
        if len(told) >= NEED_ANSWERS:
            shared = {
                lever: math.fsum(shares.get(lever, 0.0) / math.fsum(shares.values()) for shares in told)
                for lever in LEVERS
            }
            return lever_multipliers(shared), "customers"
    if wanted in ("auto", "owner"):
        given = {lever: owner[lever] for lever in LEVERS if lever in owner}
        if sum(given.values()) > 0:
            return lever_multipliers(given), "owner"
    return lever_multipliers(None), "equal"
