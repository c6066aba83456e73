"""Cells into values: one reader for the rows of a plan."""

from __future__ import annotations

from datetime import date

from cvdesk.exchange.dates import DateReader
from cvdesk.exchange.formats import TEXT
from cvdesk.exchange.plan import Plan
from cvdesk.exchange.ratings import RatingReader
from cvdesk.exchange.safe import as_meant
from cvdesk.exchange.values import nobody
from cvdesk.wording import _

_MOST_CACHED = 200_000


class RejectedRow(Exception):  # noqa: N818  (not an error of the program: a row that does not come in)
    """A row that does not come in, and why."""


class Cells:
    """Reads cells of a plan's rows by field. Missing fields are empty."""

    def __init__(self, plan: Plan, today: date, zone: str) -> None:
        self._mapping = plan.mapping
        # Only in texts does an apostrophe stand before what a spreadsheet would run.
        self._text = plan.table.format == TEXT
        self._dates = DateReader(plan.date_order.name if plan.date_order else "day-first", today, zone)
        self._known_dates: dict[str, tuple[str, str | None]] = {}
        self._ratings = RatingReader(plan.scale, plan.decimal, plan.rating_words)
        self._known_ratings: dict[str, tuple[float | None, str]] = {}
        self._one = {name: places[0] for name, places in plan.mapping.items()}

    def has(self, field: str) -> bool:
        """Whether a column fills this field."""
        return field in self._one

    def text(self, row: list[str], field: str) -> str:
        """A cell without blanks around it, or an empty text."""
        place = self._one.get(field)
        if place is None:
            return ""
        cell = row[place].strip()
        return as_meant(cell) if cell[:1] == "'" and self._text else cell

    def texts(self, row: list[str], field: str) -> list[str]:
        """The filled cells of a field that may have several columns."""
        cells = (row[place].strip() for place in self._mapping.get(field, ()))
        return [as_meant(cell) if self._text else cell for cell in cells if cell]

    def day(self, row: list[str], field: str) -> tuple[str | None, str | None]:
        """(ISO date, time) of a cell, (None, None) where it is empty. RejectedRow for what is no date."""
        place = self._one.get(field)
        if place is None:
            return None, None
        cell = row[place]
        found = self._known_dates.get(cell)
        if found is None:
            plain = cell.strip()
            if not plain:
                return None, None
            try:
                found = self._dates.read(plain)
            except ValueError:
                raise RejectedRow(_("“{text}” in {field} is not a date").format(text=plain[:40], field=field)) from None
            if len(self._known_dates) > _MOST_CACHED:
                self._known_dates.clear()
            self._known_dates[cell] = found
        return found

    def date_or_nothing(self, row: list[str], field: str) -> str | None:
        """An ISO date where there is a readable one."""
        try:
            return self.day(row, field)[0]
        except RejectedRow:
            return None

    def rating(self, row: list[str]) -> tuple[float | None, str | None, str | None]:
        """(rating on 1-5 or None, as received, scale); all None where no column holds ratings."""
        place = self._one.get("rating")
        if place is None:
            return None, None, None
        cell = row[place]
        found = self._known_ratings.get(cell)
        if found is None:
            found = self._ratings.read(as_meant(cell.strip()))
            if len(self._known_ratings) > _MOST_CACHED:
                self._known_ratings.clear()
            self._known_ratings[cell] = found
        return found[0], cell.strip(), found[1]

    def name(self, row: list[str], whole: str) -> str:
        """A person's name, from one column or from first and last name; empty for words that name no one."""
        name = self.text(row, whole)
        if not name and (self.has("first_name") or self.has("last_name")):
            name = f"{self.text(row, 'first_name')} {self.text(row, 'last_name')}"
        name = " ".join(name.split())
        return "" if nobody(name) else name
