"""Saving a customer with a group and tags that may be new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cvdesk.catalogue import store as catalogue
from cvdesk.customers.records import Customer
from cvdesk.customers.store import save
from cvdesk.db import Operation


def save_named(op: Operation, customer: Customer, segment: str, tags: Sequence[str]) -> int:
    """Saves a customer whose segment and tags are given by name, making those that are not there yet; gives the id."""
    segment_id = catalogue.ensure(op, "segments", segment) if segment.strip() else None
    tag_ids = tuple(dict.fromkeys(catalogue.ensure(op, "tags", name) for name in tags if name.strip()))
    return save(op, replace(customer, segment_id=segment_id, tags=tag_ids))
