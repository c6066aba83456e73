"""Customers' words in full: passages emphasised or underlined, words marked with mouse or keys; always plain text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import TEXT
from cvdesk.themes.store_marks import Mark
from cvdesk.wording import _

_MOST_LINES = 14


class Words(QPlainTextEdit):
    """An entry's text in full. Words are marked with the mouse or with Shift and the arrow keys.

    `marked` comes with the passage once it is settled: the mouse let go, or Enter pressed.
    """

    marked = Signal(str, bool)  # the passage; True when it was marked with the keyboard

    def __init__(
        self,
        theme: Theme,
        text: str,
        marks: Sequence[Mark] = (),
        emphasised: Sequence[tuple[int, int]] = (),
        size: int = TEXT,
    ) -> None:
        """`emphasised`: stretches of the text (first, end) on a quiet ground, as what was searched for."""
        super().__init__(text)
        self._theme = theme
        self.setProperty("kind", "words")
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setFont(theme.font(size))
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What they said"))
        self.setAccessibleDescription(_("Mark words with Shift and the arrow keys, then press Enter to file them."))
        self._underline(marks, emphasised)

    def passage(self) -> str:
        """The words that are selected."""
        return self.textCursor().selectedText().replace("\u2029", "\n").strip()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.marked.emit(self.passage(), False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.passage():
            self.marked.emit(self.passage(), True)
            return
        if event.key() == Qt.Key.Key_Escape and self.passage():
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.marked.emit("", True)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lines = max(int(self.document().size().height()), 1)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines > _MOST_LINES else policy.ScrollBarAlwaysOff)
        lines = min(lines, _MOST_LINES)
        self.setFixedHeight(lines * (self.fontMetrics().lineSpacing() + 1) + self._theme.px(12))

    def _underline(self, marks: Sequence[Mark], emphasised: Sequence[tuple[int, int]]) -> None:
        text = self.toPlainText()
        chosen: list[QTextEdit.ExtraSelection] = []
        for start, end in emphasised:
            style = QTextCharFormat()
            style.setBackground(self._theme.colour("accent_ground"))
            style.setFontWeight(QFont.Weight.DemiBold)
            chosen.append(self._selection(start, end, style))
        for mark in marks:
            start = text.find(mark.words)
            if start >= 0:
                style = QTextCharFormat()
                style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                style.setUnderlineColor(QColor(self._theme.colour(mark.lever)))
                style.setForeground(self._theme.colour(mark.lever))
                chosen.append(self._selection(start, start + len(mark.words), style))
        self.setExtraSelections(chosen)

    def _selection(self, start: int, end: int, style: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_in_utf16(self.toPlainText(), start))
        cursor.setPosition(_in_utf16(self.toPlainText(), end), QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, style
        return made


def _in_utf16(text: str, place: int) -> int:
    """A place in a text as Qt counts it: smileys and the like take two."""
    return len(text[:place].encode("utf-16-le")) // 2
