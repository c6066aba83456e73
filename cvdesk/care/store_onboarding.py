"""SQL of onboarding: lists of steps, who is under way, who could begin.

A start is a contact of its own (step 0, neither due nor done, the list's name as note, why it was stopped as what was
said); the steps follow it by id, due on their day. So two starts of the same list are told apart, also after customers
were merged, and a list that is changed or deleted changes nothing for those under way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cvdesk.care.records_onboarding import (
    PROPOSED_DAYS,
    Run,
    RunStep,
    Template,
    steps_as_text,
    steps_from,
    template_problems,
)
from cvdesk.care.store_snooze import snoozed
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import as_said
from cvdesk.customers.store_permission import may
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

START = 0
ASK = "welcome_contact"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new customer who could begin a list; since: first purchase of its product, or customer since."""

    customer_id: int
    name: str
    template_id: int
    template: str
    since: date


_TEMPLATES = """
SELECT id, name, value, offering_id FROM care_plans WHERE kind = 'onboarding' AND active = 1
ORDER BY name COLLATE NOCASE, id
"""
_STEPS = """
SELECT touches.id, touches.customer_id, customers.name AS customer, touches.plan_id, touches.step, touches.date,
    touches.due, touches.done, touches.note, touches.said
FROM touches JOIN customers ON customers.id = touches.customer_id
WHERE touches.kind = 'onboarding' AND touches.step IS NOT NULL {more} ORDER BY touches.customer_id, touches.id
"""
_OPEN = "SELECT id FROM touches WHERE customer_id = ? AND plan_id = ? AND step > 0 AND due IS NOT NULL AND done IS NULL"
_NEW = """
SELECT id, name, since AS began FROM customers WHERE active = 1 AND since BETWEEN :first AND :today
"""
_NEW_BUYERS = """
SELECT customers.id, customers.name, min(purchases.date) AS began FROM purchases
JOIN customers ON customers.id = customer_id AND customers.active = 1
WHERE offering_id = :offering GROUP BY customers.id HAVING began BETWEEN :first AND :today
"""
_BEGUN = "SELECT DISTINCT customer_id, plan_id FROM touches WHERE kind = 'onboarding' AND plan_id IS NOT NULL"


def templates(db: Queries) -> list[Template]:
    """The lists there are, by name."""
    return [
        Template(row["name"], steps_from(row["value"]), row["offering_id"], row["id"]) for row in db.rows(_TEMPLATES)
    ]


def save_template(op: Operation, template: Template) -> int:
    """Adds or changes a list, and gives the id. UserError where something is wrong with it."""
    wrong = template_problems(template)
    if wrong:
        raise UserError(next(iter(wrong.values())), _("Change it and save again."))
    values = {
        "kind": "onboarding", "name": template.name.strip(), "value": steps_as_text(template.steps),
        "offering_id": template.offering_id, "active": 1,
    }  # fmt: skip
    if template.id is None:
        return op.insert("care_plans", values)
    op.update("care_plans", template.id, values)
    return template.id


def delete_template(op: Operation, template_id: int) -> None:
    """The list goes; who is under way goes on."""
    op.update("care_plans", template_id, {"active": 0})


def start(op: Operation, customer_id: int, template_id: int, day: date) -> int:
    """A customer begins a list on a day; gives the id of the start.

    UserError while they are under way with it; LookupError for a customer or a list that is gone.
    """
    template = next((one for one in templates(op) if one.id == template_id), None)
    if template is None or op.value("SELECT 1 FROM customers WHERE id = ?", (customer_id,)) is None:
        raise LookupError(f"there is no list {template_id} or no customer {customer_id}")
    if op.value(_OPEN, (customer_id, template_id)) is not None:
        raise UserError(_("They are under way with these steps already."), _("Finish or stop them first."))
    common = {"customer_id": customer_id, "kind": "onboarding", "plan_id": template_id}
    begun = op.insert("touches", {**common, "date": day.isoformat(), "step": START, "note": template.name})
    for place, step in enumerate(template.steps, start=1):
        due = (day + timedelta(days=step.days)).isoformat()
        op.insert("touches", {**common, "date": due, "due": due, "step": place, "note": step.name.strip()})
    return begun


def tick(op: Operation, step_id: int, day: date | None, staff_id: int | None = None) -> None:
    """A step is done on a day; None: it is open again. LookupError for a step that is gone."""
    row = op.row("SELECT due FROM touches WHERE id = ? AND kind = 'onboarding'", (step_id,))
    if row is None:
        raise LookupError(f"there is no step {step_id}")
    done = None if day is None else day.isoformat()
    op.update("touches", step_id, {
        "done": done, "date": done or row["due"], "staff_id": staff_id if day is not None else None,
    })  # fmt: skip


def stop(op: Operation, run: Run, reason: str) -> None:
    """Nothing more is to be done; what was done stays. The reason is kept."""
    op.update("touches", run.id, {"said": as_said(reason) or _("No reason given")})
    for step in run.steps:
        if step.done is None:
            op.delete("touches", step.id)


def runs(db: Queries, customer_id: int | None = None) -> list[Run]:
    """Everybody's onboarding, or one customer's: those that run first, by the step that is due first."""
    if customer_id is None:
        rows = db.rows(_STEPS.format(more=""))
    else:
        rows = db.rows(_STEPS.format(more="AND touches.customer_id = ?"), (customer_id,))
    notes = {one.id: one.steps for one in templates(db)}
    found = _together(rows, notes)
    return sorted(found, key=_order)


def proposals(db: Queries, today: date) -> list[Proposal]:
    """New customers who have not begun the list that fits, and whom one may contact; the newest first."""
    span = {"first": (today - timedelta(days=PROPOSED_DAYS)).isoformat(), "today": today.isoformat()}
    begun = {(row[0], row[1]) for row in db.rows(_BEGUN)}
    asleep = snoozed(db, today)
    found = []
    for template in templates(db):
        assert template.id is not None
        if template.offering_id is None:
            rows = db.rows(_NEW, span)
        else:
            rows = db.rows(_NEW_BUYERS, span | {"offering": template.offering_id})
        found += [
            Proposal(row["id"], row["name"], template.id, template.name, date.fromisoformat(row["began"]))
            for row in rows
            if (row["id"], template.id) not in begun and ("onboarding", row["id"]) not in asleep
        ]
    allowed = set(may(db, (one.customer_id for one in found), own_matter=True).yes)
    return sorted(
        (one for one in found if one.customer_id in allowed), key=lambda one: (-one.since.toordinal(), one.name)
    )


def whom_to_ask(db: Queries) -> str:
    """Whom customers can ask, as it stands on the welcome sheet; empty where nobody wrote it yet."""
    return str(catalogue.setting(db, ASK, ""))


def save_whom_to_ask(op: Operation, text: str) -> None:
    """Keeps that, for all lists."""
    if text != whom_to_ask(op):
        catalogue.save_setting(op, ASK, text)


def _together(rows: Iterable[Any], templates: dict[int | None, Any]) -> list[Run]:
    found: list[Run] = []
    steps: list[RunStep] = []
    begun: Any = None

    def close() -> None:
        if begun is not None:
            found.append(Run(
                begun["id"], begun["customer_id"], begun["customer"], begun["plan_id"], begun["note"],
                date.fromisoformat(begun["date"]), tuple(steps), begun["said"],
            ))  # fmt: skip

    for row in rows:
        if row["step"] == START:
            close()
            begun, steps = row, []
        elif begun is not None and row["customer_id"] == begun["customer_id"] and row["due"] is not None:
            steps.append(_step(row, templates.get(row["plan_id"], ())))
    close()
    return [run for run in found if run.steps or run.stopped]


def _step(row: Any, steps: Any) -> RunStep:
    place = row["step"]
    note = steps[place - 1].note if place <= len(steps) and steps[place - 1].name.strip() == row["note"] else ""
    done = date.fromisoformat(row["done"]) if row["done"] else None
    return RunStep(row["id"], place, row["note"], date.fromisoformat(row["due"]), done, note)


def _order(run: Run) -> tuple[bool, int, str]:
    step = run.next
    return step is None, step.due.toordinal() if step is not None else -run.started.toordinal(), run.customer


__all__ = [
    "Proposal", "delete_template", "proposals", "runs", "save_template", "save_whom_to_ask", "start", "stop",
    "templates", "tick", "whom_to_ask",
]  # fmt: skip
