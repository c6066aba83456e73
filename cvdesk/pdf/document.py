"""A document: paper, what stands on every page, metadata, and writing it whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.platypus.doctemplate import ActionFlowable, BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable
from cvdesk.pdf.canvas import PlainCanvas
from cvdesk.pdf.contents import Mark, fill_contents
from cvdesk.pdf.hyphens import language
from cvdesk.pdf.led import Led
from cvdesk.pdf.logo import paint_logo, size_of
from cvdesk.pdf.structure import ARTIFACT, tagged
from cvdesk.pdf.text import draw, width_of
from cvdesk.wording import _

__all__ = ["MARGIN", "PAPERS", "Furniture", "PlainCanvas", "as_bytes", "save"]

PAPERS = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
MARGIN = 54.0
_BOTTOM = 62.0
_HEADER = 46.0  # from the upper edge to the words of the head, and to the line under it
_LINE = 57.0
_UNDER_LINE = 17.0
_FOOTER = 36.0
_LOGO_TOP = 30.0
_ABOVE = 12.0  # what an entry of the outline shows above its heading


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page and in the document's properties. `made`: the day it says it was made.

    `note` stands at the foot; {page} in it becomes the page of the title whose place is `note_place`. `colour` is the
    business's own ("#0F5E8C") or empty; `logo` a picture of the type `logo_type` (image/png, image/jpeg or
    image/svg+xml).
    """

    business: str
    title: str
    corner: str
    note: str
    subject: str
    language: str
    made: date
    paper: str = "a4"
    note_place: str = ""
    colour: str = ""
    logo: bytes = b""
    logo_type: str = ""


class _Canvas(PlainCanvas):
    """Knows where what stands, for the outline, the contents and "2 of 12"; what needs the last page is drawn late."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.places: dict[str, int] = {}
        self.marks: list[Mark] = []
        self._late: list[tuple[int, str, Callable[[], None]]] = []
        super().__init__(*given, **named)

    def mark(self, text: str, level: int, place: str = "", top: float = 0) -> None:
        """An entry of the outline that leads to this page, `top` above the origin; `place` names the page for notes."""
        level = min(level, self.marks[-1].level + 1 if self.marks else 0)
        key = f"place-{len(self.marks) + 1}"
        self.marks.append(Mark(text, level, self.getPageNumber(), key))
        if place:
            self.places[place] = self.getPageNumber()
        _x, y = self.absolutePosition(0, top)
        self.bookmarkPage(key, "XYZ", 0, round(y + _ABOVE, 2), zoom=0)
        self.addOutlineEntry(text, key, level)

    def late(self, paint: Callable[[], None]) -> None:
        """Paints at this point of this page, but only when the last page is done; nothing may be named in it."""
        token = f"%late-{len(self._late)}%"
        self._late.append((self.getPageNumber(), token, paint))
        self._code.append(token)

    def save(self) -> None:
        """Paints what had to wait, and ends the document."""
        if self._code:
            self.showPage()
        for number, token, paint in self._late:
            paint()
            page = self._doc.Pages.pages[number - 1]
            page.stream = page.stream.replace(token, "\n".join(self._code), 1)
            self._code = []
        super().save()


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """Lays pieces on pages: no page stays empty, no heading stands alone at the foot."""

    def handle_pageBreak(self, slow: Any = None) -> None:  # noqa: N802 - reportlab's name
        """A new page, unless nothing is on this one yet."""
        if not self.frame._atTop:
            super().handle_pageBreak(slow)

    def handle_keepWithNext(self, flowables: list[Flowable]) -> None:  # noqa: N802 - reportlab's name
        """What stays with the next is laid together with as much of that as begins well."""
        count = 0
        while count < len(flowables) and flowables[count].getKeepWithNext():
            count += 1
        if not count:
            return
        if count < len(flowables) and not isinstance(flowables[count], ActionFlowable):
            count += 1
        for flowable in flowables[: count - 1]:
            flowable.keepWithNext = False
        flowables[:count] = [Led(flowables[:count])]


def save(path: Path, story: Sequence[Flowable], furniture: Furniture) -> None:
    """Writes the document; UserError where it cannot be written, then nothing of it is left.

    Never over a database: a business file may be chosen by mistake, and nothing brings it back.
    """
    refuse_database(path)  # before the work of making it
    save_bytes(path, as_bytes(story, furniture))


def as_bytes(story: Sequence[Flowable], furniture: Furniture) -> bytes:
    """The document; the same story and furniture give the same bytes."""
    width, height = PAPERS[furniture.paper]
    buffer = io.BytesIO()
    document = _Template(
        buffer, pagesize=(width, height), invariant=1, pageCompression=1, lang=furniture.language,
        title=furniture.title, author=furniture.business, subject=furniture.subject, creator="CV Desk",
        producer="CV Desk",
    )  # fmt: skip

    def first(canvas: Any, _document: Any) -> None:
        canvas.stamp(furniture.made)
        canvas.in_colour(furniture.colour)
        canvas.showOutline()
        head(canvas, _document)

    def head(canvas: Any, _document: Any) -> None:
        with tagged(canvas, ARTIFACT):
            _head(canvas, furniture, width, height)

    def foot(canvas: Any, _document: Any) -> None:
        with tagged(canvas, ARTIFACT):
            _foot(canvas, furniture, width)

    beginning = _frame(width, height, _head_height(furniture, 1))
    document.addPageTemplates([
        PageTemplate("first", [beginning], first, foot, autoNextPageTemplate="page"),
        PageTemplate("page", [_frame(width, height, _LINE)], head, foot),
    ])  # fmt: skip
    fill_contents(story)
    with language(furniture.language):
        document.build(list(story), canvasmaker=_Canvas)
    return buffer.getvalue()


def _frame(width: float, height: float, head: float) -> Frame:
    return Frame(
        MARGIN, _BOTTOM, width - 2 * MARGIN, height - head - _UNDER_LINE - _BOTTOM,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip


def _head_height(furniture: Furniture, number: int) -> float:
    """From the upper edge of a page to the line under its head; a logo stands on the first page alone."""
    if number > 1 or not furniture.logo:
        return _LINE
    _wide, tall = size_of(furniture.logo, furniture.logo_type)
    return max(_LINE, _LOGO_TOP + tall + 9)


def _head(canvas: Any, furniture: Furniture, width: float, height: float) -> None:
    number = canvas.getPageNumber()
    line = height - _head_height(furniture, number)
    x, y = MARGIN, line + _LINE - _HEADER
    if furniture.logo and number == 1:
        wide, tall = size_of(furniture.logo, furniture.logo_type)
        paint_logo(canvas, furniture.logo, furniture.logo_type, x, line + 9)
        x, y = x + wide + 12, line + 9 + tall / 2 - 3
    right = width_of(furniture.corner, styles.NOTE)
    draw(canvas, furniture.business, styles.NOTE, x, y, width - MARGIN - x - right - 16)
    draw(canvas, furniture.corner, styles.NOTE.to(styles.RIGHT), width - MARGIN, y)
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.7)
    canvas.line(MARGIN, line, width - MARGIN, line)


def _foot(canvas: Any, furniture: Furniture, width: float) -> None:
    number = canvas.getPageNumber()
    room = width - 2 * MARGIN

    def paint() -> None:
        last = canvas.getPageNumber() - 1
        note = furniture.note.format(page=canvas.places.get(furniture.note_place, last))
        draw(canvas, note, styles.NOTE, MARGIN, _FOOTER, room - 100)
        text = _("{page} of {pages}").format(page=number, pages=last)
        draw(canvas, text, styles.NOTE.to(styles.RIGHT), MARGIN + room, _FOOTER)

    canvas.late(paint)
