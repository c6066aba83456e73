"""Rows of the sample on their way into the file: a stretch of ids for each table, columns with their defaults."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Any

from cvdesk.db import Operation
from cvdesk.db.ids import first_id_at
from cvdesk.db.staging import Staging
from cvdesk.exchange.blocks import Blocks

_CHUNK = 20_000
SCHEMA = "incoming"
# When a row would have been made: a customer on the first day, an entry when it was said.
_DATED = {
    "customers": f"""
SELECT *, since || 'T09:00:00.000Z' AS created_at, since || 'T09:00:00.000Z' AS updated_at
FROM {SCHEMA}.customers ORDER BY id
""",
    "entries": f"""
SELECT *, date || 'T' || time || ':00.000Z' AS created_at, date || 'T' || time || ':00.000Z' AS updated_at
FROM {SCHEMA}.entries ORDER BY id
""",
}
# Parents before children: the order in which the tables are copied.
_COLUMNS: dict[str, dict[str, Any]] = {
    "customers": {
        "kind": "person", "name": None, "name_key": None, "preferred_name": "", "organisation": "",
        "preferred_channel_id": None,
        "segment_id": None, "since": None, "birthday": None, "address": "", "city": "", "country": "", "notes": "",
    },
    "contacts": {"customer_id": None, "kind": None, "value": None, "match_key": None, "label": ""},
    "aliases": {"customer_id": None, "kind": "nickname", "value": None, "match_key": None},
    "customer_tags": {"customer_id": None, "tag_id": None},
    "purchases": {"customer_id": None, "date": None, "time": None, "offering_id": None, "amount_minor": None},
    "entries": {
        "date": None, "time": None, "customer_id": None, "channel_id": None, "kind": "comment", "rating": None,
        "rating_raw": None, "rating_scale": None, "text": "", "offering_id": None, "segment_id": None, "staff_id": None,
        "severity": None, "needs_answer": 0, "answered": None, "safety": 0, "safety_batch": "",
        "safety_others": "", "safety_told": "", "safety_closed": None, "promised_by": None, "promise": "",
        "promise_staff_id": None, "promise_kept": None, "answer": "",
    },
    "entry_themes": {
        "entry_id": None, "theme_id": None, "main": 1, "state": "confirmed", "by": "owner", "score": None, "mood": "",
    },
    "complaints": {
        "number": None, "date": None, "time": None, "customer_id": None, "entry_id": None, "channel_id": None,
        "offering_id": None, "segment_id": None, "text": "", "severity": "minor", "stage": "received", "valid": None,
        "cause": "", "outcome": None, "resolution": "", "handler_id": None, "cost_minor": None, "acknowledge_by": None,
        "resolve_by": None, "acknowledged": None, "resolved": None, "told": None, "closed": None, "repeat_of": None,
    },
    "complaint_themes": {"complaint_id": None, "theme_id": None},
    "complaint_events": {
        "complaint_id": None, "stage": None, "date": None, "time": None, "staff_id": None, "note": "",
        "cost_minor": None,
    },
    "competitors": {"name": None, "price_ratio": None},
    "surveys": {
        "name": None, "form": None, "started": None, "ended": None, "questions": "[]", "language": "en",
        "offering_id": None, "anonymous": 0, "greeting": "", "thanks": "",
    },
    "sheets": {
        "survey_id": None, "code": None, "customer_id": None, "asked": None, "way": "", "answered": None,
        "questions": "[]",
    },
    "invitations": {"survey_id": None, "customer_id": None, "asked": None, "way": ""},
    "assessments": {
        "kind": "customer", "form": "short", "state": "done", "date": None, "customer_id": None, "sheet_token": None,
        "competitor_id": None, "sheet_id": None, "source": "", "channel_id": None, "offering_id": None,
        "segment_id": None, "staff_id": None, "way": "", "asked": "[]",
    },
    "answers": {"assessment_id": None, "question_version_id": None, "state": "answered", "value": None, "text": ""},
    "actions": {
        "name": None, "note": "", "theme_id": None, "cost_once_minor": 0, "cost_month_minor": 0, "hours": 0.0,
        "reach": 1.0, "chance": 0.7, "must_fix": 0, "must_fix_why": "", "planned": None, "started": None,
        "done": None, "status": "idea",
        "result": "",
    },
    "action_lifts": {"action_id": None, "factor_id": None, "low": None, "likely": None, "high": None},
    "touches": {
        "customer_id": None, "date": None, "kind": None, "channel_id": None, "done": None, "cost_minor": None,
        "note": "", "staff_id": None, "action_id": None,
    },
    "phases": {"series": None, "starts": None, "reason": None, "verdict": ""},
    "chart_notes": {"date": None, "text": None, "action_id": None},
}  # fmt: skip


class Rows:
    """Collects rows by table into a staging file. A table's ids follow each other: one block in the history."""

    def __init__(self, staging: Staging, first_id: int, each: int) -> None:
        self._staging = staging
        self._ids = Blocks(first_id, [(table, each) for table in _COLUMNS])
        self._waiting: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}
        for table, columns in _COLUMNS.items():
            staging.table(table, tuple(columns))

    def add(self, table: str, values: dict[str, Any], own_id: int | None = None) -> int:
        """Adds a row and gives its id; an unknown column is refused when the rows are written."""
        row_id = own_id or self._ids.next(table)
        waiting = self._waiting[table]
        waiting.append((row_id, *{**_COLUMNS[table], **values}.values()))
        if len(waiting) >= _CHUNK:
            self._write(table)
        return row_id

    def finish(self) -> None:
        """Writes what waits."""
        for table in self._waiting:
            self._write(table)

    def _write(self, table: str) -> None:
        self._staging.add(table, self._waiting[table])
        self._waiting[table].clear()


def dated_id(day: date, at: str, place: int) -> int:
    """An id as it is given on that day at that time (HH:MM); `place`: 1, 2, ... in the table."""
    return first_id_at(datetime.combine(day, time.fromisoformat(at), UTC)) + place


def ids_needed(each: int) -> int:
    """How many ids to reserve for so many rows in each table."""
    return each * len(_COLUMNS)


def copy_all(op: Operation, dated: Collection[str] = ()) -> None:
    """Copies the attached staging file into the business file, parents first; rows of `dated` as made on their days."""
    for table in _COLUMNS:
        if table in dated:
            for row in op.rows(_DATED[table]):
                op.insert(table, dict(row))
        else:
            op.copy_in(table, SCHEMA)
