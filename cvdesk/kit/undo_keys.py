"""Ctrl+Z while a text field has the keyboard: the typing first; with none left to undo, the last step of work."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


def has_typing(field: QWidget | None, what: str) -> bool:
    """Whether a field has typing to "undo" or to "redo"."""
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return document.isUndoAvailable() if what == "undo" else document.isRedoAvailable()
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if what == "undo" else field.isRedoAvailable()
    return False


class UndoKeys(QObject):
    """Text fields claim these keys even when they have nothing to undo; then they are left to the window here."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._moved)

    def _moved(self, before: Any, now: Any) -> None:
        # Only the field that has the keyboard is watched: a filter on the application would see every event.
        if isinstance(before, QLineEdit | QPlainTextEdit):
            before.removeEventFilter(self)
        if isinstance(now, QLineEdit | QPlainTextEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(watched, QWidget):
            for key, what in ((QKeySequence.StandardKey.Undo, "undo"), (QKeySequence.StandardKey.Redo, "redo")):
                if event.matches(key):  # type: ignore[attr-defined]
                    if has_typing(watched, what):
                        return False
                    event.ignore()
                    return True
        return False


__all__ = ["UndoKeys", "has_typing"]
