"""SQL of what needs the owner today: the most pressing things, and how many there are of each sort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cvdesk.complaints.store_due import NEXT_DUE, NEXT_DUE_KIND, OPEN
from cvdesk.db import Queries

if TYPE_CHECKING:
    from cvdesk.trends.radar import Signal

DUE_SOON_DAYS = 2
_MOST = 20
SORTS = ("safety", "complaints", "promises", "signal", "tell", "answer")

_SAFETY = """
SELECT entries.id, entries.text, entries.date, customers.name, safety_batch, safety_others, safety_told FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id
WHERE entries.safety = 1 AND entries.safety_closed IS NULL ORDER BY position DESC LIMIT ?
"""
_SAFETY_COUNT = "SELECT count(*) FROM entries WHERE safety = 1 AND safety_closed IS NULL"
_CASES = f"""
SELECT complaints.id, complaints.number, complaints.text, customers.name, {NEXT_DUE} AS due,
    {NEXT_DUE_KIND} AS step
FROM complaints LEFT JOIN customers ON customers.id = complaints.customer_id
WHERE {OPEN} AND due <= ? ORDER BY due, complaints.id LIMIT ?
"""
_CASES_COUNT = f"SELECT count(*) FROM complaints WHERE {OPEN} AND {NEXT_DUE} <= ?"
_PROMISES = """
SELECT entries.id, entries.promise, entries.text, entries.promised_by, customers.name, staff.name AS staff FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id LEFT JOIN staff ON staff.id = entries.promise_staff_id
WHERE promised_by IS NOT NULL AND promise_kept IS NULL AND promised_by <= ? AND promise <> ''
ORDER BY promised_by, entries.id LIMIT ?
"""
_PROMISES_COUNT = """
SELECT count(*) FROM entries
WHERE promised_by IS NOT NULL AND promise_kept IS NULL AND promised_by <= ? AND promise <> ''
"""
_NOT_TOLD = """
SELECT count(*) FROM complaints WHERE stage = 'resolved' AND customer_id IS NOT NULL AND told IS NULL
"""
_UNANSWERED = """
SELECT entries.id, entries.text, entries.date, customers.name FROM entries
LEFT JOIN customers ON customers.id = entries.customer_id
WHERE needs_answer = 1 AND answered IS NULL ORDER BY position DESC LIMIT ?
"""
_UNANSWERED_COUNT = "SELECT count(*) FROM entries WHERE needs_answer = 1 AND answered IS NULL"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for the owner. `sort`: one of SORTS; `late`: its day has passed.

    `date` is the day it is about or due; `step`: acknowledge or resolve, for a complaint; `answers`: what is known so
    far of a safety mark; `staff`: who promised. `number`: of the complaint, or how many customers are to be told.
    """

    sort: str
    table: str
    record: object
    words: str = ""
    customer: str = ""
    date: date | None = None
    late: bool = False
    number: int = 0
    step: str = ""
    staff: str = ""
    about: str = ""
    answers: tuple[str, str, str] = ("", "", "")
    signal: Signal | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """The most pressing things first, and how many there are of each sort in all."""

    first: tuple[Need, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    def joined(self, news: Sequence[Need]) -> Needs:
        """With signals of the trends, after whatever is late."""
        late = sum(1 for need in self.first if need.sort == "safety" or need.late)
        first = (*self.first[:late], *news, *self.first[late:])
        return Needs(first, {**self.counts, "signal": len(news)} if news else self.counts)

    @property
    def total(self) -> int:
        """How many things wait in all."""
        return sum(self.counts.values())

    def beyond(self, shown: int) -> dict[str, int]:
        """How many wait of each sort beyond the first so many, sorts with none left out."""
        seen = self.first[:shown]
        left = {
            sort: count - sum(max(1, need.number) if sort == "tell" else 1 for need in seen if need.sort == sort)
            for sort, count in self.counts.items()
        }
        return {sort: count for sort, count in left.items() if count > 0}


def needs(db: Queries, today: date) -> Needs:
    """What needs the owner today: safety first, then what is overdue, due soon, to be told, and unanswered."""
    soon = (today + timedelta(days=DUE_SOON_DAYS)).isoformat()
    counts = {
        "safety": int(db.value(_SAFETY_COUNT)),
        "complaints": int(db.value(_CASES_COUNT, (soon,))),
        "promises": int(db.value(_PROMISES_COUNT, (soon,))),
        "tell": int(db.value(_NOT_TOLD)),
        "answer": int(db.value(_UNANSWERED_COUNT)),
    }
    dated = [*_cases(db, soon, today), *_promises(db, soon, today)]
    dated.sort(key=lambda need: need.date or today)
    told = [Need("tell", "page", "complaints", number=counts["tell"])] if counts["tell"] else []
    return Needs((*_safety(db), *dated, *told, *_unanswered(db)), counts)


def _safety(db: Queries) -> list[Need]:
    return [
        Need(
            "safety", "entries", row["id"], row["text"], row["name"] or "", date.fromisoformat(row["date"]),
            answers=(row["safety_batch"], row["safety_others"], row["safety_told"]),
        )
        for row in db.rows(_SAFETY, (_MOST,))
    ]  # fmt: skip


def _cases(db: Queries, soon: str, today: date) -> list[Need]:
    found = []
    for row in db.rows(_CASES, (soon, _MOST)):
        due = date.fromisoformat(row["due"])
        found.append(Need(
            "complaints", "complaints", row["id"], row["text"], row["name"] or "", due, due < today, row["number"],
            row["step"],
        ))  # fmt: skip
    return found


def _promises(db: Queries, soon: str, today: date) -> list[Need]:
    found = []
    for row in db.rows(_PROMISES, (soon, _MOST)):
        by = date.fromisoformat(row["promised_by"])
        found.append(Need(
            "promises", "entries", row["id"], row["promise"], row["name"] or "", by, by < today,
            staff=row["staff"] or "", about=row["text"],
        ))  # fmt: skip
    return found


def _unanswered(db: Queries) -> list[Need]:
    return [
        Need("answer", "entries", row["id"], row["text"], row["name"] or "", date.fromisoformat(row["date"]))
        for row in db.rows(_UNANSWERED, (_MOST,))
    ]
