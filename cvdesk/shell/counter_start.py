"""Into counter mode: which survey, after how long it begins anew, and the PIN that leads out of it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from cvdesk.catalogue import pin
from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import Form, choice_field
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, SMALL, WIDE
from cvdesk.kit.widgets import NOTE, TEXT, TITLE, button, column, label, line
from cvdesk.shell.logonly_pin import pin_field
from cvdesk.surveys import store_counter
from cvdesk.wording import _, ngettext


class CounterDialog(Dialog):
    """Says what counter mode is and starts it. Without a survey named, the one-minute form is chosen."""

    def __init__(
        self, session: Session, survey_id: int | None, go: Callable[[int], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(session.theme.px(520), parent)
        self.session = session
        self._go = go
        self.has_pin = pin.has_pin(session.file)
        theme = session.theme
        title = _("Counter mode")
        self.setWindowTitle(title)
        box = column(self, LARGE, (WIDE, WIDE, WIDE, WIDE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        about = _(
            "This screen turns to your customers: one question at a time, large buttons, nothing else. Everybody who "
            "answers counts as one person without a name. You come back with your PIN, also after a restart."
        )
        box.addWidget(label(theme, about, TEXT, wrap=True))
        box.addWidget(self._fields(survey_id))
        note = _("The PIN keeps customers inside this screen. The computer itself is locked by its own means.")
        box.addWidget(label(theme, note, NOTE, tone="faint", wrap=True))
        row = line(SMALL)
        row.addStretch(1)
        row.addWidget(button(theme, _("Cancel"), self.reject))
        self.start_button = button(theme, _("Start"), self.start, "main")
        self.start_button.setDisabled(session.file.read_only)
        row.addWidget(self.start_button)
        box.addLayout(row)

    def _fields(self, survey_id: int | None) -> Form:
        db = self.session.file
        self.form = Form(self.session.theme)
        known = [(one.id, one.name) for one in store_counter.offered(db)]
        minute = store_counter.has_minute(db)
        options: list[tuple[object, str]] = [*([] if minute else [(None, _("One minute: a question for each part"))])]
        self.survey: QComboBox = choice_field([*options, *known], survey_id)
        self.form.field("survey", _("Survey"), self.survey)
        waits = [
            (one, ngettext("{count} second", "{count} seconds", one).format(count=one)) for one in store_counter.IDLE
        ]
        self.idle: QComboBox = choice_field(list(waits), store_counter.idle_seconds(db))
        self.form.field("idle", _("Begins anew without a touch after"), self.idle)
        self.pin = pin_field(_("Leave empty to keep the PIN there is") if self.has_pin else _("Four digits or more"))
        self.form.field("pin", _("Another PIN to come back") if self.has_pin else _("PIN to come back"), self.pin)
        self.again = pin_field("")
        self.form.field("again", _("The same PIN again"), self.again)
        self.form.submitted.connect(self.start)
        self.form.left.connect(self.reject)
        self.pin.setFocus()
        return self.form

    def start(self) -> None:
        """Keeps what was chosen, then shows the counter."""
        typed, survey, idle = self.pin.text(), self.survey.currentData(), self.idle.currentData()
        if not typed and not self.has_pin:
            self.form.show_problems({"pin": _("Set a PIN: without one nobody could come back in here.")})
            return
        if typed != self.again.text():  # nobody sees what was typed, and it is the only way out
            self.form.show_problems({"again": _("The two are not the same. Type the PIN once more.")})
            self.again.setFocus()
            return
        day = self.session.today()

        def work(op: Operation) -> int:
            if typed:
                pin.set_pin(op, typed)
            if idle != store_counter.idle_seconds(op):
                store_counter.save_idle(op, idle)
            return survey if survey is not None else store_counter.minute_survey(op, day)

        self.start_button.setEnabled(False)
        self.session.run(_("Start counter mode"), work, self._started, self._failed)

    def _started(self, survey_id: int) -> None:
        self.accept()
        self._go(survey_id)

    def _failed(self, error: Exception) -> None:
        self.start_button.setEnabled(True)
        if isinstance(error, UserError):
            self.form.show_problems({"pin": str(error)})
        else:
            crash.report(error)
