"""Who waits for a word: by rhythm, by silence, by risk, by goal; and noting that somebody was spoken to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from cvdesk.care.records_goals import Goal
from cvdesk.care.records_touch import (
    QUIET_MONTHS,
    Spoken,
    TouchRow,
    bought_in_words,
    due_in_words,
    spoken_problems,
)
from cvdesk.care.store_goals import is_due, open_goals
from cvdesk.care.store_rhythm import check_ins
from cvdesk.care.store_snooze import put_off, wake
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import as_said
from cvdesk.customers.records_contact import every
from cvdesk.customers.records_risk import RiskBook, reasons_in_words
from cvdesk.customers.store_contact import last_days
from cvdesk.customers.store_list import months_before
from cvdesk.customers.store_permission import may
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.feedback.records import Entry
from cvdesk.feedback.store import save
from cvdesk.stats.at_risk import AT_RISK
from cvdesk.wording import _

SETTING = "quiet_months"

_EVERYBODY = "SELECT id, name, COALESCE(since, date(created_at)) AS began FROM customers WHERE active = 1"
_BOUGHT = """
SELECT customer_id, count(*) AS times, COALESCE(sum(amount_minor), 0) AS spent FROM purchases
WHERE date BETWEEN ? AND ? GROUP BY customer_id
"""
_NAMES = "SELECT id, name FROM customers WHERE id IN (SELECT value FROM json_each(?))"

PutOff = Mapping[tuple[str, int], tuple[date, str]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for a word, by why; those put off stand in `later`, those who want no contact in `left_out`."""

    due: tuple[TouchRow, ...] = ()
    quiet: tuple[TouchRow, ...] = ()
    goals: tuple[TouchRow, ...] = ()
    later: tuple[TouchRow, ...] = ()
    left_out: tuple[TouchRow, ...] = ()
    months: int = QUIET_MONTHS
    last: Mapping[int, date] = field(default_factory=dict)


def quiet_months(db: Queries) -> int:
    """For how many months nobody may have spoken to somebody before they are on the list."""
    months = catalogue.setting(db, SETTING, QUIET_MONTHS)
    return months if isinstance(months, int) and 1 <= months <= 60 else QUIET_MONTHS


def save_quiet_months(op: Operation, months: int) -> None:
    """Keeps that number. UserError for one that makes no sense."""
    if not 1 <= months <= 60:
        raise UserError(_("Choose between 1 and 60 months."), _("Change it and save again."))
    catalogue.save_setting(op, SETTING, months)


def waiting(db: Queries, today: date) -> Waiting:
    """Everybody who waits for a word but those at risk, who take longer to find (`at_risk`)."""
    with db.snapshot():
        last = last_days(db, today)
        people = {row["id"]: row for row in db.rows(_EVERYBODY)}
        names = {customer: str(row["name"]) for customer, row in people.items()}
        months, off = quiet_months(db), put_off(db, today)
        due = [
            TouchRow(one.customer_id, one.customer_id, names[one.customer_id], one.last,
                     _("{late} · {rhythm}").format(rhythm=every(one.rhythm.days),
                                                   late=due_in_words(one.day, today)),
                     one.day, one.day < today)
            for one in check_ins(db, today)
        ]  # fmt: skip
        start = months_before(today, months).isoformat()
        silent = [
            row for row in people.values()
            if row["began"] <= start and (row["id"] not in last or last[row["id"]].isoformat() <= start)
        ]  # fmt: skip
        quiet = _silent(db, silent, last, today)
        allowed = may(db, {row.customer_id for row in (*due, *quiet)}, own_matter=True)
        goals = [
            TouchRow(goal.id or 0, goal.customer_id, name, last.get(goal.customer_id), _goal_in_words(goal, today),
                     goal.due, is_due(goal, today), sort="goal")
            for goal, name in open_goals(db)
        ]  # fmt: skip
    calls = (*due, *quiet)
    risky = [
        TouchRow(customer, customer, names[customer], last.get(customer), "", sort="risk")
        for sort, customer in off if sort == "risk" and customer in names
    ]  # fmt: skip
    return Waiting(
        tuple(_awake(due, allowed.no, off)), tuple(_awake(quiet, allowed.no, off)),
        tuple(_awake(goals, {}, off)),
        tuple(_asleep((*calls, *goals, *risky), off)),
        tuple(_told_why(calls, allowed.no)), months, last,
    )  # fmt: skip


def at_risk(db: Queries, today: date, book: RiskBook) -> tuple[TouchRow, ...]:
    """Those at risk with their reasons, the most points first; none who is put off or wants no contact."""
    ids = book.ids(AT_RISK)
    names = {row[0]: row[1] for row in db.rows(_NAMES, (json.dumps(ids),))}
    last = last_days(db, today, ids)
    found = [
        TouchRow(customer, customer, names[customer], last.get(customer),
                 " · ".join(reasons_in_words(book.risks[customer], book.points, today)), sort="risk")
        for customer in ids if customer in names
    ]  # fmt: skip
    allowed = may(db, ids, own_matter=True)
    return tuple(_awake(found, allowed.no, put_off(db, today)))


def note_spoken(op: Operation, spoken: Spoken, today: date, staff_id: int | None = None) -> int:
    """Notes that somebody was spoken to; what they said becomes feedback. Gives the id of the contact.

    What was put off for this customer is no longer. LookupError for a customer who is gone.
    """
    wrong = spoken_problems(spoken, today)
    if wrong:
        raise UserError(next(iter(wrong.values())), _("Change it and save again."))
    if op.value("SELECT 1 FROM customers WHERE id = ?", (spoken.customer_id,)) is None:
        raise LookupError(f"there is no customer {spoken.customer_id}")
    day = spoken.date.isoformat()
    touch = op.insert("touches", {
        "customer_id": spoken.customer_id, "date": day, "done": day,
        "kind": "check_in" if spoken.check_in else "contact", "channel_id": spoken.channel_id,
        "note": as_said(spoken.note), "staff_id": staff_id,
    })  # fmt: skip
    if spoken.said.strip():
        save(op, Entry(
            spoken.date, as_said(spoken.said), spoken.customer_id, spoken.channel_id, staff_id=staff_id,
        ))  # fmt: skip
    wake(op, "check_in", spoken.customer_id)
    wake(op, "risk", spoken.customer_id)
    return touch


def months_on(day: date, months: int) -> date:
    """The same day so many months later; the last of its month where that has fewer days."""
    return months_before(day, -months)


def _goal_in_words(goal: Goal, today: date) -> str:
    """A goal, and how late somebody is to look at it."""
    if goal.due is None or not is_due(goal, today):
        return goal.goal
    return _("{late} · {goal}").format(late=due_in_words(goal.due, today), goal=goal.goal)


def _silent(db: Queries, rows: Sequence[Any], last: Mapping[int, date], today: date) -> list[TouchRow]:
    """Those nobody spoke to for long: who still buys first, by how much, then whom one has longest not spoken to."""
    year = (today - timedelta(days=364)).isoformat(), today.isoformat()
    bought = {row["customer_id"]: (row["times"], row["spent"]) for row in db.rows(_BOUGHT, year)}
    found = []
    for row in rows:
        customer = row["id"]
        times, spent = bought.get(customer, (0, 0))
        key = (-spent, -times, last.get(customer, date.min), row["name"])
        found.append((key, TouchRow(customer, customer, row["name"], last.get(customer), bought_in_words(times))))
    return [row for _key, row in sorted(found, key=lambda one: one[0])]


def _awake(rows: Sequence[TouchRow], no: Mapping[int, str], off: PutOff) -> list[TouchRow]:
    return [row for row in rows if row.customer_id not in no and (row.sort, row.id) not in off]


def _asleep(rows: Sequence[TouchRow], off: PutOff) -> list[TouchRow]:
    """Each once: what is due by rhythm may be silent for long as well."""
    found: dict[tuple[str, int], TouchRow] = {}
    for row in rows:
        key = row.sort, row.id
        if key in off:
            until, why = off[key]
            found[key] = replace(row, why=why, day=None, late=False, until=until)
    return sorted(found.values(), key=lambda row: (row.until or date.max, row.name))


def _told_why(rows: tuple[TouchRow, ...], no: Mapping[int, str]) -> list[TouchRow]:
    found = {
        row.id: TouchRow(row.id, row.customer_id, row.name, row.last, no[row.customer_id])
        for row in rows if row.customer_id in no
    }  # fmt: skip
    return list(found.values())


__all__ = [
    "Waiting", "at_risk", "months_on", "note_spoken", "quiet_months", "save_quiet_months", "waiting",
]  # fmt: skip
