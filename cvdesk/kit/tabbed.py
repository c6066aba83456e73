"""A page of tabs: each view is made on its first visit, asks for itself, and only while it is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from cvdesk.kit.page import Page
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.view import View


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of a page: its key, its name on the strip, and how its class is loaded when it is first seen."""

    key: str
    title: Callable[[], str]
    load: Callable[[], type[View]]


class TabbedPage(Page):
    """Subclasses set `tabs_of` and write `title`, `purpose` and, for records, `view_for`."""

    tabs_of: ClassVar[tuple[Tab, ...]] = ()

    def purpose(self) -> str:
        """What the page is for, in a few words; where a tab says nothing else it stands below the title."""
        return ""

    def view_for(self, record: object) -> str:
        """The key of the tab in which a record is shown."""
        return self.tabs.key

    def show_record(self, record: object) -> None:
        """A tab as ("view", key); anything else is handed to the tab it is shown in."""
        if isinstance(record, tuple) and record[0] == "view":
            self.choose_view(str(record[1]))
            self.focus_first()
            return
        key = self.view_for(record)
        self.choose_view(key)
        self.view(key).show_record(record)

    def choose_view(self, key: str) -> None:
        """Shows a tab by its key. KeyError for an unknown one."""
        self.tabs.choose(key)
        self._show_view(key)

    def view(self, key: str) -> View:
        """A tab's view, made now if it was not there yet. KeyError for an unknown one."""
        if key not in self._made:
            made = self._tabs_by_key[key].load()(self.session)
            made.titled.connect(partial(self._view_titled, key))
            self._made[key] = made
            self._stale_views.add(key)
            self._views.addWidget(made)
        return self._made[key]

    def focus_first(self) -> None:
        """Where the open tab begins."""
        self.view(self.tabs.key).focus_first()

    def refresh(self) -> None:
        """Asks again for what the open tab shows; the others ask when they are opened."""
        self._stale_views.update(self._made)
        self._show_view(self.tabs.key)

    def above(self) -> None:
        """Adds what stands above the tabs, such as the filter bar."""

    def _build(self) -> None:
        self._made: dict[str, View] = {}
        self._stale_views: set[str] = set()
        self._titles: dict[str, tuple[str, str]] = {}
        self._tabs_by_key = {tab.key: tab for tab in self.tabs_of}
        self.above()
        self.tabs = Tabs(self.theme, self.title(), [(tab.key, tab.title()) for tab in self.tabs_of])
        self.box.addWidget(self.tabs)
        self._views = QStackedWidget()
        self.box.addWidget(self._views, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show_view)
        for keys, by in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self, partial(self.tabs.step, by))

    def _show_view(self, key: str) -> None:
        view = self.view(key)
        self._views.setCurrentWidget(view)
        self._title(key)
        if key in self._stale_views:
            self._stale_views.discard(key)
            view.show_for(self.session.filter)

    def _view_titled(self, key: str, title: str, subtitle: str) -> None:
        self._titles[key] = (title, subtitle)
        if self.tabs.key == key:
            self._title(key)

    def _title(self, key: str) -> None:
        """Always two lines: what stands below does not move from tab to tab."""
        title, subtitle = self._titles.get(key, (self.title(), ""))
        self.set_title(title, subtitle or self.purpose())

    def _tables_changed(self, tables: frozenset[str]) -> None:
        stale = {key for key, view in self._made.items() if "*" in tables or view.watches & tables}
        self._stale_views |= stale
        if not self.isVisible():
            self._stale = self._stale or bool(stale)
        elif self.tabs.key in stale:
            self._show_view(self.tabs.key)
