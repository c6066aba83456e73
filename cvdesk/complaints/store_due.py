"""What is open, when it is due and what is overdue, as SQL: every list, count and page takes these words and no others.

`records_due.next_deadline` says the same of a single case.
"""

from __future__ import annotations

from datetime import date

from cvdesk.db import Queries

# As the index of open complaints has it.
OPEN = "complaints.stage NOT IN ('resolved', 'told', 'closed')"
# The next day an open case has to meet; NULL where it has none.
NEXT_DUE = """CASE WHEN complaints.stage = 'received'
    THEN min(COALESCE(complaints.acknowledge_by, complaints.resolve_by),
        COALESCE(complaints.resolve_by, complaints.acknowledge_by))
    ELSE complaints.resolve_by END"""
# What is to be done by that day: acknowledge or resolve.
NEXT_DUE_KIND = """CASE WHEN complaints.stage = 'received'
    AND complaints.acknowledge_by <= COALESCE(complaints.resolve_by, complaints.acknowledge_by)
    THEN 'acknowledge' ELSE 'resolve' END"""
# One parameter: today. Never NULL.
OVERDUE = f"({OPEN} AND COALESCE({NEXT_DUE} < ?, 0))"
_COUNTS = f"SELECT count(*), COALESCE(sum({OVERDUE}), 0) FROM complaints WHERE {OPEN}"


def open_and_overdue(db: Queries, today: date) -> tuple[int, int]:
    """How many complaints are open, and how many of them are overdue."""
    row = db.row(_COUNTS, (today.isoformat(),))
    return (0, 0) if row is None else (int(row[0]), int(row[1]))
