"""The monthly look in the window: each step, leaving and coming back, undo, and being killed in the middle."""

import os
import signal
import subprocess
import sys
from datetime import date

import pytest
from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView, QWidget

from cvdesk.db import open_file
from cvdesk.feedback.store_list import EntryQuery
from cvdesk.kit import ask
from cvdesk.reports import store_look
from cvdesk.reports.page_look import LookDialog
from cvdesk.strategy import store_actions
from tests.figures.shop import new_shop
from tests.pages import Answers, catch_errors, make_session, said, settle
from tests.reports.look_shop import MONTH, TODAY, look_shop


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, look_shop(tmp_path), TODAY)
    yield made
    made.close()


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    made.resize(1360, 800)
    qtbot.addWidget(made)
    return made


def opened(qtbot, session, parent):
    dialog = LookDialog(session, parent)
    dialog.open()
    qtbot.waitExposed(dialog)
    settle(qtbot, session)
    return dialog


def shortcut(qtbot, dialog, key, modifier):
    """Presses keys that mean something wherever the keyboard is; without a display a window is not always active."""
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    qtbot.keyClick(dialog.focusWidget() or dialog, key, modifier)


def kept(session):
    return store_look.look(session.file, MONTH)


def press(qtbot, session, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)


def test_it_opens_where_there_is_something_to_file_and_says_how_long_it_takes(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    assert dialog.at == "file"
    assert "Monthly look: May 2026" in said(dialog)
    assert "2 comments since 1 May wait to be filed." in said(dialog)
    assert "Complaint #7, Customer 1" in said(dialog)
    assert "minutes in all" in dialog.clock.text()
    assert dialog.focusWidget() is dialog.filing.view.table


class Windows(QObject):
    """Notes each window that appears."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_other_window_flashes_up_and_takes_the_keyboard_away(qtbot, qapp, session, parent):
    session.file.run("Staff", lambda op: op.insert("staff", {"name": "Ruth"}))
    windows = Windows()
    qapp.installEventFilter(windows)
    dialog = opened(qtbot, session, parent)
    for key in dialog.steps:
        dialog.show_step(key)
        settle(qtbot, session)
    qapp.removeEventFilter(windows)
    assert windows.seen == ["LookDialog"]


def test_feedback_nobody_answered_is_opened_as_a_list(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    went = []
    session.open_requested.connect(lambda table, record: went.append((table, record)))
    name = "Open: 1 comment waits for an answer"
    press(qtbot, session, next(one for one in dialog.findChildren(QAbstractButton) if one.accessibleName() == name))
    assert went == [("entries", EntryQuery(needs_answer=True))]


def test_a_suggested_theme_is_confirmed_with_enter_and_the_count_goes_down(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    table = dialog.filing.view.table
    assert dialog.filing.view.card.words.toPlainText() == "The van came an hour late."
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert "1 comment since 1 May waits to be filed." in said(dialog)
    qtbot.keyClick(table, Qt.Key.Key_N)
    settle(qtbot, session)
    assert "All filed. Well done." in said(dialog)
    assert dialog.buttons["file"].accessibleName() == "Step 1: File what is new, Done"


def test_an_overdue_complaint_is_opened_and_the_look_is_left(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    went = []
    session.open_requested.connect(lambda table, record: went.append((table, record)))
    made = next(one for one in dialog.filing.findChildren(QAbstractButton) if one.text() == "Open")
    gone = []
    dialog.destroyed.connect(lambda: gone.append(True))
    press(qtbot, session, made)
    assert went == [("complaints", session.file.value("SELECT id FROM complaints"))]
    qtbot.waitUntil(lambda: gone == [True])


def test_findings_are_ticked_with_the_keyboard_and_undone(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    dialog.show_step("find")
    settle(qtbot, session)
    first = next(iter(dialog.finding.ticks))
    qtbot.keyClick(dialog.finding.ticks[first], Qt.Key.Key_Space)
    settle(qtbot, session)
    assert [one.key for one in kept(session).state.findings] == [first]
    assert dialog.finding.ticks[first].isChecked()
    assert "1 of three chosen." in said(dialog)
    shortcut(qtbot, dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    assert kept(session).id is None
    assert not dialog.finding.ticks[first].isChecked()


def test_a_press_on_the_words_ticks_them_and_with_three_the_others_rest(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    dialog.show_step("find")
    settle(qtbot, session)
    for key in list(dialog.finding.ticks)[:2]:
        row = dialog.finding.ticks[key].parentWidget()
        qtbot.mouseClick(row.said, Qt.MouseButton.LeftButton)
        settle(qtbot, session)
    dialog.finding.own.setFocus()
    qtbot.keyClicks(dialog.finding.own, "Monday is the worst day")
    qtbot.keyClick(dialog.finding.own, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert len(kept(session).state.said) == 3
    assert kept(session).state.own == "Monday is the worst day"
    assert "Three are chosen." in said(dialog)
    assert [tick.isEnabled() for tick in dialog.finding.ticks.values()] == [True, True, False]
    assert dialog.at == "find", "Enter keeps the words; it goes nowhere"


def test_one_thing_is_chosen_with_a_day_and_a_person_and_taken_back(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    dialog.show_step("choose")
    settle(qtbot, session)
    step = dialog.choosing
    assert not step.take.isEnabled()
    van = next(key for key, dot in step.dots.items() if dot.accessibleName() == "Second van")
    qtbot.mouseClick(step.dots[van], Qt.MouseButton.LeftButton)
    step.day.setDate(QDate(2026, 6, 15))
    step.who.setCurrentText("Priya")
    press(qtbot, session, step.take)
    one = kept(session).state.one
    assert (one.name, one.start, one.who) == ("Second van", date(2026, 6, 15), "Priya")
    assert store_actions.action(session.file, kept(session).action_id).status == "planned"
    assert "From 15 June 2026, Priya" in said(dialog)
    assert dialog.focusWidget() is step.other, "the keyboard stays in the step"
    press(qtbot, session, step.other)
    assert kept(session).state.one is None
    assert step.dots[van].isVisible()


def test_something_of_ones_own_becomes_an_action(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    dialog.show_step("choose")
    settle(qtbot, session)
    dialog.choosing.own.setFocus()
    qtbot.keyClicks(dialog.choosing.own, "Ask about the flour")
    qtbot.keyClick(dialog.choosing.own, Qt.Key.Key_Return)
    settle(qtbot, session)
    made = store_actions.action(session.file, kept(session).action_id)
    assert (made.name, made.status) == ("Ask about the flour", "planned")


def test_left_and_opened_again_it_goes_on_where_it_was_with_what_was_half_typed(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    shortcut(qtbot, dialog, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert dialog.at == "find"
    qtbot.keyClicks(dialog.finding.own, "Half a thou")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, session)
    again = opened(qtbot, session, parent)
    assert again.at == "find"
    assert again.finding.own.text() == "Half a thou"


def test_something_else_half_typed_is_there_again_and_forgotten_once_it_is_chosen(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    dialog.show_step("choose")
    settle(qtbot, session)
    qtbot.keyClicks(dialog.choosing.own, "Ask about the fl")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, session)
    again = opened(qtbot, session, parent)
    step = again.choosing
    assert again.at == "choose"
    assert step.own.text() == "Ask about the fl"
    assert step._own_dot.isChecked()
    assert step.take.isEnabled()
    step.own.setFocus()
    qtbot.keyClick(step.own, Qt.Key.Key_End)
    qtbot.keyClicks(step.own, "our")
    qtbot.keyClick(step.own, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert kept(session).state.one.name == "Ask about the flour"
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    settle(qtbot, session)
    assert opened(qtbot, session, parent).choosing.own.text() == ""


def test_something_else_half_typed_stays_though_a_candidate_is_chosen(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    dialog.show_step("choose")
    settle(qtbot, session)
    qtbot.keyClicks(dialog.choosing.own, "Ask about the fl")
    qtbot.mouseClick(next(iter(dialog.choosing.dots.values())), Qt.MouseButton.LeftButton)
    press(qtbot, session, dialog.choosing.take)
    assert kept(session).state.one is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, session)
    assert opened(qtbot, session, parent).choosing.own.text() == "Ask about the fl"


def test_the_whole_look_by_keyboard_ends_with_a_page_and_is_due_no_more(qtbot, session, parent, tmp_path, monkeypatch):
    dialog = opened(qtbot, session, parent)
    for _step in range(4):
        shortcut(qtbot, dialog, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        settle(qtbot, session)
    assert dialog.at == "print"
    assert dialog.next.text() == "Finish the look"
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "look.pdf"))
    press(qtbot, session, dialog.printing.save_button)
    qtbot.waitUntil(lambda: (tmp_path / "look.pdf").exists())
    written = (tmp_path / "look.pdf").read_bytes()
    settle(qtbot, session)
    assert session.file.value("SELECT pdf FROM printed WHERE kind = 'monthly'") == written
    heard = []
    session.said.connect(lambda text, _undo: heard.append(text))
    shortcut(qtbot, dialog, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, session)
    assert kept(session).finished == TODAY
    assert heard == ["The look is finished. The next one is due from 1 July 2026 on."]


def test_an_earlier_look_is_read_again_as_it_was(qtbot, session, parent):
    april = date(2026, 4, 1)
    session.file.run("Look", lambda op: store_look.write_own(op, april, date(2026, 5, 4), "Rye ran out"))
    session.file.run("Look", lambda op: store_look.finish(op, april, date(2026, 5, 4)))
    dialog = opened(qtbot, session, parent)
    dialog.months.chosen.emit(april)
    settle(qtbot, session)
    assert dialog.at == "print"
    assert not dialog.rail.isVisible()
    assert "An earlier look" in dialog.about.text()
    assert dialog.next.text() == "Close"
    assert dialog.printing.page._picture is not None
    dialog.months.chosen.emit(MONTH)
    settle(qtbot, session)
    assert dialog.at == "file"
    assert dialog.rail.isVisible()


def test_week_one_is_two_sensible_minutes(qtbot, qapp, parent, tmp_path):
    session = make_session(qapp, new_shop(tmp_path), TODAY)
    dialog = opened(qtbot, session, parent)
    assert "Nothing new waits to be filed." in said(dialog)
    for key, words in (
        ("find", "There is too little written down yet"),
        ("judge", "Nothing was begun yet"),
        ("choose", "No open action"),
    ):
        dialog.show_step(key)
        settle(qtbot, session)
        assert words in said(dialog)
    session.close()


def test_read_only_it_shows_everything_and_changes_nothing(qtbot, qapp, parent, tmp_path):
    look_shop(tmp_path).close()
    session = make_session(qapp, open_file(tmp_path / "shop.cvdesk", read_only=True), TODAY)
    dialog = opened(qtbot, session, parent)
    dialog.show_step("find")
    settle(qtbot, session)
    assert dialog.finding.ticks
    assert not any(tick.isEnabled() for tick in dialog.finding.ticks.values())
    dialog.show_step("choose")
    settle(qtbot, session)
    assert not any(dot.isEnabled() for dot in dialog.choosing.dots.values())
    dialog.show_step("print")
    settle(qtbot, session)
    with qtbot.waitSignal(dialog.finished):
        press(qtbot, session, dialog.next)
    session.close()


def test_figures_that_cannot_be_read_are_said_and_leave_the_step_usable(qtbot, session, parent, monkeypatch):
    shown = catch_errors(monkeypatch)

    def broken(*_given):
        raise ValueError("no figures")

    monkeypatch.setattr("cvdesk.reports.page_look_find.findings", broken)
    dialog = opened(qtbot, session, parent)
    assert len(shown) == 1
    dialog.show_step("find")
    assert dialog.finding.own.isEnabled()


def test_every_field_and_button_has_a_name(qtbot, session, parent):
    dialog = opened(qtbot, session, parent)
    for key in dialog.steps:
        dialog.show_step(key)
        settle(qtbot, session)
        for kind in (QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView):
            for one in dialog.findChildren(kind):
                if one.isVisible() and one.objectName() not in ("qt_spinbox_lineedit",):
                    name = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
                    assert name, f"{key}: {one}"


KILLED = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from cvdesk.db import open_file
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme
from cvdesk.reports.page_look import LookDialog

app = QApplication([])
session = Session(open_file(Path(sys.argv[1])), Theme(app, "light"), lambda: date(2026, 6, 3))
room = QWidget()
dialog = LookDialog(session, room)
dialog.open()
dialog.show_step("find")
while not dialog.finding.ticks:
    app.processEvents()
next(iter(dialog.finding.ticks.values())).click()
dialog.finding._typed("Half a thou")
dialog.choosing._typed("Ask about the fl")
while session.saving:
    app.processEvents()
print("ready", flush=True)
while True:
    app.processEvents()
"""


def test_killed_in_the_middle_it_is_all_there_again(qtbot, qapp, parent, tmp_path):
    look_shop(tmp_path).close()
    path = tmp_path / "shop.cvdesk"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGKILL)
    session = make_session(qapp, open_file(path), TODAY)
    dialog = opened(qtbot, session, parent)
    assert dialog.at == "find"
    assert len(kept(session).state.findings) == 1
    assert dialog.finding.own.text() == "Half a thou"
    assert dialog.choosing.own.text() == "Ask about the fl"
    session.close()
