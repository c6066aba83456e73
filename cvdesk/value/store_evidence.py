"""SQL of the evidence for a factor: the entries and complaints whose confirmed themes belong to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cvdesk.catalogue.filters import complaints_clause, entries_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.value.records import Evidence, Proof

_ABOUT_ENTRY = """
entries.id IN (SELECT entry_id FROM entry_themes WHERE state = 'confirmed' AND theme_id IN
  (SELECT themes.id FROM themes JOIN factors ON factors.id = themes.factor_id WHERE factors.key = ?))
"""
_ABOUT_COMPLAINT = """
complaints.id IN (SELECT complaint_id FROM complaint_themes WHERE theme_id IN
  (SELECT themes.id FROM themes JOIN factors ON factors.id = themes.factor_id WHERE factors.key = ?))
"""
_COUNT = "SELECT count(*) FROM {table} WHERE {about} AND {chosen}"
_ENTRIES = """
SELECT 'entries' AS source, id, date, customer_id, text, rating, severity FROM entries
WHERE {about} AND {chosen} ORDER BY position DESC LIMIT ?
"""
_COMPLAINTS = """
SELECT 'complaints' AS source, id, date, customer_id, text, NULL AS rating, severity FROM complaints
WHERE {about} AND {chosen} ORDER BY date DESC, id DESC LIMIT ?
"""


def evidence(db: Queries, factor_key: str, chosen: Filter, today: date, limit: int = 5) -> Evidence:
    """How many entries and complaints speak about a factor, and the latest `limit` of each."""
    chosen = up_to(chosen, today)
    entries, complaints = entries_clause(chosen), complaints_clause(chosen)
    of_entries = (factor_key, *entries.parameters)
    of_complaints = (factor_key, *complaints.parameters)
    latest_entries = db.rows(_ENTRIES.format(about=_ABOUT_ENTRY, chosen=entries.sql), (*of_entries, limit))
    latest_complaints = db.rows(
        _COMPLAINTS.format(about=_ABOUT_COMPLAINT, chosen=complaints.sql), (*of_complaints, limit)
    )
    return Evidence(
        int(db.value(_COUNT.format(table="entries", about=_ABOUT_ENTRY, chosen=entries.sql), of_entries)),
        int(db.value(_COUNT.format(table="complaints", about=_ABOUT_COMPLAINT, chosen=complaints.sql), of_complaints)),
        tuple(map(_proof, latest_entries)),
        tuple(map(_proof, latest_complaints)),
    )


def _proof(row: Any) -> Proof:
    return Proof(
        row["source"], row["id"], date.fromisoformat(row["date"]), row["customer_id"], row["text"], row["rating"],
        row["severity"],
    )  # fmt: skip
