"""What the tabs of a page have in common: each asks for itself, and only while it is seen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cvdesk.db.filter import Filter
from cvdesk.kit.session import Session
from cvdesk.kit.theme import MEDIUM
from cvdesk.kit.widgets import column


class View(QWidget):
    """One tab of a page. Subclasses set `key` and `watches` and write `title`, `_build`, `show_for`.

    `watches` names the tables whose changes make what is shown stale. The page asks for it again then, and when the
    filter changed, but only while the tab is seen.
    """

    key = ""
    watches: frozenset[str] = frozenset()
    titled = Signal(str, str)  # title and subtitle of the page while this tab shows

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.theme = session.theme
        self.setAccessibleName(self.title())
        self.box = column(self, MEDIUM)
        self._build()

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        raise LookupError(cls.__name__)

    def show_for(self, chosen: Filter) -> None:
        """Asks for what the filter stands for, and shows it; a job under way for another filter is cancelled."""
        raise LookupError(type(self).__name__)

    def show_record(self, record: object) -> None:
        """Brings what another page asked for into view. Views that can override it."""

    def focus_first(self) -> None:
        """Where the keyboard goes when the tab is opened."""
        self.setFocus()

    def _build(self) -> None:
        raise LookupError(type(self).__name__)
