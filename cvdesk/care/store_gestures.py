"""SQL of gestures: making one, the month's budget, occasions for them, what was given back in a period."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

from cvdesk.care.records_gestures import Budget, Gesture, Given, GivenBack, Idea, Limits, StaffShare
from cvdesk.care.records_loyalty import step_words
from cvdesk.care.store_loyalty import held_back
from cvdesk.care.store_milestones import BIRTHDAY, coming
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Period
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, money

_PLAN = "SELECT id, value FROM care_plans WHERE kind = 'gesture' AND active = 1 ORDER BY id LIMIT 1"
_SPENT = """
SELECT staff_id, count(*), COALESCE(sum(cost_minor), 0) FROM touches
WHERE kind = 'gesture' AND done BETWEEN ? AND ? GROUP BY staff_id
"""
_LIST = """
SELECT touches.id, customer_id, customers.name, done, note, cost_minor, COALESCE(staff.name, ''), complaint_id
FROM touches JOIN customers ON customers.id = customer_id LEFT JOIN staff ON staff.id = staff_id
WHERE touches.kind = 'gesture' AND done IS NOT NULL ORDER BY done DESC, touches.id DESC LIMIT ?
"""
_CLOSED = """
SELECT complaints.id, customer_id, customers.name, number, closed FROM complaints
JOIN customers ON customers.id = customer_id AND active = 1
WHERE stage = 'closed' AND closed BETWEEN ?1 AND ?2 AND COALESCE(outcome, '') NOT IN ('spam', 'duplicate')
  AND NOT EXISTS (SELECT 1 FROM touches WHERE touches.customer_id = complaints.customer_id
                  AND touches.kind = 'gesture' AND touches.done >= complaints.date)
ORDER BY closed DESC LIMIT 20
"""
_USUAL = """
SELECT offerings.name FROM purchases JOIN offerings ON offerings.id = offering_id
WHERE customer_id = ? GROUP BY offering_id ORDER BY count(*) DESC, offerings.name LIMIT 1
"""
_NOTES = "SELECT notes FROM customers WHERE id = ?"
_FROM_COMPLAINT = "SELECT customer_id, number FROM complaints WHERE id = ?"
_REFUNDS = """
SELECT count(*), COALESCE(sum(cost_minor), 0) FROM complaints
WHERE cost_minor > 0 AND COALESCE(resolved, date) BETWEEN ? AND ?
"""
_GESTURES = """
SELECT count(*), COALESCE(sum(cost_minor), 0) FROM touches WHERE kind = 'gesture' AND done BETWEEN ? AND ?
"""
_ISSUED = "SELECT count(*), COALESCE(sum(worth_minor), 0) FROM vouchers WHERE issued BETWEEN ? AND ?"
_REDEEMED = "SELECT count(*), COALESCE(sum(worth_minor), 0) FROM vouchers WHERE redeemed BETWEEN ? AND ?"
_STILL_OPEN = """
SELECT count(*), COALESCE(sum(worth_minor), 0) FROM vouchers
WHERE issued <= ?1 AND (redeemed IS NULL OR redeemed > ?1) AND (cancelled IS NULL OR cancelled > ?1)
  AND (valid_until IS NULL OR valid_until >= ?1)
"""
_LATELY_DAYS = 14
_LONGEST_NOTE = 120


def give(op: Operation, gesture: Gesture) -> int:
    """Notes a gesture and gives its id. UserError where something is wrong, or it exceeds the budget unexplained."""
    wrong = next(iter(gesture.problems().values()), None)
    if wrong is not None:
        raise UserError(_("This gesture cannot be saved."), wrong)
    beyond = budget(op, gesture.day).over(gesture.cost_minor, gesture.staff_id)
    if beyond and not gesture.over_why.strip():
        words = _("This is {amount} beyond the budget.")
        raise UserError(
            words.format(amount=money(beyond, catalogue.business(op).currency)), _("Say why, or make it smaller.")
        )
    return op.insert("touches", {
        "customer_id": gesture.customer_id, "date": gesture.day.isoformat(), "done": gesture.day.isoformat(),
        "kind": "gesture", "cost_minor": gesture.cost_minor, "staff_id": gesture.staff_id, "note": gesture.note(),
        "complaint_id": gesture.complaint_id,
    })  # fmt: skip


def gestures(db: Queries, most: int = 200) -> Sequence[Given]:
    """The last gestures, the newest first."""
    found = []
    for touch, customer, name, done, note, cost, staff, complaint in db.rows(_LIST, (most,)):
        what, _gap, why = note.partition("\n")
        on = date.fromisoformat(done)
        found.append(Given(touch, customer, name, on, what, why.replace("\n", " · "), cost, staff, complaint))
    return tuple(found)


def take_back(op: Operation, gesture_id: int) -> None:
    """Deletes a gesture that was never made."""
    op.delete("touches", gesture_id)


def limits(db: Queries) -> Limits:
    """The budget as the owner set it."""
    row = db.row(_PLAN)
    if row is None:
        return Limits()
    value = json.loads(row["value"])
    return Limits(value.get("month_minor"), {int(one): minor for one, minor in value.get("staff", {}).items()})


def save_limits(op: Operation, chosen: Limits) -> None:
    """Saves the budget of a month and of each member of staff."""
    staff = {str(one): minor for one, minor in chosen.staff.items()}  # ids leave the program as text
    value = json.dumps({"month_minor": chosen.month_minor, "staff": staff})
    row = op.row(_PLAN)
    if row is None:
        op.insert("care_plans", {"kind": "gesture", "name": _("Gestures"), "value": value})
    else:
        op.update("care_plans", row["id"], {"value": value})


def budget(db: Queries, today: date) -> Budget:
    """The budget of this calendar month, and what is gone of it."""
    first = today.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    spent = {row[0]: (row[1], row[2]) for row in db.rows(_SPENT, (first.isoformat(), last.isoformat()))}
    chosen = limits(db)
    shares = [
        StaffShare(one, name, spent.get(one, (0, 0))[1], chosen.staff.get(one)) for one, name in catalogue.staff(db)
    ]
    return Budget(chosen, sum(minor for _n, minor in spent.values()), sum(n for n, _m in spent.values()), tuple(shares))


def ideas(db: Queries, today: date, most: int = 12) -> tuple[Idea, ...]:
    """Occasions of these days, with what is known of the customer: birthdays, milestones, complaints just closed."""
    held = held_back(db, today)
    found: list[Idea] = []
    for one in coming(db, today):
        if one.kind == BIRTHDAY:
            occasion = _("Birthday, {day}").format(day=day_short(one.day, today))
        else:
            what = step_words(one.kind, one.step, "")
            occasion = _("{step}, {day}").format(step=what, day=day_short(one.day, today))
        found.append(Idea(one.customer_id, one.customer, one.kind, occasion))
    since = (today - timedelta(days=_LATELY_DAYS)).isoformat()
    for complaint, customer, name, number, closed in db.rows(_CLOSED, (since, today.isoformat())):
        if customer not in held:
            words = _("Complaint #{number} closed, {day}").format(
                number=number, day=day_short(date.fromisoformat(closed), today)
            )
            found.append(Idea(customer, name, "complaint", words, complaint_id=complaint))
    return tuple(_informed(db, one) for one in found[:most])


def idea_for(db: Queries, customer_id: int, complaint_id: int | None = None) -> Idea:
    """The occasion another page came with. LookupError where the customer is gone."""
    name = db.value("SELECT name FROM customers WHERE id = ?", (customer_id,))
    if name is None:
        raise LookupError(f"no customer {customer_id}")
    number = db.value("SELECT number FROM complaints WHERE id = ?", (complaint_id,))
    occasion = "" if number is None else _("Complaint #{number}").format(number=number)
    sort = "complaint" if occasion else "note"
    return _informed(db, Idea(customer_id, name, sort, occasion, complaint_id=complaint_id))


def of_complaint(db: Queries, complaint_id: int) -> int | None:
    """Whose complaint it is; None for nobody named."""
    row = db.row(_FROM_COMPLAINT, (complaint_id,))
    return None if row is None else row["customer_id"]


def _informed(db: Queries, idea: Idea) -> Idea:
    """With what she usually buys, and the first line the owner noted about her."""
    usual = db.value(_USUAL, (idea.customer_id,))
    notes = str(db.value(_NOTES, (idea.customer_id,)) or "").strip()
    about = [_("Usually buys {offering}").format(offering=usual)] if usual else []
    if notes:
        about.append(_("Your note: “{note}”").format(note=notes.splitlines()[0][:_LONGEST_NOTE]))
    return Idea(idea.customer_id, idea.customer, idea.sort, idea.occasion, " · ".join(about), idea.complaint_id)


def given_back(db: Queries, period: Period) -> GivenBack:
    """What was given back in a period: refunds by the day a complaint was put right, gestures, vouchers."""
    span = (period.start.isoformat(), period.end.isoformat())
    pairs = [db.rows(sql, span)[0] for sql in (_REFUNDS, _GESTURES, _ISSUED, _REDEEMED)]
    pairs.append(db.rows(_STILL_OPEN, (period.end.isoformat(),))[0])
    return GivenBack(*(int(value) for pair in pairs for value in pair))


__all__ = [
    "budget", "gestures", "give", "given_back", "idea_for", "ideas", "limits", "of_complaint", "save_limits",
    "take_back",
]  # fmt: skip
