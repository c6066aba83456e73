"""The contents, the outline, and how pieces are laid on pages: links lead where they say, no heading stands alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cvdesk.pdf.blocks import Flowable, Gap, Heading, KeepTogether, NewPage, Text, Title
from cvdesk.pdf.contents import Contents
from cvdesk.pdf.progress import watched
from cvdesk.pdf.table import Col, Row, Table
from tests.pdf.anatomy import opened, pieces, targets, tree
from tests.pdf.reading import FURNITURE, pdf, reader


def chapter(number: int, words: int = 900) -> list[Flowable]:
    return [
        Title(f"What was found in chapter {number}", f"Chapter {number}"),
        Text("Words. " * words),
        Heading(f"Section {number}.1", outline=1),
        Text("More. " * words),
        KeepTogether([Heading(f"Section {number}.2", outline=1), Text("Kept.")]),
        Heading(f"Deep {number}", outline=2),
        Text("End."),
    ]


def book(chapters: int = 3) -> list[Flowable]:
    story: list[Flowable] = [Heading("Contents"), Contents()]
    for number in range(1, chapters + 1):
        story += [NewPage(), *chapter(number)]
    return story


def lines(page: Any) -> list[str]:
    return [line.strip() for line in page.extract_text().splitlines()]


def test_contents_name_the_pages_things_stand_on() -> None:
    content = pdf(book())
    pages = reader(content).pages
    listed = lines(pages[0])
    for number in (1, 2, 3):
        begins = next(
            at for at, page in enumerate(pages) if f"What was found in chapter {number}" in page.extract_text()
        )
        assert f"Chapter {number} {begins + 1}" in " ".join(listed)
        second = next(at for at, page in enumerate(pages) if at and f"Section {number}.1" in page.extract_text())
        assert f"Section {number}.1 {second + 1}" in " ".join(listed)
    assert "Deep" not in " ".join(listed)


def test_links_and_outline_lead_to_the_page_with_the_words() -> None:
    content = pdf(book())
    document, pages = opened(content), reader(content).pages
    numbers = {page.objgen: number for number, page in enumerate(document.pages)}
    links: list[Any] = list(document.pages[0].Annots)
    assert len(links) == 9
    for link in links:
        words = str(link.Contents).replace("Chapter", "chapter")
        assert words in pages[numbers[link.Dest[0].objgen]].extract_text()
        assert int(link.F) & 4
    for words, number in targets(document):
        assert words.replace("Chapter", "chapter") in pages[number].extract_text()
    assert len(targets(document)) == 12


def test_the_outline_shows_the_heading_at_the_top_of_the_window() -> None:
    document = opened(pdf([Title("First", "First"), Gap(300), Heading("Lower", outline=1), Text("x")]))
    first: Any = document.Root.Outlines.First
    lower = first.First
    assert str(first.Dest[1]) == str(lower.Dest[1]) == "/XYZ"
    assert 700 < float(first.Dest[3]) < 842
    assert 300 < float(lower.Dest[3]) < 500


def test_contents_are_told_as_contents() -> None:
    (found,) = [part for part in tree(opened(pdf(book()))).below() if part.kind == "TOC"]
    assert [part.kind for part in found.parts] == ["TOCI"] * 9
    assert all(part.kind == "Link" and part.links == 1 for part in found.below() if not part.parts)


def test_long_contents_go_on_on_the_next_page() -> None:
    content = pdf(
        [Title("Contents", "Contents"), Contents()]
        + [piece for n in range(60) for piece in (NewPage(), Title(f"Theme {n}", f"Theme {n}"), Text("x"))]
    )
    pages = reader(content).pages
    assert "Theme 0 3" in " ".join(lines(pages[0]))
    assert "Theme 59 62" in " ".join(lines(pages[1]))
    assert len([part for part in tree(opened(content)).below() if part.kind == "TOC"]) == 1


def test_contents_of_nothing_are_nothing() -> None:
    assert len(reader(pdf([Text("before"), Contents(), Text("after")])).pages) == 1


def test_a_section_without_a_chapter_still_stands_in_the_outline() -> None:
    assert targets(opened(pdf([Heading("Alone", outline=1), Text("x")]))) == [("Alone", 0)]


def test_no_heading_stands_alone_at_the_foot() -> None:
    for room in range(0, 690, 7):
        content = pdf([Text("top"), Gap(room), Heading("Led"), Text("It goes on. " * 120)])
        for page in reader(content).pages:
            found = page.extract_text()
            if "Led" in found:
                assert "It goes on." in found


def test_a_long_table_begins_under_its_heading_on_the_same_page() -> None:
    rows = [Row([f"row {number}", "1"]) for number in range(200)]
    pages = reader(pdf([Text("top"), Gap(300), Heading("Table"), Table([Col("Name", 3), Col("n", 1)], rows)])).pages
    first = pages[0].extract_text()
    assert {"top", "Table", "row 5 1"} <= {line.strip() for line in first.splitlines()}


def test_headings_one_after_the_other_go_together() -> None:
    content = pdf([Gap(630), Title("Above", "Above"), Heading("Below"), Text("It goes on. " * 400)])
    first, second = (page.extract_text() for page in list(reader(content).pages)[:2])
    assert "Above" not in first
    assert all(words in second for words in ("Above", "Below", "It goes on."))


@pytest.mark.parametrize(
    "story",
    [
        [NewPage(), Text("x")], [Text("x"), NewPage(), NewPage(), Text("y")], [Text("x"), NewPage()],
        [Text("x"), Gap(690), NewPage(), Text("y")],
    ],
    ids=["first", "twice", "last", "full"],
)  # fmt: skip
def test_no_page_stays_empty(story: list[Flowable]) -> None:
    for page in opened(pdf(story)).pages:
        assert any(number is not None for number, _shown in pieces(page))


def test_each_page_is_told_while_it_is_made() -> None:
    told: list[int] = []
    with watched(told.append):
        content = pdf(book())
    assert told == list(range(1, len(reader(content).pages) + 1))


class EnoughError(Exception):
    """Whoever waits has had enough."""


def test_whoever_waits_may_stop_it() -> None:
    def stop(number: int) -> None:
        if number == 2:
            raise EnoughError

    with watched(stop), pytest.raises(EnoughError):
        pdf(book())


def test_page_x_of_y_on_letter_paper_too() -> None:
    content = pdf(book(), replace(FURNITURE, paper="letter", note="Last: {page}."))
    pages = reader(content).pages
    for number, page in enumerate(pages, start=1):
        assert f"{number} of {len(pages)}" in page.extract_text()
        assert f"Last: {len(pages)}." in page.extract_text()
    assert b"%late" not in b"".join(page.get_contents().get_data() for page in pages if page.get_contents())
