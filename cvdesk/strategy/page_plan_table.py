"""The actions of a plan as a table: ticked or not, what each costs and brings, how sure it is, why it is left out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, TEXT, tooltip
from cvdesk.strategy import words_plan as words
from cvdesk.strategy.plan_rows import BETTER, PlanRow
from cvdesk.strategy.records_plan import DEPENDS, SAFE
from cvdesk.wording import _, figures

Index = QModelIndex | QPersistentModelIndex
TICK, NAME, PART, COSTS, LIFT, SURE, STATUS = range(7)
_LEAST_ROWS, _MOST_ROWS, _ROW, _TALL_ROW, _HEAD = 4, 12, 32, 39, 34
_WIDE_FROM = 860  # width in design pixels from which part and status have columns of their own


def _advice_tone(row: PlanRow) -> str:
    if row.share is None:
        return "faint"
    return {SAFE: "good", DEPENDS: ""}.get(words.advice_of(row.share), "quiet")


def _status_tone(row: PlanRow) -> str:
    return "" if row.ticked else "quiet" if row.why == BETTER else "bad"


def _ticked_said(row: PlanRow) -> str:
    return _("In the plan") if row.ticked else _("Not in the plan")


def parts_words(row: PlanRow) -> str:
    """The parts of value an action moves; a dash where it moves none."""
    return ", ".join(figures.lever_name(lever) for lever in row.levers) or "–"


class PlanTable(Table):
    """The rows of a plan. Space, or a click on the box, ticks; Enter or a double click opens the action."""

    toggled = Signal(object)  # the id of an action

    def __init__(self, theme: Theme, currency: str) -> None:
        self._currency, self.slim, self._least = currency, False, _LEAST_ROWS
        columns = [
            Column("", lambda row: "", 34, said=_ticked_said),
            Column(_("Action"), lambda row: row.action.name, 160, stretch=True),
            Column(
                _("Part"), lambda row: figures.lever_name(row.levers[0]) if row.levers else "–", 88,
                lambda row: row.levers[0] if row.levers else "faint", said=parts_words,
            ),
            Column(_("Costs"), lambda row: words.cost_words(row.action, self._currency), 154),
            Column(_("Expected lift"), lambda row: words.lift_words(row.lift, row.low, row.high), 144),
            Column(
                _("How sure"), lambda row: words.sure_words(row.share) or "…", 112, _advice_tone,
                said=lambda row: words.sure_said(row.share),
            ),
            Column(_("Status"), words.status_words, 150, _status_tone),
        ]  # fmt: skip
        super().__init__(theme, _("Actions to choose from"), columns, lambda row: row.action.id or 0)
        self._theme = theme
        self.setItemDelegate(_TickPainter(theme, self))
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)

    def show_plan(self, rows: tuple[PlanRow, ...], currency: str) -> None:
        """Shows these rows, the cursor staying on its action; the table is as tall as they are where there is room."""
        self._currency = currency
        self.show_source(Listed(rows))
        self._fit()
        if rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(0, NAME))

    def take_room(self, scarce: bool) -> None:
        """Where room is scarce four rows are enough to begin with, the others by scrolling."""
        self._least = _LEAST_ROWS if scarce else _MOST_ROWS
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In little room part and status stand below the name."""
        self.slim = self.width() < self._theme.px(_WIDE_FROM)
        for column in (PART, STATUS):
            self.setColumnHidden(column, self.slim)
        tall = self._theme.px(_TALL_ROW if self.slim else _ROW)
        if self.verticalHeader().defaultSectionSize() != tall:
            self.verticalHeader().setDefaultSectionSize(tall)
        head, rows = self._theme.px(_HEAD) + 2, self.rows.rowCount()
        self.setMinimumHeight(head + min(rows, self._least) * tall)
        self.setMaximumHeight(head + min(rows, _MOST_ROWS) * tall)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() == TICK:
            self._toggle(index.row())

    def viewportEvent(self, event: object) -> bool:
        """What does not fit, and what stands behind a figure, when it is pointed at."""
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            row = self.rows.row(index.row()) if index.isValid() else None
            if row is not None:
                QToolTip.showText(event.globalPos(), tooltip(self.told(row, index.column())), self)
                return True
        return super().viewportEvent(event)  # type: ignore[arg-type]

    def told(self, row: PlanRow, column: int) -> str:
        """What is said when a cell is pointed at."""
        if column == SURE:
            return words.sure_said(row.share)
        if column == NAME:
            return f"{row.action.name} · {parts_words(row)} · {words.status_words(row)}"
        return str(self.rows.data(self.rows.index(0, column)) or "") if column == TICK else {
            PART: parts_words(row), COSTS: words.cost_words(row.action, self._currency),
            LIFT: words.lift_words(row.lift, row.low, row.high), STATUS: words.status_words(row),
        }[column]  # fmt: skip

    def _toggle(self, number: int) -> None:
        action_id = self.rows.id_at(number)
        if action_id:
            self.toggled.emit(action_id)


class _TickPainter(QStyledItemDelegate):
    """A box with a tick in the first column; what has a tone keeps it in the selected row."""

    def __init__(self, theme: Theme, table: PlanTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.palette.setBrush(QPalette.ColorRole.HighlightedText, option.palette.brush(QPalette.ColorRole.Text))
        if index.column() == NAME and self._table.slim:
            option.text = ""  # painted by hand, with a second line

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        row = self._table.rows.row(index.row())
        if row is not None and index.column() == NAME and self._table.slim:
            self._two_lines(painter, QRectF(option.rect), row)
        if index.column() != TICK or row is None:
            return
        theme, size = self._theme, self._theme.px(16)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, size, size)
        box.moveCenter(QRectF(option.rect).center())
        painter.setPen(QPen(theme.colour("accent" if row.ticked else "faint"), 1.2))
        painter.setBrush(theme.colour("accent" if row.ticked else "surface"))
        painter.drawRoundedRect(box, 3.5, 3.5)
        if row.ticked:
            theme.icon("check", "on_accent", 14).paint(painter, box.adjusted(1, 1, -1, -1).toRect())
        painter.restore()

    def _two_lines(self, painter: QPainter, cell: QRectF, row: PlanRow) -> None:
        theme, gap = self._theme, self._theme.px(8)
        painter.save()
        status = words.status_words(row)
        parts = [
            (f"{parts_words(row)} · ", row.levers[0] if row.levers else "faint"),
            (status, _status_tone(row) or "quiet"),
        ]
        room = cell.adjusted(gap, theme.px(2), -gap / 2, -theme.px(2))
        painter.setFont(theme.font(TEXT))
        painter.setPen(theme.colour("text"))
        name = painter.fontMetrics().elidedText(row.action.name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)
        painter.setFont(theme.font(NOTE))
        for text, tone in parts:
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.setPen(theme.colour(tone))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, shown)
            room.setLeft(min(room.right(), room.left() + painter.fontMetrics().horizontalAdvance(text)))
        painter.restore()
