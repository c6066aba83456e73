"""A form for one record: labelled fields, problems beside them, Enter submits, Escape leaves."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QDateEdit, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from cvdesk.kit.theme import MEDIUM, Theme
from cvdesk.kit.widgets import NOTE, label, restyle


class Form(QWidget):
    """Subclasses add fields with `field(key, label, widget)` and write `load(record)` and `record()`."""

    submitted = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._fields: dict[str, QWidget] = {}
        self._notes: dict[str, QLabel] = {}
        self.rows = QFormLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setVerticalSpacing(MEDIUM)
        self.rows.setHorizontalSpacing(MEDIUM)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def place(self, asked: QLabel, widget: QWidget) -> None:
        """Puts a field beside its label."""
        self.rows.addRow(asked, widget)

    def field(self, key: str, name: str, widget: QWidget) -> None:
        """Adds a labelled field; the label is its name for the screen reader."""
        widget.setAccessibleName(name)
        asked = label(self.theme, name)
        asked.setBuddy(widget)
        self.place(asked, widget)
        note = label(self.theme, "", NOTE, tone="bad", wrap=True)
        note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        note.hide()
        self.rows.addRow("", note)
        self._fields[key] = widget
        self._notes[key] = note

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Says beside each field what is wrong with it; the first one gets the keyboard."""
        for key, widget in self._fields.items():
            text = problems.get(key, "")
            self._notes[key].setText(text)
            self._notes[key].setVisible(bool(text))
            widget.setAccessibleDescription(text)
            widget.setProperty("problem", bool(text))
            restyle(widget)
        first = next((self._fields[key] for key in problems if key in self._fields), None)
        if first is not None:
            first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.focusWidget(), QPlainTextEdit):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def text_field(value: str = "", placeholder: str = "") -> QLineEdit:
    """A line to type in."""
    field = QLineEdit(value)
    field.setPlaceholderText(placeholder)
    return field


class Words(QPlainTextEdit):
    """Several lines, given back letter for letter: Qt's own way makes plain blanks of hard ones.

    What nobody has touched comes back exactly as it was set, with the line ends it had.
    """

    def __init__(self, value: str = "") -> None:
        super().__init__()
        self._set = ""
        self.setPlainText(value)

    def setPlainText(self, text: str) -> None:
        super().setPlainText(text)
        self._set = text
        self.document().setModified(False)

    def clear(self) -> None:
        self.setPlainText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator):  # Shift+Enter: a line like any other
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def toPlainText(self) -> str:
        document = self.document()
        return document.toRawText().replace("\u2029", "\n") if document.isModified() else self._set


def words_field(value: str = "", lines: int = 4) -> Words:
    """Room for several lines; Tab moves on."""
    field = Words(value)
    field.setTabChangesFocus(True)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * lines + 20)
    return field


def choice_field(options: list[tuple[object, str]], value: object = None) -> QComboBox:
    """One of several; `currentData()` is the chosen one."""
    field = QComboBox()
    for option, text in options:
        field.addItem(text, option)
    for place in range(field.count()):
        if field.itemData(place) == value:
            field.setCurrentIndex(place)
    return field


def date_field(value: QDate) -> QDateEdit:
    """A day, written as the locale writes it, with a calendar."""
    field = QDateEdit(value)
    field.setCalendarPopup(True)
    field.setDisplayFormat(
        QLocale().dateFormat(QLocale.FormatType.ShortFormat).replace("yyyy", "yy").replace("yy", "yyyy")
    )
    return field
