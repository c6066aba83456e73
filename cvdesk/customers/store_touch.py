"""Contacts and purchases noted by hand on a customer's card."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import as_said
from cvdesk.customers.records import Purchase, Touch, purchase_problems, touch_problems
from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.wording import _

_CUSTOMER = "SELECT 1 FROM customers WHERE id = ?"


def note_contact(op: Operation, touch: Touch, today: date, staff_id: int | None = None) -> int:
    """Notes that somebody phoned, met or wrote to a customer; gives the id. LookupError for a customer who is gone."""
    _check(op, touch.customer_id, touch_problems(touch, today))
    return op.insert("touches", {
        "customer_id": touch.customer_id, "date": touch.date.isoformat(), "done": touch.date.isoformat(),
        "kind": touch.kind, "channel_id": touch.channel_id, "note": as_said(touch.note), "staff_id": staff_id,
    })  # fmt: skip


def add_purchase(op: Operation, purchase: Purchase, today: date) -> int:
    """Notes a purchase, of a product that may be new; gives the id. LookupError for a customer who is gone."""
    _check(op, purchase.customer_id, purchase_problems(purchase, today))
    offering = catalogue.ensure(op, "offerings", purchase.offering) if purchase.offering.strip() else None
    return op.insert("purchases", {
        "customer_id": purchase.customer_id, "date": purchase.date.isoformat(), "offering_id": offering,
        "amount_minor": purchase.amount_minor, "note": as_said(purchase.note),
    })  # fmt: skip


def _check(op: Operation, customer_id: int, problems: dict[str, str]) -> None:
    if problems:
        raise UserError(next(iter(problems.values())), _("Change it and save again."))
    if op.value(_CUSTOMER, (customer_id,)) is None:
        raise LookupError(f"there is no customer {customer_id}")
