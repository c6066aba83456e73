"""The second view of the scorecard: kinds of benefit, cost and drawback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import Theme
from cvdesk.value.page_factors import draw_interval
from cvdesk.value.page_words import kind_name
from cvdesk.value.records import Scorecard
from cvdesk.value.records_score import KindScore
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number

Index = QModelIndex | QPersistentModelIndex
DRAWN, SURE, BELONGS = 2, 3, 4


@dataclass(frozen=True, slots=True)
class KindRow:
    """A line: a part of value as a heading (`kind` None), or one of its kinds; `belongs`: what is in it."""

    place: int
    lever: str
    kind: KindScore | None
    belongs: str = ""


def kind_rows(card: Scorecard, kinds: Sequence[KindScore]) -> list[KindRow]:
    """The kinds under their parts of value."""
    rows: list[KindRow] = []
    for lever in card.levers:
        own = [kind for kind in kinds if kind.lever == lever.lever]
        if own:
            rows.append(KindRow(len(rows), lever.lever, None))
        for kind in own:
            belongs = ", ".join(card.factor(key).label for key in kind.factors)
            rows.append(KindRow(len(rows), lever.lever, kind, belongs))
    return rows


def _label(row: KindRow) -> str:
    if row.kind is not None:
        return kind_name(row.kind.kind)
    name = words.lever_name(row.lever)
    return _("{part}: less is better").format(part=name) if words.less_is_better(row.lever) else name


def _score(row: KindRow) -> str:
    if row.kind is None:
        return ""
    return "–" if row.kind.estimate.value is None else number(row.kind.estimate.value)


def _sure(row: KindRow) -> str:
    if row.kind is None:
        return ""
    estimate = row.kind.estimate
    if estimate.value is None:
        return words.answers(row.kind.asked) if row.kind.asked else _("no answers yet")
    return words.with_strength(number(estimate.n, 0), estimate.n)


class KindTable(Table):
    """A line a kind, with its interval drawn."""

    def __init__(self, theme: Theme) -> None:
        columns = [
            Column(_("Kind"), _label, 190, lambda row: row.lever if row.kind is None else "", stretch=True),
            Column(_("Of 5"), _score, 60, right=True),
            Column("", lambda row: "" if row.kind is None else words.interval(row.kind.estimate), 110),
            Column(_("Answers"), _sure, 104, "quiet"),
            Column(_("What belongs to it"), lambda row: row.belongs, 240, "quiet"),
        ]
        super().__init__(theme, _("Kinds of benefit and cost"), columns, lambda row: int(row.place))
        self._theme = theme
        self._painter = _Painter(theme, self)
        self.setItemDelegate(self._painter)
        self.setMinimumHeight(theme.px(220))

    def show_rows(self, rows: Sequence[KindRow]) -> None:
        """Shows these lines; the one selected stays so."""
        self.show_source(Listed(rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(640)
        self.setColumnHidden(BELONGS, narrow)
        self.setColumnHidden(SURE, self.width() < self._theme.px(420))


class _Painter(QStyledItemDelegate):
    """Draws the interval; parts of value in bold."""

    def __init__(self, theme: Theme, table: KindTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        row = self._table.rows.row(index.row())
        if row is not None and row.kind is None:
            option.font = self._theme.font(13, strong=True)
        if index.column() == DRAWN:
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        row = self._table.rows.row(index.row())
        if row is None or row.kind is None or index.column() != DRAWN:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_interval(painter, self._theme, QRectF(option.rect).adjusted(8, 0, -8, 0), row.lever, row.kind.estimate)
        painter.restore()
