"""SQL of the sheet about one customer: what waits, what they said and bought, how their complaints ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.customers.records_sheet import Bought, Case, Event, GivenBack, Sheet, Spoken, Waiting
from cvdesk.customers.store_answers import sheet_answers
from cvdesk.customers.store_card import Card, Moment, card
from cvdesk.customers.store_card_care import care_of
from cvdesk.db import Queries

EVENTS = 6
_LOOKED_AT = 400
SAID = 4
CASES = 12
_MONTHS = 12
_USUAL = 3

# What is open: complaints, unanswered words, promises, contacts and first steps to be made, goals.
_WAITING = """
SELECT * FROM (SELECT 'complaint' AS kind, text, date AS since, CASE WHEN stage = 'received'
    THEN min(COALESCE(acknowledge_by, resolve_by), COALESCE(resolve_by, acknowledge_by)) ELSE resolve_by END AS due,
    number
FROM complaints WHERE customer_id = :id AND stage NOT IN ('resolved', 'told', 'closed')
UNION ALL SELECT 'answer', text, date, NULL, 0 FROM entries
WHERE customer_id = :id AND needs_answer = 1 AND answered IS NULL
UNION ALL SELECT 'promise', promise, date, promised_by, 0 FROM entries
WHERE customer_id = :id AND promised_by IS NOT NULL AND promise_kept IS NULL
UNION ALL SELECT CASE kind WHEN 'onboarding' THEN 'step' ELSE 'contact' END, note, NULL, due, 0 FROM touches
WHERE customer_id = :id AND due IS NOT NULL AND done IS NULL
UNION ALL SELECT 'goal', goal, NULL, due, 0 FROM customer_goals WHERE customer_id = :id AND state = 'open')
ORDER BY due IS NULL, due, since
"""
_SAID = """
SELECT date, kind, text, rating, COALESCE(channels.name, '') AS channel
FROM entries LEFT JOIN channels ON channels.id = channel_id
WHERE customer_id = ? AND trim(text) <> '' ORDER BY position DESC LIMIT ?
"""
_SHEETS = """
SELECT id, date, count(*) OVER () AS sheets FROM assessments
WHERE customer_id = ? AND kind = 'customer' AND state = 'done' AND competitor_id IS NULL
ORDER BY date DESC, id DESC LIMIT 1
"""
_CASES = """
SELECT number, date, text, severity, stage, outcome, resolution, COALESCE(resolved, told, closed) AS ended, cost_minor
FROM complaints WHERE customer_id = ? ORDER BY date DESC, number DESC LIMIT ?
"""
_BOUGHT = "SELECT min(date) AS first, max(date) AS last FROM purchases WHERE customer_id = ?"
_BY_MONTH = """
SELECT substr(date, 1, 7), count(*) FROM purchases WHERE customer_id = ? AND date >= ? AND date <= ? GROUP BY 1
"""
_USUALLY = """
SELECT offerings.name FROM purchases JOIN offerings ON offerings.id = offering_id WHERE customer_id = ?
GROUP BY offering_id HAVING count(*) > 1 ORDER BY count(*) DESC, max(date) DESC, offerings.name LIMIT ?
"""
_GIVEN = """
SELECT (SELECT COALESCE(sum(cost_minor), 0) FROM complaints WHERE customer_id = :id) AS complaints,
    (SELECT COALESCE(sum(cost_minor), 0) FROM touches
        WHERE customer_id = :id AND kind IN ('gesture', 'reward')) AS gestures,
    count(*) AS vouchers, COALESCE(sum(worth_minor), 0) AS worth,
    COALESCE(sum(CASE WHEN redeemed IS NULL AND (valid_until IS NULL OR valid_until >= :today)
        THEN worth_minor END), 0) AS open
FROM vouchers WHERE customer_id = :id AND cancelled IS NULL
"""
_TAGS = """
SELECT name FROM customer_tags JOIN tags ON tags.id = tag_id WHERE customer_id = ? ORDER BY name
"""
_OTHER_NAMES = "SELECT value FROM aliases WHERE customer_id = ? AND kind <> 'source'"
_EVENTS = """
SELECT (SELECT count(*) FROM entries WHERE customer_id = :id)
    + (SELECT count(*) FROM complaints WHERE customer_id = :id)
    + (SELECT count(*) FROM assessments WHERE customer_id = :id AND state = 'done')
    + (SELECT count(*) FROM touches WHERE customer_id = :id AND done IS NOT NULL)
"""


def gather(db: Queries, customer_id: int, today: date) -> Sheet:
    """Everything the sheet says, read as of one moment. LookupError for a customer who is gone."""
    with db.snapshot():
        found = card(db, customer_id, _LOOKED_AT)
        care = care_of(db, customer_id, today)
        sheet = db.row(_SHEETS, (customer_id,))
        events = _events(found.timeline)
        everything = int(db.value(_EVENTS, {"id": customer_id}) or 0)
        return Sheet(
            letterhead=letterhead(db),
            today=today,
            customer=found.customer,
            segment=found.segment,
            channel=found.channel,
            tags=tuple(row[0] for row in db.rows(_TAGS, (customer_id,))),
            last=care.last,
            rhythm=care.rhythm,
            permission=care.permission,
            waiting=_waiting(db, customer_id),
            said=_said(db, customer_id),
            entries=found.entries,
            answers=() if sheet is None else tuple(sheet_answers(db, sheet["id"])),
            sheets=0 if sheet is None else sheet["sheets"],
            answered=None if sheet is None else date.fromisoformat(sheet["date"]),
            bought=_bought(db, found, today),
            cases=_cases(db, customer_id),
            given=_given(db, customer_id, today),
            events=events,
            more=everything - len(events),
            other_names=tuple(row[0] for row in db.rows(_OTHER_NAMES, (customer_id,))),
        )


def _waiting(db: Queries, customer_id: int) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(row["kind"], row["text"].strip(), _day(row["since"]), _day(row["due"]), row["number"])
        for row in db.rows(_WAITING, {"id": customer_id})
    )


def _said(db: Queries, customer_id: int) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(date.fromisoformat(row["date"]), row["kind"], row["text"].strip(), row["rating"], row["channel"])
        for row in db.rows(_SAID, (customer_id, SAID))
    )


def _cases(db: Queries, customer_id: int) -> tuple[Case, ...]:
    return tuple(
        Case(
            row["number"], date.fromisoformat(row["date"]), row["text"].strip(), row["severity"], row["stage"],
            row["outcome"], row["resolution"].strip(), _day(row["ended"]), row["cost_minor"],
        )
        for row in db.rows(_CASES, (customer_id, CASES))
    )  # fmt: skip


def _bought(db: Queries, found: Card, today: date) -> Bought:
    if not found.purchases:
        return Bought()
    customer_id = found.customer.id or 0
    months = _months(today)
    span = db.row(_BOUGHT, (customer_id,))
    assert span is not None
    counts = {row[0]: row[1] for row in db.rows(_BY_MONTH, (customer_id, months[0].isoformat(), today.isoformat()))}
    return Bought(
        found.purchases, found.spent_minor, _day(span["first"]), _day(span["last"]),
        tuple((first, counts.get(first.isoformat()[:7], 0)) for first in months),
        tuple(row[0] for row in db.rows(_USUALLY, (customer_id, _USUAL))),
    )  # fmt: skip


def _months(today: date) -> list[date]:
    """First days of the last twelve months, this one among them."""
    last = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - _MONTHS + 1, last + 1)]


def _given(db: Queries, customer_id: int, today: date) -> GivenBack:
    row = db.row(_GIVEN, {"id": customer_id, "today": today.isoformat()})
    assert row is not None
    return GivenBack(row["complaints"], row["gestures"], row["vouchers"], row["worth"], row["open"])


def _events(timeline: Sequence[Moment]) -> tuple[Event, ...]:
    """The newest things, without purchases and the steps of complaints, of which other parts tell."""
    told = [one for one in timeline if one.table not in ("complaint_events", "purchases")]
    return tuple(Event(one.date, one.table, one.what, one.text.strip(), one.number) for one in told[:EVENTS])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


__all__ = ["gather"]
