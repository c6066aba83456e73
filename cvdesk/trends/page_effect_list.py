"""What was changed, the newest first: notes and actions, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, TEXT, tooltip
from cvdesk.trends.page_effect_read import Key, key_of
from cvdesk.trends.store_notes import KeptNote
from cvdesk.wording import _
from cvdesk.wording.numbers import day as day_words

Index = QModelIndex | QPersistentModelIndex
_KEY, _WHEN = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class _Drawn(QStyledItemDelegate):
    """What it was, and the day below in quiet letters."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, self._theme.px(50))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(theme.colour("accent"), 2) if focus else Qt.PenStyle.NoPen)
        if chosen or over:
            painter.setBrush(theme.colour("accent_ground" if chosen else "hover"))
        painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 6, 6)
        room = option.rect.adjusted(theme.px(10), theme.px(5), -theme.px(10), -theme.px(5))
        painter.setFont(theme.font(TEXT, strong=chosen))
        painter.setPen(theme.colour("accent" if chosen else "text"))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
        painter.setFont(theme.font(NOTE))
        painter.setPen(theme.colour("quiet"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, str(index.data(_WHEN)))
        painter.restore()


class ChangeList(QListWidget):
    """Arrow keys walk along it. Says `chosen` with the ids of a note and an action."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._told = True
        self._subjects: tuple[KeptNote, ...] = ()
        self.setAccessibleName(_("What you changed"))
        self._drawn = _Drawn(theme)
        self.setItemDelegate(self._drawn)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._moved)

    def show_subjects(self, subjects: Sequence[KeptNote], key: Key) -> None:
        """Lists notes and actions, one of them chosen, without telling anyone."""
        self._told = False
        if tuple(subjects) != self._subjects:
            self._subjects = tuple(subjects)
            self.clear()
            for note in subjects:
                item = QListWidgetItem(note.text, self)
                when = day_words(note.date)
                said = when if note.action_id is None else _("{day} · action started").format(day=when)
                item.setData(_KEY, key_of(note))
                item.setData(_WHEN, said)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{note.text}, {said}")
                item.setToolTip(tooltip(note.text))
        for place, note in enumerate(subjects):
            if key_of(note) == key:
                self.setCurrentRow(place)
        self._told = True

    def _moved(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if self._told and now is not None:
            self.chosen.emit(key_of(self._subjects[self.row(now)]))
