"""Bars on paper: the equation of value, shares of customers, counts by month. Intervals are always drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Drawing, Flowable
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import Line, draw, draw_lines, lines, width_of
from cvdesk.wording.numbers import whole


@dataclass(frozen=True, slots=True)
class EquationBar:
    """One part of value: its colour by `lever`, how far it reaches, its interval, the words at it. `up` for gains."""

    lever: str
    name: str
    caption: str
    label: str
    value: float
    low: float
    high: float
    up: bool


@dataclass(frozen=True, slots=True)
class ValueBox:
    """The sum beside the bars: heading, the figure, its range, and what it means with a quiet word to it."""

    name: str
    figure: str
    range: str
    meaning: str
    aside: str
    good: bool = True


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One row of a bar chart of shares 0-1, with its interval; `lever` for the colour; `counts` at the right."""

    name: str
    detail: str
    value: float
    low: float
    high: float
    label: str
    lever: str


@dataclass(frozen=True, slots=True)
class Column:
    """A month of a small column chart."""

    name: str
    count: int


def equation(bars: Sequence[EquationBar], box: ValueBox, height: float = 178) -> Drawing:
    """Gains up, burdens down from one line, and the box with what is left."""

    def paint(canvas: Any, width: float, height: float) -> None:
        box_width = 128.0
        _equation(canvas, bars, width - box_width - 22, height)
        _box(canvas, box, width - box_width, box_width, height)

    words = [_said(f"{bar.name} ({bar.caption})" if bar.caption else bar.name, bar.label) for bar in bars]
    return Drawing(height, paint, alt="; ".join([*words, _said(box.name, box.figure, box.range, box.meaning)]))


def _said(name: str, *words: str) -> str:
    """A part of a picture as words."""
    return f"{name}: {', '.join(word for word in words if word)}"


def _equation(canvas: Any, bars: Sequence[EquationBar], width: float, height: float) -> None:
    gap = 11.0
    wide = (width - gap * (len(bars) - 1)) / len(bars)
    up = max([bar.high for bar in bars if bar.up], default=1)
    down = max([bar.high for bar in bars if not bar.up], default=1)
    # Room for the figure beyond each bar and for its name on the other side of the line.
    unit = (height - 2 * 17) / (up + down)
    middle = 17 + down * unit
    for place, bar in enumerate(bars):
        x = place * (wide + gap)
        _equation_bar(canvas, bar, x, wide, middle, unit)
    canvas.setStrokeColor(styles.TEXT)
    canvas.setLineWidth(0.7)
    canvas.line(0, middle, width, middle)


def _equation_bar(canvas: Any, bar: EquationBar, x: float, wide: float, middle: float, unit: float) -> None:
    sign = 1 if bar.up else -1
    colour = styles.LEVER_COLOURS[bar.lever]
    reach = bar.value * unit
    canvas.setFillColor(colour)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(x, middle if bar.up else middle - reach, wide, reach)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.roundRect(x, middle - 8 if bar.up else middle - reach, wide, reach + 8, 4, stroke=0, fill=1)
    canvas.restoreState()
    _whisker(canvas, x + wide / 2, *(middle + sign * reach * unit for reach in (bar.low, bar.value, bar.high)))
    end = middle + sign * max(bar.high, bar.value) * unit
    draw(canvas, bar.label, styles.VALUE.to(styles.CENTRE), x + wide / 2, end + (5 if bar.up else -12.5), wide)
    name = styles.LABEL_BOLD.in_colour(colour).to(styles.CENTRE)
    caption = styles.TINY.to(styles.CENTRE)
    draw(canvas, bar.name, name, x + wide / 2, middle - 12 if bar.up else middle + 15.5, wide)
    draw(canvas, bar.caption, caption, x + wide / 2, middle - 22.5 if bar.up else middle + 5.5, wide + 8)


def _whisker(canvas: Any, x: float, low: float, value: float, high: float) -> None:
    """The interval across the end of a bar: white on its colour, dark beyond."""
    for colour, end in ((styles.WHITE, low), (styles.TEXT, high)):
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(0.9)
        canvas.line(x, value, x, end)
        canvas.line(x - 3.5, end, x + 3.5, end)


def _box(canvas: Any, box: ValueBox, x: float, wide: float, height: float) -> None:
    inner = wide - 28
    found = _box_rows(box, inner, 1.0)
    around = 28.0
    if _tall(found) + around > height - 8:  # little room: what is between the lines goes first
        found, around = _box_rows(box, inner, 0.2), 16.0
    tall = min(height, max(min(height - 8, 120), _tall(found) + around))
    bottom = (height - tall) / 2
    canvas.setFillColor(styles.ACCENT_GROUND)
    canvas.roundRect(x, bottom, wide, tall, 7, stroke=0, fill=1)
    top = bottom + tall / 2 + _tall(found) / 2
    for words, style, after in found:
        draw_lines(canvas, words, style, x + 14, top, inner)
        top -= len(words) * style.leading + after


def _box_rows(box: ValueBox, inner: float, apart: float) -> list[tuple[list[Line], Style, float]]:
    """What stands in the box: lines, their style and the space after them, of which a share may be taken."""
    rows = [
        (box.name, styles.SUBHEADING.in_colour(styles.ACCENT), 4.0), (box.figure, styles.BIG, 2.0),
        (box.range, styles.NOTE, 12.0),
        (box.meaning, styles.SMALL_BOLD.in_colour(styles.GOOD if box.good else styles.BAD), 2.0),
        (box.aside, styles.TINY, 0.0),
    ]  # fmt: skip
    return [(lines(text, style, inner), style, after * apart) for text, style, after in rows if text]


def _tall(rows: Sequence[tuple[list[Line], Style, float]]) -> float:
    return sum(len(words) * style.leading + after for words, style, after in rows)


class Shares(Drawing):
    """Bars of shares under each other; breaks between them where they are more than a page holds."""

    def __init__(
        self, bars: Sequence[ShareBar], row: float, largest: float, name: float, label: float, enough: int = 0
    ) -> None:  # fmt: skip
        self.bars, self.row, self.largest, self.name, self.label = bars, row, largest, name, label
        self.enough = enough
        self._set = [(lines(bar.name, styles.SMALL_BOLD, name - 10), lines(bar.detail, styles.TINY, name - 10))
                     for bar in bars]  # fmt: skip
        self.heights = [max(row, len(names) * _NAME + len(notes) * _NOTE + 6) for names, notes in self._set]
        alt = "; ".join(_said(bar.name, bar.label, bar.detail) for bar in bars)
        super().__init__(sum(self.heights), self._bars, alt=alt)

    def split(self, width: float, height: float) -> list[Flowable]:
        """The bars that fit, and the rest at the same scale; they alone where they are enough."""
        fits, used = 0, 0.0
        while fits < len(self.bars) and used + self.heights[fits] <= height:
            used += self.heights[fits]
            fits += 1
        if not 0 < fits < len(self.bars):
            return []
        parts = [self.bars[:fits]] if 0 < self.enough <= fits else [self.bars[:fits], self.bars[fits:]]
        return [Shares(part, self.row, self.largest, self.name, self.label) for part in parts]

    def _bars(self, canvas: Any, width: float, height: float) -> None:
        name, room, top = self.name, width - self.name - self.label, height
        for bar, (names, notes), tall in zip(self.bars, self._set, self.heights, strict=True):
            y = top - tall / 2
            text = y + (len(names) * _NAME + len(notes) * _NOTE) / 2
            draw_lines(canvas, names, styles.SMALL_BOLD, 0, text, name - 10)
            draw_lines(canvas, notes, styles.TINY, 0, text - len(names) * _NAME, name - 10)
            canvas.setFillColor(styles.LEVER_COLOURS[bar.lever])
            canvas.roundRect(name, y - 5, max(room * bar.value / self.largest, 1.2), 10, 1.5, stroke=0, fill=1)
            ends = (name + room * share / self.largest for share in (bar.low, bar.value, bar.high))
            _flat_whisker(canvas, y, *ends)
            draw(canvas, bar.label, styles.SMALL.to(styles.RIGHT), width, y - 3)
            top -= tall


_NAME = styles.SMALL_BOLD.leading
_NOTE = styles.TINY.leading


def shares(bars: Sequence[ShareBar], row: float = 25, enough: int = 0) -> Drawing:
    """Horizontal bars of shares, longest interval filling the width, with the figure beside each; long names wrap.

    enough: where the page holds so many of them, the rest is left out; else they go on over the page.
    """
    largest = max([bar.high for bar in bars], default=1) or 1
    texts = [(bar.name, styles.SMALL_BOLD) for bar in bars] + [(bar.detail, styles.TINY) for bar in bars]
    name = min(max([width_of(text, style) for text, style in texts], default=0) + 14, 170)
    label = min(max([width_of(bar.label, styles.SMALL) for bar in bars], default=0) + 12, 190)
    return Shares(bars, row, largest, name, label, enough)


def _flat_whisker(canvas: Any, y: float, low: float, value: float, high: float) -> None:
    for colour, end in ((styles.WHITE, low), (styles.TEXT, high)):
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(0.9)
        canvas.line(value, y, end, y)
        canvas.line(end, y - 3, end, y + 3)


def columns(months: Sequence[Column], colour: str = styles.ACCENT, height: float = 92) -> Drawing:
    """Counts by month: each column carries its number, so no axis is needed.

    Where columns are narrower than their words, the last one, every other or third before it do.
    """
    most = max([month.count for month in months], default=1) or 1

    def paint(canvas: Any, width: float, height: float) -> None:
        step = min(width / max(len(months), 1), 60.0)
        named = _apart([width_of(month.name, styles.TINY) for month in months], step)
        counted = _apart([width_of(whole(month.count), styles.TINY) for month in months], step)
        for place, month in enumerate(months):
            x = place * step
            tall = (height - 30) * month.count / most
            canvas.setFillColor(colour)
            if tall:
                canvas.rect(x + step * 0.14, 14, step * 0.72, tall, stroke=0, fill=1)
            label = styles.TINY.in_colour(styles.TEXT if month.count else styles.FAINT).to(styles.CENTRE)
            if place in counted:
                _centred(canvas, whole(month.count), label, x + step / 2, 17.5 + tall, width)
            if place in named:
                _centred(canvas, month.name, styles.TINY.to(styles.CENTRE), x + step / 2, 4, width)
        canvas.setStrokeColor(styles.AXIS)
        canvas.setLineWidth(0.6)
        canvas.line(0, 14, step * len(months), 14)

    return Drawing(height, paint, alt="; ".join(_said(month.name, whole(month.count)) for month in months))


def _centred(canvas: Any, words: str, style: Style, x: float, y: float, width: float) -> None:
    """Words around x, moved so far that they stay within the width."""
    half = width_of(words, style) / 2
    draw(canvas, words, style, min(max(x, half), max(half, width - half)), y)


def _apart(wide: Sequence[float], step: float) -> set[int]:
    """The places whose words are written, counted from the last one, so that none touches its neighbour."""
    widest = max(wide, default=0)
    moved = max(0.0, (widest - step) / 2)  # what the last one is moved to stay on the page
    every = max(1, math.ceil((widest + moved + 4) / step))
    return set(range(len(wide) - 1, -1, -every))


@dataclass(frozen=True, slots=True)
class Range:
    """A score 1-5 with its interval, drawn into a cell of a table; `guess`: the owner's own."""

    value: float
    low: float
    high: float
    lever: str
    guess: float | None = None
    strong: bool = False


def paint_range(canvas: Any, found: Range, x: float, y: float, width: float) -> None:
    """The scale from 1 to 5, the interval on it, the mean as a dot, the owner's guess as a hollow diamond."""

    def at(value: float) -> float:
        return x + width * (value - 1) / 4

    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.6)
    canvas.line(x, y, x + width, y)
    for tick in range(1, 6):
        canvas.line(at(tick), y - 2, at(tick), y + 2)
    colour = styles.LEVER_COLOURS[found.lever]
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(3.2 if found.strong else 2)
    canvas.line(at(found.low), y, at(found.high), y)
    canvas.setFillColor(colour)
    canvas.circle(at(found.value), y, 3.6 if found.strong else 2.7, stroke=0, fill=1)
    if found.guess is not None:
        _diamond(canvas, at(found.guess), y)


def _diamond(canvas: Any, x: float, y: float) -> None:
    shape = canvas.beginPath()
    shape.moveTo(x, y + 4)
    for dx, dy in ((4, 0), (0, -4), (-4, 0)):
        shape.lineTo(x + dx, y + dy)
    shape.close()
    canvas.setStrokeColor(styles.TEXT)
    canvas.setLineWidth(0.9)
    canvas.drawPath(shape, stroke=1, fill=0)
