"""Documents: what stands on every page, metadata, the same bytes, written whole or not at all."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cvdesk.errors import UserError
from cvdesk.pdf import document, styles
from cvdesk.pdf.blocks import Flowable, Heading, NewPage, Text, Title
from tests.pdf.reading import FURNITURE, pdf, reader, words


def story() -> list[Flowable]:
    return [
        Title("A title that is long enough to be broken over two lines of the page", "First"),
        Heading("A heading", "a note", outline=1),
        Text("Words. " * 900),
        NewPage(),
        Title("Second", "Second", place="second"),
    ]


def test_furniture_stands_on_every_page() -> None:
    furniture = replace(FURNITURE, note="More on page {page}.", note_place="second")
    found = reader(pdf(story(), furniture))
    count = len(found.pages)
    assert count >= 3
    for number, sheet in enumerate(found.pages, start=1):
        text = sheet.extract_text()
        assert "Harbour Bakery" in text
        assert "A report · November 2026" in text
        assert f"{number} of {count}" in text
        assert f"More on page {count}." in text


def test_metadata_and_outline() -> None:
    found = reader(pdf(story()))
    about: Any = found.metadata
    assert about is not None
    assert (about.title, about.author, about.subject) == ("A report", "Harbour Bakery", "What it is about")
    assert about.creator == "CV Desk"
    assert about["/CreationDate"].startswith("D:20261121")
    root: Any = found.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    outline: Any = found.outline
    first, inner, second = outline
    assert [item["/Title"] for item in (first, inner[0], second)] == ["First", "A heading", "Second"]
    assert found.get_destination_page_number(second) == len(found.pages) - 1


def test_the_same_story_gives_the_same_bytes() -> None:
    assert pdf(story()) == pdf(story())


@pytest.mark.parametrize(("paper", "width"), [("a4", 595.276), ("letter", 612)])
def test_papers(paper: str, width: float) -> None:
    sheet = reader(pdf(story(), replace(FURNITURE, paper=paper))).pages[0]
    assert float(sheet.mediabox.width) == pytest.approx(width, abs=0.01)


def test_braces_in_names_are_no_placeholders() -> None:
    text = words(pdf([Text("x")], replace(FURNITURE, business="{page} & <b>Sons</b>")))
    assert "{page} & <b>Sons</b>" in text


def test_a_long_text_breaks_between_lines_and_loses_nothing() -> None:
    text = words(pdf([Text(" ".join(f"w{number}" for number in range(3000)), styles.BODY)]))
    assert {f"w{number}" for number in range(3000)} <= set(text.split())


def test_saved_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"what stood before")
    document.save(target, story(), FURNITURE)
    assert len(reader(target.read_bytes()).pages) >= 3
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


@pytest.mark.parametrize(
    ("number", "words_to_do"),
    [(errno.ENOSPC, "The disk is full"), (errno.EACCES, "Nothing may be written"), (errno.EIO, "The system says")],
)
def test_nothing_is_left_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words_to_do: str
) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"what stood before")

    def fails(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(UserError) as error:
        document.save(target, story(), FURNITURE)
    assert "report.pdf" in error.value.what
    assert words_to_do in error.value.to_do
    assert target.read_bytes() == b"what stood before"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there"):
        document.save(tmp_path / "none" / "report.pdf", story(), FURNITURE)


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(UserError, match="folder of that name"):
        document.save(tmp_path / "report.pdf", story(), FURNITURE)
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
