"""The card of one figure over time: its name, steps, verdict and chart; or one sentence and one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QSizePolicy, QWidget

from cvdesk.kit.chart_plot import PlotChart
from cvdesk.kit.menus import menu_button
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import CARD_TITLE, MEDIUM, NOTE, SMALL, Card, Choice, Elided, EmptyState, column, label, line
from cvdesk.kit.widgets import button as make_button
from cvdesk.kit.widgets import tooltip as as_tooltip
from cvdesk.trends.page_empty import Nothing
from cvdesk.trends.page_signal import SignalLine
from cvdesk.trends.page_verdict import VerdictLines
from cvdesk.trends.radar import improved
from cvdesk.trends.records import Series
from cvdesk.trends.store_phases import may_begin
from cvdesk.wording import _

_YEAR = {"week": 52, "month": 12, "quarter": 4}


def step_name(step: str) -> str:
    """How long the periods of a chart are, as it is chosen."""
    return {"week": _("By week"), "month": _("By month"), "quarter": _("By quarter")}[step]


class SeriesCard(Card):
    """Says `step_chosen(step)`, `opened(place)` for a mark, `phase_wanted()`, `other_wanted()` in a narrow window."""

    step_chosen = Signal(str)
    opened = Signal(int)
    phase_wanted = Signal()
    other_wanted = Signal()
    series: Series | None = None

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self.box.setSpacing(SMALL)
        self.box.addLayout(self._head())
        self.verdict = VerdictLines(session)
        self.begin_phase = make_button(self._theme, _("Begin a new phase…"), self.phase_wanted.emit, "plain")
        self.verdict.add(self.begin_phase)
        self.chart = PlotChart(self._theme)
        # It takes what room there is: by itself it would ask for more than its share.
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.chart.point_opened.connect(self.opened)
        self.chart.zoomed.connect(self._zoomed)
        drawn = QWidget()
        box = column(drawn, SMALL)
        box.addWidget(self.verdict)
        self.signal = SignalLine(self._theme)
        box.addWidget(self.signal)
        holder = QWidget()
        holder.setMinimumHeight(self._theme.px(176))
        column(holder).addWidget(self.chart)
        box.addWidget(holder, 1)
        self.go = make_button(self._theme, "", self._go_there)
        self.empty = EmptyState(self._theme, "", self.go, "chart-line")
        self.waiting = EmptyState(self._theme, _("Counting and working out…"), None, "chart-line")
        self._drawn, self._nothing = drawn, Nothing("", "", ("page", ""))
        for widget in (drawn, self.empty, self.waiting):
            widget.hide()
            self.box.addWidget(widget, 1)
        self.box.addStretch(0)

    def show_series(self, series: Series, steps: Sequence[str], nothing: Nothing) -> None:
        """Shows a figure over time; `nothing`: what is said where it has no point yet."""
        other = self.series is None or (series.key, series.step) != (self.series.key, self.series.step)
        self.series = series
        self._name(series.title)
        self.note.setText(_("less is better") if series.less_is_better else "")
        self.steps.offer([(step, step_name(step)) for step in steps], series.step)
        self.steps.setVisible(len(steps) > 1 and series.chart != "between")
        if all(point.value is None for point in series.points):
            self.say_nothing(nothing)
            return
        self.compare.setVisible(any(value is not None for value in series.year_before))
        self.verdict.show_series(series)
        # Offered where it may be what the owner wants; a change for the worse is better mended than got used to.
        clear = series.step == "month" and may_begin(series).clear
        self.begin_phase.setVisible(clear and improved(series) is not False)
        self._draw()
        if other and self.chart.closer:
            self.chart.zoom_all()
        self._offer_zoom(series)
        self.export.show()
        self._show(self._drawn)

    def say_nothing(self, nothing: Nothing) -> None:
        """One sentence and one button where there is nothing to draw."""
        self._nothing = nothing
        self.empty.sentence.setText(nothing.sentence)
        self.go.setText(nothing.button)
        self.go.setAccessibleName(nothing.button)
        for made in (self.compare, self.steps, self.zoom, self.export):
            made.hide()
        self._show(self.empty)

    def say_gone(self, nothing: Nothing) -> None:
        """The figure that was asked for is not there any more, nor is one in its place."""
        self.series = None
        self._name(_("A figure that is gone"))
        self.note.setText("")
        self.say_nothing(nothing)

    def say_waiting(self, title: str) -> None:
        """The answer takes its time: what showed before belongs to something else."""
        self._name(title)
        self._show(self.waiting)

    def set_narrow(self, narrow: bool) -> None:
        """Without the list beside it the title is what opens the list."""
        self.title_line.setVisible(not narrow)
        self.other.setVisible(narrow)

    def focus_first(self) -> None:
        """The chart, or the button that stands in its place."""
        (self.chart if self.empty.isHidden() else self.go).setFocus()

    def _show(self, shown: QWidget) -> None:
        for widget in (self._drawn, self.empty, self.waiting):
            widget.setVisible(widget is shown)

    # Its parts

    def _head(self) -> QHBoxLayout:
        theme = self._theme
        head = line(SMALL)
        self.title_line = Elided(theme, "", CARD_TITLE, strong=True)
        self.other = make_button(theme, "", self.other_wanted.emit)
        self.other.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.other.setIcon(theme.icon("chevron-down", "quiet", 14))
        self.other.hide()
        self.note = label(theme, "", NOTE, tone="faint")
        head.addWidget(self.title_line, 1)
        head.addWidget(self.other)
        head.addStretch(0)
        head.addWidget(self.note)
        head.addSpacing(MEDIUM - SMALL)
        self.compare = QCheckBox(_("A year before"))
        self.compare.setAccessibleName(_("Compare with the year before"))
        self.compare.setToolTip(as_tooltip(_("Draws what the same figure was a year before beside it")))
        self.compare.toggled.connect(self._draw)
        self.steps = Choice(theme, _("Steps"))
        self.steps.chosen.connect(lambda step: self.step_chosen.emit(str(step)))
        self.zoom = Choice(theme, _("How far back the chart shows"), [(0, _("All of it"))], 0)
        self.zoom.chosen.connect(self._zoom)
        self.export = menu_button(theme, _("Export"), _("Export this chart"), self._fill_export)
        for made in (self.compare, self.steps, self.zoom, self.export):
            made.hide()
            head.addWidget(made)
        return head

    def _name(self, title: str) -> None:
        self.setAccessibleName(title)
        self.title_line.set_whole(title)
        self.other.setText(title.replace("&", "&&"))
        self.other.setAccessibleName(_("What to look at: {title}").format(title=title))

    def _offer_zoom(self, series: Series) -> None:
        """How far back to look, as far as there is more than that; what was zoomed by hand says so."""
        count, (first, last) = len(series.points), self.chart.seen
        years = [many for many in (3, 1) if count > many * _YEAR[series.step] + 1]
        names = {1: _("Last 12 months"), 3: _("Last 3 years")}
        offered: list[tuple[object, str]] = [(0, _("All of it"))]
        offered += [(many, names[many]) for many in years]
        seen: int | None = 0
        if self.chart.closer:
            seen = next((many for many in years if (first, last) == (count - many * _YEAR[series.step], count - 1)), -1)
        if seen == -1:
            offered.append((-1, _("A part of it")))
        self.zoom.offer(offered, seen)
        self.zoom.setVisible(bool(years) and series.chart != "between")

    def _zoomed(self, _first: int, _last: int) -> None:
        if self.series is not None:
            self._offer_zoom(self.series)

    def _draw(self) -> None:
        """The chart, with the year before only where that is asked for."""
        assert self.series is not None
        series = self.series if self.compare.isChecked() else replace(self.series, year_before=())
        self.chart.show_series(series, series.lever or "accent", counts=True)

    def _zoom(self, years: object) -> None:
        if self.series is not None and isinstance(years, int) and years > 0:
            self.chart.zoom_last(years * _YEAR[self.series.step])
        elif years == 0:
            self.chart.zoom_all()

    def _fill_export(self, menu: QMenu) -> None:
        from cvdesk.trends.page_export import fill_export

        if self.series is not None:
            fill_export(menu, self._session, self.series, self.chart, self)

    def _go_there(self) -> None:
        self._session.open(*self._nothing.opens)
