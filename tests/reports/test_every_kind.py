"""Every document there is, made of the sample business: sound, told to screen readers, repeatable, empty of names.

A kind that is added is tested by being in the list.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import open_file
from cvdesk.errors import UserError
from cvdesk.exchange.sample import make_sample
from cvdesk.reports.kinds import KINDS, make
from cvdesk.reports.records_kinds import Kind, Made, Wanted
from tests.pdf.anatomy import embedded, fonts, opened, pieces, targets, tree

TODAY = date(2026, 11, 21)
NEW_YEAR = Filter(Period.last_months(12, TODAY))
HEADINGS = ("H1", "H2", "H3")
_RECORDS = "SELECT id FROM {table} ORDER BY id DESC"
_PEOPLE = """
SELECT name AS words FROM customers UNION SELECT value FROM contacts WHERE kind <> 'web'
UNION SELECT address FROM customers
"""

BOTH = [(kind, names) for kind in KINDS for names in ((True, False) if kind.named else (True,))]
every = pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])
with_and_without = pytest.mark.parametrize(
    ("kind", "names"), BOTH, ids=[kind.key + ("" if names else "-without-names") for kind, names in BOTH]
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("sample") / "sample.cvdesk"
    make_sample(path, today=TODAY)
    with open_file(path, read_only=True) as file:
        yield file
    _made.cache_clear()


@cache
def _made(file: Any, wanted: Wanted) -> Made:
    return make(file, wanted)


def document(file: Any, kind: Kind, names: bool = True, fillable: bool = False, paper: str = "a4") -> bytes:
    """The document, of the first record it can be made of where it is about one."""
    wanted = Wanted(kind.key, NEW_YEAR, TODAY, paper, names, None, frozenset(), fillable)
    if not kind.needed:
        return _made(file, wanted).pdf
    reasons = []
    for row in file.rows(_RECORDS.format(table=kind.about)):
        try:
            return _made(file, replace(wanted, about=int(row["id"]))).pdf
        except UserError as error:
            reasons.append(str(error))
    raise AssertionError(f"none of the sample's {kind.about} will do: {reasons[:3]}")


def text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


@with_and_without
def test_sound_told_and_fit_for_archives(sample: Any, kind: Kind, names: bool) -> None:
    found = opened(document(sample, kind, names))
    assert found.check_pdf_syntax() == []
    assert found.Root.Lang == "en-GB"
    assert bool(found.Root.MarkInfo.Marked)
    assert bool(found.Root.ViewerPreferences.DisplayDocTitle)
    assert str(found.docinfo.Title) not in ("", "untitled", "(anonymous)")
    with found.open_metadata() as about:
        assert about["dc:title"] == str(found.docinfo.Title)
        assert about["pdfaid:part"] == "2"
    assert "/AcroForm" not in found.Root
    assert all(embedded(font) for font in fonts(found))


@with_and_without
def test_every_word_is_a_part_and_no_page_is_empty(sample: Any, kind: Kind, names: bool) -> None:
    found = opened(document(sample, kind, names))
    parts = tree(found).below()
    known = {piece for part in parts for piece in part.pieces}
    for number, page in enumerate(found.pages):
        there = pieces(page)
        assert any(shown for piece, shown in there if piece is not None), f"page {number + 1} is empty"
        assert {(number, piece) for piece, _shown in there if piece is not None} <= known


@every
def test_nothing_is_seen_through_so_that_print_queues_keep_pages_as_drawings(sample: Any, kind: Kind) -> None:
    found = opened(document(sample, kind))
    for one in found.objects:
        if isinstance(one, pikepdf.Stream):
            assert "/SMask" not in one
        if isinstance(one, pikepdf.Dictionary):
            assert float(one.get("/ca", 1)) == 1
            assert float(one.get("/CA", 1)) == 1


@every
def test_the_outline_leads_to_what_it_names(sample: Any, kind: Kind) -> None:
    content = document(sample, kind)
    found, pages = opened(content), PdfReader(io.BytesIO(content)).pages
    headed = {page for part in tree(found).below() if part.kind in HEADINGS for page, _number in part.pieces}
    for words, number in targets(found):
        assert number in headed or words in " ".join(pages[number].extract_text().split())
    for page in found.pages:
        for note in page.get("/Annots", pikepdf.Array([])):
            assert note.Subtype != "/Link" or "/Dest" in note or "/A" in note


@every
def test_the_same_file_and_day_give_the_same_bytes(sample: Any, kind: Kind) -> None:
    first = document(sample, kind)
    _made.cache_clear()
    assert document(sample, kind) == first


@every
def test_on_letter_paper_too(sample: Any, kind: Kind) -> None:
    found = opened(document(sample, kind, paper="letter"))
    assert found.check_pdf_syntax() == []
    for page in found.pages:
        assert sorted(round(float(edge)) for edge in page.mediabox[2:]) == [612, 792]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.named], ids=lambda kind: kind.key)
def test_without_names_nobody_can_be_found(sample: Any, kind: Kind) -> None:
    words = text(document(sample, kind, names=False)).casefold()
    known = [row["words"] for row in sample.rows(_PEOPLE)]
    assert len(known) > 100
    for one in known:
        if len(re.findall(r"\w+", one)) > 1:  # a first name alone may be a word of any sentence
            assert one.casefold() not in words


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.fillable], ids=lambda kind: kind.key)
def test_forms_can_be_filled_in_and_claim_no_archive(sample: Any, kind: Kind) -> None:
    found = opened(document(sample, kind, fillable=True))
    assert found.check_pdf_syntax() == []
    assert len(found.Root.AcroForm.Fields) > 0
    with found.open_metadata() as about:
        assert "pdfaid:part" not in about
    tree(found)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.sections], ids=lambda kind: kind.key)
def test_with_all_sections_left_out_the_rest_holds(sample: Any, kind: Kind, tmp_path: Path) -> None:
    whole = document(sample, kind)
    wanted = Wanted(kind.key, NEW_YEAR, TODAY, left_out=frozenset(section.key for section in kind.sections))
    if kind.needed:
        row = sample.row(_RECORDS.format(table=kind.about))
        wanted = replace(wanted, about=int(row["id"]))
    found = opened(make(sample, wanted).pdf)
    assert found.check_pdf_syntax() == []
    assert 1 <= len(found.pages) <= len(opened(whole).pages)
