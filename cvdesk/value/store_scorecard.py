"""The scorecard: customers' answers as levers and Net, with the owner's guess beside them (METHOD 1.2-1.6)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import LEVERS, Factor, Filter
from cvdesk.db import Queries
from cvdesk.stats.intervals import NEED_ANSWERS, hidden
from cvdesk.stats.value import LeverScore, NetValue, lever_multipliers, net_value, strength, values_alone
from cvdesk.value.records import FactorScore, LeverCard, Scorecard, WeightSource, compared, guess_result
from cvdesk.value.store_answers import Latest, latest, shared_out, shares_of

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


def scorecard(db: Queries, chosen: Filter, today: date, found: Latest | None = None) -> Scorecard:
    """Levers, factors and Net of the period, with intervals, weights and the owner's latest guess.

    `found`: the answers, where they were read before.
    """
    factors = catalogue.factors(db)
    answers = latest(db, chosen, today) if found is None else found
    weights, weights_from = _weights(db, chosen, today, factors)
    given, points, guessed_on = _guess(db, chosen, today)
    multipliers, points_from = _points(db, chosen, today, points)
    value = net_of(answers, factors, weights, multipliers)
    guess = guess_result(given, factors, points)
    levers = tuple(
        _lever(lever, value, answers, factors, given, guess.levers.get(lever), multipliers[lever]) for lever in LEVERS
    )
    return Scorecard(
        value.net, value.get, value.give, value.get_of, value.give_of, value.people, answers.satisfied("worth_it"),
        levers, weights_from, points_from, guess, guessed_on,
    )  # fmt: skip


def weighing(
    db: Queries, chosen: Filter, today: date
) -> tuple[list[Factor], dict[str, float] | None, dict[str, float]]:
    """Factors, their weights and the levers' multipliers, as the scorecard of this filter uses them."""
    factors = catalogue.factors(db)
    weights, _source = _weights(db, chosen, today, factors)
    _given, points, _day = _guess(db, chosen, today)
    return factors, weights, _points(db, chosen, today, points)[0]


def net_of(
    answers: Latest,
    factors: Sequence[Factor],
    weights: Mapping[str, float] | None,
    multipliers: Mapping[str, float],
) -> NetValue:
    """Net value of these answers.

    A lever needs factors that carry half of its weight (METHOD 1.4). Two forms ask less than that on purpose: where
    every core factor has enough answers (the short form), and where only the one-minute form asked, the lever is
    judged by the factors that were asked.
    """
    levers = _asked_about(answers, factors)
    return net_value(answers.people([factor.key for factor in factors]), levers, weights, multipliers)


def values_of(
    answers: Latest,
    factors: Sequence[Factor],
    weights: Mapping[str, float] | None,
    multipliers: Mapping[str, float],
) -> dict[str, tuple[float | None, int]]:
    """Value and n of "net" and each lever of these answers, as `net_of` gives them."""
    return values_alone(answers.columns, _asked_about(answers, factors), weights, multipliers)


def _asked_about(answers: Latest, factors: Sequence[Factor]) -> dict[str, str]:
    """The factors by which the levers are judged: factor key -> lever."""
    levers = {factor.key: factor.lever for factor in factors}
    columns = {factor.key: len(answers.column(factor.key)) for factor in factors}
    for lever in LEVERS:
        own = [factor for factor in factors if factor.lever == lever]
        core = [factor for factor in own if factor.core]
        short = bool(core) and all(columns[factor.key] >= NEED_ANSWERS for factor in core)
        if short or _only_minute(answers, [factor.key for factor in own if columns[factor.key]]):
            for factor in own:
                if not columns[factor.key] or (short and columns[factor.key] < NEED_ANSWERS):
                    del levers[factor.key]
    return levers


def _only_minute(answers: Latest, asked: Sequence[str]) -> bool:
    return bool(asked) and answers.minute.issuperset(asked)


def _lever(
    lever: str,
    value: NetValue,
    answers: Latest,
    factors: Sequence[Factor],
    given: Mapping[str, float],
    owner: float | None,
    multiplier: float,
) -> LeverCard:
    score = value.levers[lever]
    gap, verdict = compared(lever, owner, score.estimate)
    return LeverCard(
        lever, score.estimate, strength(score.estimate.n) if score.estimate.value is not None else None, multiplier,
        tuple(_factor(each, score, value, answers, given.get(each.key)) for each in factors if each.lever == lever),
        owner, gap, verdict,
    )  # fmt: skip


def _factor(factor: Factor, score: LeverScore, value: NetValue, answers: Latest, owner: float | None) -> FactorScore:
    estimate = score.factors.get(factor.key) or hidden(len(answers.column(factor.key)), NEED_ANSWERS)
    gap, verdict = compared(factor.lever, owner, estimate)
    return FactorScore(
        factor.key, factor.label, factor.lever, estimate, strength(estimate.n), score.shares.get(factor.key, 0.0),
        value.points.get(factor.key, 0.0), owner, gap, verdict,
    )  # fmt: skip


def _weights(
    db: Queries, chosen: Filter, today: date, factors: Sequence[Factor]
) -> tuple[dict[str, float] | None, WeightSource]:
    """Customers' mean importance once five of them said; else the owner's; else equal (METHOD 1.3)."""
    told = shared_out(db, "importance", chosen, today)
    if len(told) >= NEED_ANSWERS:
        means = {}
        for factor in factors:
            values = [shares[factor.key] for shares in told if factor.key in shares]
            if values:
                means[factor.key] = math.fsum(values) / len(values)
        if means:
            return means, "customers"
    owner = {factor.key: factor.importance for factor in factors if factor.importance is not None}
    return (owner, "owner") if owner else (None, "equal")


def _points(
    db: Queries, chosen: Filter, today: date, owner: Mapping[str, float]
) -> tuple[dict[str, float], WeightSource]:
    """Multipliers of the levers from customers' ten points, else the owner's, else all 1."""
    told = [shares for shares in shared_out(db, "points", chosen, today) if sum(shares.values()) > 0]
    if len(told) >= NEED_ANSWERS:
        sums = {
            lever: math.fsum(shares.get(lever, 0.0) / math.fsum(shares.values()) for shares in told) for lever in LEVERS
        }
        return lever_multipliers(sums), "customers"
    given = {lever: owner[lever] for lever in LEVERS if lever in owner}
    return lever_multipliers(given), "owner" if sum(given.values()) > 0 else "equal"


def _guess(db: Queries, chosen: Filter, today: date) -> tuple[dict[str, float], dict[str, float], date | None]:
    """The owner's latest rating of each factor, the points shared out, and the day of the last one."""
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
    return ratings, points, day
