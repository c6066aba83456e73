"""A form whose half-typed state can be kept and filled in again."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from cvdesk.kit.side import SideForm
from cvdesk.kit.widgets import NOTE, label


class DraftForm(SideForm):
    """Says `edited` at each change; `texts()` is what all fields say, `fill()` puts that in again."""

    edited = Signal()

    def field(self, key: str, name: str, widget: QWidget) -> None:
        """Adds a field and listens to it."""
        super().field(key, name, widget)
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.textChanged.connect(self.edited)
        elif isinstance(widget, QComboBox):
            widget.currentTextChanged.connect(self.edited)
        elif isinstance(widget, QDateEdit):
            widget.dateChanged.connect(self.edited)

    def texts(self) -> dict[str, str]:
        """What the fields say, as text."""
        return {key: _text(widget) for key, widget in self._fields.items()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Fills the fields in; what a list no longer offers is left as it was."""
        for key, widget in self._fields.items():
            if key in texts and texts[key] != _text(widget):
                _fill(widget, texts[key])

    def say_above(self, text: str) -> None:
        """A quiet sentence above the fields."""
        self.rows.insertRow(0, label(self.theme, text, NOTE, tone="accent", wrap=True))

    def hint(self, key: str, text: str) -> None:
        """A quiet sentence below a field."""
        note = label(self.theme, text, NOTE, tone="faint", wrap=True)
        for place in range(self.rows.rowCount()):
            item = self.rows.itemAt(place, QFormLayout.ItemRole.FieldRole)
            if item is not None and item.widget() is self._notes[key]:
                self.rows.insertRow(place, note)
                return


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    assert isinstance(widget, QDateEdit)
    return widget.date().toString(Qt.DateFormat.ISODate)


def _fill(widget: QWidget, text: str) -> None:
    if isinstance(widget, QLineEdit):
        widget.setText(text)
        widget.textEdited.emit(text)  # as if typed: a customer is looked up by it
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
    elif isinstance(widget, QComboBox):
        if widget.isEditable():
            widget.setCurrentText(text)
        elif (place := widget.findText(text)) >= 0:
            widget.setCurrentIndex(place)
    elif isinstance(widget, QDateEdit):
        day = QDate.fromString(text, Qt.DateFormat.ISODate)
        if day.isValid():
            widget.setDate(day)


__all__ = ["DraftForm"]
