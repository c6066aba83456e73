"""One text for all who are told, and how it reads for the customer who is selected."""

from __future__ import annotations

import json

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from cvdesk.care.letters import Message, field_names, message, unknown_fields, usual_subject, usual_text
from cvdesk.care.records_loop import Circle, Person
from cvdesk.catalogue import store as catalogue
from cvdesk.kit.form import text_field, words_field
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, TIGHT
from cvdesk.kit.widgets import NOTE, TEXT, column, label, scrolled
from cvdesk.wording import _

DRAFT = "care:loop-text"
_SAVED_AFTER = 600  # ms without typing
_ROOMY = 560


class LetterText(QWidget):
    """Subject and text with fields in curly brackets, and beside it the letter of one customer."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._circle: Circle | None = None
        self._person: Person | None = None
        self._business = catalogue.business(session.file).name
        theme = session.theme
        kept = _kept(session.draft(DRAFT))
        self.subject = text_field(kept.get("subject", usual_subject()))
        self.words = words_field(kept.get("text", usual_text()), lines=4)
        self.preview = label(theme, "", TEXT, wrap=True)
        self.whose = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.wrong = label(theme, "", NOTE, tone="bad", wrap=True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(LARGE)
        self._row.addLayout(self._typed(), 1)
        self._row.addLayout(self._read(), 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVED_AFTER)
        self._timer.timeout.connect(self.keep)
        self.subject.textChanged.connect(self._changed)
        self.words.textChanged.connect(self._changed)

    def _typed(self) -> QBoxLayout:
        theme = self._session.theme
        box = column(None, TIGHT)
        fields = ", ".join("{" + name + "}" for name in field_names())
        for name, field in ((_("Subject of the e-mail"), self.subject), (_("One text for all"), self.words)):
            heading = label(theme, name, NOTE, tone="quiet")
            heading.setBuddy(field)
            field.setAccessibleName(name)
            box.addWidget(heading)
            box.addWidget(field, 1 if field is self.words else 0)
        box.addWidget(
            label(theme, _("Filled in for each: {fields}").format(fields=fields), NOTE, tone="faint", wrap=True)
        )
        box.addWidget(self.wrong)
        return box

    def _read(self) -> QBoxLayout:
        box = column(None, TIGHT)
        inner = QWidget()
        column(inner, 0).addWidget(self.preview)
        inside = inner.layout()
        if inside is not None:
            inside.setContentsMargins(0, 0, TIGHT, 0)
        box.addWidget(self.whose)
        box.addWidget(scrolled(inner), 1)
        return box

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
        roomy = self.width() >= self._session.theme.px(_ROOMY)
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            if place == 1 and item is not None and item.layout() is not None:
                self.whose.setVisible(roomy)
                self.preview.setVisible(roomy)
        self._row.setStretch(1, 1 if roomy else 0)

    def _changed(self) -> None:
        self._timer.start()
        self._show()

    def _show(self) -> None:
        unknown = unknown_fields(self.words.toPlainText()) + unknown_fields(self.subject.text())
        listed = ", ".join("{" + name + "}" for name in dict.fromkeys(unknown))
        self.wrong.setText(_("Stays as it is written, there is no such field: {fields}").format(fields=listed))
        self.wrong.setVisible(bool(unknown))
        if self._circle is None or self._person is None:
            self.whose.setText(_("Select a customer to read their letter."))
            self.preview.setText("")
            return
        made = self.message(self._circle, self._person)
        self.whose.setText(_("As {name} reads it: {subject}").format(name=self._person.name, subject=made.subject))
        self.preview.setText(made.body)


def _kept(draft: str) -> dict[str, str]:
    try:
        found = json.loads(draft) if draft else {}
    except ValueError:
        return {}
    return {name: text for name, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}


__all__ = ["LetterText"]
