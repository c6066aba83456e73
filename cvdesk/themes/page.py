"""Themes: what customers speak of, what is still to be filed, new themes, and how well the program files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.view import View
from cvdesk.themes.page_rank import RankView
from cvdesk.themes.store_filing import waiting_count
from cvdesk.wording import _
from cvdesk.wording.numbers import whole


def _file() -> type[View]:
    from cvdesk.themes.page_file import FileView

    return FileView


def _new() -> type[View]:
    from cvdesk.themes.page_new import NewView

    return NewView


def _check() -> type[View]:
    from cvdesk.themes.page_check import CheckView

    return CheckView


# Only the ranking is made at once; the others when they are first looked at.
_LOAD: dict[str, Callable[[], type[View]]] = {"ranking": lambda: RankView, "file": _file, "new": _new, "check": _check}


class ThemesPage(Page):
    """Tabs over the same filter; every figure opens the feedback behind it."""

    key = "themes"
    icon = "tags"
    figures = True
    watches = frozenset({"entries", "entry_themes", "themes"})  # for how much waits to be filed
    _count_job: Job | None = None

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Themes")

    def show_record(self, record: object) -> None:
        """A theme by its id, as soon as the ranking is there; a tab as ("view", key)."""
        if isinstance(record, tuple):
            self.choose_view(str(record[1]))
            self.focus_first()
        elif isinstance(record, int):
            self.choose_view("ranking")
            self.ranking.select(record)

    def choose_view(self, key: str) -> None:
        """Shows a tab by its key. KeyError for an unknown one."""
        self.tabs.choose(key)
        self._show_view(key)

    def select_first(self) -> None:
        """Selects the theme on top, so that what customers say of it shows."""
        self.ranking.select_first()

    def focus_first(self) -> None:
        """What the open tab leads with."""
        self._made[self.tabs.key].focus_first()

    def refresh(self) -> None:
        """Asks again for what the open tab shows; the others ask when they are opened."""
        self._stale_views.update(self._made)
        self._show_view(self.tabs.key)
        self._count_waiting()

    # Building

    def _build(self) -> None:
        self._made: dict[str, View] = {}
        self._stale_views: set[str] = set()
        self._titles: dict[str, tuple[str, str]] = {}
        self.filters = FilterBar(self.session)
        self.box.addWidget(self.filters)
        names = {
            "ranking": RankView.title(), "file": _("To file"), "new": _("New themes"), "check": _("Monthly check"),
        }  # fmt: skip
        self.tabs = Tabs(self.theme, _("Ways of looking at themes"), list(names.items()))
        self.box.addWidget(self.tabs)
        self._views = QStackedWidget()
        self.box.addWidget(self._views, 1)
        self.ranking = RankView(self.session)
        self._add_view("ranking", self.ranking)

    def _add_view(self, key: str, view: View) -> None:
        view.titled.connect(partial(self._view_titled, key))
        self._made[key] = view
        self._stale_views.add(key)
        self._views.addWidget(view)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show_view)
        self.tabs.pressed.connect(self.focus_first)  # who clicks To file wants to file by keys
        for keys, by in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self, partial(self.tabs.step, by))

    # Showing

    def _show_view(self, key: str) -> None:
        """Shows a tab, made on its first visit; asks for its figures where they are stale."""
        if key not in self._made:
            self._add_view(key, _LOAD[key]()(self.session))
        view = self._made[key]
        self._views.setCurrentWidget(view)
        if key in self._stale_views:
            self._stale_views.discard(key)
            view.show_for(self.session.filter)
        self._title(key)
        themed = key == "ranking" and self.session.filter.theme is not None
        self.filters.note.setText(_("A theme does not limit the ranking") if themed else "")

    def _count_waiting(self) -> None:
        """How much waits stands on its tab; asked after what the open tab shows."""
        if self._count_job is not None:
            self._count_job.cancel()
        chosen = self.session.filter
        self._count_job = self.session.ask(lambda file: waiting_count(file, chosen), self._waiting_counted)

    def _waiting_counted(self, count: int) -> None:
        self.tabs.rename("file", _("To file ({n})").format(n=whole(count)) if count else _("To file"))

    def _view_titled(self, key: str, title: str, subtitle: str) -> None:
        self._titles[key] = (title, subtitle)
        if self.tabs.key == key:
            self._title(key)

    def _title(self, key: str) -> None:
        """Always two lines: what stands below does not move from tab to tab."""
        title, subtitle = self._titles.get(key, (self.title(), ""))
        self.set_title(title, subtitle or _("What customers speak of, and where it is filed"))

    def _tables_changed(self, tables: frozenset[str]) -> None:
        stale = {key for key, view in self._made.items() if "*" in tables or view.watches & tables}
        self._stale_views |= stale
        if not self.isVisible():
            self._stale = self._stale or bool(stale)
            return
        if self.tabs.key in stale:
            self._show_view(self.tabs.key)
        if "*" in tables or self.watches & tables:
            self._count_waiting()
