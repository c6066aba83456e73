"""The letterhead: filled in, saved as one step, undone, and what reaches the papers."""

import io
import struct
import zlib

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.errors import UserError
from cvdesk.reports import report_look, store_look
from cvdesk.reports.form_letterhead import COLOURS, colour_words, read_logo
from cvdesk.reports.page_letterhead import LetterheadDialog
from tests.figures.shop import new_shop
from tests.pages import make_session, said, settle
from tests.reports.look_shop import TODAY

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><rect width="80" height="20" fill="#336"/></svg>'


def png() -> bytes:
    """Two by two points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x20\x60\xa0" * 2 for _row in range(2))
    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, new_shop(tmp_path), TODAY)
    yield made
    made.close()


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(qtbot, session, parent):
    made = LetterheadDialog(session, parent)
    made.open()
    qtbot.waitExposed(made)
    settle(qtbot, session)
    return made


def drop(dialog, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    dialog.form.logo.dropEvent(QDropEvent(QPointF(4, 4), Qt.DropAction.CopyAction, data, *keys))


def save(qtbot, session, dialog):
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle(qtbot, session)


def test_everything_is_saved_as_one_step_and_undone_as_one(qtbot, session, dialog, tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    dialog.form.address.setPlainText("3 Harbour Lane\n\n  Whitby ")
    dialog.form.phone.setText("01947 555 0134")
    dialog.form.email.setText("hello@harbour.example")
    qtbot.mouseClick(dialog.form.colours.swatches[COLOURS[1]], Qt.MouseButton.LeftButton)
    drop(dialog, tmp_path / "logo.png")
    assert "logo.png" in said(dialog)
    save(qtbot, session, dialog)
    found = letterhead(session.file)
    assert (found.business.name, found.business.address) == ("Corner shop", "3 Harbour Lane\nWhitby")
    assert (found.business.email, found.business.colour) == ("hello@harbour.example", COLOURS[1])
    assert found.business.currency == "GBP"
    assert found.logo is not None
    assert (found.logo.data, found.logo.media_type, found.logo.name) == (png(), "image/png", "logo.png")
    session.undo()
    settle(qtbot, session)
    assert letterhead(session.file).logo is None
    assert catalogue.business(session.file).phone == ""


def test_the_letterhead_reaches_a_report(qtbot, session, dialog, tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    dialog.form.name.setText("Harbour Bakery")
    drop(dialog, tmp_path / "logo.png")
    save(qtbot, session, dialog)
    page = PdfReader(io.BytesIO(report_look.as_pdf(store_look.sheet(session.file, TODAY)))).pages[0]
    assert "Harbour Bakery" in page.extract_text()
    assert len(page.images) == 1


def test_enter_in_the_colour_and_the_keys_for_saving_save(qtbot, session, dialog):
    dialog.form.colour.setText("#336699")
    qtbot.keyClick(dialog.form.colour, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert letterhead(session.file).business.colour == "#336699"


def test_escape_anywhere_lets_go_of_what_was_typed(qtbot, session, dialog):
    qtbot.keyClicks(dialog.form.phone, "0199")
    qtbot.keyClick(dialog.keep, Qt.Key.Key_Escape)
    settle(qtbot, session)
    assert not session.draft("letterhead")
    assert catalogue.business(session.file).phone == ""


def test_a_logo_is_taken_away_again(qtbot, session, dialog, tmp_path):
    (tmp_path / "logo.svg").write_bytes(SVG)
    drop(dialog, tmp_path / "logo.svg")
    assert dialog.form.logo.away.isVisible()
    qtbot.mouseClick(dialog.form.logo.away, Qt.MouseButton.LeftButton)
    assert "None yet" in said(dialog)
    save(qtbot, session, dialog)
    assert letterhead(session.file).logo is None


def test_a_file_that_is_no_picture_is_refused_in_words_and_the_logo_stays(session, dialog, tmp_path):
    (tmp_path / "logo.svg").write_bytes(SVG)
    drop(dialog, tmp_path / "logo.svg")
    (tmp_path / "letter.png").write_bytes(b"Dear all")
    drop(dialog, tmp_path / "letter.png")
    assert "no picture that can be printed" in said(dialog)
    assert dialog.logo is not None
    assert dialog.logo.name == "logo.svg"


def test_a_file_that_is_gone_is_said(tmp_path):
    with pytest.raises(UserError, match=r"“gone\.png” could not be read"):
        read_logo(tmp_path / "gone.png")


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [("name", " ", "what the business is called"), ("email", "no at", "one @"), ("colour", "red", "six figures")],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(qtbot, session, dialog, field, text, words):
    getattr(dialog.form, field).setText(text)
    save(qtbot, session, dialog)
    assert words in said(dialog)
    assert dialog.isVisible()
    assert catalogue.business(session.file).name == "Corner shop"


def test_a_colour_too_light_for_paper_is_said_in_words_with_the_darker_shade():
    words, shade = colour_words("#F2C14E")
    assert "hard to read" in words
    assert shade != "#F2C14E"
    assert colour_words(shade)[0] == "It can be read well on white paper."
    assert colour_words("#F2C") == ("", "")


@pytest.mark.parametrize("colour", COLOURS)
def test_the_colours_offered_need_no_darker_shade(colour):
    assert colour_words(colour)[1] == colour


def test_the_picture_follows_what_is_typed(qtbot, session, dialog):
    qtbot.waitUntil(lambda: dialog.head._picture is not None)
    before = dialog.head._picture.toImage()
    dialog.form.name.setText("Harbour Bakery")
    qtbot.waitUntil(lambda: dialog.head._picture.toImage() != before)


def test_half_typed_it_is_there_again_and_cancel_lets_it_go(qtbot, session, dialog, parent):
    dialog.form.phone.setText("0194")
    qtbot.waitUntil(lambda: "0194" in session.draft("letterhead"))
    dialog.close()
    settle(qtbot, session)
    again = LetterheadDialog(session, parent)
    assert again.form.phone.text() == "0194"
    again._cancel()
    assert session.draft("letterhead") == ""
