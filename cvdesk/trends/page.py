"""Trends: one figure over time with what is ordinary, every figure of the period, and what came of a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.kit.page import Page
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.view import View
from cvdesk.trends.page_series import FIRST, SeriesView
from cvdesk.trends.store_notes import KeptNote
from cvdesk.wording import _
from cvdesk.wording.numbers import span


def _figures() -> type[View]:
    from cvdesk.trends.page_figures import FiguresView

    return FiguresView


def _effect() -> type[View]:
    from cvdesk.trends.page_effect import EffectView

    return EffectView


# Only the first is made at once: the others are made when they are looked at.
_LOAD: dict[str, Callable[[], type[View]]] = {
    "series": lambda: SeriesView,
    "figures": _figures,
    "effect": _effect,
}


class TrendsPage(Page):
    """Three tabs; each asks for itself, and only while it is seen."""

    key = "trends"
    icon = "chart-line"
    figures = True

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Trends")

    def show_record(self, record: object) -> None:
        """A series by its key, or as (key, first day of a period); a note by its id; a tab as ("view", key).

        A note or action as a KeptNote: what came of it.
        """
        if isinstance(record, tuple) and record[0] == "view":
            self.choose_view(str(record[1]))
        elif isinstance(record, tuple):
            self._show_series(record[0], record[1])
        elif isinstance(record, KeptNote):
            self._show_effect(record, "")
        elif isinstance(record, int):
            self.choose_view("series")
            self.series_view.point_at_note(record)
        else:
            self._show_series(str(record))

    def choose_view(self, key: str) -> None:
        """Shows a tab by its key: "series", "figures" or "effect". KeyError for an unknown one."""
        self.tabs.choose(key)
        self._show_view(key)

    def view(self, key: str) -> View:
        """A tab by its key, made on its first visit."""
        if key not in self._made:
            made = _LOAD[key]()(self.session)
            made.titled.connect(partial(self._view_titled, key))
            self._made[key] = made
            self._stale_views.add(key)
            self._views.addWidget(made)
        return self._made[key]

    def focus_first(self) -> None:
        """Where the tab begins."""
        self.view(self.tabs.key).focus_first()

    def refresh(self) -> None:
        """Asks again for what the open tab shows; the others ask when they are looked at."""
        self._stale_views.update(self._made)
        self._show_view(self.tabs.key)

    def select_first(self) -> None:
        """Shows the first series."""
        self._show_series(FIRST)

    def _build(self) -> None:
        self._made: dict[str, View] = {}
        self._stale_views: set[str] = set()
        self._titles: dict[str, tuple[str, str]] = {}
        self.box.addWidget(FilterBar(self.session))
        names = [("series", SeriesView.title()), ("figures", _("All figures")), ("effect", _("Did it work?"))]
        self.tabs = Tabs(self.theme, _("One figure over time, all of them, or what came of a change"), names)
        self.box.addWidget(self.tabs)
        self._views = QStackedWidget()
        self.box.addWidget(self._views, 1)
        self.series_view = SeriesView(self.session)
        self._made["series"] = self.series_view
        self._views.addWidget(self.series_view)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show_view)
        for keys, by in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self, partial(self.tabs.step, by))
        self.series_view.effect_asked.connect(self._show_effect)

    def _show_series(self, key: str, start: date | None = None) -> None:
        self.series_view.choose(key, start)
        self.choose_view("series")

    def _show_effect(self, note: KeptNote, series: str) -> None:
        """What came of a note or an action, in the figure that was looked at."""
        from cvdesk.trends.page_effect import EffectView

        self.choose_view("effect")
        view = self.view("effect")
        assert isinstance(view, EffectView)
        view.show_note(note, series)

    def _show_view(self, key: str) -> None:
        """Shows a tab and asks for its figures where they are stale."""
        view = self.view(key)
        self._views.setCurrentWidget(view)
        self._title()
        if key in self._stale_views:
            self._stale_views.discard(key)
            view.show_for(self.session.filter)

    def _view_titled(self, key: str, title: str, subtitle: str) -> None:
        self._titles[key] = (title, subtitle)
        self._title()

    def _title(self) -> None:
        key = self.tabs.key
        if key in self._titles:
            self.set_title(*self._titles[key])
            return
        period = self.session.filter.period
        subtitle = {
            "series": _("What changed, and what is only the ordinary up and down"),
            "figures": _("Every figure of {period}, and how sure it is").format(period=span(period.start, period.end)),
            "effect": _("What came after what you changed, and how sure that is"),
        }
        self.set_title(self.title(), subtitle[key])

    def _tables_changed(self, tables: frozenset[str]) -> None:
        stale = {key for key, view in self._made.items() if "*" in tables or view.watches & tables}
        if not stale:
            return
        self._stale_views |= stale
        if self.isVisible():
            self._show_view(self.tabs.key)
        else:
            self._stale = True
