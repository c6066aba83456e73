"""SQL of who stays: retention, milestones of the next 30 days, customers at risk (METHOD 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Period
from cvdesk.customers.store_active import seen_clause
from cvdesk.customers.store_risk import risk_book
from cvdesk.db import Queries
from cvdesk.figures.records_more import AtRisk, Milestone, Milestones, Retention
from cvdesk.stats.at_risk import AT_RISK, STANDARD, WATCH, business_gap, usual_gap
from cvdesk.stats.intervals import Estimate, hidden, wilson
from cvdesk.stats.rates import FEW_CUSTOMERS

YEARS = (1, 2, 3, 5, 10)
PURCHASES = (5, 10, 25, 50, 100)
SPEND_STEPS = "spend_steps"  # the owner's, in minor units of the business's currency
AHEAD_DAYS = 30
SHORT_PERIOD = "short_period"  # a period in which many would not have come back yet anyway
NO_GAP = "no_gap"  # nobody bought twice: nobody knows how long a period would have to be

_GAPS_IN_PERIOD = 2
_BOUGHT = "SELECT customer_id, date FROM purchases WHERE date <= ? GROUP BY customer_id, date"
_SPENT = "SELECT customer_id, sum(amount_minor) FROM purchases WHERE date <= ? AND amount_minor > 0 GROUP BY 1"
_STAYED = """
SELECT count(*), COALESCE(sum({later}), 0) FROM customers WHERE {earlier}
"""
_SINCE = "SELECT id, since FROM customers WHERE active = 1 AND since <= ?"
_SERIOUS = """
SELECT DISTINCT customer_id FROM complaints
WHERE customer_id IS NOT NULL AND severity = 'serious' AND date <= ?1
  AND COALESCE(outcome, '') NOT IN ('spam', 'duplicate')
  AND (stage NOT IN ('resolved', 'told', 'closed') OR COALESCE(resolved, told, closed) > ?1)
"""
_WHO = "SELECT id FROM customers WHERE {parts}"


@dataclass(frozen=True, slots=True)
class Bought:
    """Days of each customer's purchases, in order (several on a day are one), and the usual gap in days.

    gap: of the business; own: customer -> usual gap of those who have one.
    """

    days: Mapping[int, Sequence[int]]
    own: Mapping[int, float]
    gap: float | None


def bought(db: Queries, end: date) -> Bought:
    """All purchases up to a day."""
    days: defaultdict[int, list[int]] = defaultdict(list)
    for customer, day in db.each(_BOUGHT, (end.isoformat(),)):
        days[customer].append(date.fromisoformat(day).toordinal())
    gaps = {customer: usual_gap(own) for customer, own in days.items()}
    own = {customer: gap for customer, gap in gaps.items() if gap}
    return Bought(days, own, business_gap(gaps.values(), days.values()))


def retention(db: Queries, chosen: Filter, today: date, first: date, gap: float | None) -> Retention:
    """Active in both of two equal periods ÷ active in the earlier one.

    The later is the filter's period up to today. Where the one before would reach back further than the first record,
    the halves of the period are compared. gap: usual days between purchases.
    """
    end = min(chosen.period.end, today)
    later = Period(min(chosen.period.start, end), end)
    if (later.start - first).days < later.days:
        half = later.days // 2
        if not half:
            return Retention(hidden(0), later, later)
        later = Period.last_days(half, end)
    earlier = later.before()
    return Retention(_stayed(db, chosen, earlier, later, gap), earlier, later)


def _stayed(db: Queries, chosen: Filter, earlier: Period, later: Period, gap: float | None) -> Estimate:
    before = seen_clause(chosen, earlier.start, earlier.end)
    after = seen_clause(chosen, later.start, later.end)
    active, stayed = db.rows(
        _STAYED.format(earlier=before.sql, later=after.sql), (*after.parameters, *before.parameters)
    )[0]
    if not gap:
        return hidden(active, why=NO_GAP)
    if later.days < _GAPS_IN_PERIOD * gap:
        return hidden(active, why=SHORT_PERIOD)
    return wilson(stayed, active, few=FEW_CUSTOMERS)


def milestones(db: Queries, chosen: Filter, today: date, purchases: Bought) -> Milestones:
    """Years with us, purchases and spend reached in the 30 days after the period's end, segment and tag as chosen."""
    end = min(chosen.period.end, today)
    held = {row[0] for row in db.rows(_SERIOUS, (end.isoformat(),))}
    wanted = _who(db, chosen)
    found = [*_years(db, end), *_by_purchases(db, end, purchases)]
    found = [one for one in found if one.customer_id in wanted]
    due = [one for one in found if one.customer_id not in held]
    back = {one.customer_id for one in found} & held
    return Milestones(tuple(sorted(due, key=lambda one: (one.on, one.customer_id, one.kind))), len(back))


def at_risk(db: Queries, chosen: Filter, today: date) -> AtRisk:
    """How many customers stand in each band at the period's end, segment and tag as chosen."""
    book = risk_book(db, min(chosen.period.end, today))
    wanted = _who(db, chosen)
    watch, risky = (len(wanted.intersection(book.ids(band))) for band in (WATCH, AT_RISK))
    return AtRisk(watch, risky, book.test.works)


def _who(db: Queries, chosen: Filter) -> set[int]:
    parts, values = ["active = 1"], list[object]()
    if chosen.segment is not None:
        parts.append("segment_id = ?")
        values.append(chosen.segment)
    if chosen.tag is not None:
        parts.append("id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?)")
        values.append(chosen.tag)
    return {row[0] for row in db.rows(_WHO.format(parts=" AND ".join(parts)), values)}


def _years(db: Queries, end: date) -> Iterator[Milestone]:
    """Anniversaries of being a customer; the 29th of February is kept on the 28th in other years."""
    last = end + timedelta(days=AHEAD_DAYS)
    coming = {(end + timedelta(days=ahead)).isoformat()[5:] for ahead in range(1, AHEAD_DAYS + 1)}
    if "02-28" in coming:
        coming.add("02-29")
    for customer, text in db.rows(_SINCE, (end.isoformat(),)):
        if text[5:] not in coming:
            continue
        since = date.fromisoformat(text)
        for years in YEARS:
            on = _anniversary(since, years)
            if end < on <= last:
                yield Milestone(customer, "years", years, on)


def _anniversary(since: date, years: int) -> date:
    if (since.month, since.day) == (2, 29) and (since.year + years) % 4:
        return date(since.year + years, 2, 28)
    return since.replace(year=since.year + years)


def _by_purchases(db: Queries, end: date, purchases: Bought) -> Iterator[Milestone]:
    """What the next purchase reaches, where it is to be expected in time: the usual gap after the last one.

    Whoever is later than counts as late (METHOD 2, at-risk score) is not expected any more.
    """
    steps = sorted(int(step) for step in catalogue.setting(db, SPEND_STEPS, []))
    spent = {row[0]: row[1] for row in db.rows(_SPENT, (end.isoformat(),))} if steps else {}
    now = end.toordinal()
    for customer, days in purchases.days.items():
        gap = purchases.own.get(customer) or purchases.gap
        if not gap or now - days[-1] > STANDARD.late * gap or days[-1] + gap > now + AHEAD_DAYS:
            continue
        on = date.fromordinal(max(round(days[-1] + gap), now))
        if len(days) + 1 in PURCHASES:
            yield Milestone(customer, "purchases", len(days) + 1, on)
        total = spent.get(customer, 0)
        reached = [step for step in steps if total < step <= total + total / len(days)]
        if reached:
            yield Milestone(customer, "spend", reached[-1], on)
