"""Rows that become purchases."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.db.staging import Staging
from cvdesk.exchange.already import own_id
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.cells import RejectedRow
from cvdesk.exchange.export_rows import minor_digits
from cvdesk.exchange.former import Former
from cvdesk.exchange.intake import Intake, clock_of
from cvdesk.exchange.money import AmountReader, usual_decimal
from cvdesk.exchange.plan import Plan
from cvdesk.wording import _

_PURCHASE = ("date", "time", "customer_id", "offering_id", "amount_minor", "note", "source_id")
_BOTH_WAYS = re.compile(r"\D*[1-9]\d{0,2}[.,]\d{3}\D*")
_IDS = "SELECT id, source_id FROM purchases WHERE source_id IS NOT NULL"
_ONE = "SELECT id, date, amount_minor, offering_id, customer_id FROM purchases WHERE id = ?"
_OF_DAY = """
SELECT id, amount_minor, offering_id, source_id IS NOT NULL AS has_id FROM purchases WHERE customer_id = ? AND date = ?
"""
# What was bought: amount and offering.
_What = tuple[int | None, int | None]


class PurchaseIntake(Intake):
    """Rows that become purchases; money given back is a purchase below zero."""

    def __init__(self, db: Queries, plan: Plan, blocks: Blocks, staging: Staging, today: date) -> None:
        super().__init__(db, plan, blocks, staging, today)
        self._already = AlreadyBought(db, self.former)
        self._decimal = plan.decimal or usual_decimal(catalogue.business(db))
        self._amounts = AmountReader(self._decimal, minor_digits(db))
        self._both_ways = False
        cells = self.cells
        self._day = self.memo("date", lambda row: cells.day(row, "date"))
        self._amount = self.memo("amount", lambda row: self._minor(cells.text(row, "amount")))
        self._offering = self.named("offering", self.offerings)

    def take(self, row: list[str]) -> str:
        """Takes one row in."""
        cells = self.cells
        day, time = self._day[row[self.place("date")]]
        if day is None:
            raise RejectedRow(_("the date is missing"))
        if time is None:
            time = clock_of(cells.text(row, "time"))
        amount = self._amount[row[self.place("amount")]]
        customer, others, person = self._customers(row)
        if customer is None and person is None:
            raise RejectedRow(_("the customer is missing"))
        offering = self._offering[row[self.place("offering")]]
        source_id = cells.text(row, "id")
        candidates = others if person is not None else [customer] if customer is not None else []
        if self._already.there(source_id, candidates, day, (amount, offering)):
            return "skipped"
        if person is not None:
            customer = self._make(row, person, others)
        note = self._text(row, "note")
        bought = (self._blocks.next("purchases"), day, time, customer, offering, amount, note, source_id or None)
        self._stage("purchases", _PURCHASE, bought)
        return "added"

    def notes(self) -> list[str]:
        """What a person should know of the amounts."""
        if not self._both_ways or self.plan.decimal:
            return []
        words = _("The amounts can be read both ways: {example} is taken as more than a thousand (see --decimal).")
        return [words.format(example="1,234" if self._decimal == "point" else "1.234")]

    def _minor(self, cell: str) -> int | None:
        if self.nothing(cell):
            return None
        try:
            minor = self._amounts.read(cell)
        except ValueError:
            raise RejectedRow(_("“{text}” is no amount of money").format(text=cell[:40])) from None
        self._both_ways = self._both_ways or _BOTH_WAYS.fullmatch(cell) is not None
        return minor


class AlreadyBought:
    """Asks whether a purchase is there, as it is or as it was before somebody edited it; each answers for one row."""

    def __init__(self, db: Queries, former: Former) -> None:
        self._db = db
        self._empty = db.value("SELECT 1 FROM purchases LIMIT 1") is None
        self._former = {} if self._empty else former.rows("purchases")
        # The first form is what the list said.
        self._former_days: dict[tuple[int, str], list[Mapping[str, Any]]] = defaultdict(list)
        for forms in self._former.values():
            self._former_days[forms[0]["customer_id"], forms[0]["date"]].append(forms[0])
        self._ids: dict[str, list[int]] | None = None
        self._gone: set[int] = set()
        self._here: set[int] = set()
        self._days: dict[tuple[int, str], Counter[tuple[_What, bool]]] = {}

    def there(self, source_id: str, customers: Sequence[int], day: str, what: _What) -> bool:
        """Whether it is in the file or was in this list before; several rows with one id are the lines of one order."""
        if source_id:
            if not self._empty and self._by_id(source_id, day, what):
                return True
            mark = hash((source_id, day, what))
            if mark in self._here:
                return True
            self._here.add(mark)
        return not self._empty and any(self._on_day(customer, day, what, bool(source_id)) for customer in customers)

    def _by_id(self, source_id: str, day: str, what: _What) -> bool:
        """The line of that order that agrees in all, else one that agrees in two of day, amount and offering."""
        if self._ids is None:
            self._ids = {}
            for row_id, known in self._db.each(_IDS):
                self._ids.setdefault(known, []).append(row_id)
        own = own_id(source_id)
        best: tuple[int, int] | None = None
        for row_id in (*self._ids.get(source_id, ()), *(() if own is None else (own,))):
            row = self._db.row(_ONE, (row_id,)) if row_id not in self._gone else None
            if row is None:
                continue
            agrees = sum((row["date"] == day, row["amount_minor"] == what[0], row["offering_id"] == what[1]))
            if any(
                (form["date"], form["amount_minor"], form["offering_id"]) == (day, *what)
                for form in self._former.get(row_id, ())
            ):
                agrees = 3
            if agrees >= 2 and (best is None or agrees > best[0]):
                best = (agrees, row_id)
        if best is None:
            return False
        self._gone.add(best[1])
        return True

    def _on_day(self, customer: int, day: str, what: _What, with_id: bool) -> bool:
        left = self._days.get((customer, day))
        if left is None:
            left = Counter(
                ((row["amount_minor"], row["offering_id"]), bool(row["has_id"]))
                for row in self._db.rows(_OF_DAY, (customer, day))
            )
            for first in self._former_days.get((customer, day), ()):
                left[(first["amount_minor"], first["offering_id"]), bool(first["source_id"])] += 1
            if left:
                self._days[customer, day] = left
        for has_id in (False,) if with_id else (False, True):
            if left[what, has_id] > 0:
                left[what, has_id] -= 1
                return True
        return False
