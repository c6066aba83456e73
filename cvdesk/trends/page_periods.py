"""The weeks, months or quarters of a figure as a table: what the chart draws, to be read."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent

from cvdesk.charts.series import range_of, standing, step_of
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import Theme
from cvdesk.trends.records import Point, Series
from cvdesk.wording import _
from cvdesk.wording.numbers import day as day_words
from cvdesk.wording.numbers import month as month_words
from cvdesk.wording.numbers import whole
from cvdesk.wording.periods import period_long
from cvdesk.wording.ranges import two_ends
from cvdesk.wording.values import bare

LIKELY, COUNTED, RANGE, JUDGED = 2, 3, 4, 5  # columns that go where they have nothing to say
_RUN = 8


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A week, month or quarter of a series; `place` is its position in it."""

    place: int
    series: Series
    point: Point

    @property
    def range(self) -> tuple[float, float, float] | None:
        """Low end, middle and high end of the ordinary range it is held against."""
        return range_of(self.series, self.place)


def period_rows(series: Series) -> Listed:
    """The periods of a series for the table, the newest first."""
    return Listed([PeriodRow(place, series, point) for place, point in enumerate(series.points)][::-1])


def named(row: PeriodRow) -> str:
    """Which month or quarter; a week by its first day, and in a chart of single days the day."""
    step = step_of(row.series)
    if step == "month":
        return month_words(row.point.start)
    return day_words(row.point.start) if step == "week" else period_long(row.point.start, step)


def spoken(row: PeriodRow) -> str:
    """Which week, month or quarter, for those who hear it without the choice of steps above."""
    return period_long(row.point.start, step_of(row.series))


def judged(row: PeriodRow) -> str:
    """What the limits show of a period, in words."""
    found = standing(row.series, row.place)
    if found == "run" and row.range is not None:
        return _signal(row, row.range[1])
    return {
        "few": _("nothing counted") if row.point.n == 0 else _("too few to show"), "running": _("not over yet"),
        "above": _("above the range"), "below": _("below the range"), "ordinary": _("ordinary"),
    }.get(found, "")  # fmt: skip


def _signal(row: PeriodRow, centre: float) -> str:
    """What a point within the range signals: many in a row on a side of the middle, or three of four near an edge."""
    above = (row.point.value or 0.0) > centre
    together = 0
    first = next(one.first for one in row.series.limits if one.first <= row.place <= one.last)
    for point in reversed(row.series.points[first : row.place + 1]):
        if point.value is None:
            continue
        if point.value == centre or (point.value > centre) != above:
            break
        together += 1
    if together >= _RUN:
        words = _("{count} in a row above") if above else _("{count} in a row below")
        return words.format(count=whole(together))
    return _("3 of 4 near the top") if above else _("3 of 4 near the bottom")


def _digits(row: PeriodRow) -> int:
    """As many decimals as it takes to see that a value lies outside its range: 7.6% is not "0% to 8%"."""
    value, ordinary, unit = row.point.value, row.range, row.series.unit
    if value is None or ordinary is None or ordinary[0] <= value <= ordinary[2]:
        return 1
    edge = ordinary[2] if value > ordinary[2] else ordinary[0]
    return next((digits for digits in (1, 2) if bare(unit, value, digits) != bare(unit, edge, digits)), 3)


def _value(row: PeriodRow) -> str:
    return "–" if row.point.value is None else bare(row.series.unit, row.point.value, _digits(row))


def _likely(row: PeriodRow) -> str:
    low, high = row.point.low, row.point.high
    if row.point.value is None or low is None or high is None:
        return ""
    return _between(row.series.unit, low, high, 1)


def _range(row: PeriodRow) -> str:
    return "" if row.range is None else _between(row.series.unit, row.range[0], row.range[2], _digits(row))


def _between(unit: str, low: float, high: float, digits: int) -> str:
    return two_ends(bare(unit, low, digits), bare(unit, high, digits))


class PeriodTable(Table):
    """Opens what is behind a period with Enter or a double click."""

    def __init__(self, theme: Theme) -> None:
        columns = [
            Column(_("When"), named, 92, said=spoken),
            Column(_("Value"), _value, 56, right=True),
            Column(_("Likely"), _likely, 88, "quiet"),
            Column(_("Counted"), lambda row: whole(row.point.n), 70, "quiet", right=True),
            Column(_("Ordinary range"), _range, 106, "quiet"),
            Column(_("What it is"), judged, 130, _tone, stretch=True),
        ]
        super().__init__(theme, _("Period by period"), columns, lambda row: int(row.place))
        self.setMinimumHeight(theme.px(104))
        self._rooms = {LIKELY: theme.px(540), RANGE: theme.px(440)}  # and these where there is little room
        self._silent: set[int] = set()

    def show_series(self, series: Series) -> None:
        """Shows the periods of a series; the selection stays on the same place of the same series."""
        listed = period_rows(series)
        rows = listed.fetch(0, listed.count())
        says = {LIKELY: _likely, RANGE: _range, JUDGED: judged}
        self._silent = {place for place, words in says.items() if not any(words(row) for row in rows)}
        if series.unit == "count":
            self._silent.add(COUNTED)  # the value itself
        self._fit_columns()
        self.show_source(listed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        for place in (LIKELY, COUNTED, RANGE, JUDGED):
            self.setColumnHidden(place, place in self._silent or self.width() < self._rooms.get(place, 0))


def _tone(row: PeriodRow) -> str:
    return "accent" if row.place in row.series.signals else "quiet"
