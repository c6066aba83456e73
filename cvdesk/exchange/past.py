"""The imports so far, newest first, as far as they have not been taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cvdesk.db import Queries

MOST = 200
_PAST = """
SELECT imports.id, imports.created_at, imports.source, imports.kind, imports.read_rows, imports.added, imports.updated,
       imports.skipped, imports.rejected, imports.customers_made, COALESCE(operations.who, '') AS who
FROM imports LEFT JOIN operations ON operations.id = imports.operation_id
ORDER BY imports.id DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import: when (UTC), what from, and what became of its rows."""

    id: int
    at: datetime
    source: str
    kind: str
    read: int
    added: int
    updated: int
    skipped: int
    rejected: int
    customers_made: int
    who: str


def past_imports(db: Queries) -> list[PastImport]:
    """The last imports that still stand, newest first."""
    return [
        PastImport(
            row["id"], datetime.fromisoformat(row["created_at"]), row["source"], row["kind"], row["read_rows"],
            row["added"], row["updated"], row["skipped"], row["rejected"], row["customers_made"], row["who"],
        )
        for row in db.rows(_PAST, (MOST,))
    ]  # fmt: skip
