"""Files dropped on the Feedback page: attached to the open entry, made feedback of, or left for the window."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue import files
from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.page import FeedbackPage
from cvdesk.feedback.records import Entry
from tests.desk import TODAY
from tests.pages import make_session, settle


@pytest.fixture
def session(qapp, tmp_path):
    file = make_business(tmp_path / "shop.cvdesk", Business("Corner shop"))
    file.run("Fill", lambda op: store.save(op, Entry(date=TODAY, text="burnt", needs_answer=True, safety=True)))
    file.run("Fill", lambda op: store.save(op, Entry(date=TODAY, text="fine")))
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
    made.show_record(session.file.value("SELECT id FROM entries WHERE text = 'burnt'"))
    QApplication.processEvents()
    return made


@pytest.fixture
def brought(tmp_path):
    """A picture, a PDF, an e-mail and a list."""
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(tmp_path / "loaf.PNG"))
    (tmp_path / "bill.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "Ada <ada@example.org>", "Rye", "<1@example.org>"
    mail.set_content("The rye was burnt.")
    (tmp_path / "rye.eml").write_bytes(bytes(mail))
    (tmp_path / "list.csv").write_text("date,comment\n2025-06-05,Good bread\n")
    return tmp_path


def drag(widget, *paths) -> bool:
    """Drags files over a widget and lets go there, as the system delivers it; False where nobody takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(str(path) for path in paths))  # file managers put the names beside the addresses
    at, copy = QPoint(5, 5), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, copy, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(at), copy, data, buttons, keys))
    return enter.isAccepted()


def attached(session, text="burnt"):
    entry_id = session.file.value("SELECT id FROM entries WHERE text = ?", (text,))
    return sorted(one.name for one in files.links(session.file, entry_id=entry_id))


@pytest.mark.parametrize("where", ["words", "answer", "safety", "card", "area"])
def test_it_is_attached_wherever_on_the_card_it_is_dropped(qtbot, session, page, brought, where):
    widget = {
        "words": page.card._words.viewport(), "answer": page.card.answer.field.viewport(), "card": page.card,
        "safety": next(iter(page.card.safety.questions.fields.values())), "area": page.card._area.viewport(),
    }[where]  # fmt: skip
    assert drag(widget, brought / "loaf.PNG", brought / "bill.pdf", brought / "rye.eml")
    settle(qtbot, session)
    assert attached(session) == ["bill.pdf", "loaf.PNG", "rye.eml"]
    assert session.file.value("SELECT count(*) FROM entries") == 2
    assert page.card.answer.field.toPlainText() == ""


def test_a_picture_dropped_on_the_list_goes_to_the_selected_entry_and_an_email_becomes_feedback(
    qtbot, session, page, brought
):
    assert drag(page.table.viewport(), brought / "loaf.PNG", brought / "rye.eml")
    settle(qtbot, session)
    assert attached(session) == ["loaf.PNG"]
    assert session.file.value("SELECT count(*) FROM entries WHERE source = 'email'") == 1


def test_a_list_is_left_to_the_import(session, page, brought):
    for widget in (page, page.table.viewport(), page.card, page.card._words.viewport(), page.card.answer.field):
        assert not drag(widget, brought / "list.csv")
    assert attached(session) == []
    assert page.card.answer.field.toPlainText() == ""


def test_with_none_or_several_selected_it_is_said_that_one_is_needed(qtbot, session, page, brought):
    page.table.selectAll()
    with qtbot.waitSignal(session.said) as told:
        assert drag(page.table.viewport(), brought / "loaf.PNG")
    assert told.args == ["Choose the one entry it belongs to, then drop it again.", False]
    page.table.clearSelection()
    page.table.setCurrentIndex(page.table.rows.index(-1, -1))
    with qtbot.waitSignal(session.said):
        assert drag(page.side, brought / "loaf.PNG")
    settle(qtbot, session)
    assert attached(session) == attached(session, "fine") == []
