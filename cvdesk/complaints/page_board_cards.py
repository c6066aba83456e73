"""One column of the board: its cases as cards, walked with the arrow keys, moved by keys, by drag or from a menu."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from cvdesk.catalogue.records import SEVERITIES
from cvdesk.complaints.records import severity_name, stage_name
from cvdesk.complaints.records_due import deadline_in_words, due_in_words
from cvdesk.complaints.store_list import ComplaintRow
from cvdesk.kit.table import Column, TableModel
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, TEXT
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short

MIME = "application/x-cvdesk-complaint"
_HEIGHT, _GAP, _INSET = 112, 8, 10
Index = QModelIndex | QPersistentModelIndex


def card_words(row: ComplaintRow, today: date) -> str:
    """A card as one sentence, for a screen reader."""
    parts = (
        f"#{row.number}", severity_name(row.severity), row.customer or _("Nobody named"),
        row.words or _("No words noted"), when_words(row, today),
    )  # fmt: skip
    return ", ".join(parts)


def when_words(row: ComplaintRow, today: date) -> str:
    """The last line of a card: the deadline, or the day it came in."""
    if row.deadline is not None:
        return deadline_in_words(row.deadline, today)
    return _("Received {day}").format(day=day_short(row.date, today))


class CardPainter(QStyledItemDelegate):
    """Draws a case as a card: number and severity, who, the words, and what is due."""

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._today = theme, today

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_HEIGHT + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one card in the place Qt gives it."""
        model = index.model()
        row = model.row(index.row()) if isinstance(model, TableModel) else None
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = option.rect.adjusted(2, 2, -2, 2 - self._theme.px(_GAP))
        state = option.state
        self._ground(painter, place, bool(state & QStyle.StateFlag.State_Selected),
                     bool(state & QStyle.StateFlag.State_HasFocus))  # fmt: skip
        inset = self._theme.px(_INSET)
        self._write(painter, place.adjusted(inset, self._theme.px(8), -inset, -self._theme.px(8)), row)
        painter.restore()

    def _ground(self, painter: QPainter, place: QRect, selected: bool, focused: bool) -> None:
        theme = self._theme
        painter.setBrush(theme.colour("accent_ground" if selected and focused else "surface"))
        painter.setPen(QPen(theme.colour("accent" if selected else "line"), 2 if focused else 1))
        painter.drawRoundedRect(place, 6, 6)

    def _write(self, painter: QPainter, place: QRect, row: ComplaintRow) -> None:
        theme = self._theme
        strong, plain, note = theme.font(TEXT, True), theme.font(TEXT), theme.font(NOTE)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        line = theme.px(19)
        top = QRect(place.left(), place.top(), place.width(), line)
        self._severity(painter, top, row.severity)
        painter.setFont(strong)
        painter.setPen(theme.colour("text"))
        painter.drawText(top, left, f"#{row.number}")
        who = top.translated(0, line)
        painter.setFont(note)
        painter.setPen(theme.colour("quiet"))
        painter.drawText(who, left, _short(painter, row.customer or _("Nobody named"), who.width()))
        words = QRect(place.left(), who.bottom() + 1, place.width(), 2 * line)
        painter.setFont(plain)
        painter.setPen(theme.colour("text" if row.words else "quiet"))
        for number, text in enumerate(_two_lines(painter, row.words or _("No words noted"), words.width())):
            painter.drawText(QRect(words.left(), words.top() + number * line, words.width(), line), left, text)
        due = QRect(place.left(), place.bottom() - line + 1, place.width(), line)
        painter.setFont(note)
        painter.setPen(theme.colour("bad" if row.overdue else "quiet"))
        painter.drawText(due, left, _short(painter, self._when(painter, row, due.width()), due.width()))

    def _when(self, painter: QPainter, row: ComplaintRow, width: int) -> str:
        """What is due and when; in a narrow column only when, which matters more."""
        words = when_words(row, self._today())
        if row.deadline is not None and painter.fontMetrics().horizontalAdvance(words) > width:
            return due_in_words(row.deadline.day, self._today())
        return words

    def _severity(self, painter: QPainter, place: QRect, severity: str) -> None:
        """One to three dots and the word: never the colour alone."""
        theme = self._theme
        name = severity_name(severity)
        painter.setFont(theme.font(NOTE))
        colour = theme.colour("bad" if severity == "serious" else "quiet")
        width = painter.fontMetrics().horizontalAdvance(name)
        painter.setPen(colour)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, right, name)
        radius, count = theme.px(2.5), SEVERITIES.index(severity) + 1
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        for dot in range(count):
            x = place.right() - width - theme.px(8) - (count - 1 - dot) * theme.px(7)
            painter.drawEllipse(QPoint(x, place.center().y() + 1), radius, radius)


def _short(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, width)


def _two_lines(painter: QPainter, text: str, width: int) -> list[str]:
    """The beginning of a text on two lines, broken between words where that can be."""
    metrics, words = painter.fontMetrics(), text.split()
    first = ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return [_short(painter, text, width)]
    return [first, _short(painter, " ".join(words), width)] if words else [first]


class CardModel(TableModel):
    """The cases of one stage, read a stretch at a time."""

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__(theme, (Column("", lambda row: card_words(row, today())),), lambda row: row.id)


class StageColumn(QListView):
    """The cards of one stage. `walked` (-1 or 1): the arrow keys lead to the neighbouring column."""

    opened = Signal(object)
    picked = Signal(object)
    walked = Signal(int)
    menu_wanted = Signal(object, object)  # the row, and where on the screen
    moved_on = Signal(object)
    dropped = Signal(object)
    delete_wanted = Signal()

    def __init__(self, theme: Theme, stage: str, today: Callable[[], date]) -> None:
        super().__init__()
        self.stage = stage
        self.cards = CardModel(theme, today)
        self.setModel(self.cards)
        self._painter = CardPainter(theme, today)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.setAccessibleName(stage_name(stage))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMinimumWidth(1)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self._pressed: QPoint | None = None
        self.doubleClicked.connect(lambda _index: self._open())
        self.selectionModel().currentChanged.connect(lambda now, _before: self.picked.emit(self.cards.row(now.row())))

    def current(self) -> ComplaintRow | None:
        """The case the keyboard is on."""
        row: ComplaintRow | None = self.cards.row(self.currentIndex().row())
        return row

    def pick(self, number: int, select: bool = True) -> None:
        """Puts the keyboard on a card, and the card into view; `select`: it is the selected complaint, too."""
        count = self.cards.rowCount()
        if count:
            index = self.cards.index(max(0, min(number, count - 1)), 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect if select else flags.NoUpdate)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.current()
        on = bool(event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if on and row is not None and key == Qt.Key.Key_Right:
                self.moved_on.emit(row)
            else:
                self.walked.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_Delete and row is not None:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_M and row is not None:
            self.menu_wanted.emit(row, self._below(self.currentIndex()))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.pick(0)
        elif not self.selectionModel().hasSelection():
            self.pick(self.currentIndex().row())
        self.picked.emit(self.current())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        row = self.cards.row(index.row()) if index.isValid() else None
        if row is not None:
            self.setCurrentIndex(index)
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            self.menu_wanted.emit(row, self._below(index) if by_key else event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint() if self.indexAt(event.position().toPoint()).isValid() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._drag()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self.dropped.emit(int(bytes(event.mimeData().data(MIME).data()).decode()))

    def _drag(self) -> None:
        row, self._pressed = self.current(), None
        if row is None:
            return
        data = QMimeData()
        data.setData(MIME, str(row.id).encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
        drag.exec(Qt.DropAction.MoveAction)

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.opened.emit(row.id)

    def _below(self, index: QModelIndex) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())


__all__ = ["MIME", "CardModel", "StageColumn", "card_words", "when_words"]
