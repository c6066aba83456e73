"""Customers' words in the list, with what was searched for emphasised; always plain text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cvdesk.feedback.searching import Search, matches
from cvdesk.kit.theme import Theme

_BEFORE, _LEAD = 40, 16  # a match further in than this brings the words before it down to so many letters
_INSET = 11


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
