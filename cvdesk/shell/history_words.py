"""A step in the life of a record, in words: "Rating: 2 to 4", "Theme added: Late delivery"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.db.history import Image, RowChange
from cvdesk.wording import _
from cvdesk.wording.figures import kind_name, outcome_name, severity_name, stage_name
from cvdesk.wording.numbers import day, money, number

_LONGEST = 160
# Columns that say nothing to the person, or that follow from others.
_SILENT = frozenset(
    {"id", "created_at", "updated_at", "position", "name_key", "match_key", "rating_raw", "rating_scale", "source_id",
     "segment_id", "source", "number", "operation_id", "by", "score", "main"}
)  # fmt: skip
# Where the name of a referenced record stands.
_NAMED = {
    "customer_id": "SELECT name FROM customers WHERE id = ?",
    "channel_id": "SELECT name FROM channels WHERE id = ?",
    "preferred_channel_id": "SELECT name FROM channels WHERE id = ?",
    "offering_id": "SELECT name FROM offerings WHERE id = ?",
    "segment_id": "SELECT name FROM segments WHERE id = ?",
    "staff_id": "SELECT name FROM staff WHERE id = ?",
    "handler_id": "SELECT name FROM staff WHERE id = ?",
    "promise_staff_id": "SELECT name FROM staff WHERE id = ?",
    "theme_id": "SELECT name FROM themes WHERE id = ?",
    "tag_id": "SELECT name FROM tags WHERE id = ?",
    "attachment_id": "SELECT name FROM attachments WHERE id = ?",
    "repeat_of": "SELECT '#' || number FROM complaints WHERE id = ?",
    "entry_id": "SELECT text FROM entries WHERE id = ?",
}
# Records with a name, or words, of their own by which they are known.
_CALLED = {
    **dict.fromkeys(("customers", "surveys", "actions", "strategies", "care_plans", "groups", "gatherings"), "name"),
    "customer_goals": "goal", "faqs": "question", "you_said": "said",
}  # fmt: skip
_FLAGS = frozenset({"needs_answer", "safety", "active", "valid"})
_SHARED_FIELDS: Mapping[str, Callable[[], str]] = {
    "customer_id": lambda: _("Customer"),
    "channel_id": lambda: _("Channel"),
    "offering_id": lambda: _("Product"),
    "segment_id": lambda: _("Group"),
    "staff_id": lambda: _("Logged by"),
    "date": lambda: _("Day"),
    "time": lambda: _("Time"),
    "text": lambda: _("Words"),
    "severity": lambda: _("Severity"),
    "kind": lambda: _("Kind"),
    "rating": lambda: _("Rating"),
    "needs_answer": lambda: _("Needs an answer"),
    "answered": lambda: _("Answered on"),
    "answer": lambda: _("Answer"),
    "safety": lambda: _("Safety"),
    "safety_batch": lambda: _("Which batch"),
    "safety_others": lambda: _("Who else"),
    "safety_told": lambda: _("Who was told"),
    "safety_closed": lambda: _("Dealt with on"),
    "promise": lambda: _("Promise"),
    "promised_by": lambda: _("Promised by"),
    "promise_staff_id": lambda: _("Who keeps the promise"),
    "promise_kept": lambda: _("Promise kept on"),
    "stage": lambda: _("Step"),
    "valid": lambda: _("Justified"),
    "cause": lambda: _("Cause"),
    "outcome": lambda: _("Outcome"),
    "resolution": lambda: _("What was done"),
    "handler_id": lambda: _("Who handles it"),
    "cost_minor": lambda: _("Cost"),
    "amount_minor": lambda: _("Amount"),
    "acknowledge_by": lambda: _("Acknowledge by"),
    "resolve_by": lambda: _("Put right by"),
    "acknowledged": lambda: _("Acknowledged on"),
    "resolved": lambda: _("Put right on"),
    "told": lambda: _("Customer told on"),
    "closed": lambda: _("Closed on"),
    "repeat_of": lambda: _("Repeat of"),
    "entry_id": lambda: _("Feedback it came from"),
    "name": lambda: _("Name"),
    "preferred_name": lambda: _("Called"),
    "organisation": lambda: _("Organisation"),
    "preferred_channel_id": lambda: _("Preferred channel"),
    "since": lambda: _("Customer since"),
    "birthday": lambda: _("Birthday"),
    "address": lambda: _("Address"),
    "city": lambda: _("Town"),
    "country": lambda: _("Country"),
    "notes": lambda: _("Notes"),
    "note": lambda: _("Note"),
    "active": lambda: _("Still a customer"),
    "may_write": lambda: _("May we write"),
    "may_write_on": lambda: _("May we write, since"),
    "may_write_how": lambda: _("May we write, how known"),
    "due": lambda: _("Due"),
    "said": lambda: _("What they said"),
    "done": lambda: _("Done on"),
}


def record_name(table: str) -> str:
    """What a record of this table is called on screen."""
    return {
        "customers": _("Customer"),
        "entries": _("Feedback"),
        "complaints": _("Complaint"),
        "assessments": _("Score sheet"),
        "purchases": _("Purchase"),
        "touches": _("Contact"),
        "surveys": _("Survey"),
        "actions": _("Action"),
        "strategies": _("Strategy"),
        "care_plans": _("Plan of care"),
        "customer_goals": _("Goal of a customer"),
        "groups": _("Group"),
        "gatherings": _("Event"),
        "faqs": _("Question and answer"),
        "you_said": _("You said, we did"),
        "referrals": _("Referral"),
    }[table]


class ChangeWords:
    """Says what changed; asks the file for names."""

    def __init__(self, db: Queries) -> None:
        self._db = db
        self._currency = catalogue.business(db).currency

    def lines(self, change: RowChange, own: str) -> list[str]:
        """What a step did to one row. `own`: the table whose record the history is of."""
        if change.table != own:
            return self._part(change)
        if change.after is None:
            return [_("Deleted")]
        if change.before is None:
            return self._said(change.after)
        before, after = change.before, change.after
        return [
            self._changed(name, before.get(name), value)
            for name, value in after.items()
            if name not in _SILENT and name in _SHARED_FIELDS and (before.get(name) or "") != (value or "")
        ]

    def summary(self, table: str, row: Image) -> str:
        """What a record was, in one line."""
        if table in _CALLED:
            return _short(str(row[_CALLED[table]]))
        who = self.value("customer_id", row.get("customer_id")) if row.get("customer_id") else ""
        said = str(row.get("text") or row.get("note") or "")
        number_of = _("#{number}").format(number=row["number"]) if table == "complaints" else ""
        amount = self.value("amount_minor", row["amount_minor"]) if row.get("amount_minor") is not None else ""
        return " · ".join(part for part in (number_of, who, _short(said), amount, day(_day(row["date"]))) if part)

    def value(self, name: str, value: Any) -> str:
        """A value as it is shown; a dash for none."""
        if value in (None, ""):
            return "–"
        if name in _NAMED:
            return _short(self._db.value(_NAMED[name], (value,)) or _("something deleted since"))
        if name in _FLAGS:
            return _("yes") if value else _("no")
        if name.endswith("_minor"):
            return money(int(value), self._currency)
        if name == "rating":
            return number(float(value), 0 if float(value).is_integer() else 1)
        spoken = {"severity": severity_name, "stage": stage_name, "outcome": outcome_name, "kind": _kind}.get(name)
        if spoken is not None:
            return spoken(str(value))
        return day(_day(value)) if _is_day(value) else _short(str(value))

    def _said(self, row: Image) -> list[str]:
        """What a record held when it was made."""
        return [
            _("{field}: {value}").format(field=_SHARED_FIELDS[name](), value=self.value(name, value))
            for name, value in row.items()
            if name not in _SILENT and name in _SHARED_FIELDS and value not in (None, "", 0)
        ]

    def _changed(self, name: str, before: Any, after: Any) -> str:
        field, old, new = _SHARED_FIELDS[name](), self.value(name, before), self.value(name, after)
        if before in (None, ""):
            return _("{field}: {value}").format(field=field, value=new)
        return _("{field}: {before} → {after}").format(field=field, before=old, after=new)

    def _part(self, change: RowChange) -> list[str]:
        row = change.after if change.after is not None else change.before
        words = None if row is None else self._part_words(change.table, row)
        if not words:
            return []
        if change.before is None:
            return [_("Added: {what}").format(what=words)]
        if change.after is None:
            return [_("Taken away: {what}").format(what=words)]
        was = self._part_words(change.table, change.before)
        return [_("{before} → {after}").format(before=was, after=words)] if was != words else []

    def _part_words(self, table: str, row: Image) -> str:
        if table == "contacts":
            return str(row["value"])
        if table == "aliases":
            return _("also known as {name}").format(name=row["value"]) if row["kind"] == "nickname" else ""
        if table == "customer_tags":
            return _("tag {name}").format(name=self.value("tag_id", row["tag_id"]))
        if table == "attachment_links":
            return _("file {name}").format(name=self.value("attachment_id", row["attachment_id"]))
        if table == "complaint_events":
            note = _short(str(row["note"]))
            words = _("step {stage}, {day}").format(stage=stage_name(row["stage"]), day=day(_day(row["date"])))
            return f"{words}: {note}" if note else words
        if table in ("entry_themes", "complaint_themes"):
            return self._theme(row)
        return ""

    def _theme(self, row: Image) -> str:
        name = self.value("theme_id", row["theme_id"])
        state = row.get("state", "confirmed")
        if state == "suggested":
            return _("theme {name}, suggested").format(name=name)
        if state == "rejected":
            return _("not about {name}").format(name=name)
        return _("theme {name}").format(name=name)


def _kind(kind: str) -> str:
    known = {"person": _("person"), "organisation": _("organisation")}
    return known[kind] if kind in known else _entry_kind(kind)


def _entry_kind(kind: str) -> str:
    return kind_name(kind) if kind in ("praise", "suggestion", "question", "problem", "comment") else kind


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rstrip()}…"


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-" and value[:4].isdecimal()


__all__ = ["ChangeWords", "record_name"]
