"""What the page of feedback offers beside its line and its list: batches, reviews, export, one customer's line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from cvdesk.feedback.page_capture import CaptureBar
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import button
from cvdesk.wording import _


def more_button(session: Session, export: Callable[[], None]) -> QPushButton:
    """Notes on paper and reviews from the web, which come many at once, and the list as a file."""
    made = button(session.theme, _("More"), name=_("More about feedback"))
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made.setIcon(session.theme.icon("chevron-down", "quiet", 14))
    menu = QMenu(made)
    for text, name in ((_("Notes on paper…"), "batch"), (_("Reviews from the web…"), "reviews")):
        action = menu.addAction(text)
        action.triggered.connect(lambda _checked=False, name=name: session.open("command", name))
        action.setEnabled(not session.file.read_only)
    menu.addSeparator()
    menu.addAction(_("Export this list…")).triggered.connect(lambda _checked=False: export())
    made.setMenu(menu)
    return made


class Begun:
    """Begins the line for a customer somebody chose elsewhere; a line in which something was typed is left alone."""

    def __init__(self, session: Session, capture: CaptureBar) -> None:
        self._session, self._capture = session, capture
        self._begun = ""

    def begin(self, customer_id: int, name: str) -> None:
        """Puts the customer before what will be said."""
        capture = self._capture
        capture.focus_line()
        if self._session.file.read_only:
            return
        if capture.line.text().strip() not in ("", self._begun.strip()):
            self._session.say(_("Log the line you began, or clear it, before the next one."))
            return
        self._begun = f"{name}: "
        capture.set_line("")  # with what was changed by hand about the one before
        capture.set_line(self._begun)
        if capture.captured is None or capture.captured.customer_id != customer_id:
            # Several of one name, or a name that is not read as one: who it is, is known.
            capture.change(
                customer_id=customer_id, customer_name="", name_to_ask="", customer_alike="", candidates=(),
                anonymous=False,
            )  # fmt: skip
