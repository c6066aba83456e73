"""One text for all who are told, and how it reads for the customer who is selected."""

from __future__ import annotations

import json

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from cvdesk.care.letters import (
    DRAFT,
    Message,
    field_names,
    kept_text,
    message,
    unknown_fields,
    usual_subject,
    usual_text,
)
from cvdesk.care.records_loop import Circle, Person
from cvdesk.catalogue import store as catalogue
from cvdesk.kit.form import text_field, words_field
from cvdesk.kit.session import Session
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.theme import LARGE, SMALL, TIGHT
from cvdesk.kit.widgets import NOTE, TEXT, Elided, column, label, line, scrolled
from cvdesk.wording import _

_SAVED_AFTER = 600  # ms without typing
_ROOMY = 560
_SHORTEST, _TALLEST = 60, 900


class LetterText(QWidget):
    """Subject and text with fields in curly brackets, and beside it the letter of one customer."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._circle: Circle | None = None
        self._person: Person | None = None
        self._business = catalogue.business(session.file).name
        theme = session.theme
        kept = kept_text(session.draft(DRAFT))
        self.subject = text_field(kept[1])
        self.words = words_field(kept[0], lines=4)
        self.words.setMinimumHeight(theme.px(_SHORTEST))
        self.words.setMaximumHeight(theme.px(_TALLEST))
        self.preview = label(theme, "", TEXT, wrap=True)
        self.whose = Elided(theme, "", NOTE, "quiet")
        self.wrong = label(theme, "", NOTE, tone="bad", wrap=True)
        self.tabs = Tabs(theme, _("Text or letter"), [("text", _("One text for all")), ("read", _("As they read it"))])
        self.tabs.chosen.connect(lambda _key: self._arrange())
        self._typed, self._read = self._typed_half(), self._read_half()
        row = line(LARGE)
        row.addWidget(self._typed, 1)
        row.addWidget(self._read, 1)
        box = column(self, TIGHT)
        box.addWidget(self.tabs)
        box.addLayout(row, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVED_AFTER)
        self._timer.timeout.connect(self.keep)
        self.subject.textChanged.connect(self._changed)
        self.words.textChanged.connect(self._changed)

    def _typed_half(self) -> QWidget:
        theme = self._session.theme
        half = QWidget()
        box = column(half, TIGHT)
        fields = ", ".join("{" + name + "}" for name in field_names())
        for name, field in ((_("Subject"), self.subject), (_("Text"), self.words)):
            field.setAccessibleName(name)
        heading = label(theme, _("Subject"), NOTE, tone="quiet")
        heading.setBuddy(self.subject)
        first = line(SMALL)
        first.addWidget(heading)
        first.addWidget(self.subject, 1)
        box.addLayout(first)
        box.addWidget(self.words, 1)
        filled = _("Filled in for each: {fields}").format(fields=fields)
        box.addWidget(label(theme, filled, NOTE, tone="faint", wrap=True))
        box.addWidget(self.wrong)
        return half

    def _read_half(self) -> QWidget:
        half, inner = QWidget(), QWidget()
        box = column(half, TIGHT)
        column(inner, 0, (0, 0, TIGHT, 0)).addWidget(self.preview)
        box.addWidget(self.whose)
        box.addWidget(scrolled(inner), 1)
        return half

    def show_for(self, circle: Circle | None, person: Person | None) -> None:
        """Shows the letter of this customer; without one, that somebody is to be selected."""
        self._circle, self._person = circle, person
        self._show()

    def message(self, circle: Circle, person: Person) -> Message:
        """The letter of one customer as it reads now."""
        return message(self.words.toPlainText(), self.subject.text(), circle, person, self._business)

    def texts(self) -> tuple[str, str]:
        """Text and subject as typed."""
        return self.words.toPlainText(), self.subject.text()

    def keep(self) -> None:
        """Keeps the text for the next time."""
        self._timer.stop()
        text, subject = self.texts()
        usual = (text, subject) == (usual_text(), usual_subject())
        self._session.save_draft(DRAFT, "" if usual else json.dumps({"text": text, "subject": subject}))

    def hideEvent(self, event: QHideEvent) -> None:
        if self._timer.isActive():
            self.keep()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Both side by side where there is room, else one of them."""
        roomy = self.width() >= self._session.theme.px(_ROOMY)
        self.tabs.setVisible(not roomy)
        self._typed.setVisible(roomy or self.tabs.key == "text")
        self._read.setVisible(roomy or self.tabs.key == "read")

    def _changed(self) -> None:
        self._timer.start()
        self._show()

    def _show(self) -> None:
        unknown = unknown_fields(self.words.toPlainText()) + unknown_fields(self.subject.text())
        listed = ", ".join("{" + name + "}" for name in dict.fromkeys(unknown))
        self.wrong.setText(_("Stays as it is written, there is no such field: {fields}").format(fields=listed))
        self.wrong.setVisible(bool(unknown))
        if self._circle is None or self._person is None:
            self.whose.set_whole(_("Select a customer to read their letter."))
            self.preview.setText("")
            return
        made = self.message(self._circle, self._person)
        self.whose.set_whole(_("As {name} reads it: {subject}").format(name=self._person.name, subject=made.subject))
        self.preview.setText(made.body)


__all__ = ["LetterText"]
