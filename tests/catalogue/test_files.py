"""Attachments: kept once, found where they hang, gone with the last thing they hang on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cvdesk.catalogue import files
from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business

PNG = b"\x89PNG\r\n\x1a\n" + b"picture of a loaf"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def entry(file: BusinessFile) -> int:
    row = {"date": date(2026, 11, 22).isoformat(), "text": "The loaf was flat"}
    return file.run("Add", lambda op: op.insert("entries", row)).result


def attach(file: BusinessFile, source: Path | bytes, name: str = "", **owner: int) -> int:
    return file.run("Attach", lambda op: files.attach(op, source, name, **owner)).result


def test_the_same_picture_with_two_entries_is_kept_once(file: BusinessFile, tmp_path: Path):
    (tmp_path / "note 1.png").write_bytes(PNG)
    one, other = entry(file), entry(file)
    first = attach(file, tmp_path / "note 1.png", entry_id=one)
    assert attach(file, PNG, "the same again.png", entry_id=other) == first
    assert attach(file, PNG, entry_id=one) == first
    assert [(it.name, it.media_type, it.size, it.is_picture) for it in files.links(file, entry_id=one)] == [
        ("note 1.png", "image/png", len(PNG), True)
    ]
    assert files.read(file, first) == files.Attachment("note 1.png", "image/png", PNG)
    assert file.value("SELECT count(*) FROM attachments") == 1


def test_the_bytes_go_with_the_last_thing_they_hang_on_and_undo_brings_them_back(file: BusinessFile):
    one, other = entry(file), entry(file)
    kept = attach(file, PNG, "loaf.png", entry_id=one)
    attach(file, PNG, entry_id=other)
    file.run("Off", lambda op: files.detach(op, files.links(op, entry_id=one)[0].link_id))
    assert files.read(file, kept).data == PNG
    file.run("Off", lambda op: files.detach(op, files.links(op, entry_id=other)[0].link_id))
    with pytest.raises(LookupError):
        files.read(file, kept)
    file.undo()
    assert files.read(file, kept).data == PNG
    assert [it.id for it in files.links(file, entry_id=other)] == [kept]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PNG, "wrongly called.pdf", "image/png"),
        (b"%PDF-1.7", "letter", "application/pdf"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "x", "image/webp"),
        (b"From: ann@example.org\n\nhello", "Complaint.EML", "message/rfc822"),
        (b"hello", "note.txt", "text/plain"),
        (b"hello", "no ending", ""),
    ],
)
def test_what_a_file_is_shows_in_how_it_begins_then_in_its_name(data: bytes, name: str, kind: str):
    assert files.media_type(data, name) == kind


def test_a_file_of_25_mb_is_taken_and_a_larger_one_refused_before_it_is_read(file: BusinessFile, tmp_path: Path):
    one = entry(file)
    assert attach(file, bytes(files.LIMIT), "film.bin", entry_id=one)
    path = tmp_path / "longer film.bin"
    with path.open("wb") as out:
        out.truncate(files.LIMIT + 1)
    for source, name in ((path, ""), (bytes(files.LIMIT + 1), "longer film.bin")):
        with pytest.raises(UserError, match=r"longer film.bin is larger than 25 MB.*smaller"):
            attach(file, source, name, entry_id=one)
    assert file.value("SELECT count(*) FROM attachments") == 1


def test_a_file_that_is_empty_or_gone_is_said(file: BusinessFile, tmp_path: Path):
    (tmp_path / "empty.png").touch()
    with pytest.raises(UserError, match=r"empty.png is empty"):
        attach(file, tmp_path / "empty.png", entry_id=entry(file))
    with pytest.raises(UserError, match=r"gone.png cannot be read.*still there"):
        files.check(tmp_path / "gone.png")


def test_an_attachment_hangs_on_one_thing(file: BusinessFile):
    with pytest.raises(ValueError, match="one entry or one complaint"):
        attach(file, PNG)
