"""Type to find: a field and the few things that fit, chosen with the arrow keys and Enter or with the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from cvdesk.catalogue.records import match_key
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import LARGE, NOTE, SMALL, TIGHT, TITLE, button, column, label, line
from cvdesk.wording import _

_LINES = 6


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that can be chosen; `tone` colours it, `beside` stands behind its name."""

    value: object
    name: str
    beside: str = ""
    tone: str = ""


Look = Callable[[str], Sequence[Found]]


def among(options: Sequence[Found]) -> Look:
    """Finds among a few things by the beginnings of their words."""

    def look(text: str) -> list[Found]:
        key = match_key(text)
        return [one for one in options if f" {key}" in f" {match_key(one.name)} {match_key(one.beside)}"]

    return look


class Finder(QWidget):
    """The field and the list. `chosen` carries the value, `left` comes with Escape."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, name: str, look: Look, lines: int = _LINES) -> None:
        super().__init__()
        self._theme, self._look = theme, look
        box = column(self, TIGHT)
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(name)
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("What fits"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(1)
        self.list.setFixedHeight(lines * theme.px(26))
        self.nothing = label(theme, _("Nothing fits."), NOTE, tone="faint")
        box.addWidget(self.field)
        box.addWidget(self.list)
        box.addWidget(self.nothing)
        self.field.textEdited.connect(self.refresh)
        self.field.returnPressed.connect(self._press)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._press())
        self.refresh()

    def offer(self, look: Look) -> None:
        """Offers other things to choose from."""
        self._look = look
        self.field.clear()
        self.refresh()

    def refresh(self) -> None:
        """Shows what fits what was typed."""
        found = self._look(self.field.text())
        self.list.clear()
        for one in found:
            item = QListWidgetItem(f"{one.name}   {one.beside}" if one.beside else one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.value)
            if one.tone:
                item.setForeground(self._theme.colour(one.tone))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                self.field.setAccessibleDescription(self.list.currentItem().text() if self.list.count() else "")
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _press(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class FindDialog(Dialog):
    """Asks for one of many by typing a part of its name."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, title: str, name: str, look: Look) -> None:
        super().__init__(theme.px(420), parent)
        self.setWindowTitle(title)
        box = column(self, SMALL, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        self.finder = Finder(theme, name, look, lines=9)
        box.addWidget(self.finder)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        box.addLayout(foot)
        self.finder.chosen.connect(self._choose)
        self.finder.left.connect(self.reject)
        self.finder.field.setFocus()

    def _choose(self, value: object) -> None:
        self.accept()
        self.chosen.emit(value)
