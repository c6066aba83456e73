"""The pieces a page is made of: text, headings, drawings. Reportlab places them; what they draw is ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.platypus.flowables import CondPageBreak, Flowable, KeepTogether, PageBreak

from cvdesk.pdf import styles
from cvdesk.pdf.structure import ARTIFACT, tagged
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import Line, draw, draw_lines, lines, width_of

__all__ = ["Band", "Drawing", "Flowable", "Gap", "Heading", "KeepTogether", "NewPage", "Room", "Text", "Title"]

NewPage = PageBreak
Room = CondPageBreak
_ORPHANS = 2


class Text(Flowable):  # type: ignore[misc]
    """Words in a style, over the whole width; breaks over pages between lines, never leaving one line alone."""

    def __init__(
        self, text: str, style: Style = styles.BODY, before: float = 0, after: float = 0, indent: float = 0,
        keep: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self.text, self.style, self.indent = text, style, indent
        self.spaceBefore, self.spaceAfter = before, after
        self.keepWithNext = keep
        self.tag = "P"
        self._rows: list[Line] | None = None
        self._for = 0.0
        self._whole: Text = self

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Takes the width; the height follows from the lines."""
        if self._rows is None or self._for != width:
            self._rows, self._for = lines(self.text, self.style, width - self.indent), width
        self.width, self.height = width, len(self._rows) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Two parts where at least two lines fit and two are left, else nothing."""
        self.wrap(width, height)
        rows = self._rows or []
        fits = min(int(height / self.style.leading), len(rows) - _ORPHANS)
        while fits >= _ORPHANS and rows[fits - 1].hyphen:
            fits -= 1  # a word is never parted over pages
        if fits < _ORPHANS:
            return []
        first, rest = self._part(rows[:fits], width), self._part(rows[fits:], width)
        first.spaceAfter = rest.spaceBefore = 0
        return [first, rest]

    def _part(self, rows: list[Line], width: float) -> Text:
        part = Text("", self.style, self.spaceBefore, self.spaceAfter, self.indent, self.keepWithNext)
        part._rows, part._for = rows, width
        part.tag, part._whole = self.tag, self._whole
        return part

    def draw(self) -> None:
        """Draws the lines."""
        with tagged(self.canv, self.tag, whole=self._whole):
            draw_lines(self.canv, self._rows or [], self.style, self.indent, self.height, self.width - self.indent)


class Heading(Flowable):  # type: ignore[misc]
    """A heading with a quiet note at its right; stays with what follows; may stand in the outline."""

    def __init__(
        self, text: str, note: str = "", before: float = 20, outline: int | None = None, place: str = ""
    ) -> None:
        super().__init__()
        self.text, self.note, self.outline, self.place = text, note, outline, place
        self.spaceBefore, self.spaceAfter = before, 8
        self.keepWithNext = True

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """One line, two where heading and note have no room beside each other."""
        self.width = width
        wide = width_of(self.text, styles.HEADING) + width_of(self.note, styles.NOTE) + 16
        self.below = bool(self.note) and wide > width
        self.rows = lines(self.text, styles.HEADING, width)
        self.height = len(self.rows) * styles.HEADING.leading + (styles.NOTE.leading if self.below else 0)
        return width, self.height

    def entry(self) -> tuple[str, int] | None:
        """What stands in the outline, and how deep."""
        return None if self.outline is None else (self.text, self.outline)

    def draw(self) -> None:
        """Heading left, note right (or below)."""
        if self.outline is not None:
            self.canv.mark(self.text, self.outline, self.place, self.height)
        with tagged(self.canv, "H3" if (self.outline or 0) > 1 else "H2"):
            draw_lines(self.canv, self.rows, styles.HEADING, 0, self.height, self.width)
        if not self.note:
            return
        with tagged(self.canv, "P"):
            if self.below:
                draw(self.canv, self.note, styles.NOTE, 0, 3.2, self.width)
            else:
                draw(self.canv, self.note, styles.NOTE.to(styles.RIGHT), self.width, 4.2)


class Title(Text):
    """The finding as the title of a page, its entry in the outline, and the name notes refer to it by."""

    def __init__(self, text: str, outline: str, after: float = 8, place: str = "") -> None:
        super().__init__(text, styles.TITLE, after=after)
        self.outline, self.place = outline, place
        self.keepWithNext = True
        self.tag = "H1"

    def entry(self) -> tuple[str, int]:
        """What stands in the outline, and how deep."""
        return self.outline, 0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Lines of about the same length, so that no single word is left on the last one."""
        super().wrap(width, height)
        count = len(self._rows or [])
        if count > 1:
            narrow = width
            while narrow > width * 0.55 and len(lines(self.text, self.style, narrow - 12)) == count:
                narrow -= 12
            self._rows = lines(self.text, self.style, narrow)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """A title is never split."""
        return []

    def draw(self) -> None:
        """Draws the lines and makes the bookmark."""
        self.canv.mark(self.outline, 0, self.place, self.height)
        super().draw()


class Gap(Flowable):  # type: ignore[misc]
    """Empty height."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height given."""
        return width, self.height

    def draw(self) -> None:
        """Nothing is drawn."""


class Drawing(Flowable):  # type: ignore[misc]
    """Something painted into a box of the column's width: `paint(canvas, width, height)`, origin at lower left.

    `alt`: what it shows, in words, for those who hear the page; without it only its letters are read out.
    """

    def __init__(
        self, height: float, paint: Callable[[Any, float, float], None], before: float = 0, after: float = 0,
        keep: bool = False, alt: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.height, self.paint, self.alt = height, paint, alt
        self.spaceBefore, self.spaceAfter = before, after
        self.keepWithNext = keep

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The column's width, the height given."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Lets it be painted."""
        with tagged(self.canv, "Figure", self.alt):
            self.paint(self.canv, self.width, self.height)


class Band(Flowable):  # type: ignore[misc]
    """A sentence on quiet ground: what is still needed for a figure, what to know before reading on."""

    def __init__(self, text: str, style: Style = styles.SMALL, before: float = 0, after: float = 0) -> None:
        super().__init__()
        self.text, self.style = text, style
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Text plus twelve points around it."""
        self.width = width
        self.rows = lines(self.text, self.style, width - 28)
        self.height = len(self.rows) * self.style.leading + 20
        return width, self.height

    def draw(self) -> None:
        """Rounded ground, then the text."""
        with tagged(self.canv, ARTIFACT):
            self.canv.setFillColor(styles.GROUND)
            self.canv.roundRect(0, 0, self.width, self.height, 5, stroke=0, fill=1)
        with tagged(self.canv, "P"):
            draw_lines(self.canv, self.rows, self.style, 14, self.height - 10, self.width - 28)
