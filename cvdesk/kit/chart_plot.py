"""The large chart of Trends: pyqtgraph in the look of kit/chart.py. Imported by its page, never at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsRectItem, QToolTip

from cvdesk.kit.chart import DrawnSeries, nice_ticks
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import tooltip

NOTE_ROWS = 2
TEXT_MARGIN = 4.0  # what Qt leaves around a text of the drawing
REACH = 24  # how far from a mark, in design pixels, a click still means it


@dataclass(frozen=True, slots=True)
class _Placed:
    """A note on the chart: its place among the points; its line and the ends of its text in pixels. Row -1: no text."""

    place: float
    line: float
    row: int
    words: str
    left: float
    right: float


class PlotChart(pg.PlotWidget):
    """One series, large. Arrow keys walk along the points, Enter or a click opens the one under the mark."""

    point_opened = Signal(int)

    def __init__(self, theme: Theme, say: Callable[[str, float, int], str], month: Callable[[date], str]) -> None:
        """`say(unit, value, digits)` and `month(date)` put a value and a month into words."""
        super().__init__(background=theme.colour("surface"))
        self._theme, self._say, self._month = theme, lru_cache(256)(say), month  # words take longer than drawing
        self._series: DrawnSeries | None = None
        self._colour = "accent"
        self._at: int | None = None
        self._font = theme.font(12)
        self._described = QTimer(self, interval=0, singleShot=True)  # words take longer than the picture
        self._described.timeout.connect(self._describe)
        self._ticks: list[float] = [0.0, 1.0]
        self._last_at = (0.0, 0.0)
        self.setAntialiasing(True)
        self.setMinimumHeight(theme.px(160))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self._plot = self.getPlotItem()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.vb.setDefaultPadding(0)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(None)
            axis.setTickPen(pg.mkPen(None))
            axis.setTextPen(theme.colour("faint"))
            axis.setStyle(tickLength=0, tickFont=self._font, hideOverlappingLabels=False, tickTextOffset=8)
        self._placed: list[_Placed] = []
        self._make_items()

    def _make_items(self) -> None:
        """The drawing's parts, made once and given new data afterwards: a redraw makes nothing new."""
        self._grid: list[pg.InfiniteLine] = []
        self._shades: list[QGraphicsRectItem] = []
        self._note_lines: list[pg.InfiniteLine] = []
        self._note_texts: list[pg.TextItem] = []
        self._line = pg.PlotCurveItem(antialias=True, connect="finite")
        self._dashed = pg.PlotCurveItem(antialias=True, connect="finite")
        self._rings = pg.ScatterPlotItem(size=self._theme.px(17), pxMode=True)
        self._marks = pg.ScatterPlotItem(size=self._theme.px(9), pxMode=True)
        self._chosen = pg.ScatterPlotItem(size=self._theme.px(19), pxMode=True)
        self._last = pg.TextItem("", anchor=(0, 0.5))
        self._last.setFont(self._font)
        for height, item in enumerate(
            (self._line, self._dashed, self._rings, self._marks, self._chosen, self._last), start=5
        ):
            item.setZValue(height)
            self._plot.addItem(item, ignoreBounds=True)

    def show_series(self, series: DrawnSeries, colour: str = "accent") -> None:
        """Shows a series in the colour of a token."""
        self._series, self._colour, self._at = series, colour, None
        self.setAccessibleName(series.title)
        self._described.start()
        self._ticks = self._scale(series)
        self._draw(series)
        self._lay_out()

    def point_words(self, place: int) -> str:
        """One point in words: month, value, how many."""
        assert self._series is not None
        point = self._series.points[place]
        return f"{self._month(point.start)}: {self._say(self._series.unit, point.value, 1)} ({point.n})"

    def _describe(self) -> None:
        """The whole series in words, for the screen reader."""
        if self._series is not None:
            places = [place for place, point in enumerate(self._series.points) if point.value is not None]
            self.setAccessibleDescription(" ".join([self._series.sentence, *map(self.point_words, places)]))

    @staticmethod
    def _scale(series: DrawnSeries) -> list[float]:
        values = [point.value for point in series.points if point.value is not None]
        for limits in series.limits:
            values += [limits.low, limits.high]
        if not values:
            return [0.0, 1.0]
        low, high = min(values), max(values)
        margin = (high - low or 1.0) * 0.08
        if series.unit in ("share", "rate", "days", "count"):
            low = max(0.0, low - margin)
        ticks = nice_ticks(low, high + margin * 0.5, 6)
        return [tick for tick in ticks if tick <= 1.0 + 1e-9] if series.unit == "share" else ticks

    def _draw(self, series: DrawnSeries) -> None:
        theme = self._theme
        colour = theme.colour(self._colour)
        places = [place for place, point in enumerate(series.points) if point.value is not None]
        values = [float(series.points[place].value) for place in places]
        every = np.array([np.nan if point.value is None else point.value for point in series.points], dtype=float)
        running = np.array([point.running for point in series.points], dtype=bool)
        months = np.arange(len(every), dtype=float)
        self._line.setData(months, np.where(running, np.nan, every))
        self._line.setPen(self._pen(colour, 2))
        leads = running | np.append(running[1:], False)  # from the last whole month to the running one
        self._dashed.setData(months[leads], every[leads])
        self._dashed.setPen(self._pen(colour, 1.5, Qt.PenStyle.DotLine))
        solid = self._pen(colour, 1.5)
        dotted = self._pen(colour, 1.5, Qt.PenStyle.DotLine)
        pens = [dotted if series.points[place].running else solid for place in places]
        self._marks.setData(x=places, y=values, pen=pens, brush=theme.colour("surface"))
        ringed = [place for place in places if place in series.signals]  # a shape, not only a colour
        self._rings.setData(x=ringed, y=[float(series.points[one].value) for one in ringed], pen=solid, brush=None)
        self._chosen.setData(x=[], y=[])
        if places:
            self._last.setText(self._say(series.unit, values[-1], 1), color=colour)
            self._last_at = (float(places[-1]), values[-1])
        self._last.setVisible(bool(places))
        self._shade(series, colour)
        self._rule()

    def _pen(self, colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A pen whose width is in pixels of the design, whatever the scale of the drawing and of the screen."""
        return pg.mkPen(colour, width=width * self.devicePixelRatioF(), style=style)

    def _shade(self, series: DrawnSeries, colour: QColor) -> None:
        soft = QColor(colour)
        soft.setAlphaF(0.10)
        while len(self._shades) < len(series.limits):
            shade = QGraphicsRectItem()
            shade.setPen(QPen(Qt.PenStyle.NoPen))
            shade.setZValue(1)
            self._plot.addItem(shade, ignoreBounds=True)
            self._shades.append(shade)
        for place, shade in enumerate(self._shades):
            shade.setVisible(place < len(series.limits))
            if place < len(series.limits):
                limits = series.limits[place]
                first, last = limits.first - 0.5, limits.last + 0.5
                first, last = max(first, 0), min(last, len(series.points) - 1)
                shade.setRect(QRectF(first, limits.low, last - first, limits.high - limits.low))
                shade.setBrush(soft)

    def _rule(self) -> None:
        """Few lines, at round values."""
        line = self._theme.colour("line")
        while len(self._grid) < len(self._ticks):
            rule = pg.InfiniteLine(angle=0, movable=False)
            rule.setZValue(0)
            self._plot.addItem(rule, ignoreBounds=True)
            self._grid.append(rule)
        for place, rule in enumerate(self._grid):
            rule.setVisible(place < len(self._ticks))
            if place < len(self._ticks):
                zero = self._ticks[place] == 0 and self._ticks[0] < 0
                rule.setPen(self._pen(self._theme.colour("faint") if zero else line, 1))
                rule.setValue(self._ticks[place])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if getattr(self, "_series", None) is not None:
            self._lay_out()

    def _lay_out(self) -> None:
        """What depends on the room there is: names of months, notes in rows above the lines, the last value's label."""
        series = self._series
        assert series is not None
        metrics = QFontMetricsF(self._font)
        unit = series.unit
        digits = 0 if all(float(tick).is_integer() for tick in self._ticks) else 1
        if any(abs(tick * 10 - round(tick * 10)) > 1e-6 for tick in self._ticks):
            digits = 2
        names = [(tick, self._say(unit, tick, digits)) for tick in self._ticks]
        left = max(metrics.horizontalAdvance(name) for _tick, name in names) + self._theme.px(14)
        self._plot.getAxis("left").setTicks([names])
        self._plot.getAxis("left").setWidth(left)
        self._plot.getAxis("bottom").setHeight(metrics.height() + self._theme.px(12))
        width = max(60.0, self.width() - left - self._theme.px(4))
        height = max(60.0, self.height() - metrics.height() - self._theme.px(14))
        label = metrics.horizontalAdvance(self._last.textItem.toPlainText()) + self._theme.px(24)
        count = max(1, len(series.points) - 1)
        step = (width - label - self._theme.px(12)) / count  # pixels a month
        before = self._theme.px(12) / step
        self._plot.vb.setXRange(-before, count + label / step, padding=0)
        self._last.setPos(self._last_at[0] + self._theme.px(8) / step, self._last_at[1])
        self._name_months(series, step, metrics)
        rows = self._place_notes(series, step, before * step, width, metrics)
        low, high = self._ticks[0], self._ticks[-1]
        above = rows * metrics.height() + self._theme.px(8)
        scale = (high - low) / max(40.0, height - above - self._theme.px(6))
        bottom, top = low - self._theme.px(6) * scale, high + above * scale
        self._plot.vb.setYRange(bottom, top, padding=0)
        self._raise_notes(top, bottom, high, metrics.height() * scale)

    def _name_months(self, series: DrawnSeries, step: float, metrics: QFontMetricsF) -> None:
        """Months under their marks, as many as there is room for; the year with each January and the first."""
        names = [self._month(point.start) for point in series.points]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=10.0) + self._theme.px(10)
        every = 1 + int(widest // max(step, 1.0))
        last = len(names) - 1
        shown = [(place, name) for place, name in enumerate(names) if (last - place) % every == 0]
        self._plot.getAxis("bottom").setTicks([shown])

    def _place_notes(
        self, series: DrawnSeries, step: float, offset: float, width: float, metrics: QFontMetricsF
    ) -> int:
        """Where the texts of what happened when go: in rows, none over another. Gives the rows used."""
        months = [point.start for point in series.points]
        free = [-1e9] * NOTE_ROWS
        self._placed = []
        for note in series.notes:
            place = _place_of(months, note.date)
            if place is None:
                continue
            room = min(metrics.horizontalAdvance(note.text) + 2 * TEXT_MARGIN, self._theme.px(220))
            start = offset + place * step
            row = next((number for number, taken in enumerate(free) if start >= taken), -1)
            after = start + room <= width + 2
            if row >= 0 and not after and start - room < max(free[row], offset):
                row = -1  # without room it stays in the list of notes
            left = start if after else start - room
            words = metrics.elidedText(note.text, Qt.TextElideMode.ElideRight, room - 2 * TEXT_MARGIN + 1)
            self._placed.append(_Placed(place, start, row, words, left, left + room))
            if row >= 0:
                free[row] = max(start, left + room) + self._theme.px(14)
        self._draw_notes()
        return max((note.row + 1 for note in self._placed), default=0)

    def _draw_notes(self) -> None:
        theme = self._theme
        pen = self._pen(theme.colour("faint"), 1, Qt.PenStyle.DashLine)
        while len(self._note_lines) < len(self._placed):
            line, text = pg.InfiniteLine(angle=90, movable=False), pg.TextItem("", anchor=(0, 0))
            text.setFont(self._font)
            for height, item in enumerate((line, text), start=2):
                item.setZValue(height)
                self._plot.addItem(item, ignoreBounds=True)
            self._note_lines.append(line)
            self._note_texts.append(text)
        for place, (line, text) in enumerate(zip(self._note_lines, self._note_texts, strict=True)):
            there = place < len(self._placed)
            line.setVisible(there)
            text.setVisible(there and self._placed[place].row >= 0)
            if there:
                note = self._placed[place]
                line.setPen(pen)
                line.setValue(note.place)
                text.setAnchor((0, 0) if note.left >= note.line else (1, 0))
                text.setText(note.words, color=theme.colour("quiet"))

    def _raise_notes(self, top: float, low: float, high: float, row_height: float) -> None:
        """Puts each text in its row; each line reaches up to its own text, unless it would run through another."""
        for note, line, text in zip(self._placed, self._note_lines, self._note_texts, strict=False):
            text.setPos(note.place, top - max(0, note.row) * row_height)
            crossed = any(
                other.row > note.row and other.left - 2 < note.line < other.right + 2 and other.line != note.line
                for other in self._placed
                if other.row >= 0
            )
            reach = high if note.row < 0 or crossed else top - note.row * row_height
            line.setSpan(0, (reach - low) / (top - low))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self._at is None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()

    def _near(self, spot: QPointF) -> int | None:
        if self._series is None:
            return None
        at = self._plot.vb.mapSceneToView(self.mapToScene(spot.toPoint())).x()
        shown = [place for place, point in enumerate(self._series.points) if point.value is not None]
        best = min(shown, key=lambda place: abs(place - at), default=None)
        if best is None:
            return None
        mark = self._plot.vb.mapViewToScene(QPointF(best, 0))
        return best if abs(mark.x() - self.mapToScene(spot.toPoint()).x()) <= self._theme.px(REACH) else None

    def mark_position(self, place: int) -> QPointF:
        """Where the mark of a point is drawn, in this widget's pixels."""
        assert self._series is not None
        value = self._series.points[place].value
        return QPointF(self.mapFromScene(self._plot.vb.mapViewToScene(QPointF(place, value or 0.0))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if place is not None else Qt.CursorShape.ArrowCursor)
        if place is not None:
            QToolTip.showText(event.globalPosition().toPoint(), tooltip(self.point_words(place)), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.point_opened.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; the chart never zooms

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = []
        if self._series is not None:
            shown = [place for place, point in enumerate(self._series.points) if point.value is not None]
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if shown and event.key() in steps:
            if self._at in shown:
                moved = shown.index(self._at) + steps[Qt.Key(event.key())]
                self._at = shown[max(0, min(len(shown) - 1, moved))]
            else:
                self._at = shown[-1]
            self._mark_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at is not None:
            self.point_opened.emit(self._at)
        else:
            event.ignore()

    def _mark_chosen(self) -> None:
        assert self._series is not None
        assert self._at is not None
        pen = self._pen(self._theme.colour("text"), 2)
        self._chosen.setData(x=[self._at], y=[float(self._series.points[self._at].value)], pen=pen, brush=None)
        self.setAccessibleDescription(self.point_words(self._at))
        spot = self.viewport().mapToGlobal(self.mark_position(self._at).toPoint())
        QToolTip.showText(spot, tooltip(self.point_words(self._at)), self)


def _place_of(months: list[date], day: date) -> float | None:
    """Where a day lies between the marks: the first of a month lies half a step before that month's mark."""
    for place, month in enumerate(months):
        if (month.year, month.month) == (day.year, day.month):
            return max(0.0, min(len(months) - 1.0, place - 0.5 + (day.day - 1) / 31))
    return None
