"""The line itself: typing, with what it may go on as shown faintly behind the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from cvdesk.feedback.capture_complete import Completion
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import SMALL, TIGHT
from cvdesk.wording import _, ngettext

_LEAST_ROOM = 32


class CaptureLine(QLineEdit):
    """Tab or Right takes what is offered, Up and Down show another, Escape puts it away. Enter never takes it."""

    taken = Signal(str)  # the whole line after something offered was taken
    went_down = Signal()  # to the chips

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._offered: Sequence[Completion] = ()
        self._place = 0
        self.setProperty("kind", "large")
        self.selectionChanged.connect(self.update)

    def offer(self, completions: Sequence[Completion]) -> None:
        """Shows the first of these behind the cursor; none hides it."""
        self._offered, self._place = tuple(completions), 0
        self._say()

    @property
    def offered(self) -> Completion | None:
        """What Tab would take now; None where nothing is to be seen."""
        at_end = self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
        seen = self._offered and at_end and self.hasFocus() and not _right_to_left(self.text())
        room = seen and self._room().width() >= self._theme.px(_LEAST_ROOM)
        return self._offered[self._place] if room else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt selects everything after a key brought the keyboard here; the next key would wipe a half-typed line."""
        super().focusInEvent(event)
        if self.selectedText() == self.text():
            self.end(False)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and not event.modifiers()
            and self.offered is not None
        ):
            self._take(self.offered)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, offered = event.key(), self.offered
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if offered is not None and plain and key in (Qt.Key.Key_Right, Qt.Key.Key_End):
            self._take(offered)
        elif offered is not None and key == Qt.Key.Key_Escape:
            self.offer(())
        elif plain and key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and offered is not None and len(self._offered) > 1:
            self._place = (self._place + (1 if key == Qt.Key.Key_Down else -1)) % len(self._offered)
            self._say()
        elif plain and key == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        offered = self.offered
        if offered is None:
            return
        painter = QPainter(self)
        painter.setPen(self._theme.colour("faint"))
        room = self._room()
        shown = self.fontMetrics().elidedText(self._shown(offered), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()

    def _shown(self, offered: Completion) -> str:
        more = len(self._offered) - 1
        if not more:
            return offered.rest
        hint = ngettext("{count} more: ↓", "{count} more: ↓", more).format(count=more)
        return f"{offered.rest}    {hint}"

    def _room(self) -> QRect:
        """What is free behind the cursor."""
        cursor = self.cursorRect()
        left = cursor.x() + cursor.width() // 2 + 1
        return QRect(left, 0, self.width() - left - self._theme.px(SMALL + TIGHT), self.height())

    def _take(self, offered: Completion) -> None:
        self.setSelection(offered.start, len(self.text()) - offered.start)
        self.insert(offered.text)  # as if typed: Ctrl+Z takes it back
        self.taken.emit(self.text())

    def _say(self) -> None:
        offered = self._offered[self._place] if self._offered else None
        said = "" if offered is None else _("Tab completes: {what}").format(what=offered.said)
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
        self.update()


def _right_to_left(text: str) -> bool:
    """Whether some of it is written from right to left: there is no telling then what is behind the cursor."""
    return not text.isascii() and any(bidirectional(mark) in ("R", "AL") for mark in text)
