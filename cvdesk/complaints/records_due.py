"""What a case waits for and until when, in words."""

from __future__ import annotations

from datetime import date

from cvdesk.complaints.records import OPEN_STAGES, Complaint
from cvdesk.wording import _, ngettext


def due_day(stage: str, acknowledge_by: date | None, resolve_by: date | None) -> date | None:
    """The next deadline of an open case; None for one that is resolved, or that has none."""
    if stage not in OPEN_STAGES:
        return None
    days = [resolve_by] if stage != "received" else [acknowledge_by, resolve_by]
    return min((day for day in days if day is not None), default=None)


def due_in_words(day: date, today: date) -> str:
    """How far away a deadline is: 2 days overdue, due today, due tomorrow, in 5 days."""
    left = (day - today).days
    if left < 0:
        return ngettext("{days} day overdue", "{days} days overdue", -left).format(days=-left)
    if left == 0:
        return _("due today")
    if left == 1:
        return _("due tomorrow")
    return ngettext("in {days} day", "in {days} days", left).format(days=left)


def kept_in_words(until: date, done: date) -> str:
    """Whether a deadline was kept: in time, 2 days late."""
    late = (done - until).days
    return ngettext("{days} day late", "{days} days late", late).format(days=late) if late > 0 else _("in time")


def next_step(complaint: Complaint) -> str:
    """The step that comes next in the ordinary course of a case; `reopened` for a closed one."""
    if complaint.stage == "assessed":
        return "resolved" if complaint.valid is not False else "told"
    return {
        "received": "acknowledged", "acknowledged": "assessed", "resolved": "told", "told": "closed",
        "closed": "reopened",
    }[complaint.stage]  # fmt: skip


def step_ahead(step: str) -> str:
    """What comes next, beside the stage."""
    return {
        "acknowledged": _("next: acknowledge it"), "assessed": _("next: assess it"),
        "resolved": _("next: resolve it"), "told": _("next: tell the customer"), "closed": _("next: close it"),
    }[step]  # fmt: skip


def step_button(step: str) -> str:
    """What the button for a step says; … where it asks something first."""
    return {
        "acknowledged": _("Acknowledge"), "assessed": _("Assess…"), "resolved": _("Resolve…"),
        "told": _("Customer told"), "closed": _("Close…"), "reopened": _("Reopen…"), "note": _("Add a note…"),
    }[step]  # fmt: skip


def step_heading(step: str, number: int) -> str:
    """What stands above the form of a step."""
    return {
        "acknowledged": _("Acknowledge #{number}"), "assessed": _("Assess #{number}"),
        "resolved": _("Resolve #{number}"), "told": _("Customer told about #{number}"),
        "closed": _("Close #{number}"), "reopened": _("Reopen #{number}"), "note": _("Note on #{number}"),
    }[step].format(number=number)  # fmt: skip


def step_done(step: str, number: int) -> str:
    """What is said when a step was taken."""
    return {
        "acknowledged": _("#{number} acknowledged"), "assessed": _("#{number} assessed"),
        "resolved": _("#{number} resolved"), "told": _("#{number}: customer told"),
        "closed": _("#{number} closed"), "reopened": _("#{number} reopened"),
        "note": _("Note added to #{number}"),
    }[step].format(number=number)  # fmt: skip
