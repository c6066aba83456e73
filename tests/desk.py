"""What tests of the whole window share: the running program, the person who answers its prompts, typing by keys."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from cvdesk.kit import ask, crash
from cvdesk.shell.start import Desk
from cvdesk.shell.window import Window
from tests.pages import settle

TODAY = date(2026, 11, 21)


class Person:
    """Answers prompts with what was prepared; nothing may be asked or told that was not expected."""

    def __init__(self) -> None:
        self.paths: list[Path | None] = []
        self.asked: list[str] = []
        self._told: list[tuple[str, str, str]] = []

    def open_file(self, parent, title, folder, kinds):
        self.asked.append(title)
        return self.paths.pop(0)

    def save_file(self, parent, title, proposal, kinds):
        self.asked.append(title)
        return self.paths.pop(0)

    def confirm(self, parent, question, explanation, yes):
        raise AssertionError(f"was asked: {question}")

    def tell(self, parent, what, to_do, details=""):
        self._told.append((what, to_do, details))

    def heard(self) -> list[tuple[str, str, str]]:
        """What the program told since the last time, as (what happened, what to do, details)."""
        told, self._told = self._told, []
        return told


class Running:
    """The program with its person and its settings."""

    def __init__(self, qtbot, desk: Desk, person: Person) -> None:
        self.qtbot, self.desk, self.person = qtbot, desk, person

    @property
    def window(self) -> Window:
        """The window that is open."""
        assert isinstance(self.desk.shown, Window)
        return self.desk.shown

    def open(self, path: Path) -> Window:
        """Opens a file and waits until all of its first page is there."""
        self.desk.open(path)
        self.ready()
        return self.window

    def ready(self) -> None:
        """Waits until the window is on the screen and nothing is under way."""
        self.qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: self.window.isActiveWindow())
        settle(self.qtbot, self.window.session)

    def settle(self) -> None:
        """Waits until nothing is under way."""
        settle(self.qtbot, self.window.session)

    def key(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the keyboard is."""
        self.qtbot.keyClick(self.focus(), key, modifiers)

    def type(self, text: str) -> None:
        """Types where the keyboard is."""
        self.qtbot.keyClicks(self.focus(), text)

    def ctrl(self, key: Qt.Key | str) -> None:
        """Presses a key with Ctrl."""
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def focus(self) -> QWidget:
        """The widget that has the keyboard in the window, or the dialog, in front."""
        found = self.desk.theme._app.focusWidget()
        if found is None:
            front = self.desk.theme._app.activeWindow() or self.window
            found = front.focusWidget() or front
        return found


def start(qtbot, qapp, folder: Path, monkeypatch: pytest.MonkeyPatch, today: date = TODAY) -> Running:
    """Starts the program without showing anything yet."""
    person = Person()
    monkeypatch.setattr(ask, "prompts", person)
    monkeypatch.setattr(crash._Window, "show", None)
    monkeypatch.setattr("sys.excepthook", lambda *_error: None)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/appearance", "light")
    return Running(qtbot, Desk(qapp, settings, lambda: today), person)


def end(running: Running) -> None:
    """Closes the program. Fails where it told anything that no test had expected."""
    desk = running.desk
    if desk.shown is not None:
        desk.shown.close()
        desk.shown.deleteLater()
        desk.shown = None
    desk.theme.changed.disconnect(desk._theme_changed)
    desk.undo_keys.setParent(None)
    desk.undo_keys.deleteLater()
    assert running.person.heard() == []


def name_of(widget: QWidget) -> str:
    """The name a screen reader says; on Linux it takes that of a combo box from the label beside it."""
    if isinstance(widget, QComboBox):
        parent = widget.parentWidget()
        labels = parent.findChildren(QLabel) if parent is not None else []
        return next((one.text() for one in labels if one.buddy() is widget), "")
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def button_named(parent: QWidget, name: str) -> QAbstractButton:
    """The visible button with this name."""
    found = [one for one in parent.findChildren(QAbstractButton) if one.isVisible() and name_of(one) == name]
    assert len(found) == 1, (name, [name_of(one) for one in parent.findChildren(QAbstractButton) if one.isVisible()])
    return found[0]
