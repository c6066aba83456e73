"""A document: paper, what stands on every page, metadata, and writing it whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable
from cvdesk.pdf.text import draw, width_of
from cvdesk.wording import _

PAPERS = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
MARGIN = 54.0
_TOP = 74.0
_BOTTOM = 62.0
_HEADER = 46.0
_FOOTER = 36.0


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


# Written as text, pages would be a quarter larger and take twice as long.
rl_config.useA85 = 0


@cache
def _colour(colour: str) -> HexColor:
    return HexColor(colour)


class PlainCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that names no font of its own."""

    def setFillColor(self, colour: Any, alpha: float | None = None) -> None:  # noqa: N802 - reportlab's name
        """Takes a colour; those written "#1B2430" are read once only."""
        super().setFillColor(_colour(colour) if isinstance(colour, str) else colour, alpha)

    def setStrokeColor(self, colour: Any, alpha: float | None = None) -> None:  # noqa: N802 - reportlab's name
        """Takes a colour; those written "#1B2430" are read once only."""
        super().setStrokeColor(_colour(colour) if isinstance(colour, str) else colour, alpha)

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    def stamp(self, made: date) -> None:
        """The day it was made, as the document's properties say it; viewers show the title instead of the file."""
        self._doc._timeStamp.YMDhms = (made.year, made.month, made.day, 12, 0, 0)
        self.setViewerPreference("DisplayDocTitle", "true")


class _Canvas(PlainCanvas):
    """Counts its pages for "2 of 12"."""

    note = ""
    note_place = ""
    note_room = 0.0
    marks = 0

    def __init__(self, *given: Any, **named: Any) -> None:
        self.places: dict[str, int] = {}
        super().__init__(*given, **named)

    def mark(self, text: str, level: int, place: str = "") -> None:
        """An entry of the outline that leads to this page; `place` names the page for the note at the foot."""
        self.marks += 1
        key = f"place-{self.marks}"
        if place:
            self.places[place] = self.getPageNumber()
        self.bookmarkPage(key)
        self.addOutlineEntry(text, key, level)

    def save(self) -> None:
        """Draws the feet of the pages, now that all page numbers are known, and ends the document."""
        last = self.getPageNumber() - 1
        note = self.note.format(page=self.places.get(self.note_place, last))
        room = self.note_room
        for number in range(1, last + 1):
            self.beginForm(f"foot-{number}", 0, 0, room, 14)
            draw(self, note, styles.NOTE, 0, 4, room - 100)
            text = _("{page} of {pages}").format(page=number, pages=last)
            draw(self, text, styles.NOTE.to(styles.RIGHT), room, 4)
            self.endForm()
        super().save()


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
    frame = Frame(
        MARGIN, _BOTTOM, width - 2 * MARGIN, height - _TOP - _BOTTOM,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document = BaseDocTemplate(
        buffer, pagesize=(width, height), invariant=1, pageCompression=1, lang=furniture.language,
        title=furniture.title, author=furniture.business, subject=furniture.subject, creator="CV Desk",
        producer="CV Desk",
    )  # fmt: skip

    def furnish(canvas: Any, _document: Any) -> None:
        _page(canvas, furniture, width, height)

    document.addPageTemplates([PageTemplate("page", [frame], onPage=furnish)])
    document.build(list(story), canvasmaker=_Canvas)
    return buffer.getvalue()


def _page(canvas: Any, furniture: Furniture, width: float, height: float) -> None:
    number = canvas.getPageNumber()
    if number == 1:
        canvas.stamp(furniture.made)
        canvas.showOutline()
    right = width_of(furniture.corner, styles.NOTE)
    y = height - _HEADER
    draw(canvas, furniture.business, styles.NOTE, MARGIN, y, width - 2 * MARGIN - right - 16)
    draw(canvas, furniture.corner, styles.NOTE.to(styles.RIGHT), width - MARGIN, y)
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.7)
    canvas.line(MARGIN, y - 11, width - MARGIN, y - 11)
    canvas.note, canvas.note_place, canvas.note_room = furniture.note, furniture.note_place, width - 2 * MARGIN
    canvas.saveState()
    canvas.translate(MARGIN, _FOOTER - 4)
    canvas.doForm(f"foot-{number}")
    canvas.restoreState()
