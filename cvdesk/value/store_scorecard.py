"""The scorecard: customers' answers as levers and Net, with the owner's guess beside them (METHOD 1.2-1.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import LEVERS, Factor, Filter
from cvdesk.db import Queries
from cvdesk.stats.intervals import NEED_ANSWERS, Estimate, hidden, narrowed
from cvdesk.stats.value import SIGN, LeverScore, NetValue, net_value, strength
from cvdesk.stats.value_columns import net_and_levers
from cvdesk.value.records import FactorScore, LeverCard, Scorecard, compared, guess_result
from cvdesk.value.records_score import Incidents, MinuteCard
from cvdesk.value.store_answers import Latest, latest
from cvdesk.value.store_sources import active_count, incidents
from cvdesk.value.store_weights import owners_guess, wanted_weights, weighed, weighing

__all__ = ["MINUTE_QUESTIONS", "POPULATION", "estimates_of", "fixed_base", "net_of", "scorecard", "weighing"]

POPULATION = "population"  # the setting: whether the customers on file are all there are

# The one-minute form's questions: key -> lever.
MINUTE_QUESTIONS = {f"lever_{lever}": lever for lever in LEVERS}


def scorecard(
    db: Queries,
    chosen: Filter,
    today: date,
    found: Latest | None = None,
    trouble: Mapping[str, Incidents] | None = None,
) -> Scorecard:
    """Levers, factors and Net of the period, with intervals, weights and the owner's latest guess.

    Surveys measure the level; what feedback and complaints tell sets a floor under burdens and a cap on gains.
    `found`, `trouble`: the answers and what incidents say, where they were read before.
    """
    factors = catalogue.factors(db)
    answers = latest(db, chosen, today) if found is None else found
    guessed, wanted = owners_guess(db, chosen, today), wanted_weights(db)
    weight = weighed(db, chosen, today, factors, guessed, wanted)
    trouble = incidents(db, chosen, today, answers) if trouble is None else trouble
    base = fixed_base(db, chosen, today)
    value = _narrowed(net_of(answers, factors, weight.weights, weight.multipliers, trouble), base)
    guess = guess_result(guessed.ratings, factors, guessed.points)
    levers = tuple(
        LeverCard(
            lever, score.estimate, strength(score.estimate.n) if score.estimate.value is not None else None,
            weight.multipliers[lever],
            tuple(
                _factor(one, score, value, answers, guessed.ratings.get(one.key), trouble.get(one.key))
                for one in factors if one.lever == lever
            ),
            guess.levers.get(lever), *compared(lever, guess.levers.get(lever), score.estimate),
        )
        for lever, score in value.levers.items()
    )  # fmt: skip
    return Scorecard(
        value.net, value.get, value.give, value.get_of, value.give_of, value.people,
        narrowed(answers.satisfied("worth_it"), base), levers, weight.weights_from, weight.points_from, guess,
        guessed.day, _minute(answers, weight.multipliers), wanted,
    )  # fmt: skip


def fixed_base(db: Queries, chosen: Filter, today: date) -> int | None:
    """How many customers there are, where the owner says that they are all there are; None: as good as endless."""
    return active_count(db, chosen, today) if catalogue.setting(db, POPULATION, False) else None


def net_of(
    answers: Latest,
    factors: Sequence[Factor],
    weights: Mapping[str, float] | None,
    multipliers: Mapping[str, float],
    trouble: Mapping[str, Incidents] | None = None,
) -> NetValue:
    """Net value of these answers; `trouble`: what incidents say at least, where they are to count.

    A lever needs factors that carry half of its weight (METHOD 1.4). The short form asks less than that on purpose:
    where every core factor has enough answers, the lever is judged by those that have.
    """
    levers = _asked_about(answers, factors)
    limited = {key: found.limit for key, found in (trouble or {}).items()}
    people = answers.people([factor.key for factor in factors])
    return net_value(people, levers, weights, multipliers, limited=limited)


def estimates_of(
    answers: Latest,
    factors: Sequence[Factor],
    weights: Mapping[str, float] | None,
    multipliers: Mapping[str, float],
) -> dict[str, Estimate]:
    """Net ("net") and each lever of these answers, as `net_of` gives them: for many months at once."""
    return net_and_levers(answers.columns, _asked_about(answers, factors), weights, multipliers)


def _narrowed(value: NetValue, customers: int | None) -> NetValue:
    """Intervals of a sample that is a good part of all the customers there are (METHOD 1.5)."""
    if customers is None:
        return value
    levers = {
        lever: replace(
            score,
            estimate=narrowed(score.estimate, customers),
            factors={key: narrowed(factor, customers) for key, factor in score.factors.items()},
        )
        for lever, score in value.levers.items()
    }
    return replace(value, net=narrowed(value.net, customers), levers=levers)


def _asked_about(answers: Latest, factors: Sequence[Factor]) -> dict[str, str]:
    """The factors by which the levers are judged: factor key -> lever."""
    levers = {factor.key: factor.lever for factor in factors}
    for lever in LEVERS:
        own = [factor for factor in factors if factor.lever == lever]
        core = [factor for factor in own if factor.core]
        if core and all(len(answers.column(factor.key)) >= NEED_ANSWERS for factor in core):
            for factor in own:
                if len(answers.column(factor.key)) < NEED_ANSWERS:
                    del levers[factor.key]
    return levers


def _factor(
    factor: Factor,
    score: LeverScore,
    value: NetValue,
    answers: Latest,
    owner: float | None,
    trouble: Incidents | None,
) -> FactorScore:
    survey = score.factors.get(factor.key) or hidden(len(answers.column(factor.key)), NEED_ANSWERS)
    estimate = joined_with_incidents(factor.lever, survey, trouble)
    return FactorScore(
        factor.key, factor.label, factor.lever, estimate, strength(estimate.n), score.shares.get(factor.key, 0.0),
        value.points.get(factor.key, 0.0), owner, *compared(factor.lever, owner, survey), survey,
        estimate is not survey, trouble,
    )  # fmt: skip


def joined_with_incidents(lever: str, survey: Estimate, trouble: Incidents | None) -> Estimate:
    """Survey and incidents together: the worse of the two (METHOD 1.7).

    A limit that binds is a constant; what the survey leaves open on that side is open beyond it, so that the interval
    always has a width.
    """
    if survey.value is None or survey.low is None or survey.high is None or trouble is None:
        return survey
    limit = trouble.limit
    if SIGN[lever] < 0 and limit > survey.value:
        arm = survey.high - survey.value
        high = min(5.0, limit + arm)
        return Estimate(limit, min(limit, high - arm), high, survey.n)
    if SIGN[lever] > 0 and limit < survey.value:
        arm = survey.value - survey.low
        low = max(1.0, limit - arm)
        return Estimate(limit, low, max(limit, low + arm), survey.n)
    return survey


def _minute(answers: Latest, multipliers: Mapping[str, float]) -> MinuteCard:
    """The one-minute series: a lever's score is the mean of its own question."""
    found = net_value(answers.people(MINUTE_QUESTIONS), MINUTE_QUESTIONS, None, multipliers)
    levers = {lever: score.factors[f"lever_{lever}"] for lever, score in found.levers.items()}
    return MinuteCard(found.net, levers, found.get, found.give, found.get_of, found.give_of, found.people)
