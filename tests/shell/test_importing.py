"""Import, export and backup from the window; a list dropped on it."""

from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import open_file
from cvdesk.exchange import page_export
from cvdesk.exchange.new import make_business
from cvdesk.exchange.page_export import ExportDialog
from cvdesk.exchange.page_import import ImportDialog
from cvdesk.kit import ask
from cvdesk.shell.importing import export_list, import_file, paste_cells, show_imports
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

    def save_file(self, parent, title, proposal, kinds):
        self.asked.append(str(proposal))
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


def press(qtbot, made):
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def test_import_asks_which_list_and_remembers_the_folder(qtbot, window, answer, listed):
    person = answer(listed)
    window.session.open("command", "import")
    press(qtbot, dialogs(window)[0].start.choose_button)
    assert [dialog.path for dialog in dialogs(window)] == [listed]
    close_dialogs(qtbot, window)
    window.commands.import_list()
    press(qtbot, dialogs(window)[0].start.choose_button)
    assert person.asked[1] == str(listed.parent)
    close_dialogs(qtbot, window)


def test_there_is_one_import_dialog_and_the_window_beside_it_is_usable(qtbot, window, listed):
    import_file(window.session, window, listed)
    settle(qtbot, window.session)
    window.commands.import_list()
    (dialog,) = dialogs(window)
    assert dialog.path == listed
    assert not dialog.isModal()
    show_imports(window.session, window)
    assert dialogs(window) == [dialog]
    assert dialog.stack.currentWidget() is dialog.start
    close_dialogs(qtbot, window)


def test_cells_copied_in_a_spreadsheet_are_looked_at(qtbot, window):
    said = heard(window)
    QGuiApplication.clipboard().setText("just a word")
    paste_cells(window.session, window)
    assert dialogs(window) == []
    assert said == ["There are no cells to paste. Copy the rows in your spreadsheet first."]
    QGuiApplication.clipboard().setText("Date\tComment\n2025-06-05\tGood bread\n")
    paste_cells(window.session, window)
    settle(qtbot, window.session)
    assert dialogs(window)[0].form.main.text() == "Import 1 entry"
    close_dialogs(qtbot, window)


def test_thinking_better_of_it_changes_nothing(qtbot, window, answer, tmp_path):
    answer(None)
    window.commands.export_all()
    press(qtbot, exports(window)[0].main)
    assert exports(window)[0].main.isEnabled()
    exports(window)[0].reject()
    window.commands.back_up()
    assert list(tmp_path.glob("*export*")) == []


def exports(window):
    return [found for found in window.findChildren(ExportDialog) if found.isVisible()]


def export_as(qtbot, window, kind):
    (dialog,) = exports(window)
    press(qtbot, dialog.kinds[kind])
    press(qtbot, dialog.main)
    settle(qtbot, window.session)
    said = dialog.said.text()
    dialog.reject()
    settle(qtbot, window.session)
    return said


def test_everything_goes_into_a_new_folder(qtbot, window, answer, tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    answer(target)
    window.commands.export_all()
    folder = target / "shop export 2026-11-21"
    assert export_as(qtbot, window, "csv") == f"Everything is in “{folder}”."
    assert (folder / "customers.csv").exists()
    window.commands.export_all()
    assert exports(window)[0].kind == "csv"
    export_as(qtbot, window, "json")
    assert (target / "shop export 2026-11-21 (2)" / "customers.json").exists()


def test_what_a_list_shows_goes_into_one_file(qtbot, window, answer, tmp_path):
    run = window.session.file.run
    made = [run("Log", lambda op, name=name: customers.save(op, Customer(name))).result for name in ("Maria", "Jo")]
    person = answer(tmp_path / "list")
    asked = {"table": "customers", "title": "At risk: 1/2", "ids": made[:1]}
    export_list(window.session, window, asked)
    assert exports(window)[0].what.text() == "1 customer: At risk: 1/2"
    written = tmp_path / "list.csv"
    assert export_as(qtbot, window, "csv") == f"1 row is in “{written}”."
    assert Path(person.asked[0]).name == "At risk 1 2 2026-11-21.csv"
    text = written.read_text(encoding="utf-8-sig")
    assert "Maria" in text
    assert "Jo" not in text
    export_list(window.session, window, asked | {"table": "entries", "ids": []})
    assert set(exports(window)[0].kinds) == {"csv", "xlsx", "json"}
    exports(window)[0].reject()


def held_back(monkeypatch):
    """Exports wait until they are let go."""
    real, go = page_export.export, Event()

    def waiting(*args):
        go.wait(15)
        return real(*args)

    monkeypatch.setattr(page_export, "export", waiting)
    return go


def test_an_export_put_away_is_still_made_and_one_stopped_leaves_nothing(qtbot, window, answer, tmp_path, monkeypatch):
    target = tmp_path / "out"
    target.mkdir()
    answer(target)
    said = heard(window)
    go = held_back(monkeypatch)
    window.session.open("command", "export")
    (dialog,) = exports(window)
    press(qtbot, dialog.main)
    dialog.close()
    go.set()
    settle(qtbot, window.session)
    assert said == [f"Everything is in “{target / 'shop export 2026-11-21'}”."]
    go.clear()
    window.session.open("command", "export")
    (dialog,) = exports(window)
    press(qtbot, dialog.main)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    monkeypatch.setattr("cvdesk.exchange.export_list._STEP", 1)
    go.set()
    settle(qtbot, window.session)
    assert dialog.said.text() == "Stopped. Nothing was written."
    assert len(list(target.iterdir())) == 1
    dialog.reject()


def test_an_export_that_cannot_be_written_is_said_in_its_dialog(qtbot, window, answer, tmp_path):
    answer(tmp_path / "no folder" / "list.csv")
    export_list(window.session, window, {"table": "customers", "title": "All", "ids": []})
    assert "could not be written" in export_as(qtbot, window, "csv")


def test_a_copy_is_checked_before_it_counts(qtbot, window, answer, tmp_path):
    target = tmp_path / "copy"
    answer(target)
    said = heard(window)
    window.commands.back_up()
    settle(qtbot, window.session)
    written = tmp_path / "copy.cvdesk"
    assert said[-1] == f"The copy is whole: “{written}”."
    with open_file(written, read_only=True) as copy:
        assert catalogue.business(copy).name == "Shop"


def test_what_cannot_be_written_is_said_kindly(qtbot, window, answer, tmp_path):
    person = answer(tmp_path / "no folder" / "copy.cvdesk")
    window.commands.back_up()
    qtbot.waitUntil(lambda: bool(person.told), timeout=15_000)
    person = answer(tmp_path / "shop.cvdesk")
    window.commands.back_up()
    qtbot.waitUntil(lambda: bool(person.told), timeout=15_000)
    assert "is the business file itself" in person.told[0]


def test_a_file_open_for_reading_only_takes_no_list(qtbot, qapp, window, answer, listed, tmp_path):
    person = answer(listed)
    window.session.file.read_only = True
    window.commands.import_list()
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
