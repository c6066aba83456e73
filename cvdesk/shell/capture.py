"""The one line that logs feedback, over whatever page the person is on."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cvdesk.feedback.page_capture import CaptureBar
from cvdesk.feedback.page_capture_chips import COMPLAINT_KEYS, PROMISE_KEYS, SAFETY_KEYS
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import LARGE, MEDIUM, NOTE, TITLE, column, label
from cvdesk.wording import _


class CaptureDialog(Dialog):
    """Stays open for the next one after Enter; Escape leaves, and what was typed is kept as a draft.

    Ctrl+Z takes back here, too: what was logged last, once there is no typing to undo.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session.theme.px(820), parent)
        self.setWindowTitle(_("Log feedback"))
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(session.theme, _("Log feedback"), TITLE, strong=True))
        self.bar = CaptureBar(session)
        box.addWidget(self.bar)
        box.addWidget(
            label(
                session.theme,
                _(
                    "Enter logs it and is ready for the next. Tab takes what is offered, ↓ goes to the chips."
                    " {complaint} makes a complaint of it, {safety} marks safety, {promise} a promise."
                    " Escape closes; half-typed words are kept."
                ).format(complaint=COMPLAINT_KEYS, safety=SAFETY_KEYS, promise=PROMISE_KEYS),
                NOTE,
                tone="faint",
                wrap=True,
            )
        )
        for key, step in ((QKeySequence.StandardKey.Undo, session.undo), (QKeySequence.StandardKey.Redo, session.redo)):
            QShortcut(QKeySequence(key), self).activated.connect(step)
        self.bar.focus_line()
