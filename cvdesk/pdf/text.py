"""Setting text on paper. The one way words get into a PDF: text is drawn as it is, nothing in it is ever markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from cvdesk.pdf import bidi
from cvdesk.pdf.embed import Subset, subset
from cvdesk.pdf.fonts import Face, Glyph, clusters, main_face, with_faces
from cvdesk.pdf.styles import CENTRE, LEFT, RIGHT, Style

_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_TOKENS = re.compile(r"[ \u2000-\u200a\u205f\u3000]+|[^ \u2000-\u200a\u205f\u3000]+")
_EACH_BREAKS = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
_NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝」』】〉》〕,.;:?!)]}’”%ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
ELLIPSIS = "…"
_KEPT = 40  # paragraphs up to so many characters are set once


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face; width in 1/1000 of the size. `silent`: some of them stand for no text of their own."""

    face: Face
    glyphs: tuple[Glyph, ...]
    width: float
    silent: bool


def _run(face: Face, glyphs: tuple[Glyph, ...]) -> Run:
    return Run(face, glyphs, sum(glyph.advance for glyph in glyphs), any(not glyph.text for glyph in glyphs))


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its runs in reading order and where each begins, in 1/1000 of the size; width in points.

    `rtl`: its paragraph runs from right to left.
    """

    runs: tuple[Run, ...]
    places: tuple[float, ...]
    width: float
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never broken while it fits a line: a word, a gap, one Chinese character."""

    text: str
    levels: tuple[int, ...]
    parts: tuple[tuple[int, Run], ...]
    width: float
    gap: bool


def paragraphs(text: str) -> list[str]:
    """The text line by line as it was typed, ready to be drawn: tabs as blanks, control marks made visible."""
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
        put = _kept_lines if len(paragraph) <= _KEPT else _paragraph_lines
        found += put(paragraph, style.size, style.weight, width)
    return found


def _paragraph_lines(paragraph: str, size: float, weight: str, width: float) -> tuple[Line, ...]:
    base, levels = bidi.levels(paragraph) if bidi.has_right_to_left(paragraph) else (0, None)
    units = list(_units(paragraph, levels, weight))
    return tuple(_line(row, size, bool(base)) for row in _rows(units, width * 1000 / size, weight))


# Dates, names and labels come again and again in long tables.
_kept_lines = lru_cache(maxsize=20_000)(_paragraph_lines)


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
    parts = [f"{_ink(style.colour)} BT"]
    for run, place in zip(line.runs, line.places, strict=True):
        found = subset(canvas, run.face)
        parts.append(f"1 0 0 1 {x + place * style.size / 1000:.3f} {y:.3f} Tm")
        parts.append(f"/{found.internal_name} {style.size:g} Tf")
        parts.append(_kept(run, found, style.size))
    if any(run.silent for run in line.runs):
        # Letters drawn as two glyphs: readers that know the property take the text from here.
        actual = (
            "".join(glyph.text for run in line.runs for glyph in run.glyphs)
            .encode("utf-16-be", "surrogatepass")
            .hex()
            .upper()
        )
        parts = [f"/Span <</ActualText <FEFF{actual}>>> BDC", *parts, "ET", "EMC"]
    else:
        parts.append("ET")
    canvas._code.append(" ".join(parts))


def _kept(run: Run, found: Subset, size: float) -> str:
    """What shows a run; short ones come again and again (dates, names) and are kept with the document."""
    if len(run.glyphs) > _KEPT:
        return " ".join(_shown(run, found.code, size))
    known = found.kept.get((id(run), size))
    if known is None:
        known = found.kept[id(run), size] = (run, " ".join(_shown(run, found.code, size)))
    return known[1]


@cache
def _ink(colour: str) -> str:
    """The operator that takes a colour "#1B2430" for what is filled."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{share:.3f}" for share in shares) + " rg"


def _shown(run: Run, code: Callable[[Glyph], str], size: float) -> Iterator[str]:
    """Operators that show a run: glyph numbers, moved where the advance differs, raised where marks sit higher."""
    shown: list[str] = []
    digits: list[str] = []
    owed = 0.0  # from where the pen is to where it should be
    for glyph in run.glyphs:
        move = owed + glyph.dx
        if move > 0.5 or move < -0.5:
            if digits:
                shown.append(f"<{''.join(digits)}>")
                digits = []
            shown.append(f"{-move:.0f}")
            owed = -glyph.dx
        digits.append(code(glyph))
        if glyph.dy:
            before = digits[:-1]
            start = [*shown, f"<{''.join(before)}>"] if before else shown
            yield f"[{' '.join(start)}] TJ {glyph.dy * size / 1000:.3f} Ts <{digits[-1]}> Tj 0 Ts"
            shown, digits = [], []
        owed += glyph.advance - glyph.width
    if digits:
        shown.append(f"<{''.join(digits)}>")
    if abs(owed) > 0.5:
        shown.append(f"{-owed:.0f}")
    if shown:
        yield f"[{' '.join(shown)}] TJ"


def _units(paragraph: str, levels: list[int] | None, weight: str) -> Iterator[_Unit]:
    for match in _TOKENS.finditer(paragraph):
        token, start = match.group(), match.start()
        gap = token[0].isspace()
        for offset, word in _breakable(token) if not gap else [(0, token)]:
            if levels is None:
                yield _plain_unit(word, weight, gap)
            else:
                at = start + offset
                yield _unit(word, tuple(levels[at : at + len(word)]), weight, gap)


def _breakable(token: str) -> list[tuple[int, str]]:
    """Words of scripts without blanks may be broken before any character that may begin a line."""
    if not _EACH_BREAKS.search(token):
        return [(0, token)]
    found: list[tuple[int, str]] = []
    place = 0
    for cluster in clusters(token):
        joins = found and not (_EACH_BREAKS.match(cluster) or _EACH_BREAKS.match(token[place - 1]))
        if found and (joins or cluster[0] in _NOT_FIRST):
            found[-1] = (found[-1][0], found[-1][1] + cluster)
        else:
            found.append((place, cluster))
        place += len(cluster)
    return found


@lru_cache(maxsize=50_000)
def _plain_unit(text: str, weight: str, gap: bool) -> _Unit:
    return _unit(text, (0,) * len(text), weight, gap)


def _unit(text: str, levels: tuple[int, ...], weight: str, gap: bool) -> _Unit:
    parts: list[tuple[int, Run]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or levels[end] != levels[start]:
            level = levels[start]
            for face, piece in _faces(text[start:end], weight):
                glyphs = face.glyphs(piece, bool(level % 2))
                parts.append((level, _run(face, glyphs)))
            start = end
    return _Unit(text, levels, tuple(parts), sum(run.width for _level, run in parts), gap)


def _faces(text: str, weight: str) -> Iterator[tuple[Face, str]]:
    face = main_face(weight)
    if text.isascii() and text.isprintable():
        return iter([(face, text)])
    return with_faces(text, weight)


def _rows(units: list[_Unit], room: float, weight: str) -> Iterator[list[_Unit]]:
    """Units line by line; gaps at a break vanish, words longer than a line are broken inside."""
    row: list[_Unit] = []
    used = 0.0
    queue = list(reversed(units))
    while queue:
        unit = queue.pop()
        if used + unit.width <= room or (unit.gap and row):
            row.append(unit)
            used += unit.width
        elif any(not part.gap for part in row):
            yield _trimmed(row)
            row, used = [], 0.0
            if not unit.gap:
                queue.append(unit)
        else:
            head, rest = _broken(unit, room - used, weight)
            yield [*row, head]
            row, used = [], 0.0
            if rest is not None:
                queue.append(rest)
    yield _trimmed(row)


def _broken(unit: _Unit, room: float, weight: str) -> tuple[_Unit, _Unit | None]:
    """As much of a unit as fits, at least one character, and the rest."""
    marks = list(clusters(unit.text))
    low, high = 1, len(marks)
    while low < high:
        middle = (low + high + 1) // 2
        length = len("".join(marks[:middle]))
        if _unit(unit.text[:length], unit.levels[:length], weight, unit.gap).width <= room:
            low = middle
        else:
            high = middle - 1
    length = len("".join(marks[:low]))
    head = _unit(unit.text[:length], unit.levels[:length], weight, unit.gap)
    if length == len(unit.text):
        return head, None
    return head, _unit(unit.text[length:], unit.levels[length:], weight, unit.gap)


def _trimmed(row: list[_Unit]) -> list[_Unit]:
    end = len(row)
    while end and row[end - 1].gap:
        end -= 1
    return row[:end]


def _line(row: list[_Unit], size: float, rtl: bool) -> Line:
    parts = [part for unit in row for part in unit.parts]
    turned = any(level % 2 for level, _run in parts)
    runs = [run for _level, run in parts] if turned else _merged([run for _level, run in parts])
    places = [0.0] * len(runs)
    order = bidi.visual_order([(part[0], place) for place, part in enumerate(parts)]) if turned else range(len(runs))
    x = 0.0
    for place in order:
        places[place] = x
        x += runs[place].width
    return Line(tuple(runs), tuple(places), x * size / 1000, rtl)


def _merged(runs: list[Run]) -> list[Run]:
    """Runs of one face that follow each other as one, so that a line is one string where it can be."""
    merged: list[Run] = []
    glyphs: list[Glyph] = []
    for place, run in enumerate(runs):
        glyphs += run.glyphs
        if place + 1 == len(runs) or runs[place + 1].face is not run.face:
            merged.append(_run(run.face, tuple(glyphs)))
            glyphs = []
    return merged
