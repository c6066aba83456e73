"""SQL of score sheets that were begun and not finished, and of what holds the sheets of one person together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.db import Operation, Queries
from cvdesk.value import store

# Sheets of a survey are not among them: they are filled in on its own page or at the counter.
_BEGUN = """
SELECT assessments.id, assessments.kind, assessments.date, COALESCE(customers.name, '') AS customer,
  COALESCE(competitors.name, '') AS rival, assessments.way,
  (SELECT count(*) FROM answers WHERE assessment_id = assessments.id AND state IN ('answered', 'not_apply')) AS answered
FROM assessments LEFT JOIN customers ON customers.id = assessments.customer_id
LEFT JOIN competitors ON competitors.id = assessments.competitor_id
WHERE assessments.kind IN ('customer', 'owner') AND assessments.state = 'draft'
  AND assessments.sheet_id IS NULL ORDER BY assessments.date DESC, assessments.id DESC
"""
_RIVALS = "SELECT id, name FROM competitors WHERE active = 1 ORDER BY name"


@dataclass(frozen=True, slots=True)
class Begun:
    """A sheet to go on with. `rival`: whom it is about, empty for the business itself; `answered`: how many so far."""

    id: int
    kind: str
    date: date
    customer: str
    rival: str
    way: str
    answered: int


def begun(db: Queries) -> list[Begun]:
    """The sheets that were begun and not finished, the newest first."""
    return [
        Begun(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4], row[5], row[6]) for row in db.rows(_BEGUN)
    ]


def rivals(db: Queries) -> list[tuple[int, str]]:
    """Id and name of the competitors the business looks at."""
    return [(row["id"], row["name"]) for row in db.rows(_RIVALS)]


def rival_name(db: Queries, competitor_id: int) -> str:
    """A competitor's name; LookupError for a missing one."""
    name = db.value("SELECT name FROM competitors WHERE id = ?", (competitor_id,))
    if name is None:
        raise LookupError(f"there is no competitor {competitor_id}")
    return str(name)


def hold_together(op: Operation, assessment_id: int, token: str) -> str:
    """The token the sheets of one person share: this one's own, or from now on the one given."""
    kept = store.sheet(op, assessment_id).sheet_token
    if kept is None:
        op.update("assessments", assessment_id, {"sheet_token": token})
    return kept or token
