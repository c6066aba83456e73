"""The ranking as a table: bars with what is only suggested hatched beside, whiskers, praise against complaint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import Theme
from cvdesk.themes.records_rank import CHANGE, NAME, PAIN, POINTS, SHARE, Moods, Pain, Ranked, places
from cvdesk.themes.records_rank_words import (
    change_short,
    change_words,
    people,
    place_words,
    points,
    row_sentence,
    severities,
)
from cvdesk.wording import _
from cvdesk.wording.figures import of_100_short
from cvdesk.wording.numbers import whole

Index = QModelIndex | QPersistentModelIndex
PLACE, THEME, DRAWN, OF_100, PEOPLE, MOODS, TROUBLE, AFFECTED, SEVERE, CHANGED, CHANGED_HOW = range(11)
_SHOWN = {
    SHARE: (PLACE, THEME, DRAWN, OF_100, PEOPLE, MOODS, TROUBLE, CHANGED),
    NAME: (THEME, DRAWN, OF_100, PEOPLE, MOODS, TROUBLE, CHANGED),
    PAIN: (THEME, DRAWN, TROUBLE, AFFECTED, SEVERE),
    CHANGE: (THEME, DRAWN, OF_100, CHANGED_HOW),
}
# What a small window drops first, then next; the panel beside the table and the row's sentence have it all.
_DROPPED = ((720, (PEOPLE,)), (680, (CHANGED, SEVERE)), (560, (PLACE, TROUBLE)))
_KEPT = {PAIN: {TROUBLE}}  # what the order is by is never dropped
_BETWEEN = " · "
_TINTS = (0.40, 0.70, 1.0)  # minor, moderate, serious


class RankTable(Table):
    """The themes in one of the orders. Enter or a double click opens the feedback behind a line."""

    def __init__(self, theme: Theme) -> None:
        self._texts: dict[tuple[int, int], str] = {}
        columns = [
            Column("", self._place, 48, "faint"),
            Column(_("Theme"), lambda row: row.figure.name, 150, said=self._sentence),
            Column("", lambda _row: "", 120, stretch=True),
            Column(_("Of 100"), lambda row: of_100_short(row.figure.share), 116),
            Column(_("Customers"), lambda row: people(row.figure), 80),
            Column(_("Complaint · praise"), lambda row: moods_words(row.moods), 136),
            Column(_("Trouble"), lambda row: points(row.pain), 62, right=True),
            Column(_("Affected of 100"), lambda row: of_100_short(row.pain.affected) if row.pain else "", 116),
            Column(_("How bad"), lambda row: severities(row.pain), 246),
            Column(_("Change"), change_short, 66, _change_tone),
            Column(_("Against before"), _against_before, 290, _change_tone),
        ]  # fmt: skip
        columns = [replace(one, text=self._kept(place, one.text)) for place, one in enumerate(columns)]
        super().__init__(theme, _("Themes, ranked"), columns, lambda row: int(row.figure.id))
        self.order = SHARE
        self.listed: Sequence[Ranked] = ()
        self._above: dict[int, Ranked] = {}
        self._places: dict[int, tuple[int, int]] = {}
        self._theme = theme
        self._painter = _RankPainter(theme, self)
        self.setItemDelegate(self._painter)
        self.setMinimumHeight(theme.px(160))

    def show_rows(self, rows: Sequence[Ranked], order: str, by_share: Sequence[Ranked]) -> None:
        """Shows these lines; `by_share` says which theme stands above each by share. The selected one stays so."""
        self.order, self.listed = order, rows
        self._texts.clear()
        self._above = {below.figure.id: row for row, below in pairwise(by_share)}
        self._places = places(by_share)
        self._painter.use(rows, order)
        self._fit_columns()
        self.show_source(Listed(rows))

    def text(self, row: Ranked, column: int) -> str:
        """The words of a cell."""
        return self._texts.get((row.figure.id, column), "")

    def place_of(self, theme_id: int) -> int | None:
        """The line of a theme; None where it has none."""
        return next((place for place, row in enumerate(self.listed) if row.figure.id == theme_id), None)

    def above(self, row: Ranked) -> Ranked | None:
        """The theme that stands above one by share."""
        return self._above.get(row.figure.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # chosen before the table had its size

    def _fit_columns(self) -> None:
        """Shows what belongs to the order, less what there is no room or nothing to say for."""
        wanted = set(_SHOWN[self.order])
        for width, dropped in _DROPPED:
            if self.width() < self._theme.px(width):
                wanted -= set(dropped) - _KEPT.get(self.order, set())
        narrow = self.width() < self._theme.px(560)
        if self.order == CHANGE and not any(change_words(row.change, row.figure.share) for row in self.listed):
            wanted = (wanted - {CHANGED_HOW}) | {CHANGED}  # nothing to compare with: the words below say why
        elif narrow and self.order == CHANGE:
            wanted -= {OF_100, DRAWN}  # what changed says it, too, and needs the room
        if all(row.figure.share.value is None for row in self.listed):  # counts only, until ten customers are active
            wanted = (wanted - {PLACE, DRAWN, OF_100, AFFECTED}) | {PEOPLE}
        if not any(change_short(row) for row in self.listed):
            wanted.discard(CHANGED)
        self.setColumnWidth(CHANGED_HOW, self._theme.px(300))
        self.setColumnWidth(THEME, self._theme.px(134 if narrow else 150))
        self.setColumnWidth(OF_100, self._theme.px(110 if narrow else 116))
        self.setColumnWidth(MOODS, self._theme.px(122 if narrow else 136))
        mode = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(THEME, mode.Interactive if DRAWN in wanted else mode.Stretch)
        for place in range(self.rows.columnCount()):
            self.setColumnHidden(place, place not in wanted)

    def _kept(self, column: int, make: Callable[[Ranked], str]) -> Callable[[Ranked], str]:
        """Words made once, not each time they are painted: figures in the forms of a locale take their time."""

        def text(row: Ranked) -> str:
            key = (row.figure.id, column)
            if key not in self._texts:
                self._texts[key] = make(row)
            return self._texts[key]

        return text

    def _place(self, row: Ranked) -> str:
        where = self._places.get(row.figure.id)
        return "" if where is None else place_words(where)

    def _sentence(self, row: Ranked) -> str:
        return row_sentence(row, self.above(row), self._places.get(row.figure.id))


def _against_before(row: Ranked) -> str:
    return change_words(row.change, row.figure.share) or change_short(row)


def _change_tone(row: Ranked) -> str:
    return "quiet" if row.change is None or not row.change.clear else ""


def moods_words(moods: Moods) -> str:
    """The counts of complaint and praise; drawn with the bar between them."""
    return f"{whole(moods.complaint)}{_BETWEEN}{whole(moods.praise)}"


class _RankPainter(QStyledItemDelegate):
    """Draws the bars: share with what is only suggested and its interval, trouble by severity, praise and complaint."""

    def __init__(self, theme: Theme, table: RankTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table
        self._most, self._order = 1.0, SHARE

    def use(self, rows: Sequence[Ranked], order: str) -> None:
        """Takes the scale that holds all bars of an order."""
        self._order = order
        if order == PAIN:
            self._most = max((_weight(row.pain) for row in rows if row.pain), default=1.0)
            return
        ends = [max(row.figure.share.high or 0.0, _with_suggested(row)) for row in rows]
        ends += [row.change.before.value or 0.0 for row in rows if order == CHANGE and row.change]
        self._most = max([0.05, *ends])

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.palette.setBrush(QPalette.ColorRole.HighlightedText, option.palette.brush(QPalette.ColorRole.Text))
        if index.column() in (DRAWN, MOODS):
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        row = self._table.rows.row(index.row())
        if row is None or index.column() not in (DRAWN, MOODS):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(8, 0, -8, 0)
        if index.column() == MOODS:
            draw_moods(painter, self._theme, box, row.moods, self._table.text(row, MOODS))
        elif self._order == PAIN:
            self._draw_pain(painter, box, row.pain)
        else:
            self._draw_share(painter, box, row)
        painter.restore()

    def _draw_share(self, painter: QPainter, box: QRectF, row: Ranked) -> None:
        share = row.figure.share
        if share.value is None or share.low is None or share.high is None:
            return
        theme, tall, middle = self._theme, self._theme.px(12), box.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        track = QRectF(box.left(), middle - tall / 2, box.width(), tall)
        painter.drawRoundedRect(track, 3, 3)
        colour = theme.colour(row.figure.lever)
        solid, whole_bar = (box.width() * value / self._most for value in (share.value, _with_suggested(row)))
        if whole_bar > solid:
            hatched = QRectF(box.left() + solid, track.top(), whole_bar - solid, tall)
            painter.fillRect(hatched, QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(hatched.adjusted(0, 0.5, -0.5, -0.5))
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(box.left(), track.top(), solid, tall), 3, 3)
        self._whisker(painter, box, share.low, share.high)
        before = row.change.before.value if row.change is not None else None
        if self._order == CHANGE and before is not None:
            at = box.left() + box.width() * before / self._most
            painter.setPen(QPen(theme.colour("text"), 1.5, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(at, track.top() - 4), QPointF(at, track.bottom() + 4))

    def _whisker(self, painter: QPainter, box: QRectF, low: float, high: float) -> None:
        """The likely range, with a rim of the ground, so that it shows on the bar as well as beside it."""
        middle, cap = box.center().y(), self._theme.px(3)
        left, right = (box.left() + box.width() * value / self._most for value in (low, high))
        for colour, width in (("surface", 3.5), ("text", 1.3)):
            painter.setPen(QPen(self._theme.colour(colour), width))
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))
            for end in (left, right):
                painter.drawLine(QPointF(end, middle - cap), QPointF(end, middle + cap))

    def _draw_pain(self, painter: QPainter, box: QRectF, pain: Pain | None) -> None:
        tall, middle = self._theme.px(12), box.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("track"))
        painter.drawRoundedRect(QRectF(box.left(), middle - tall / 2, box.width(), tall), 3, 3)
        if pain is None:
            return
        left = box.left()
        for count, weight, tint in zip(pain.events, POINTS.values(), _TINTS, strict=True):
            wide = box.width() * count * weight / self._most
            colour = QColor(self._theme.colour("bad"))
            colour.setAlphaF(tint)
            painter.fillRect(QRectF(left, middle - tall / 2, wide, tall), colour)
            left += wide


def draw_moods(painter: QPainter, theme: Theme, box: QRectF, moods: Moods, said: str = "") -> None:
    """Complaint at the left, praise at the right, between them who is in between and who is not known (hollow).

    `said`: both counts in words, where they are made already.
    """
    if not moods.customers:
        return
    font = theme.font(12)
    painter.setFont(font)
    room = theme.px(26)
    complaint, praise = (said or moods_words(moods)).split(_BETWEEN)
    for side, count, text, tone in (
        (Qt.AlignmentFlag.AlignLeft, moods.complaint, complaint, "bad"),
        (Qt.AlignmentFlag.AlignRight, moods.praise, praise, "good"),
    ):
        painter.setPen(theme.colour(tone if count else "faint"))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
    tall = theme.px(8)
    bar = QRectF(box.left() + room, box.center().y() - tall / 2, box.width() - 2 * room, tall)
    left = bar.left()
    for count, tone in ((moods.complaint, "bad"), (moods.both, "faint"), (moods.unknown, ""), (moods.praise, "good")):
        wide = bar.width() * count / moods.customers
        part = QRectF(left, bar.top(), wide, tall)
        if tone:
            painter.fillRect(part, theme.colour(tone))
        elif wide > 1:
            painter.setPen(QPen(theme.colour("faint"), 1))
            painter.drawRect(part.adjusted(0.5, 0.5, -0.5, -0.5))
        left += wide


def _with_suggested(row: Ranked) -> float:
    """The share with those only suggested."""
    figure = row.figure
    more = figure.customers_suggested / figure.share.n if figure.share.n else 0.0
    return min(1.0, (figure.share.value or 0.0) + more)


def _weight(pain: Pain) -> float:
    return float(sum(count * weight for count, weight in zip(pain.events, POINTS.values(), strict=True)))
