"""A strip of tabs and the view of the open one: made on its first visit, asked only while it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.db.filter import Filter
from cvdesk.kit.session import Session
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.theme import MEDIUM
from cvdesk.kit.view import View
from cvdesk.kit.widgets import column


@dataclass(frozen=True, slots=True)
class Tab:
    """One view: its key, its name on the strip, and how its class is loaded when it is first seen."""

    key: str
    title: Callable[[], str]
    load: Callable[[], type[View]]


class Views(QWidget):
    """Knows which views are stale; `awake` says whether the open one may ask now."""

    opened = Signal(str)  # a tab is shown, or shown anew
    titled = Signal()  # the open view gave itself a title

    def __init__(
        self, session: Session, name: str, tabs: Sequence[Tab], chosen: Callable[[], Filter],
        awake: Callable[[], bool] = lambda: True,
    ) -> None:  # fmt: skip
        """`name`: of the strip, for a screen reader; `chosen`: what the views are limited to."""
        super().__init__()
        self._session, self._chosen, self._awake = session, chosen, awake
        self._tabs = {tab.key: tab for tab in tabs}
        self._made: dict[str, View] = {}
        self._stale: set[str] = set()
        self._titles: dict[str, tuple[str, str]] = {}
        self.tabs = Tabs(session.theme, name, [(tab.key, tab.title()) for tab in tabs])
        self._stack = QStackedWidget()
        box = column(self, MEDIUM)
        box.addWidget(self.tabs)
        box.addWidget(self._stack, 1)
        self.tabs.chosen.connect(lambda _key: self.show_open())
        for keys, by in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self, partial(self.tabs.step, by))

    @property
    def made(self) -> list[str]:
        """The keys of the views there are so far."""
        return list(self._made)

    @property
    def title(self) -> tuple[str, str] | None:
        """Title and subtitle the open view gave itself; None as long as it gave none."""
        return self._titles.get(self.tabs.key)

    @property
    def open(self) -> View:
        """The open view."""
        return self.view(self.tabs.key)

    def view(self, key: str) -> View:
        """A view, made now if it was not there yet. KeyError for an unknown one."""
        if key not in self._made:
            made = self._tabs[key].load()(self._session)
            made.titled.connect(partial(self._view_titled, key))
            self._made[key] = made
            self._stale.add(key)
            self._stack.addWidget(made)
        return self._made[key]

    def choose(self, key: str) -> None:
        """Shows a tab by its key. KeyError for an unknown one."""
        self.tabs.choose(key)
        self.show_open()

    def show_open(self) -> None:
        """Shows the open tab's view and lets it ask where it is stale."""
        key = self.tabs.key
        view = self.view(key)
        self._stack.setCurrentWidget(view)
        self.opened.emit(key)
        if key in self._stale and self._awake():
            self._stale.discard(key)
            view.show_for(self._chosen())

    def all_stale(self) -> None:
        """Every view asks again when it is next seen."""
        self._stale.update(self._made)

    def touched(self, tables: frozenset[str]) -> set[str]:
        """The keys of the views that show these tables; they ask again when they are next seen."""
        stale = {key for key, view in self._made.items() if "*" in tables or view.watches & tables}
        self._stale |= stale
        return stale

    def _view_titled(self, key: str, title: str, subtitle: str) -> None:
        self._titles[key] = (title, subtitle)
        if self.tabs.key == key:
            self.titled.emit()
