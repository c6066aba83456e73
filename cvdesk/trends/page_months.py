"""The months of a series as a table: what the chart draws, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent

from cvdesk.kit.table import Column, Table
from cvdesk.kit.theme import Theme
from cvdesk.trends.records import Limits, Point, Series
from cvdesk.trends.words import amount
from cvdesk.wording import _
from cvdesk.wording.numbers import month as month_words
from cvdesk.wording.numbers import whole

RANGE = 3  # the column that goes first where there is little room


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of a series; `place` is its position in it."""

    place: int
    series: Series
    point: Point

    @property
    def limits(self) -> Limits | None:
        """The range of ordinary months it lies in."""
        return next((one for one in self.series.limits if one.first <= self.place <= one.last), None)


@dataclass(frozen=True, slots=True)
class MonthSource:
    """The months, the newest first."""

    rows: Sequence[MonthRow]

    def count(self) -> int:
        """How many months."""
        return len(self.rows)

    def fetch(self, first: int, limit: int) -> Sequence[MonthRow]:
        """Months from `first` on."""
        return self.rows[first : first + limit]


def month_rows(series: Series) -> MonthSource:
    """The months of a series for the table."""
    rows = [MonthRow(place, series, point) for place, point in enumerate(series.points)]
    return MonthSource(rows[::-1])


def judged(row: MonthRow) -> str:
    """What the limits show of a month, in words."""
    point, limits = row.point, row.limits
    if point.value is None:
        return _("too few to show")
    if point.running:
        return _("not over yet")
    if limits is None:
        return ""
    if point.value > limits.high:
        return _("above the range")
    if point.value < limits.low:
        return _("below the range")
    if row.place in row.series.signals:
        return _("part of a run")
    return _("ordinary")


def _value(row: MonthRow) -> str:
    return "–" if row.point.value is None else amount(row.series.unit, row.point.value)


def _range(row: MonthRow) -> str:
    limits = row.limits
    if limits is None:
        return ""
    low, high = amount(row.series.unit, limits.low), amount(row.series.unit, limits.high)
    return _("{low} to {high}").format(low=low, high=high)


class MonthTable(Table):
    """Opens what is behind a month with Enter or a double click."""

    def __init__(self, theme: Theme) -> None:
        columns = [
            Column(_("Month"), lambda row: month_words(row.point.start), 96),
            Column(_("Value"), _value, 70, right=True),
            Column(_("Counted"), lambda row: whole(row.point.n), 80, "quiet", right=True),
            Column(_("Ordinary range"), _range, 120, "quiet"),
            Column(_("This month"), judged, 116, _tone, stretch=True),
        ]
        super().__init__(theme, _("Months"), columns, lambda row: int(row.place))
        self.setMinimumHeight(theme.px(110))
        self._room = theme.px(480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(RANGE, self.width() < self._room)


def _tone(row: MonthRow) -> str:
    return "accent" if row.place in row.series.signals else "quiet"
