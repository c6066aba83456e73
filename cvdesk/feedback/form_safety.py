"""The three questions a safety mark asks: below the capture line while logging, and beside the entry later."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from cvdesk.catalogue.records import as_said
from cvdesk.feedback.records import safety_questions
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import MEDIUM, NOTE, TIGHT, label
from cvdesk.wording import _


class SafetyQuestions(QWidget):
    """A labelled line for each question, side by side or one below the other; all may be left for later.

    `edited` comes with every key, `left` when a changed answer is left, `submitted` with Enter.
    """

    edited = Signal()
    left = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, side_by_side: bool = False) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(TIGHT)
        for place, (key, question) in enumerate(safety_questions()):
            field = QLineEdit()
            field.setAccessibleName(question)
            field.setPlaceholderText(_("Now or later"))
            field.textEdited.connect(lambda _text: self.edited.emit())
            field.editingFinished.connect(self._finished)
            field.returnPressed.connect(self.submitted)
            asked = label(theme, question, NOTE, tone="quiet")
            asked.setBuddy(field)
            row, column = (0, place) if side_by_side else (2 * place, 0)
            grid.addWidget(asked, row, column)
            grid.addWidget(field, row + 1, column)
            grid.setColumnStretch(column, 1)
            self.fields[key] = field

    def load(self, answers: Mapping[str, str]) -> None:
        """Shows answers by field; a field that is not among them is emptied."""
        for key, field in self.fields.items():
            if field.text() != answers.get(key, ""):
                field.setText(answers.get(key, ""))

    def answers(self) -> dict[str, str]:
        """What stands in the fields, by field."""
        return {key: as_said(field.text()) for key, field in self.fields.items()}

    def _finished(self) -> None:
        if any(field.isModified() for field in self.fields.values()):
            for field in self.fields.values():
                field.setModified(False)
            self.left.emit()
