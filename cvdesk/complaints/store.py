"""SQL of complaints: saving, taking the steps of a case, reading one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cvdesk.complaints.records import Complaint, Event, may_follow, problems, stage_name
from cvdesk.complaints.store_targets import by_targets, clock, targets
from cvdesk.customers.store import segment_of
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _
from cvdesk.wording.numbers import day as day_in_words

_PLAIN = (
    "text", "customer_id", "entry_id", "channel_id", "offering_id", "time", "severity", "stage", "cause", "outcome",
    "resolution", "handler_id", "cost_minor", "repeat_of", "source", "source_id",
)  # fmt: skip
_DAYS = ("date", "acknowledge_by", "resolve_by", "acknowledged", "resolved", "told", "closed")
# What steps decide: a form that was opened before the last of them was taken or taken back must not bring it again.
_OF_STEPS = ("stage", "acknowledged", "resolved", "told", "closed", "valid", "outcome", "cost_minor")
# Which column remembers the day of a step.
_DAY_OF = {"acknowledged": "acknowledged", "resolved": "resolved", "told": "told", "closed": "closed"}


def save(op: Operation, complaint: Complaint, staff_id: int | None = None) -> int:
    """Adds a complaint with the next number and its deadlines, or changes what one says; gives the id.

    Steps are taken by `step`: what is changed here leaves what they decide alone. Another severity or day
    moves a deadline that stood where the targets had put it. `staff_id`: who takes in a new one.
    """
    wrong = problems(complaint)
    if wrong:
        raise UserError(next(iter(wrong.values())), _("Put this right and save again."))
    if complaint.id is None:
        complaint_id = _add(op, complaint, staff_id)
    else:
        complaint_id = complaint.id
        _change(op, complaint, there(op, complaint_id))
    _save_themes(op, complaint_id, complaint.themes)
    return complaint_id


def _add(op: Operation, complaint: Complaint, staff_id: int | None) -> int:
    aims = targets(op)
    day, severity, time = complaint.date, complaint.severity, complaint.time
    number = complaint.number or int(op.value("SELECT COALESCE(max(number), 0) + 1 FROM complaints"))
    values = _values(complaint) | {
        "number": number,
        "stage": "received",
        "segment_id": segment_of(op, complaint.customer_id),
        "acknowledge_by": (complaint.acknowledge_by or aims.acknowledge_by(day, severity, time)).isoformat(),
        "resolve_by": (complaint.resolve_by or aims.resolve_by(day, severity, time)).isoformat(),
    }
    complaint_id = op.insert("complaints", values)
    _note_event(op, complaint_id, Event("received", day, time=time, staff_id=staff_id))
    return complaint_id


def _change(op: Operation, complaint: Complaint, before: Complaint) -> None:
    values = _values(complaint)
    for name in _OF_STEPS:
        del values[name]
    values |= _moved(op, complaint, before)
    if complaint.customer_id != before.customer_id:
        values["segment_id"] = segment_of(op, complaint.customer_id)
    op.update("complaints", _id(complaint), values)
    if (complaint.date, complaint.time) != (before.date, before.time):
        received = op.value(
            "SELECT id FROM complaint_events WHERE complaint_id = ? AND stage = 'received'", (complaint.id,)
        )
        if received is not None:
            op.update("complaint_events", received, {"date": complaint.date.isoformat(), "time": complaint.time})


def _moved(op: Operation, complaint: Complaint, before: Complaint) -> dict[str, str]:
    """Deadlines that follow another severity or day of receipt, unless somebody had set or sets them by hand."""
    seen = clock(op, _id(complaint))
    acknowledge, resolve = by_targets(op, seen, (before.acknowledge_by, before.resolve_by))
    if (complaint.date, complaint.time, complaint.severity) == (before.date, before.time, before.severity):
        return {}
    aims, values = targets(op), {}
    starts, at = (complaint.date, complaint.time) if seen.starts == seen.received else (seen.starts, seen.starts_at)
    if acknowledge and complaint.acknowledge_by in (None, before.acknowledge_by):
        values["acknowledge_by"] = aims.acknowledge_by(complaint.date, complaint.severity, complaint.time).isoformat()
    if resolve and complaint.resolve_by in (None, before.resolve_by):
        values["resolve_by"] = aims.resolve_by(starts, complaint.severity, at).isoformat()
    return values


def _values(complaint: Complaint) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(complaint, name) for name in _PLAIN}
    for name in _DAYS:
        day = getattr(complaint, name)
        values[name] = None if day is None else day.isoformat()
    values["valid"] = None if complaint.valid is None else int(complaint.valid)
    return values


def _save_themes(op: Operation, complaint_id: int, themes: tuple[int, ...]) -> None:
    rows = op.rows("SELECT theme_id, id FROM complaint_themes WHERE complaint_id = ?", (complaint_id,))
    kept = {row["theme_id"]: row["id"] for row in rows}
    for theme in kept.keys() - set(themes):
        op.delete("complaint_themes", kept[theme])
    for theme in dict.fromkeys(themes):
        if theme not in kept:
            op.insert("complaint_themes", {"complaint_id": complaint_id, "theme_id": theme})


def step(
    op: Operation,
    complaint_id: int,
    stage: str,
    date: date,
    note: str = "",
    *,
    time: str | None = None,
    staff_id: int | None = None,
    cost_minor: int | None = None,
    **said: Any,
) -> None:
    """Takes a case to its next stage (or `reopened`, or adds a `note`). UserError when the order forbids it.

    `said`: what the step decides, as columns: valid, severity, cause, handler_id (assessed), resolution (resolved),
    outcome (closed). `cost_minor` is what this step cost and adds to the cost of the case. UserError, too, when the
    case was deleted meanwhile.
    """
    before = there(op, complaint_id)
    if stage != "note":
        _check_order(op, before, stage, date, said.get("outcome"))
    values = {name: int(value) if isinstance(value, bool) else value for name, value in said.items()}
    if "severity" in said:
        _change(op, replace(before, severity=said["severity"]), before)
    if cost_minor:
        values["cost_minor"] = (before.cost_minor or 0) + cost_minor
    if stage == "reopened":
        values |= _reopened(op, replace(before, severity=said.get("severity", before.severity)), date, time)
    elif stage != "note":
        if not (
            stage == "acknowledged" and before.stage != "received"
        ):  # a late acknowledgement does not set a case back
            values["stage"] = stage
        if stage in _DAY_OF:
            values[_DAY_OF[stage]] = date.isoformat()
        if stage == "told" and before.resolved is None:  # found not to be our fault: telling so settles it
            values["resolved"] = date.isoformat()
    if values:
        op.update("complaints", complaint_id, values)
    _note_event(op, complaint_id, Event(stage, date, note, time, staff_id, cost_minor))


def _check_order(op: Operation, complaint: Complaint, stage: str, day: date, outcome: str | None) -> None:
    allowed = may_follow(complaint, outcome)
    if stage not in allowed:
        wanted = ", ".join(stage_name(name) for name in allowed)
        raise UserError(
            _("“{stage}” cannot follow “{before}”.").format(
                stage=stage_name(stage), before=stage_name(complaint.stage)
            ),
            _("What can come next: {stages}.").format(stages=wanted) if wanted else _("Reopen the complaint first."),
        )
    latest = op.value(
        "SELECT max(date) FROM complaint_events WHERE complaint_id = ? AND stage <> 'note'", (complaint.id,)
    )
    earliest = max(latest or "", complaint.date.isoformat())
    if day.isoformat() < earliest:
        raise UserError(
            _("A step cannot be earlier than the one before it."),
            _("Choose {day} or later.").format(day=day_in_words(date.fromisoformat(earliest))),
        )


def _reopened(op: Operation, complaint: Complaint, day: date, time: str | None) -> dict[str, Any]:
    """A reopened case is where it was before it was put right, with a new clock."""
    return {
        "stage": "assessed" if complaint.valid is not None else "acknowledged",
        "acknowledged": (complaint.acknowledged or day).isoformat(),
        "resolved": None,
        "told": None,
        "closed": None,
        "outcome": None,
        "resolve_by": targets(op).resolve_by(day, complaint.severity, time).isoformat(),
    }


def reopen(op: Operation, complaint_id: int, day: date, note: str = "", staff_id: int | None = None) -> None:
    """Takes up again a case that was put right or closed."""
    step(op, complaint_id, "reopened", day, note, staff_id=staff_id)


def _note_event(op: Operation, complaint_id: int, event: Event) -> None:
    op.insert("complaint_events", {
        "complaint_id": complaint_id, "stage": event.stage, "date": event.date.isoformat(), "time": event.time,
        "staff_id": event.staff_id, "note": event.note, "cost_minor": event.cost_minor,
    })  # fmt: skip


_ENTRY = "SELECT date, time, text, customer_id, channel_id, offering_id, severity, staff_id FROM entries WHERE id = ?"
_ENTRY_THEMES = "SELECT theme_id FROM entry_themes WHERE entry_id = ? AND state = 'confirmed' ORDER BY main DESC, id"


def from_entry(op: Operation, entry_id: int, severity: str | None = None) -> int:
    """Makes a complaint of an entry: same day, words, customer and themes; gives the one there is when made before."""
    known = op.value("SELECT id FROM complaints WHERE entry_id = ? ORDER BY id LIMIT 1", (entry_id,))
    if known is not None:
        return int(known)
    row = op.row(_ENTRY, (entry_id,))
    if row is None:
        raise LookupError(f"there is no entry {entry_id}")
    themes = tuple(item[0] for item in op.rows(_ENTRY_THEMES, (entry_id,)))
    return save(op, Complaint(
        date=date.fromisoformat(row["date"]), time=row["time"], text=row["text"], entry_id=entry_id,
        customer_id=row["customer_id"], channel_id=row["channel_id"], offering_id=row["offering_id"],
        severity=severity or row["severity"] or "minor", themes=themes,
    ), row["staff_id"])  # fmt: skip


def delete(op: Operation, complaint_id: int) -> None:
    """Deletes a complaint with its steps. Can be undone."""
    op.delete("complaints", complaint_id)


def get(db: Queries, complaint_id: int) -> Complaint:
    """A complaint; raises LookupError for an unknown id."""
    row = db.row("SELECT * FROM complaints WHERE id = ?", (complaint_id,))
    if row is None:
        raise LookupError(f"there is no complaint {complaint_id}")
    values: dict[str, Any] = {name: row[name] for name in _PLAIN}
    values |= {name: date.fromisoformat(row[name]) if row[name] else None for name in _DAYS}
    themes = db.rows("SELECT theme_id FROM complaint_themes WHERE complaint_id = ? ORDER BY id", (complaint_id,))
    return Complaint(
        **values,
        valid=None if row["valid"] is None else bool(row["valid"]),
        themes=tuple(item[0] for item in themes),
        number=row["number"],
        id=complaint_id,
    )


def there(db: Queries, complaint_id: int) -> Complaint:
    """A complaint somebody is at work on; UserError when it was deleted meanwhile."""
    try:
        return get(db, complaint_id)
    except LookupError as error:
        raise UserError(
            _("This complaint was deleted meanwhile."), _("Undo brings it back; then what you typed can be saved.")
        ) from error


_EVENTS = """
SELECT stage, date, note, time, staff_id, cost_minor, id FROM complaint_events WHERE complaint_id = ? ORDER BY date, id
"""


def events(db: Queries, complaint_id: int) -> list[Event]:
    """The steps of a case, oldest first."""
    return [Event(row[0], date.fromisoformat(row[1]), *row[2:]) for row in db.rows(_EVENTS, (complaint_id,))]


def _id(complaint: Complaint) -> int:
    if complaint.id is None:
        raise ValueError("the complaint was never saved")
    return complaint.id


__all__ = [
    "delete", "events", "from_entry", "get", "reopen", "save", "step", "targets", "there",
]  # fmt: skip
