"""SQL of groups, of events, and of who is invited, is coming and came."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from cvdesk.care.records_community import (
    STATES,
    Gathering,
    GatheringRow,
    Group,
    GroupRow,
    Guest,
    Member,
)
from cvdesk.catalogue.records import as_name, as_said
from cvdesk.customers.store_list import CustomerList, CustomerQuery
from cvdesk.customers.store_permission import Allowed, may
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

_GROUPS = """
SELECT groups.id, groups.name, groups.note,
    (SELECT count(*) FROM group_members WHERE group_id = groups.id) AS members,
    COALESCE((SELECT min(date) FROM gatherings WHERE group_id = groups.id AND date >= :today),
        (SELECT max(date) FROM gatherings WHERE group_id = groups.id)) AS meets
FROM groups ORDER BY groups.name COLLATE NOCASE, groups.id
"""
_MEMBERS = """
SELECT customers.id, customers.name FROM group_members JOIN customers ON customers.id = group_members.customer_id
WHERE group_id = ? ORDER BY customers.name_key, customers.id
"""
_THERE = "SELECT id FROM customers WHERE id IN (SELECT value FROM json_each(?)) ORDER BY name_key, id"
_GATHERINGS = """
SELECT gatherings.id, gatherings.name, gatherings.date, gatherings.group_id, gatherings.note,
    COALESCE(groups.name, '') AS group_name, count(attendances.id) AS invited,
    COALESCE(sum(state = 'coming'), 0) AS coming, COALESCE(sum(state = 'came'), 0) AS came
FROM gatherings LEFT JOIN groups ON groups.id = gatherings.group_id
LEFT JOIN attendances ON attendances.gathering_id = gatherings.id
WHERE :id IS NULL OR gatherings.id = :id
GROUP BY gatherings.id ORDER BY gatherings.date DESC, gatherings.id DESC
"""
_GUESTS = """
SELECT attendances.id, customers.id AS customer, customers.name, state FROM attendances
JOIN customers ON customers.id = attendances.customer_id
WHERE gathering_id = ? ORDER BY customers.name_key, customers.id
"""


def groups(db: Queries, today: date) -> tuple[GroupRow, ...]:
    """All groups by name; with the day they meet next, else the day they met last."""
    return tuple(
        GroupRow(Group(row["name"], row["note"], row["id"]), row["members"], _day(row["meets"]))
        for row in db.rows(_GROUPS, {"today": today.isoformat()})
    )


def members(db: Queries, group_id: int) -> tuple[Member, ...]:
    """Who belongs to a group, by name."""
    return tuple(Member(row[0], row[1]) for row in db.rows(_MEMBERS, (group_id,)))


def found_by(db: Queries, search: str = "", tag: int | None = None, segment: int | None = None) -> list[int]:
    """Customers with a tag, of a segment or found by words, as a group may be made of them."""
    return CustomerList(db, CustomerQuery(search=search, tag=tag, segment=segment)).ids()


def save_group(op: Operation, group: Group, customers: Iterable[int] = ()) -> int:
    """Adds or changes a group, and adds these customers to it; gives its id. UserError without a name."""
    name = as_name(group.name)
    if not name:
        raise UserError(_("A group needs a name."), _("Write one, then save again."))
    values = {"name": name, "note": as_said(group.note)}
    if group.id is None:
        group_id = op.insert("groups", values)
    else:
        group_id = group.id
        op.update("groups", group_id, values)
    add_members(op, group_id, customers)
    return group_id


def add_members(op: Operation, group_id: int, customers: Iterable[int]) -> int:
    """Adds customers to a group, each once; gives how many are new to it."""
    known = {one.customer_id for one in members(op, group_id)}
    new = [row[0] for row in op.rows(_THERE, (json.dumps([*customers]),)) if row[0] not in known]
    for customer in new:
        op.insert("group_members", {"group_id": group_id, "customer_id": customer})
    return len(new)


def remove_member(op: Operation, group_id: int, customer_id: int) -> None:
    """Takes a customer out of a group; who is not in it is left alone."""
    row_id = op.value("SELECT id FROM group_members WHERE group_id = ? AND customer_id = ?", (group_id, customer_id))
    if row_id is not None:
        op.delete("group_members", row_id)


def delete_group(op: Operation, group_id: int) -> None:
    """Deletes a group; its events stay. Can be undone."""
    op.delete("groups", group_id)


def gatherings(db: Queries) -> tuple[GatheringRow, ...]:
    """All events, the latest first."""
    return tuple(_gathering(row) for row in db.rows(_GATHERINGS, {"id": None}))


def gathering(db: Queries, gathering_id: int) -> GatheringRow:
    """One event. LookupError where it is gone."""
    row = db.row(_GATHERINGS, {"id": gathering_id})
    if row is None:
        raise LookupError(f"there is no event {gathering_id}")
    return _gathering(row)


def _gathering(row: Any) -> GatheringRow:
    kept = Gathering(row["name"], date.fromisoformat(row["date"]), row["group_id"], row["note"], row["id"])
    return GatheringRow(kept, row["group_name"], row["invited"], row["coming"], row["came"])


def save_gathering(op: Operation, kept: Gathering) -> int:
    """Adds or changes an event and gives its id. UserError without a name."""
    name = as_name(kept.name)
    if not name:
        raise UserError(_("An event needs a name."), _("Write one, then save again."))
    values = {
        "name": name, "date": kept.date.isoformat(), "group_id": kept.group_id, "note": as_said(kept.note),
    }  # fmt: skip
    if kept.id is None:
        return op.insert("gatherings", values)
    op.update("gatherings", kept.id, values)
    return kept.id


def delete_gathering(op: Operation, gathering_id: int) -> None:
    """Deletes an event with its list of guests. Can be undone."""
    op.delete("gatherings", gathering_id)


def guests(db: Queries, gathering_id: int) -> tuple[Guest, ...]:
    """Who is on the list of an event, by name."""
    return tuple(Guest(*row) for row in db.rows(_GUESTS, (gathering_id,)))


def may_invite(db: Queries, gathering_id: int, customers: Sequence[int]) -> Allowed:
    """Who of these may be invited in writing and is not on the list yet; and who may not, with the reason."""
    listed = {one.customer_id for one in guests(db, gathering_id)}
    return may(db, [one for one in customers if one not in listed], own_matter=False)


def invite(op: Operation, gathering_id: int, customers: Sequence[int]) -> tuple[int, ...]:
    """Puts those who may be invited on the list of an event; gives who is new on it.

    Asked again here, whatever was asked before: somebody may have said no meanwhile.
    """
    allowed = may_invite(op, gathering_id, customers).yes
    for customer in allowed:
        op.insert("attendances", {"gathering_id": gathering_id, "customer_id": customer, "state": "invited"})
    return allowed


def note_guest(op: Operation, gathering_id: int, customer_id: int, state: str) -> int:
    """Somebody who was spoken to, or simply came: on the list with that state, whatever may be written to them."""
    known = op.value(
        "SELECT id FROM attendances WHERE gathering_id = ? AND customer_id = ?", (gathering_id, customer_id)
    )
    if known is None:
        return op.insert("attendances", {"gathering_id": gathering_id, "customer_id": customer_id, "state": state})
    set_state(op, known, state)
    return int(known)


def set_state(op: Operation, attendance_id: int, state: str) -> None:
    """What a guest said, or that they came. ValueError for another word."""
    if state not in STATES:
        raise ValueError(f"{state} is no state of an invitation")
    op.update("attendances", attendance_id, {"state": state})


def remove_guest(op: Operation, attendance_id: int) -> None:
    """Takes somebody off the list of an event. Can be undone."""
    op.delete("attendances", attendance_id)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
