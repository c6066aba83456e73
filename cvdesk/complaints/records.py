"""A complaint, its stages and its deadlines: received, acknowledged, assessed, resolved, customer told, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import SEVERITIES
from cvdesk.complaints.records_due import OPEN_STAGES, deadline_of
from cvdesk.wording import _

STAGES = ("received", "acknowledged", "assessed", "resolved", "told", "closed")
OUTCOMES = ("accepted", "not_accepted", "spam", "duplicate")
# What is no complaint at all may be closed from any stage.
_NO_CASE = ("spam", "duplicate")
# A complaint may skip ahead (put right at the counter, at once), but is closed only when the customer was told.
_NEXT: Mapping[str, tuple[str, ...]] = {
    "received": ("acknowledged", "assessed", "resolved"),
    "acknowledged": ("assessed", "resolved"),
    "assessed": ("resolved", "told"),
    "resolved": ("told",),
    "told": ("closed",),
    "closed": (),
}
_REOPENED_FROM = ("resolved", "told", "closed")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A case. `number` is given when it is saved; costs are in minor units; `valid` None: not yet decided."""

    date: dt.date
    text: str = ""
    customer_id: int | None = None
    entry_id: int | None = None
    channel_id: int | None = None
    offering_id: int | None = None
    time: str | None = None
    severity: str = "minor"
    stage: str = "received"
    valid: bool | None = None
    cause: str = ""
    outcome: str | None = None
    resolution: str = ""
    handler_id: int | None = None
    cost_minor: int | None = None
    acknowledge_by: dt.date | None = None
    resolve_by: dt.date | None = None
    acknowledged: dt.date | None = None
    resolved: dt.date | None = None
    told: dt.date | None = None
    closed: dt.date | None = None
    repeat_of: int | None = None
    source: str = ""
    source_id: str | None = None
    themes: tuple[int, ...] = ()
    number: int | None = None
    id: int | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits to be put right."""
        return self.stage in OPEN_STAGES

    def overdue(self, today: dt.date) -> bool:
        """Whether it should have been acknowledged or put right before today."""
        deadline = deadline_of(self.stage, self.acknowledge_by, self.resolve_by)
        return deadline is not None and deadline.day < today


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a case as it was taken."""

    stage: str
    date: dt.date
    note: str = ""
    time: str | None = None
    staff_id: int | None = None
    cost_minor: int | None = None
    id: int | None = None


def may_follow(complaint: Complaint, outcome: str | None = None) -> tuple[str, ...]:
    """The steps this case may take now; `reopened` among them for one that was put right or closed."""
    steps = list(_NEXT[complaint.stage])
    if complaint.open and complaint.acknowledged is None and "acknowledged" not in steps:
        steps.insert(0, "acknowledged")
    if outcome in _NO_CASE and complaint.stage != "closed":
        steps.append("closed")
    if complaint.stage in _REOPENED_FROM:
        steps.append("reopened")
    return tuple(dict.fromkeys(steps))


def stage_after(events: Iterable[Event]) -> str:
    """The stage a case is in after these steps, oldest first."""
    stage, assessed = "received", False
    for event in events:
        if event.stage == "reopened":
            stage = "assessed" if assessed else "acknowledged"
        elif event.stage == "acknowledged":  # a late acknowledgement does not set a case back
            stage = "acknowledged" if stage == "received" else stage
        elif event.stage not in ("received", "note"):
            stage = event.stage
            assessed = assessed or stage == "assessed"
    return stage


def stage_name(stage: str) -> str:
    """What a stage or step is called on screen and paper."""
    return {
        "received": _("Received"),
        "acknowledged": _("Acknowledged"),
        "assessed": _("Assessed"),
        "resolved": _("Resolved"),
        "told": _("Customer told"),
        "closed": _("Closed"),
        "reopened": _("Reopened"),
        "note": _("Note"),
    }[stage]


def severity_name(severity: str) -> str:
    """What a severity is called on screen and paper."""
    return {"minor": _("Minor"), "moderate": _("Moderate"), "serious": _("Serious")}[severity]


def problems(complaint: Complaint, today: date | None = None) -> dict[str, str]:
    """What is wrong with a complaint, by field; empty when it can be saved."""
    found: dict[str, str] = {}
    if not complaint.text.strip() and complaint.entry_id is None:
        found["text"] = _("Write what the customer complained about.")
    if today is not None and complaint.date > today:
        found["date"] = _("This day is still to come.")
    if complaint.severity not in SEVERITIES:
        found["severity"] = _("Choose minor, moderate or serious.")
    if complaint.stage not in STAGES:
        found["stage"] = _("Choose one of the steps of a complaint.")
    if complaint.outcome is not None and complaint.outcome not in OUTCOMES:
        found["outcome"] = _("Choose how the complaint ended.")
    if complaint.cost_minor is not None and complaint.cost_minor < 0:
        found["cost_minor"] = _("A cost cannot be less than nothing.")
    if complaint.repeat_of is not None and complaint.repeat_of == complaint.id:
        found["repeat_of"] = _("A complaint cannot repeat itself.")
    for name in ("acknowledge_by", "resolve_by"):
        day = getattr(complaint, name)
        if day is not None and day < complaint.date:
            found[name] = _("This is before the complaint was received.")
    return found
