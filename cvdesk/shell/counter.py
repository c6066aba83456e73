"""The window at the counter: full screen, nothing but the survey, and no way out but the owner's PIN."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QMainWindow, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.kit.session import Session
from cvdesk.kit.theme import SMALL
from cvdesk.shell.counter_kept import counter_survey, keep_counter
from cvdesk.shell.counter_start import CounterDialog
from cvdesk.shell.logonly_pin import LeaveDialog, Tries
from cvdesk.surveys.page_counter import CounterView
from cvdesk.surveys.page_counter_parts import BigButton
from cvdesk.wording import _

PIN_STAYS = 30_000  # ms without a touch after which the question for the PIN goes by itself
BACK_AFTER = 1_000  # ms until the window takes the whole screen again
_PAD = "123456789"
_LITTLE = 560  # a screen less high than that has little room


def start_counter(
    session: Session, settings: QSettings, survey_id: int | None, parent: QWidget, go: Callable[[], object]
) -> None:
    """Asks which survey (None: the one-minute form) and for a PIN, and calls `go`, which shows the file anew."""

    def begin(survey: int) -> None:
        keep_counter(settings, session.file.path, survey)
        go()

    CounterDialog(session, survey_id, begin, parent).open()


class CounterWindow(QMainWindow):
    """One survey of one business file, for customers. `leave("again")` is called once the owner is back."""

    def __init__(self, session: Session, settings: QSettings, leave: Callable[[str], None]) -> None:
        super().__init__()
        self.session, self.settings = session, settings
        self._leave = leave
        self._tries = Tries()
        self._asking: LeaveDialog | None = None
        self._may_close = False
        self.setWindowTitle(catalogue.business(session.file).name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setGeometry(self.screen().geometry())  # also where no window manager hears of full screens
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.view = CounterView(session, counter_survey(settings))
        self.view.owner_wanted.connect(self.leave)
        self.setCentralWidget(self.view)
        self._back_to_full = QTimer(self, interval=BACK_AFTER, singleShot=True)
        self._back_to_full.timeout.connect(self._fill_screen)
        session.theme.changed.connect(self.view.update)

    def leave(self) -> None:
        """Asks for the owner's PIN; whoever has it gets everything back."""
        if self._asking is None:
            self._asking = PinDialog(self.session, self._left, self._tries, self)
            self._asking.finished.connect(self._asked)
            self._asking.open()

    def let_close(self) -> None:
        """From now on closing closes: somebody with the right to it has asked."""
        self._may_close = True

    def trouble(self) -> None:
        """Something failed that was logged elsewhere: customers are only told that this is closed."""
        self.view.hold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (control and event.key() in (Qt.Key.Key_Q, Qt.Key.Key_W)):
            self.leave()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        smaller = self.isMinimized() or not self.isFullScreen()
        if event.type() == QEvent.Type.WindowStateChange and smaller and not self._may_close:
            self._back_to_full.start()  # a key of the window manager did it

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close:
            event.ignore()
            self.leave()
            return
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.view.rest()
        self.hide()
        self.session.close()
        event.accept()

    def _asked(self, _result: int) -> None:
        self._asking = None

    def _left(self) -> None:
        keep_counter(self.settings, None)
        self.let_close()
        self._leave("again")

    def _fill_screen(self) -> None:
        if not self._may_close:
            self.showFullScreen()
            self.raise_()
            self.activateWindow()


class PinDialog(LeaveDialog):
    """The question for the PIN with digits to touch; it goes by itself when nobody answers it."""

    def __init__(self, session: Session, go: Callable[[], object], tries: Tries, parent: CounterWindow) -> None:
        super().__init__(session, go, tries, parent, _("Leave counter mode"))
        self._gone = QTimer(self, interval=PIN_STAYS, singleShot=True)
        self._gone.timeout.connect(self.reject)
        self._gone.start()
        self.pin.textChanged.connect(self._gone.start)
        pad = QGridLayout()
        pad.setSpacing(session.theme.px(SMALL))
        little = self.screen().availableGeometry().height() < session.theme.px(_LITTLE)
        in_row = 6 if little else 3  # two long rows where four short ones are too high
        signs = [*_PAD, "0", "←"] if little else [*_PAD, "←", "0"]
        for place, sign in enumerate(signs):
            name = _("Delete the last digit") if sign == "←" else sign
            made = BigButton(session.theme, sign, partial(_type, self.pin, sign), name=name)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            pad.addWidget(made, place // in_row, place % in_row)
        pad.addWidget(self.leave_button, 12 // in_row - 1, in_row - 1)
        self.leave_button.setMinimumHeight(session.theme.px(64))
        self.cancel_button.setMinimumHeight(session.theme.px(48))
        self.body.insertLayout(self.body.count() - 1, pad)


def _type(field: QLineEdit, sign: str) -> None:
    if sign == "←":
        field.backspace()
    else:
        field.insert(sign)
