"""SQL of the log-only view: what one person logged today, and taking just that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.db.ids import first_id_at
from cvdesk.db.undo import next_undo
from cvdesk.errors import UserError
from cvdesk.feedback import store_batch
from cvdesk.wording import _

MOST = 200
# By id, not by person: ids follow the clock, so today's are few. What came in by an import has a source's own id.
_TODAY = """
SELECT entries.id, entries.created_at, entries.text, entries.rating, COALESCE(customers.name, '') AS customer,
    EXISTS (SELECT 1 FROM complaints WHERE entry_id = entries.id) AS complaint
FROM entries LEFT JOIN customers ON customers.id = entries.customer_id
WHERE entries.id >= ? AND +entries.staff_id IS ? AND +entries.source_id IS NULL
ORDER BY entries.id DESC LIMIT ?
"""
_MADE_BY = """
SELECT operation_id FROM changes
WHERE table_name = 'entries' AND row_id <= ?1 AND last_row_id >= ?1 AND action = 'insert'
ORDER BY row_id DESC LIMIT 1
"""
_COMPLAINT = "SELECT id, stage FROM complaints WHERE entry_id = ?"


@dataclass(frozen=True, slots=True)
class LoggedToday:
    """An entry as the person who logged it sees it; `at` is the local time."""

    id: int
    at: time
    text: str
    rating: float | None
    customer: str
    complaint: bool


def logged_today(db: Queries, staff_id: int | None, today: date) -> list[LoggedToday]:
    """What somebody (None: nobody in particular) logged today, newest first, at most MOST."""
    midnight = datetime.combine(today, time.min).astimezone()
    return [
        LoggedToday(row["id"], _local(row["created_at"]), row["text"], row["rating"], row["customer"],
                    bool(row["complaint"]))
        for row in db.rows(_TODAY, (first_id_at(midnight), staff_id, MOST))
    ]  # fmt: skip


def take_back(file: BusinessFile, entry_id: int, since: int, who: str = "") -> str:
    """Takes back one entry with the complaint made of it, and gives what was taken back, in words.

    Where it was the last step, and one after operation `since`, the step is undone, with the customer it made.
    Raises UserError for an entry that has gone, or whose complaint somebody works on.
    """
    step = next_undo(file)
    if step is not None and step.id > since and step.id == file.value(_MADE_BY, (entry_id,)):
        file.undo(who)
        return step.label
    what = _("Feedback taken back")
    file.run(what, lambda op: _remove(op, entry_id), who)
    return what


def undo_since(file: BusinessFile, since: int, who: str = "") -> str | None:
    """Takes the last step back, but none up to operation `since`; gives what it was, None where there is none."""
    step = next_undo(file)
    if step is None or step.id <= since:
        return None
    file.undo(who)
    return step.label


def _remove(op: Operation, entry_id: int) -> None:
    if op.row("SELECT 1 FROM entries WHERE id = ?", (entry_id,)) is None:
        raise UserError(_("This is no longer there."), _("Somebody took it back or deleted it meanwhile."))
    for complaint in op.rows(_COMPLAINT, (entry_id,)):
        if complaint["stage"] != "received":
            raise UserError(
                _("Somebody works on the complaint made of this already."), _("Ask the owner to change it there.")
            )
        op.delete("complaints", complaint["id"])
    store_batch.remove(op, entry_id)


def _local(created_at: str) -> time:
    return datetime.fromisoformat(created_at).astimezone().time()
