"""A series painted: no frame, few lines, the ordinary range shaded, each point opens what is behind it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cvdesk.charts.drawing import draw
from cvdesk.charts.frame import Frame, known_places
from cvdesk.charts.series import SeriesLike, point_lines, point_words, series_words, step_of, without_year_before
from cvdesk.kit.chart_pen import Pen, letters
from cvdesk.kit.theme import Theme

REACH = 24  # how far from a mark, in design pixels, a click still means it
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_A_YEAR = {"week": 52, "month": 12, "quarter": 4, "day": 10}


def walked(series: SeriesLike, at: int | None, key: int) -> int | None:
    """Where a key leads among the points: arrows by one, Home and End to the ends, Page Up and Down by a year.

    None for a key that leads nowhere, or without points.
    """
    known = known_places(series)
    if not known:
        return None
    if key == Qt.Key.Key_Home:
        return known[0]
    if key == Qt.Key.Key_End:
        return known[-1]
    if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        year = _A_YEAR[step_of(series)]
        wanted = (known[-1] if at is None else at) + (-year if key == Qt.Key.Key_PageUp else year)
        return min(known, key=lambda place: abs(place - wanted))
    if key not in _STEPS:
        return None
    if at not in known:
        return known[-1]
    return known[max(0, min(len(known) - 1, known.index(at) + _STEPS[Qt.Key(key)]))]


def announce(widget: QWidget, words: str) -> None:
    """Lets a screen reader say the point that was chosen."""
    widget.setAccessibleDescription(words)
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def point_tip(series: SeriesLike, place: int) -> str:
    """A point's words for the tooltip, one below the other."""
    first, *rest = point_lines(series, place)
    lines = [html.escape(line) for line in (first, *rest)]
    return f"<qt><b>{lines[0]}</b>" + "".join(f"<br>{line}" for line in lines[1:]) + "</qt>"


class TrendChart(QWidget):
    """Draws one series. Arrow keys walk along the points, Enter or a click opens the one under the mark."""

    point_opened = Signal(int)

    def __init__(self, theme: Theme, colour: str = "accent") -> None:
        super().__init__()
        self._theme, self._colour = theme, colour
        self._series: SeriesLike | None = None
        self._at: int | None = None
        self._marks: list[tuple[int, QPointF]] = []
        self.setMinimumHeight(theme.px(140))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(560), self._theme.px(170))

    def show_series(self, series: SeriesLike, colour: str = "") -> None:
        """Shows a series; its sentence is read out with it and has to stand beside it."""
        self._series = without_year_before(series)
        self._colour = colour or self._colour
        self._at = None
        self.setAccessibleName(series.title)
        self.setAccessibleDescription(series_words(series))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._marks.clear()
        if self._series is not None:
            pen = Pen.of_theme(painter, self._theme)
            size = float(self.width()), float(self.height())
            found = draw(pen, self._series, size, letters(self._theme.font(11), self._theme.scale), self._colour)
            if found is not None:
                self._place(painter, self._series, found)
        if self.hasFocus() and self._at is None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _place(self, painter: QPainter, series: SeriesLike, frame: Frame) -> None:
        """Keeps where the marks are, and rings the chosen one."""
        for place in known_places(series):
            spot = QPointF(frame.x(place), frame.y(series.points[place].value or 0.0))
            self._marks.append((place, spot))
            if place == self._at:
                painter.setPen(QPen(self._theme.colour("text"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(spot, self._theme.px(9), self._theme.px(9))

    def point_words(self, place: int) -> str:
        """One point in words."""
        assert self._series is not None
        return point_words(self._series, place)

    def _near(self, spot: QPointF) -> int | None:
        best = min(self._marks, key=lambda mark: abs(mark[1].x() - spot.x()), default=None)
        return None if best is None or abs(best[1].x() - spot.x()) > self._theme.px(REACH) else best[0]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if place is not None else Qt.CursorShape.ArrowCursor)
        if place is not None and self._series is not None:
            QToolTip.showText(event.globalPosition().toPoint(), point_tip(self._series, place), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        if place is not None:
            self.point_opened.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = None if self._series is None else walked(self._series, self._at, event.key())
        if found is not None:
            self._at = found
            announce(self, self.point_words(found))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at is not None:
            self.point_opened.emit(self._at)
        else:
            super().keyPressEvent(event)


class Spark(QWidget):
    """A series as a small line, for a card; the words stand beside it."""

    def __init__(self, theme: Theme, colour: str = "accent") -> None:
        super().__init__()
        self._theme, self._colour = theme, colour
        self._values: list[float] = []
        self.setFixedHeight(theme.px(26))
        self.setMinimumWidth(80)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_values(self, values: Sequence[float]) -> None:
        """Draws these values from left to right."""
        self._values = list(values)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._values) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = min(self._values), max(self._values)
        dot = self._theme.px(4)
        width, height = self.width() - 2 * dot, self.height() - 2 * dot

        def spot(place: int) -> QPointF:
            share = (self._values[place] - low) / (high - low) if high > low else 0.5
            return QPointF(dot + width * place / (len(self._values) - 1), dot + height * (1 - share))

        path = QPainterPath(spot(0))
        for place in range(1, len(self._values)):
            path.lineTo(spot(place))
        ground = QPainterPath(path)
        ground.lineTo(dot + width, self.height())
        ground.lineTo(dot, self.height())
        shade = self._theme.colour(self._colour)
        shade.setAlphaF(0.10)
        painter.fillPath(ground, shade)
        painter.setPen(QPen(self._theme.colour(self._colour), 1.8))
        painter.drawPath(path)
        painter.setBrush(self._theme.colour(self._colour))
        painter.drawEllipse(spot(len(self._values) - 1), dot - 0.5, dot - 0.5)
        painter.end()
