"""What was changed of a complaint since it came into the file, in sentences: who, when, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.complaints.records_evidence import Changed
from cvdesk.db import Queries
from cvdesk.db.history import Image, RowChange, history
from cvdesk.wording import _
from cvdesk.wording.figures import outcome_name, severity_name, stage_name
from cvdesk.wording.numbers import day, money

_NAMES: Mapping[str, str] = {
    "customer_id": "SELECT name FROM customers WHERE id = ?", "handler_id": "SELECT name FROM staff WHERE id = ?",
    "offering_id": "SELECT name FROM offerings WHERE id = ?", "channel_id": "SELECT name FROM channels WHERE id = ?",
    "repeat_of": "SELECT '#' || number FROM complaints WHERE id = ?",
    "theme_id": "SELECT name FROM themes WHERE id = ?",
    "attachment_id": "SELECT name FROM attachments WHERE id = ?",
}  # fmt: skip
_FIELDS: Mapping[str, Callable[[], str]] = {
    "text": lambda: _("The customer's words were changed from {before} to {after}."),
    "date": lambda: _("The day it was received was changed from {before} to {after}."),
    "severity": lambda: _("The severity was changed from {before} to {after}."),
    "customer_id": lambda: _("Whose complaint it is was changed from {before} to {after}."),
    "handler_id": lambda: _("Who sees to it was changed from {before} to {after}."),
    "offering_id": lambda: _("What it is about was changed from {before} to {after}."),
    "channel_id": lambda: _("How it came in was changed from {before} to {after}."),
    "acknowledge_by": lambda: _("The day to acknowledge it by was changed from {before} to {after}."),
    "resolve_by": lambda: _("The day to put it right by was changed from {before} to {after}."),
    "valid": lambda: _("Whether the complaint is right was changed from {before} to {after}."),
    "cause": lambda: _("The cause was changed from {before} to {after}."),
    "outcome": lambda: _("The outcome was changed from {before} to {after}."),
    "resolution": lambda: _("What was done about it was changed from {before} to {after}."),
    "cost_minor": lambda: _("The cost was changed from {before} to {after}."),
    "repeat_of": lambda: _("Which complaint it repeats was changed from {before} to {after}."),
}
_STEP_FIELDS = ("date", "time", "note", "staff_id", "cost_minor")


def changes(db: Queries, complaint_id: int) -> Iterator[Changed]:
    """Every step that changed the complaint or what belongs to it, the oldest first; those that changed nothing a
    person would see are left out."""
    words = _Words(db)
    for step in reversed(history(db, "complaints", complaint_id)):
        lines = tuple(line for change in step.changes for line in words.lines(change))
        if not lines:
            continue
        if step.kind == "undo":
            lines = (_("Taken back: {step}.").format(step=step.label), *lines)
        elif step.kind == "redo":
            lines = (_("Done again: {step}.").format(step=step.label), *lines)
        yield Changed(step.at, step.who, lines)


class _Words:
    """Says what a change was; asks the file for names."""

    def __init__(self, db: Queries) -> None:
        self._db = db
        self._currency = catalogue.business(db).currency

    def lines(self, change: RowChange) -> list[str]:
        if change.table == "complaints":
            return self._complaint(change)
        row = change.after or change.before
        if row is None:
            return []
        if change.table == "complaint_events":
            return self._step(change, row)
        if change.table == "complaint_themes":
            what = _("the theme “{name}”").format(name=self._value("theme_id", row["theme_id"]))
        else:
            what = _("the file “{name}”").format(name=self._value("attachment_id", row["attachment_id"]))
        if change.before is None:
            return [_("Added: {what}.").format(what=what)]
        return [] if change.after is not None else [_("Taken away: {what}.").format(what=what)]

    def _complaint(self, change: RowChange) -> list[str]:
        before, after = change.before, change.after
        if after is None:
            return [_("The complaint was deleted.")]
        if before is None:
            return [_("The complaint was noted in the file.")]
        return [
            sentence().format(before=self._value(name, before.get(name)), after=self._value(name, after.get(name)))
            for name, sentence in _FIELDS.items()
            if (before.get(name) if before.get(name) is not None else "") != (
                after.get(name) if after.get(name) is not None else "")
        ]  # fmt: skip

    def _step(self, change: RowChange, row: Image) -> list[str]:
        name = stage_name(row["stage"])
        when = day(date.fromisoformat(row["date"]))
        if change.before is None:
            return [_("Step noted: {step}, {day}.").format(step=name, day=when)]
        if change.after is None:
            return [_("Step taken back: {step}, {day}.").format(step=name, day=when)]
        changed = any(change.before.get(field) != change.after.get(field) for field in _STEP_FIELDS)
        if not changed:
            return []
        told = _("Step put right: {step}, {day}.").format(step=name, day=when)
        if change.before.get("note") != change.after.get("note"):
            told += " " + _("Its note was {before} and is {after}.").format(
                before=self._value("note", change.before.get("note")), after=self._value("note", row["note"])
            )  # fmt: skip
        if change.before.get("date") != change.after.get("date"):
            told += " " + _("Its day was {before}.").format(before=self._value("date", change.before.get("date")))
        return [told]

    def _value(self, name: str, value: Any) -> str:
        if value in (None, ""):
            return _("nothing")
        if name in _NAMES:
            return str(self._db.value(_NAMES[name], (value,)) or _("something deleted since"))
        if name == "cost_minor":
            return money(int(value), self._currency)
        if name == "severity":
            return severity_name(str(value)).lower()
        if name == "outcome":
            return outcome_name(str(value)).lower()
        if name == "valid":
            return _("yes") if value else _("no")
        if name in ("date", "acknowledge_by", "resolve_by"):
            return day(date.fromisoformat(str(value)))
        return _("“{words}”").format(words=value)


__all__ = ["changes"]
