"""SQL of the complaint figures, as things stood at the period's end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.filters import complaints_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.complaints.records_due import Deadline, next_deadline
from cvdesk.db import Queries
from cvdesk.figures.months import filled
from cvdesk.figures.records import ComplaintFigures, Month
from cvdesk.stats.rates import per_100
from cvdesk.stats.survival import kaplan_meier

# A case ends with the first closing step no reopening follows; steps after the end have not happened yet.
# Without any such step in its history (an edited or brought-in row) the dates on the case itself say it.
_CASES = """
SELECT complaints.date, complaints.resolve_by, complaints.outcome IN ('spam', 'duplicate') AS left_out,
  CASE WHEN EXISTS (
      SELECT 1 FROM complaint_events AS step WHERE step.complaint_id = complaints.id
      AND step.stage IN ('resolved', 'told', 'closed', 'reopened'))
    THEN (
      SELECT min(step.date) FROM complaint_events AS step WHERE step.complaint_id = complaints.id
      AND step.stage IN ('resolved', 'told', 'closed') AND step.date <= ?
      AND NOT EXISTS (
        SELECT 1 FROM complaint_events AS again WHERE again.complaint_id = complaints.id
        AND again.stage = 'reopened' AND again.date <= ? AND (again.date, again.id) > (step.date, step.id)))
    ELSE COALESCE(complaints.resolved, complaints.told, complaints.closed)
  END AS ended,
  complaints.stage IN ('resolved', 'told', 'closed')
    AND COALESCE(complaints.resolved, complaints.told, complaints.closed) IS NULL
    AND NOT EXISTS (SELECT 1 FROM complaint_events AS step WHERE step.complaint_id = complaints.id
      AND step.stage IN ('resolved', 'told', 'closed', 'reopened')) AS undated,
  complaints.id, complaints.acknowledge_by,
  CASE WHEN complaints.stage <> 'received' THEN COALESCE(complaints.acknowledged, (
      SELECT min(step.date) FROM complaint_events AS step WHERE step.complaint_id = complaints.id
      AND step.stage NOT IN ('received', 'note')), complaints.date)
  END AS heard
FROM complaints WHERE {chosen}
"""
_BY_THEME = """
SELECT themes.key, count(*) FROM complaints
CROSS JOIN complaint_themes ON complaint_themes.complaint_id = complaints.id
JOIN themes ON themes.id = complaint_themes.theme_id
WHERE {chosen} GROUP BY themes.id ORDER BY 2 DESC, 1
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint as it stood: when received, when it had to be resolved, when it was.

    Without `ended` it was still open, unless it is `undated`: brought in as closed, nobody knows when.
    """

    received: date
    resolve_by: date | None
    ended: date | None
    left_out: bool
    undated: bool = False
    id: int = 0
    acknowledge_by: date | None = None
    heard: date | None = None

    @property
    def open(self) -> bool:
        """Whether it still had to be resolved."""
        return self.ended is None and not self.undated

    def overdue(self, end: date) -> bool:
        """Open, and the deadline that comes first had passed by the end (complaints.records_due)."""
        deadline = self.deadline(end)
        return self.open and deadline is not None and deadline.day < end

    def deadline(self, end: date) -> Deadline | None:
        """The next day it had to meet as it stood at the end, and what was to be done by then."""
        heard = self.heard is not None and self.heard <= end
        return next_deadline(heard, self.acknowledge_by, self.resolve_by)

    def days(self, end: date) -> int:
        """How long it took, or has been open until the end; in calendar days."""
        return max(0, ((self.ended or end) - self.received).days)


def cases(db: Queries, chosen: Filter, today: date) -> list[Case]:
    """The complaints received in the period, as things stood at its end (or today, if that is earlier)."""
    end = min(chosen.period.end, today)
    clause = complaints_clause(up_to(chosen, today))
    rows = db.rows(_CASES.format(chosen=clause.sql), (end.isoformat(), end.isoformat(), *clause.parameters))
    found = []
    for received, resolve_by, left_out, ended, undated, row_id, acknowledge_by, heard in rows:
        ended_on = _day(ended)
        if ended_on is not None and ended_on > end:
            ended_on = None
        found.append(Case(
            date.fromisoformat(received), _day(resolve_by), ended_on, bool(left_out), bool(undated), row_id,
            _day(acknowledge_by), _day(heard),
        ))  # fmt: skip
    return found


def complaints(db: Queries, chosen: Filter, today: date, active: int) -> ComplaintFigures:
    """Counts, rate per 100 active customers, and days to resolve; spam and duplicates have no time to resolve."""
    end = min(chosen.period.end, today)
    found = cases(db, chosen, today)
    still_open = [case for case in found if case.open]
    timed = [case for case in found if not (case.left_out or case.undated)]
    clause = complaints_clause(up_to(chosen, today))
    counts = Counter(case.received.isoformat()[:7] for case in found)
    return ComplaintFigures(
        count=len(found),
        open=len(still_open),
        overdue=sum(case.overdue(end) for case in still_open),
        per_100_customers=per_100(len(found), active),
        days_to_resolve=kaplan_meier(
            [case.days(end) for case in timed], [case.ended is not None for case in timed]
        ).median(),
        by_month=tuple(Month(month, counts[month]) for month in filled(counts, end)),
        by_theme={row[0]: row[1] for row in db.rows(_BY_THEME.format(chosen=clause.sql), clause.parameters)},
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
