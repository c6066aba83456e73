"""The log-only view as staff get it: chosen by the owner, still there after a restart, left with the PIN."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from cvdesk.shell.logonly import LogOnlyWindow
from cvdesk.shell.window import Window
from tests.desk import button_named, end, start
from tests.pages import settle


def front(window):
    """The dialog in front of a window."""
    return next(one for one in window.findChildren(QDialog) if one.isVisible())


def answer_with_pin(running, qtbot, pin, press):
    window = running.desk.shown
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(QDialog)))
    dialog = front(window)
    qtbot.keyClicks(dialog.findChild(QLineEdit), pin)
    button_named(dialog, press).click()


def shows(running, kind):
    return isinstance(running.desk.shown, kind) and running.desk.shown.isVisible()


@pytest.mark.display
def test_the_view_lasts_over_a_restart_and_the_pin_leads_back(qtbot, qapp, running, sample, tmp_path, monkeypatch):
    running.open(sample)
    running.window.commands.log_only()
    answer_with_pin(running, qtbot, "2468", "Start")
    qtbot.waitUntil(lambda: shows(running, LogOnlyWindow), timeout=10_000)
    running.desk.shown.close()
    running.desk.shown = None

    monkeypatch.setattr("cvdesk.shell.logonly_pin._FIRST_WAIT", 1)
    again = start(qtbot, qapp, tmp_path, monkeypatch)
    again.desk.open(sample)
    assert isinstance(again.desk.shown, LogOnlyWindow), "a restart does not lead out of it"
    settle(qtbot, again.desk.shown.session)
    view = again.desk.shown
    qtbot.keyClicks(view.capture.line, "nobody at the counter, 2 stars")
    qtbot.keyClick(view.capture.line, Qt.Key.Key_Return)
    settle(qtbot, view.session)
    assert view.session.file.value("SELECT text FROM entries ORDER BY id DESC LIMIT 1") == "nobody at the counter"

    view.leave()
    answer_with_pin(again, qtbot, "1111", "Leave")
    settle(qtbot, view.session)
    assert again.desk.shown is view, "a wrong PIN does not lead out"
    dialog = front(view)
    qtbot.waitUntil(dialog.leave_button.isEnabled)
    qtbot.keyClicks(dialog.pin, "2468")
    dialog.leave_button.click()
    qtbot.waitUntil(lambda: shows(again, Window), timeout=10_000)
    end(again)
