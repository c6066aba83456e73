"""Saving what is due as a calendar file: for how many days, and whether customers are named in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QWidget

from cvdesk.db import Queries
from cvdesk.kit import ask
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import choice_field
from cvdesk.kit.session import Session
from cvdesk.kit.theme import WIDE
from cvdesk.kit.widgets import LARGE, MEDIUM, NOTE, TEXT, TITLE, button, column, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_WIDTH = 460
_CHOICES = (30, 90, 180, 365)


class CalendarDialog(Dialog):
    """Asks for both, then where to."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session.theme.px(_WIDTH), parent)
        self._session = session
        theme = session.theme
        self.setWindowTitle(_("Save a calendar file"))
        box = column(self, MEDIUM, (WIDE, LARGE, WIDE, LARGE))
        box.addWidget(label(theme, _("Save a calendar file"), TITLE, strong=True))
        said = _("Deadlines, promises, check-ins, events and reviews as days in your calendar program.")
        box.addWidget(label(theme, said, TEXT, tone="quiet", wrap=True))
        options: list[tuple[object, str]] = [
            (days, ngettext("the next {count} day", "the next {count} days", days).format(count=whole(days)))
            for days in _CHOICES
        ]
        self.days = choice_field(options, 90)
        asked = label(theme, _("How far"))
        asked.setBuddy(self.days)
        self.days.setAccessibleName(_("How far"))
        row = line(MEDIUM)
        row.addWidget(asked)
        row.addWidget(self.days, 1)
        box.addLayout(row)
        self.names = QCheckBox(_("Name customers"))
        self.names.setChecked(True)
        box.addWidget(self.names)
        said = _("Leave names out where others see the calendar, or where it is kept on the internet.")
        box.addWidget(label(theme, said, NOTE, tone="quiet", wrap=True))
        said = _("Bringing the file in again changes what is there. What is done meanwhile stays until you delete it.")
        box.addWidget(label(theme, said, NOTE, tone="quiet", wrap=True))
        foot = line(MEDIUM)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.save = button(theme, _("Save…"), self._save, "main")
        self.save.setDefault(True)
        foot.addWidget(self.save)
        box.addLayout(foot)

    def _save(self) -> None:
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        proposal = folder / "cv-desk.ics"
        target = ask.prompts.save_file(self, self.windowTitle(), proposal, _("Calendar files (*.ics)"))
        if target is None:
            return
        path = target if target.suffix.lower() == ".ics" else target.with_name(target.name + ".ics")
        session, today = self._session, self._session.today()
        days, names = int(self.days.currentData()), self.names.isChecked()

        def write(file: Queries) -> int:
            from cvdesk.care import calendar

            return calendar.save(file, path, today, days, names)

        def written(count: int) -> None:
            words = ngettext("{count} event in {path}", "{count} events in {path}", count)
            session.say(words.format(count=whole(count), path=path))

        session.write_out(write, written)
        self.accept()


def save_calendar(session: Session, parent: QWidget) -> CalendarDialog:
    """Opens the dialog above the page."""
    made = CalendarDialog(session, parent)
    made.open()
    return made


__all__ = ["CalendarDialog", "save_calendar"]
