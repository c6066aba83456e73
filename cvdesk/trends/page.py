"""Trends: one figure over time with what is ordinary, every figure of the period, and what came of a change."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.kit.tabbed import Tab, TabbedPage
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


class TrendsPage(TabbedPage):
    """Each tab asks for itself, and only while it is seen."""

    key = "trends"
    icon = "chart-line"
    figures = True
    tabs_of = (
        Tab("series", lambda: SeriesView.title(), lambda: SeriesView),
        Tab("figures", lambda: _("All figures"), _figures),
        Tab("effect", lambda: _("Did it work?"), _effect),
    )

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Trends")

    def purpose(self) -> str:
        """What the open tab is for."""
        period = self.session.filter.period
        return {
            "series": _("What changed, and what is only the ordinary up and down"),
            "figures": _("Every figure of {period}, and how sure it is").format(period=span(period.start, period.end)),
            "effect": _("What came after what you changed, and how sure that is"),
        }[self.tabs.key]

    def tabs_name(self) -> str:
        """What a screen reader calls the tabs."""
        return _("One figure over time, all of them, or what came of a change")

    def above(self) -> None:
        """The filter bar."""
        self.box.addWidget(FilterBar(self.session))

    @property
    def series_view(self) -> SeriesView:
        """The first tab."""
        view = self.view("series")
        assert isinstance(view, SeriesView)
        return view

    def show_record(self, record: object) -> None:
        """A series by its key, or as (key, first day of a period); a note by its id; a tab as ("view", key).

        A note or action as a KeptNote: what came of it.
        """
        if isinstance(record, tuple) and record[0] == "view":
            super().show_record(record)
        elif isinstance(record, tuple):
            self._show_series(record[0], record[1])
        elif isinstance(record, KeptNote):
            self._show_effect(record, "")
        elif isinstance(record, int):
            self.choose_view("series")
            self.series_view.point_at_note(record)
        else:
            self._show_series(str(record))

    def select_first(self) -> None:
        """Shows the first series."""
        self._show_series(FIRST)

    def _connect(self) -> None:
        super()._connect()
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
