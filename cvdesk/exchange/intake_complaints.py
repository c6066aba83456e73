"""Rows that become complaints."""

from __future__ import annotations

from datetime import date
from typing import Any

from cvdesk.complaints.records import STAGES
from cvdesk.complaints.store import targets
from cvdesk.db import Queries
from cvdesk.db.staging import Staging
from cvdesk.exchange.already import Already
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.cells import RejectedRow
from cvdesk.exchange.intake import Intake, clock_of
from cvdesk.exchange.plan import Plan
from cvdesk.exchange.values import severity_of, stage_of
from cvdesk.wording import _

_COMPLAINT = (
    "number",
    "date",
    "time",
    "customer_id",
    "channel_id",
    "offering_id",
    "segment_id",
    "text",
    "severity",
    "stage",
    "resolution",
    "acknowledge_by",
    "resolve_by",
    "resolved",
    "closed",
    "source_id",
)
_DONE = ("resolved", "told", "closed")
_STATE = "SELECT id, stage, date, resolution FROM complaints WHERE id = ?"


class ComplaintIntake(Intake):
    """Rows that become complaints, with the steps that follow from a closing date and no others."""

    def __init__(self, db: Queries, plan: Plan, blocks: Blocks, staging: Staging, today: date) -> None:
        super().__init__(db, plan, blocks, staging, today)
        self._already = Already(db, "complaints", self.former)
        self._targets = targets(db)
        self._number = int(db.value("SELECT COALESCE(max(number), 0) FROM complaints"))
        self._reached: dict[int, str] = {}  # by rows of this list: a case may stand in it more than once

    def take(self, row: list[str]) -> str:
        """Takes one row in."""
        cells = self.cells
        day, time = cells.day(row, "date")
        if day is None:
            raise RejectedRow(_("the date is missing"))
        if time is None and cells.has("time"):
            time = clock_of(cells.text(row, "time"))
        closed, closed_time = cells.day(row, "closed")
        if closed is not None and closed < day:
            raise RejectedRow(_("it was closed before it was received"))
        text, theme_cell, resolution = self._text(row, "text"), cells.text(row, "theme"), self._text(row, "resolution")
        source_id = cells.text(row, "id")
        if not text and self.nothing(theme_cell) and not source_id:
            raise RejectedRow(_("it does not say what the complaint is about"))
        stage, closed = self._stage_of(row, closed, resolution)
        customer, others, person = self._customers(row)
        if source_id:
            known = self._already.by_id(source_id, day, text)
            if known is not None:
                return self._follow_up(known, stage, closed, closed_time, resolution)
            if self._already.twice_here(source_id, day, text):
                return "skipped"
        candidates = others if person is not None else [customer]
        if self._already.by_words(candidates, day, text, None, bool(source_id)):
            return "skipped"
        if person is not None:
            customer = self._make(row, person, others)
        complaint = self._blocks.next("complaints")
        self._number += 1
        segment = self.crowd.known.segments.get(customer) if customer is not None else None
        severity = self._severity(row)
        done = closed if stage in _DONE else None
        self._stage(
            "complaints",
            _COMPLAINT,
            (
                complaint,
                self._number,
                day,
                time,
                customer,
                self.channels.id_of(cells.text(row, "channel")),
                self.offerings.id_of(cells.text(row, "offering")),
                segment,
                text,
                severity,
                stage,
                "" if self.nothing(resolution) else resolution,
                *self._deadlines(day, time, severity, stage),
                done,
                closed if stage == "closed" else None,
                source_id or None,
            ),
        )
        self._steps(complaint, day, time, stage, done, closed_time)
        for theme in self._themes_of(theme_cell):
            about = (self._blocks.next("complaint_themes"), complaint, theme)
            self._stage("complaint_themes", ("complaint_id", "theme_id"), about)
        return "added"

    def _steps(
        self, complaint: int, day: str, time: str | None, stage: str, done: str | None, done_time: str | None
    ) -> None:
        columns = ("complaint_id", "stage", "date", "time")
        self._stage(
            "complaint_events", columns, (self._blocks.next("complaint_events"), complaint, "received", day, time)
        )
        if done is not None:
            for step in ("resolved", "closed") if stage == "closed" else ("resolved",):
                self._stage(
                    "complaint_events",
                    columns,
                    (self._blocks.next("complaint_events"), complaint, step, done, done_time),
                )

    def _stage_of(self, row: list[str], closed: str | None, resolution: str) -> tuple[str, str | None]:
        """(stage, closing date) from status, closing date and, without a status column, what was answered."""
        status = self.cells.text(row, "status")
        if self.nothing(status) and not self.cells.has("status"):
            worded = stage_of(resolution)
            stage = worded if worded in ("closed", "received") else None
        else:
            stage = stage_of(status)
            if stage is None and not self.nothing(status):
                self.tally.wondered("status")
        if closed is not None and (stage is None or stage in _DONE):
            return ("resolved" if stage == "resolved" else "closed"), closed
        return stage or "received", None

    def _deadlines(self, day: str, time: str | None, severity: str, stage: str) -> tuple[str | None, str | None]:
        """(acknowledge by, put right by) of a case that is still open, as the business's targets say."""
        if stage in _DONE:
            return None, None
        received, targets = date.fromisoformat(day), self._targets
        return (
            targets.acknowledge_by(received, severity, time).isoformat(),
            targets.resolve_by(received, severity, time).isoformat(),
        )

    def _severity(self, row: list[str]) -> str:
        word = self.cells.text(row, "severity")
        found = severity_of(word)
        if found is None and not self.nothing(word):
            self.tally.wondered("severity")
        return found or "minor"

    def _follow_up(
        self, complaint: int, stage: str, closed: str | None, closed_time: str | None, resolution: str
    ) -> str:
        """A complaint that is there: what the source has since closed is closed, nothing else is changed."""
        before = self._db.row(_STATE, (complaint,))
        if before is None or stage not in _DONE:
            return "skipped"
        reached = self._reached.get(complaint, before["stage"])
        if STAGES.index(stage) <= STAGES.index(reached):
            return "skipped"
        self._reached[complaint] = stage
        values: dict[str, Any] = {"stage": stage}
        if closed is not None:
            values |= {"resolved": closed, **({"closed": closed} if stage == "closed" else {})}
            self.events += [
                {"complaint_id": complaint, "stage": step, "date": closed, "time": closed_time}
                for step in (("resolved", "closed") if stage == "closed" else ("resolved",))
                if STAGES.index(step) > STAGES.index(reached)
            ]
        if resolution and not self.nothing(resolution) and not before["resolution"]:
            values["resolution"] = resolution
        self.updates.append(("complaints", complaint, values))
        return "updated"
