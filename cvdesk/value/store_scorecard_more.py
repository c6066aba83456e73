"""What the Value page shows beyond the scorecard: kinds, what matters by the answers themselves, other weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Factor, Filter
from cvdesk.db import Queries
from cvdesk.stats.correlation import WEAK_BELOW, paired, personal_nets
from cvdesk.stats.intervals import Estimate, narrowed
from cvdesk.stats.value import net_value
from cvdesk.value.records import Scorecard, WeightSource
from cvdesk.value.records_score import Derived, Incidents, KindScore
from cvdesk.value.store_answers import Latest, latest
from cvdesk.value.store_scorecard import fixed_base, net_of, scorecard
from cvdesk.value.store_sources import incidents
from cvdesk.value.store_weights import owners_guess, wanted_weights, weighed


@dataclass(frozen=True, slots=True)
class Board:
    """A scorecard with what it was made of, so that `more` need not read it again."""

    card: Scorecard
    answers: Latest
    trouble: Mapping[str, Incidents]
    importance: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class More:
    """What stands beside a scorecard; `nets`: Net by whose word on weights counts, of those who have said anything."""

    kinds: tuple[KindScore, ...]
    derived: Derived
    nets: Mapping[WeightSource, Estimate]


def board(db: Queries, chosen: Filter, today: date) -> Board:
    """The scorecard of this filter; importance: the owner's rating of each factor, 1-5."""
    with db.snapshot():
        answers = latest(db, chosen, today)
        trouble = incidents(db, chosen, today, answers)
        importance = {factor.key: factor.importance for factor in catalogue.factors(db)}
        return Board(scorecard(db, chosen, today, answers, trouble), answers, trouble, importance)


def more(db: Queries, chosen: Filter, today: date, found: Board) -> More:
    """Kinds, what matters by the answers themselves, and Net by other weights, of a scorecard of the same filter."""
    factors, guess, base = catalogue.factors(db), owners_guess(db, chosen, today), fixed_base(db, chosen, today)
    used = weighed(db, chosen, today, factors, guess, wanted_weights(db))
    nets: dict[WeightSource, Estimate] = {}
    for source in ("customers", "owner", "equal"):
        other = weighed(db, chosen, today, factors, guess, source)
        if source in (other.weights_from, other.points_from):
            net = net_of(found.answers, factors, other.weights, other.multipliers, found.trouble).net
            nets[source] = narrowed(net, base)
    return More(
        _kinds(found.answers, factors, used.weights, found.trouble, base),
        derived(found.answers, factors, used.weights, used.multipliers),
        nets,
    )


def derived(
    answers: Latest,
    factors: list[Factor],
    weights: Mapping[str, float] | None,
    multipliers: Mapping[str, float],
) -> Derived:
    """How far each factor, and each person's own Net, goes along with "worth it"; hidden below 50 people."""
    worth = answers.column("worth_it")
    columns = {factor.key: answers.column(factor.key) for factor in factors}
    importance = {key: paired(column, worth) for key, column in columns.items()}
    levers = {factor.key: factor.lever for factor in factors}
    check = paired(personal_nets(columns, levers, weights, multipliers), worth)
    return Derived(importance, check, check.value is not None and check.value < WEAK_BELOW)


def _kinds(
    answers: Latest,
    factors: list[Factor],
    weights: Mapping[str, float] | None,
    trouble: Mapping[str, Incidents],
    base: int | None,
) -> tuple[KindScore, ...]:
    """Every kind of benefit, cost and drawback as the mean of its factors by their weights, in the bank's order."""
    found: dict[tuple[str, str], list[Factor]] = {}
    for factor in factors:
        kind = factor.type.partition(": ")[2] or factor.type
        found.setdefault((factor.lever, kind), []).append(factor)
    limited = {key: one.limit for key, one in trouble.items()}
    kinds = []
    for (lever, kind), own in found.items():
        keys = [factor.key for factor in own]
        value = net_value(answers.people(keys), dict.fromkeys(keys, lever), weights, limited=limited)
        estimate = narrowed(value.levers[lever].estimate, base)
        kinds.append(KindScore(lever, kind, estimate, tuple(keys), value.people))
    return tuple(kinds)
