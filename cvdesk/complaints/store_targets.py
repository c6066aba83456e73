"""SQL of the targets: keeping them, and giving cases the deadlines that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.complaints.records_due import Opening, Targets
from cvdesk.complaints.store_due import OPEN
from cvdesk.db import Operation, Queries

_KEY = "complaint_targets"
# Targets that were in force before: deadlines they gave are still known for such, and move with the severity.
_FORMER_KEPT = 8


def targets(db: Queries) -> Targets:
    """The business's targets for answering complaints."""
    return _targets(catalogue.setting(db, _KEY, {}))


def _targets(saved: Mapping[str, Any]) -> Targets:
    standard = Targets()
    acknowledge = saved.get("acknowledge", {})
    if isinstance(acknowledge, int):  # as it was kept when it was the same for all severities
        acknowledge = dict.fromkeys(standard.acknowledge, acknowledge)
    hours = tuple(None if one is None else (one[0], one[1]) for one in saved.get("hours", standard.opening.hours))
    return Targets(
        {**standard.acknowledge, **acknowledge},
        {**standard.resolve, **saved.get("resolve", {})},
        bool(saved.get("open_days", False)),
        Opening(hours, frozenset(date.fromisoformat(day) for day in saved.get("closed", ()))),
    )


def _saved(chosen: Targets) -> dict[str, Any]:
    return {
        "acknowledge": dict(chosen.acknowledge), "resolve": dict(chosen.resolve), "open_days": chosen.open_days,
        "hours": [None if hours is None else list(hours) for hours in chosen.opening.hours],
        "closed": sorted(day.isoformat() for day in chosen.opening.closed),
    }  # fmt: skip


def save_targets(op: Operation, chosen: Targets, move_open: bool = False) -> None:
    """Keeps the targets; cases already open keep their dates unless `move_open`."""
    before: dict[str, Any] = dict(catalogue.setting(op, _KEY, {}))
    former = [_saved(_targets(before)), *before.pop("former", [])]
    catalogue.save_setting(op, _KEY, _saved(chosen) | {"former": former[:_FORMER_KEPT]})
    if move_open:
        for row in op.rows(f"SELECT id FROM complaints WHERE {OPEN}"):
            case = clock(op, row[0])
            op.update("complaints", row[0], {
                "acknowledge_by": chosen.acknowledge_by(case.received, case.severity, case.time).isoformat(),
                "resolve_by": chosen.resolve_by(case.starts, case.severity, case.starts_at).isoformat(),
            })  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clock:
    """From when the clocks of a case run: to acknowledge since it came in, to resolve since it was last reopened."""

    received: date
    time: str | None
    starts: date
    starts_at: str | None
    severity: str


_CLOCK = """
SELECT complaints.date, complaints.time, complaints.severity, again.date AS again, again.time AS again_at
FROM complaints LEFT JOIN complaint_events AS again ON again.id = (
    SELECT id FROM complaint_events WHERE complaint_id = complaints.id AND stage = 'reopened'
    ORDER BY date DESC, id DESC LIMIT 1)
WHERE complaints.id = ?
"""


def clock(db: Queries, complaint_id: int) -> Clock:
    """The clock of a case; raises LookupError for an unknown id."""
    row = db.row(_CLOCK, (complaint_id,))
    if row is None:
        raise LookupError(f"there is no complaint {complaint_id}")
    received = date.fromisoformat(row["date"])
    if row["again"] is None:
        return Clock(received, row["time"], received, row["time"], row["severity"])
    return Clock(received, row["time"], date.fromisoformat(row["again"]), row["again_at"], row["severity"])


def by_targets(op: Operation, before: Clock, deadlines: tuple[date | None, date | None]) -> tuple[bool, bool]:
    """Whether (acknowledge by, resolve by) of a case stand where targets, today's or former ones, had put them."""
    saved: dict[str, Any] = catalogue.setting(op, _KEY, {})
    aims = [_targets(saved), *(_targets(one) for one in saved.get("former", ()))]
    return (
        any(deadlines[0] == aim.acknowledge_by(before.received, before.severity, before.time) for aim in aims),
        any(deadlines[1] == aim.resolve_by(before.starts, before.severity, before.starts_at) for aim in aims),
    )
