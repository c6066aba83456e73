"""One change to many customers at once, as one step that one Undo takes back. Those who are gone are left out."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cvdesk.catalogue import store as catalogue
from cvdesk.customers.store_snoozed import forget_put_off
from cvdesk.db import Operation

_THERE = "SELECT id FROM customers WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
_TAGGED = """
SELECT customer_id, id FROM customer_tags WHERE tag_id = ? AND customer_id IN (SELECT value FROM json_each(?))
"""


def _there(op: Operation, customers: Sequence[int]) -> list[int]:
    return [row[0] for row in op.rows(_THERE, (json.dumps(list(customers)),))]


def add_tag(op: Operation, customers: Sequence[int], name: str) -> None:
    """Gives a tag, which may be new, to those who do not have it yet."""
    tag = catalogue.ensure(op, "tags", name)
    have = {row[0] for row in op.rows(_TAGGED, (tag, json.dumps(list(customers))))}
    for customer in _there(op, customers):
        if customer not in have:
            op.insert("customer_tags", {"customer_id": customer, "tag_id": tag})


def remove_tag(op: Operation, customers: Sequence[int], tag: int) -> None:
    """Takes a tag away from those who have it."""
    for row in op.rows(_TAGGED, (tag, json.dumps(list(customers)))):
        op.delete("customer_tags", row["id"])


def set_segment(op: Operation, customers: Sequence[int], name: str) -> None:
    """Puts all into a group, which may be new; into none for an empty name."""
    segment = catalogue.ensure(op, "segments", name) if name.strip() else None
    for customer in _there(op, customers):
        op.update("customers", customer, {"segment_id": segment})


def set_active(op: Operation, customers: Sequence[int], active: bool) -> None:
    """Notes that these are customers still, or no longer."""
    for customer in _there(op, customers):
        op.update("customers", customer, {"active": int(active)})


def delete_many(op: Operation, customers: Sequence[int]) -> None:
    """Deletes all of them; what they said stays and becomes anonymous."""
    for customer in _there(op, customers):
        forget_put_off(op, customer)
        op.delete("customers", customer)
