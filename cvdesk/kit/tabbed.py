"""A page of tabs: each view is made on its first visit, asks for itself, and only while it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cvdesk.kit.page import Page
from cvdesk.kit.view import View
from cvdesk.kit.views import Tab, Views

__all__ = ["Tab", "TabbedPage"]


class TabbedPage(Page):
    """Subclasses set `tabs_of` and write `title` and `purpose`.

    `shown_in`: which tab shows what another page asks for as ("sort", what about it).
    """

    tabs_of: ClassVar[tuple[Tab, ...]] = ()
    shown_in: ClassVar[Mapping[str, str]] = {}

    def purpose(self) -> str:
        """What the page is for, in a few words; where a tab says nothing else it stands below the title."""
        return ""

    def tabs_name(self) -> str:
        """What a screen reader calls the strip of tabs."""
        return self.title()

    def view_for(self, record: object) -> str:
        """The key of the tab in which a record is shown."""
        return self.shown_in.get(str(record[0]), self.tabs.key) if isinstance(record, tuple) else self.tabs.key

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
        self.views.choose(key)

    def view(self, key: str) -> View:
        """A tab's view, made now if it was not there yet. KeyError for an unknown one."""
        return self.views.view(key)

    def focus_first(self) -> None:
        """Where the open tab begins."""
        self.views.open.focus_first()

    def refresh(self) -> None:
        """Asks again for what the open tab shows; the others ask when they are opened."""
        self.views.all_stale()
        self.views.show_open()

    def above(self) -> None:
        """Adds what stands above the tabs, such as the filter bar."""

    def _build(self) -> None:
        self.above()
        self.views = Views(self.session, self.tabs_name(), self.tabs_of, lambda: self.session.filter)
        self.tabs = self.views.tabs
        self.box.addWidget(self.views, 1)

    def _connect(self) -> None:
        self.views.opened.connect(lambda _key: self._title())
        self.views.titled.connect(self._title)

    def _title(self) -> None:
        """Always two lines: what stands below does not move from tab to tab."""
        title, subtitle = self.views.title or (self.title(), "")
        self.set_title(title, subtitle or self.purpose())

    def _tables_changed(self, tables: frozenset[str]) -> None:
        stale = self.views.touched(tables)
        if not self.isVisible():
            self._stale = self._stale or bool(stale)
        elif self.tabs.key in stale:
            self.views.show_open()
