"""How a strategy stands today: what came of its actions and its goals, by the figures every page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import GAINS, LEVERS, Filter, Period
from cvdesk.db import Queries
from cvdesk.figures import store as figures
from cvdesk.figures.records import Figures
from cvdesk.figures.store import default_period
from cvdesk.stats.intervals import Estimate
from cvdesk.strategy.records_kept import ActionNow, Goal, Kept, OverTime, Reached, Result, Strategy, progress
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_kept import chosen_actions, strategies
from cvdesk.strategy.store_measured import notes, outcome_of
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

DAYS = 90  # the figures of Home
_UNKNOWN = Estimate(None, None, None, 0, "no_data")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure a goal can be about. unit: as of a series (net, score, share, rate, days)."""

    key: str
    label: str
    unit: str
    less_is_better: bool
    now: Estimate


def over_time(db: Queries, today: date) -> OverTime:
    """Reads it at one moment."""
    with db.snapshot():
        known = strategies(db)
        now = next((one for one in known if one.state == "running"), None)
        ended = tuple(one for one in known if one.state == "ended")
        currency = catalogue.business(db).currency
        return OverTime(kept(db, now, today) if now is not None else None, ended, currency)


def kept(db: Queries, strategy: Strategy, today: date) -> Kept:
    """A strategy as it stands on a day; only answers since it began count for its goals, at most the last 90 days."""
    assert strategy.id is not None
    known = {one.key: one for one in measures(db, today, strategy.starts)}
    goals = tuple(reached(goal, known.get(goal.measure)) for goal in strategy.goals)
    net = known["net"].now
    return Kept(strategy, _actions(db, strategy, today), goals, net)


def result_of(found: Kept, today: date) -> Result:
    """What is kept of it at a review."""
    net = found.net
    outcomes = tuple(one.outcome for one in found.actions)
    return Result(today, net.value, net.low, net.high, net.n, outcomes, found.goals)


def measures(db: Queries, today: date, since: date | None = None) -> tuple[Measure, ...]:
    """Every figure a goal can be about, with its value over the last 90 days, or of the time since a later day."""
    period = Period.last_days(DAYS, today)
    whole = since is None or since <= period.start
    if since is not None and not whole:
        period = Period(min(since, today), today)
    found = tuple(_measures(db, figures.gather(db, Filter(period), today)))
    # Complaints per 100 customers grow with the days counted: fewer days would look like fewer complaints.
    return found if whole else tuple(replace(one, now=_UNKNOWN) if one.key == "complaints" else one for one in found)


def beginning(db: Queries, today: date) -> tuple[Measure, ...]:
    """Every figure a goal can be about as it stands before a strategy: 90 days, the last 12 months where they give no
    Net (as the plan's basis)."""
    recent = measures(db, today)
    if recent[0].now.value is not None:
        return recent
    first = max(default_period(db, today).start, Period.last_months(12, today).start)
    return tuple(_measures(db, figures.gather(db, Filter(Period(min(first, today), today)), today)))


def reached(goal: Goal, measure: Measure | None) -> Reached:
    """How a goal stands by the figure it is about; without one (its factor went out of use) it cannot be told."""
    if measure is None:
        return Reached(goal, goal.measure, False, None, None, None, 0, "unknown")
    now = measure.now
    word, chance = progress(goal, now.value, now.low, now.high, measure.less_is_better)
    return Reached(
        goal, measure.label, measure.less_is_better, now.value, now.low, now.high, now.n, word, chance
    )  # fmt: skip


def _actions(db: Queries, strategy: Strategy, today: date) -> tuple[ActionNow, ...]:
    known = {one.id: one for one in actions(db)}
    told = notes(db)
    found = []
    assert strategy.id is not None
    for action_id in chosen_actions(db, strategy.id):
        action = known[action_id]
        outcome, effect = outcome_of(db, action, strategy.promise, told, today)
        promised = strategy.promise.of(action_id) if strategy.promise is not None else None
        found.append(
            ActionNow(action_id, action.name, action.status, action.started, action.done, action.due, promised,
                      outcome, effect)
        )  # fmt: skip
    return tuple(found)


def _measures(db: Queries, found: Figures) -> Sequence[Measure]:
    made = [
        Measure("net", _("Customer value"), "net", False, found.value.net),
        Measure("worth_it", _("Said it was worth it"), "share", False, found.surveys.worth_it),
    ]
    for lever in LEVERS:
        made.append(Measure(lever, lever_name(lever), "score", lever not in GAINS, found.value.levers[lever].score))
    for factor in catalogue.factors(db):
        score = found.value.levers[factor.lever].factors.get(factor.key, _UNKNOWN)
        made.append(Measure(f"factor:{factor.key}", factor.label, "score", factor.lever not in GAINS, score))
    complaints = found.complaints
    made.append(Measure("complaints", _("Complaints per 100 customers"), "rate", True, complaints.per_100_customers))
    made.append(Measure("days", _("Days until a complaint is resolved"), "days", True, complaints.days_to_resolve))
    return made
