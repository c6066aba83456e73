"""What screen readers and archives are told: every word on a page is a named part, in the order it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Drawing, Flowable, Gap, Heading, NewPage, Text, Title
from cvdesk.pdf.structure import ARTIFACT, tagged
from cvdesk.pdf.text import draw
from tests.pdf.anatomy import embedded, fonts, opened, pieces, tree
from tests.pdf.reading import FURNITURE, pdf


def painted(canvas: Any, width: float, height: float) -> None:
    canvas.setFillColor(styles.ACCENT)
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    draw(canvas, "in the picture", styles.SMALL, 2, 2)


def story() -> list[Flowable]:
    return [
        Title("What was found", "Finding"),
        Text("It was found. " * 30),
        Heading("Why", "last year", outline=1),
        Band("Know this first."),
        Drawing(40, painted, alt="Three of four came back."),
        Drawing(40, painted),
        Heading("Deeper", outline=2),
        Gap(8),
        Text("Long. " * 1600),
    ]


def test_every_part_says_what_it_is() -> None:
    parts = tree(opened(pdf(story()))).parts
    assert [part.kind for part in parts] == ["H1", "P", "H2", "P", "P", "Figure", "P", "H3", "P"]
    assert parts[5].alt == "Three of four came back."


def test_a_text_over_several_pages_is_one_part() -> None:
    last = tree(opened(pdf(story()))).parts[-1]
    assert {page for page, _number in last.pieces} == {0, 1, 2}


@pytest.mark.parametrize("furniture", [FURNITURE, replace(FURNITURE, colour="#AA3300", paper="letter")])
def test_all_words_belong_to_a_part_or_are_furniture(furniture: Any) -> None:
    document = opened(pdf(story(), furniture))
    known = {piece for part in tree(document).below() for piece in part.pieces}
    for number, page in enumerate(document.pages):
        found = pieces(page)
        assert {(number, piece) for piece, _shown in found if piece is not None} == {
            piece for piece in known if piece[0] == number
        }
        furnished = sum(shown for piece, shown in found if piece is None)
        assert furnished >= 4  # head and foot, left and right


def test_the_tree_is_read_in_the_order_of_the_pages() -> None:
    document = opened(pdf(story()))
    read = [piece for part in tree(document).below() for piece in part.pieces]
    drawn = [
        (number, piece)
        for number, page in enumerate(document.pages)
        for piece, _shown in pieces(page)
        if piece is not None
    ]
    assert read == drawn == sorted(read)


class Untold(Flowable):  # type: ignore[misc]
    """Draws without saying what it is."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, 40

    def draw(self) -> None:
        self.canv.rect(0, 0, 100, 30)
        draw(self.canv, "first", styles.BODY, 0, 20)
        self.canv.line(0, 0, 10, 10)
        draw(self.canv, "second", styles.BODY, 0, 4)


def test_what_nobody_named_is_read_as_paragraphs_at_its_place() -> None:
    document = opened(pdf([Untold(), Title("A", "A"), Untold(), Heading("B"), NewPage(), Untold(), Heading("C")]))
    assert [part.kind for part in tree(document).parts] == ["P", "P", "H1", "P", "P", "H2", "P", "P", "H2"]
    for page in document.pages:
        pieces(page)


class Nested(Flowable):  # type: ignore[misc]
    """A table of its own making, with a paragraph in a cell and an empty cell."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, 40

    def draw(self) -> None:
        with tagged(self.canv, "Table"):
            with tagged(self.canv, "TR"), tagged(self.canv, "TH"):
                draw(self.canv, "head", styles.BODY, 0, 20)
            with tagged(self.canv, "TR"):
                with tagged(self.canv, "TD"):
                    draw(self.canv, "before", styles.BODY, 0, 4)
                    with tagged(self.canv, "P"):
                        draw(self.canv, "inside", styles.BODY, 40, 4)
                    draw(self.canv, "after", styles.BODY, 80, 4)
                    with tagged(self.canv, ARTIFACT), tagged(self.canv, "P"):
                        draw(self.canv, "never read", styles.BODY, 80, 4)
                with tagged(self.canv, "TD"):
                    pass
                with tagged(self.canv, "P"):
                    pass


def test_parts_nest_and_empty_ones_vanish_but_for_cells() -> None:
    document = opened(pdf([Nested()]))
    (table,) = tree(document).parts
    assert [part.kind for part in table.below()] == ["Table", "TR", "TH", "TR", "TD", "P", "TD"]
    cell = table.parts[1].parts[0]
    assert len(cell.pieces) == 2
    head: Any = document.Root.StructTreeRoot.K.K[0].K[0].K[0]
    assert head.A.Scope == "/Column"
    pieces(document.pages[0])


def test_the_document_says_it_is_told_and_in_which_language() -> None:
    document = opened(pdf(story()))
    assert bool(document.Root.MarkInfo.Marked)
    assert document.Root.Lang == "en-GB"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    assert all(page.Tabs == "/S" for page in document.pages)
    assert [int(page.StructParents) for page in document.pages] == list(range(len(document.pages)))


def test_what_archives_ask_for() -> None:
    content = pdf(story(), replace(FURNITURE, title="Tarts & <pies>", business="Bäckerei\x01 Ünal"))
    document = opened(content)
    assert document.check_pdf_syntax() == []
    assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
    profile = document.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    assert profile[36:40] == b"acsp"
    assert int.from_bytes(profile[:4], "big") == len(profile)
    with document.open_metadata() as about:
        assert about["dc:title"] == "Tarts & <pies>"
        assert about["dc:creator"] == ["Bäckerei Ünal"]
        assert about["dc:description"] == "What it is about"
        assert about["pdfaid:part"] == "2"
        assert about["pdfaid:conformance"] == "B"
        assert about["xmp:CreateDate"].startswith("2026-11-21T12:00:00")
    assert "/Filter" not in document.Root.Metadata
    assert all(embedded(font) for font in fonts(document))
    assert "/JavaScript" not in document.Root.get("/Names", pikepdf.Dictionary())
    assert content.startswith(b"%PDF-1.7\n%")
    assert min(content[10:14]) > 127


def test_the_identity_follows_from_the_content() -> None:
    one, same, other = (opened(pdf([Text(words)])).trailer.ID[0] for words in ("the same", "the same", "another"))
    assert one == same != other
