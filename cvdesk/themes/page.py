"""Themes: what customers speak of, what is still to be filed, new themes, and how well the program files."""

from __future__ import annotations

from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.kit.jobs import Job
from cvdesk.kit.tabbed import Tab, TabbedPage
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


class ThemesPage(TabbedPage):
    """Tabs over the same filter; every figure opens the feedback behind it."""

    key = "themes"
    icon = "tags"
    figures = True
    watches = frozenset({"entries", "entry_themes", "themes"})  # for how much waits to be filed
    tabs_of = (
        Tab("ranking", lambda: RankView.title(), lambda: RankView),
        Tab("file", lambda: _("To file"), _file),
        Tab("new", lambda: _("New themes"), _new),
        Tab("check", lambda: _("Monthly check"), _check),
    )
    _count_job: Job | None = None

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Themes")

    def purpose(self) -> str:
        """What the page is for."""
        return _("What customers speak of, and where it is filed")

    def tabs_name(self) -> str:
        """What a screen reader calls the tabs."""
        return _("Ways of looking at themes")

    def above(self) -> None:
        """The filter bar."""
        self.filters = FilterBar(self.session)
        self.box.addWidget(self.filters)

    @property
    def ranking(self) -> RankView:
        """The first tab."""
        view = self.view("ranking")
        assert isinstance(view, RankView)
        return view

    def show_record(self, record: object) -> None:
        """A theme by its id, as soon as the ranking is there; a tab as ("view", key)."""
        if isinstance(record, tuple):
            super().show_record(record)
        elif isinstance(record, int):
            self.choose_view("ranking")
            self.ranking.select(record)

    def select_first(self) -> None:
        """Selects the theme on top, so that what customers say of it shows."""
        self.ranking.select_first()

    def refresh(self) -> None:
        """Asks again for what the open tab shows, then how much waits to be filed."""
        super().refresh()
        self._count_waiting()

    def _connect(self) -> None:
        super()._connect()
        self.views.opened.connect(self._note_theme)
        self.tabs.pressed.connect(self.focus_first)  # who clicks To file wants to file by keys

    def _note_theme(self, key: str) -> None:
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

    def _tables_changed(self, tables: frozenset[str]) -> None:
        super()._tables_changed(tables)
        if self.isVisible() and ("*" in tables or self.watches & tables):
            self._count_waiting()
