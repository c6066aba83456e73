"""A chart as a picture of its own: on white, with its title and its sentence, as pixels or as vectors."""

from __future__ import annotations

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTextLayout

from cvdesk.charts.drawing import draw
from cvdesk.charts.series import SeriesLike
from cvdesk.kit.chart_pen import Pen, letters
from cvdesk.kit.theme import LIGHT, Theme

WIDTH = 960.0
CHART = 330.0
MARGIN = 24.0
_FAMILY = re.compile(rb'font-family="([^"]+)"')
SHARP = 2  # pixels of the picture for one of the design


def _white(tone: str) -> QColor:
    """The light colours, whatever the window looks like: a picture goes into letters and onto paper."""
    return QColor(getattr(LIGHT, tone))


class Picture:
    """A series with its title above, its sentence and what to keep in mind below. `about`: period and filter."""

    def __init__(self, theme: Theme, series: SeriesLike, tone: str, about: str = "") -> None:
        self._series, self._tone = series, tone
        self._small, self._strong = _sized(theme, 12), _sized(theme, 12, strong=True)
        self._texts = [(series.title, _sized(theme, 14, strong=True), "text")]
        if about:
            self._texts.append((about, self._small, "quiet"))
        self._below = [(series.sentence, _sized(theme, 13), "text")]
        self._below += [(caveat, self._small, "quiet") for caveat in series.caveats]

    @property
    def height(self) -> float:
        """How high it gets with its texts, in design pixels."""
        return sum(_height(text, font) for text, font, _tone in [*self._texts, *self._below]) + CHART + 2 * MARGIN + 16

    def paint(self, painter: QPainter) -> None:
        """Draws it, from the upper left corner on."""
        painter.fillRect(QRectF(0, 0, WIDTH, self.height), Qt.GlobalColor.white)
        y = MARGIN
        for text, font, tone in self._texts:
            y = _write(painter, text, font, tone, y)
        y += 8
        painter.save()
        painter.translate(MARGIN, y)
        pen = Pen(painter, _white, self._small, self._strong)
        size = WIDTH - 2 * MARGIN, CHART
        draw(pen, self._series, size, letters(self._small, 1.0), self._tone, counts=True)
        painter.restore()
        y += CHART + 8
        for text, font, tone in self._below:
            y = _write(painter, text, font, tone, y)

    def image(self) -> QImage:
        """As pixels, twice as many as on an ordinary screen."""
        made = QImage(QSize(round(WIDTH * SHARP), round(self.height * SHARP)), QImage.Format.Format_RGB32)
        painter = QPainter(made)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(SHARP, SHARP)
        self.paint(painter)
        painter.end()
        made.setText("Title", self._series.title)
        made.setText("Description", self._series.sentence)
        return made

    def png(self) -> bytes:
        """The pixels as a file."""
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.image().save(buffer, "PNG")  # type: ignore[call-overload]  # takes the name of a format as text
        return bytes(content.data())

    def svg(self) -> bytes:
        """The vectors as a file; its words are words."""
        from PySide6.QtSvg import QSvgGenerator

        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        made = QSvgGenerator()
        made.setOutputDevice(buffer)
        made.setTitle(self._series.title)
        made.setDescription(self._series.sentence)
        made.setSize(QSizeF(WIDTH, self.height).toSize())
        made.setViewBox(QRectF(0, 0, WIDTH, self.height))
        made.setResolution(96)
        painter = QPainter(made)
        self.paint(painter)
        painter.end()
        return _FAMILY.sub(rb'font-family="\1,sans-serif"', bytes(content.data()))

    def words(self) -> str:
        """The picture's texts, to be pasted where a picture cannot be."""
        return "\n".join(text for text, _font, _tone in [*self._texts, *self._below])


def _sized(theme: Theme, size: int, strong: bool = False) -> QFont:
    """The window's font at a size of the picture, whatever the text size of the screen."""
    font = theme.font(size, strong)
    font.setPixelSize(size)
    return font


def _rows(text: str, font: QFont) -> tuple[QTextLayout, float]:
    """A text broken into lines over the picture's width, and how high they are."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    height = 0.0
    while (row := layout.createLine()).isValid():
        row.setLineWidth(WIDTH - 2 * MARGIN)
        row.setPosition(QPointF(0, height))
        height += row.height()
    layout.endLayout()
    return layout, height


def _height(text: str, font: QFont) -> float:
    return _rows(text, font)[1] + 4


def _write(painter: QPainter, text: str, font: QFont, tone: str, y: float) -> float:
    """Writes a text in lines; gives where the next one begins. Line by line, so that vectors keep their words."""
    layout, height = _rows(text, font)
    painter.setFont(font)
    painter.setPen(_white(tone))
    for place in range(layout.lineCount()):
        row = layout.lineAt(place)
        words = text[row.textStart() : row.textStart() + row.textLength()].rstrip()
        painter.drawText(QPointF(MARGIN, y + row.y() + row.ascent()), words)
    return y + height + 4
