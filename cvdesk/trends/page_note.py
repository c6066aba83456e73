"""The dialog for a note on the charts: what happened, and when."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import LARGE, MEDIUM, SMALL, TEXT, TITLE, button, column, label, line
from cvdesk.trends.form_phase import DayForm
from cvdesk.trends.store_notes import KeptNote
from cvdesk.wording import _


class NoteDialog(Dialog):
    """Says `wanted(date, text)` when it is saved."""

    wanted = Signal(object, str)

    def __init__(self, session: Session, day: date, parent: QWidget, note: KeptNote | None = None) -> None:
        """`day`: proposed for a new note; `note`: the one to change."""
        theme = session.theme
        super().__init__(theme.px(440), parent)
        title = _("Note what happened") if note is None else _("Change a note")
        self.setWindowTitle(title)
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True, wrap=True))
        box.addWidget(
            label(
                theme, _("It shows on every chart, so that you see what came after it."), TEXT, tone="quiet", wrap=True
            )
        )
        when, words = (day, "") if note is None else (note.date, note.text)
        self.form = DayForm(theme, _("Day"), _("What happened"), when, words)
        self.form.words.setPlaceholderText(_("For example: second van started"))
        box.addWidget(self.form)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.keep = button(theme, _("Save"), self._press, "main")
        foot.addWidget(self.keep)
        box.addLayout(foot)
        self.form.submitted.connect(self._press)
        self.form.left.connect(self.reject)
        self.form.words.setFocus()

    def _press(self) -> None:
        problems = self.form.problems()
        self.form.show_problems(problems)
        if not problems:
            day, words = self.form.record()
            self.accept()
            self.wanted.emit(day, words)
