"""A series on paper: the same chart as in the window, in the letters and colours of the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from cvdesk.charts.drawing import Spot, draw
from cvdesk.charts.frame import Type, last_words
from cvdesk.charts.series import SeriesLike
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Drawing
from cvdesk.pdf.fonts import clusters
from cvdesk.pdf.text import draw as draw_words
from cvdesk.pdf.text import width_of

_UNIT = 0.7  # points for a pixel of the design
_COLOURS = {
    "accent": styles.ACCENT, "line": styles.GRID, "faint": styles.FAINT, "quiet": styles.QUIET, "text": styles.TEXT,
    **styles.LEVER_COLOURS,
}  # fmt: skip
_STRONG = styles.LABEL_BOLD


def trend(series: SeriesLike, height: float = 150, counts: bool = False) -> Drawing:
    """The series as a chart of the column's width; `counts`: with bars of how many answered beneath.

    Needs at least one point with a value, and its sentence beside it; who hears the page is told the sentence.
    """

    def paint(canvas: Any, width: float, height: float) -> None:
        tone = series.lever if series.lever in styles.LEVER_COLOURS else "accent"
        draw(_Paper(canvas, height), series, (width, height), _letters(), tone, counts)

    words = " ".join(word for word in (series.sentence, *series.caveats) if word)
    return Drawing(height, paint, alt=words or f"{series.title}: {last_words(series)}")


def _letters() -> Type:
    style = styles.TINY
    return Type(lambda text: width_of(text, style), _cut, style.leading, style.size * 0.71, _UNIT)


@lru_cache(2000)
def _cut(text: str, width: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width_of(text, styles.TINY) <= width + 0.5:
        return text
    marks = list(clusters(text))
    low, high = 0, len(marks)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of("".join(marks[:middle]).rstrip() + "…", styles.TINY) <= width:
            low = middle
        else:
            high = middle - 1
    return "".join(marks[:low]).rstrip() + "…"


class _Paper:
    """Draws a chart on a page; y is turned round, a page begins at its foot."""

    def __init__(self, canvas: Any, height: float) -> None:
        self._canvas, self._height = canvas, height

    def line(
        self, spots: Sequence[Spot], tone: str, width: float, dash: Sequence[float] = (), ink: float = 1.0
    ) -> None:
        """A line through spots."""
        self._canvas.saveState()
        self._canvas.setLineJoin(1)
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeColor(self._canvas.thin(_COLOURS[tone], ink))
        if dash:
            self._canvas.setDash(list(dash))
        self._canvas.drawPath(self._path(spots), stroke=1, fill=0)
        self._canvas.restoreState()

    def area(self, spots: Sequence[Spot], tone: str, ink: float = 1.0) -> None:
        """A filled shape."""
        self._canvas.saveState()
        self._canvas.setFillColor(self._canvas.thin(_COLOURS[tone], ink))
        path = self._path(spots)
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._canvas.restoreState()

    def circle(
        self, spot: Spot, radius: float, tone: str, width: float, filled: bool, dash: Sequence[float] = ()
    ) -> None:
        """A ring, filled with white."""
        self._canvas.saveState()
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeColor(_COLOURS[tone])
        self._canvas.setFillColor(styles.WHITE)
        if dash:
            self._canvas.setDash(list(dash))
        self._canvas.circle(spot[0], self._height - spot[1], radius, stroke=1, fill=int(filled))
        self._canvas.restoreState()

    def text(self, spot: Spot, words: str, tone: str, align: str = "left", strong: bool = False) -> None:
        """Words on their baseline."""
        style = (_STRONG if strong else styles.TINY).in_colour(_COLOURS[tone]).to(align)
        draw_words(self._canvas, words, style, spot[0], self._height - spot[1])

    def _path(self, spots: Sequence[Spot]) -> Any:
        path = self._canvas.beginPath()
        for place, (x, y) in enumerate(spots):
            (path.lineTo if place else path.moveTo)(x, self._height - y)
        return path
