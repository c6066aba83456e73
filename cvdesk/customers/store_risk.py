"""Gathers what the at-risk score needs of everybody at once, for any day, and tests the score on the past."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.customers.records_risk import Risk, RiskBook, points_from
from cvdesk.db import Operation, Queries
from cvdesk.stats.at_risk import BANDS, BackTest, Points, Score, Signs, back_test, business_gap, score, usual_gap

SETTING = "at_risk"

_PURCHASES = """
SELECT customer_id, CAST(julianday(date) AS INTEGER) FROM purchases WHERE date <= ? ORDER BY customer_id, date
"""
# Asked of customers, newest first; what counts are the last answers up to the day.
_ANSWERS = """
SELECT assessments.customer_id, questions.key, assessments.date, answers.value
FROM assessments JOIN answers ON answers.assessment_id = assessments.id AND answers.state = 'answered'
JOIN question_versions ON question_versions.id = answers.question_version_id
JOIN questions ON questions.id = question_versions.question_id
WHERE assessments.kind = 'customer' AND assessments.state = 'done' AND assessments.customer_id IS NOT NULL
    AND assessments.competitor_id IS NULL AND assessments.date <= ? AND answers.value IS NOT NULL
    AND questions.key IN ('worth_it', 'satisfaction', 'recommend')
ORDER BY assessments.date DESC, assessments.id DESC
"""
_COMPLAINTS = """
SELECT customer_id, sum(date > :since),
    sum((resolve_by < :day OR (acknowledge_by < :day AND (acknowledged IS NULL OR acknowledged > :day)))
        AND (resolved IS NULL OR resolved > :day) AND (closed IS NULL OR closed > :day))
FROM complaints
WHERE customer_id IS NOT NULL AND date <= :day AND (outcome IS NULL OR outcome NOT IN ('spam', 'duplicate'))
GROUP BY customer_id
"""
_INACTIVE = "SELECT id FROM customers WHERE active = 0"
_JULIAN = 1_721_424  # what a day of the Gregorian count has more in whole Julian days


@dataclass(slots=True)
class _Known:
    """What counts of one customer on a day. gap and since: only for those who are late."""

    gap: float = 0.0
    own_gap: bool = False
    since: int = 0
    low: tuple[float, date] | None = None
    recommend: tuple[float, date] | None = None
    overdue: int = 0
    complaints: int = 0


def points(db: Queries) -> Points:
    """The points as the owner set them."""
    return points_from(catalogue.setting(db, SETTING))


def save_points(op: Operation, chosen: Points) -> None:
    """Keeps the owner's points."""
    catalogue.save_setting(op, SETTING, asdict(chosen))


def risk_book(db: Queries, today: date) -> RiskBook:
    """Who is at risk today and why, and whether the score was right when it is frozen two usual gaps ago."""
    chosen = points(db)
    bought = _purchases(db, today)
    own = {customer: usual_gap(days) for customer, days in bought.items()}
    gap = business_gap(own.values(), bought.values())
    away = {row[0] for row in db.rows(_INACTIVE)}
    answers = db.rows(_ANSWERS, (today.isoformat(),))
    found = _risks(db, today, chosen, bought, own, gap, answers)
    risks = {customer: risk for customer, risk in found.items() if customer not in away}
    test, day = _test(db, today, chosen, bought, gap, answers)
    return RiskBook(risks, test, day, chosen)


def _purchases(db: Queries, today: date) -> dict[int, list[int]]:
    """The days of each customer's purchases, in order."""
    bought: dict[int, list[int]] = defaultdict(list)
    for customer, day in db.each(_PURCHASES, (today.isoformat(),)):
        bought[customer].append(day - _JULIAN)
    return bought


def _risks(
    db: Queries,
    day: date,
    chosen: Points,
    bought: Mapping[int, Sequence[int]],
    own: Mapping[int, float | None],
    gap: float | None,
    answers: Sequence[Any],
) -> dict[int, Risk]:
    """Everybody with points on a day. own: each one's usual gap; gap: for those who have none."""
    known: dict[int, _Known] = defaultdict(_Known)
    now = day.toordinal()
    for customer, days in bought.items():
        used = own[customer] or gap
        if used and now - days[-1] >= chosen.late * used:
            known[customer] = _Known(used, own[customer] is not None, now - days[-1])
    _add_answers(answers, day, chosen, known)
    since = (day - timedelta(days=chosen.days)).isoformat()
    for customer, count, overdue in db.rows(_COMPLAINTS, {"day": day.isoformat(), "since": since}):
        known[customer].complaints, known[customer].overdue = count or 0, overdue or 0
    risks = {customer: _risk(one, chosen) for customer, one in known.items()}
    return {customer: risk for customer, risk in risks.items() if risk.score.points}


def _add_answers(answers: Sequence[Any], day: date, chosen: Points, known: dict[int, _Known]) -> None:
    """The last answer about worth and satisfaction, if it is recent, and the last about recommending."""
    now, since = day.isoformat(), (day - timedelta(days=chosen.days)).isoformat()
    seen: set[tuple[int, str]] = set()
    for customer, key, on, value in answers:
        if on > now or (customer, key) in seen:
            continue
        seen.add((customer, key))
        if key == "recommend":
            if value <= 6:
                known[customer].recommend = value, date.fromisoformat(on)
        elif value <= 2 and on > since and known[customer].low is None:
            known[customer].low = value, date.fromisoformat(on)


def _risk(one: _Known, chosen: Points) -> Risk:
    recency = 0.0 if not one.gap else chosen.very_late if one.since >= chosen.very_late * one.gap else chosen.late
    signs = (recency, one.low is not None, one.recommend is not None, one.overdue > 0, one.complaints >= 2)
    low, low_on = one.low or (None, None)
    recommend, recommend_on = one.recommend or (None, None)
    return Risk(
        _score(signs, chosen), one.gap, one.own_gap, one.since, low, low_on, recommend, recommend_on, one.overdue,
        one.complaints,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _score(signs: tuple[float, bool, bool, bool, bool], chosen: Points) -> Score:
    """There are few different ones among thousands of customers."""
    return score(Signs(*signs), chosen)


def _test(
    db: Queries,
    today: date,
    chosen: Points,
    bought: Mapping[int, Sequence[int]],
    gap: float | None,
    answers: Sequence[Any],
) -> tuple[BackTest, date | None]:
    """Freezes the scores two usual gaps ago and sees who in each band bought since (METHOD 2, back-test)."""
    if not gap:
        return BackTest(), None
    frozen = today - timedelta(days=max(1, round(2 * gap)))
    cut = frozen.toordinal()
    before = {customer: days[: bisect_right(days, cut)] for customer, days in bought.items()}
    before = {customer: days for customer, days in before.items() if days}
    own = {customer: usual_gap(days) for customer, days in before.items()}
    risks = _risks(db, frozen, chosen, before, own, business_gap(own.values(), before.values()), answers)
    counts = dict.fromkeys(BANDS, (0, 0))
    for customer in before:
        band = risks[customer].score.band if customer in risks else "fine"
        came, of = counts[band]
        counts[band] = (came + (bought[customer][-1] > cut), of + 1)
    return back_test(counts), frozen
