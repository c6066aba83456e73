"""Whether a customer may be written to: the one place that decides, and where the answer is noted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cvdesk.catalogue.records import as_said, key_of
from cvdesk.customers.records import MAY_WRITE
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.wording import _
from cvdesk.wording.numbers import day as day_in_words

# Tags with which a business says the same as by "no"; whoever carries one is never written to.
NOBODY_WRITES = ("do-not-contact", "do-not-ask", "no-contact", "no-surveys")

_THESE = """
SELECT customers.id, may_write, may_write_on, (
    SELECT tags.name FROM customer_tags JOIN tags ON tags.id = tag_id
    WHERE customer_tags.customer_id = customers.id AND tags.key IN (SELECT value FROM json_each(:barred))
    ORDER BY tags.name LIMIT 1) AS tag
FROM json_each(:ids) AS wanted JOIN customers ON customers.id = wanted.value
"""
_THERE = "SELECT id FROM customers WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may be written to, in the order asked, and who may not: id -> why, in words."""

    yes: tuple[int, ...] = ()
    no: Mapping[int, str] = field(default_factory=dict)


def may(db: Queries, customer_ids: Iterable[int], own_matter: bool) -> Allowed:
    """Who of these may be written to, each once.

    `own_matter`: it is about what they themselves said or bought, which needs no permission beforehand; anything else,
    such as offers and invitations, goes only to those who said yes. Whoever said no, carries such a tag or is gone is
    left out either way.
    """
    ids = list(dict.fromkeys(customer_ids))
    values = {"ids": json.dumps(ids), "barred": json.dumps(barring_tags())}
    found = {row["id"]: row for row in db.rows(_THESE, values)}
    no: dict[int, str] = {}
    for customer in ids:
        row = found.get(customer)
        why = _("No longer in the file") if row is None else _why_not(row, own_matter)
        if why:
            no[customer] = why
    return Allowed(tuple(customer for customer in ids if customer not in no), no)


def barring_tags() -> list[str]:
    """Keys of the tags with which nobody is written to."""
    return [*NOBODY_WRITES, key_of(_("Do not contact"))]


def set_permission(op: Operation, customer_id: int, may_write: str, day: date | None, how: str = "") -> None:
    """Notes whether a customer may be written to ("yes", "no", "" for nobody asked), since when, and how one knows.

    LookupError for a customer who is gone; ValueError for another word.
    """
    if may_write not in MAY_WRITE:
        raise ValueError(f"{may_write} says nothing about writing")
    if op.value("SELECT 1 FROM customers WHERE id = ?", (customer_id,)) is None:
        raise LookupError(f"there is no customer {customer_id}")
    asked = bool(may_write)
    op.update("customers", customer_id, {
        "may_write": may_write, "may_write_on": day.isoformat() if asked and day is not None else None,
        "may_write_how": as_said(how) if asked else "",
    })  # fmt: skip


def set_many(op: Operation, customers: Iterable[int], may_write: str, day: date | None, how: str = "") -> None:
    """The same for many at once; those who are gone are left out."""
    there = op.rows(
        "SELECT id FROM customers WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([*customers]),)
    )
    for row in there:
        set_permission(op, row[0], may_write, day, how)


def permission_in_words(may_write: str, day: date | None = None, how: str = "") -> str:
    """What is known about writing to somebody, in a sentence; empty where nobody asked."""
    if may_write not in ("yes", "no"):
        return ""
    said = _("May be written to") if may_write == "yes" else _("Does not want to be written to")
    if day is not None:
        said = _("{said} since {day}").format(said=said, day=day_in_words(day))
    return _("{said} ({how})").format(said=said, how=how) if how else said


def _why_not(row: Row, own_matter: bool) -> str:
    if row["may_write"] == "no":
        on = row["may_write_on"]
        return permission_in_words("no", date.fromisoformat(str(on)) if on else None)
    if row["tag"]:
        return _("Tagged “{tag}”").format(tag=row["tag"])
    if not own_matter and row["may_write"] != "yes":
        return _("Was never asked whether you may write")
    return ""
