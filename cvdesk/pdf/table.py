"""Tables that grow in proportion to their rows: each row is set once, the heading repeats on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable

from cvdesk.pdf import styles
from cvdesk.pdf.bars import Range, paint_range
from cvdesk.pdf.fonts import SEMIBOLD
from cvdesk.pdf.structure import ARTIFACT, tagged
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import ELLIPSIS, Line, draw_lines, lines, one_line

PADDING = 4.0
GUTTER = 10.0
_COMPANY = 2  # rows that stay behind at least where the last row, often the total, takes one along to the next page
_TALL = 400.0  # a row below this moves to the next page whole
_MEASURED = 14_400.0  # no page is taller: what a table needs beyond that is never asked


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


@dataclass(frozen=True, slots=True)
class _Words:
    """A cell set: its lines, and the lines of the quiet note below a name."""

    lines: list[Line]
    notes: list[Line]

    def height(self, style: Style) -> float:
        return len(self.lines) * style.leading + len(self.notes) * styles.TINY.leading


Cell = str | Range | Named | None
_Part = _Words | Range
_Ready = tuple[list[_Part], float]  # the cells of a row set, and its height


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a row; `strong` for totals and groups."""

    cells: Sequence[Cell]
    strong: bool = False


class Table(Flowable):  # type: ignore[misc]
    """Rows under a repeated heading; breaks between rows, a row never over two pages unless it is taller than one.

    The heading never stands alone at the foot of a page: without a row that fits, the table begins on the next one.
    """

    def __init__(
        self, columns: Sequence[Col], rows: Sequence[Row], style: Style = styles.SMALL, start: int = 0,
        before: float = 0, after: float = 0, padding: float = PADDING,
    ) -> None:  # fmt: skip
        super().__init__()
        self.columns, self.rows, self.style, self.start = columns, rows, style, start
        self.end, self.padding = len(rows), padding
        self.spaceBefore, self.spaceAfter = before, after
        self._set: dict[int, _Ready] = {}  # shared by all parts of the table; a row leaves it when it is drawn
        self._cut: _Ready | None = None  # what of its first row is in this part, where that is taller than a page
        self._for = 0.0
        self._places: list[tuple[float, float]] = []
        self._titles: list[list[Line]] = []
        self._whole = object()  # what all parts of the table share
        self._again = False  # goes on from another page
        self._styles = [style.to(column.align) for column in columns]
        self._strong = [replace(style, weight=SEMIBOLD).to(column.align) for column in columns]

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
            self._set, self._cut = {}, None

    def _row(self, place: int) -> _Ready:
        if self._cut is not None and place == self.start:
            return self._cut
        known = self._set.get(place)
        if known is None:
            row = self.rows[place]
            used = self._strong if row.strong else self._styles
            triples = zip(row.cells, self.columns, used, self._places, strict=False)
            parts = [
                cell if isinstance(cell, Range) else _words(cell, column.most, style, wide)
                for cell, column, style, (_x, wide) in triples
            ]
            known = self._set[place] = self._ready(parts)
        return known

    def _ready(self, parts: list[_Part]) -> _Ready:
        words = (part.height(self.style) for part in parts if isinstance(part, _Words))
        return parts, max(words, default=self.style.leading) + 2 * self.padding

    def _height(self, place: int) -> float:
        return self._row(place)[1]

    def beginning(self, width: float) -> float:
        """The height of the heading and the first rows: what belongs on the page where the table begins."""
        self._use(width)
        return self._heading + sum(self._height(place) for place in range(self.start, min(self.end, self.start + 2)))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Sets rows until the page is full: more than fits is not measured, so that long tables stay quick."""
        self._use(width)
        used = self._heading
        most = min(height, _MEASURED)
        for place in range(self.start, self.end):
            used += self._height(place)
            if used > most:
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
        if self.end - fits == 1:
            if fits - self.start > _COMPANY:
                fits -= 1
            elif self._again and used + self._height(fits) < _TALL:
                return []  # the last rows, just kept together: all of them go to the next page
        if fits > self.start:
            return [self._part(self.start, fits, self._again), self._part(fits, self.end)]
        return self._split_row(height - used) if self._height(self.start) > _TALL else []

    def _split_row(self, height: float) -> list[Flowable]:
        """A row taller than a page, as the lines that fit and the lines that are left."""
        room = int((height - 2 * self.padding) / self.style.leading)
        if room < 3:
            return []
        cells, _tall = self._row(self.start)
        whole = [part for part in cells if isinstance(part, _Words)]
        while room > 1 and any(len(part.lines) > room and part.lines[room - 1].hyphen for part in whole):
            room -= 1
        first, rest = self._part(self.start, self.start + 1, self._again), self._part(self.start, self.end)
        first._cut = self._ready([_cut(cell, room, True) for cell in cells])
        rest._cut = self._ready([_cut(cell, room, False) for cell in cells])
        return [first, rest]

    def _part(self, start: int, end: int, again: bool = True) -> Table:
        part = Table(self.columns, self.rows, self.style, start, self.spaceBefore, self.spaceAfter, self.padding)
        part.end, part._for = end, self._for
        part._places, part._titles = self._places, self._titles
        part._whole, part._again = self._whole, again
        part._set, part._cut = self._set, self._cut if start == self.start else None
        return part

    def draw(self) -> None:
        """Heading, then row after row with a hairline below."""
        canvas, y = self.canv, self.height
        rules: list[float] = []
        with tagged(canvas, "Table", whole=self._whole):
            if self._heading:
                self._draw_heading(y)
                y -= self._heading
            for place in range(self.start, self.end):
                y -= self._draw_row(place, y)
                rules.append(y)
        canvas.setLineWidth(0.6)
        if self._heading:
            canvas.setStrokeColor(styles.AXIS)
            canvas.line(0, self.height - self._heading, self.width, self.height - self._heading)
        if rules:
            canvas.setStrokeColor(styles.LINE)
            canvas._code.append(" ".join(f"0 {at:.2f} m {self.width:.2f} {at:.2f} l S" for at in rules))

    def _draw_heading(self, top: float) -> None:
        """Read out once: on the pages that follow it only decorates."""
        canvas = self.canv
        with tagged(canvas, ARTIFACT if self._again else "TR"):
            for column, found, (x, wide) in zip(self.columns, self._titles, self._places, strict=True):
                tall = len(found) * styles.TINY.leading
                with tagged(canvas, "TH"):
                    head = styles.TINY.to(column.align)
                    draw_lines(canvas, found, head, x, top - self._heading + 5 + tall, wide)

    def _draw_row(self, place: int, top: float) -> float:
        """Gives its height. What is drawn is not kept: a register may have a hundred thousand rows."""
        canvas, row = self.canv, self.rows[place]
        parts, height = self._row(place)
        self._set.pop(place, None)
        inner = height - 2 * self.padding
        top -= self.padding
        # Beside a name with its line below, single lines stand in the middle of the row; beside longer text at its top.
        named = any(isinstance(part, _Words) and part.notes for part in parts)
        named = named and not any(isinstance(part, _Words) and len(part.lines) > 1 for part in parts)
        used = self._strong if row.strong else self._styles
        with tagged(canvas, "TR"):
            for part, style, (x, wide) in zip(parts, used, self._places, strict=False):
                with tagged(canvas, "TD"):
                    if isinstance(part, Range):
                        paint_range(canvas, part, x, top - (inner if named else style.leading) / 2, wide)
                        continue
                    single = named and not part.notes and len(part.lines) == 1
                    shift = (inner - style.leading) / 2 if single else 0.0
                    draw_lines(canvas, part.lines, style, x, top - shift, wide, True)
                    if part.notes:
                        below = top - len(part.lines) * style.leading
                        draw_lines(canvas, part.notes, styles.TINY, x, below, wide, True)
        return height


def _words(cell: str | Named | None, most: int, style: Style, wide: float) -> _Words:
    if isinstance(cell, Named):
        return _Words(_limited(lines(cell.name, style, wide), most, style, wide), _noted(cell.note, wide))
    return _Words(_limited(lines(cell or "", style, wide), most, style, wide), [])


def _noted(note: str, wide: float) -> list[Line]:
    return lines(note, styles.TINY, wide) if note else []


def _limited(found: list[Line], most: int, style: Style, wide: float) -> list[Line]:
    """The first lines; the last one shown ends with an ellipsis where more would follow."""
    if not most or len(found) <= most:
        return found
    last = "".join(run.text for run in found[most - 1].runs).rstrip()
    return [*found[: most - 1], one_line(last.rstrip("-‐") + ELLIPSIS, style, wide)]


def _cut(cell: _Part, room: int, begin: bool) -> _Part:
    """The lines of a cell that fit, or those left; what is drawn or noted goes with its beginning or its end."""
    if isinstance(cell, Range):
        return cell if begin else _Words([], [])
    if len(cell.lines) <= room:
        return cell if begin else _Words([], [])
    return _Words(cell.lines[:room], []) if begin else _Words(cell.lines[room:], cell.notes)
