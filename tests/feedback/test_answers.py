"""What needs an answer: written with snippets, noted, taken off the list; half-written answers stay."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Business
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store, store_answers
from cvdesk.feedback.page import FeedbackPage
from cvdesk.feedback.page_snippets import SnippetsDialog
from cvdesk.feedback.records import Entry
from cvdesk.feedback.store_answers import Snippet, snippets
from tests.desk import TODAY, button_named
from tests.pages import make_session, settle


@pytest.fixture
def session(qapp, tmp_path):
    file = make_business(tmp_path / "shop.cvdesk", Business("Corner shop"))

    def fill(op):
        ada = customers.save(op, Customer(name="Ada Lovelace"))
        for days, text in ((0, "new question"), (9, "old question")):
            store.save(op, Entry(date=TODAY - timedelta(days=days), text=text, customer_id=ada, needs_answer=True))
        store.save(op, Entry(date=TODAY, text="just words"))
        store_answers.save_snippet(op, Snippet("Sorry", "Dear {name}, we are sorry."))

    file.run("Fill", fill)
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, session):
    made = FeedbackPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle(qtbot, session)
    made.filters.waiting.click()
    settle(qtbot, session)
    made.table.select_row(0)
    made.table.setFocus()
    QApplication.processEvents()
    return made


def press(qtbot, session, page, name):
    QApplication.processEvents()
    button_named(page.card, name).click()
    settle(qtbot, session)


def entry(session, text):
    return store.get(session.file, session.file.value("SELECT id FROM entries WHERE text = ?", (text,)))


def test_an_answer_is_written_with_a_snippet_by_keys_and_noted(qtbot, session, page):
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    field = page.card.answer.field
    assert field.hasFocus()
    qtbot.keyClick(field, "/")
    menu = page.card.answer.menu
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert field.toPlainText() == "Dear Ada, we are sorry."
    qtbot.keyClicks(field, " A/B")
    assert field.toPlainText().endswith("A/B")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    saved = entry(session, "old question")
    assert (saved.answer, saved.answered) == ("Dear Ada, we are sorry. A/B", TODAY)
    assert page.filters.waiting.text() == "Needs an answer (1)"
    assert page.table.rows.rowCount() == 1
    session.undo()
    settle(qtbot, session)
    assert entry(session, "old question").answered is None


def test_a_slash_stays_where_no_snippet_is_chosen(qtbot, session, page):
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    field = page.card.answer.field
    qtbot.keyClick(field, "/")
    qtbot.keyClick(page.card.answer.menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: field.toPlainText() == "/")


def test_a_half_written_answer_outlives_the_next_choice(qtbot, session, page):
    page.card.answer.field.setPlainText("Dear Ada, yes")
    page.table.select_row(1)
    settle(qtbot, session)
    assert page.card.answer.field.toPlainText() == ""
    page.table.select_row(0)
    assert page.card.answer.field.toPlainText() == "Dear Ada, yes"
    press(qtbot, session, page, "Answered")
    assert entry(session, "old question").answer == "Dear Ada, yes"
    assert session.file.value("SELECT count(*) FROM drafts") == 0


def test_somebody_elses_change_leaves_what_is_being_written(qtbot, session, page):
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    qtbot.keyClicks(page.card.answer.field, "Dear")
    session.run("Other", lambda op: store.save(op, Entry(date=TODAY, text="meanwhile")))
    session.run("Kind", lambda op: op.update("entries", page.card._id, {"kind": "question"}))
    settle(qtbot, session)
    assert page.card.answer.field.toPlainText() == "Dear"
    assert page.card.answer.field.hasFocus()


def test_no_answer_needed_takes_it_off_the_list_and_the_last_one_is_praised(qtbot, session, page):
    press(qtbot, session, page, "No answer needed")
    assert page.table.rows.rowCount() == 1
    page.table.select_row(0)
    press(qtbot, session, page, "No answer needed")
    assert page.empty.sentence.text() == "Everybody has an answer."
    assert entry(session, "new question").needs_answer is False


def test_an_answer_can_be_taken_back(qtbot, session, page):
    press(qtbot, session, page, "Answered")
    page.show_record(entry(session, "old question").id)
    press(qtbot, session, page, "Not answered after all")
    assert entry(session, "old question").answered is None


def test_copying_takes_the_answer_to_the_clipboard(qtbot, session, page):
    page.card.answer.field.setPlainText("Dear <b>Ada</b>")
    press(qtbot, session, page, "Copy the answer")
    assert QGuiApplication.clipboard().text() == "Dear <b>Ada</b>"


def test_feedback_that_needs_no_answer_offers_one_quietly(qtbot, session, page):
    page.show_record(entry(session, "just words").id)
    QApplication.processEvents()
    assert not page.card.answer.isVisible()
    press(qtbot, session, page, "Write an answer…")
    assert page.card.answer.field.hasFocus()


def test_snippets_are_added_changed_and_deleted(qtbot, session, page):
    dialog = SnippetsDialog(session, "Thank you, {name}.", page)
    dialog.open()
    qtbot.keyClicks(dialog.name, "sorry")
    dialog.save.click()
    settle(qtbot, session)
    assert "already" in dialog.wrong.text()
    dialog.name.setText("Thanks")
    dialog.save.click()
    settle(qtbot, session)
    assert [one.name for one in snippets(session.file)] == ["Sorry", "Thanks"]
    dialog.text.setPlainText("Thank you!")
    dialog.save.click()
    settle(qtbot, session)
    assert snippets(session.file)[1].text == "Thank you!"
    dialog.delete.click()
    settle(qtbot, session)
    assert [one.name for one in snippets(session.file)] == ["Sorry"]
    dialog.reject()


def test_answering_what_is_gone_or_lies_ahead_says_so(session):
    gone = entry(session, "new question").id
    with pytest.raises(UserError, match="before the feedback"):
        session.file.run("Answer", lambda op: store_answers.answer(op, gone, "", TODAY - timedelta(days=3)))
    session.file.run("Delete", lambda op: store.delete(op, gone))
    with pytest.raises(UserError, match="deleted"):
        session.file.run("Answer", lambda op: store_answers.answer(op, gone, "Dear", TODAY))


@pytest.mark.parametrize(("name", "text"), [("Ada", "Dear Ada, yes"), ("", "Dear, yes")])
def test_a_snippet_speaks_to_the_customer(name, text):
    assert Snippet("Yes", "Dear {name}, yes").written_to(name) == text
