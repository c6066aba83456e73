"""Counter mode as the owner begins and ends it: with a PIN, over a restart, and with no other way out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenuBar

from cvdesk.catalogue import pin
from cvdesk.shell.counter import CounterWindow
from cvdesk.shell.counter_kept import is_counter
from cvdesk.shell.window import Window
from cvdesk.surveys import store_counter
from tests.desk import TODAY, button_named, end, start
from tests.pages import said, settle

pytestmark = pytest.mark.display


def front(window):
    """The dialog in front of a window."""
    return next(one for one in window.findChildren(QDialog) if one.isVisible())


def no_dialog(window):
    return not any(one.isVisible() for one in window.findChildren(QDialog))


def shows(running, kind):
    return isinstance(running.desk.shown, kind) and running.desk.shown.isVisible()


def at_the_counter(running, qtbot):
    """The counter, ready for somebody."""
    qtbot.waitUntil(lambda: shows(running, CounterWindow), timeout=10_000)
    window = running.desk.shown
    settle(qtbot, window.session)
    qtbot.waitUntil(lambda: not window.view._guard.isActive())
    return window


def begin(running, qtbot, sample, code="2468"):
    running.open(sample)
    session = running.window.session
    survey = session.file.run("Survey", lambda op: store_counter.minute_survey(op, TODAY)).result
    running.window.open("counter", survey)
    dialog = front(running.window)
    button_named(dialog, "Start").click()
    settle(qtbot, session)
    assert "Set a PIN" in said(dialog), "without one nobody could come back in here"
    qtbot.keyClicks(dialog.pin, code)
    qtbot.keyClicks(dialog.again, f"{code}1")
    button_named(dialog, "Start").click()
    assert "The two are not the same" in said(dialog), "a slip would lock the owner in"
    dialog.again.clear()
    qtbot.keyClicks(dialog.again, code)
    button_named(dialog, "Start").click()
    return at_the_counter(running, qtbot)


def close_for_good(running):
    running.desk.shown.let_close()
    running.desk.shown.close()
    running.desk.shown = None


def test_there_is_no_way_out_but_the_pin(qtbot, running, sample, monkeypatch):
    monkeypatch.setattr("cvdesk.shell.logonly_pin._FIRST_WAIT", 1)
    window = begin(running, qtbot, sample)
    assert window.isFullScreen()
    assert window.findChildren(QMenuBar) == []
    ways = (
        lambda: qtbot.keyClick(window.view, Qt.Key.Key_Escape),
        lambda: qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        window.close,
        lambda: qtbot.mouseClick(window.view.welcome.lock, Qt.MouseButton.LeftButton),
    )
    for way in ways:
        way()
        assert window.isVisible()
        dialog = front(window)
        assert "Leave counter mode" in said(dialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: no_dialog(window))
    window.close()
    dialog = front(window)
    for digit in "1111":
        button_named(dialog, digit).click()
    button_named(dialog, "Leave").click()
    assert "This is not the PIN" in said(dialog)
    qtbot.waitUntil(dialog.leave_button.isEnabled)
    for digit in ("2", "4", "6", "9", "Delete the last digit", "8"):
        button_named(dialog, digit).click()
    button_named(dialog, "Leave").click()
    qtbot.waitUntil(lambda: shows(running, Window), timeout=10_000)
    assert not is_counter(running.desk.settings, sample)


def test_made_small_by_the_window_manager_it_takes_the_whole_screen_again(qtbot, running, sample):
    window = begin(running, qtbot, sample)
    window.showMinimized()
    qtbot.waitUntil(lambda: window.isFullScreen() and not window.isMinimized())
    close_for_good(running)


def test_the_question_for_the_pin_goes_by_itself(qtbot, running, sample, monkeypatch):
    monkeypatch.setattr("cvdesk.shell.counter.PIN_STAYS", 50)
    window = begin(running, qtbot, sample)
    window.leave()
    qtbot.waitUntil(lambda: no_dialog(window))
    assert window.view.showing == "welcome"
    close_for_good(running)


def test_a_restart_leads_back_to_the_counter_and_what_was_begun_counts(
    qtbot, qapp, running, sample, tmp_path, monkeypatch
):
    window = begin(running, qtbot, sample)
    before = window.session.file.value("SELECT count(*) FROM assessments")
    window.view.begin()
    for key in "453":
        qtbot.keyClick(window.view.asking, key)
        settle(qtbot, window.session)
    close_for_good(running)

    again = start(qtbot, qapp, tmp_path, monkeypatch)
    again.desk.open(sample)
    window = at_the_counter(again, qtbot)
    file = window.session.file
    assert window.view.showing == "welcome"
    assert file.value("SELECT count(*) FROM assessments") == before + 1
    assert file.value("SELECT count(*) FROM answers JOIN assessments ON assessments.id = assessment_id"
                      " WHERE sheet_token IS NOT NULL AND answers.state = 'answered' AND source LIKE '%minute%'"
                      " AND assessments.id = (SELECT max(id) FROM assessments)") == 3  # fmt: skip
    file.run("Take the PIN away", lambda op: pin.set_pin(op, ""))
    window.leave()  # nothing to ask for any more
    button_named(front(window), "Leave").click()
    qtbot.waitUntil(lambda: shows(again, Window), timeout=10_000)
    end(again)


def test_an_error_at_the_counter_shows_no_details_to_customers(qtbot, running, sample):
    window = begin(running, qtbot, sample)
    running.desk._show_error("", "", "Traceback: /home/ruth/customers")
    assert window.view.showing == "closed"
    assert no_dialog(window)
    assert running.person.heard() == []
    close_for_good(running)
