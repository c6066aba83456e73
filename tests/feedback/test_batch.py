"""Notes on paper: what stays, what a note says otherwise, its picture, and a batch that outlives a crash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import files
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store, store_batch
from cvdesk.feedback.batch import Batch, Sticky, as_draft, filled, from_draft
from cvdesk.feedback.capture import read
from cvdesk.feedback.form_photo import PhotoField
from cvdesk.feedback.page_batch import BatchDialog, open_batch
from cvdesk.feedback.records import Entry
from cvdesk.kit import ask
from cvdesk.kit.session import Session
from tests.pages import Answers, make_session, said, settle

TODAY = date(2026, 11, 21)
TUESDAY = date(2026, 11, 17)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def session(qapp, file: BusinessFile) -> Iterator[Session]:
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


def shown(qtbot, session: Session) -> BatchDialog:
    dialog = BatchDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    return dialog


def enter(qtbot, dialog: BatchDialog, text: str) -> None:
    qtbot.keyClicks(dialog.note.line, text)
    qtbot.keyClick(dialog.note.line, Qt.Key.Key_Return)
    settle(qtbot, dialog.session)


def entries(file: BusinessFile) -> list[Entry]:
    return [store.get(file, row[0]) for row in file.rows("SELECT id FROM entries ORDER BY id")]


def channel(file: BusinessFile, key: str) -> int:
    return next(one.id for one in catalogue.named(file, "channels") if one.key == key)


def picture(path: Path) -> Path:
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(0xFFEEDDCC)
    assert image.save(str(path))
    return path


def test_what_stays_fills_what_a_note_does_not_say(file: BusinessFile):
    context = store.capture_context(file)
    first = context.themes[0]
    sticky = Sticky(TUESDAY, channel(file, "letter"), None, first.id)
    plain = filled(read("the crust was burnt, 2 stars", context, TODAY), sticky)
    assert (plain.date, plain.channel_id, plain.themes) == (TUESDAY, channel(file, "letter"), (first.id,))
    other = context.themes[1]
    told = filled(read(f"the crust was burnt, phone, yesterday #{other.key}", context, TODAY), sticky)
    assert (told.date, told.channel_id, told.themes) == (date(2026, 11, 20), channel(file, "phone"), (other.id,))


def test_a_batch_kept_as_text_comes_back_and_what_is_none_is_none():
    batch = Batch(Sticky(TUESDAY, 5, None, 7, "box – “front”"), "/pictures/ä.png", (1, 2))
    assert from_draft(as_draft(batch)) == batch
    for draft in ("", "nonsense", "[]", '{"sticky": {"date": "x"}}', '{"sticky": {"date": 5}, "photo": 1}'):
        assert from_draft(draft) is None


def test_note_after_note_with_keys_alone(qtbot, session: Session):
    dialog = shown(qtbot, session)
    dialog.channel.setCurrentIndex(dialog.channel.findText("Letter"))
    qtbot.keyClicks(dialog.source, "suggestion box")
    enter(qtbot, dialog, "anna berg: bread was stale, 2 stars")
    enter(qtbot, dialog, "lovely buns, yesterday, phone")
    one, other = entries(session.file)
    assert (one.text, one.rating, one.date, one.source) == ("bread was stale", 2.0, TODAY, "suggestion box")
    assert one.channel_id == channel(session.file, "letter")
    assert (other.date, other.channel_id) == (date(2026, 11, 20), channel(session.file, "phone"))
    assert dialog.note.line.text() == ""
    assert "2 notes" in said(dialog)
    assert dialog.table.rows.row(0).text == "lovely buns"


def test_each_note_gets_the_picture_and_the_file_holds_it_once(qtbot, session: Session, tmp_path, monkeypatch):
    answers = Answers()
    answers.open_file = lambda *_asked: picture(tmp_path / "box.png")
    monkeypatch.setattr(ask, "prompts", answers)
    dialog = shown(qtbot, session)
    dialog.photo.add_button.click()
    assert "box.png" in said(dialog)
    enter(qtbot, dialog, "bread was stale")
    enter(qtbot, dialog, "lovely buns")
    attached = [files.links(session.file, entry_id=entry.id) for entry in entries(session.file)]
    assert [[one.name for one in links] for links in attached] == [["box.png"], ["box.png"]]
    assert session.file.value("SELECT count(*) FROM attachments") == 1
    dialog.photo.remove_button.click()
    enter(qtbot, dialog, "no picture here")
    assert files.links(session.file, entry_id=entries(session.file)[-1].id) == []


def test_a_pasted_and_a_dropped_picture_are_taken(qtbot, session: Session, tmp_path):
    dialog = shown(qtbot, session)
    QGuiApplication.clipboard().setImage(QImage(str(picture(tmp_path / "a.png"))))
    qtbot.keyClick(dialog.note.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    enter(qtbot, dialog, "bread was stale")
    (link,) = files.links(session.file, entry_id=entries(session.file)[0].id)
    assert (link.name, link.media_type) == ("Pasted picture.png", "image/png")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "note.txt")), QUrl.fromLocalFile(str(tmp_path / "b.JPG"))])
    assert PhotoField.dropped(data) == tmp_path / "b.JPG"


def test_a_picture_that_is_gone_is_said_and_the_note_is_not_lost(qtbot, session: Session, tmp_path):
    dialog = shown(qtbot, session)
    path = picture(tmp_path / "a.png")
    dialog.photo.take_file(path)
    path.unlink()
    enter(qtbot, dialog, "bread was stale")
    assert "a.png cannot be read" in said(dialog)
    assert dialog.note.line.text() == "bread was stale"
    assert entries(session.file) == []
    dialog.photo.take_file(path)
    assert "a.png cannot be read" in said(dialog)


def test_two_notes_that_could_not_be_saved_both_come_back(qtbot, session: Session, tmp_path):
    dialog = shown(qtbot, session)
    path = picture(tmp_path / "a.png")
    dialog.photo.take_file(path)
    path.unlink()
    for text in ("bread was stale", "lovely buns"):
        qtbot.keyClicks(dialog.note.line, text)
        qtbot.keyClick(dialog.note.line, Qt.Key.Key_Return)
    settle(qtbot, session)
    dialog.photo.clear()
    for _time in range(2):
        qtbot.keyClick(dialog.note.line, Qt.Key.Key_Return)
        settle(qtbot, session)
    assert sorted(entry.text for entry in entries(session.file)) == ["bread was stale", "lovely buns"]
    assert dialog.note.line.text() == ""


def test_the_batch_goes_on_where_it_was_left(qtbot, session: Session, tmp_path):
    dialog = shown(qtbot, session)
    dialog.channel.setCurrentIndex(dialog.channel.findText("Letter"))
    dialog.photo.take_file(picture(tmp_path / "a.png"))
    enter(qtbot, dialog, "bread was stale")
    qtbot.keyClicks(dialog.note.line, "half a no")
    qtbot.waitUntil(lambda: session.file.draft(store_batch.LINE) == "half a no")  # by itself, as a crash would find it
    again = shown(qtbot, session)
    assert again.note.line.text() == "half a no"
    assert again.channel.currentText() == "Letter"
    assert again.photo.photo.name == "a.png"
    assert again.table.rows.rowCount() == 1
    again.note.line.clear()
    again.done_button.click()
    dialog.note.line.clear()
    settle(qtbot, session)
    assert session.file.draft(store_batch.BATCH) == ""


def test_a_note_is_removed_with_its_picture_and_undo_brings_both_back(qtbot, session: Session, tmp_path):
    dialog = shown(qtbot, session)
    dialog.photo.take_file(picture(tmp_path / "a.png"))
    enter(qtbot, dialog, "bread was stale")
    dialog.table.select_row(0)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    settle(qtbot, session)
    assert entries(session.file) == []
    assert session.file.value("SELECT count(*) FROM attachments") == 0
    session.undo()
    settle(qtbot, session)
    assert dialog.table.rows.row(0).photo


def test_an_entry_opens_on_its_page_and_the_batch_waits(qtbot, session: Session):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = open_batch(session, parent)
    assert open_batch(session, parent) is dialog
    enter(qtbot, dialog, "bread was stale")
    dialog.table.select_row(0)
    with qtbot.waitSignal(session.open_requested) as asked:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert asked.args == ["entries", entries(session.file)[0].id]
    settle(qtbot, session)
    assert len(from_draft(session.draft(store_batch.BATCH)).entries) == 1


def test_two_who_fit_are_asked_for_before_anything_is_saved(qtbot, session: Session):
    from cvdesk.customers import store as customers
    from cvdesk.customers.records import Customer

    for name in ("Anna Berg", "Anna Blau"):
        session.file.run("Add", lambda op, name=name: customers.save(op, Customer(name)))
    dialog = shown(qtbot, session)
    enter(qtbot, dialog, "anna: bread was stale")
    assert entries(session.file) == []
    assert "fit" in said(dialog)
    menu = dialog.note.chips._made[0].menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Anna Blau").trigger()
    qtbot.keyClick(dialog.note.line, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert dialog.table.rows.row(0).customer == "Anna Blau"


def test_two_notes_of_a_new_customer_in_one_breath_make_one_customer(qtbot, session: Session):
    dialog = shown(qtbot, session)
    for text in ("zoe quill: bread was stale", "zoe quill: lovely buns"):
        qtbot.keyClicks(dialog.note.line, text)
        qtbot.keyClick(dialog.note.line, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert [row[0] for row in session.file.rows("SELECT name FROM customers")] == ["Zoe Quill"]
    assert dialog.table.rows.rowCount() == 2


def test_a_known_name_is_offered_while_it_is_typed(qtbot, session: Session):
    enter(qtbot, shown(qtbot, session), "zoe quill: bread was stale")
    dialog = shown(qtbot, session)
    settle(qtbot, session)
    qtbot.keyClicks(dialog.note.line, "zo")
    qtbot.keyClick(dialog.note.line, Qt.Key.Key_Tab)
    assert dialog.note.line.text().startswith("Zoe Quill")
