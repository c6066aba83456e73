"""SQL of what needs the owner today: the most pressing things, and how many there are of each sort."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from cvdesk.complaints.store_due import NEXT_DUE, NEXT_DUE_KIND, OPEN
from cvdesk.db import Queries
from cvdesk.shell.records_needs import Need, Needs
from cvdesk.shell.store_needs_care import care_needs

DUE_SOON_DAYS = 2
_MOST = 20

_SAFETY = """
SELECT entries.id, entries.text, entries.date, customers.name, safety_batch, safety_others, safety_told FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id
WHERE entries.safety = 1 AND entries.safety_closed IS NULL ORDER BY position DESC LIMIT ?
"""
_SAFETY_COUNT = "SELECT count(*) FROM entries WHERE safety = 1 AND safety_closed IS NULL"
# What the owner put off stays away until its day; a safety mark cannot be put off.
_AWAKE = "NOT EXISTS (SELECT 1 FROM snoozes WHERE sort = '{sort}' AND record_id = {column} AND until > ?)"
_CASES_AWAKE = _AWAKE.format(sort="complaint", column="complaints.id")
_PROMISES_AWAKE = _AWAKE.format(sort="promise", column="entries.id")
_ANSWERS_AWAKE = _AWAKE.format(sort="answer", column="entries.id")
_CASES = f"""
SELECT complaints.id, complaints.number, complaints.text, customers.name, {NEXT_DUE} AS due,
    {NEXT_DUE_KIND} AS step
FROM complaints LEFT JOIN customers ON customers.id = complaints.customer_id
WHERE {OPEN} AND due <= ? AND {_CASES_AWAKE} ORDER BY due, complaints.id LIMIT ?
"""
_CASES_COUNT = f"SELECT count(*) FROM complaints WHERE {OPEN} AND {NEXT_DUE} <= ? AND {_CASES_AWAKE}"
_PROMISES = f"""
SELECT entries.id, entries.promise, entries.text, entries.promised_by, customers.name, staff.name AS staff FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id LEFT JOIN staff ON staff.id = entries.promise_staff_id
WHERE promised_by IS NOT NULL AND promise_kept IS NULL AND promised_by <= ? AND promise <> '' AND {_PROMISES_AWAKE}
ORDER BY promised_by, entries.id LIMIT ?
"""
_PROMISES_COUNT = f"""
SELECT count(*) FROM entries
WHERE promised_by IS NOT NULL AND promise_kept IS NULL AND promised_by <= ? AND promise <> '' AND {_PROMISES_AWAKE}
"""
_NOT_TOLD = """
SELECT count(*) FROM complaints WHERE stage = 'resolved' AND customer_id IS NOT NULL AND told IS NULL
"""
_UNANSWERED = f"""
SELECT entries.id, entries.text, entries.date, customers.name FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id
WHERE needs_answer = 1 AND answered IS NULL AND {_ANSWERS_AWAKE} ORDER BY position DESC LIMIT ?
"""
_UNANSWERED_COUNT = f"SELECT count(*) FROM entries WHERE needs_answer = 1 AND answered IS NULL AND {_ANSWERS_AWAKE}"


def needs(db: Queries, today: date) -> Needs:
    """What needs the owner today: safety first, then what is overdue, due soon, to be told, unanswered, to care for."""
    soon, now = (today + timedelta(days=DUE_SOON_DAYS)).isoformat(), today.isoformat()
    waiting = care_needs(db, today)
    counts = {
        "safety": int(db.value(_SAFETY_COUNT)),
        "complaints": int(db.value(_CASES_COUNT, (soon, now))),
        "promises": int(db.value(_PROMISES_COUNT, (soon, now))),
        "tell": int(db.value(_NOT_TOLD)),
        "answer": int(db.value(_UNANSWERED_COUNT, (now,))),
        **Counter(need.sort for need in waiting),
    }
    dated = [*_cases(db, soon, today), *_promises(db, soon, today)]
    dated.sort(key=lambda need: need.date or today)
    told = [Need("tell", "page", "complaints", number=counts["tell"])] if counts["tell"] else []
    first = [need for need in waiting if need.sort in ("told", "review", "look")]
    then = [need for need in waiting if need.sort not in ("told", "review", "look")]
    return Needs((*_safety(db), *dated, *told, *first, *_unanswered(db, now), *then), counts)


def _safety(db: Queries) -> list[Need]:
    return [
        Need(
            "safety", "entries", row["id"], row["text"], row["name"] or "", date.fromisoformat(row["date"]),
            answers=(row["safety_batch"], row["safety_others"], row["safety_told"]), own=row["id"],
        )
        for row in db.rows(_SAFETY, (_MOST,))
    ]  # fmt: skip


def _cases(db: Queries, soon: str, today: date) -> list[Need]:
    found = []
    for row in db.rows(_CASES, (soon, today.isoformat(), _MOST)):
        due = date.fromisoformat(row["due"])
        found.append(Need(
            "complaints", "complaints", row["id"], row["text"], row["name"] or "", due, due < today, row["number"],
            row["step"], own=row["id"],
        ))  # fmt: skip
    return found


def _promises(db: Queries, soon: str, today: date) -> list[Need]:
    found = []
    for row in db.rows(_PROMISES, (soon, today.isoformat(), _MOST)):
        by = date.fromisoformat(row["promised_by"])
        found.append(Need(
            "promises", "entries", row["id"], row["promise"], row["name"] or "", by, by < today,
            staff=row["staff"] or "", about=row["text"], own=row["id"],
        ))  # fmt: skip
    return found


def _unanswered(db: Queries, now: str) -> list[Need]:
    return [
        Need(
            "answer", "entries", row["id"], row["text"], row["name"] or "", date.fromisoformat(row["date"]),
            own=row["id"],
        )
        for row in db.rows(_UNANSWERED, (now, _MOST))
    ]  # fmt: skip
