"""Noting that customers were told: when, how, and what they said to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QWidget

from cvdesk.care.records_loop import Circle, Person, Telling
from cvdesk.care.store_loop import told
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import as_said
from cvdesk.kit import crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import Form, choice_field, date_field, words_field
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, Theme
from cvdesk.kit.widgets import CARD_TITLE, TEXT, button, column, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_WIDTH = 460


class ToldForm(Form):
    """The day, the way, and what was said."""

    def __init__(self, theme: Theme, today: date, channels: Sequence[tuple[object, str]]) -> None:
        super().__init__(theme)
        self._today = today
        self.day = date_field(QDate(today.year, today.month, today.day))
        self.channel = choice_field([(None, _("Not said")), *channels])
        self.said = words_field(lines=3)
        self.field("day", _("Day"), self.day)
        self.field("channel", _("How"), self.channel)
        self.field("said", _("What they said"), self.said)

    def record(self) -> Telling:
        """As typed."""
        day = self.day.date()
        return Telling(
            date(day.year(), day.month(), day.day()), self.channel.currentData(), as_said(self.said.toPlainText())
        )

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {"day": _("This day is still to come.")} if self.record().day > self._today else {}


class ToldDialog(Dialog):
    """Asks how and when those ticked were told, and notes it for all of them in one step."""

    def __init__(self, session: Session, found: Circle, people: Sequence[Person], parent: QWidget) -> None:
        super().__init__(session.theme.px(_WIDTH), parent)
        theme = session.theme
        self._session, self._found, self._people = session, found, list(people)
        self.setWindowTitle(_("Told"))
        channels = [(one.id, one.name) for one in catalogue.named(session.file, "channels")]
        self.form = ToldForm(theme, session.today(), channels)
        self._preset()
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _who(people), CARD_TITLE, strong=True, wrap=True))
        box.addWidget(label(theme, found.title, TEXT, tone="quiet", wrap=True))
        box.addWidget(self.form)
        self._cases = [case for one in people for case in found.complaints.get(one.id, ())]
        self.closes = QCheckBox(_closes(len(self._cases)))
        self.closes.setChecked(True)
        self.closes.setVisible(bool(self._cases) and found.about[0] != "complaint")
        self.log = QCheckBox(_("Log what they said as feedback, too"))
        self.log.setVisible(len(people) == 1)
        for field in (self.closes, self.log):
            field.setAccessibleName(field.text())
            box.addWidget(field)
        row = line(SMALL)
        row.addStretch(1)
        self.save = button(theme, _("Note it"), self._save, "main")
        row.addWidget(button(theme, _("Cancel"), self.reject))
        row.addWidget(self.save)
        box.addLayout(row)
        self.form.submitted.connect(self._save)
        self.form.left.connect(self.reject)
        self.form.day.setFocus()

    def _preset(self) -> None:
        """The way a single customer likes best."""
        if len(self._people) == 1 and self._people[0].channel:
            self.form.channel.setCurrentIndex(max(0, self.form.channel.findText(self._people[0].channel)))

    def _save(self) -> None:
        problems = self.form.problems()
        self.form.show_problems(problems)
        if problems or not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        session, found = self._session, self._found
        ids = [one.id for one in self._people]
        closes = self._cases if not self.closes.isHidden() and self.closes.isChecked() else []
        work = partial(
            told, who=ids, about=found.about, telling=self.form.record(), today=session.today(), closes=closes,
            staff_id=session.staff_id,
        )  # fmt: skip
        said = _told(self._people)
        session.run(said, work, done=self._noted, failed=self._failed, say=said)

    def _noted(self, _made: object) -> None:
        log = not self.log.isHidden() and self.log.isChecked()
        self.accept()
        if log:
            one = self._people[0]
            self._session.open("entries", ("new", one.id, one.name))

    def _failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        crash.report(error)


def _who(people: Sequence[Person]) -> str:
    if len(people) == 1:
        return _("{name} was told").format(name=people[0].name)
    return ngettext("{count} customer was told", "{count} customers were told", len(people)).format(
        count=whole(len(people))
    )


def _told(people: Sequence[Person]) -> str:
    return _("Noted: {who}").format(who=_who(people))


def _closes(count: int) -> str:
    text = ngettext(
        "With this, {count} complaint that was put right is told", "With this, {count} complaints put right are told",
        count,
    )  # fmt: skip
    return text.format(count=whole(count))


__all__ = ["ToldDialog", "ToldForm"]
