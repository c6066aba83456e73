"""SQL of steps that were noted wrongly: changing what one says, taking the last one back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from cvdesk.complaints import store
from cvdesk.complaints.records import Complaint, Event, stage_after
from cvdesk.complaints.store_targets import by_targets, clock, targets
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _
from cvdesk.wording.numbers import day as day_in_words
from cvdesk.wording.numbers import span

_DATED = ("acknowledged", "resolved", "told", "closed")


def change_step(op: Operation, complaint_id: int, changed: Event) -> None:
    """Puts a step right: its day, time, note, cost, and who took it. UserError for a day out of order.

    The day a complaint was received is changed with the complaint itself.
    """
    complaint = store.there(op, complaint_id)
    events = store.events(op, complaint_id)
    before = _found(events, changed.id)
    if before.stage == "received" and changed.date != before.date:
        raise ValueError("the day of receipt is the complaint's")
    if changed.date != before.date:
        _check_day(complaint, events, before, changed.date)
    values = _redated(op, complaint, events, before, changed)
    cost = (changed.cost_minor or 0) - (before.cost_minor or 0)
    if cost:
        values["cost_minor"] = max(0, (complaint.cost_minor or 0) + cost)
    op.update("complaint_events", before.id or 0, {
        "date": changed.date.isoformat(), "time": changed.time, "note": changed.note, "staff_id": changed.staff_id,
        "cost_minor": changed.cost_minor,
    })  # fmt: skip
    if values:
        op.update("complaints", complaint_id, values)


def may_take_back(events: Sequence[Event]) -> Event | None:
    """The step that can be taken back: the last one that is no note; None where only the receipt is left."""
    steps = [event for event in events if event.stage != "note"]
    return steps[-1] if steps and steps[-1].stage != "received" else None


def take_back(op: Operation, complaint_id: int, event_id: int) -> None:
    """Takes the last step back, or a note: the case stands as it did before, and its cost with it.

    UserError for any other step: those after it rest on it.
    """
    complaint = store.there(op, complaint_id)
    events = store.events(op, complaint_id)
    gone = _found(events, event_id)
    values: dict[str, Any] = {}
    if gone.stage != "note":
        if gone != may_take_back(events):
            raise UserError(
                _("Other steps rest on this one."), _("Take the later steps back first, or put this one's day right.")
            )
        left = [event for event in events if event.id != event_id]
        values = _stood(op, complaint, gone, left)
    if gone.cost_minor:
        values["cost_minor"] = max(0, (complaint.cost_minor or 0) - gone.cost_minor) or None
    op.delete("complaint_events", event_id)
    if values:
        op.update("complaints", complaint_id, values)


def _found(events: Sequence[Event], event_id: int | None) -> Event:
    for event in events:
        if event.id == event_id:
            return event
    raise UserError(_("This step was taken back meanwhile."), _("Look at the case again."))


def _check_day(complaint: Complaint, events: Sequence[Event], event: Event, day: date) -> None:
    """A step lies between its neighbours; a note at any time since the complaint was received."""
    earliest, latest = complaint.date, None
    if event.stage != "note":
        steps = [one for one in events if one.stage != "note"]
        place = steps.index(event)
        earliest = max([complaint.date, *(one.date for one in steps[:place])])
        latest = min((one.date for one in steps[place + 1 :]), default=None)
    if day < earliest:
        raise UserError(
            _("A step cannot be earlier than the one before it."),
            _("Choose {day} or later.").format(day=day_in_words(earliest)),
        )
    if latest is not None and day > latest:
        raise UserError(
            _("A step cannot be later than the one after it."),
            _("Choose a day from {span}.").format(span=span(earliest, latest)),
        )


def _redated(
    op: Operation, complaint: Complaint, events: Sequence[Event], before: Event, changed: Event
) -> dict[str, Any]:
    """What the case says of a step's day: of the last one of its kind only, since earlier ones were reopened."""
    values: dict[str, Any] = {}
    same = [event for event in events if event.stage == before.stage]
    if (changed.date, changed.time) == (before.date, before.time) or before != same[-1]:
        return values
    day = changed.date.isoformat()
    if before.stage in _DATED and getattr(complaint, before.stage) == before.date:
        values[before.stage] = day
    if before.stage == "told" and complaint.resolved == before.date and not _resolved_by_itself(events):
        values["resolved"] = day  # telling the customer settled it
    if before.stage == "reopened":
        _acknowledge, resolve = by_targets(op, clock(op, complaint.id or 0), (None, complaint.resolve_by))
        if resolve:
            values["resolve_by"] = targets(op).resolve_by(changed.date, complaint.severity, changed.time).isoformat()
    return values


def _resolved_by_itself(events: Sequence[Event]) -> bool:
    """Whether the case was put right in a step of its own since it was last reopened."""
    since: list[str] = []
    for event in events:
        since = [] if event.stage == "reopened" else [*since, event.stage]
    return "resolved" in since


def _stood(op: Operation, complaint: Complaint, gone: Event, left: Sequence[Event]) -> dict[str, Any]:
    """The columns of a case before its last step."""
    image = _image(op, complaint.id or 0, gone.id or 0)
    values: dict[str, Any] = {"stage": image["stage"] if image else stage_after(left)}
    if gone.stage == "reopened":
        kept = ["resolved", "told", "closed", "outcome", "resolve_by"]
        if not any(event.stage == "acknowledged" for event in left):
            kept.append("acknowledged")
        return values | {name: image[name] for name in kept} if image else values | _ended(left)
    if gone.stage in _DATED:
        values[gone.stage] = None
    if gone.stage == "acknowledged" and any(event.stage == "acknowledged" for event in left):
        del values["acknowledged"]
    if gone.stage == "told" and not _resolved_by_itself(left):
        values["resolved"] = None
    if gone.stage == "closed":
        values["outcome"] = None
    if gone.stage == "assessed" and not any(event.stage == "assessed" for event in left):
        values["valid"] = None
    return values


def _ended(left: Sequence[Event]) -> dict[str, Any]:
    """The days on which a case ended, by its steps; where nothing is kept of how the case stood."""
    days = {event.stage: event.date.isoformat() for event in left if event.stage in ("resolved", "told", "closed")}
    return {"resolved": days.get("resolved", days.get("told")), "told": days.get("told"), "closed": days.get("closed")}


_IMAGE = """
SELECT before FROM changes WHERE table_name = 'complaints' AND row_id = ?1 AND action = 'update' AND operation_id = (
    SELECT max(operation_id) FROM changes
    WHERE table_name = 'complaint_events' AND action = 'insert' AND row_id = ?2)
ORDER BY id LIMIT 1
"""


def _image(db: Queries, complaint_id: int, event_id: int) -> dict[str, Any]:
    """The case as it stood before the operation that took a step; empty where nothing is kept of it."""
    kept = db.value(_IMAGE, (complaint_id, event_id))
    return {} if kept is None else dict(json.loads(kept))
