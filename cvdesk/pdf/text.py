"""Setting text on paper. The one way words get into a PDF: text is drawn as it is, nothing in it is ever markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from cvdesk.pdf import bidi
from cvdesk.pdf.embed import Subset, subset
from cvdesk.pdf.fonts import Glyph, clusters
from cvdesk.pdf.hyphens import language_now
from cvdesk.pdf.styles import CENTRE, LEFT, RIGHT, Style
from cvdesk.pdf.units import Run, Unit, is_plain, plain_units, rows, units

__all__ = [
    "Line",
    "Run",
    "draw",
    "draw_line",
    "draw_lines",
    "first_baseline",
    "lines",
    "one_line",
    "paragraphs",
    "width_of",
]

_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
ELLIPSIS = "…"
_KEPT = 40  # paragraphs up to so many characters are set once
_MOST_KEPT = 40_000  # words whose operators are kept with a document


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its runs in reading order and where each begins, in 1/1000 of the size; width in points.

    `rtl`: its paragraph runs from right to left. `hyphen`: its last word goes on in the next line. `plain`: words of
    one face one after the other, as most are.
    """

    runs: tuple[Run, ...]
    places: tuple[float, ...]
    width: float
    rtl: bool = False
    hyphen: bool = False
    plain: bool = False


def paragraphs(text: str) -> list[str]:
    """The text line by line as it was typed, ready to be drawn: tabs as blanks, control marks made visible."""
    if text.isprintable():
        return [text]
    return [_visible(part.replace("\t", "    ")) for part in _BREAKS.split(text)]


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(f"□U+{ord(mark):04X}" if _unprintable(mark) else mark for mark in text)


def _unprintable(mark: str) -> bool:
    return unicodedata.category(mark) in ("Cc", "Cs")


def lines(text: str, style: Style, width: float) -> list[Line]:
    """The text broken into lines no wider than `width` points; at least one line, an empty one for no text."""
    found: list[Line] = []
    for paragraph in paragraphs(text):
        if len(paragraph) <= _KEPT:
            found += _kept_lines(paragraph, style.size, style.weight, width, language_now())
        else:
            found += _paragraph_lines(paragraph, style.size, style.weight, width)
    return found


def _paragraph_lines(paragraph: str, size: float, weight: str, width: float) -> tuple[Line, ...]:
    room = width * 1000 / size
    if is_plain(paragraph):
        return tuple([_line(row, size, False) for row in rows(plain_units(paragraph, weight), room, weight)])
    base, levels = bidi.levels(paragraph) if bidi.has_right_to_left(paragraph) else (0, None)
    found = list(units(paragraph, levels, weight))
    return tuple(_line(row, size, bool(base)) for row in rows(found, room, weight))


@lru_cache(maxsize=20_000)
def _kept_lines(paragraph: str, size: float, weight: str, width: float, _language: str) -> tuple[Line, ...]:
    """Dates, names and labels come again and again in long tables."""
    return _paragraph_lines(paragraph, size, weight, width)


def _line(row: list[Unit], size: float, rtl: bool) -> Line:
    runs = tuple([run for unit in row for _level, run in unit.parts])
    if runs and not rtl:
        face = runs[0].face
        for run in runs:
            if run.told or run.raised or run.turned or run.face is not face:
                return _mixed_line(row, size, rtl)
        *places, x = accumulate([run.width for run in runs], initial=0.0)
        return Line(runs, tuple(places), x * size / 1000, False, row[-1].hyphen, True)
    return _mixed_line(row, size, rtl)


def _mixed_line(row: list[Unit], size: float, rtl: bool) -> Line:
    """A line of several faces or directions, or one that is told."""
    parts = [part for unit in row for part in unit.parts]
    runs = tuple([run for _level, run in parts])
    hyphen = bool(row) and row[-1].hyphen
    turned = rtl
    face = runs[0].face if runs else None
    plain = not rtl
    x = 0.0
    places = []
    for run in runs:
        places.append(x)
        x += run.width
        if run.told or run.raised or run.turned or run.face is not face:
            plain = False
            turned = turned or run.turned
    if turned:
        x = 0.0
        for place in bidi.visual_order([(part[0], place) for place, part in enumerate(parts)]):
            places[place] = x
            x += runs[place].width
    return Line(runs, tuple(places), x * size / 1000, rtl, hyphen, plain)


def one_line(text: str, style: Style, width: float = 1e9) -> Line:
    """The text on a single line; what does not fit `width` points is cut with an ellipsis."""
    flat = " ".join(part for part in paragraphs(text) if part)
    line = lines(flat, style, 1e9)[0]
    if line.width <= width:
        return line
    marks = list(clusters(flat))
    low, high = 0, len(marks)
    while low < high:
        middle = (low + high + 1) // 2
        if lines("".join(marks[:middle]).rstrip() + ELLIPSIS, style, 1e9)[0].width <= width:
            low = middle
        else:
            high = middle - 1
    return lines("".join(marks[:low]).rstrip() + ELLIPSIS, style, 1e9)[0]


def width_of(text: str, style: Style) -> float:
    """Width of the text on a single line, in points."""
    return one_line(text, style).width


def draw(canvas: Any, text: str, style: Style, x: float, y: float, width: float = 1e9) -> None:
    """Draws the text on one line with its baseline at y: from x, to x or around x as the style is aligned."""
    line = one_line(text, style, width)
    shift = {LEFT: 0.0, RIGHT: line.width, CENTRE: line.width / 2}[style.align]
    draw_line(canvas, line, style, x - shift, y)


def draw_lines(
    canvas: Any, rows: Sequence[Line], style: Style, x: float, top: float, width: float, cell: bool = False
) -> None:
    """Draws lines into a column; `top` is its upper edge.

    Lines that run from right to left go to the right, but for a single one in a `cell` of a table.
    """
    follows = not (cell and len(rows) == 1)
    y = top - first_baseline(style)
    for line in rows:
        free = width - line.width
        align = RIGHT if follows and line.rtl and style.align == LEFT else style.align
        shift = {LEFT: 0.0, RIGHT: free, CENTRE: free / 2}[align]
        draw_line(canvas, line, style, x + shift, y)
        y -= style.leading


def first_baseline(style: Style) -> float:
    """From the upper edge of a block of text down to the baseline of its first line."""
    return style.leading * 0.5 + style.size * 0.357


def draw_line(canvas: Any, line: Line, style: Style, x: float, y: float) -> None:
    """Draws one line with its baseline from (x, y)."""
    if not line.runs:
        return
    size = style.size
    ink = _ink(_tone(canvas, style.colour))
    if line.plain:
        found = subset(canvas, line.runs[0].face)
        known = found.kept
        try:
            shown = "".join([known[id(run)][1] for run in line.runs])
        except KeyError:
            shown = "".join([_kept(run, found) for run in line.runs])
        canvas._code.append(f"{ink} BT /{found.internal_name} {size:g} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm [{shown}] TJ ET")
        return
    shown = " ".join(_mixed(canvas, line, size, x, y))
    if line.rtl and any(run.told for run in line.runs):
        # Readers take pieces of such a line in an order of their own: they are told all of it at once.
        shown = f"{_told(''.join(run.text for run in line.runs))} {shown} EMC"
    canvas._code.append(f"{ink} BT {shown} ET")


def _mixed(canvas: Any, line: Line, size: float, x: float, y: float) -> Iterator[str]:
    """Operators of a line in several faces or directions; words of one face that follow each other as one string."""
    shown: list[str] = []
    face = None
    reach = -1.0
    for run, place in zip(line.runs, line.places, strict=True):
        told = run.told and not line.rtl
        if run.face is not face or place != reach or told or run.raised:
            if shown:
                yield f"[{''.join(shown)}] TJ"
                shown = []
            if run.face is not face:
                found = subset(canvas, run.face)
                yield f"/{found.internal_name} {size:g} Tf"
                face = run.face
            yield f"1 0 0 1 {x + place * size / 1000:.3f} {y:.3f} Tm"
        reach = place + run.width
        if told or run.raised:
            parts = _raised(run, found.code, size)
            yield f"{_told(run.text)} {' '.join(parts)} EMC" if told else " ".join(parts)
            reach = -1.0
        else:
            shown.append(_kept(run, found))
    if shown:
        yield f"[{''.join(shown)}] TJ"


def _told(text: str) -> str:
    """Begins what is read as this text, whatever the glyphs stand for."""
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>>> BDC"


def _kept(run: Run, found: Subset) -> str:
    """What shows a run, inside the brackets of TJ; words come again and again and are kept with the document."""
    known = found.kept.get(id(run))
    if known is None:
        if len(found.kept) > _MOST_KEPT:
            found.kept.clear()
        known = found.kept[id(run)] = (run, _shown(run, found))
    return known[1]


def _tone(canvas: Any, colour: str) -> str:
    """The colour as this document shows it: the business's own in place of our accent (PlainCanvas.in_colour)."""
    tones = getattr(canvas, "tones", None)
    return tones.get(colour, colour) if tones else colour


@cache
def _ink(colour: str) -> str:
    """The operator that takes a colour "#1B2430" for what is filled."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{share:.3f}" for share in shares) + " rg"


def _shown(run: Run, found: Subset) -> str:
    """Glyph numbers, moved where the advance differs from the font's."""
    shown = ["<"]
    codes = found.codes
    owed = 0.0  # from where the pen is to where it should be
    for glyph in run.glyphs:
        move = owed + glyph.dx
        if move > 0.5 or move < -0.5:
            shown.append(f">{-move:.0f}<")
            owed = -glyph.dx
        shown.append(codes.get((glyph.gid, glyph.text)) or found.code(glyph))
        owed += glyph.advance - glyph.width
    shown.append(f">{-owed:.0f}" if abs(owed) > 0.5 else ">")
    return "".join(shown).replace("<>", "")


def _raised(run: Run, code: Callable[[Glyph], str], size: float) -> Iterator[str]:
    """Operators that show a run glyph by glyph: moved, and raised where marks sit higher."""
    owed = 0.0
    for glyph in run.glyphs:
        move = owed + glyph.dx
        rise = glyph.dy * size / 1000
        shown = f"[{-move:.2f}<{code(glyph)}>] TJ"
        yield f"{rise:.3f} Ts {shown} 0 Ts" if rise else shown
        owed = glyph.advance - glyph.width - glyph.dx
