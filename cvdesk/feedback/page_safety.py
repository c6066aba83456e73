"""What is known about a matter of safety, in the card of its entry: three answers, and whether it is dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from cvdesk.feedback import store
from cvdesk.feedback.form_safety import SafetyQuestions
from cvdesk.feedback.records import Entry
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import SMALL, TEXT, button, column, label
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short


@dataclass(frozen=True, slots=True)
class Typed:
    """A field that is typed in. `changed`: not saved yet; `cursor`: where it stands, where the keyboard is there."""

    key: str
    text: str
    changed: bool
    cursor: int | None


class SafetyBox(QWidget):
    """Each answer is saved when its field is left or Enter pressed; the card is shown anew while the next is typed."""

    def __init__(self, session: Session, entry: Entry) -> None:
        super().__init__()
        self.session, self._entry_id = session, entry.id or 0
        theme, today, writable = session.theme, session.today(), not session.file.read_only
        box = column(self, SMALL)
        self.questions = SafetyQuestions(theme)
        self.questions.load({
            "safety_batch": entry.safety_batch, "safety_others": entry.safety_others, "safety_told": entry.safety_told,
        })  # fmt: skip
        self.questions.setEnabled(writable)
        self.questions.left.connect(self._save)
        box.addWidget(self.questions)
        if entry.safety_closed is None:
            text, day = _("Dealt with"), today
        else:
            said = _("Dealt with {day}").format(day=day_short(entry.safety_closed, today))
            box.addWidget(label(theme, said, TEXT, tone="quiet"))
            text, day = _("Not dealt with after all"), None
        close = partial(store.close_safety, entry_id=self._entry_id, day=day)
        made = button(theme, text, partial(session.run, text, close, say=_("Saved")))
        made.setEnabled(writable)
        box.addWidget(made)

    def typed(self) -> list[Typed]:
        """What is being typed."""
        return [
            Typed(key, field.text(), field.isModified(), field.cursorPosition() if field.hasFocus() else None)
            for key, field in self.questions.fields.items()
            if field.isModified() or field.hasFocus()
        ]

    def go_on(self, typed: Sequence[Typed]) -> None:
        """Typing goes on where it was."""
        for one in typed:
            field = self.questions.fields[one.key]
            if one.changed:
                field.setText(one.text)
                field.setModified(True)
            if one.cursor is not None:
                self.show()  # what is not in view yet is not given the keyboard
                field.setFocus()
                field.setCursorPosition(one.cursor)

    def save_typed(self) -> None:
        """Saves what is typed where something else is shown before the field was left: a search, a figure."""
        if any(one.changed for one in self.typed()):
            self._save()

    def _save(self) -> None:
        work = partial(store.save_safety, entry_id=self._entry_id, answers=self.questions.answers())
        self.session.run(_("Answer about safety"), work)
