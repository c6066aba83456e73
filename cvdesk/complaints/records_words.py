"""The steps of a case in words: what comes next, what buttons and headings say, what is confirmed."""

from __future__ import annotations

from cvdesk.complaints.records import Complaint
from cvdesk.wording import _


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
        "told": _("Customer told…"), "closed": _("Close…"), "reopened": _("Reopen…"), "note": _("Add a note…"),
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
