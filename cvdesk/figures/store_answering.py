"""SQL of how complaints were answered: first response, targets, the same again, telling the customer (METHOD 2)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.catalogue.filters import complaints_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.complaints.records_due import ACKNOWLEDGE, RESOLVE
from cvdesk.complaints.store_targets import targets
from cvdesk.db import Queries
from cvdesk.db.rows import day_start
from cvdesk.figures.records_more import MoreComplaints
from cvdesk.figures.store_complaints import Case, cases
from cvdesk.stats.intervals import Estimate, wilson
from cvdesk.stats.rates import per_100
from cvdesk.stats.survival import FEW_CASES, kaplan_meier
from cvdesk.themes.store_trouble import COUNTED, NEGATIVE

REPEAT_DAYS = 30  # the same again within so many days; younger closings cannot be judged yet
TOLD_DAYS = 7  # closings younger than this may still be told

# What was done first, by the history and by the dates on the case itself. A note for oneself is no response.
_ANSWERS = """
SELECT complaints.id, complaints.customer_id, complaints.severity, complaints.time,
  min(COALESCE(complaints.acknowledged, '9999'), COALESCE(complaints.resolved, '9999'),
      COALESCE(complaints.told, '9999'), COALESCE(complaints.closed, '9999'), COALESCE((
        SELECT min(step.date) FROM complaint_events AS step WHERE step.complaint_id = complaints.id
        AND step.stage IN ('acknowledged', 'assessed', 'resolved', 'told', 'closed')), '9999')) AS first,
  max(COALESCE(complaints.told, ''), COALESCE((
        SELECT max(step.date) FROM complaint_events AS step WHERE step.complaint_id = complaints.id
        AND step.stage = 'told' AND step.date <= ?), '')) AS told,
  complaints.stage = 'received' AS waiting
FROM complaints WHERE {chosen}
"""
_AGAIN = f"""
WITH base AS MATERIALIZED (
  SELECT value ->> 0 AS id, value ->> 1 AS customer, value ->> 2 AS ended, value ->> 3 AS until,
    value ->> 4 AS after, value ->> 5 AS before FROM json_each(?))
SELECT count(*), COALESCE(sum(
  EXISTS (SELECT 1 FROM complaints WHERE complaints.customer_id = base.customer
    AND complaints.date > base.ended AND complaints.date <= base.until AND complaints.id <> base.id AND {COUNTED}
    AND (complaints.repeat_of = base.id OR EXISTS (
      SELECT 1 FROM complaint_themes AS theirs JOIN complaint_themes AS own ON own.theme_id = theirs.theme_id
      WHERE theirs.complaint_id = complaints.id AND own.complaint_id = base.id)))
  OR EXISTS (SELECT 1 FROM entries WHERE entries.customer_id = base.customer
    AND entries.position >= base.after AND entries.position < base.before AND EXISTS (
      SELECT 1 FROM entry_themes JOIN complaint_themes AS own ON own.theme_id = entry_themes.theme_id
      WHERE entry_themes.entry_id = entries.id AND entry_themes.state = 'confirmed'
        AND {NEGATIVE} AND own.complaint_id = base.id))), 0)
FROM base WHERE EXISTS (SELECT 1 FROM complaint_themes WHERE complaint_id = base.id)
"""
_ORDERS = "SELECT count(*) FROM purchases WHERE date BETWEEN ? AND ?{limits}"


@dataclass(frozen=True, slots=True)
class _Answered:
    """What was done about a case by the end; undated: something was, nobody knows when."""

    case: Case
    customer_id: int | None
    severity: str
    time: str | None
    first: date | None
    told: date | None
    undated: bool

    def first_days(self, end: date) -> int:
        return max(0, ((self.first or end) - self.case.received).days)


def answering(db: Queries, chosen: Filter, today: date) -> MoreComplaints:
    """How the complaints received in the period were answered, as things stood at its end; spam and duplicates out."""
    end = min(chosen.period.end, today)
    every = cases(db, chosen, today)
    found = _answered(db, chosen, today, [case for case in every if not case.left_out])
    heard = [one for one in found if not one.undated]
    return MoreComplaints(
        days_to_first_response=kaplan_meier(
            [one.first_days(end) for one in heard], [one.first is not None for one in heard]
        ).median(),
        within_target=_within(db, found, end),
        repeat_contact=_again(db, found, end),
        closed_loop=_told(found, end),
        per_100_orders=per_100(len(every), _orders(db, chosen, today)),
    )


def first_responses(db: Queries, chosen: Filter, today: date) -> list[tuple[date, float, bool]]:
    """(Received, days to the first response so far, whether there was one) of each case, as things stood at the end.

    Left out: spam, duplicates, and cases something was done about nobody knows when.
    """
    end = min(chosen.period.end, today)
    found = _answered(db, chosen, today, [case for case in cases(db, chosen, today) if not case.left_out])
    return [(one.case.received, one.first_days(end), one.first is not None) for one in found if not one.undated]


def _answered(db: Queries, chosen: Filter, today: date, found: Sequence[Case]) -> list[_Answered]:
    end = min(chosen.period.end, today)
    clause = complaints_clause(up_to(chosen, today))
    rows = {row[0]: row for row in db.rows(_ANSWERS.format(chosen=clause.sql), (end.isoformat(), *clause.parameters))}
    answered, last = [], end.isoformat()
    for case in found:
        _id, customer, severity, time, first, told, waiting = rows[case.id]
        undated = first == "9999" and not waiting
        by_end = date.fromisoformat(first) if first <= last else None
        told_on = date.fromisoformat(told) if told and told <= last else None
        answered.append(_Answered(case, customer, severity, time, by_end, told_on, undated))
    return answered


def _within(db: Queries, found: Sequence[_Answered], end: date) -> dict[str, Estimate]:
    """Share within the target. Each case has a deadline of its own, so time is counted in shares of what it allows."""
    standard = targets(db)
    acknowledged, resolved = [], []
    for one in found:
        case = one.case
        if not one.undated:
            until = case.acknowledge_by or standard.acknowledge_by(case.received, one.severity, one.time)
            acknowledged.append((_share(one.first_days(end), case.received, until), one.first is not None))
        if not case.undated:
            until = case.resolve_by or standard.resolve_by(case.received, one.severity, one.time)
            resolved.append((_share(case.days(end), case.received, until), case.ended is not None))
    return {
        kind: kaplan_meier([share for share, _done in timed], [done for _share, done in timed]).within(1.0)
        for kind, timed in ((ACKNOWLEDGE, acknowledged), (RESOLVE, resolved))
    }


def _share(days: int, received: date, until: date) -> float:
    """At most 1 on or before the last day; a day more on both, so that a target of the same day can be kept."""
    return (days + 1) / (max(0, (until - received).days) + 1)


def _again(db: Queries, found: Sequence[_Answered], end: date) -> Estimate:
    """Closed cases of a known customer and theme that came up again, of those closed 30 days ago or longer."""
    last = end - timedelta(days=REPEAT_DAYS)
    base = [
        (
            one.case.id, one.customer_id, ended.isoformat(), (ended + timedelta(days=REPEAT_DAYS)).isoformat(),
            day_start((ended + timedelta(days=1)).isoformat()),
            day_start((ended + timedelta(days=REPEAT_DAYS + 1)).isoformat()),
        )
        for one in found
        if one.customer_id is not None and (ended := one.case.ended) is not None and ended <= last
    ]  # fmt: skip
    closed, again = db.rows(_AGAIN, (json.dumps(base),))[0]
    return wilson(again, closed, few=FEW_CASES)


def _told(found: Sequence[_Answered], end: date) -> Estimate:
    """Cases of a known customer who was told the outcome after the last closing, of those closed 7 days or longer."""
    last = end - timedelta(days=TOLD_DAYS)
    closed = [(one, ended) for one in found if (ended := one.case.ended) and ended <= last and one.customer_id]
    return wilson(sum(one.told is not None and one.told >= ended for one, ended in closed), len(closed), few=FEW_CASES)


def _orders(db: Queries, chosen: Filter, today: date) -> int:
    """Purchases of the period; segment and tag are those of the customer."""
    period = up_to(chosen, today).period
    limits: Mapping[str, int | None] = {
        " AND offering_id = ?": chosen.offering,
        " AND customer_id IN (SELECT id FROM customers WHERE segment_id = ?)": chosen.segment,
        " AND customer_id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?)": chosen.tag,
    }
    used = {sql: value for sql, value in limits.items() if value is not None}
    days = (period.start.isoformat(), period.end.isoformat())
    return int(db.value(_ORDERS.format(limits="".join(used)), (*days, *used.values())))
