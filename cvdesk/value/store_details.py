"""SQL of what a score sheet says about itself: changing it while it is filled in, and reading it to go on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Operation, Queries
from cvdesk.value import store_drafts
from cvdesk.value.records_forms import Asked, Details, composed

_DETAILS = """
SELECT assessments.kind, form, state, date, customer_id, customers.name, offering_id, channel_id, competitor_id,
  competitors.name AS rival, way, asked, sheet_token, sheet_id
FROM assessments LEFT JOIN customers ON customers.id = assessments.customer_id
LEFT JOIN competitors ON competitors.id = assessments.competitor_id WHERE assessments.id = ?
"""
_VERSIONS = """
SELECT answers.question_version_id FROM answers
JOIN question_versions AS version ON version.id = answers.question_version_id
WHERE answers.assessment_id = ? ORDER BY version.series
"""
_TOGETHER = "SELECT id FROM assessments WHERE sheet_token = ? AND id <> ?"


def details(db: Queries, assessment_id: int) -> Details | None:
    """What a sheet says about itself; None where it is not there (any more)."""
    row = db.row(_DETAILS, (assessment_id,))
    if row is None:
        return None
    return Details(
        row["kind"], row["form"], date.fromisoformat(row["date"]), row["customer_id"], row["name"] or "",
        row["offering_id"], row["channel_id"], row["competitor_id"], row["rival"] or "", row["way"],
        tuple(json.loads(row["asked"])), row["sheet_token"], row["state"] == "done", row["sheet_id"] is not None,
    )  # fmt: skip


def versions(db: Queries, assessment_id: int) -> list[int]:
    """The question versions a sheet has an answer to, older wordings first."""
    return [row[0] for row in db.rows(_VERSIONS, (assessment_id,))]


def asked(db: Queries, found: Details, assessment_id: int | None = None) -> Asked:
    """What a sheet may ask. What it has an answer to already stays in the wording it was answered in."""
    business, factors = catalogue.business(db), tuple(catalogue.factors(db))
    pool = {one.key: one for one in catalogue.questions(db, business.language.split("_")[0]) or catalogue.questions(db)}
    on_it = catalogue.questions_asked(db, versions(db, assessment_id)) if assessment_id is not None else []
    pool |= {one.key: one for one in on_it}
    pool |= {one.key: one for one in catalogue.questions_asked(db, found.asked)}
    order: tuple[int, ...] = ()
    unsaid = found.form in ("own", "rotating")
    if assessment_id is not None and not found.asked and (found.done or unsaid):
        by_form = [] if unsaid else composed(found.form, list(pool.values()), factors)
        more = [one for one in on_it if (one.overall or one.lever) and one not in by_form]
        order = tuple(one.version_id for one in (*by_form, *more))
    return Asked(
        tuple(pool.values()), factors, business.name, tuple(catalogue.named(db, "offerings")),
        tuple(catalogue.named(db, "channels")), tuple(store_drafts.rivals(db)), order,
    )  # fmt: skip


def change(op: Operation, assessment_id: int, found: Details) -> None:
    """Changes for whom a sheet is; the customer's segment of today goes with it.

    Sheets held together by a token are one person's, so what she said about a competitor is hers as well.
    """
    segment = None
    if found.customer_id is not None:
        segment = op.value("SELECT segment_id FROM customers WHERE id = ?", (found.customer_id,))
    whose = {"customer_id": found.customer_id, "segment_id": segment, "date": found.date.isoformat()}
    op.update("assessments", assessment_id, {
        **whose, "form": found.form, "offering_id": found.offering_id, "channel_id": found.channel_id,
        "asked": json.dumps(list(found.asked)),
    })  # fmt: skip
    if found.token is not None and found.competitor_id is None:
        for other in op.rows(_TOGETHER, (found.token, assessment_id)):
            op.update("assessments", other["id"], whose)


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
