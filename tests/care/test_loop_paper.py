"""Letters, call lists and e-mail drafts, read back as those who get them do."""

from __future__ import annotations

import email
import io
from datetime import date
from email import policy
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from cvdesk.care import letters, report_calls, report_letters, report_letters_window
from cvdesk.care.records_loop import Circle, Person, Said
from cvdesk.catalogue.records import Business, Letterhead
from cvdesk.errors import UserError
from cvdesk.kit import mail

DAY = date(2026, 11, 22)
BAKERY = Business("Harbour Bakery <b>& Sons</b>")
PAPER = Letterhead(BAKERY)
ADA = Person(1, "Ada Byron", "Addie", "Engines Ltd", "ada@x.org", "020 7946 0018", "12 Harbour St\nFlat 2", "Leith",
             "United Kingdom", "Phone", (Said(DAY, "Waited <i>an hour</i> & left", "entries", 1),))  # fmt: skip
NOOR = Person(2, "نور 😀 Ltd", address="Rue 1", city="Paris", country="France", said=(Said(DAY, "بطيء", "entries", 2),))
BEN = Person(3, "Ben", why="Has Bread too")
TILL = Circle(("action", 1), "Till", "A second till", (ADA, NOOR), (BEN,))


def written(*people: Person, text: str = "") -> list[letters.Message]:
    text = text or letters.usual_text()
    return [letters.message(text, letters.usual_subject(), TILL, one, BAKERY.name) for one in people]


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_one_page_a_customer_with_the_address_in_the_window() -> None:
    pdf = report_letters.as_bytes(written(ADA, NOOR, BEN), PAPER, DAY)
    first, second, third = pages(pdf)
    assert "Dear Addie," in first
    assert "“Waited <i>an hour</i> & left”" in first
    assert "Harbour Bakery <b>& Sons</b>" in first
    assert "22 November 2026" in first
    lines = report_letters_window.address_lines(ADA, "GB")
    assert lines == ["Ada Byron", "Engines Ltd", "12 Harbour St", "Flat 2", "Leith"]
    assert "United Kingdom" not in first
    assert "France" in second
    assert "told us: " not in third
    places: dict[str, float] = {}

    def visit(text: str, _cm: object, tm: list[float], _font: object, _size: object) -> None:
        if text.strip():
            places.setdefault(text.strip(), 841.89 - tm[5])

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    top = next(place for text, place in places.items() if text.startswith("Ada Byron"))
    low = next(place for text, place in places.items() if text.startswith("Leith"))
    assert 45 < top * 25.4 / 72 < low * 25.4 / 72 < 90  # millimetres from the upper edge


def test_a_long_letter_goes_on_and_a_crowded_address_loses_nothing() -> None:
    long = "\n\n".join(f"Paragraph {place}" for place in range(80))
    found = pages(report_letters.as_bytes(written(ADA, text=long), PAPER, DAY, "letter"))
    assert len(found) > 1
    assert "Paragraph 79" in found[-1]
    crowded = Person(4, "A", organisation="B", address="c, d, e, f, g", city="H", country="Chile")
    assert report_letters_window.address_lines(crowded, "GB") == ["A", "B", "c", "d", "e, f, g, H", "Chile"]


LONG = "The Extraordinarily Long-Winded Association of Harbourside Friends and Neighbours"
CROWDED = Person(5, LONG, organisation="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau", address=", ".join(
    ("c/o the Secretary, third floor", "The Old Customs House", "Harbour Quarter North", "Building 7", "Staircase B",
     "1234567 Very Long Lane that Winds along the Old Harbour Wall and back again to where it began")),
    city="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", country="Chile")  # fmt: skip


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("person", [ADA, NOOR, CROWDED])
def test_the_whole_address_stands_where_every_envelope_shows_it(paper: str, person: Person) -> None:
    (page, *_rest) = pdfium.PdfDocument(report_letters.as_bytes(written(person), PAPER, DAY, paper))
    top, bottom = {"a4": (50, 81), "letter": (54, 81)}[paper]  # millimetres from the upper edge
    mm, height = 72 / 25.4, page.get_height()
    shown = page.get_textpage().get_text_bounded(24 * mm, height - bottom * mm, 106 * mm, height - top * mm)
    address = "".join(report_letters_window.address_lines(person, "GB"))
    assert sorted(letter for letter in shown if letter.isalnum()) == sorted(one for one in address if one.isalnum())


def test_a_long_head_of_the_letter_is_set_smaller_not_cut() -> None:
    business = Business(
        LONG, address="The Old Customs House, Third Floor\nHarbour Quarter North\nPort Merrow",
        email="a.very.long.mailbox.name.for.a.small.bakery@an-even-longer-domain-name.example.com",
        website="https://an-even-longer-domain-name.example.com/welcome/to/our/bakery/on/the/harbour",
    )  # fmt: skip
    (said,) = pages(report_letters.as_bytes(written(ADA), Letterhead(business), DAY))
    assert "…" not in said
    flat = "".join(said.split())
    assert business.email in flat
    assert business.website in flat
    named = "The Long-Winded Association of Friends and Neighbours"
    words, style = report_letters_window.sender_line([named, "The Old Customs House, Third Floor", "Port Merrow"])
    assert words == f"{named} · Port Merrow"
    assert style.size < 7


def test_nobody_to_write_to_or_to_ring_is_said() -> None:
    with pytest.raises(UserError, match="nobody to write to"):
        report_letters.as_bytes([], PAPER, DAY)
    with pytest.raises(UserError, match="nobody to ring"):
        report_calls.as_bytes(TILL, [], PAPER, DAY)


def test_the_call_list_has_numbers_words_and_room() -> None:
    text = " ".join("\n".join(pages(report_calls.as_bytes(TILL, [ADA, NOOR, BEN], PAPER, DAY))).split())
    for part in ("Till", "A second till.", "Ada Byron", "020 7946 0018", "Waited <i>an hour</i> & left", "no number",
                 "Has Bread too", "best by Phone", "☐"):  # fmt: skip
        assert part in text


def test_a_business_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "b.cvdesk"
    path.write_bytes(b"SQLite format 3\x00")
    with pytest.raises(UserError):
        report_letters.save(written(ADA), PAPER, DAY, path)
    assert path.read_bytes() == b"SQLite format 3\x00"


ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=150, deadline=None)
@given(name=ODD, subject=ODD, body=ODD)
def test_no_name_or_subject_begins_another_header(name: str, subject: str, body: str) -> None:
    made = mail.message(name, "ada@x.org", subject, body)
    read = email.message_from_bytes(made.as_bytes(), policy=policy.default)
    assert sorted(read.keys()) == sorted(
        ["To", "Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    )
    assert [one.addr_spec for one in read["To"].addresses] == ["ada@x.org"]
    assert read["Subject"] == mail.one_line(subject)


def test_a_draft_is_read_back_with_its_odd_names_and_attachment(tmp_path: Path) -> None:
    name = 'O\'Brien, "Ünal" \\ 😀\r\nBcc: all@x.org'
    made = mail.message(
        name, "ada@x.org\r\nCc: b@x.org", "Hi\r\nBcc: x", "Dear Ünal,\n\n.\nFrom us", [("A.pdf", b"%PDF")]
    )
    path = mail.save_eml(tmp_path, made, name)
    again = mail.save_eml(tmp_path, made, name)
    assert path != again
    assert path.parent == tmp_path
    read = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert read["Bcc"] is None
    assert read["Cc"] is None
    assert len(read["To"].addresses) == 1
    assert read["To"].addresses[0].display_name == 'O\'Brien, "Ünal" \\ 😀 Bcc: all@x.org'
    text, attached = read.get_body(), list(read.iter_attachments())
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == "Dear Ünal,\n\n.\nFrom us\n"
    assert [one.get_filename() for one in attached] == ["A.pdf"]


def test_a_link_for_the_mail_program_carries_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(mail.desktop, "open", lambda url: opened.append(url.toEncoded().data().decode()) or True)
    assert mail.open_draft("ada+a&b@x.org", "50 % & more? #1", "Dear Ünal,\n\nso & so = + % \n")
    link = urlsplit(opened[0])
    fields = parse_qs(link.query.replace("+", "%2B"), strict_parsing=True)
    assert (link.scheme, unquote(link.path)) == ("mailto", "ada+a&b@x.org")
    assert fields == {"subject": ["50 % & more? #1"], "body": ["Dear Ünal,\r\n\r\nso & so = + % "]}


def test_a_long_letter_is_opened_as_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(mail.desktop, "open", lambda url: opened.append(Path(url.toLocalFile())) or False)
    assert not mail.open_draft("ada@x.org", "Hi", "word " * 1000, "Ada")
    read = email.message_from_bytes(opened[0].read_bytes(), policy=policy.default)
    body = read.get_body()
    assert body is not None
    assert body.get_content().split() == ["word"] * 1000
