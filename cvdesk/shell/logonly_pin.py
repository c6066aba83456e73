"""Going into the log-only view and out of it again, with the owner's PIN where there is one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from cvdesk.catalogue import pin
from cvdesk.errors import UserError
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import Form, text_field
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, SMALL, WIDE
from cvdesk.kit.widgets import NOTE, TEXT, TITLE, button, column, label, line
from cvdesk.shell.staff import Problem
from cvdesk.wording import _

LONGEST_WAIT = 60  # seconds
_FIRST_WAIT = 2


class StartDialog(Dialog):
    """Says what the view is and takes a PIN for the way back."""

    def __init__(self, session: Session, go: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(session.theme.px(480), parent)
        self.session = session
        self._go = go
        theme = session.theme
        title = _("Log-only view")
        self.setWindowTitle(title)
        self.has_pin = pin.has_pin(session.file)
        box = column(self, LARGE, (WIDE, WIDE, WIDE, WIDE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        about = _(
            "For staff at the counter: the line that logs feedback, the tally, and what each of them logged today. "
            "Customers, figures and all other pages are out of sight until you come back."
        )
        box.addWidget(label(theme, about, TEXT, wrap=True))
        self.form = Form(theme)
        self.pin = pin_field(_("Leave empty to keep the PIN there is") if self.has_pin else _("None"))
        self.form.field("pin", _("Another PIN to come back") if self.has_pin else _("PIN to come back"), self.pin)
        self.form.submitted.connect(self.start)
        self.form.left.connect(self.reject)
        box.addWidget(self.form)
        self.problem = Problem(theme, self.pin)
        box.addWidget(self.problem)
        note = _("The PIN keeps others out of the way. To protect the file itself, use a passphrase.")
        box.addWidget(label(theme, note, NOTE, tone="faint", wrap=True))
        row = line(SMALL)
        self.no_pin = button(theme, _("Take the PIN away"), self._take_away, "plain")
        self.no_pin.setVisible(self.has_pin)
        row.addWidget(self.no_pin)
        row.addStretch(1)
        row.addWidget(button(theme, _("Cancel"), self.reject))
        self.start_button = button(theme, _("Start"), self.start, "main")
        row.addWidget(self.start_button)
        box.addLayout(row)
        self.pin.setEnabled(not session.file.read_only)
        self.pin.setFocus()

    def start(self) -> None:
        """Keeps the PIN where one was typed, then shows the view."""
        typed = self.pin.text()
        if not typed:
            self._started(None)
            return
        self.start_button.setEnabled(False)
        self.session.run(_("Set the PIN"), partial(pin.set_pin, pin=typed), self._started, self._not_set)

    def _take_away(self) -> None:
        self.session.run(_("Take the PIN away"), partial(pin.set_pin, pin=""), self._taken_away)

    def _taken_away(self, _done: object) -> None:
        self.no_pin.hide()
        self.pin.setPlaceholderText(_("None"))
        self.pin.setFocus()
        self.fit()

    def _started(self, _done: object) -> None:
        self.accept()
        self._go()

    def _not_set(self, error: Exception) -> None:
        self.start_button.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.problem.say(str(error))
        self.fit()


class Tries:
    """Wrong PINs so far: each makes the next try wait longer, also where the dialog is closed and opened again."""

    def __init__(self) -> None:
        self.wait = 0  # seconds the last wrong try costs
        self._over = QDeadlineTimer(0)

    @property
    def seconds_left(self) -> int:
        """How long the next try still has to wait."""
        return -(-self._over.remainingTime() // 1000)

    def wrong(self) -> None:
        """One more that did not fit."""
        self.wait = min(self.wait * 2 or _FIRST_WAIT, LONGEST_WAIT)
        self._over = QDeadlineTimer(self.wait * 1000)


class LeaveDialog(Dialog):
    """Asks for the PIN. Each wrong try makes the next one wait longer."""

    def __init__(
        self,
        session: Session,
        go: Callable[[], object],
        tries: Tries,
        parent: QWidget | None = None,
        title: str = "",
    ) -> None:
        super().__init__(session.theme.px(400), parent)
        self.session = session
        self._go = go
        self.tries = tries
        theme = session.theme
        title = title or _("Leave the log-only view")
        self.setWindowTitle(title)
        box = self.body = column(self, LARGE, (WIDE, WIDE, WIDE, WIDE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        self.form = Form(theme)
        self.pin = pin_field("")
        self.form.field("pin", _("The owner's PIN"), self.pin)
        self.form.submitted.connect(self.leave)
        self.form.left.connect(self.reject)
        box.addWidget(self.form)
        self.problem = Problem(theme, self.pin)
        box.addWidget(self.problem)
        row = line(SMALL)
        row.addStretch(1)
        self.cancel_button = button(theme, _("Cancel"), self.reject)
        row.addWidget(self.cancel_button)
        self.leave_button = button(theme, _("Leave"), self.leave, "main")
        row.addWidget(self.leave_button)
        box.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._again)
        self.pin.setFocus()
        if tries.seconds_left:
            self._hold()

    def leave(self) -> None:
        """Leaves when the PIN fits."""
        if self._timer.isActive():
            return
        if pin.fits(self.session.file, self.pin.text()):
            self.accept()
            self._go()
            return
        self.tries.wrong()
        self.pin.clear()
        self._hold()

    def _hold(self) -> None:
        left = self.tries.seconds_left
        self._say(_("This is not the PIN. The next try is possible in {count} seconds.").format(count=left))
        self.leave_button.setEnabled(False)
        self._timer.start(left * 1000)

    def _again(self) -> None:
        self.leave_button.setEnabled(True)
        self._say(_("This is not the PIN. Try again."))

    def _say(self, text: str) -> None:
        self.problem.say(text)
        self.fit()


def pin_field(placeholder: str) -> QLineEdit:
    """A field whose signs nobody reads over a shoulder."""
    field = text_field("", placeholder)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(64)
    return field
