"""Import, export and backup from the window; a list dropped on it."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.db import open_file
from cvdesk.exchange.new import make_business
from cvdesk.exchange.page_import import ImportDialog
from cvdesk.kit import ask
from cvdesk.shell.window import Window
from tests.pages import Answers, catch_errors, make_session, settle

TODAY = date(2026, 11, 21)


class Person(Answers):
    """Answers for where to read and write, and keeps what was told."""

    def __init__(self, path: Path | None) -> None:
        super().__init__(path)
        self.told: list[str] = []

    def open_file(self, parent, title, folder, kinds):
        self.asked.append(str(folder))
        return self.path

    def choose_folder(self, parent, title, folder):
        self.asked.append(str(folder))
        return self.path

    def tell(self, parent, what, to_do, details=""):
        self.told.append(f"{what} {to_do}")


@pytest.fixture
def window(qtbot, qapp, tmp_path, monkeypatch):
    shown = catch_errors(monkeypatch)
    session = make_session(qapp, make_business(tmp_path / "shop.cvdesk", Business("Shop")), TODAY)
    made = Window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), lambda _what: None)
    qtbot.addWidget(made)
    made.show()
    settle(qtbot, session)
    yield made
    settle(qtbot, session)
    made.close()
    assert shown == []


@pytest.fixture
def answer(monkeypatch):
    def with_path(path):
        person = Person(path)
        monkeypatch.setattr(ask, "prompts", person)
        return person

    return with_path


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "lists" / "said.csv"
    path.parent.mkdir()
    path.write_text("date,comment\n2025-06-05,Good bread\n")
    return path


def dialogs(window):
    return [found for found in window.findChildren(ImportDialog) if found.isVisible()]


def heard(window):
    said: list[str] = []
    window.session.said.connect(lambda text, _undo: said.append(text))
    return said


def close_dialogs(qtbot, window):
    settle(qtbot, window.session)
    for dialog in dialogs(window):
        dialog.reject()


def test_import_asks_which_list_and_remembers_the_folder(qtbot, window, answer, listed):
    person = answer(listed)
    window.session.open("command", "import")
    assert [dialog.path for dialog in dialogs(window)] == [listed]
    close_dialogs(qtbot, window)
    window.import_list()
    assert person.asked[1] == str(listed.parent)
    close_dialogs(qtbot, window)


def test_thinking_better_of_it_changes_nothing(window, answer):
    answer(None)
    window.import_list()
    window.export_all()
    window.back_up()
    assert dialogs(window) == []


def test_everything_goes_into_a_new_folder(qtbot, window, answer, tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    answer(target)
    said = heard(window)
    window.export_all()
    settle(qtbot, window.session)
    folder = target / "shop export 2026-11-21"
    assert (folder / "customers.csv").exists()
    assert said[-1] == f"Everything is in “{folder}”."
    window.export_all()
    settle(qtbot, window.session)
    assert (target / "shop export 2026-11-21 (2)" / "customers.csv").exists()


def test_a_copy_is_checked_before_it_counts(qtbot, window, answer, tmp_path):
    target = tmp_path / "copy"
    answer(target)
    said = heard(window)
    window.back_up()
    settle(qtbot, window.session)
    written = tmp_path / "copy.cvdesk"
    assert said[-1] == f"The copy is whole: “{written}”."
    with open_file(written, read_only=True) as copy:
        assert catalogue.business(copy).name == "Shop"


def test_what_cannot_be_written_is_said_kindly(qtbot, window, answer, tmp_path):
    person = answer(tmp_path / "no folder" / "copy.cvdesk")
    window.back_up()
    qtbot.waitUntil(lambda: bool(person.told), timeout=15_000)
    person = answer(tmp_path / "shop.cvdesk")
    window.back_up()
    qtbot.waitUntil(lambda: bool(person.told), timeout=15_000)
    assert "is the business file itself" in person.told[0]


def test_a_file_open_for_reading_only_takes_no_list(qtbot, qapp, window, answer, listed, tmp_path):
    person = answer(listed)
    window.session.file.read_only = True
    window.import_list()
    window.session.file.read_only = False
    assert dialogs(window) == []
    assert person.told[0].startswith("This file is open for reading only.")


def drop(window, data):
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(100, 100).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.setAccepted(False)
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(100, 100), Qt.DropAction.CopyAction, data, buttons, keys))
    return enter.isAccepted()


def test_a_list_dropped_on_the_window_is_looked_at(qtbot, window, listed):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(listed))])
    assert drop(window, data)
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    assert dialogs(window)[0].path == listed
    close_dialogs(qtbot, window)


def test_other_things_dropped_on_the_window_are_left_alone(window, tmp_path):
    for urls in ([QUrl("https://example.com/list.csv")], [QUrl.fromLocalFile(str(tmp_path))], []):
        data = QMimeData()
        data.setUrls(urls)
        assert not drop(window, data)
