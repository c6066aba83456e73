"""What every plan starts from: Home's value figure, how sure each factor's score is, and the best rival."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Queries
from cvdesk.stats.intervals import NEED_ANSWERS, Estimate, narrowed, plus_one_of
from cvdesk.strategy.records_plan import Basis, FactorStanding
from cvdesk.strategy.store_measured import optimism
from cvdesk.value.records import FactorScore, Scorecard
from cvdesk.value.store_answers import Latest, latest
from cvdesk.value.store_rivals import best_rival
from cvdesk.value.store_scorecard import fixed_base, scorecard
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import whole

BASIS_DAYS = 90  # as Home's scores
ELSE_MONTHS = 12  # where those days do not give a Net


@dataclass(frozen=True, slots=True)
class _Best:
    """The best rival: advantage by factor, oriented."""

    name: str = ""
    id: int | None = None
    guessed: bool = False
    advantage: Mapping[str, float] = field(default_factory=dict)


def basis(db: Queries, today: date) -> Basis:
    """The Net shown on Home with its factors, over the last 90 days, else the last 12 months; `why` where neither."""
    with db.snapshot():
        recent = Filter(Period.last_days(BASIS_DAYS, today))
        found = _measured(db, recent, today)
        if found.why:
            found = _measured(db, Filter(Period.last_months(ELSE_MONTHS, today)), today)
        trust, measured = optimism(db, today)
    return replace(found, optimism=trust, measured=measured)


def _measured(db: Queries, chosen: Filter, today: date) -> Basis:
    answers = latest(db, chosen, today)
    card = scorecard(db, chosen, today, answers)
    days = chosen.period
    empty = Basis(card.net.value, card.net.low, card.net.high, card.people, days.start, days.end)
    if card.net.value is None:
        return replace(empty, why=_missing(card))
    rival = _best_rival(db, chosen, today)
    customers = fixed_base(db, chosen, today)
    factors = tuple(
        _standing(one, answers, customers, rival.advantage.get(one.key))
        for lever in card.levers
        for one in lever.factors
        if one.weight > 0 and one.estimate.value is not None
    )
    return replace(
        empty, factors=factors, multipliers={lever.lever: lever.multiplier for lever in card.levers},
        rival=rival.name, rival_id=rival.id, guessed=rival.guessed,
    )  # fmt: skip


def _standing(one: FactorScore, answers: Latest, customers: int | None, advantage: float | None) -> FactorStanding:
    """One factor; centre and error are the survey's, so that a limit set by incidents can be held against each draw."""
    survey = plus_one_of(list(answers.column(one.key).values()))
    arm = math.sqrt(survey.squared_error)
    near = narrowed(Estimate(survey.centre, survey.centre - arm, survey.centre + arm, survey.n), customers)
    return FactorStanding(
        one.key, one.label, one.lever, one.estimate.value or 0.0, survey.centre,
        arm if near.high is None or near.low is None else (near.high - near.low) / 2,
        one.weight, one.points, advantage, survey.n, None if one.incidents is None else one.incidents.limit,
    )  # fmt: skip


def _best_rival(db: Queries, chosen: Filter, today: date) -> _Best:
    best = best_rival(db, chosen, today)
    if best is None:
        return _Best()
    advantage = {edge.key: edge.advantage.value for edge in best.edges if edge.advantage.value is not None}
    return _Best(best.competitor.name, best.competitor.id, best.source == "guess", advantage)


def _missing(card: Scorecard) -> str:
    """What is still needed, said to the owner."""
    if card.people == 0:
        return _("A plan starts from your value figure. No customer has filled in a score sheet in the last 12 months.")
    if card.people < NEED_ANSWERS:
        return ngettext(
            "A plan starts from your value figure. {n} customer has filled in a score sheet in the last 12 months;"
            " it takes {need}.",
            "A plan starts from your value figure. {n} customers have filled in a score sheet in the last 12 months;"
            " it takes {need}.",
            card.people,
        ).format(n=whole(card.people), need=whole(NEED_ANSWERS))
    parts = ", ".join(lever_name(one.lever) for one in card.levers if one.estimate.value is None)
    return _("A plan starts from your value figure. Too few customers have answered about: {parts}.").format(
        parts=parts
    )
