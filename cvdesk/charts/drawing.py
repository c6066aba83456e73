"""A chart drawn, on whatever can draw lines, areas and words: the window, a picture, a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cvdesk.charts.frame import (
    Frame,
    Type,
    band,
    before_place,
    before_words,
    counts_of,
    counts_words,
    known_places,
    last_words,
    lay_out,
    marked,
    runs,
)
from cvdesk.charts.series import SeriesLike

Spot = tuple[float, float]
BAND = 0.12  # how much of the colour is in the ordinary range
WHISKER = 0.45
BARS = 0.45
DASHES = {"note": (4.0, 3.0), "action": (4.0, 3.0), "phase": (), "wording": (1.0, 2.5)}
_DOTS = (1.5, 3.0)
_DASHED = (5.0, 4.0)


class Canvas(Protocol):
    """What a chart is drawn on; y downwards, colours by the names of the theme."""

    def line(
        self, spots: Sequence[Spot], tone: str, width: float, dash: Sequence[float] = (), ink: float = 1.0
    ) -> None:
        """A line through spots; `ink`: how much of its colour shows."""

    def area(self, spots: Sequence[Spot], tone: str, ink: float = 1.0) -> None:
        """A filled shape."""

    def circle(
        self, spot: Spot, radius: float, tone: str, width: float, filled: bool, dash: Sequence[float] = ()
    ) -> None:
        """A ring; `filled` with the ground's colour."""

    def text(self, spot: Spot, words: str, tone: str, align: str = "left", strong: bool = False) -> None:
        """Words from, around or to a spot on their baseline ("left", "centre", "right")."""


def draw(
    canvas: Canvas, series: SeriesLike, size: tuple[float, float], letters: Type, tone: str, counts: bool = False
) -> Frame | None:
    """Draws a series; gives the places of everything, None where there is nothing to draw."""
    if not known_places(series):
        return None
    frame = lay_out(series, *size, letters, counts)
    draw_ground(canvas, series, frame, letters, tone)
    _line(canvas, series, frame, tone)
    _marks(canvas, series, frame, tone)
    return frame


def draw_ground(canvas: Canvas, series: SeriesLike, frame: Frame, letters: Type, tone: str) -> None:
    """All but the line and its marks: scale, periods, ordinary ranges, notes, counts, the year before, words."""
    _bands(canvas, series, frame, tone)
    _grid(canvas, frame, letters)
    _centres(canvas, series, frame, tone)
    _periods(canvas, frame, letters)
    if frame.strip:
        _counts(canvas, series, frame)
    _notes(canvas, frame, letters)
    _year_before(canvas, series, frame, letters)
    last = known_places(series)[-1]
    beside = (frame.x(last) + 9 * frame.unit, frame.y(series.points[last].value or 0.0) + letters.ascent / 2)
    canvas.text(beside, last_words(series), tone, strong=True)


def _grid(canvas: Canvas, frame: Frame, letters: Type) -> None:
    for tick, name in zip(frame.ticks, frame.names, strict=True):
        y = frame.y(tick)
        nought = tick == 0 and frame.ticks[0] < 0
        canvas.line([(frame.left, y), (frame.right, y)], "faint" if nought else "line", frame.unit)
        canvas.text((frame.left - 8 * frame.unit, y + letters.ascent / 2), name, "faint", "right")


def _bands(canvas: Canvas, series: SeriesLike, frame: Frame, tone: str) -> None:
    """Ordinary ranges, below all else: what is thin on paper hides what is beneath it."""
    for limits in series.limits:
        places = band(limits, len(series.points) - 1, frame.ticks)
        canvas.area([(frame.x(place), frame.y(value)) for place, value in places], tone, BAND)


def _centres(canvas: Canvas, series: SeriesLike, frame: Frame, tone: str) -> None:
    last = len(series.points) - 1
    for limits in series.limits:
        ends = max(0.0, limits.first - 0.5), min(float(last), limits.last + 0.5)
        y = frame.y(limits.centre)
        canvas.line([(frame.x(end), y) for end in ends], tone, frame.unit, ink=WHISKER)


def _periods(canvas: Canvas, frame: Frame, letters: Type) -> None:
    for label in frame.labels:
        for row, words in enumerate((label.text, label.year)):
            if words:
                spot = (frame.x(label.place), frame.beneath + row * letters.row + letters.row * 0.72)
                canvas.text(spot, words, "faint", "centre")


def _counts(canvas: Canvas, series: SeriesLike, frame: Frame) -> None:
    assert frame.strip is not None
    top, bottom = frame.strip
    counts = counts_of(series)
    most, half = max(counts), min(frame.step * 0.36, 6 * frame.unit) if len(counts) > 1 else 6 * frame.unit
    for place, count in enumerate(counts):
        if count:
            x, high = frame.x(place), bottom - (bottom - top) * count / most
            canvas.area([(x - half, bottom), (x - half, high), (x + half, high), (x + half, bottom)], "faint", BARS)
    canvas.text((frame.x(len(counts) - 1) + 6 * frame.unit + half, bottom), counts_words(series), "faint")


def _notes(canvas: Canvas, frame: Frame, letters: Type) -> None:
    texts = [note for note in frame.notes if note.row >= 0]
    for note in frame.notes:
        high = note.row * letters.row + 2 * frame.unit if note.reaches else frame.top - 4 * frame.unit
        dash = [part * frame.unit for part in DASHES.get(note.sort, DASHES["note"])]
        canvas.line([(note.x, high), (note.x, frame.bottom)], "faint", frame.unit, dash)
        if note.sort == "action":  # a flag: something was done about it
            size = 3.5 * frame.unit
            canvas.area([(note.x, high), (note.x + size, high + size), (note.x, high + 2 * size),
                         (note.x - size, high + size)], "quiet")  # fmt: skip
    for note in texts:
        canvas.text((note.left, note.row * letters.row + letters.row * 0.78), note.text, "quiet")


def _year_before(canvas: Canvas, series: SeriesLike, frame: Frame, letters: Type) -> None:
    piece: list[Spot] = []
    for place, value in enumerate([*series.year_before, None]):
        if value is not None:
            piece.append((frame.x(place), frame.y(value)))
            continue
        if len(piece) == 1:
            (x, y), half = piece[0], 5 * frame.unit
            canvas.line([(x - half, y), (x + half, y)], "faint", 1.2 * frame.unit)
        if len(piece) > 1:
            canvas.line(piece, "faint", 1.2 * frame.unit, [part * frame.unit for part in _DASHED])
        piece = []
    found = before_place(series, frame, letters.row)
    if found is not None:
        spot = (frame.x(found[0]) + 9 * frame.unit, found[1] + letters.ascent / 2)
        canvas.text(spot, before_words(series), "faint")


def _line(canvas: Canvas, series: SeriesLike, frame: Frame, tone: str) -> None:
    solid, dotted = runs(series)
    unit = frame.unit
    for pieces, width, dash in ((solid, frame.line, ()), (dotted, 1.5 * unit, _DOTS)):
        for piece in pieces:
            if len(piece) > 1:
                spots = [(frame.x(place), frame.y(series.points[place].value or 0.0)) for place in piece]
                canvas.line(spots, tone, width, [part * unit for part in dash])


def _marks(canvas: Canvas, series: SeriesLike, frame: Frame, tone: str) -> None:
    signals, unit = set(series.signals), frame.unit
    for place in marked(series, frame):
        point = series.points[place]
        spot = frame.x(place), frame.y(point.value or 0.0)
        radius = frame.mark or 2.0 * unit
        if frame.mark >= 3 * unit and point.low is not None and point.high is not None:
            ends = [min(max(frame.y(end), frame.top), frame.bottom) for end in (point.low, point.high)]
            canvas.line([(spot[0], end) for end in ends], tone, unit, ink=WHISKER)
        if place in signals:  # a shape, not only a colour
            canvas.circle(spot, radius + 4 * unit if frame.mark else 4 * unit, tone, 1.5 * unit, False)
        canvas.circle(spot, radius, tone, 1.5 * unit, True, [1.5 * unit, 1.5 * unit] if point.running else ())
