"""Customers' words on screen: what was searched for emphasised, what was marked underlined; always plain text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QPlainTextEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTextEdit

from cvdesk.feedback.searching import Search, matches
from cvdesk.kit.theme import Theme
from cvdesk.themes.store_marks import Mark
from cvdesk.wording import _

_BEFORE, _LEAD = 40, 16  # a match further in than this brings the words before it down to so many letters
_INSET = 11
_MOST_LINES = 14


def excerpt(text: str, search: Search) -> tuple[str, list[tuple[int, int]]]:
    """A line of a text that shows its first match, and where the matches lie in it."""
    text = " ".join(text.split())
    found = matches(text, search)
    if not found or found[0][0] <= _BEFORE:
        return text, found
    cut = found[0][0] - _LEAD
    space = text.rfind(" ", cut - _LEAD, found[0][0])
    cut = space + 1 if space > 0 else cut
    return "… " + text[cut:], [(start - cut + 2, end - cut + 2) for start, end in found]


class WordsColumn(QStyledItemDelegate):
    """Paints the column of customers' words with what was searched for in bold."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.search = Search()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if not self.search.terms:
            super().paint(painter, option, index)
            return
        text, found = excerpt(str(index.data() or ""), self.search)
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        shown.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        rect = shown.rect.adjusted(_INSET, 0, -_INSET, 0)
        bold = QFont(shown.font)
        bold.setWeight(QFont.Weight.DemiBold)
        emphasis = QTextCharFormat()
        emphasis.setFont(bold)
        emphasis.setForeground(self._theme.colour("accent"))
        metrics = shown.fontMetrics
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        layout = QTextLayout(text, shown.font)
        layout.setFormats([_range(start, min(end, len(text)), emphasis) for start, end in found if start < len(text)])
        layout.beginLayout()
        row = layout.createLine()
        row.setLineWidth(rect.width() * 2)
        layout.endLayout()
        painter.save()
        painter.setClipRect(rect)
        painter.setPen(self._theme.colour("text"))
        layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - row.height()) / 2))
        painter.restore()


def _range(start: int, end: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, end - start, style
    return made


class Words(QPlainTextEdit):
    """An entry's text in full. Words are marked with the mouse or with Shift and the arrow keys.

    `marked` comes with the passage once it is settled: the mouse let go, or Enter pressed.
    """

    marked = Signal(str, bool)  # the passage; True when it was marked with the keyboard

    def __init__(self, theme: Theme, text: str, marks: Sequence[Mark] = (), search: Search = Search()) -> None:  # noqa: B008
        super().__init__(text)
        self._theme = theme
        self.setProperty("kind", "words")
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setFont(theme.font())
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What they said"))
        self.setAccessibleDescription(_("Mark words with Shift and the arrow keys, then press Enter to file them."))
        self._underline(marks, search)

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

    def _underline(self, marks: Sequence[Mark], search: Search) -> None:
        text = self.toPlainText()
        chosen: list[QTextEdit.ExtraSelection] = []
        for start, end in matches(text, search):
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
