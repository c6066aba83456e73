"""Spots on two axes, painted: the value map and the importance-performance grid. Arrow keys walk along the spots."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, tooltip
from cvdesk.value.records_picture import Dot, Picture

_REACH = 18  # how far from a spot, in design pixels, the pointer still means it
_EDGE = 6.0
_STEPS_IN = 4  # lines by which the words of a corner make way for a spot
_APART = 4.0  # between two names on one line
_CROWDED = 6  # from more spots on, likely ranges are drawn as thin lines


class SpotChart(QWidget):
    """Draws a picture. Arrow keys walk from left to right, Enter or a click opens the spot (its key)."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: Picture | None = None
        self._at: int | None = None
        self._area = QRectF()
        self.labels: list[tuple[str, QRectF]] = []  # the names drawn beside their spots, and where
        self.corners: list[tuple[str, QRectF]] = []  # the words of the corners that found room, and where
        self.setMinimumSize(theme.px(260), theme.px(220))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(380), self._theme.px(320))

    def show_picture(self, picture: Picture) -> None:
        """Shows a picture; a screen reader hears the sentence and every spot."""
        self._picture, self._at = picture, None
        self.setAccessibleName(picture.name)
        self.setAccessibleDescription(". ".join([picture.sentence, *(dot.words for dot in picture.dots)]))
        self.update()

    def spot(self, dot: Dot) -> QPointF:
        """Where a spot is drawn, in this widget's pixels."""
        return self._at_place(dot.x, dot.y)

    def _at_place(self, x: float, y: float) -> QPointF:
        picture = self._picture
        assert picture is not None
        (left, right), (low, high) = picture.x_range, picture.y_range
        return QPointF(
            self._area.left() + (x - left) / (right - left) * self._area.width(),
            self._area.bottom() - (y - low) / (high - low) * self._area.height(),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is not None:
            self._paint(painter, self._picture)
        if self.hasFocus() and self._at is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint(self, painter: QPainter, picture: Picture) -> None:
        font = self._theme.font(NOTE)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        self._lay_out(picture, metrics)
        self._frame(painter, picture, metrics)
        lines = self._strokes(painter, picture)
        shades = [box for dot in picture.dots if (box := self._shade_box(dot)) is not None]
        marks = self._marks(picture.dots)
        taken = [*self._corners(painter, picture, metrics, [*shades, *marks], lines), *shades]
        for dot in picture.dots:
            self._shade(painter, dot)
        for place, dot in enumerate(picture.dots):
            self._mark(painter, dot, place == self._at)
        self._names(painter, picture.dots, metrics, taken, lines)

    def _lay_out(self, picture: Picture, metrics: QFontMetricsF) -> None:
        gap = self._theme.px(6)
        widest = max((metrics.horizontalAdvance(name) for _at, name in picture.y_ticks), default=0.0)
        left = metrics.height() + widest + 2 * gap + _EDGE
        below = 2 * metrics.height() + 2 * gap
        self._area = QRectF(left, _EDGE, self.width() - left - _EDGE, self.height() - below - _EDGE)

    def _frame(self, painter: QPainter, picture: Picture, metrics: QFontMetricsF) -> None:
        """The ground and the names of the axes; a tick without room beside its neighbours is left out."""
        theme, area, gap = self._theme, self._area, self._theme.px(6)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        painter.setPen(theme.colour("faint"))
        ticks = sorted(picture.x_ticks, key=lambda tick: abs(tick[0] - sum(picture.x_range) / 2))
        drawn: list[QRectF] = []
        for at, name in ticks:
            x = self._at_place(at, picture.y_range[0]).x()
            width = metrics.horizontalAdvance(name)
            x = min(max(x - width / 2, area.left()), area.right() - width)
            box = QRectF(x - gap, area.bottom(), width + 2 * gap, metrics.height())
            if any(box.intersects(other) for other in drawn):
                continue
            drawn.append(box)
            painter.drawText(QPointF(x, area.bottom() + gap + metrics.ascent()), name)
        for at, name in picture.y_ticks:
            y = self._at_place(picture.x_range[0], at).y()
            x = area.left() - gap - metrics.horizontalAdvance(name)
            painter.drawText(QPointF(x, y + metrics.ascent() / 2 - 1), name)
        width = metrics.horizontalAdvance(picture.x_title)
        painter.drawText(
            QPointF(area.center().x() - width / 2, area.bottom() + 2 * gap + metrics.height() + metrics.ascent()),
            picture.x_title,
        )
        painter.save()
        painter.translate(metrics.ascent(), area.center().y() + metrics.horizontalAdvance(picture.y_title) / 2)
        painter.rotate(-90)
        painter.drawText(QPointF(0, 0), picture.y_title)
        painter.restore()

    def _corners(
        self, painter: QPainter, picture: Picture, metrics: QFontMetricsF, others: Sequence[QRectF],
        lines: Sequence[QLineF],
    ) -> list[QRectF]:  # fmt: skip
        """The words of the corners, where no spot and no line is in their way; gives where they stand."""
        found: list[QRectF] = []
        painter.setPen(self._theme.colour("faint"))
        self.corners = []
        for place, words in enumerate(picture.corners):
            for parts in (words, _in_two(words)) if words else ():
                box = self._corner_box(place, parts, metrics, [*others, *found], lines)
                if box is not None:
                    side = Qt.AlignmentFlag.AlignLeft if place in (0, 2) else Qt.AlignmentFlag.AlignRight
                    painter.drawText(box, side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip, parts)
                    found.append(box)
                    self.corners.append((words, box))
                    break
        return found

    def _corner_box(
        self, place: int, words: str, metrics: QFontMetricsF, others: Sequence[QRectF], lines: Sequence[QLineF]
    ) -> QRectF | None:
        """Where the words of a corner hit nothing, further in where a spot is in their way; None for nowhere."""
        area, gap, parts = self._area, self._theme.px(8), words.split("\n")
        width, height = max(map(metrics.horizontalAdvance, parts)) + 1, len(parts) * metrics.lineSpacing()
        x = area.left() + gap if place in (0, 2) else area.right() - gap - width
        y = area.top() + gap / 2 if place < 2 else area.bottom() - gap / 2 - height
        by = (1.2 if place < 2 else -1.2) * metrics.height()
        for step in range(_STEPS_IN):
            box = QRectF(x, y + step * by, width, height)
            wide = box.adjusted(-_APART, 0, _APART, 0)
            if not any(wide.intersects(other) for other in others) and not _crossed(wide, lines):
                return box
        return None

    def _strokes(self, painter: QPainter, picture: Picture) -> list[QLineF]:
        lines = [QLineF(self._at_place(*one.start), self._at_place(*one.end)) for one in picture.strokes]
        painter.setPen(QPen(self._theme.colour("faint"), 1, Qt.PenStyle.DashLine))
        for one in lines:
            painter.drawLine(one)
        return lines

    def _shade_box(self, dot: Dot) -> QRectF | None:
        """Where a likely range is drawn; a bar where only one direction is uncertain."""
        if dot.across is None and dot.upward is None:
            return None
        return self._range_box(dot).intersected(self._area)

    def _range_box(self, dot: Dot) -> QRectF:
        thin = self._thin()
        across, upward = dot.across or (dot.x, dot.x), dot.upward or (dot.y, dot.y)
        box = QRectF(self._at_place(across[0], upward[1]), self._at_place(across[1], upward[0]))
        if dot.upward is None:
            box.adjust(0, -thin, 0, thin)
        elif dot.across is None:
            box.adjust(-thin, 0, thin, 0)
        return box

    def _crowded(self) -> bool:
        return self._picture is not None and len(self._picture.dots) > _CROWDED

    def _thin(self) -> int:
        return self._theme.px(1 if self._crowded() else 5)

    def _shade(self, painter: QPainter, dot: Dot) -> None:
        """The likely range: an ellipse, or a bar where only one direction is uncertain."""
        if dot.across is None and dot.upward is None:
            return
        soft, box = QColor(self._theme.colour(dot.tone)), self._range_box(dot)
        soft.setAlphaF(0.45 if self._crowded() else 0.16)
        painter.save()
        painter.setClipRect(self._area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        if dot.across is not None and dot.upward is not None:
            painter.drawEllipse(box)
        else:
            painter.drawRoundedRect(box, self._thin(), self._thin())
        painter.restore()

    def _marks(self, dots: Sequence[Dot]) -> list[QRectF]:
        """Where the spots themselves stand, with some air."""
        size = self._theme.px(9)
        return [
            QRectF(spot.x() - size, spot.y() - size, 2 * size, 2 * size) for spot in (self.spot(dot) for dot in dots)
        ]

    def _mark(self, painter: QPainter, dot: Dot, chosen: bool) -> None:
        theme, size, spot = self._theme, self._theme.px(5), self.spot(dot)
        painter.setPen(QPen(theme.colour(dot.tone), 1.8))
        painter.setBrush(theme.colour("surface") if dot.hollow else theme.colour(dot.tone))
        painter.drawEllipse(spot, size, size)
        if chosen:
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot, size + 4, size + 4)

    def _names(
        self, painter: QPainter, dots: Sequence[Dot], metrics: QFontMetricsF, taken: list[QRectF], lines: list[QLineF]
    ) -> None:
        """Names beside their spots, none over another, a spot or a line; one without room is read by pointer or key."""
        spots, marks = [self.spot(dot) for dot in dots], self._marks(dots)
        self.labels = []
        for place, dot in enumerate(dots):
            others = [*marks[:place], *marks[place + 1 :], *taken, *(box for _name, box in self.labels)]
            box = self._free(dot, spots[place], metrics, others, lines)
            if box is not None:
                self.labels.append((dot.label, box))
                painter.setPen(self._theme.colour(dot.tone))  # so that it cannot be taken for a neighbour's
                painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), dot.label)

    def _free(
        self, dot: Dot, spot: QPointF, metrics: QFontMetricsF, others: Sequence[QRectF], lines: Sequence[QLineF]
    ) -> QRectF | None:
        """The first place around a spot where its name hits nothing; None where there is none."""
        width, height, gap = metrics.horizontalAdvance(dot.label), metrics.height(), self._theme.px(9)
        middle, right, left = spot.y() - height / 2, spot.x() + gap, spot.x() - gap - width
        above, below = spot.y() - gap - height, spot.y() + gap
        centre = spot.x() - width / 2
        for x, y in (
            (right, middle), (left, middle), (centre, above), (centre, below),
            (right, above), (right, below), (left, above), (left, below),
        ):  # fmt: skip
            box = QRectF(x, y, width, height)
            wide = box.adjusted(-_APART, 0, _APART, 0)
            inside = self._area.adjusted(2, 1, -2, -1).contains(box)
            if inside and not any(wide.intersects(other) for other in others) and not _crossed(wide, lines):
                return box
        return None

    def _near(self, at: QPointF) -> int | None:
        if self._picture is None:
            return None
        far = [QLineF(at, self.spot(dot)).length() for dot in self._picture.dots]
        best = min(range(len(far)), key=far.__getitem__, default=None)
        return best if best is not None and far[best] <= self._theme.px(_REACH) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
        if place is not None and self._picture is not None:
            QToolTip.showText(event.globalPosition().toPoint(), tooltip(self._picture.dots[place].words), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        if place is not None:
            self._choose(place)
            self._open()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._at = None
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        dots = self._picture.dots if self._picture is not None else ()
        order = sorted(range(len(dots)), key=lambda place: dots[place].x)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if order and event.key() in steps:
            by = steps[Qt.Key(event.key())]
            rank = order.index(self._at) + by if self._at is not None else (0 if by > 0 else len(order) - 1)
            self._choose(order[max(0, min(len(order) - 1, rank))])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at is not None:
            self._open()
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        assert self._picture is not None
        self._at = place
        dot = self._picture.dots[place]
        self.setAccessibleDescription(dot.words)
        if self.hasFocus():
            QToolTip.showText(self.mapToGlobal(self.spot(dot).toPoint()), tooltip(dot.words), self)
        self.update()

    def _open(self) -> None:
        if self._picture is not None and self._at is not None and self._picture.dots[self._at].key:
            self.opened.emit(self._picture.dots[self._at].key)


def _in_two(words: str) -> str:
    """Words on two lines, parted where that leaves the shorter longest line."""
    spaces = [at for at, letter in enumerate(words) if letter == " "]
    if not spaces:
        return words
    at = min(spaces, key=lambda one: max(one, len(words) - one))
    return f"{words[:at]}\n{words[at + 1 :]}"


def _crossed(box: QRectF, lines: Sequence[QLineF]) -> bool:
    """Whether a line runs through a box."""
    edges = (
        QLineF(box.topLeft(), box.bottomRight()), QLineF(box.topRight(), box.bottomLeft()),
        QLineF(box.topLeft(), box.topRight()), QLineF(box.bottomLeft(), box.bottomRight()),
    )  # fmt: skip
    bounded = QLineF.IntersectionType.BoundedIntersection
    return any(line.intersects(edge)[0] == bounded for line in lines for edge in edges)
