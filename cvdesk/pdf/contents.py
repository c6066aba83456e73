"""The contents of a document: what stands on which page, each line a link to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.platypus.flowables import Flowable, KeepTogether

from cvdesk.pdf import styles
from cvdesk.pdf.structure import tagged
from cvdesk.pdf.text import draw, draw_line, one_line

LEVELS = 2  # how deep it goes
_INDENT = 14.0
_NUMBER = 30.0  # room for the page's number
_STYLES = (styles.SMALL_BOLD, styles.SMALL)
_BEFORE = (5.0, 0.0)
_ROW = 15.0
_PRINTED = 4  # flag of an annotation: archives want it on all of them


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the outline and where it leads; `key`: what the place is called in the file."""

    text: str
    level: int
    page: int
    key: str


class Contents(Flowable):  # type: ignore[misc]
    """The titles and headings of the outline that stand in the same story, with their pages; put a heading before it.

    Page numbers are known when the last page is done, and are drawn then.
    """

    def __init__(self, before: float = 0, after: float = 0) -> None:
        super().__init__()
        self.entries: list[tuple[str, int]] = []
        self.spaceBefore, self.spaceAfter = before, after
        self.first = 0  # of a part on a later page: how many entries stand before it
        self.whole = self

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The column's width, a line for each entry."""
        self.width, self.height = width, sum(_ROW + _BEFORE[level] for _text, level in self.entries)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """The lines that fit and the rest; a title is not left alone with its headings behind it."""
        used, fits = 0.0, 0
        for _text, level in self.entries:
            used += _ROW + _BEFORE[level]
            if used > height:
                break
            fits += 1
        if 0 < fits < len(self.entries) and self.entries[fits - 1][1] < self.entries[fits][1]:
            fits -= 1
        if not fits or fits == len(self.entries):
            return []
        parts = []
        for start, end in ((0, fits), (fits, len(self.entries))):
            part = Contents(self.spaceBefore if not start else 0, self.spaceAfter if start else 0)
            part.entries, part.first, part.whole = self.entries[start:end], self.first + start, self.whole
            parts.append(part)
        return parts

    def draw(self) -> None:
        """Line by line: the words, dots, and the page's number."""
        y = self.height
        with tagged(self.canv, "TOC", whole=self.whole):
            for place, (text, level) in enumerate(self.entries, start=self.first):
                y -= _ROW + _BEFORE[level]
                with tagged(self.canv, "TOCI"), tagged(self.canv, "Reference"), tagged(self.canv, "Link"):
                    self._entry(place, text, level, y)

    def _entry(self, place: int, text: str, level: int, y: float) -> None:
        canvas, style, x = self.canv, _STYLES[level], _INDENT * level
        line = one_line(text, style, self.width - x - _NUMBER - 12)
        draw_line(canvas, line, style, x, y + 4.5)
        canvas.setStrokeColor(styles.AXIS)
        canvas.setLineWidth(0.7)
        canvas.setDash([0.7, 3])
        canvas.line(x + line.width + 6, y + 4.5, max(self.width - _NUMBER, x + line.width + 6), y + 4.5)
        canvas.setDash()
        link = self._link(text, y)

        def paint() -> None:
            mark = self._mark(canvas.marks, place)
            if mark is not None:
                link["Dest"] = canvas._bookmarkReference(mark.key)
                draw(canvas, str(mark.page), style.to(styles.RIGHT), self.width, y + 4.5)

        canvas.late(paint)

    def _mark(self, marks: list[Mark], place: int) -> Mark | None:
        """Where the entry of this place leads: the marks of the outline in their order, those not listed left out."""
        at = -1
        for text, _level in self.whole.entries[: place + 1]:
            at = next((n for n in range(at + 1, len(marks)) if marks[n].text == text), at)
        return marks[at] if at >= 0 else None

    def _link(self, text: str, y: float, x: float = 0, wide: float = 0, tall: float = _ROW) -> Any:
        """A link as high as a line from (x, y), the column wide where `wide` is not given; it leads nowhere yet."""
        canvas = self.canv
        left, low = canvas.absolutePosition(x, y)
        right, high = canvas.absolutePosition(x + (wide or self.width), y + tall)
        name = f"contents-{len(canvas.structure.notes)}"
        link = pdfdoc.PDFDictionary({
            "Type": "/Annot", "Subtype": "/Link", "F": _PRINTED, "Border": pdfdoc.PDFArray([0, 0, 0]),
            "Rect": pdfdoc.PDFArray([round(left, 2), round(low, 2), round(right, 2), round(high, 2)]),
            "Contents": pdfdoc.PDFString(text), "StructParent": canvas.structure.note(name),
        })  # fmt: skip
        canvas._addAnnotation(link, name)
        return link


def fill_contents(story: Iterable[object]) -> None:
    """Tells the contents of a story what there is to list."""
    pieces = list(_pieces(story))
    entries = [piece.entry() for piece in pieces if hasattr(piece, "entry")]
    for piece in pieces:
        if isinstance(piece, Contents):
            piece.entries = [entry for entry in entries if entry is not None and entry[1] < LEVELS]


def _pieces(story: Iterable[object]) -> Iterator[Any]:
    for piece in story:
        if isinstance(piece, KeepTogether):
            yield from _pieces(piece._content)
        elif isinstance(piece, list | tuple):
            yield from _pieces(piece)
        else:
            yield piece
