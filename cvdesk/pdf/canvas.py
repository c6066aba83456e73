"""The canvas all documents are drawn on: every piece of a page has a name, colours are the business's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from cvdesk.pdf.assembly import Assembly
from cvdesk.pdf.look import mixed, tones
from cvdesk.pdf.progress import page_made
from cvdesk.pdf.structure import Structure, page_done
from cvdesk.pdf.xmp import About, packet

LEVEL = "B"  # what of PDF/A-2 the documents keep

# Written as text, pages would be a quarter larger and take twice as long.
rl_config.useA85 = 0


@cache
def _colour(colour: str) -> HexColor:
    return HexColor(colour)


class PlainCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that names no font of its own and knows what is drawn on it.

    `tones`: what is drawn in place of our accent and its tint; set by `in_colour`.
    """

    _code: list[str]
    archived = True  # whether it claims to be fit for archives

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.structure = Structure()
        self.tones: Mapping[str, str] = {}
        self._made = date(2000, 1, 1)
        self._language = named.get("lang") or ""
        self._doc = Assembly(self.structure, self._pageCompression, self._language)

    def in_colour(self, colour: str) -> None:
        """From here on the accent is this colour ("#0F5E8C"), dark enough to be read; ours where it is empty."""
        self.tones = tones(colour)

    def setFillColor(self, colour: Any, alpha: float | None = None) -> None:  # noqa: N802 - reportlab's name
        """Takes a colour; those written "#1B2430" are read once only."""
        super().setFillColor(self._shown(colour), alpha)

    def setStrokeColor(self, colour: Any, alpha: float | None = None) -> None:  # noqa: N802 - reportlab's name
        """Takes a colour; those written "#1B2430" are read once only."""
        super().setStrokeColor(self._shown(colour), alpha)

    def thin(self, colour: str, ink: float) -> str:
        """A colour with only a share of its ink: never by transparency, which print queues turn into pictures."""
        return mixed(self.tones.get(colour, colour), ink)

    def _shown(self, colour: Any) -> Any:
        return _colour(self.tones.get(colour, colour)) if isinstance(colour, str) else colour

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    def stamp(self, made: date) -> None:
        """The day it was made, as the document's properties say it; viewers show the title instead of the file."""
        self._made = made
        self._doc._timeStamp.YMDhms = (made.year, made.month, made.day, 12, 0, 0)
        self.setViewerPreference("DisplayDocTitle", "true")

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Ends the page: what nobody named is named, whoever waits is told."""
        number = self.getPageNumber()
        self._code = page_done(self.structure, self._code)
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = number - 1
        page.Tabs = getattr(page, "Tabs", None) or "/S"
        page_made(number)

    def save(self) -> None:
        """Ends the document; the same drawing gives the same bytes."""
        if self._code:
            self.showPage()
        info = self._doc.info
        about = About(
            info.title, info.author, info.subject, self._language, info.creator, info.producer, self._made,
            LEVEL if self.archived else "",
        )  # fmt: skip
        self._doc.furnish(packet(about), self.archived)
        super().save()
