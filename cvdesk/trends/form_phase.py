"""Forms of what happened on a day: when, in what words, and for a phase whether it may begin (METHOD 3.4)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox

from cvdesk.kit.form import Form, date_field, text_field
from cvdesk.kit.theme import SMALL, Theme
from cvdesk.kit.widgets import column
from cvdesk.wording import _

LONGEST = 80  # letters of a note or a reason


class DayForm(Form):
    """A day, and words about it."""

    def __init__(self, theme: Theme, when: str, what: str, day: date, words: str) -> None:
        """`when` and `what` name the two fields."""
        super().__init__(theme)
        self.day = date_field(QDate(day.year, day.month, day.day))
        self.field("day", when, self.day)
        self.words = text_field(words)
        self.words.setMaxLength(LONGEST)
        self.field("words", what, self.words)

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {} if self.words.text().strip() else {"words": _("Say in a few words what happened.")}

    def record(self) -> tuple[date, str]:
        """The day and the words."""
        day = self.day.date()
        return date(day.year(), day.month(), day.day()), self.words.text()


class PhaseForm(DayForm):
    """When a phase begins and why, with the three things only the owner knows. Says `ticked` when one changes."""

    ticked = Signal()

    def __init__(self, theme: Theme, day: date, words: str, asks: bool) -> None:
        """`asks`: whether the owner is to say the three things; not of a phase that is there already."""
        super().__init__(theme, _("It begins on"), _("What changed"), day, words)
        self.words.setPlaceholderText(_("For example: evening collection opened"))
        asked = (_("I know what caused the change"), _("I want it to be so"), _("It should last")) if asks else ()
        self.ticks = tuple(QCheckBox(text) for text in asked)
        box = column(None, SMALL)
        for tick in self.ticks:
            tick.toggled.connect(self.ticked)
            box.addWidget(tick)
        if self.ticks:
            self.rows.addRow("", box)

    @property
    def agreed(self) -> bool:
        """Whether the cause is known, wanted, and should last."""
        return all(tick.isChecked() for tick in self.ticks)
