"""Attachments of feedback, and saved e-mails that become feedback."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue import files
from cvdesk.catalogue.records import Business
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.mail import read_email, words_of_html
from cvdesk.feedback.page import FeedbackPage
from cvdesk.feedback.page_files import FilesBox, _passing_copy, _small
from cvdesk.feedback.records import Entry
from cvdesk.kit import ask
from tests.desk import TODAY, button_named
from tests.pages import Answers, catch_errors, make_session, said, settle


def mail(text="The rye was burnt.\nTwice.", subject="Rye", sender="Ada Lovelace <Ada@example.org>", html=""):
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = sender, subject, "<1@example.org>"
    made["Date"] = "Thu, 19 Nov 2026 23:30:00 -0500"
    if text:
        made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html") if text else made.set_content(html, subtype="html")
    return made


def picture() -> bytes:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


@pytest.fixture
def session(qapp, tmp_path):
    file = make_business(tmp_path / "shop.cvdesk", Business("Corner shop"))
    file.run("Fill", lambda op: store.save(op, Entry(date=TODAY, text="burnt")))
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, session):
    made = FeedbackPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show()
    qtbot.waitExposed(made)
    settle(qtbot, session)
    made.table.select_row(0)
    QApplication.processEvents()
    return made


def drop(widget, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    widget.dropEvent(QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    ))  # fmt: skip


def box(page) -> FilesBox:
    return next(one for one in page.card.findChildren(FilesBox) if one.isVisible())


def attached(session):
    return files.links(session.file, entry_id=session.file.value("SELECT id FROM entries WHERE text = 'burnt'"))


def test_a_file_is_attached_shown_saved_and_removed(qtbot, session, page, monkeypatch, tmp_path):
    (tmp_path / "loaf.png").write_bytes(picture())
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "copy.png"))
    drop(box(page), tmp_path / "loaf.png")
    settle(qtbot, session)
    assert [one.name for one in attached(session)] == ["loaf.png"]
    assert "loaf.png" in said(page.card)
    button_named(page.card, "Save loaf.png somewhere").click()
    settle(qtbot, session)
    assert (tmp_path / "copy.png").read_bytes() == picture()
    button_named(page.card, "Remove loaf.png").click()
    settle(qtbot, session)
    assert attached(session) == []
    session.undo()
    settle(qtbot, session)
    assert [one.name for one in attached(session)] == ["loaf.png"]


def test_it_is_opened_only_on_a_click_as_a_passing_copy(qtbot, session, page, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    (tmp_path / "loaf.png").write_bytes(picture())
    box(page).attach(tmp_path / "loaf.png")
    settle(qtbot, session)
    assert opened == []
    button_named(page.card, "Open loaf.png").click()
    settle(qtbot, session)
    (path,) = opened
    assert path.endswith("loaf.png")
    assert path != str(tmp_path / "loaf.png")


def test_a_picture_is_pasted(qtbot, session, page):
    QGuiApplication.clipboard().setImage(QImage.fromData(picture()))
    button_named(page.card, "Paste a picture").click()
    settle(qtbot, session)
    assert [one.media_type for one in attached(session)] == ["image/png"]
    QGuiApplication.clipboard().setText("words")
    with qtbot.waitSignal(session.said) as told:
        box(page).paste_picture()
    assert "no picture" in told.args[0]


def test_names_lead_nowhere_else_and_the_ending_is_that_of_the_content(session):
    entry_id = session.file.value("SELECT id FROM entries")
    for name in ("../../evil.png", "evil.png.exe", "C:\\temp\\run.bat", "..", "a/b<>.desktop"):
        data = picture() + name.encode()
        key = session.file.run("Attach", lambda op, d=data, n=name: files.attach(op, d, n, entry_id=entry_id)).result
        one = next(one for one in files.links(session.file, entry_id=entry_id) if one.id == key)
        path = _passing_copy(one, session.file)
        assert path.suffix == ".png"
        assert path.read_bytes() == data
        assert ".." not in path.name


def test_what_is_no_picture_or_a_bomb_has_no_small_one(session):
    entry_id = session.file.value("SELECT id FROM entries")
    bomb = (
        b"BM"
        + bytes(8)
        + b"\x36\0\0\0"
        + b"\x28\0\0\0"
        + (60_000).to_bytes(4, "little") * 2
        + b"\1\0\x20\0"
        + bytes(24)
    )
    for name, data, shown in (
        ("a.png", picture(), True),
        ("b.png", b"\x89PNG\r\n\x1a\nbroken", False),
        ("c.bmp", bomb, False),
    ):
        key = session.file.run("Attach", lambda op, d=data, n=name: files.attach(op, d, n, entry_id=entry_id)).result
        assert (_small(key, 40, session.file) is not None) is shown


def test_a_dropped_email_becomes_feedback_with_the_email_attached(qtbot, session, page, tmp_path):
    path = tmp_path / "rye.eml"
    path.write_bytes(bytes(mail()))
    drop(page, path)
    settle(qtbot, session)
    made = store.get(session.file, session.file.value("SELECT id FROM entries WHERE source = 'email'"))
    assert made.text == "Rye\n\nThe rye was burnt.\nTwice."
    assert (made.date.isoformat(), made.needs_answer) == ("2026-11-19", True)
    customer = customers.get(session.file, made.customer_id)
    assert (customer.name, customer.contacts[0].value) == ("Ada Lovelace", "Ada@example.org")
    assert [one.name for one in files.links(session.file, entry_id=made.id)] == ["rye.eml"]
    assert page.card._id == made.id
    drop(page, path)
    settle(qtbot, session)
    assert session.file.value("SELECT count(*) FROM entries") == 2
    session.undo()
    settle(qtbot, session)
    assert session.file.value("SELECT count(*) FROM customers") == 0


def test_an_email_about_danger_is_a_matter_of_safety(qtbot, session, page, tmp_path):
    path = tmp_path / "nuts.eml"
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Ada Lovelace <ada@example.org>", "Nuts"
    letter.set_content("My son is allergic and there were walnuts in the plain loaf.")
    path.write_bytes(bytes(letter))
    drop(page, path)
    settle(qtbot, session)
    assert session.file.value("SELECT safety FROM entries WHERE source = 'email'") == 1


def test_an_email_is_filed_with_who_writes_from_that_address(qtbot, session, page, tmp_path):
    path = tmp_path / "rye.eml"
    path.write_bytes(bytes(mail()))
    known = session.file.run(
        "Add", lambda op: customers.save(op, Customer(name="Ada", contacts=(Contact("email", "ada@EXAMPLE.org"),)))
    ).result
    page.bring_email(path)
    settle(qtbot, session)
    assert session.file.value("SELECT customer_id FROM entries WHERE source = 'email'") == known


def test_what_is_no_email_is_refused_in_words(qtbot, session, page, tmp_path, monkeypatch):
    shown = catch_errors(monkeypatch)
    path = tmp_path / "not.eml"
    path.write_bytes(b"\x00\x01\x02 nothing")
    page.bring_email(path)
    settle(qtbot, session)
    assert shown == ["This is no e-mail that can be read."]
    assert session.file.value("SELECT count(*) FROM entries") == 1


def test_html_is_read_as_words_only():
    html = (
        "<html><head><title>No</title><style>p{}</style></head><body><script>alert(1)</script>"
        "<p>Dear&nbsp;shop,</p><p>the rye &lt;b&gt; was <b>burnt</b>.<br>Twice.</p><img src='http://x/y.png'></body>"
    )
    assert words_of_html(html) == "Dear shop,\n\nthe rye <b> was burnt.\nTwice."
    assert read_email(bytes(mail(text="", html=html))).text == "Dear shop,\n\nthe rye <b> was burnt.\nTwice."
    assert read_email(bytes(mail(text="plain wins", html=html))).text == "plain wins"


def test_lines_typed_as_such_and_numbers_of_lists_stay():
    assert words_of_html("Hi<pre class='moz-quote-pre' wrap>1. How?\n  [4]\n</pre>bye") == "Hi\n1. How?\n[4]\n\nbye"
    assert words_of_html("<ol start=2><li>4</li><li>5<ul><li>so</li></ul></li><li value='9'>no</li></ol>x") == (
        "2. 4\n\n3. 5\n\nso\n\n9. no\n\nx"
    )
    assert words_of_html("<li>loose</li></ol><ol start=x><li>one") == "loose\n\n1. one"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "cp1252", "nonsense", "rot13", "base64"])
def test_letters_survive_whatever_charset_is_claimed(charset):
    raw = "From: =?utf-8?q?J=C3=B6?= <jo@example.org>\nSubject: Br\u00f6tchen\n"
    raw += f"Content-Type: text/plain; charset={charset}\n\n"
    said_ = "Grüße".encode("utf-8" if charset not in ("iso-8859-1", "cp1252") else charset)
    found = read_email(raw.encode() + said_)
    assert (found.name, found.subject, found.text) == ("Jö", "Brötchen", "Grüße")


@given(st.binary(max_size=400))
def test_any_bytes_are_an_email_or_are_refused(data: bytes):
    for content in (
        data,
        b"Subject: x\n" + data,
        b"From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" + data,
    ):
        try:
            found = read_email(content)
        except UserError:
            continue
        for text in (found.name, found.address, found.subject, found.text, found.message_id):
            text.encode()
            assert "\x00" not in text


@given(st.text(max_size=200))
def test_any_markup_gives_words(text: str):
    words_of_html(text)
    words_of_html(f"<![{text}]]><p>{text}")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=80).map(str.strip))
def test_plain_words_come_through_verbatim(text: str):
    made = mail(text=text or "x")
    assert read_email(bytes(made)).text == (text or "x").strip()


def test_parts_inside_parts_without_end_are_no_crash():
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (place, place) for place in range(600))
    with suppress(UserError):
        assert read_email(b"Subject: deep\n" + deep).text == ""
