"""What is said at a review: what was learned, and whether the strategy goes on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import date_field, words_field
from cvdesk.kit.theme import SMALL, Theme
from cvdesk.kit.widgets import column, label, line
from cvdesk.wording import _


class ReviewForm(DraftForm):
    """Words, and one of two ways on."""

    def __init__(self, theme: Theme, learned: str, today: date, next_review: date, ends: bool) -> None:
        """`next_review`: the day proposed; `ends`: whether ending it is proposed."""
        super().__init__(theme)
        self._today = today
        self.learned = words_field(learned, 4)
        self.learned.setPlaceholderText(_("For example: the second van helped, the leaflet did not"))
        self.field("learned", _("What did you learn?"), self.learned)
        self.on = QRadioButton(_("It goes on; looked at again on"))
        self.end = QRadioButton(_("It ends, and is kept with what came of it"))
        self._ways = QButtonGroup(self)
        both = QWidget()
        box = column(both, SMALL)
        row = line(SMALL)
        self.day = date_field(QDate(next_review.year, next_review.month, next_review.day))
        self.day.setAccessibleName(_("Looked at again on"))
        row.addWidget(self.on)
        row.addWidget(self.day)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.end)
        for one in (self.on, self.end):
            self._ways.addButton(one)
        (self.end if ends else self.on).setChecked(True)
        self.day.setEnabled(not ends)
        self.on.toggled.connect(self.day.setEnabled)
        self.note = label(theme, "", tone="bad", wrap=True)
        self.note.hide()
        box.addWidget(self.note)
        asked = label(theme, _("And now"))
        asked.setBuddy(self.on)
        self.place(asked, both)

    def problem(self) -> str:
        """What is wrong; empty where nothing is."""
        again = self.next_review()
        return _("Choose a day after today.") if again is not None and again <= self._today else ""

    def show_problem(self, text: str) -> None:
        """Says below the two ways what is wrong."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def next_review(self) -> date | None:
        """The day it is looked at again; None where it ends."""
        one = self.day.date()
        return date(one.year(), one.month(), one.day()) if self.on.isChecked() else None
