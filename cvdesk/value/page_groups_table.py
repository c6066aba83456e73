"""The groups as a table: value with its interval drawn, worth it, the four parts, and what stands out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from cvdesk.catalogue.records import LEVERS
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import Theme
from cvdesk.stats.intervals import Estimate
from cvdesk.value.records_groups import GUARDED, GroupRow, Groups
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.changes import ahead_words
from cvdesk.wording.numbers import number, signed

Index = QModelIndex | QPersistentModelIndex
NAME, NET, DRAWN, WORTH_IT, FIRST_LEVER, SURE, OUT = 0, 1, 2, 3, 4, 8, 9
_NARROW = 820


def figure_words(estimate: Estimate, form: Callable[[float], str]) -> str:
    """A figure, or a dash where it is not shown."""
    return "–" if estimate.value is None else form(estimate.value)


def difference_words(what: str, value: float) -> str:
    """What stands out, in words nobody reads two ways: Value 0.9 behind, Costs better by 0.3."""
    if what == "net":
        return _("Value {difference}").format(difference=ahead_words(value))
    if what == "worth_it":
        size = number(abs(100 * value), 0)
        return (_("{n} more of 100 find it worth it") if value > 0 else _("{n} fewer of 100 find it worth it")).format(
            n=size
        )
    name = words.lever_name(what)
    return _("{part} {difference}").format(part=name, difference=words.change(value))


def out_words(row: GroupRow) -> str:
    """All that stands out about a group; empty where nothing does."""
    return ", ".join(difference_words(one.what, one.estimate.value or 0.0) for one in row.differences)


def missing_words(estimate: Estimate) -> str:
    """Why a figure of a group is not shown."""
    if estimate.why == GUARDED:
        return _("hidden, or a small group could be worked out from it")
    return words.why_not(estimate)


def _sure(row: GroupRow) -> str:
    if row.net.value is None:
        return number(row.people, 0)
    return words.with_strength(number(row.net.n, 0), row.net.n)


def _tone(what: str, row: GroupRow) -> str:
    found = next((one.estimate.value or 0.0 for one in row.differences if one.what == what), 0.0)
    return "good" if found > 0 else "bad" if found < 0 else ""


def _lever(lever: str, row: GroupRow) -> str:
    return figure_words(row.levers[lever], number)


class GroupTable(Table):
    """Everybody first, then each group. Enter or a double click shows it alone on the scorecard."""

    def __init__(self, theme: Theme) -> None:
        columns = [
            Column(_("Group"), lambda row: row.name, 170),
            Column(_("Value"), lambda row: figure_words(row.net, signed), 62, partial(_tone, "net"), right=True),
            Column("", lambda row: words.interval(row.net, with_sign=True), 120),
            Column(_("Worth it"), lambda row: _of_100(row.worth_it), 88, partial(_tone, "worth_it")),
            *(
                Column(words.lever_name(lever), partial(_lever, lever), 84, partial(_tone, lever), right=True)
                for lever in LEVERS
            ),
            Column(_("People"), _sure, 100, "quiet"),
            Column(_("Against the others"), out_words, 150, stretch=True),
        ]
        super().__init__(theme, _("Value by group"), columns, lambda row: int(row.place))
        self._painter = _IntervalPainter(theme, self)
        self.setItemDelegate(self._painter)
        self._theme = theme

    def show_groups(self, found: Groups) -> None:
        """Shows these groups under everybody together; the chosen place stays chosen."""
        rows = (found.whole, *found.rows)
        self._painter.use(rows)
        self._fit_columns()
        self.show_source(Listed(rows))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its rows, so that nothing empty stands under them."""
        rows = self.rows.rowCount() * self.verticalHeader().defaultSectionSize()
        header = max(self.horizontalHeader().sizeHint().height(), self._theme.px(30))
        return QSize(super().sizeHint().width(), header + rows + self._theme.px(4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """In a small window the parts of value stand below the table only."""
        narrow = self.width() < self._theme.px(_NARROW)
        for place in range(FIRST_LEVER, FIRST_LEVER + len(LEVERS)):
            self.setColumnHidden(place, narrow)


def _of_100(share: Estimate) -> str:
    return "–" if share.value is None else words.of_100(share)


class _IntervalPainter(QStyledItemDelegate):
    """Draws each group's value with its interval, all on one scale, over a line at everybody's value."""

    def __init__(self, theme: Theme, table: GroupTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table
        self._low, self._high = -1.0, 1.0
        self._whole: float | None = None

    def use(self, rows: Sequence[GroupRow]) -> None:
        """Takes the scale that holds all intervals."""
        ends = [end for row in rows for end in (row.net.low, row.net.high) if end is not None]
        self._low, self._high = (min(ends), max(ends)) if ends else (-1.0, 1.0)
        self._whole = rows[0].net.value

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        # What stands out keeps its colour in the selected row.
        option.palette.setBrush(QPalette.ColorRole.HighlightedText, option.palette.brush(QPalette.ColorRole.Text))
        if index.row() == 0:
            option.font = self._theme.font(13, strong=True)
        if index.column() == DRAWN:
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        row = self._table.rows.row(index.row())
        if index.column() != DRAWN or row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QRectF(option.rect).adjusted(10, 0, -10, 0), row.net)
        painter.restore()

    def _draw(self, painter: QPainter, box: QRectF, net: Estimate) -> None:
        theme = self._theme
        wide = max(self._high - self._low, 0.1)

        def at(value: float) -> float:
            return box.left() + box.width() * (value - self._low) / wide

        if self._whole is not None:
            painter.setPen(QPen(theme.colour("faint"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(at(self._whole), box.top()), QPointF(at(self._whole), box.bottom()))
        if net.value is None or net.low is None or net.high is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        soft = theme.colour("accent")
        soft.setAlphaF(0.35)
        painter.setBrush(soft)
        tall, middle = theme.px(8), box.center().y()
        left = at(net.low)
        painter.drawRoundedRect(QRectF(left, middle - tall / 2, max(2.0, at(net.high) - left), tall), 2, 2)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QPointF(at(net.value), middle), theme.px(4), theme.px(4))
