"""A series over months, painted: no frame, few lines, the ordinary range shaded, each point opens what is behind it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import tooltip


class DrawnSeries(Protocol):
    """What the chart needs of a series (trends.records.Series has it)."""

    @property
    def title(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def points(self) -> Sequence[Any]: ...
    @property
    def limits(self) -> Sequence[Any]: ...
    @property
    def notes(self) -> Sequence[Any]: ...
    @property
    def signals(self) -> Sequence[int]: ...
    @property
    def sentence(self) -> str: ...


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values that cover low..high with at most `most` steps."""
    if high <= low:
        high = low + 1
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw - 1e-12)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(place * step, 10) for place in range(first, last + 1)]


class TrendChart(QWidget):
    """Draws one series. Arrow keys walk along the points, Enter or a click opens the one under the mark."""

    point_opened = Signal(int)

    def __init__(
        self,
        theme: Theme,
        say: Callable[[str, float], str],
        month: Callable[[date], str],
        colour: str = "accent",
    ) -> None:
        """`say(unit, value)` and `month(date)` put a value and a month into words."""
        super().__init__()
        self._theme, self._say, self._month, self._colour = theme, say, month, colour
        self._series: DrawnSeries | None = None
        self._at: int | None = None
        self._marks: list[tuple[int, QPointF]] = []
        self.setMinimumHeight(theme.px(140))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(560), self._theme.px(170))

    def show_series(self, series: DrawnSeries, colour: str = "") -> None:
        """Shows a series."""
        self._series = series
        self._colour = colour or self._colour
        self._at = None
        self.setAccessibleName(series.title)
        said = [
            f"{self._month(point.start)} {self._say(series.unit, point.value)}"
            for point in series.points
            if point.value is not None
        ]
        self.setAccessibleDescription(". ".join([series.sentence, ", ".join(said)]))
        self.update()

    def _range(self) -> list[float]:
        assert self._series is not None
        values = [point.value for point in self._series.points if point.value is not None]
        for limits in self._series.limits:
            values += [limits.low, limits.high]
        low, high = min(values), max(values)
        margin = (high - low or 1.0) * 0.08
        if self._series.unit in ("share", "rate", "days", "count"):
            low = max(0.0, low - margin)
        ticks = nice_ticks(low, high + margin * 0.5, 5)
        if self._series.unit == "share":
            ticks = [tick for tick in ticks if tick <= 1.0 + 1e-9]
        return ticks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._marks.clear()
        if self._series is not None and any(point.value is not None for point in self._series.points):
            self._paint(painter, self._series)
        if self.hasFocus() and self._at is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint(self, painter: QPainter, series: DrawnSeries) -> None:
        theme = self._theme
        small = theme.font(11)
        painter.setFont(small)
        metrics = QFontMetricsF(small)
        ticks = self._range()
        names = [self._say(series.unit, tick) for tick in ticks]
        last = next(point for point in reversed(series.points) if point.value is not None)
        last_name = self._say(series.unit, last.value)
        left = max(metrics.horizontalAdvance(name) for name in names) + theme.px(10)
        right = metrics.horizontalAdvance(last_name) + theme.px(16)
        area = QRectF(
            left,
            theme.px(16),
            self.width() - left - right,
            self.height() - theme.px(16) - metrics.height() - theme.px(8),
        )
        low, high = ticks[0], ticks[-1]
        step = area.width() / max(1, len(series.points) - 1)

        def x(place: float) -> float:
            return area.left() + place * step

        def y(value: float) -> float:
            return area.bottom() - (value - low) / (high - low) * area.height()

        self._grid(painter, area, ticks, names, y, metrics)
        for limits in series.limits:
            shade = theme.colour(self._colour)
            shade.setAlphaF(0.10)
            painter.fillRect(
                QRectF(QPointF(x(limits.first), y(limits.high)), QPointF(x(limits.last), y(limits.low))),
                shade,
            )
        self._months(painter, area, x, metrics)
        self._notes(painter, area, x, metrics)
        self._line(painter, series, x, y)
        painter.setPen(theme.colour(self._colour))
        place = max(index for index, point in enumerate(series.points) if point.value is not None)
        painter.drawText(QPointF(x(place) + theme.px(10), y(last.value) + metrics.ascent() / 2 - 1), last_name)

    def _grid(
        self,
        painter: QPainter,
        area: QRectF,
        ticks: list[float],
        names: list[str],
        y: Callable[[float], float],
        metrics: QFontMetricsF,
    ) -> None:
        for tick, name in zip(ticks, names, strict=True):
            colour = self._theme.colour("line")
            painter.setPen(QPen(colour.darker(115) if tick == 0 and not self._theme.dark else colour, 1))
            painter.drawLine(QPointF(area.left(), y(tick)), QPointF(area.right(), y(tick)))
            painter.setPen(self._theme.colour("faint"))
            width = metrics.horizontalAdvance(name)
            painter.drawText(QPointF(area.left() - width - self._theme.px(8), y(tick) + metrics.ascent() / 2 - 1), name)

    def _months(self, painter: QPainter, area: QRectF, x: Callable[[float], float], metrics: QFontMetricsF) -> None:
        assert self._series is not None
        painter.setPen(self._theme.colour("faint"))
        free = -1e9
        for place, point in enumerate(self._series.points):
            name = self._month(point.start)
            width = metrics.horizontalAdvance(name)
            start = x(place) - width / 2
            if start > free:
                painter.drawText(QPointF(start, area.bottom() + metrics.height() + self._theme.px(3)), name)
                free = start + width + self._theme.px(8)

    def _notes(self, painter: QPainter, area: QRectF, x: Callable[[float], float], metrics: QFontMetricsF) -> None:
        assert self._series is not None
        months = [point.start for point in self._series.points]
        free = [-1e9, -1e9]
        for note in self._series.notes:
            place = self._place_of(months, note.date)
            if place is None:
                continue
            painter.setPen(QPen(self._theme.colour("faint"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x(place), area.top() - self._theme.px(10)), QPointF(x(place), area.bottom()))
            gap = self._theme.px(6)
            room = self.width() - x(place) - 2 * gap
            text = metrics.elidedText(note.text, Qt.TextElideMode.ElideRight, max(room, self._theme.px(60)))
            width = metrics.horizontalAdvance(text)
            start = x(place) + gap if width <= room else x(place) - width - gap
            row = next((number for number, taken in enumerate(free) if start > taken), None)
            if row is not None:  # no room in either line: the note stays in the list of notes
                painter.setPen(self._theme.colour("quiet"))
                painter.drawText(QPointF(start, area.top() + row * metrics.height()), text)
                free[row] = start + width + self._theme.px(8)

    @staticmethod
    def _place_of(months: list[date], day: date) -> float | None:
        """Where a day lies between the marks: the first of a month lies half a step before that month's mark."""
        for place, month in enumerate(months):
            if (month.year, month.month) == (day.year, day.month):
                return max(0.0, min(len(months) - 1.0, place - 0.5 + (day.day - 1) / 31))
        return None

    def _line(
        self, painter: QPainter, series: DrawnSeries, x: Callable[[float], float], y: Callable[[float], float]
    ) -> None:
        colour = self._theme.colour(self._colour)
        path, down = QPainterPath(), False
        for place, point in enumerate(series.points):
            if point.value is None:
                down = False
                continue
            spot = QPointF(x(place), y(point.value))
            self._marks.append((place, spot))
            if down:
                path.lineTo(spot)
            else:
                path.moveTo(spot)
            down = True
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2))
        painter.drawPath(path)
        for place, spot in self._marks:
            self._mark(painter, spot, colour, place)

    def _mark(self, painter: QPainter, spot: QPointF, colour: QColor, place: int) -> None:
        assert self._series is not None
        size = self._theme.px(4)
        if place in self._series.signals:  # a shape, not only a colour
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot, size + 4, size + 4)
        running = self._series.points[place].running
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DotLine if running else Qt.PenStyle.SolidLine))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawEllipse(spot, size, size)
        if place == self._at:
            painter.setPen(QPen(self._theme.colour("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot, size + 5, size + 5)

    def point_words(self, place: int) -> str:
        """One point in words: month, value, how many."""
        assert self._series is not None
        point = self._series.points[place]
        return f"{self._month(point.start)}: {self._say(self._series.unit, point.value)} ({point.n})"

    def _near(self, spot: QPointF) -> int | None:
        best = min(self._marks, key=lambda mark: abs(mark[1].x() - spot.x()), default=None)
        return None if best is None or abs(best[1].x() - spot.x()) > self._theme.px(24) else best[0]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if place is not None else Qt.CursorShape.ArrowCursor)
        if place is not None:
            QToolTip.showText(event.globalPosition().toPoint(), tooltip(self.point_words(place)), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        if place is not None:
            self.point_opened.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = [place for place, _spot in self._marks]
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if shown and event.key() in steps:
            if self._at in shown:
                moved = shown.index(self._at) + steps[Qt.Key(event.key())]
                self._at = shown[max(0, min(len(shown) - 1, moved))]
            else:
                self._at = shown[-1]
            self.setAccessibleDescription(self.point_words(self._at))
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
