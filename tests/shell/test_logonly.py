"""The log-only view: logs, counts, takes back one's own and nothing else, and is left by the owner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QTableView

from cvdesk.catalogue import pin
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.complaints import store as complaints
from cvdesk.db import BusinessFile, open_file
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.capture import read
from cvdesk.feedback.store_today import logged_today
from cvdesk.kit.session import Session
from cvdesk.kit.undo_keys import UndoKeys
from cvdesk.shell.logonly import LogOnlyWindow, start_log_only
from cvdesk.shell.logonly_kept import is_log_only, keep_log_only, log_only_file
from cvdesk.shell.logonly_pin import LeaveDialog, StartDialog
from cvdesk.shell.staff import NameDialog, NameTile, initials
from tests.pages import catch_errors, make_session, said, settle

TODAY = date.today()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def session(qapp, file: BusinessFile) -> Iterator[Session]:
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def undo_keys(qapp) -> Iterator[None]:
    """The running program has them: Ctrl+Z in a field without typing is the window's."""
    made = UndoKeys(qapp)
    yield
    qapp.focusChanged.disconnect(made._moved)
    made.deleteLater()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


class View:
    """The window on the screen, and where it was left to."""

    def __init__(self, qtbot, session: Session, settings: QSettings) -> None:
        self.qtbot, self.session = qtbot, session
        self.left: list[str] = []
        self.window = LogOnlyWindow(session, settings, self.left.append)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def log(self, line: str) -> None:
        self.qtbot.keyClicks(self.window.capture.line, line)
        self.qtbot.keyClick(self.window.capture.line, Qt.Key.Key_Return)
        settle(self.qtbot, self.session)

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.window.focusWidget(), key, modifiers)
        settle(self.qtbot, self.session)


def add_staff(file: BusinessFile, name: str) -> tuple[int, str]:
    return file.run("Add", lambda op: catalogue.add_staff(op, name)).result


def log(file: BusinessFile, line: str, staff_id: int | None = None) -> store.LoggedIds:
    captured = read(line, store.capture_context(file), TODAY)
    return file.run("Log feedback", lambda op: store.save_captured(op, captured, staff_id=staff_id)).result


def words(file: BusinessFile) -> list[str]:
    return [row[0] for row in file.rows("SELECT text FROM entries ORDER BY id")]


def test_it_shows_what_this_person_logged_today_and_nothing_of_others(qtbot, session, settings):
    file = session.file
    ruth, omar = add_staff(file, "Ruth Hill"), add_staff(file, "Omar")
    log(file, "the crust was burnt", omar[0])
    log(file, "a queue to the door", None)
    settings.setValue("window/staff", str(ruth[0]))
    view = View(qtbot, session, settings)
    assert session.staff == ruth
    assert "Nothing yet" in said(view.window)
    view.log("lovely rye, 5 stars")
    assert "What Ruth Hill logged today" in said(view.window)
    assert view.window.table.rows.rowCount() == 1
    assert view.window.table.rows.row(0).text == "lovely rye"
    assert [one for one in view.window.findChildren(QTableView) if one.isVisible()] == [view.window.table]
    view.window.tile.choose(omar)
    assert view.window.table.rows.row(0).text == "the crust was burnt"
    view.window.tile.choose(None)
    assert view.window.table.rows.row(0).text == "a queue to the door"


def test_undo_reaches_what_was_done_here_and_never_what_the_owner_did_before(qtbot, session, settings):
    log(session.file, "what the owner wrote")
    view = View(qtbot, session, settings)
    view.log("anna berg: bread was stale")
    view.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words(session.file) == ["what the owner wrote"]
    assert session.file.value("SELECT count(*) FROM customers") == 0
    view.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words(session.file) == ["what the owner wrote"]
    assert "There is nothing of yours to take back" in said(view.window)


def test_one_entry_of_several_is_taken_back_with_the_complaint_made_of_it(qtbot, session, settings):
    view = View(qtbot, session, settings)
    view.log("anna berg: bread was stale, complaint")
    view.log("anna berg: lovely buns")
    view.window.table.select_row(1)
    view.window.table.setFocus()
    qtbot.keyClick(view.window.table, Qt.Key.Key_Delete)
    settle(qtbot, session)
    assert words(session.file) == ["lovely buns"]
    assert session.file.value("SELECT count(*) FROM complaints") == 0
    assert session.file.value("SELECT name FROM customers JOIN entries ON customer_id = customers.id") == "Anna Berg"
    assert view.window.back_button.isHidden()
    view.window.table.select_row(0)
    view.window.back_button.click()
    settle(qtbot, session)
    assert words(session.file) == []
    assert view.window.back_button.isHidden()
    view.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words(session.file) == ["lovely buns"]


def test_what_somebody_works_on_already_is_not_taken_back(qtbot, session, settings, monkeypatch):
    shown = catch_errors(monkeypatch)
    view = View(qtbot, session, settings)
    view.log("bread was stale, complaint")
    case = session.file.value("SELECT id FROM complaints")
    session.file.run("Step", lambda op: complaints.step(op, case, "acknowledged", TODAY))
    view.window.table.select_row(0)
    view.window.take_back()
    settle(qtbot, session)
    assert shown == ["Somebody works on the complaint made of this already."]
    assert words(session.file) == ["bread was stale"]


def test_a_tally_counts_and_its_undo_is_of_this_view(qtbot, session, settings):
    view = View(qtbot, session, settings)
    view.window.tally.add_button.click()
    qtbot.keyClicks(view.window.tally.name, "queue")
    qtbot.keyClick(view.window.tally.name, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert "queue: 1 today" in view.window.said.text()
    view.window.undo_button.click()
    settle(qtbot, session)
    assert view.window.tally.chips == []


def test_without_a_pin_it_is_left_at_once_and_with_one_only_by_it(qtbot, session, settings, monkeypatch):
    monkeypatch.setattr("cvdesk.shell.logonly_pin._FIRST_WAIT", 1)
    keep_log_only(settings, session.file.path)
    view = View(qtbot, session, settings)
    session.file.run("Set", lambda op: pin.set_pin(op, "2846"))
    view.window.leave()
    dialog = view.window.findChild(LeaveDialog)
    qtbot.keyClicks(dialog.pin, "1111")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    assert "This is not the PIN" in said(dialog)
    assert not dialog.leave_button.isEnabled()
    qtbot.keyClicks(dialog.pin, "2846")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)  # while it waits even the right one is not looked at
    assert view.left == []
    assert is_log_only(settings, session.file.path)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    view.window.leave()
    dialog = view.window.findChild(LeaveDialog)
    assert not dialog.leave_button.isEnabled(), "closing and opening it again does not save the wait"
    qtbot.keyClicks(dialog.pin, "2846")
    qtbot.waitUntil(dialog.leave_button.isEnabled)
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    assert view.left == ["again"]
    assert not is_log_only(settings, session.file.path)
    session.file.run("Away", lambda op: pin.set_pin(op, ""))
    view.window.leave()
    assert view.left == ["again", "again"]


def test_it_is_begun_with_a_pin_and_still_there_after_the_next_start(qtbot, session, settings, tmp_path):
    view = View(qtbot, session, settings)
    begun: list[bool] = []
    start_log_only(session, settings, view.window, lambda: begun.append(True))
    dialog = view.window.findChild(StartDialog)
    qtbot.keyClicks(dialog.pin, "12")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert "too short" in said(dialog)
    assert begun == []
    qtbot.keyClicks(dialog.pin, "34")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert begun == [True]
    assert pin.has_pin(session.file)
    assert pin.fits(session.file, "1234")
    later = QSettings(settings.fileName(), QSettings.Format.IniFormat)
    assert log_only_file(later) == session.file.path
    assert not is_log_only(later, tmp_path / "another.cvdesk")


def test_a_file_that_has_gone_is_no_longer_waited_for(settings, tmp_path):
    keep_log_only(settings, tmp_path / "gone.cvdesk")
    assert log_only_file(settings) is None


def test_closing_keeps_what_was_half_typed(qtbot, session, settings):
    view = View(qtbot, session, settings)
    qtbot.keyClicks(view.window.capture.line, "the till was")
    path = session.file.path
    view.window.close()
    with open_file(path) as again:
        assert again.draft("capture") == "the till was"


def test_todays_entries_leave_out_what_came_in_by_a_list(file: BusinessFile):
    file.run("Import", lambda op: op.insert("entries", {"date": "2026-01-01", "text": "imported", "source_id": "7"}))
    log(file, "said at the counter")
    assert [one.text for one in logged_today(file, None, TODAY)] == ["said at the counter"]


# The name tile


def test_a_name_is_added_chosen_and_remembered_on_this_computer(qtbot, session, settings):
    tile = NameTile(session, settings)
    qtbot.addWidget(tile)
    tile.show()
    assert tile.accessibleName() == "Who is logging: nobody chosen"
    next(one for one in tile.menu_now().actions() if one.text() == "Add a name…").trigger()
    dialog = tile.window().findChild(NameDialog)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert "name is missing" in said(dialog)
    qtbot.keyClicks(dialog.field, "Ruth Hill")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert tile.accessibleName() == "Who is logging: Ruth Hill"
    ruth = session.staff
    session.set_staff(None)
    again = NameTile(session, settings)
    qtbot.addWidget(again)
    assert session.staff == ruth


def test_who_is_taken_off_the_list_logs_no_more(qtbot, session, settings):
    ruth = add_staff(session.file, "Ruth & Co")
    tile = NameTile(session, settings)
    qtbot.addWidget(tile)
    tile.choose(ruth)
    texts = [one.text() for one in tile.menu_now().actions()]
    assert "Ruth && Co" in texts
    next(one for one in tile.menu_now().actions() if one.text() == "Take Ruth && Co off the list").trigger()
    settle(qtbot, session)
    assert session.staff is None
    assert [one.text() for one in tile.menu_now().actions()] == ["Nobody in particular", "", "Add a name…"]


def test_another_name_is_shown_at_once(qtbot, session, settings):
    ruth = add_staff(session.file, "Ruth")
    tile = NameTile(session, settings)
    qtbot.addWidget(tile)
    tile.show()
    tile.choose(ruth)
    next(one for one in tile.menu_now().actions() if one.text() == "Change the name Ruth…").trigger()
    dialog = tile.window().findChild(NameDialog)
    qtbot.keyClicks(dialog.field, "Ruth Berg")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert tile.accessibleName() == "Who is logging: Ruth Berg"
    assert session.staff == (ruth[0], "Ruth Berg")


@pytest.mark.parametrize(("name", "letters"), [("Ruth Hill", "RH"), ("ömer", "Ö"), ("Ann-Marie van Dam", "AD")])
def test_initials_are_of_the_first_and_the_last_word(name, letters):
    assert initials(name) == letters
