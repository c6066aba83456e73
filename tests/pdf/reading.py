"""Making a small PDF and reading it back."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from pypdf import PdfReader

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Text
from cvdesk.pdf.document import Furniture, as_bytes

FURNITURE = Furniture(
    "Harbour Bakery", "A report", "A report · November 2026", "A note.", "What it is about", "en-GB", date(2026, 11, 21)
)


def pdf(story: list[Flowable], furniture: Furniture = FURNITURE) -> bytes:
    """The story as a document."""
    return as_bytes(story, furniture)


def reader(content: bytes) -> PdfReader:
    """The document, opened."""
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    """All text of the document, page after page."""
    return "\n".join(page.extract_text() for page in reader(content).pages)


def pdfium(content: bytes) -> str:
    """All text as another reader has it: one that heeds what it is told a piece stands for."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(document[place].get_textpage().get_text_bounded() for place in range(len(document)))
    finally:
        document.close()


def body(text: str) -> str:
    """What is read back of one text: everything between the head and the foot of its page, in one line."""
    lines = words(pdf([Text("begin", styles.BODY), Text(text, styles.BODY), Text("end", styles.BODY)])).splitlines()
    return "\n".join(lines[lines.index("begin") + 1 : lines.index("end")])


def fonts(content: bytes) -> list[Any]:
    """Every font of the document."""
    found = {}
    for page in reader(content).pages:
        resources: Any = page["/Resources"]
        for name, font in resources.get("/Font", {}).items():
            found[name] = font.get_object()
    return list(found.values())


def drawn_glyphs(content: bytes) -> set[int]:
    """The glyph numbers of the faces that the fonts of the document map to."""
    glyphs = set()
    for font in fonts(content):
        gids = font["/DescendantFonts"][0].get_object()["/CIDToGIDMap"].get_object().get_data()
        glyphs |= {int.from_bytes(gids[at : at + 2], "big") for at in range(2, len(gids), 2)}
    return glyphs
