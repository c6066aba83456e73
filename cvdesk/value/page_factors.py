"""The scorecard as a table: every factor under its part of value, its interval drawn, the owner's guess beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import Theme
from cvdesk.stats.intervals import Estimate
from cvdesk.value.page_words import at_limit, limit_sign
from cvdesk.value.records import FactorScore, LeverCard, Scorecard
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number

Index = QModelIndex | QPersistentModelIndex
LABEL, SCORE, DRAWN, SURE, MATTERS, GUESS = range(6)


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A line of the scorecard: a part of value, or one of its factors. `dots`: how much it matters, 0 to 5."""

    place: int
    lever: LeverCard
    factor: FactorScore | None
    dots: int = 0

    @property
    def score(self) -> LeverCard | FactorScore:
        """What the line is about."""
        return self.factor or self.lever


def factor_rows(card: Scorecard, importance: Mapping[str, float | None]) -> list[FactorRow]:
    """The lines in the order of the form. Dots from the owner's ratings or customers' weights."""
    rows: list[FactorRow] = []
    for lever in card.levers:
        rows.append(FactorRow(len(rows), lever, None))
        heaviest = max((factor.weight for factor in lever.factors), default=0.0)
        for factor in lever.factors:
            dots = 0
            if card.weights_from == "customers" and heaviest > 0 and factor.weight > 0:
                dots = max(1, round(5 * factor.weight / heaviest))
            elif card.weights_from == "owner":
                dots = round(importance.get(factor.key) or 0)
            rows.append(FactorRow(len(rows), lever, factor, dots))
    return rows


def guess_number(score: LeverCard | FactorScore) -> str:
    """The owner's guess: a whole answer of the scale for a factor, a mean for a part of value."""
    return number(score.owner or 0.0, 0 if isinstance(score, FactorScore) else 1)


def gap_words(score: LeverCard | FactorScore) -> str:
    """The owner's guess and what it means against what customers said."""
    if score.owner is None:
        return ""
    guess = guess_number(score)
    if score.verdict == "blind_spot":
        return _("{guess} · blind spot").format(guess=guess)
    if score.verdict == "hidden_strength":
        return _("{guess} · hidden strength").format(guess=guess)
    return guess


def _sure(row: FactorRow) -> str:
    estimate = row.score.estimate
    if estimate.value is None:
        return "" if row.factor is None else words.answers(estimate.n) if estimate.n else _("no answers yet")
    return words.with_strength(number(estimate.n, 0), estimate.n)


def _score(row: FactorRow) -> str:
    """The score; where incidents say more than score sheets, or are all there is, the limit they set."""
    value = row.score.estimate.value
    if row.factor is not None and row.factor.incidents is not None and at_limit(row.factor):
        return limit_sign(row.factor.lever, row.factor.incidents.limit)
    return "–" if value is None else number(value)


def _label(row: FactorRow) -> str:
    if row.factor is not None:
        return row.factor.label
    name = words.lever_name(row.lever.lever)
    return _("{part}: less is better").format(part=name) if words.less_is_better(row.lever.lever) else name


def _matters(row: FactorRow) -> str:
    from cvdesk.value.form_question import importance_words

    return importance_words(row.dots) if row.dots else ""


def draw_interval(
    painter: QPainter, theme: Theme, box: QRectF, colour: str, estimate: Estimate, owner: float | None = None
) -> None:
    """A score on its scale 1-5 with its interval, and the owner's guess as a hollow mark, in the line `box`."""
    thick, middle = theme.px(5), box.center().y()
    painter.setPen(Qt.PenStyle.NoPen)

    def at(value: float) -> float:
        return box.left() + box.width() * (min(max(value, 1.0), 5.0) - 1) / 4

    painter.setBrush(theme.colour("line"))
    painter.drawRoundedRect(QRectF(box.left(), middle - thick / 2, box.width(), thick), thick / 2, thick / 2)
    if owner is not None:  # hollow, so that it cannot be taken for an answer
        painter.setBrush(theme.colour("surface"))
        painter.setPen(QPen(theme.colour("faint"), 1.5))
        size = theme.px(4)
        painter.drawEllipse(QRectF(at(owner) - size, middle - size, 2 * size, 2 * size))
    if estimate.value is not None and estimate.low is not None and estimate.high is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        soft = theme.colour(colour)
        soft.setAlphaF(0.40)
        painter.setBrush(soft)
        wide, tall = max(2.0, at(estimate.high) - at(estimate.low)), theme.px(10)
        painter.drawRoundedRect(QRectF(at(estimate.low), middle - tall / 2, wide, tall), 2, 2)
        painter.setBrush(theme.colour(colour))
        size = theme.px(3)
        painter.drawEllipse(QRectF(at(estimate.value) - size, middle - size, 2 * size, 2 * size))


class FactorTable(Table):
    """The scorecard's table; at little width it drops what can be read elsewhere."""

    def __init__(self, theme: Theme) -> None:
        tone: Callable[[FactorRow], str] = lambda row: row.lever.lever if row.factor is None else ""  # noqa: E731
        columns = [
            Column(_("What customers value"), _label, 200, tone, stretch=True),
            Column(_("Of 5"), _score, 60, right=True),
            Column("", lambda row: words.interval(row.score.estimate), 110),
            Column(_("Answers"), _sure, 104, "quiet"),
            Column(_("Matters"), _matters, 86),
            Column(_("Your guess"), lambda row: gap_words(row.score), 150, _guess_tone),
        ]
        self._rows: Sequence[FactorRow] = ()
        super().__init__(theme, _("Scorecard"), columns, lambda row: int(row.place))
        self._painter = _RowPainter(theme, self)
        self.setItemDelegate(self._painter)
        self.setMinimumHeight(theme.px(220))

    def show_rows(self, rows: Sequence[FactorRow]) -> None:
        """Shows these lines; the one selected stays so."""
        self._rows = rows
        self._fit_columns()
        self.show_source(Listed(rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # chosen before the table had its size
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Drops what there is nothing to say in, and what there is no room for."""
        narrow = self.width() < self._painter.theme.px(560)
        silent = all(row.score.estimate.n == 0 for row in self._rows)
        silent = silent and all(row.factor is None or row.factor.incidents is None for row in self._rows)
        self.setColumnWidth(DRAWN, self._painter.theme.px(80 if narrow else 110))
        self.setColumnHidden(SCORE, silent)
        self.setColumnHidden(SURE, narrow or silent)
        self.setColumnHidden(MATTERS, narrow or not any(row.dots for row in self._rows))
        self.setColumnHidden(GUESS, all(row.score.owner is None for row in self._rows))


def _guess_tone(row: FactorRow) -> str:
    return {"blind_spot": "bad", "hidden_strength": "good"}.get(row.score.verdict, "quiet")


class _RowPainter(QStyledItemDelegate):
    """Draws what words cannot: the interval on its scale, dots for how much it matters, parts of value in bold."""

    def __init__(self, theme: Theme, table: FactorTable) -> None:
        super().__init__(table)
        self.theme = theme
        self._table = table

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        row = self._table.rows.row(index.row())
        if row is not None and row.factor is None:
            option.font = self.theme.font(13, strong=True)
        if index.column() in (DRAWN, MATTERS):
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        row = self._table.rows.row(index.row())
        if row is None:
            return
        box = QRectF(option.rect).adjusted(8, 0, -8, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.column() == DRAWN and row.factor is not None:
            draw_interval(painter, self.theme, box, row.lever.lever, row.score.estimate, row.score.owner)
        elif index.column() == MATTERS and row.dots:
            self._dots(painter, box, row.dots)
        painter.restore()

    def _dots(self, painter: QPainter, box: QRectF, dots: int) -> None:
        step, size = self.theme.px(13), self.theme.px(9)
        for place in range(5):
            painter.setPen(QPen(self.theme.colour("faint"), 1.2))
            painter.setBrush(self.theme.colour("faint") if place < dots else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(box.left() + place * step, box.center().y() - size / 2, size, size))
