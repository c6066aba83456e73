"""A short confirmation at the bottom of the window, with Undo where there is something to take back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.widgets import MEDIUM, SMALL, button, label, line
from cvdesk.wording import _

_SHOWN_MS = 6000
_FROM_BELOW = 24


class Toast(QFrame):
    """A confirmation that goes away by itself, unless the pointer or the keyboard is on it."""

    def __init__(self, session: Session, parent: QWidget, side_width: int) -> None:
        """`side_width`: pixels at the left that belong to the navigation."""
        super().__init__(parent)
        self._session, self._parent, self._side = session, parent, side_width
        self.setObjectName("toast")
        box = line(MEDIUM, (MEDIUM, SMALL, SMALL, SMALL))
        self.setLayout(box)
        self._text = label(session.theme)
        self._undo = button(session.theme, _("Undo"))
        box.addWidget(self._text)
        box.addWidget(self._undo)
        self._undo.clicked.connect(self._take_back)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fade)
        self.hide()

    def say(self, text: str, can_undo: bool) -> None:
        """Shows a confirmation."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._undo.setVisible(can_undo)
        # Nothing to press: presses go to the buttons of the page below, and the pointer does not hold it up.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not can_undo)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def place(self) -> None:
        """At the bottom, in the middle of the page."""
        self.adjustSize()
        size: QSize = self.sizeHint()
        self.setGeometry(
            (self._parent.width() + self._side - size.width()) // 2,
            self._parent.height() - size.height() - _FROM_BELOW,
            size.width(),
            size.height(),
        )

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Pressed beside Undo it makes way for what is below."""
        self.hide()

    def _fade(self) -> None:
        if self.underMouse() or self._undo.hasFocus():
            self._timer.start(_SHOWN_MS)
        else:
            self.hide()

    def _take_back(self) -> None:
        self.hide()
        self._session.undo()
