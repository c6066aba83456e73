"""The poster "You said, we did", and the one of words of praise: large type, as large as all of it fits on a sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cvdesk.care.store_poster import Poster
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.errors import UserError
from cvdesk.pdf import styles
from cvdesk.pdf.document import PAPERS as USUAL
from cvdesk.pdf.document import PlainCanvas
from cvdesk.pdf.fonts import BOLD, REGULAR, SEMIBOLD
from cvdesk.pdf.logo import paint_logo, size_of
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import draw, draw_lines, lines
from cvdesk.wording import _
from cvdesk.wording.numbers import month_long

PAPERS = {**USUAL, "a3": (841.89, 1190.551)}
_MARGIN = 0.085  # of the width of the sheet
_GUTTER = 0.05
_LARGEST, _SMALLEST = 34.0, 11.0  # points on A4; on A3 so much larger as the sheet is
_LEADING = 1.32
_ELLIPSIS = "…"


class _Block(Protocol):
    """A line of the poster."""

    def height(self, size: float, width: float) -> float:
        """How tall it is in letters of this size."""

    def paint(self, canvas: Any, size: float, left: float, top: float, width: float, room: float) -> None:
        """Draws it from its top; no more lines than there is room for."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said beside what was done."""

    said: str
    did: str

    def height(self, size: float, width: float) -> float:
        column = _column(width)
        return max(_tall(self.said, _plain(size), column), _tall(self.did, _strong(size), column))

    def paint(self, canvas: Any, size: float, left: float, top: float, width: float, room: float) -> None:
        column = _column(width)
        _paint(canvas, self.said, _plain(size), left, top, column, room)
        _paint(canvas, self.did, _strong(size), left + width - column, top, column, room)


@dataclass(frozen=True, slots=True)
class _Praise:
    """Words of praise, with a name below them where it may be said."""

    words: str
    name: str

    def height(self, size: float, width: float) -> float:
        return _tall(self.words, _plain(size), width) + (size * 1.1 if self.name else 0)

    def paint(self, canvas: Any, size: float, left: float, top: float, width: float, room: float) -> None:
        tall = _paint(canvas, self.words, _plain(size), left, top, width, room - (size * 1.1 if self.name else 0))
        if self.name:
            style = Style(size * 0.62, size * 0.8, SEMIBOLD, styles.ACCENT)
            draw(canvas, self.name, style, left, top - tall - size * 0.85, width)


def as_pdf(data: Poster, paper: str = "a4") -> bytes:
    """The poster as bytes; the same data gives the same bytes. UserError where nothing can go on it."""
    praise = bool(data.quotes)
    blocks: list[_Block] = [_Praise(_quoted(one.words), one.name) for one in data.quotes]
    blocks += [_Said(_one_space(pair.said), _one_space(pair.did)) for pair in data.pairs]
    if not blocks:
        raise UserError(_("There is nothing to put on the poster yet."), _("Tick at least one line that may go on it."))
    title = _("What our customers say") if praise else _("You said, we did")
    width, height = PAPERS[paper]
    buffer = io.BytesIO()
    canvas = PlainCanvas(
        buffer, pagesize=(width, height), invariant=1, pageCompression=1,
        lang=data.business.language.replace("_", "-"),
    )  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor(data.business.name)
    canvas.setSubject(_("A poster"))
    canvas.setCreator("CV Desk")
    canvas.setProducer("CV Desk")
    canvas.stamp(data.today)
    canvas.in_colour(data.business.colour)
    _sheets(canvas, data, title, blocks, width, height)
    canvas.save()
    return buffer.getvalue()


def save(data: Poster, path: Path, paper: str = "a4") -> None:
    """Writes the poster; UserError where it cannot be written, then nothing of it is left."""
    refuse_database(path)
    save_bytes(path, as_pdf(data, paper))


def _sheets(canvas: Any, data: Poster, title: str, blocks: Sequence[_Block], width: float, height: float) -> None:
    unit = width / USUAL["a4"][0]
    inner = width * (1 - 2 * _MARGIN)
    columns = not data.quotes
    top = height - width * _MARGIN - _head_height(unit, columns)
    room = top - width * _MARGIN - 34 * unit
    size, gap = _fitting(blocks, inner, room, unit)
    left = list(blocks)
    while left:
        some = _that_fit(left, size, gap, inner, room)
        _head(canvas, data, title, width, height, unit, columns)
        _rows(canvas, some, size, gap, width * _MARGIN, top, inner, room)
        _foot(canvas, data, width, unit)
        canvas.showPage()
        left = left[len(some) :]


def _fitting(blocks: Sequence[_Block], width: float, room: float, unit: float) -> tuple[float, float]:
    """The largest letters in which all of it fits, and the gap between two lines of the poster."""
    size = _LARGEST * unit
    while size > _SMALLEST * unit and _all(blocks, size, width) > room:
        size -= 0.5 * unit
    return size, size * 1.15


def _all(blocks: Sequence[_Block], size: float, width: float) -> float:
    return sum(block.height(size, width) for block in blocks) + 2 * size * 1.15 * (len(blocks) - 1)


def _that_fit(blocks: Sequence[_Block], size: float, gap: float, width: float, room: float) -> list[_Block]:
    found: list[_Block] = []
    used = 0.0
    for block in blocks:
        tall = block.height(size, width) + (2 * gap if found else 0)
        if found and used + tall > room + 0.5:
            break
        found.append(block)
        used += tall
    return found


def _rows(
    canvas: Any, blocks: Sequence[_Block], size: float, gap: float, left: float, top: float, width: float, room: float
) -> None:
    """Draws the blocks with hairlines between them; a little of what room is left goes between them, too."""
    spare = room - sum(block.height(size, width) for block in blocks) - 2 * gap * (len(blocks) - 1)
    gap += min(max(spare, 0) / (2 * len(blocks)), size * 0.9)
    y = top
    for place, block in enumerate(blocks):
        if place:
            y -= gap
            canvas.setStrokeColor(styles.LINE)
            canvas.setLineWidth(0.9)
            canvas.line(left, y, left + width, y)
            y -= gap
        block.paint(canvas, size, left, y, width, room)
        y -= block.height(size, width)


def _head_height(unit: float, columns: bool) -> float:
    return (132 if columns else 112) * unit


def _head(canvas: Any, data: Poster, title: str, width: float, height: float, unit: float, columns: bool) -> None:
    left, top = width * _MARGIN, height - width * _MARGIN
    inner = width - 2 * left
    aside = 0.0
    if data.logo is not None:
        fits = (150 * unit, 30 * unit)
        wide, tall = size_of(data.logo.data, data.logo.media_type, *fits)
        paint_logo(canvas, data.logo.data, data.logo.media_type, left + inner - wide, top - tall + 8 * unit, *fits)
        aside = wide + 16 * unit if wide else 0.0
    whose = Style(15 * unit, 20 * unit, SEMIBOLD, styles.QUIET)
    draw(canvas, data.business.name, whose, left, top - 14 * unit, inner - aside)
    size = 44 * unit
    while size > 20 * unit and len(lines(title, Style(size, size, BOLD), inner)) > 1:
        size -= unit
    draw(canvas, title, Style(size, size * 1.1, BOLD, styles.ACCENT), left, top - 64 * unit, inner)
    if columns:
        column = _column(inner)
        style = Style(14 * unit, 18 * unit, SEMIBOLD, styles.QUIET)
        draw(canvas, _("What you told us"), style, left, top - 104 * unit, column)
        draw(canvas, _("What we did about it"), style, left + inner - column, top - 104 * unit, column)


def _foot(canvas: Any, data: Poster, width: float, unit: float) -> None:
    style = Style(11 * unit, 14 * unit, REGULAR, styles.QUIET)
    y, left = width * _MARGIN * 0.75, width * _MARGIN
    said = _("Tell us what you think.")
    draw(canvas, said, style, left, y, width - 2 * left - 130 * unit)
    draw(canvas, month_long(data.today), style.to(styles.RIGHT), width - left, y)


def _column(width: float) -> float:
    return width * (1 - _GUTTER) / 2


def _plain(size: float) -> Style:
    return Style(size, size * _LEADING)


def _strong(size: float) -> Style:
    return Style(size, size * _LEADING, SEMIBOLD)


def _tall(text: str, style: Style, width: float) -> float:
    return len(lines(text, style, width)) * style.leading


def _paint(canvas: Any, text: str, style: Style, left: float, top: float, width: float, room: float) -> float:
    """Draws what fits the room and gives its height; what is far too long ends in …"""
    rows = lines(text, style, width)
    most = max(int(room / style.leading + 0.01), 1)
    if len(rows) > most:
        rows = lines(_cut(text, style, width, most), style, width)
    draw_lines(canvas, rows, style, left, top, width)
    return len(rows) * style.leading


def _cut(text: str, style: Style, width: float, most: int) -> str:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(lines(text[:middle] + _ELLIPSIS, style, width)) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + _ELLIPSIS


def _one_space(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return _("“{words}”").format(words=_one_space(text))


__all__ = ["PAPERS", "as_pdf", "save"]
