"""Charts by Qt's painter: in the window, as a picture, as a drawing of vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from cvdesk.charts.drawing import Spot
from cvdesk.charts.frame import Type
from cvdesk.kit.theme import Theme

_LONG = 40  # points from which a line is drawn piece by piece


def letters(font: QFont, unit: float) -> Type:
    """The measures of a font; `unit`: a pixel of the design."""
    metrics = QFontMetricsF(font)

    def cut_to(text: str, width: float) -> str:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)

    return Type(lru_cache(2000)(metrics.horizontalAdvance), cut_to, metrics.height(), metrics.capHeight(), unit)


class Pen:
    """Draws a chart with a painter. `colour` gives the colour of a tone; `ground` fills the rings of marks."""

    def __init__(self, painter: QPainter, colour: Callable[[str], QColor], font: QFont, strong: QFont) -> None:
        self._painter, self._colour, self._font, self._strong = painter, colour, font, strong
        self._strong_width = QFontMetricsF(strong).horizontalAdvance
        self._width = QFontMetricsF(font).horizontalAdvance
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    @classmethod
    def of_theme(cls, painter: QPainter, theme: Theme, size: int = 11) -> Pen:
        """In the window's own colours and letters."""
        return cls(painter, theme.colour, theme.font(size), theme.font(size, strong=True))

    def line(
        self, spots: Sequence[Spot], tone: str, width: float, dash: Sequence[float] = (), ink: float = 1.0
    ) -> None:
        """A line through spots."""
        colour = self._colour(tone)
        colour.setAlphaF(ink)
        pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
        if dash:
            pen.setDashPattern([part / width for part in dash])
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(spots) > _LONG and not dash and ink == 1.0:  # as one path, ten years of weeks take ten times as long
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            self._painter.setPen(pen)
            self._painter.drawLines([QLineF(*one, *other) for one, other in pairwise(spots)])
            return
        self._painter.setPen(pen)
        self._painter.drawPolyline(QPolygonF([QPointF(*spot) for spot in spots]))

    def area(self, spots: Sequence[Spot], tone: str, ink: float = 1.0) -> None:
        """A filled shape."""
        colour = self._colour(tone)
        colour.setAlphaF(ink)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawPolygon(QPolygonF([QPointF(*spot) for spot in spots]))

    def circle(
        self, spot: Spot, radius: float, tone: str, width: float, filled: bool, dash: Sequence[float] = ()
    ) -> None:
        """A ring, filled with the ground's colour."""
        pen = QPen(self._colour(tone), width)
        if dash:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([part / width for part in dash])
        self._painter.setPen(pen)
        self._painter.setBrush(self._colour("surface") if filled else Qt.BrushStyle.NoBrush)
        self._painter.drawEllipse(QPointF(*spot), radius, radius)

    def text(self, spot: Spot, words: str, tone: str, align: str = "left", strong: bool = False) -> None:
        """Words on their baseline."""
        self._painter.setFont(self._strong if strong else self._font)
        self._painter.setPen(self._colour(tone))
        width = (self._strong_width if strong else self._width)(words)
        shift = {"left": 0.0, "centre": width / 2, "right": width}[align]
        self._painter.drawText(QPointF(spot[0] - shift, spot[1]), words)
