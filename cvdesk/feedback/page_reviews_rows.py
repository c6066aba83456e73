"""The rows of the preview of pasted reviews: what they show, and whether they will be logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile
from cvdesk.feedback import store_reviews as store
from cvdesk.feedback.capture_dates import MONTH_FIRST
from cvdesk.feedback.records_reviews import Pasted, Review
from cvdesk.feedback.reviews import split
from cvdesk.kit.table import Column
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, stars


@dataclass(frozen=True, slots=True)
class Row:
    """A review in the preview. `out`: it is left out; `there`: it was logged before."""

    number: int
    review: Review
    out: bool = False
    there: bool = False

    @property
    def logged(self) -> bool:
        """Whether it will be logged."""
        return not self.out and not self.there and self.says

    @property
    def says(self) -> bool:
        """Whether there is anything to log."""
        return bool(self.review.text) or self.review.rating is not None


def look_through(file: BusinessFile, block: str, today: date) -> tuple[Pasted, frozenset[str]]:
    """The block split, and which of its reviews are there already."""
    pasted = split(block, today, catalogue.business(file).country.upper() not in MONTH_FIRST)
    return pasted, store.known(file, pasted.reviews)


DAY = 2
STATE = 4  # the column that is there only where a row has something to say in it


def columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """What the preview shows of each review."""
    return (
        Column(_("Name"), lambda row: row.review.name or "—", 110, _tone),
        Column(_("Rating"), lambda row: stars(row.review.rating), 90, lambda row: _tone(row) or "star"),
        Column(_("Date"), lambda row: _day(row, today()), 118, _day_tone),
        Column(_("What they said"), lambda row: row.review.text, 100, _tone, stretch=True),
        Column(_("State"), state, 104, "quiet"),
    )


def _day(row: Row, today: date) -> str:
    if row.review.date is None:
        return _("not said")
    shown = day_short(row.review.date, today)
    return _("about {day}").format(day=shown) if row.review.approximate else shown


def _day_tone(row: Row) -> str:
    return "faint" if _tone(row) or row.review.date is None else "quiet"


def _tone(row: Row) -> str:
    return "" if row.logged else "faint"


def state(row: Row) -> str:
    if row.there:
        return _("already there")
    if row.out:
        return _("left out")
    return "" if row.says else _("says nothing")
