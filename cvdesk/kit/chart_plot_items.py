"""The line of the large chart and its marks, as pyqtgraph draws them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from cvdesk.charts.drawing import WHISKER
from cvdesk.charts.frame import Frame, marked, runs
from cvdesk.charts.series import SeriesLike
from cvdesk.kit.theme import Theme

_DOTTED = Qt.PenStyle.DotLine


class SeriesItems:
    """The drawing's parts, made once and given new data afterwards: a redraw makes nothing new."""

    def __init__(self, plot: pg.PlotItem, theme: Theme) -> None:
        self._theme = theme
        self._whiskers = pg.PlotCurveItem(connect="pairs")
        self._line = pg.PlotCurveItem(antialias=True, connect="finite")
        self._line.setSegmentedLineMode("on")  # as one path, ten years of weeks take ten times as long
        self._dotted = pg.PlotCurveItem(antialias=True, connect="finite")
        self._rings = pg.ScatterPlotItem(pxMode=True)
        self._marks = pg.ScatterPlotItem(pxMode=True)
        self._chosen = pg.ScatterPlotItem(size=theme.px(19), pxMode=True)
        self._all = (self._whiskers, self._line, self._dotted, self._rings, self._marks, self._chosen)
        for height, item in enumerate(self._all, start=5):
            item.setZValue(height)
            plot.addItem(item, ignoreBounds=True)

    def clear(self) -> None:
        """Nothing to draw."""
        for item in self._all:
            item.setData([], [])

    def show(self, series: SeriesLike, frame: Frame, tone: str, ratio: float) -> None:
        """Draws a series where the frame has room for it; `ratio`: pixels of the screen for one of the window."""
        colour = self._theme.colour(tone)
        every = np.array([np.nan if point.value is None else point.value for point in series.points], dtype=float)
        places = np.arange(len(every), dtype=float)
        solid, dotted = runs(series)
        whole, leads = np.full(len(every), np.nan), np.full(len(every), np.nan)
        for pieces, kept in ((solid, whole), (dotted, leads)):
            for piece in pieces:
                kept[piece] = every[piece]
        self._line.setData(places, whole, pen=_pen(colour, frame.line * ratio))
        self._dotted.setData(places, leads, pen=_pen(colour, 1.5 * ratio, _DOTTED))
        self._show_marks(series, frame, colour, ratio)
        self._show_whiskers(series, frame, colour, ratio)

    def choose(self, spot: tuple[float, float] | None, ratio: float) -> None:
        """Rings the point the keyboard is at, by its position and value."""
        x, y = ([spot[0]], [spot[1]]) if spot is not None else ([], [])
        self._chosen.setData(x=x, y=y, pen=_pen(self._theme.colour("text"), 2 * ratio), brush=None)

    def _show_marks(self, series: SeriesLike, frame: Frame, colour: QColor, ratio: float) -> None:
        places = marked(series, frame)
        radius = frame.mark or 2.0 * frame.unit
        line, dotted = _pen(colour, 1.5 * ratio), _pen(colour, 1.5 * ratio, _DOTTED)
        self._marks.setData(
            x=places, y=_values(series, places), size=2 * radius + 1, brush=self._theme.colour("surface"),
            pen=[dotted if series.points[place].running else line for place in places],
        )  # fmt: skip
        ringed = [place for place in places if place in series.signals]  # a shape, not only a colour
        size = 2 * (radius + 4 * frame.unit) if frame.mark else 8 * frame.unit
        self._rings.setData(x=ringed, y=_values(series, ringed), size=size, pen=line, brush=None)

    def _show_whiskers(self, series: SeriesLike, frame: Frame, colour: QColor, ratio: float) -> None:
        """The interval of each value, where there is room for it."""
        ends: list[tuple[float, float]] = []
        for place in marked(series, frame) if frame.mark >= 3 * frame.unit else ():
            point = series.points[place]
            if point.low is not None and point.high is not None:
                within = [min(max(end, frame.ticks[0]), frame.ticks[-1]) for end in (point.low, point.high)]
                ends += [(float(place), end) for end in within]
        faded = QColor(colour)
        faded.setAlphaF(WHISKER)
        self._whiskers.setData([place for place, _end in ends], [end for _place, end in ends], pen=_pen(faded, ratio))


def _values(series: SeriesLike, places: Sequence[int]) -> list[float]:
    return [float(series.points[place].value or 0.0) for place in places]


def _pen(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen whose width is in pixels of the screen, whatever the scale of the drawing."""
    return pg.mkPen(colour, width=width, style=style)
