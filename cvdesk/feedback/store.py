"""SQL of feedback: saving entries, also straight from the capture line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import as_said
from cvdesk.complaints import store as complaints
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer, is_email, is_phone
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.feedback.capture import ASKED, CaptureContext, Captured
from cvdesk.feedback.records import Entry, problems
from cvdesk.themes import store as themes
from cvdesk.wording import _

_PLAIN = ("text", "customer_id", "channel_id", "kind", "rating", "rating_raw", "rating_scale", "offering_id", "time",
          "staff_id", "source", "source_id", "severity", "answer", "safety_batch", "safety_others", "safety_told",
          "promise", "promise_staff_id")  # fmt: skip
_DAYS = ("date", "answered", "safety_closed", "promised_by", "promise_kept")
_FLAGS = ("needs_answer", "safety")


@dataclass(frozen=True, slots=True)
class LoggedIds:
    """What logging one line made: the entry, the complaint if there was one, the customer if one is named."""

    entry_id: int
    complaint_id: int | None
    customer_id: int | None


def save(op: Operation, entry: Entry) -> int:
    """Adds or changes an entry with its themes, and gives the id. The customer's segment is copied onto it."""
    wrong = problems(entry)
    if wrong:
        raise UserError(next(iter(wrong.values())), _("Put this right and save again."))
    values = _values(entry)
    if entry.id is None:
        entry_id = op.insert("entries", values | {"segment_id": customers.segment_of(op, entry.customer_id)})
    else:
        entry_id = entry.id
        must_be_there(op, entry_id)
        if op.value("SELECT customer_id FROM entries WHERE id = ?", (entry_id,)) != entry.customer_id:
            values["segment_id"] = customers.segment_of(op, entry.customer_id)
        op.update("entries", entry_id, values)
    _save_themes(op, entry_id, entry)
    return entry_id


def _values(entry: Entry) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(entry, name) for name in _PLAIN}
    for name in _DAYS:
        day = getattr(entry, name)
        values[name] = None if day is None else day.isoformat()
    return values | {name: int(getattr(entry, name)) for name in _FLAGS}


def _save_themes(op: Operation, entry_id: int, entry: Entry) -> None:
    """The first confirmed theme is the main one. What the owner took away stays known as rejected."""
    sql = "SELECT theme_id, id, state FROM entry_themes WHERE entry_id = ?"
    rows = op.rows(sql, (entry_id,)) if entry.id is not None else []
    wanted = (*entry.themes, *entry.suggested_themes)
    for row in rows:
        if row["theme_id"] not in wanted and row["state"] != "rejected":
            op.update("entry_themes", row["id"], {"state": "rejected", "by": "owner"})
    kept = {row["theme_id"]: row["state"] for row in rows}
    for place, theme in enumerate(entry.themes):
        themes.tag_entry(op, entry_id, theme, "confirmed", "owner", main=place == 0)
    new = [one for one in entry.suggested_themes if one not in entry.themes and kept.get(one) in (None, "confirmed")]
    themes.tag_suggested(op, entry_id, entry.text, new, main=not entry.themes)


def capture_context(db: Queries) -> CaptureContext:
    """Everything capture lines are read against, with its index; make it anew when one of these tables changes."""
    business = catalogue.business(db)
    people = customers.capture_customers(db)
    people.prepare()
    return CaptureContext(
        people=people,
        themes=tuple(themes.themes(db)),
        channels=tuple(catalogue.named(db, "channels")),
        offerings=tuple(catalogue.named(db, "offerings")),
        country=business.country,
        language=business.language,
        staff=tuple(catalogue.staff(db)),
    )


def save_captured(
    op: Operation, captured: Captured, *, staff_id: int | None = None, source: str = "", make_customer: bool = True
) -> LoggedIds:
    """Logs a line: a new customer is made on the spot, the entry, its themes, and a complaint when one was asked for.

    UserError while a problem stands: a day to come, or several customers who fit.
    """
    if captured.problems:
        raise UserError(captured.problems[0][1], _("Change the line, then log it again."))
    customer_id = captured.customer_id
    if customer_id is None and captured.customer_name and make_customer:
        customer_id = customers.save(op, _new_customer(captured.customer_name))
    complained = captured.complaint == ASKED
    promised = captured.promise == ASKED
    promise: dict[str, Any] = {} if not promised else {
        "promise": captured.promise_words, "promised_by": captured.promised_by,
        "promise_staff_id": captured.promise_staff_id or staff_id,
    }  # fmt: skip
    safety = captured.safety == ASKED
    answers: dict[str, Any] = dict(captured.safety_answers) if safety else {}
    entry_id = save(op, Entry(
        date=captured.date, time=captured.time, text=_text(captured), customer_id=customer_id,
        channel_id=captured.channel_id, kind=captured.kind, rating=captured.rating, rating_raw=captured.rating_raw,
        rating_scale=captured.rating_scale, offering_id=captured.offering_id, staff_id=staff_id, source=source,
        severity=captured.severity, needs_answer=captured.needs_answer and not complained,
        safety=safety, themes=captured.themes, suggested_themes=captured.suggested_themes, **promise, **answers,
    ))  # fmt: skip
    complaint_id = complaints.from_entry(op, entry_id) if complained else None
    return LoggedIds(entry_id, complaint_id, customer_id)


def _text(captured: Captured) -> str:
    """The customer's words; the line where there are none but something was marked, or nothing would say what."""
    words = captured.text_beside_promise if captured.promise == ASKED else captured.text
    marked = ASKED in (captured.complaint, captured.safety, captured.promise)
    return words or (captured.line.strip() if marked else "")


def _new_customer(typed: str) -> Customer:
    if is_email(typed):
        return Customer(name=typed, contacts=(Contact("email", typed),))
    if is_phone(typed):
        return Customer(name=typed, contacts=(Contact("phone", typed),))
    return Customer(name=proper_name(typed))


def proper_name(typed: str) -> str:
    """A name typed in haste, all in lower case, with capitals; any other as it is."""
    if typed != typed.lower():
        return typed
    return " ".join(word[:1].upper() + word[1:] for word in typed.split())


_TOLD_APART = """
SELECT customers.id, COALESCE(NULLIF(organisation, ''), NULLIF(city, ''),
    (SELECT value FROM contacts WHERE customer_id = customers.id ORDER BY kind, id LIMIT 1), since, '')
FROM customers WHERE id IN (SELECT value FROM json_each(?))
"""


def told_apart(db: Queries, customer_ids: Sequence[int]) -> dict[int, str]:
    """What tells customers of the same name apart: where they work or live, how they are reached, since when."""
    return {row[0]: row[1] for row in db.rows(_TOLD_APART, (json.dumps(list(customer_ids)),))}


def must_be_there(op: Operation, entry_id: int) -> None:
    """UserError where the entry was deleted meanwhile: its card may still be in view, its deletion on the way."""
    if op.value("SELECT 1 FROM entries WHERE id = ?", (entry_id,)) is None:
        raise UserError(_("This feedback was deleted meanwhile."), _("Undo the deletion, then try again."))


def delete(op: Operation, entry_id: int) -> None:
    """Deletes an entry; a complaint that grew out of it stays. Can be undone. LookupError for one that is gone."""
    op.delete("entries", entry_id)


def close_safety(op: Operation, entry_id: int, day: date | None) -> None:
    """Notes the day a safety mark was dealt with, which takes it off Home; None puts it there again."""
    must_be_there(op, entry_id)
    op.update("entries", entry_id, {"safety_closed": None if day is None else day.isoformat()})


def save_safety(op: Operation, entry_id: int, answers: dict[str, str]) -> None:
    """Keeps answers to the questions of a safety mark, by field."""
    unknown = answers.keys() - {"safety_batch", "safety_others", "safety_told"}
    if unknown:
        raise ValueError(f"no question of a safety mark: {unknown}")
    must_be_there(op, entry_id)
    op.update("entries", entry_id, {name: as_said(text) for name, text in answers.items()})


def keep_promise(op: Operation, entry_id: int, day: date | None) -> None:
    """Notes the day a promise was kept; None: not kept yet after all."""
    must_be_there(op, entry_id)
    op.update("entries", entry_id, {"promise_kept": None if day is None else day.isoformat()})


def mark_answered(op: Operation, entry_id: int, day: date) -> None:
    """Notes the day an entry was answered."""
    op.update("entries", entry_id, {"answered": day.isoformat(), "needs_answer": 1})


_ENTRY = "SELECT * FROM entries WHERE id = ?"
_ENTRY_THEMES = """
SELECT theme_id FROM entry_themes WHERE entry_id = ? AND state = ? ORDER BY main DESC, id
"""


def get(db: Queries, entry_id: int) -> Entry:
    """An entry; raises LookupError for an unknown id."""
    row = db.row(_ENTRY, (entry_id,))
    if row is None:
        raise LookupError(f"there is no entry {entry_id}")
    values: dict[str, Any] = {name: row[name] for name in _PLAIN}
    values |= {name: bool(row[name]) for name in _FLAGS}
    values |= {name: date.fromisoformat(row[name]) if row[name] else None for name in _DAYS}
    return Entry(
        **values,
        themes=tuple(item[0] for item in db.rows(_ENTRY_THEMES, (entry_id, "confirmed"))),
        suggested_themes=tuple(item[0] for item in db.rows(_ENTRY_THEMES, (entry_id, "suggested"))),
        id=entry_id,
    )
