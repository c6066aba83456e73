"""The keyboard stays in the list of feedback: after an answer, after undo; Home and End go to its ends."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.page import FeedbackPage
from cvdesk.feedback.records import Entry
from tests.desk import TODAY, button_named
from tests.pages import make_session, settle


@pytest.fixture
def session(qapp, tmp_path):
    file = make_business(tmp_path / "shop.cvdesk", Business("Corner shop"))

    def fill(op):
        for days in range(60):
            store.save(op, Entry(date=TODAY - timedelta(days=days), text=f"note {days}", needs_answer=days < 2))

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
    made.table.select_row(0)
    made.table.setFocus()
    QApplication.processEvents()
    return made


def answered(qtbot, session, page):
    """Clicks Answered, with the keyboard on it as a click leaves it."""
    QApplication.processEvents()
    made = button_named(page.card, "Answered")
    made.setFocus()
    made.click()
    settle(qtbot, session)


def test_the_keyboard_is_back_in_the_list_after_an_answer_and_after_undo(qtbot, session, page):
    answered(qtbot, session, page)
    assert page.table.hasFocus()
    assert page.table.currentIndex().row() == 0
    session.undo()
    settle(qtbot, session)
    assert page.table.hasFocus()


def test_the_next_that_waits_is_selected_and_an_empty_list_lends_the_keyboard(qtbot, session, page):
    page.filters.waiting.click()
    settle(qtbot, session)
    page.table.select_row(1)
    page.table.setFocus()
    answered(qtbot, session, page)
    assert page.table.hasFocus()
    assert page.table.currentIndex().row() == 0
    answered(qtbot, session, page)
    assert page.filters.everything.hasFocus()
    session.undo()
    settle(qtbot, session)
    assert page.table.hasFocus()


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot, page):
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    assert page.table.chosen_rows() == [(59, 1)]
    qtbot.keyClick(page.table, Qt.Key.Key_Home)
    assert page.table.chosen_rows() == [(0, 1)]
    qtbot.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.chosen_rows() == [(0, 60)]
