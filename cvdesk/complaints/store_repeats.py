"""SQL of complaints that say the same again: proposing which, linking them, and the chain they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.complaints import store
from cvdesk.complaints.store_list import ComplaintQuery, ComplaintRow, order, rows_where
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

WITHIN_DAYS = 90
_BY_DATE = order(ComplaintQuery(sort="date"))
# The root of a case's chain and everything that repeats it. UNION ends where a file brought from elsewhere has a ring.
_CHAIN = """
complaints.id IN (
    WITH RECURSIVE up (id) AS (
        SELECT ?1 UNION SELECT repeat_of FROM complaints JOIN up USING (id) WHERE repeat_of IS NOT NULL),
    chain (id) AS (SELECT id FROM up UNION SELECT complaints.id FROM complaints JOIN chain ON repeat_of = chain.id)
    SELECT id FROM chain)
"""
_ABOUT = "SELECT date, customer_id, offering_id FROM complaints WHERE id = ?"
_SAME_THEME = """complaints.id IN (SELECT other.complaint_id FROM complaint_themes AS other
    JOIN complaint_themes AS own ON own.theme_id = other.theme_id WHERE own.complaint_id = ?1)"""
_FITTING = f"""complaints.id <> ?1 AND complaints.date BETWEEN ?3 AND ?2 AND (complaints.date, complaints.id) < (?2, ?1)
    AND NOT {_CHAIN}
    AND (complaints.customer_id = ?4 OR (complaints.offering_id = ?5 AND {_SAME_THEME}))"""
_BEST_FIRST = f"(complaints.customer_id IS ?4 AND ?4 IS NOT NULL AND {_SAME_THEME}) DESC, {_BY_DATE}"


@dataclass(frozen=True, slots=True)
class Repeat:
    """An earlier complaint that may have been about the same. `same_customer`; else theme and product agree."""

    row: ComplaintRow
    same_customer: bool


def chain(db: Queries, complaint_id: int, today: date) -> list[ComplaintRow]:
    """The case and all it is linked with, the oldest first; empty for a case that stands alone."""
    ids = [row[0] for row in db.rows(f"SELECT id FROM complaints WHERE {_CHAIN} ORDER BY date, id", (complaint_id,))]
    if len(ids) < 2:
        return []
    marks = ", ".join("?" * len(ids))
    oldest = order(ComplaintQuery(sort="date", upside_down=True))
    return rows_where(db, f"complaints.id IN ({marks})", tuple(ids), oldest, today.isoformat(), len(ids))


def proposed(db: Queries, complaint_id: int, today: date, limit: int = 3) -> list[Repeat]:
    """Earlier complaints this one may repeat: of the same customer, or of the same theme and product, in 90 days."""
    about = db.row(_ABOUT, (complaint_id,))
    if about is None:
        return []
    day = date.fromisoformat(about["date"])
    first = (day - timedelta(days=WITHIN_DAYS)).isoformat()
    known = (complaint_id, about["date"], first, about["customer_id"], about["offering_id"])
    ids = [
        row[0]
        for row in db.rows(f"SELECT id FROM complaints WHERE {_FITTING} ORDER BY {_BEST_FIRST} LIMIT {limit}", known)
    ]
    marks = ", ".join("?" * len(ids))
    rows = rows_where(db, f"complaints.id IN ({marks})", tuple(ids), _BY_DATE, today.isoformat(), limit)
    rows.sort(key=lambda row: ids.index(row.id))
    return [Repeat(row, row.customer_id is not None and row.customer_id == about["customer_id"]) for row in rows]


def link(op: Operation, complaint_id: int, earlier_id: int) -> None:
    """Notes that a complaint says again what an earlier one said. UserError where that would go in a circle."""
    complaint, earlier = store.there(op, complaint_id), store.there(op, earlier_id)
    follows = {row[0] for row in op.rows(_FOLLOWERS, (complaint_id,))}
    if earlier_id in follows or (earlier.date, earlier_id) > (complaint.date, complaint_id):
        raise UserError(
            _("#{number} is not an earlier complaint.").format(number=earlier.number),
            _("Choose one that came in before #{number}.").format(number=complaint.number),
        )
    op.update("complaints", complaint_id, {"repeat_of": earlier_id})


_FOLLOWERS = """
WITH RECURSIVE chain (id) AS (SELECT ?1 UNION SELECT complaints.id FROM complaints JOIN chain ON repeat_of = chain.id)
SELECT id FROM chain
"""


def unlink(op: Operation, complaint_id: int) -> None:
    """A complaint stands for itself again."""
    store.there(op, complaint_id)
    op.update("complaints", complaint_id, {"repeat_of": None})


def id_of(db: Queries, number: int) -> int:
    """The complaint of a number; UserError where there is none."""
    found = db.value("SELECT id FROM complaints WHERE number = ?", (number,))
    if found is None:
        raise UserError(
            _("There is no complaint #{number}.").format(number=number), _("Look the number up in the list.")
        )
    return int(found)


_CAUSES = """
SELECT cause FROM complaints WHERE trim(cause) <> '' GROUP BY cause ORDER BY count(*) DESC, max(date) DESC LIMIT 500
"""


def causes(db: Queries) -> list[str]:
    """Causes found before, the most frequent first."""
    return [row[0] for row in db.rows(_CAUSES)]
