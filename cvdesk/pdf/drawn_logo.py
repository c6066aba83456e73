"""A logo drawn in SVG, on paper as lines and letters. Nothing in it may reach out of it or run.

https://www.w3.org/TR/SVG11/; imported only where there is such a logo, as the library takes 0.4 s to load.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from reportlab.graphics.renderPDF import _PDFRenderer
from reportlab.graphics.shapes import Drawing
from svglib.svglib import SvgRenderer

from cvdesk.errors import UserError
from cvdesk.pdf.fonts import BOLD, REGULAR
from cvdesk.pdf.styles import CENTRE, LEFT, RIGHT, TEXT, Style
from cvdesk.pdf.text import draw
from cvdesk.wording import _

_SPACE = "{http://www.w3.org/2000/svg}"
_SVG = f"{_SPACE}svg"
# What can run, load something, or is no drawing.
_REFUSED = frozenset({
    "script", "foreignobject", "image", "feimage", "iframe", "object", "embed", "audio", "video", "handler", "listener",
    "set", "animate", "animatetransform", "animatemotion", "font-face-uri", "include", "import",
})  # fmt: skip
_OUTSIDE = re.compile(r"url\s*\(\s*[\"']?\s*(?!#)|@import|expression\s*\(|javascript:", re.IGNORECASE)
_MOST_ELEMENTS = 20_000
_MOST_COPIES = 1000
_DEEPEST = 20
_ALIGN = {"start": LEFT, "inherited": LEFT, "middle": CENTRE, "end": RIGHT, "numeric": RIGHT}
# What the library raises for drawings it cannot make sense of.
_BROKEN = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, AssertionError, RecursionError,
    NotImplementedError, OSError,
)  # fmt: skip


def check_drawn(data: bytes) -> None:
    """UserError for what is no drawing, is broken, empty or too large, or reaches out of itself."""
    from cvdesk.pdf.canvas import PlainCanvas

    wide, tall = drawn_size(data)
    if not (0 < wide < 1e6 and 0 < tall < 1e6):
        raise _unreadable()
    try:
        paint_drawn(PlainCanvas(io.BytesIO()), data, 0, 0, wide, tall)
    except _BROKEN as error:
        raise _unreadable() from error


@lru_cache(8)
def drawn_size(data: bytes) -> tuple[float, float]:
    """Width and height the drawing gives itself, in points."""
    drawing = _drawing(data)
    return float(drawing.width), float(drawing.height)


def paint_drawn(canvas: Any, data: bytes, x: float, y: float, width: float, height: float) -> None:
    """Paints the drawing into this place and nothing beyond it."""
    drawing = _drawing(data)
    canvas.saveState()
    canvas.translate(x, y)
    frame = canvas.beginPath()
    frame.rect(0, 0, width, height)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.scale(width / drawing.width, height / drawing.height)
    _Painter().draw(drawing, canvas, 0, 0, showBoundary=False)
    canvas.restoreState()


def _drawing(data: bytes) -> Drawing:
    root = _root(data)
    try:
        return SvgRenderer("").render(root)
    except _BROKEN as error:
        raise _unreadable() from error


def _root(data: bytes) -> Any:
    """The drawing's outermost element, cleared of what surrounds it."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unreadable() from error
    if root.tag != _SVG:
        raise _unreadable()
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise _reaches_out()
    for count, element in enumerate(root.iter(), start=1):
        if count > _MOST_ELEMENTS:
            raise _too_many_parts()
        if _is_foreign(element):
            raise _reaches_out()
    named = {name: element for element in root.iter() if (name := element.get("id"))}
    if _copies(root, named, {}, frozenset()) > _MOST_COPIES:
        raise _too_many_parts()
    return root


def _copies(element: Any, named: dict[str, Any], known: dict[Any, int], above: frozenset[Any]) -> int:
    """How many copies an element asks for, those inside the copies counted: ten of ten of ten fit into a few lines."""
    if element in known:
        return known[element]
    if element in above or len(above) > _DEEPEST:
        raise _too_many_parts()
    count = 0
    for use in element.iter(f"{_SPACE}use"):
        link = next((value for name, value in use.attrib.items() if etree.QName(name).localname == "href"), "")
        target = named.get(link.strip().removeprefix("#"))
        count += 1 if target is None else 1 + _copies(target, named, known, above | {element})
    known[element] = count
    return count


def _is_foreign(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return True
    kind = etree.QName(element).localname.lower()
    if kind in _REFUSED:
        return True
    for name, value in element.attrib.items():
        local = etree.QName(name).localname.lower()
        if local.startswith("on") or _OUTSIDE.search(value):
            return True
        # A link around a part of the drawing would lead a reader elsewhere, but nothing is loaded by it.
        inside = local == "href" and (value.strip().startswith("#") or kind == "a")
        if local in ("href", "src", "base") and not inside:
            return True
    return bool(element.text and kind == "style" and _OUTSIDE.search(element.text))


def _too_many_parts() -> UserError:
    return UserError(
        _("The drawing has too many parts to be drawn on every paper."),
        _("Save it as a PNG picture 2,000 points wide; that prints as sharply."),
    )


def _unreadable() -> UserError:
    return UserError(
        _("This drawing cannot be read."),
        _("Save it again as “plain SVG”, or as a PNG picture 2,000 points wide."),
    )


def _reaches_out() -> UserError:
    return UserError(
        _("This drawing holds a program, a photo, or something that is loaded from elsewhere."),
        _("Save it again as “plain SVG” without them, or as a PNG picture 2,000 points wide."),
    )


class _Painter(_PDFRenderer):  # type: ignore[misc]
    """Draws words in our own fonts, which are put into the document."""

    def applyStateChanges(self, delta: dict[str, Any], state: dict[str, Any]) -> None:  # noqa: N802 - reportlab's name
        """Takes colours and lines; fonts are chosen word by word."""
        kept = {name: value for name, value in delta.items() if name not in ("fontName", "fontSize")}
        super().applyStateChanges(kept, state)

    def drawString(self, words: Any) -> None:  # noqa: N802 - reportlab's name
        """Words at their place, aligned as they are."""
        state = self._tracker.getState()
        colour = state["fillColor"]
        size = float(state["fontSize"])
        shown = TEXT if colour is None else f"#{colour.hexval()[2:8].upper()}"
        weight = BOLD if "bold" in str(state["fontName"]).lower() else REGULAR
        style = Style(size, size, weight, shown, _ALIGN[state["textAnchor"]])
        draw(self._canvas, words.text, style, words.x, words.y)
