"""Everything `figures --json` says, gathered once for screen, paper and export."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cvdesk.catalogue.filters import up_to
from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Queries
from cvdesk.figures.records import Figures, LeverFigure, SurveyFigures, ValueFigures
from cvdesk.figures.records_more import More
from cvdesk.figures.store_complaints import complaints
from cvdesk.figures.store_customers import customers
from cvdesk.figures.store_feedback import feedback
from cvdesk.stats.intervals import Estimate, narrowed, wilson
from cvdesk.themes.store_shares import shares as themes
from cvdesk.value.records import Scorecard
from cvdesk.value.store import scorecard
from cvdesk.value.store_answers import Latest, latest
from cvdesk.value.store_scorecard import fixed_base
from cvdesk.value.store_sources import incidents

_FIRST = """
SELECT min(first) FROM (
  SELECT min(date) AS first FROM entries UNION ALL SELECT min(date) FROM complaints
  UNION ALL SELECT min(date) FROM assessments WHERE kind = 'customer' AND state = 'done'
  UNION ALL SELECT min(date) FROM purchases)
"""
_LATER = """
SELECT (SELECT count(*) FROM entries WHERE date > ?1) + (SELECT count(*) FROM complaints WHERE date > ?1)
  + (SELECT count(*) FROM assessments WHERE date > ?1 AND kind = 'customer' AND state = 'done')
  + (SELECT count(*) FROM purchases WHERE date > ?1)
"""
_SHEETS = """
SELECT count(*) AS asked, COALESCE(sum(answered IS NOT NULL AND answered <= ?), 0) AS answered
FROM sheets WHERE asked BETWEEN ? AND ?
"""


def gather(db: Queries, chosen: Filter, today: date) -> Figures:
    """The figures of screen and paper, read at one moment: as things stood at the earlier of period's end and today."""
    with db.snapshot():
        return _gather(db, chosen, today, latest(db, chosen, today))


def gather_all(db: Queries, chosen: Filter, today: date) -> Figures:
    """As `gather`, with everything else of METHOD 2, which takes some hundred milliseconds more in a large file."""
    with db.snapshot():
        answers = latest(db, chosen, today)
        found = _gather(db, chosen, today, answers)
        return replace(found, more=_more(db, chosen, today, found.customers.active, answers))


def _more(db: Queries, chosen: Filter, today: date, active: int, answers: Latest) -> More:
    # Imported here: Home and the reports do without.
    from cvdesk.figures.store_affected import affected
    from cvdesk.figures.store_answering import answering
    from cvdesk.figures.store_loyalty import at_risk, bought, milestones, retention
    from cvdesk.figures.store_surveys import more_surveys

    purchases = bought(db, min(chosen.period.end, today))
    first = default_period(db, today).start
    return More(
        more_surveys(answers, fixed_base(db, chosen, today)),
        answering(db, chosen, today),
        affected(db, chosen, today, active),
        retention(db, chosen, today, first, purchases.gap),
        milestones(db, chosen, today, purchases),
        at_risk(db, chosen, today),
    )


def _gather(db: Queries, chosen: Filter, today: date, answers: Latest) -> Figures:
    who = customers(db, chosen, today)
    return Figures(
        filter=chosen,
        today=today,
        rows_after=rows_after(db, today),
        customers=who,
        feedback=feedback(db, chosen, today),
        complaints=complaints(db, chosen, today, who.active),
        surveys=surveys(db, chosen, today, answers),
        themes=themes(db, chosen, today, who.active),
        value=value_figures(scorecard(db, chosen, today, answers, incidents(db, chosen, today, answers, who.active))),
    )


def default_period(db: Queries, today: date) -> Period:
    """First record to today; today alone where there is none before."""
    first = db.value(_FIRST)
    return Period(min(date.fromisoformat(first), today) if first else today, today)


def rows_after(db: Queries, today: date) -> int:
    """Entries, complaints, customers' score sheets and purchases of the file dated later than today."""
    return int(db.value(_LATER, (today.isoformat(),)))


def surveys(db: Queries, chosen: Filter, today: date, answers: Latest) -> SurveyFigures:
    """The overall questions of customers' score sheets, and how many of the sheets asked for came back."""
    base = fixed_base(db, chosen, today)
    return SurveyFigures(
        worth_it=narrowed(answers.satisfied("worth_it"), base),
        csat=narrowed(answers.satisfied("satisfaction"), base),
        ease=narrowed(answers.satisfied("ease"), base),
        nps=narrowed(answers.recommend(), base),
        response_rate=_response_rate(db, chosen, today),
    )


def value_figures(card: Scorecard) -> ValueFigures:
    """The scorecard as the figures name it."""
    return ValueFigures(
        card.net,
        card.get,
        card.give,
        {
            lever.lever: LeverFigure(lever.estimate, {factor.key: factor.estimate for factor in lever.factors})
            for lever in card.levers
        },
        card.get_of,
        card.give_of,
    )


def asked_limits(chosen: Filter) -> tuple[str, list[object]]:
    """Further conditions on `sheets`, and their values: segment and tag of the customer who was asked."""
    limits, values = "", list[object]()
    if chosen.segment is not None:
        limits += " AND customer_id IN (SELECT id FROM customers WHERE segment_id = ?)"
        values.append(chosen.segment)
    if chosen.tag is not None:
        limits += " AND customer_id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?)"
        values.append(chosen.tag)
    return limits, values


def _response_rate(db: Queries, chosen: Filter, today: date) -> Estimate:
    period = up_to(chosen, today).period
    end = min(chosen.period.end, today)
    limits, values = asked_limits(chosen)
    days = (end.isoformat(), period.start.isoformat(), period.end.isoformat())
    asked, answered = db.rows(_SHEETS + limits, (*days, *values))[0]
    return wilson(answered, asked)
