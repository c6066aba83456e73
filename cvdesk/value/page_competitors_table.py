"""Where we have the edge: each factor against a competitor, sorted by what it makes of Net."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import Theme
from cvdesk.stats.rivals import CLOSE_GAP, DOUBLE_DOWN
from cvdesk.value.form_question import importance_words
from cvdesk.value.records_rivals import Against, Edge
from cvdesk.value.records_rivals_words import advice, standing
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number, signed

Index = QModelIndex | QPersistentModelIndex
LABEL, PART, MATTERS, STANDING, EDGE, ADVICE = range(6)
_NARROW, _SLIM = 620, 520


def edge_words(edge: Edge) -> str:
    """The edge in points of Net, rounded so that the column adds up; a dash where its part is missing."""
    return "–" if edge.shown is None else signed(edge.shown / 100, 2)


def ratings_words(edge: Edge) -> str:
    """The two ratings behind a line, with their direction and how many gave them."""
    name = _("{factor}, less is better").format(factor=edge.label) if words.less_is_better(edge.lever) else edge.label
    return _("{factor}: you {ours} of 5 ({n_ours}), they {theirs} of 5 ({n_theirs})").format(
        factor=name, ours=number(edge.ours), n_ours=words.answers(edge.n_ours), theirs=number(edge.theirs),
        n_theirs=words.answers(edge.n_theirs),
    )  # fmt: skip


def matters_words(edge: Edge) -> str:
    """How much a factor matters; empty where nobody said."""
    return importance_words(edge.matters) if edge.matters else ""


def _advice_tone(edge: Edge) -> str:
    return {DOUBLE_DOWN: "good", CLOSE_GAP: "bad", None: "faint"}.get(edge.advice, "quiet")


def _tone(edge: Edge) -> str:
    return "faint" if edge.advice is None else ""


class EdgeTable(Table):
    """The factors against one competitor. What was only guessed stands in grey."""

    def __init__(self, theme: Theme) -> None:
        columns = [
            Column(_("What customers value"), lambda edge: edge.label, 200, _tone, stretch=True),
            Column(
                _("Part"), lambda edge: words.lever_name(edge.lever), 84,
                lambda edge: "faint" if edge.advice is None else edge.lever,
            ),
            Column(_("Matters"), matters_words, 76),
            Column(_("Against them"), standing, 158, _tone),
            Column(_("Your edge"), edge_words, 78, _tone, right=True),
            Column(_("What to do"), advice, 100, _advice_tone),
        ]  # fmt: skip
        super().__init__(theme, _("Where you have the edge"), columns, lambda edge: hash(edge.key))
        self._theme = theme
        self._weighed = True
        self._painter = _DotsPainter(theme, self)
        self.setItemDelegate(self._painter)

    def show_against(self, found: Against) -> None:
        """Shows a comparison."""
        self._weighed = any(edge.matters for edge in found.edges)
        self._fit_columns()
        self.show_source(Listed(found.edges))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """In a small window what matters and the part stand below the table only."""
        self.setColumnHidden(MATTERS, not self._weighed or self.width() < self._theme.px(_NARROW))
        self.setColumnHidden(PART, self.width() < self._theme.px(_SLIM))


class _DotsPainter(QStyledItemDelegate):
    """How much a factor matters as dots; what has a tone keeps it in the selected row."""

    def __init__(self, theme: Theme, table: EdgeTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.palette.setBrush(QPalette.ColorRole.HighlightedText, option.palette.brush(QPalette.ColorRole.Text))
        if index.column() == MATTERS:
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        edge = self._table.rows.row(index.row())
        if index.column() != MATTERS or edge is None or not edge.matters:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, step, size = QRectF(option.rect), self._theme.px(13), self._theme.px(9)
        for place in range(5):
            painter.setPen(QPen(self._theme.colour("faint"), 1.2))
            painter.setBrush(self._theme.colour("faint") if place < edge.matters else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(box.left() + 8 + place * step, box.center().y() - size / 2, size, size))
        painter.restore()
