"""Tables that grow in proportion to their rows: each row is set once, the heading repeats on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable

from cvdesk.pdf import styles
from cvdesk.pdf.bars import Range, paint_range
from cvdesk.pdf.fonts import SEMIBOLD
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import Line, draw, draw_lines, lines

PADDING = 4.0
GUTTER = 10.0
_TALL = 400.0  # a row below this moves to the next page whole


@dataclass(frozen=True, slots=True)
class Col:
    """A column: its heading, its share of the width, how it is aligned; `most` lines are shown of a cell."""

    title: str
    share: float
    align: str = styles.LEFT
    most: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A name with a quiet line below it."""

    name: str
    note: str


Cell = str | Range | Named | None
_Part = list[Line] | Range | Named


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a row; `strong` for totals and groups."""

    cells: Sequence[Cell]
    strong: bool = False


class Table(Flowable):  # type: ignore[misc]
    """Rows under a repeated heading; breaks between rows, a row never over two pages unless it is taller than one."""

    def __init__(
        self, columns: Sequence[Col], rows: Sequence[Row], style: Style = styles.SMALL, start: int = 0,
        before: float = 0, after: float = 0, padding: float = PADDING,
    ) -> None:  # fmt: skip
        super().__init__()
        self.columns, self.rows, self.style, self.start = columns, rows, style, start
        self.end, self.padding = len(rows), padding
        self.spaceBefore, self.spaceAfter = before, after
        self._set: dict[int, list[_Part]] = {}
        self._heights: dict[int, float] = {}
        self._for = 0.0
        self._places: list[tuple[float, float]] = []
        self._titles: list[list[Line]] = []

    @property
    def _heading(self) -> float:
        if not any(column.title for column in self.columns):
            return 0.0
        return styles.TINY.leading * max(len(found) for found in self._titles) + 7

    def _spread(self, width: float) -> list[tuple[float, float]]:
        """Left edge and width of each column."""
        free = width - GUTTER * (len(self.columns) - 1)
        total = sum(column.share for column in self.columns)
        places, x = [], 0.0
        for column in self.columns:
            wide = free * column.share / total
            places.append((x, wide))
            x += wide + GUTTER
        return places

    def _use(self, width: float) -> None:
        if self._for != width:
            self._for, self._places = width, self._spread(width)
            pairs = zip(self.columns, self._places, strict=True)
            self._titles = [lines(column.title, styles.TINY, wide) for column, (_x, wide) in pairs]
            self._set, self._heights = {}, {}

    def _row(self, place: int) -> list[_Part]:
        if place not in self._set:
            row = self.rows[place]
            style = self._style_of(row)
            found: list[_Part] = []
            for cell, column, (_x, wide) in zip(row.cells, self.columns, self._places, strict=False):
                found.append(cell if isinstance(cell, Range | Named) else self._cell(cell or "", column, style, wide))
            self._set[place] = found
            tallest = max((len(part) for part in found if isinstance(part, list)), default=1)
            named = any(isinstance(part, Named) for part in found)
            tall = max(tallest * style.leading, style.leading + styles.TINY.leading if named else 0)
            self._heights[place] = tall + 2 * self.padding
        return self._set[place]

    def _cell(self, text: str, column: Col, style: Style, wide: float) -> list[Line]:
        found = lines(text, style, wide)
        if column.most and len(found) > column.most:
            return [*found[: column.most - 1], *lines("…", style, wide)]
        return found

    def _style_of(self, row: Row) -> Style:
        return replace(self.style, weight=SEMIBOLD) if row.strong else self.style

    def _height(self, place: int) -> float:
        self._row(place)
        return self._heights[place]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Sets rows until the page is full: more than fits is not measured, so that long tables stay quick."""
        self._use(width)
        used = self._heading
        for place in range(self.start, self.end):
            used += self._height(place)
            if used > height:
                break
        self.width, self.height = width, used
        return width, used

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits, and the rest under the same heading."""
        self._use(width)
        used = self._heading
        fits = self.start
        while fits < self.end and used + self._height(fits) <= height:
            used += self._height(fits)
            fits += 1
        if fits == self.end:
            return []
        if fits > self.start:
            return [self._part(self.start, fits), self._part(fits, self.end)]
        return self._split_row(height - used) if self._height(self.start) > _TALL else []

    def _split_row(self, height: float) -> list[Flowable]:
        """A row taller than a page, as the lines that fit and the lines that are left."""
        room = int((height - 2 * self.padding) / self.style.leading)
        if room < 3:
            return []
        first, rest = self._part(self.start, self.start + 1), self._part(self.start, self.end)
        whole = self._set[self.start]
        for part, cut in ((first, slice(0, room)), (rest, slice(room, None))):
            part._set[self.start] = [cell[cut] if isinstance(cell, list) else cell for cell in whole]
            tallest = max(len(cell) for cell in part._set[self.start] if isinstance(cell, list))
            part._heights[self.start] = tallest * self.style.leading + 2 * self.padding
        return [first, rest]

    def _part(self, start: int, end: int) -> Table:
        part = Table(self.columns, self.rows, self.style, start, self.spaceBefore, self.spaceAfter, self.padding)
        part.end, part._for = end, self._for
        part._places, part._titles = self._places, self._titles
        part._set = {place: found for place, found in self._set.items() if start <= place < end}
        part._heights = {place: found for place, found in self._heights.items() if start <= place < end}
        return part

    def draw(self) -> None:
        """Heading, then row after row with a hairline below."""
        y = self.height
        places = self._places
        self.canv.setLineWidth(0.6)
        if self._heading:
            for column, found, (x, wide) in zip(self.columns, self._titles, places, strict=True):
                tall = len(found) * styles.TINY.leading
                draw_lines(self.canv, found, styles.TINY.to(column.align), x, y - self._heading + 5 + tall, wide)
            y -= self._heading
            self.canv.setStrokeColor(styles.AXIS)
            self.canv.line(0, y, self.width, y)
        self.canv.setStrokeColor(styles.LINE)
        for place in range(self.start, self.end):
            self._draw_row(place, y, places)
            y -= self._heights[place]
            self.canv.setStrokeColor(styles.LINE)
            self.canv.setLineWidth(0.6)
            self.canv.line(0, y, self.width, y)

    def _draw_row(self, place: int, top: float, places: Sequence[tuple[float, float]]) -> None:
        style = self._style_of(self.rows[place])
        inner = self._heights[place] - 2 * self.padding
        top -= self.padding
        for part, column, (x, wide) in zip(self._row(place), self.columns, places, strict=False):
            named = any(isinstance(cell, Named) for cell in self._row(place))
            # Beside a name with its line below, single lines stand in the middle of the row.
            shift = (inner - style.leading) / 2 if named else 0.0
            if isinstance(part, Range):
                paint_range(self.canv, part, x, top - shift - style.leading / 2, wide)
            elif isinstance(part, Named):
                draw_lines(self.canv, lines(part.name, style, 1e9), style, x, top, wide)
                draw(self.canv, part.note, styles.TINY, x, top - style.leading - 7, wide)
            else:
                draw_lines(self.canv, part, style.to(column.align), x, top - shift, wide, True)
