"""SQL of the list of customers: what limits it, how it is sorted, a stretch of rows at a time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.catalogue.records import match_key
from cvdesk.customers.records_risk import RiskBook
from cvdesk.customers.store import like
from cvdesk.db import Queries
from cvdesk.db.rows import day_start

SORTS = ("name", "segment", "last", "entries", "complaints", "since", "risk")
NO_RISKS = RiskBook()
# A phone number is found by some of its digits, written in any way.
_FEWEST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """What limits the list of customers, and its order.

    search: names, organisations, towns, contacts, nicknames and tags; risk: a band; quiet: not heard of for so many
    months; new: so many days at most since the customer was added, 0 for the running month; open_complaint: only
    those with one.
    """

    search: str = ""
    segment: int | None = None
    tag: int | None = None
    risk: str | None = None
    quiet: int | None = None
    new: int | None = None
    open_complaint: bool | None = None
    with_inactive: bool = False
    sort: str = "name"
    upside_down: bool = False


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as the list shows it; `last` is the last day anything was heard of or sold to the customer."""

    id: int
    name: str
    organisation: str
    segment: str
    city: str
    since: dt.date | None
    active: bool
    entries: int
    complaints: int
    last: dt.date | None
    open_complaints: int = 0


_HEARD = (
    ("entries", ""), ("complaints", ""), ("purchases", ""), ("assessments", " AND state = 'done'"),
    ("touches", " AND done IS NOT NULL"),
)  # fmt: skip
# Entries by their position, which has an index; the rest by their days.
_LAST_ENTRY = "COALESCE((SELECT date FROM entries WHERE customer_id = page.id ORDER BY position DESC LIMIT 1), '')"
_LAST = "max({}, {})".format(
    _LAST_ENTRY,
    ", ".join(
        f"COALESCE((SELECT max(date) FROM {table} WHERE customer_id = page.id{more}), '')" for table, more in _HEARD[1:]
    ),
)
_ENTRIES = "(SELECT count(*) FROM entries WHERE customer_id = page.id)"
_COMPLAINTS = "(SELECT count(*) FROM complaints WHERE customer_id = page.id)"
_OPEN = """(SELECT count(*) FROM complaints
    WHERE customer_id = page.id AND stage NOT IN ('resolved', 'told', 'closed'))"""
_ROWS = f"""
SELECT page.id, page.name, page.organisation, COALESCE(segments.name, ''), page.city, page.since, page.active,
    {_ENTRIES}, {_COMPLAINTS}, {_LAST}, {_OPEN}
FROM json_each(?) AS wanted JOIN customers AS page ON page.id = wanted.value
LEFT JOIN segments ON segments.id = page.segment_id ORDER BY wanted.key
"""
_IDS = """
SELECT page.id FROM customers AS page {where} ORDER BY {order}
"""
# What each order puts first; ties go by name.
_ORDERS = {
    "name": "",
    "segment": "COALESCE((SELECT name FROM segments WHERE id = page.segment_id), '\uffff')",
    "last": f"{_LAST} DESC",
    "entries": f"{_ENTRIES} DESC",
    "complaints": f"{_OPEN} DESC, {_COMPLAINTS} DESC",
    "since": "page.since IS NULL, page.since DESC",
    "risk": "",
}
_SEARCH = """(page.name_key LIKE :key ESCAPE '\\' OR page.organisation LIKE :typed ESCAPE '\\'
    OR page.city LIKE :typed ESCAPE '\\'
    OR page.id IN (SELECT customer_id FROM contacts
        WHERE match_key LIKE :key ESCAPE '\\' OR value LIKE :typed ESCAPE '\\'
            OR (kind = 'phone' AND match_key LIKE :digits))
    OR page.id IN (SELECT customer_id FROM aliases WHERE kind = 'nickname' AND match_key LIKE :key ESCAPE '\\')
    OR page.id IN (SELECT customer_id FROM customer_tags JOIN tags ON tags.id = tag_id
        WHERE tags.name LIKE :typed ESCAPE '\\'))"""
_QUIET = " AND ".join(
    (
        "NOT EXISTS (SELECT 1 FROM entries WHERE customer_id = page.id AND position >= :quiet_position)",
        *(
            f"NOT EXISTS (SELECT 1 FROM {table} WHERE customer_id = page.id AND date > :quiet{more})"
            for table, more in _HEARD[1:]
        ),
    )
)
_HAS_OPEN = """page.id IN (SELECT customer_id FROM complaints
    WHERE stage NOT IN ('resolved', 'told', 'closed') AND customer_id IS NOT NULL)"""


class CustomerList:
    """Customers as the query wants them; their ids are read at once, rows a stretch at a time.

    Make a new one when customers change. `today` and `book` are needed for what depends on the day and on risks.
    """

    def __init__(
        self, db: Queries, query: CustomerQuery = CustomerQuery(), today: date = date.max, book: RiskBook = NO_RISKS
    ) -> None:
        self._db = db
        where, values = _where(query, today, book)
        order = ", ".join(part for part in (_ORDERS[query.sort], "page.name_key, page.id") if part)
        found = db.rows(_IDS.format(where=where, order=order), values)
        self._ids = [row[0] for row in found]
        if query.sort == "risk":
            self._ids.sort(key=lambda customer: -book.risks[customer].score.points if customer in book.risks else 0)
        if query.upside_down:
            self._ids.reverse()
        self._places = {customer: place for place, customer in enumerate(self._ids)}

    def ids(self) -> list[int]:
        """All customers of the list, in its order."""
        return list(self._ids)

    def count(self) -> int:
        """How many rows there are."""
        return len(self._ids)

    def fetch(self, first: int, limit: int) -> list[CustomerRow]:
        """Rows from the given place on."""
        return rows_of(self._db, self._ids[first : first + limit])

    def row_of(self, customer_id: int) -> int:
        """The place of a customer in the list; LookupError where it is not in it."""
        if customer_id not in self._places:
            raise LookupError(f"customer {customer_id} is not in this list")
        return self._places[customer_id]


def rows_of(db: Queries, ids: Sequence[int]) -> list[CustomerRow]:
    """These customers as a list shows them, in this order; those who are gone are left out."""
    return [_row(row) for row in db.rows(_ROWS, (json.dumps(list(ids)),))]


def everyone(db: Queries) -> int:
    """How many customers there are."""
    return int(db.value("SELECT count(*) FROM customers"))


def _row(row: Iterable[Any]) -> CustomerRow:
    values = list(row)
    for place in (5, 9):
        values[place] = date.fromisoformat(values[place]) if values[place] else None
    values[6] = bool(values[6])
    return CustomerRow(*values)


def _where(query: CustomerQuery, today: date, book: RiskBook) -> tuple[str, dict[str, object]]:
    parts: list[str] = []
    values: dict[str, object] = {}
    if not query.with_inactive:
        parts.append("page.active = 1")
    if query.segment is not None:
        parts.append("page.segment_id = :segment")
        values["segment"] = query.segment
    if query.tag is not None:
        parts.append("page.id IN (SELECT customer_id FROM customer_tags WHERE tag_id = :tag)")
        values["tag"] = query.tag
    if query.risk is not None:
        parts.append("page.id IN (SELECT value FROM json_each(:risky))")
        values["risky"] = json.dumps(book.ids(query.risk))
    if query.quiet is not None:
        parts.append(_QUIET)
        quiet = months_before(today, query.quiet)
        after = (quiet + dt.timedelta(days=1)).isoformat()
        values |= {"quiet": quiet.isoformat(), "quiet_position": day_start(after)}
    if query.new is not None:
        parts.append("page.created_at >= :new")
        first = today - dt.timedelta(days=query.new) if query.new else today.replace(day=1)
        values["new"] = first.isoformat()
    if query.open_complaint:
        parts.append(_HAS_OPEN)
    if query.search.strip():
        parts.append(_SEARCH)
        values |= _search_values(query.search)
    return ("WHERE " + " AND ".join(parts) if parts else ""), values


def _search_values(typed: str) -> dict[str, object]:
    digits = "".join(mark for mark in typed if mark.isdigit())
    plain = all(mark.isdigit() or mark in " +()-./" for mark in typed)
    wanted = digits.lstrip("0") if plain and len(digits) >= _FEWEST_DIGITS else ""
    return {
        "key": f"%{like(match_key(typed))}%",
        "typed": f"%{like(typed.strip())}%",
        "digits": f"%{wanted}%" if wanted else "",
    }


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of its month where that has fewer days."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
