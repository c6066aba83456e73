"""What tests of pages share: a session around a file, waiting for what is under way, prompts answered."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cvdesk.db import BusinessFile
from cvdesk.kit import crash
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme


def make_session(app: QApplication, file: BusinessFile, today) -> Session:
    """A session in the light look; close it before its widgets go."""
    return Session(file, Theme(app, "light"), lambda: today)


def settle(qtbot, session: Session) -> None:
    """Waits until nothing is on its way to the disk or from it."""
    qtbot.waitUntil(lambda: not (session.saving or session.readers.busy or session.lookers.busy), timeout=15_000)
    QApplication.processEvents()  # widgets just made are shown with the next round of events


def texts(widget: QWidget) -> list[str]:
    """All texts of visible labels inside a widget."""
    return [found.text() for found in widget.findChildren(QLabel) if found.isVisibleTo(widget)]


def said(widget: QWidget) -> str:
    """The same as one text."""
    return "\n".join(texts(widget))


class Answers:
    """Stands in for the person at every prompt."""

    def __init__(self, path: Path | None = None, yes: bool = True) -> None:
        self.path, self.yes = path, yes
        self.asked: list[str] = []

    def save_file(self, parent, title, proposal, kinds):
        self.asked.append(str(proposal))
        return self.path

    def confirm(self, parent, question, explanation, yes):
        self.asked.append(question)
        return self.yes


def catch_errors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Errors shown to the person, in words, instead of a dialog."""
    shown: list[str] = []
    monkeypatch.setattr(crash._Window, "show", staticmethod(lambda what, to_do, details: shown.append(what or details)))
    return shown
