"""Printing: the words handed to a print queue, what it says, and the letters of a page where they stand."""

from __future__ import annotations

import io
import stat
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfgen import canvas

from cvdesk.errors import UserError
from cvdesk.kit import print_queue, printing
from cvdesk.kit.page_words import PageWords, places
from cvdesk.kit.print_pdf import order
from cvdesk.kit.print_queue import Order, command, page_list, send


def a_pdf(*pages: str) -> bytes:
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=(595, 842))
    for text in pages:
        paper.drawString(72, 700, text)
        paper.showPage()
    paper.save()
    return buffer.getvalue()


def a_program(folder: Path, script: str) -> str:
    program = folder / "lp"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def test_the_queue_is_told_everything_that_was_chosen() -> None:
    chosen = Order("Office", 2, False, "two-sided-long-edge", (0, 1, 3), "letter", grey=True, backwards=True)
    words = command("/usr/bin/lp", chosen, "Summary")
    assert words[:7] == ["/usr/bin/lp", "-d", "Office", "-n", "2", "-t", "Summary"]
    said = " ".join(words[7:])
    for one in ("media=Letter", "collate=false", "sides=two-sided-long-edge", "print-color-mode=monochrome",
                "outputorder=reverse", "-P 1-2,4"):  # fmt: skip
        assert one in said
    assert words[-1] == "-"


def test_nothing_is_said_that_was_not_chosen() -> None:
    assert command("lp", Order("Office"), "Summary") == [
        "lp", "-d", "Office", "-n", "1", "-t", "Summary", "-o", "media=A4", "-",
    ]  # fmt: skip


@given(st.sets(st.integers(0, 60), min_size=1))
def test_a_list_of_pages_says_exactly_these(pages: set[int]) -> None:
    read: set[int] = set()
    for part in page_list(tuple(pages)).split(","):
        first, _dash, last = part.partition("-")
        read |= set(range(int(first) - 1, int(last or first)))
    assert read == pages


def test_the_queue_gets_the_very_pdf(tmp_path: Path) -> None:
    program = a_program(tmp_path, f'cat > "{tmp_path}/came.pdf"; echo "$@" > "{tmp_path}/words"')
    send(b"%PDF-1.7 as it is", command(program, Order("Office", pages=(1,)), "Summary"))
    assert (tmp_path / "came.pdf").read_bytes() == b"%PDF-1.7 as it is"
    assert "-d Office" in (tmp_path / "words").read_text()


def test_what_the_system_says_is_passed_on(tmp_path: Path) -> None:
    program = a_program(tmp_path, 'cat > /dev/null; echo "$0: The printer or class does not exist." >&2; exit 1')
    with pytest.raises(UserError, match=r"system says: The printer or class does not exist"):
        send(b"x", command(program, Order("Office"), "Summary"))


def test_a_program_that_is_gone_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not be printed"):
        send(b"x", command(str(tmp_path / "lp"), Order("Office"), "Summary"))


def test_the_choices_of_the_dialog_become_an_order(qapp) -> None:
    printer = printing.new_printer("a4")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setCopyCount(3)
    printer.setFromTo(2, 3)
    made = order(printer, printing.chosen_pages(printer, 9), 9, "a4")
    assert (made.copies, made.pages, made.paper) == (3, (1, 2), "a4")
    assert order(printer, list(range(9)), 9, "a4").pages is None


def test_a_printer_that_is_not_there_is_told_before_anything_is_sent(qapp, monkeypatch) -> None:
    printer = printing.new_printer("a4")
    printer.setPrinterName("Gone")
    monkeypatch.setattr(printing.QPrinterInfo, "printerInfo", staticmethod(lambda _name: printing.QPrinterInfo()))
    with pytest.raises(UserError, match="is not there"):
        printing.check_printer(printer)


def test_windows_has_no_queue_to_hand_a_pdf_to(monkeypatch) -> None:
    monkeypatch.setattr(print_queue.sys, "platform", "win32")
    assert print_queue.print_program() is None


def test_pages_are_taken_out_as_they_are() -> None:
    pdf = a_pdf("The first one.", "The second one.", "The third one.")
    some = printing.only_pages(pdf, [0, 2])
    assert ["first" in printing.page_words(some, 0).text, "third" in printing.page_words(some, 1).text] == [True, True]
    assert printing.only_pages(pdf, [0, 1, 2]) == pdf


def test_letters_are_found_where_they_stand() -> None:
    words = printing.page_words(a_pdf("Bread and butter."), 0)
    ((start, end),) = places(words.text, "bread AND butter")
    (band,) = words.bands(start, end)
    middle = (band[1] + band[3]) / 2
    assert words.at(band[0] + 0.5, middle) == start
    assert words.at(band[2] - 0.5, middle) == end
    assert words.copied(start, end) == "Bread and butter"


def test_words_broken_at_the_end_of_a_line_are_found_and_copied_whole() -> None:
    text = "the com\u0002\r\nplaint of  a\r\ncustomer"
    words = PageWords(text, array("f", [0.0] * 4 * len(text)))
    assert [text[start:end] for start, end in places(text, "complaint")] == ["com\u0002\r\nplaint"]
    assert [text[start:end] for start, end in places(text, "of a customer")] == ["of  a\r\ncustomer"]
    assert words.copied() == "the complaint of  a\ncustomer"


@given(st.text("abc AB\r\n\u0002ß", max_size=40), st.text("abc ß", max_size=4))
def test_what_is_found_is_always_in_the_text_and_never_overlaps(text: str, wanted: str) -> None:
    last = 0
    for start, end in places(text, wanted):
        assert last <= start < end <= len(text)
        last = end


def test_finding_goes_through_all_pages_and_stops_when_asked() -> None:
    pdf = a_pdf("One loaf.", "Two loaves, one loaf.", "Nothing.")
    hits = printing.find_words(pdf, "loaf", lambda: False)
    assert [hit.page for hit in hits] == [0, 1]
    assert all(hit.bands for hit in hits)
    assert printing.find_words(pdf, "loaf", lambda: True) == []
