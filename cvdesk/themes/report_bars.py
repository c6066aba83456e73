"""The ranking as bars: confirmed in colour, suggested hatched, and the line of what the share is likely to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Drawing
from cvdesk.pdf.text import draw, width_of
from cvdesk.themes.records import ThemeFigure
from cvdesk.wording.figures import of_100_short

_ROW = 20.0
_LABEL = 84.0  # room for "32 (25 to 39)"
_WIDEST = 190.0
_STEP = 3.2  # from hatch line to hatch line


def names_width(figures: Sequence[ThemeFigure]) -> float:
    """Room for the names, so that bars on several pages begin at the same place."""
    return min(max((width_of(figure.name, styles.SMALL_BOLD) for figure in figures), default=0.0) + 12, _WIDEST)


def ranking_bars(figures: Sequence[ThemeFigure], active: int, largest: float, name: float, alt: str) -> Drawing:
    """A bar for each theme, all on one scale whose end is `largest` (a share 0-1, above 0); `name`: room for names."""

    def paint(canvas: Any, width: float, height: float) -> None:
        room = width - name - _LABEL
        for place, figure in enumerate(figures):
            y = height - (place + 0.5) * _ROW
            draw(canvas, figure.name, styles.SMALL_BOLD, 0, y - 3, name - 8)
            _bar(canvas, figure, active, name, y, room / largest)
            draw(canvas, of_100_short(figure.share), styles.SMALL.to(styles.RIGHT), width, y - 3, _LABEL - 6)

    return Drawing(_ROW * len(figures), paint, alt=alt)


def reach(figure: ThemeFigure, active: int) -> float:
    """How far a bar goes: its interval, and what is only suggested."""
    suggested = (figure.customers + figure.customers_suggested) / active if active else 0.0
    return min(1.0, max(figure.share.high or 0.0, suggested))


def _bar(canvas: Any, figure: ThemeFigure, active: int, x: float, y: float, unit: float) -> None:
    colour = styles.LEVER_COLOURS[figure.lever]
    value = figure.share.value or 0.0
    end = x + unit * value
    more = unit * min(figure.customers_suggested / active, 1.0 - value) if active else 0.0
    canvas.setFillColor(colour)
    if value:
        canvas.rect(x, y - 4.5, max(unit * value, 1.0), 9, stroke=0, fill=1)
    if more > 0:
        _hatch(canvas, colour, end, y - 4.5, more, 9.0)
    low, high = figure.share.low, figure.share.high
    if low is not None and high is not None:
        _whisker(canvas, y, x + unit * low, end, x + unit * high)


def _hatch(canvas: Any, colour: str, x: float, y: float, width: float, height: float) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(0.7)
    start = x - height
    while start < x + width:
        canvas.line(start, y, start + height, y + height)
        start += _STEP
    canvas.restoreState()
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, width, height, stroke=1, fill=0)


def _whisker(canvas: Any, y: float, low: float, value: float, high: float) -> None:
    """White on the bar, dark beside it."""
    canvas.setLineWidth(0.9)
    for colour, end in ((styles.WHITE, low), (styles.TEXT, high)):
        canvas.setStrokeColor(colour)
        canvas.line(value, y, end, y)
        canvas.line(end, y - 2.6, end, y + 2.6)
