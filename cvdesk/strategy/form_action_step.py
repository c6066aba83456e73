"""The forms of two steps that need words: what came of an action, and why it is dropped."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate

from cvdesk.catalogue.records import as_said
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import date_field, words_field
from cvdesk.kit.theme import Theme
from cvdesk.strategy.records import Action
from cvdesk.wording import _


class StepForm(DraftForm):
    """`status`: "done" or "dropped"."""

    def __init__(self, theme: Theme, action: Action, status: str, today: date) -> None:
        super().__init__(theme)
        self.action, self.status, self._today = action, status, today
        asked = _("What came of it, in your words") if status == "done" else _("Why not")
        self.words = words_field(action.result, lines=4)
        self.field("words", asked, self.words)
        self.date = date_field(QDate(today.year, today.month, today.day))
        self.field("day", _("Done on") if status == "done" else _("On which day"), self.date)

    def day(self) -> date:
        """On which day."""
        chosen = self.date.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def said(self) -> str:
        """The words."""
        return as_said(self.words.toPlainText()).strip()

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        if self.day() > self._today:
            return {"day": _("This day is still to come.")}
        started = self.action.started
        if self.status == "done" and started is not None and self.day() < started:
            return {"day": _("It cannot be done before it was started.")}
        return {}


__all__ = ["StepForm"]
