"""Trends: one series at a time with its ordinary range and what happened when; or every figure of the period."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QWidget

from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.catalogue.records import LEVERS, Filter
from cvdesk.db import Queries
from cvdesk.kit.chart_plot import PlotChart
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, TEXT, TIGHT, Card, Choice, EmptyState, column, label, line, scrolled
from cvdesk.kit.widgets import button as make_button
from cvdesk.trends import store, store_notes
from cvdesk.trends.page_figures import FiguresView
from cvdesk.trends.page_months import MonthTable, month_rows
from cvdesk.trends.page_notes import NotesCard
from cvdesk.trends.records import Series
from cvdesk.trends.store_notes import KeptNote
from cvdesk.wording import _
from cvdesk.wording.numbers import number, percent, signed, whole

NARROW = 900
_FROM_SHEETS = ("net", *LEVERS, "worth_it", "satisfaction", "ease", "nps")


def say_value(unit: str, value: float, digits: int) -> str:
    """A value of a series in short: shares as per cent, counts whole, the rest with so many decimals."""
    if unit == "net":
        return signed(value, digits)
    if unit == "share":
        return percent(value)
    return whole(value) if unit in ("count", "points") else number(value, digits)


def _read(db: Queries, key: str, chosen: Filter, today: date) -> tuple[Series, list[KeptNote]]:
    make = next(make for known, _title, make in store.ALL_SERIES if known == key)
    return make(db, chosen, today), store_notes.notes(db)


class TrendsPage(Page):
    """Choose a series at the left, or the tab of all figures; every mark and every line opens what is behind it."""

    key = "trends"
    icon = "chart-line"
    figures = True
    _job: Job | None = None
    _key = store.ALL_SERIES[0][0]
    watches = frozenset({"assessments", "answers", "entries", "complaints", "complaint_events", "chart_notes", "phases",
                         "customers", "factors", "question_versions"}) | FiguresView.watches  # fmt: skip

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Trends")

    def show_record(self, record: object) -> None:
        """A series by its key; a tab as ("view", key)."""
        if isinstance(record, tuple):
            self.choose_view(str(record[1]))
        elif isinstance(record, str) and record in self._buttons:
            self.choose_view("months")
            self._choose(record)

    def choose_view(self, key: str) -> None:
        """Shows a tab by its key, "months" or "figures". KeyError for an unknown one."""
        self.tabs.choose(key)
        self._show_view(key)

    def focus_first(self) -> None:
        """The chart, or the first figure."""
        if self.tabs.key == "figures":
            self.figures_view.focus_first()
        else:
            self.chart.setFocus()

    def refresh(self) -> None:
        """Asks again for what the open tab shows; the other one asks when it is opened."""
        self._stale_views.update(("months", "figures"))
        self._show_view(self.tabs.key)

    def _ask_series(self) -> None:
        if self._job is not None:
            self._job.cancel()
        key, chosen, today = self._key, self.session.filter, self.session.today()
        self._job = self.session.ask(lambda file: _read(file, key, chosen, today), self._shown)

    def select_first(self) -> None:
        """Shows the first series."""
        self._choose(store.ALL_SERIES[0][0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.theme.px(NARROW)
        self._side.setVisible(not narrow)
        self.choice.setVisible(narrow)
        self.card.title.setVisible(not narrow)

    def _build(self) -> None:
        self._titles = {key: title for key, title, _make in store.ALL_SERIES}
        self._stale_views: set[str] = set()
        self.box.addWidget(FilterBar(self.session))
        names = [("months", _("Month by month")), ("figures", FiguresView.title())]
        self.tabs = Tabs(self.theme, _("One figure over time, or all of them"), names)
        self.box.addWidget(self.tabs)
        self._views = QStackedWidget()
        self._views.addWidget(self._make_months())
        self.figures_view = FiguresView(self.session)
        self._views.addWidget(self.figures_view)
        self.box.addWidget(self._views, 1)

    def _make_months(self) -> QWidget:
        whole = QWidget()
        body = QHBoxLayout(whole)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(MEDIUM)
        self._side = self._make_list()
        body.addWidget(self._side)
        right = column(None)
        right.addWidget(self._make_chart(), 3)
        below = QHBoxLayout()
        below.setSpacing(MEDIUM)
        months = Card(self.theme, _("Month by month"))
        self.months = MonthTable(self.theme)
        months.box.addWidget(self.months, 1)
        self.notes = NotesCard(self.theme, self.session.today())
        self.notes.setMinimumWidth(self.theme.px(220))
        below.addWidget(months, 9)
        below.addWidget(self.notes, 4)
        right.addLayout(below, 2)
        body.addLayout(right, 1)
        return whole

    def _make_list(self) -> QWidget:
        card = Card(self.theme)
        card.box.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        content = QWidget()
        box = column(content, TIGHT // 2)
        self._buttons: dict[str, QPushButton] = {}
        groups = (
            (_("Value"), ("net", *LEVERS)),
            (_("All in all"), _FROM_SHEETS),
            (_("Feedback and complaints"), tuple(self._titles)),
        )
        for name, keys in groups:
            open_keys = [key for key in keys if key in self._titles and key not in self._buttons]
            if not open_keys:
                continue
            heading = label(self.theme, name, NOTE, strong=True, tone="faint")
            heading.setContentsMargins(TIGHT + 2, SMALL, 0, TIGHT // 2)
            box.addWidget(heading)
            for key in open_keys:
                made = make_button(self.theme, self._titles[key](), partial(self._choose, key), "nav")
                made.setCheckable(True)
                made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                made.setChecked(key == self._key)
                self._buttons[key] = made
                box.addWidget(made)
        box.addStretch(1)
        card.box.addWidget(scrolled(content))
        card.setFixedWidth(self.theme.px(236))
        return card

    def _make_chart(self) -> Card:
        self.card = Card(self.theme)
        self.card.box.setSpacing(SMALL)
        offered: list[tuple[object, str]] = [(key, title()) for key, title in self._titles.items()]
        self.choice = Choice(self.theme, _("What to show"), offered, self._key)
        self.choice.hide()
        head = line(MEDIUM)
        head.addWidget(self.card.title)
        head.addWidget(self.choice)
        head.addStretch(1)
        head.addWidget(self.card.note)
        self.card.box.addLayout(head)
        self.sentence = label(self.theme, "", TEXT, tone="quiet", wrap=True)
        self.sentence.setMinimumWidth(self.theme.px(300))  # a wrapped text asks for the height it has at this width
        self.card.box.addWidget(self.sentence)
        self.chart = PlotChart(self.theme)
        self.chart.hide()
        self.go = make_button(self.theme, "", self._gather)
        self.empty = EmptyState(self.theme, "", self.go, "chart-line")
        self.card.box.addWidget(self.chart, 1)
        self.card.box.addWidget(self.empty, 1)
        return self.card

    def _gather(self) -> None:
        self.session.open("page", "value" if self._key in _FROM_SHEETS else "feedback")

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show_view)
        for keys, by in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self, partial(self.tabs.step, by))
        self.choice.chosen.connect(self._choose)
        self.chart.point_opened.connect(self._open)
        self.months.opened.connect(self._open)
        self.notes.added.connect(self._add_note)
        self.notes.deleted.connect(self._delete_note)

    def _show_view(self, key: str) -> None:
        """Shows a tab and asks for its figures where they are stale."""
        self._views.setCurrentIndex(1 if key == "figures" else 0)
        subtitle = _("What changed, and what is only the ordinary up and down")
        self.set_title(self.title(), self.figures_view.subtitle() if key == "figures" else subtitle)
        if key in self._stale_views:
            self._stale_views.discard(key)
            if key == "figures":
                self.figures_view.show_for(self.session.filter)
            else:
                self._ask_series()

    def _choose(self, key: object) -> None:
        self._key = str(key)
        for known, made in self._buttons.items():
            made.setChecked(known == self._key)
        self.choice.offer([(known, title()) for known, title in self._titles.items()], self._key)
        self._ask_series()

    def _shown(self, found: tuple[Series, list[KeptNote]]) -> None:
        self.series, notes = found
        series = self.series
        self.card.title.setText(series.title)
        self.card.setAccessibleName(series.title)
        self.card.note.setText(_("less is better") if series.less_is_better else "")
        anything = any(point.value is not None for point in series.points)
        self.chart.setVisible(anything)
        self.sentence.setVisible(anything)
        self.empty.setVisible(not anything)
        self.sentence.setText(series.sentence)
        if anything:
            self.chart.show_series(series, series.lever or "accent")
        elif self._key in _FROM_SHEETS:
            self.empty.sentence.setText(_("A month shows here as soon as five customers have answered in it."))
            self.go.setText(_("Score a customer's answers"))
        else:
            self.empty.sentence.setText(_("The months show here as soon as there is enough in your log."))
            self.go.setText(_("Log feedback"))
        self.months.show_source(month_rows(series))
        self.notes.show_notes(notes)

    def _open(self, place: object) -> None:
        month = self.series.points[int(str(place))].start
        table, record = store.behind(self._key, month, self.session.filter, self.session.today())
        self.session.open(table, record)

    def _add_note(self, day: date, text: str) -> None:
        self.session.run(_("Note on a chart"), partial(store_notes.add, day=day, text=text), say=_("Noted"))

    def _delete_note(self, note_id: object) -> None:
        self.session.run(
            _("Take a note away"), partial(store_notes.delete, note_id=int(str(note_id))), say=_("Note taken away")
        )
