"""The words of a PDF's pages and where each letter stands: to search, to mark, to copy. Nothing of Qt in it."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]  # left, top, right, bottom in points from the page's upper left corner

_BROKEN = "\u0002"  # what PDFium gives for a hyphen that only ends a line
_ENDS = frozenset("\r\n")
MOST_HITS = 5000


@dataclass(frozen=True, slots=True)
class PageWords:
    """The letters of a page in reading order, and four numbers for each: its box, without width where none is drawn."""

    text: str
    corners: array[float]

    def box(self, place: int) -> Box:
        """Where a letter stands."""
        left, top, right, bottom = self.corners[4 * place : 4 * place + 4]
        return left, top, right, bottom

    def at(self, x: float, y: float) -> int:
        """The place between letters that is nearest to a point: 0 to the number of letters."""
        best, near = 0, float("inf")
        for place in range(len(self.text)):
            left, top, right, bottom = self.box(place)
            if right <= left:
                continue
            aside = max(left - x, 0, x - right)
            apart = max(top - y, 0, y - bottom)
            distance = apart * 1000 + aside  # the line counts first
            if distance < near:
                near, best = distance, place + (x > (left + right) / 2)
        return best

    def bands(self, start: int, end: int) -> list[Box]:
        """What stretches of the page these letters cover, one for each line."""
        made: list[Box] = []
        for place in range(start, min(end, len(self.text))):
            left, top, right, bottom = self.box(place)
            if right <= left:
                continue
            if made:
                its = made[-1]
                gap = bottom - top
                if (
                    min(bottom, its[3]) - max(top, its[1]) > gap / 2
                    and left - its[2] < 2 * gap
                    and its[0] - right < gap
                ):
                    made[-1] = (min(left, its[0]), min(top, its[1]), max(right, its[2]), max(bottom, its[3]))
                    continue
            made.append((left, top, right, bottom))
        return made

    def copied(self, start: int = 0, end: int | None = None) -> str:
        """These letters as text to paste: lines as on the page, words that were broken for a line whole again."""
        text = self.text[start:end].replace("\r\n", "\n").replace("\r", "\n")
        return text.replace(f"{_BROKEN}\n", "").replace(_BROKEN, "-").strip("\n")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where on which page something was found."""

    page: int
    start: int
    end: int
    bands: tuple[Box, ...]


def places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where this stands in a text, as (start, end); case, ends of lines and broken words make no difference."""
    sought = "".join(letter for letter, _place in _plain(wanted)).strip()
    if not sought:
        return
    plain = list(_plain(text))
    whole = "".join(letter for letter, _place in plain)
    found = whole.find(sought)
    while found >= 0:
        yield plain[found][1], plain[found + len(sought) - 1][1] + 1
        found = whole.find(sought, found + len(sought))


def _plain(text: str) -> Iterator[tuple[str, int]]:
    """The letters that count, each with its place in the text; one letter may become several in lower case."""
    blank = True  # none at the beginning
    broken = False
    for place, letter in enumerate(text):
        if letter == _BROKEN:
            broken = True
        elif letter.isspace():
            if not blank and not (broken and letter in _ENDS):
                yield " ", place
                blank = True
        else:
            blank = broken = False
            for folded in letter.casefold():
                yield folded, place


def words_of(page: Any, wanted: str | None = None) -> PageWords:
    """The letters of a page that PDFium has open; without their boxes where `wanted` is given and does not occur."""
    import pypdfium2.raw as raw

    height = page.get_height()
    textpage = page.get_textpage()
    try:
        text = _text(textpage)
        corners = array("f")
        if wanted is None or next(places(text, wanted), None) is not None:
            box = raw.FS_RECTF()
            for place in range(len(text)):
                drawn = raw.FPDFText_GetLooseCharBox(textpage, place, box)
                corners.extend((box.left, height - box.top, box.right, height - box.bottom) if drawn else (0, 0, 0, 0))
        return PageWords(text, corners)
    finally:
        textpage.close()


def _text(textpage: Any) -> str:
    """One letter for each of PDFium's; asked one by one where it does not give exactly so many at once."""
    import pypdfium2.raw as raw

    count = raw.FPDFText_CountChars(textpage)
    buffer = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(textpage, 0, count, buffer) == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    return "".join(_letter(raw.FPDFText_GetUnicode(textpage, place)) for place in range(count))


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def hits_on(page: int, words: PageWords, wanted: str) -> list[Hit]:
    """Everywhere this stands on a page."""
    return [Hit(page, start, end, tuple(words.bands(start, end))) for start, end in places(words.text, wanted)]
