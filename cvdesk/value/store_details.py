"""SQL of what a score sheet says about itself: changing it while it is filled in, and reading it to go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cvdesk.db import Operation, Queries

_DETAILS = """
SELECT assessments.form, assessments.date, assessments.customer_id, customers.name, assessments.offering_id,
  assessments.channel_id
FROM assessments LEFT JOIN customers ON customers.id = assessments.customer_id WHERE assessments.id = ?
"""


@dataclass(frozen=True, slots=True)
class SheetDetails:
    """For whom a sheet is. `customer`: the name as it is now, empty for an anonymous sheet."""

    form: str
    date: date
    customer_id: int | None
    customer: str
    offering_id: int | None
    channel_id: int | None


def details(db: Queries, assessment_id: int) -> SheetDetails | None:
    """What a sheet says about itself; None where it is not there (any more)."""
    row = db.row(_DETAILS, (assessment_id,))
    if row is None:
        return None
    return SheetDetails(
        row["form"],
        date.fromisoformat(row["date"]),
        row["customer_id"],
        row["name"] or "",
        row["offering_id"],
        row["channel_id"],
    )


def change(op: Operation, assessment_id: int, found: SheetDetails) -> None:
    """Changes for whom a sheet is; the customer's segment of today goes with it."""
    segment = None
    if found.customer_id is not None:
        segment = op.value("SELECT segment_id FROM customers WHERE id = ?", (found.customer_id,))
    op.update("assessments", assessment_id, {
        "form": found.form, "date": found.date.isoformat(), "customer_id": found.customer_id, "segment_id": segment,
        "offering_id": found.offering_id, "channel_id": found.channel_id,
    })  # fmt: skip


def any_sheet(db: Queries) -> bool:
    """Whether anybody has finished a score sheet yet."""
    return db.value("SELECT 1 FROM assessments WHERE state = 'done' LIMIT 1") is not None


def names(db: Queries, ids: Iterable[int]) -> dict[int, str]:
    """Names of these customers."""
    wanted = sorted(set(ids))
    marks = ", ".join("?" * len(wanted))
    return (
        {row[0]: row[1] for row in db.rows(f"SELECT id, name FROM customers WHERE id IN ({marks})", wanted)}
        if wanted
        else {}
    )
