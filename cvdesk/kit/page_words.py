"""The words of a PDF's pages and where each letter stands: to search, to mark, to copy. Nothing of Qt in it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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


def words_of(page: object, height: float) -> PageWords:
    """The letters of a page that PDFium has open; `height` in points."""
    import pypdfium2.raw as raw

    textpage = page.get_textpage()  # type: ignore[attr-defined]
    try:
        letters: list[str] = []
        corners = array("f")
        box = raw.FS_RECTF()
        for place in range(raw.FPDFText_CountChars(textpage)):
            letters.append(_letter(raw.FPDFText_GetUnicode(textpage, place)))
            drawn = raw.FPDFText_GetLooseCharBox(textpage, place, box)
            corners.extend((box.left, height - box.top, box.right, height - box.bottom) if drawn else (0, 0, 0, 0))
        return PageWords("".join(letters), corners)
    finally:
        textpage.close()


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def find_all(pages: int, words: Callable[[int], PageWords], wanted: str, stopped: Callable[[], bool]) -> list[Hit]:
    """Everywhere this stands in a document, from the first page on; at most MOST_HITS."""
    hits: list[Hit] = []
    for page in range(pages):
        if stopped() or len(hits) >= MOST_HITS:
            break
        read = words(page)
        hits += [Hit(page, start, end, tuple(read.bands(start, end))) for start, end in places(read.text, wanted)]
    return hits[:MOST_HITS]
