"""The large chart of Trends: a plot of pyqtgraph on the ground every chart has. Never imported at start."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from cvdesk.charts.drawing import draw_ground
from cvdesk.charts.frame import Frame, known_places, lay_out
from cvdesk.charts.series import SeriesLike, cut, point_words, series_words
from cvdesk.kit.chart import REACH, announce, point_tip, walked
from cvdesk.kit.chart_pen import Pen, letters
from cvdesk.kit.chart_plot_items import SeriesItems
from cvdesk.kit.theme import Theme

FEWEST = 6  # points there are at least when one looks closer
SIZE = 12  # of the letters
_NEARER, _FURTHER = 0.7, 1 / 0.7
_NEARER_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PlotChart(pg.PlotWidget):
    """One series, large. Arrow keys walk along the points, Enter or a click opens the one under the mark.

    Plus and minus, or the wheel with Ctrl, look closer; nought or a double click shows all. Never without its
    sentence: it is read out with the chart, and kit/chart_view.py puts it above.
    """

    point_opened = Signal(int)
    zoomed = Signal(int, int)  # first and last position seen

    def __init__(self, theme: Theme) -> None:
        super().__init__(background=theme.colour("surface"))
        self._theme = theme
        self._whole: SeriesLike | None = None  # what there is
        self._series: SeriesLike | None = None  # what is seen of it
        self._first = 0
        self._colour = "accent"
        self._counts = False
        self._at: int | None = None
        self._pressed: tuple[QPointF, int] | None = None
        self._dragged = False
        self._clicked, self._opening = 0, QTimer(self, singleShot=True)  # opened unless a second click follows
        self._opening.timeout.connect(lambda: self.point_opened.emit(self._clicked))
        self.frame: Frame | None = None
        self._letters = letters(theme.font(SIZE), theme.scale)
        self._described = QTimer(self, interval=0, singleShot=True)  # words take longer than the picture
        self._described.timeout.connect(self._describe)
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # pyqtgraph keeps the ground of the first series drawn
        self.setAntialiasing(True)
        self.setMinimumHeight(theme.px(160))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self._plot = self.getPlotItem()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        for side in ("left", "bottom"):
            self._plot.hideAxis(side)
        self._plot.layout.setContentsMargins(0, 0, 0, 0)
        self._plot.layout.setSpacing(0)
        self._plot.vb.setDefaultPadding(0)
        self._items = SeriesItems(self._plot, theme)

    def show_series(self, series: SeriesLike, colour: str = "accent", counts: bool = False) -> None:
        """Shows a series in the colour of a token; `counts`: with bars of how many answered beneath.

        What was looked at closer stays so while the series has the same points.
        """
        before = self._whole
        same = before is not None and (before.title, len(before.points)) == (series.title, len(series.points))
        first, last = (self._first, self._first + len(self._series.points) - 1) if same and self._series else (0, -1)
        self._whole, self._colour, self._counts, self._at = series, colour, counts, None
        self.setAccessibleName(series.title)
        self._described.start()
        self._see(first, last if last >= 0 else len(series.points) - 1)

    @property
    def seen(self) -> tuple[int, int]:
        """First and last position seen."""
        return self._first, self._first + (len(self._series.points) if self._series else 0) - 1

    @property
    def shown(self) -> SeriesLike | None:
        """The part of the series that is seen, as a series of its own."""
        return self._series

    @property
    def closer(self) -> bool:
        """Whether only a part is seen."""
        return self._whole is not None and self._series is not self._whole

    def zoom_all(self) -> None:
        """Shows every point."""
        if self._whole is not None:
            self._see(0, len(self._whole.points) - 1)

    def zoom_last(self, count: int) -> None:
        """Shows the last points, so many of them."""
        if self._whole is not None:
            self.zoom_to(len(self._whole.points) - count, len(self._whole.points) - 1)

    def zoom_to(self, first: int, last: int) -> None:
        """Shows the points from one position to another, at least a few; what is not there is left out."""
        if self._whole is None:
            return
        count = len(self._whole.points)
        span = min(count, max(FEWEST, last - first + 1))
        first = max(0, min(first, count - span))
        self._see(first, first + span - 1)

    def zoom_by(self, factor: float, around: int | None = None) -> None:
        """Looks closer (below 1) or from further away (above 1), around a position, else around the chosen point."""
        if self._whole is None:
            return
        first, last = self.seen
        if around is None:
            around = self._at if self._at is not None else last
        share = (around - first) / max(1, last - first)
        span = max(FEWEST, round((last - first + 1) * factor + (0.5 if factor > 1 else -0.5)))
        begin = round(around - share * (span - 1))
        self.zoom_to(begin, begin + span - 1)

    def _see(self, first: int, last: int) -> None:
        assert self._whole is not None
        seen = self._first, len(self._series.points) if self._series else 0
        self._series, self._first = cut(self._whole, first, last), first
        self._draw()
        if seen != (first, len(self._series.points)):
            self.zoomed.emit(first, last)

    def point_words(self, place: int) -> str:
        """One point in words: when, how much, from how many, what is ordinary, what happened then."""
        assert self._whole is not None
        return point_words(self._whole, place)

    def _describe(self) -> None:
        """The whole series in words, for the screen reader."""
        if self._whole is not None:
            self.setAccessibleDescription(series_words(self._whole))

    def _draw(self) -> None:
        """Lays everything out in the room there is, and gives the plot its data."""
        series = self._series
        self.frame = None
        if series is None or not known_places(series):
            self._items.clear()
            self.viewport().update()
            return
        width, height = float(max(60, self.width())), float(max(60, self.height()))
        frame = self.frame = lay_out(series, width, height, self._letters, self._counts)
        low = frame.ticks[0]
        value = (frame.ticks[-1] - low) / (frame.bottom - frame.top)  # of a pixel
        self._plot.vb.setRange(
            xRange=(-frame.first / frame.step, (width - frame.first) / frame.step),
            yRange=(low - (height - frame.bottom) * value, low + frame.bottom * value),
            padding=0,
        )
        self._items.show(series, frame, self._colour, self.devicePixelRatioF())
        self._mark_chosen()
        self.viewport().update()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: N802 - as Qt calls it
        super().drawBackground(painter, rect)
        if self._series is not None and self.frame is not None:
            painter.save()
            painter.resetTransform()  # the ground is laid out in the widget's own pixels
            pen = Pen.of_theme(painter, self._theme, SIZE)
            draw_ground(pen, self._series, self.frame, self._letters, self._colour)
            painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self._at is None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if getattr(self, "_series", None) is not None:
            self._draw()

    def _near(self, spot: QPointF) -> int | None:
        """The point whose mark is nearest, as its position in the whole series; None where none is near."""
        if self._series is None or self.frame is None:
            return None
        frame = self.frame
        best = min(known_places(self._series), key=lambda place: abs(frame.x(place) - spot.x()))
        return best + self._first if abs(frame.x(best) - spot.x()) <= self._theme.px(REACH) else None

    def mark_position(self, place: int) -> QPointF:
        """Where the mark of a point is drawn, in this widget's pixels."""
        assert self._whole is not None
        assert self.frame is not None
        return QPointF(self.frame.x(place - self._first), self.frame.y(self._whole.points[place].value or 0.0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = (event.position(), self._first), False
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())
            return
        place = self._near(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if place is not None else Qt.CursorShape.ArrowCursor)
        if place is not None and self._whole is not None:
            QToolTip.showText(event.globalPosition().toPoint(), point_tip(self._whole, place), self)

    def _drag(self, spot: QPointF) -> None:
        """Moves along the series with the mouse, while not all of it is seen."""
        assert self._pressed is not None
        begun, first = self._pressed
        moved = spot.x() - begun.x()
        if abs(moved) >= QApplication.startDragDistance():
            self._dragged = True
        if self._dragged and self.closer and self.frame is not None and self._whole is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            span = self.seen[1] - self.seen[0]
            begin = max(0, min(first - round(moved / self.frame.step), len(self._whole.points) - 1 - span))
            if begin != self._first:
                self._see(begin, begin + span)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = None if self._dragged else self._near(event.position())
        self._pressed, self._dragged = None, False
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.closer:  # a double click, which shows all, begins with a click
            self._clicked = place
            self._opening.start(QApplication.doubleClickInterval())
        else:
            self.point_opened.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._opening.stop()
        self._dragged = True  # letting go opens nothing
        self.zoom_all()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or not turned or self.frame is None:
            event.ignore()  # the page scrolls
            return
        around = self._first + round((event.position().x() - self.frame.first) / self.frame.step)
        first, last = self.seen
        self.zoom_by(_NEARER if turned > 0 else _FURTHER, max(first, min(last, around)))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        found = None if self._whole is None else walked(self._whole, self._at, key)
        if found is not None:
            self._choose(found)
        elif key in _OPEN_KEYS and self._at is not None:
            self.point_opened.emit(self._at)
        elif key in _NEARER_KEYS or key == Qt.Key.Key_Minus:
            self.zoom_by(_NEARER if key in _NEARER_KEYS else _FURTHER)
        elif key == Qt.Key.Key_0:
            self.zoom_all()
        else:
            event.ignore()

    def select(self, place: int) -> None:
        """Rings a point that has a value, as one chosen elsewhere; what is seen moves along to it."""
        if self._whole is None or place not in known_places(self._whole):
            return
        self._at = place
        first, last = self.seen
        if not first <= place <= last:
            begin = max(0, min(place - (last - first) // 2, len(self._whole.points) - 1 - (last - first)))
            self._see(begin, begin + last - first)
        self._mark_chosen()
        self._described.stop()  # it is the point that is read out from now on, not the whole chart
        self.setAccessibleDescription(self.point_words(place))
        self.viewport().update()

    def _choose(self, place: int) -> None:
        """Goes to a point by the keyboard: it is ringed, said and explained."""
        assert self._whole is not None
        self.select(place)
        announce(self, self.point_words(place))
        spot = self.viewport().mapToGlobal(self.mark_position(place).toPoint())
        QToolTip.showText(spot, point_tip(self._whole, place), self)

    def _mark_chosen(self) -> None:
        assert self._whole is not None
        seen = self._at is not None and self.seen[0] <= self._at <= self.seen[1]
        if self._at is None or not seen:
            self._items.choose(None, self.devicePixelRatioF())
            return
        spot = float(self._at - self._first), float(self._whole.points[self._at].value or 0.0)
        self._items.choose(spot, self.devicePixelRatioF())
