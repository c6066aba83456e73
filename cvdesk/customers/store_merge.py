"""Two customers made one, and taken apart again later: everything either of them had is kept.

The merged customer's id and name stay behind as aliases with the id of the operation, so that a later import still
finds the customer, and so that what belonged to whom can be read from the history.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cvdesk.catalogue.records import match_key
from cvdesk.customers.store_snoozed import PUT_OFF
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.errors import UserError
from cvdesk.wording import _

# What may differ between the two and is asked for; everything else is joined.
ASKED = ("name", "birthday", "address", "kind", "segment_id", "preferred_channel_id")
# An address is one thing: its parts go together.
_TOGETHER = {"address": ("address", "city", "country")}
_FILLED = ("preferred_name", "organisation", "preferred_channel_id", "segment_id", "birthday", "address", "city",
           "country", "source_id")  # fmt: skip
# Tables whose rows belong to a customer, and what may stand in them only once for one customer.
_BELONGS: Mapping[str, tuple[str, ...]] = {
    "contacts": ("kind", "match_key"),
    "customer_tags": ("tag_id",),
    "aliases": ("kind", "match_key", "operation_id"),
    **dict.fromkeys(("purchases", "touches", "entries", "complaints", "assessments", "sheets"), ()),
    "group_members": ("group_id",),
    "invitations": ("survey_id",),
    **dict.fromkeys(("customer_goals", "vouchers", "referrals", "printed"), ()),
    "care_plans": ("kind",),
    "advocates": ("customer_id",),
    "attendances": ("gathering_id",),
}
# References of rows that a merge deletes and that may be gone when they are put back: table and column -> whose id.
_LEANS_ON = {
    ("customers", "preferred_channel_id"): "channels", ("customers", "segment_id"): "segments",
    ("customer_tags", "tag_id"): "tags", ("group_members", "group_id"): "groups",
    ("invitations", "survey_id"): "surveys", ("attendances", "gathering_id"): "gatherings",
    ("duplicates", "customer_id"): "customers", ("duplicates", "other_id"): "customers",
}  # fmt: skip
# Of two answers to an invitation the one further on holds.
_STATES = ("declined", "invited", "coming", "came")

_CUSTOMER = "SELECT * FROM customers WHERE id = ?"
# An alias that is an id, with the id it was merged into as its key. Whoever was merged further with that one comes back
# only once that one has: so the first condition.
_MERGES = """
SELECT aliases.operation_id AS operation, aliases.value AS other, operations.at AS at,
    COALESCE((SELECT value FROM aliases AS named WHERE named.operation_id = aliases.operation_id
        AND named.kind = 'merged' AND named.value <> aliases.value), aliases.value) AS name
FROM aliases JOIN operations ON operations.id = aliases.operation_id
WHERE aliases.match_key = CAST(aliases.customer_id AS TEXT) AND aliases.customer_id = ? AND aliases.kind = 'merged'
    AND aliases.value NOT GLOB '*[^0-9]*' ORDER BY aliases.operation_id DESC
"""
_HOLDER = """
SELECT customer_id, value FROM aliases
WHERE operation_id = ? AND kind = 'merged' AND match_key = CAST(customer_id AS TEXT) AND value NOT GLOB '*[^0-9]*'
"""
_PAIR = """
SELECT 1 FROM duplicates
WHERE (customer_id = :one AND other_id = :other) OR (customer_id = :other AND other_id = :one)
"""
_CHANGES = "SELECT table_name, row_id, action, before FROM changes WHERE operation_id = ? ORDER BY id DESC"
_NEXT_IMAGE = """
SELECT before FROM changes JOIN operations ON operations.id = changes.operation_id
WHERE table_name = ? AND row_id = ? AND operation_id > ? ORDER BY changes.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Merged:
    """Somebody who was put together with a customer: by which operation, when (UTC), and the name of then."""

    operation: int
    other: int
    at: str
    name: str


@dataclass(frozen=True, slots=True)
class TakenApart:
    """What taking apart did. `stayed`: table -> how many rows came after the merge and stay with the kept customer."""

    kept: int
    other: int
    stayed: Mapping[str, int] = field(default_factory=dict)


def conflicts(db: Queries, kept: int, other: int) -> dict[str, tuple[Any, Any]]:
    """What both have and differs, by field of ASKED: (the kept one's, the other's)."""
    one, two = _customer(db, kept), _customer(db, other)
    found: dict[str, tuple[Any, Any]] = {}
    for asked in ASKED:
        parts = _TOGETHER.get(asked, (asked,))
        mine, theirs = tuple(one[part] for part in parts), tuple(two[part] for part in parts)
        if any(mine) and any(theirs) and mine != theirs and one[asked] != two[asked]:
            found[asked] = (one[asked], two[asked])
    return found


def merge(op: Operation, kept: int, other: int, take: frozenset[str] = frozenset()) -> int:
    """Puts `other` into `kept` and gives the kept id. `take`: fields of ASKED where the other's value is the right one.

    LookupError if either is gone.
    """
    if kept == other:
        raise ValueError("a customer cannot be merged with itself")
    one, two = _customer(op, kept), _customer(op, other)
    for table, once in _BELONGS.items():
        _move(op, table, once, kept, other)
    _move_pairs(op, kept, other)
    _move_referred(op, kept, other, two["name"])
    _move_put_off(op, kept, other)
    values = _joined(one, two, take)
    op.delete("customers", other)
    op.update("customers", kept, values)
    _leave_names(op, kept, one, two, values)
    return kept


def _joined(one: Mapping[str, Any], two: Mapping[str, Any], take: frozenset[str]) -> dict[str, Any]:
    """The columns of the kept customer that change."""
    values: dict[str, Any] = {}
    if not any(one[part] for part in _TOGETHER["address"]):
        values |= {part: two[part] for part in _TOGETHER["address"]}
    for name in _FILLED:
        if not one[name] and name not in _TOGETHER["address"]:
            values[name] = two[name]
    for asked in take:
        values |= {part: two[part] for part in _TOGETHER.get(asked, (asked,))}
    if "name" in take:
        values["name_key"] = two["name_key"]
    notes = [text for text in (one["notes"], two["notes"]) if text.strip()]
    values["notes"] = "\n\n".join(dict.fromkeys(notes))
    days = [day for day in (one["since"], two["since"]) if day]
    values["since"] = min(days, default=None)
    values["active"] = max(one["active"], two["active"])
    return values | _permission(one, two)


def _permission(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    """Whoever of the two said no is heard; else whoever said yes. Day and source go with the answer."""
    for answer in ("no", "yes"):
        for who in (one, two):
            if who["may_write"] == answer:
                return {name: who[name] for name in ("may_write", "may_write_on", "may_write_how")}
    return {}


def _move(op: Operation, table: str, once: tuple[str, ...], kept: int, other: int) -> None:
    """Gives the other's rows to the kept one; what both have stays once, with a label where only the other has one."""
    there: dict[tuple[Any, ...], Any] = {}
    if once:
        there = {_once(row, once): row for row in op.rows(_rows_of(table), (kept,))}
    for row in op.rows(_rows_of(table), (other,)):
        twin = there.get(_once(row, once)) if once else None
        if twin is None:
            op.update(table, row["id"], {"customer_id": kept})
            continue
        if table == "contacts" and row["label"] and not twin["label"]:
            op.update(table, twin["id"], {"label": row["label"]})
        if table == "attendances":
            op.update(table, twin["id"], {"state": max(row["state"], twin["state"], key=_STATES.index)})
        if table == "advocates":
            op.update(table, twin["id"], {name: min(row[name], twin[name]) for name in ("may_quote", "may_name")})
        op.delete(table, row["id"])


def _once(row: Row, once: tuple[str, ...]) -> tuple[Any, ...]:
    """What is there once for one customer; nothing but the customer: there is one row at most."""
    return tuple(row[part] for part in once if part != "customer_id")


def _rows_of(table: str) -> str:
    return f"SELECT * FROM {table} WHERE customer_id = ? ORDER BY id"


def _move_pairs(op: Operation, kept: int, other: int) -> None:
    """What was decided about the other and third ones holds for the kept one."""
    for mine, theirs in (("customer_id", "other_id"), ("other_id", "customer_id")):
        for row in op.rows(f"SELECT * FROM duplicates WHERE {mine} = ?", (other,)):
            third = row[theirs]
            known = op.value(_PAIR, {"one": kept, "other": third})
            if third != kept and known is None:
                op.update("duplicates", row["id"], {mine: kept})


def _move_referred(op: Operation, kept: int, other: int, name: str) -> None:
    """Whoever sent the other one sent the kept one; nobody sends themselves, so then the name alone stays."""
    for row in op.rows("SELECT * FROM referrals WHERE referred_id IN (?, ?)", (kept, other)):
        if row["customer_id"] == kept:
            op.update("referrals", row["id"], {"referred_id": None, "name": row["name"] or name})
        elif row["referred_id"] == other:
            op.update("referrals", row["id"], {"referred_id": kept})


def _move_put_off(op: Operation, kept: int, other: int) -> None:
    """What was put off for the other is put off for the kept one; what is for both stays as the kept one has it."""
    mine = {row["sort"] for row in op.rows(PUT_OFF, (kept,))}
    for row in op.rows(PUT_OFF, (other,)):
        if row["sort"] in mine:
            op.delete("snoozes", row["id"])
        else:
            op.update("snoozes", row["id"], {"record_id": kept})


def _leave_names(
    op: Operation, kept: int, one: Mapping[str, Any], two: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Everything the other was known by finds the kept one from now on."""
    common = {"customer_id": kept, "operation_id": op.id}
    op.insert("aliases", {**common, "kind": "merged", "value": str(two["id"]), "match_key": str(kept)})
    if not two["name"].isdigit():
        op.insert("aliases", {**common, "kind": "merged", "value": two["name"], "match_key": two["name_key"]})
    if two["source_id"] and values.get("source_id", one["source_id"]) != two["source_id"]:
        key = match_key(two["source_id"])
        op.insert("aliases", {**common, "kind": "source", "value": two["source_id"], "match_key": key})
    shown = values.get("name_key", one["name_key"])
    known = {
        row[0] for row in op.rows("SELECT match_key FROM aliases WHERE customer_id = ? AND kind = 'nickname'", (kept,))
    }
    for who in (one, two):
        if who["name_key"] != shown and who["name_key"] not in known:
            known.add(who["name_key"])
            alias = {"kind": "nickname", "value": who["name"], "match_key": who["name_key"]}
            op.insert("aliases", {**common, **alias})


def merges_of(db: Queries, customer_id: int) -> list[Merged]:
    """Who was put together with a customer and can be taken apart again, the last one first."""
    return [
        Merged(row["operation"], int(row["other"]), row["at"], row["name"]) for row in db.rows(_MERGES, (customer_id,))
    ]


def take_apart(op: Operation, operation: int) -> TakenApart:
    """Makes two customers again of those an operation made one: both as they were, each with what belongs to it.

    What was changed since stays changed; what came since stays with the kept one and is counted. UserError where they
    are two already, or the kept one was merged with a third since.
    """
    row = op.row(_HOLDER, (operation,))
    if row is None:
        raise UserError(
            _("These two cannot be taken apart now."),
            _("They are two already, or one of them was put together with somebody else since: begin with that one."),
        )
    kept, other = row["customer_id"], int(row["value"])
    changes = op.rows(_CHANGES, (operation,))
    # The customer first: everything else leans on it.
    for change in sorted(changes, key=lambda change: not _is_other(change, other)):
        table, row_id = change["table_name"], change["row_id"]
        if change["action"] == "delete":
            _put_back(op, table, json.loads(change["before"]))
        elif change["action"] == "update":
            _set_back(op, operation, table, row_id, json.loads(change["before"]), kept)
    # By the history alone, rows side by side are one change: so by their mark.
    for alias in op.rows("SELECT id FROM aliases WHERE operation_id = ?", (operation,)):
        op.delete("aliases", alias[0])
    return TakenApart(kept, other, _came_since(op, operation, kept))


def _is_other(change: Any, other: int) -> bool:
    return bool(change["table_name"] == "customers" and change["row_id"] == other)


def _put_back(op: Operation, table: str, image: dict[str, Any]) -> None:
    """A row the merge deleted; without what it leaned on and is gone, or not at all where it cannot be without."""
    if op.value(f"SELECT 1 FROM {table} WHERE id = ?", (image["id"],)) is not None:
        return
    for (name, column), parent in _LEANS_ON.items():
        if name == table and image[column] is not None:
            if op.value(f"SELECT 1 FROM {parent} WHERE id = ?", (image[column],)) is not None:
                continue
            if table != "customers":
                return
            image[column] = None
    op.put_back(table, json.dumps(image))


def _set_back(op: Operation, operation: int, table: str, row_id: int, image: dict[str, Any], kept: int) -> None:
    """Sets back the columns the merge changed, as far as nobody changed them since."""
    now = op.row(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
    if now is None:
        return
    later = op.value(_NEXT_IMAGE, (table, row_id, operation))
    merged = json.loads(later) if later is not None else dict(now)
    values = {name: value for name, value in image.items() if name != "updated_at" and merged[name] != value}
    if table in _BELONGS and "customer_id" in values:
        # Unless somebody gave it to a third one since.
        values = {"customer_id": image["customer_id"]} if now["customer_id"] == kept else {}
    values = {name: value for name, value in values.items() if now[name] == merged[name]}
    if table == "customers" and "name" not in values:
        values.pop("name_key", None)
    if values:
        op.update(table, row_id, values)


def _came_since(db: Queries, operation: int, kept: int) -> dict[str, int]:
    """Rows of the kept customer that are newer than the merge: ids follow creation."""
    counts = {
        table: int(db.value(f"SELECT count(*) FROM {table} WHERE customer_id = ? AND id > ?", (kept, operation)))
        for table in _BELONGS
        if table != "aliases"
    }
    return {table: count for table, count in counts.items() if count}


def _customer(db: Queries, customer_id: int) -> Any:
    row = db.row(_CUSTOMER, (customer_id,))
    if row is None:
        raise LookupError(f"there is no customer {customer_id}")
    return row
