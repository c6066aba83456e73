"""The journal of used vouchers: kept up with Undo and Redo, and looked at when a file is opened.

An older copy of the file does not know which vouchers were used since; the journal does. They are marked as used in the
file, and the owner is told which.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from cvdesk.db import BusinessFile
from cvdesk.kit import ask
from cvdesk.kit.session import Session
from cvdesk.wording import _

if TYPE_CHECKING:
    from cvdesk.care.journal import UsedSince

_AFTER_START_MS = 1_500  # the window answers first
_ANY = "SELECT EXISTS (SELECT 1 FROM vouchers)"


class VoucherJournal(QObject):
    """Keeps the journal of one window's file."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.timeout.connect(self.look)
        self._start.start(_AFTER_START_MS)
        session.changed.connect(self._changed)

    def look(self) -> None:
        """Asks whether vouchers were used of which this file does not know."""
        self._session.look(_used_since, self._found)

    def _found(self, used: tuple[UsedSince, ...]) -> None:
        if not used:
            return
        from cvdesk.care import journal

        if not self._session.file.read_only:
            self._session.run(_("Keep used vouchers used"), partial(journal.keep_used, used=used))
        to_do = _("Nothing needs to be done: their codes are refused.")
        ask.prompts.tell(self._window, journal.in_words(used), to_do)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"vouchers", "*"} and not self._session.file.read_only:
            self._session.write_out(_keep_up, lambda _noted: None)


def _used_since(file: BusinessFile) -> tuple[UsedSince, ...]:
    from cvdesk.care import journal

    return journal.used_since(file)


def _keep_up(file: BusinessFile) -> bool:
    if not file.value(_ANY):
        return True
    from cvdesk.care import journal

    return journal.keep_up(file)
