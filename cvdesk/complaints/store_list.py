"""SQL of the list of complaints: what limits it, how it is sorted, a stretch of rows at a time."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.filters import complaints_clause
from cvdesk.catalogue.records import Filter, Period, match_key
from cvdesk.complaints.records_due import OPEN_STAGES, Deadline, deadline_of
from cvdesk.complaints.store_due import NEXT_DUE, OPEN, OVERDUE
from cvdesk.db import Queries

NOBODY = 0
_SEVERITY = "CASE complaints.severity WHEN 'serious' THEN 0 WHEN 'moderate' THEN 1 ELSE 2 END"
_STAGE = (
    "CASE complaints.stage WHEN 'received' THEN 0 WHEN 'acknowledged' THEN 1 WHEN 'assessed' THEN 2"
    " WHEN 'resolved' THEN 3 WHEN 'told' THEN 4 ELSE 5 END"
)
_CUSTOMER = "COALESCE((SELECT name_key FROM customers WHERE customers.id = complaints.customer_id), '\uffff')"
# What each order puts first; the newest breaks a tie.
_ORDERS = {
    "due": (f"{OPEN} DESC", f"CASE WHEN {OPEN} THEN COALESCE({NEXT_DUE}, '9999') END",
            f"CASE WHEN {OPEN} THEN {_SEVERITY} ELSE 3 END"),
    "date": (),
    "number": ("complaints.number DESC",),
    "customer": (_CUSTOMER,),
    "severity": (_SEVERITY, f"{OPEN} DESC"),
    "stage": (_STAGE,),
    "cost": ("COALESCE(complaints.cost_minor, 0) DESC",),
}  # fmt: skip
_NEWEST = ("complaints.date DESC", "complaints.id DESC")
_STATES = {"all": "1", "open": OPEN, "overdue": OVERDUE, "settled": f"NOT {OPEN}"}


@dataclass(frozen=True, slots=True)
class ComplaintQuery:
    """What limits the list, and its order.

    `state`: all, open, overdue or settled; `handler`: a member of staff, or NOBODY; `since`: how many days back it was
    received, "30" and the like, or "year" for the running one; `upside_down` turns the order round.
    """

    chosen: Filter | None = None
    state: str = "all"
    severity: str | None = None
    stage: str | None = None
    theme: int | None = None
    offering: int | None = None
    handler: int | None = None
    since: str | None = None
    customer: int | None = None
    search: str = ""
    sort: str = "due"
    upside_down: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint as lists and the board show it; the customer is empty when nobody is named."""

    id: int
    number: int
    date: dt.date
    customer_id: int | None
    customer: str
    text: str
    entry_text: str
    themes: str
    offering: str
    severity: str
    stage: str
    valid: int | None
    handler: str
    acknowledge_by: dt.date | None
    resolve_by: dt.date | None
    outcome: str | None
    cost_minor: int | None
    repeat_of: int | None
    overdue: bool

    @property
    def deadline(self) -> Deadline | None:
        """The next day the case has to meet."""
        return deadline_of(self.stage, self.acknowledge_by, self.resolve_by)

    @property
    def words(self) -> str:
        """The customer's words; without any, what it is about; "" where nothing is known."""
        about = ", ".join(part for part in (self.themes, self.offering) if part)
        return self.text.strip() or self.entry_text.strip() or about


_ROWS = """
SELECT complaints.id, number, complaints.date, complaints.customer_id, COALESCE(customers.name, '') AS customer,
    complaints.text, COALESCE(entries.text, '') AS entry_text,
    COALESCE((SELECT group_concat(themes.name, ', ') FROM complaint_themes
        JOIN themes ON themes.id = theme_id WHERE complaint_id = complaints.id), '') AS themes,
    COALESCE(offerings.name, '') AS offering, complaints.severity, stage, valid, COALESCE(staff.name, '') AS handler,
    acknowledge_by, resolve_by, outcome, cost_minor, repeat_of, {overdue} AS overdue
FROM (SELECT id AS page_id FROM complaints WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?)
CROSS JOIN complaints ON complaints.id = page_id LEFT JOIN customers ON customers.id = complaints.customer_id
LEFT JOIN offerings ON offerings.id = complaints.offering_id
LEFT JOIN staff ON staff.id = complaints.handler_id LEFT JOIN entries ON entries.id = complaints.entry_id
ORDER BY {order}
"""


class WordIndex:
    """The words of all complaints as they are compared, for searching. `read` anew after complaints changed."""

    _SQL = """
SELECT complaints.id, complaints.number, complaints.text, resolution, cause, COALESCE(customers.name, '') AS customer,
    COALESCE(entries.text, '') AS entry_text, COALESCE(notes.words, '') AS notes
FROM complaints LEFT JOIN customers ON customers.id = complaints.customer_id
LEFT JOIN entries ON entries.id = complaints.entry_id
LEFT JOIN (SELECT complaint_id, group_concat(note, ' ') AS words FROM complaint_events WHERE note <> ''
    GROUP BY complaint_id) AS notes ON notes.complaint_id = complaints.id
"""

    def __init__(self) -> None:
        self._words: list[tuple[int, str, str]] | None = None

    @property
    def ready(self) -> bool:
        """Whether the words were read since complaints changed."""
        return self._words is not None

    def forget(self) -> None:
        """Complaints have changed."""
        self._words = None

    @classmethod
    def read(cls, db: Queries) -> WordIndex:
        """Reads the words: some milliseconds for each thousand complaints."""
        made = cls()
        made._words = [(row[0], str(row[1]), _plain("\n".join(row[2:]))) for row in db.rows(cls._SQL)]
        return made

    def take(self, other: WordIndex) -> None:
        """Takes over what was read beside the window."""
        self._words = other._words

    def find(self, db: Queries, text: str) -> list[int]:
        """Complaints in which every word typed occurs, accents and capitals aside; or the one of that number."""
        if self._words is None:
            self.take(self.read(db))
        number = text.strip().lstrip("#")
        wanted = match_key(text).split()
        known = self._words or []
        return [row for row, its, words in known if number == its or all(one in words for one in wanted)]


def _plain(text: str) -> str:
    return text.casefold() if text.isascii() else match_key(text)


class ComplaintList:
    """Complaints, a stretch of rows at a time. Make a new one when complaints change: it knows their order once."""

    def __init__(self, db: Queries, query: ComplaintQuery, today: date, words: WordIndex | None = None) -> None:
        self._db = db
        self._today = today.isoformat()
        self._order = order(query)
        self._where, self._parameters = _where(db, query, today, words or WordIndex())
        self._ids: list[int] | None = None
        self._places: dict[int, int] = {}

    def count(self) -> int:
        """How many rows there are."""
        return int(self._db.value(f"SELECT count(*) FROM complaints WHERE {self._where}", self._parameters))

    def fetch(self, first: int, limit: int) -> list[ComplaintRow]:
        """Rows from the given place on."""
        wanted = self.ids()[first : first + limit]
        marks = ", ".join("?" * len(wanted))
        found = rows_where(self._db, f"complaints.id IN ({marks})", tuple(wanted), "complaints.id", self._today, limit)
        return sorted(found, key=lambda row: self._places[row.id])

    def ids(self) -> list[int]:
        """All of them, in the order of the list."""
        if self._ids is None:
            sql = f"SELECT id FROM complaints WHERE {self._where} ORDER BY {self._order}"
            self._ids = [row[0] for row in self._db.rows(sql, self._parameters)]
            self._places = {row: place for place, row in enumerate(self._ids)}
        return self._ids

    def row_of(self, complaint_id: int) -> int:
        """The place of a complaint in the list; raises LookupError when it is not there."""
        self.ids()
        if complaint_id not in self._places:
            raise LookupError(f"complaint {complaint_id} is not in this list")
        return self._places[complaint_id]


def order(query: ComplaintQuery) -> str:
    """The order of a query as SQL. Nothing is due of what is settled."""
    settled = query.stage is not None and query.stage not in OPEN_STAGES
    parts = _NEWEST if query.sort == "due" and settled else (*_ORDERS[query.sort], *_NEWEST)
    if not query.upside_down:
        return ", ".join(parts)
    return ", ".join(part.removesuffix(" DESC") if part.endswith(" DESC") else f"{part} DESC" for part in parts)


def _where(db: Queries, query: ComplaintQuery, today: date, words: WordIndex) -> tuple[str, tuple[object, ...]]:
    parts = [_STATES[query.state]]
    values: list[object] = [today.isoformat()] if query.state == "overdue" else []
    if query.chosen is not None:
        clause = complaints_clause(query.chosen)
        parts.append(clause.sql)
        values += clause.parameters
    limits = (
        ("severity", query.severity), ("stage", query.stage), ("offering_id", query.offering),
        ("customer_id", query.customer), ("handler_id", query.handler or None),
    )  # fmt: skip
    for column, value in limits:
        if value is not None:
            parts.append(f"complaints.{column} = ?")
            values.append(value)
    if query.handler == NOBODY:
        parts.append("complaints.handler_id IS NULL")
    if query.theme is not None:
        parts.append("complaints.id IN (SELECT complaint_id FROM complaint_themes WHERE theme_id = ?)")
        values.append(query.theme)
    if query.since is not None:
        start = date(today.year, 1, 1) if query.since == "year" else Period.last_days(int(query.since), today).start
        parts.append("complaints.date >= ?")
        values.append(start.isoformat())
    if query.search.strip():
        parts.append("complaints.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(words.find(db, query.search)))
    return " AND ".join(parts), tuple(values)


def rows_where(
    db: Queries, where: str, parameters: tuple[object, ...], order: str, today: str, limit: int, first: int = 0
) -> list[ComplaintRow]:
    """Complaints for which a condition holds."""
    sql = _ROWS.format(where=where, order=order, overdue=OVERDUE)
    found = []
    for row in db.rows(sql, (today, *parameters, limit, first)):
        values = {name: row[name] for name in row.keys()}  # noqa: SIM118  rows iterate over values
        for name in ("date", "acknowledge_by", "resolve_by"):
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        found.append(ComplaintRow(**(values | {"overdue": bool(values["overdue"])})))
    return found
