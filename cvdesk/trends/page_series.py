"""The tab of one figure over time: what to look at, the chart with its verdict, its periods, and what happened when."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.view import View
from cvdesk.kit.widgets import MEDIUM, SMALL, Card, column, scrolled
from cvdesk.trends import store_kinds
from cvdesk.trends.page_empty import Nothing, nothing_yet
from cvdesk.trends.page_happened import NotesCard, happened
from cvdesk.trends.page_periods import PeriodTable
from cvdesk.trends.page_series_card import SeriesCard
from cvdesk.trends.page_series_list import SeriesList
from cvdesk.trends.page_series_read import Found, Offered, read, read_offered
from cvdesk.trends.page_story import Story
from cvdesk.trends.records import Series
from cvdesk.wording import _

NARROW, LOW = 900, 520
_LOWER = 136  # the table's heading and two lines of it
FIRST = "net"
_PATIENCE_MS = 200  # the figure of a moment ago stays that long before the card says that it is counting


class SeriesView(View):
    """Each choice asks beside the window; what another choice asked for is not waited for any more."""

    key = "series"
    effect_asked = Signal(object, str)  # did this note (a KeptNote) do anything to this series?
    watches = frozenset({"actions", "answers", "assessments", "chart_notes", "complaint_events", "complaint_themes",
                         "complaints", "customer_tags", "customers", "entries", "entry_themes", "factors",
                         "invitations", "phases", "purchases", "question_versions", "seen_signals", "settings",
                         "sheets", "themes", "touches"})  # fmt: skip
    _job: Job | None = None
    _listing: Job | None = None
    _chosen: Filter | None = None
    _asked = FIRST
    _low = False
    _step = "month"
    _point_at: date | None = None  # the day to point at as soon as the figure is there
    _note_asked: int | None = None
    _found: Found | None = None
    series: Series | None = None
    _known: store_kinds.Shared | None = None  # what the figures looked at one after the other rest on
    offered = Offered((), (), "")

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Over time")

    def show_for(self, chosen: Filter) -> None:
        """Asks for the figure that is chosen, then for the list: that takes longer to be missed."""
        self._chosen, self._known = chosen, None
        self._ask()
        self._ask_list()

    def choose(self, key: str, start: date | None = None) -> None:
        """Shows a series by its key; `start`: the period to point at once it is there."""
        self._point_at = start
        self._asked = key
        self.list.choose(key)
        if self._chosen is not None:
            self._ask()

    def point_at(self, day: date) -> None:
        """Points at the period a day lies in, on the chart and in the table."""
        self._point_at = day
        self._point()

    def point_at_note(self, note_id: int) -> None:
        """Points at the day of a note, as soon as it is known."""
        self._note_asked = note_id
        self._point()

    def focus_first(self) -> None:
        """The chart, or the button that stands in its place."""
        self.card.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow, low = self.width() < self.theme.px(NARROW), self.height() < self.theme.px(LOW)
        self._side.setVisible(not narrow)
        self.card.set_narrow(narrow)
        self._low = low
        self._fit_titles()
        self._right.setStretch(0, 2 if low else 3)
        self._right.setStretch(1, 1 if low else 2)

    def _fit_titles(self) -> None:
        """Where a chart needs the room more, what stands below it goes without its titles."""
        plain = self._low and not self._periods_card.isHidden()
        for card in (self._periods_card, self.notes):
            card.title.setVisible(not plain)

    # Its parts

    def _build(self) -> None:
        self._late = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._late.timeout.connect(self._wait)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(MEDIUM)
        self._side = Card(self.theme)
        self._side.box.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        self._side.setFixedWidth(self.theme.px(264))
        self.list = SeriesList(self.theme)
        self.list.chosen.connect(self.choose)
        self._side.box.addWidget(self.list)
        body.addWidget(self._side)
        inside = QWidget()
        self._right = right = column(inside)
        self.card = SeriesCard(self.session)
        right.addWidget(self.card, 3)
        lower = QWidget()
        lower.setMinimumHeight(self.theme.px(_LOWER))
        below = QHBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(MEDIUM)
        self._periods_card = Card(self.theme, _("Period by period"))
        self._periods_card.beside.hide()
        self._periods_card.note.hide()
        self.periods = PeriodTable(self.theme)
        self._periods_card.box.addWidget(self.periods, 1)
        self.notes = NotesCard(self.theme)
        self.notes.setMinimumWidth(self.theme.px(240))
        self.story = Story(self.session, self, self.notes)
        for card, share in ((self._periods_card, 5), (self.notes, 2)):
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # both scroll by themselves
            below.addWidget(card, share)
        right.addWidget(lower, 2)
        body.addWidget(scrolled(inside), 1)  # where there is much to say, the chart keeps its height
        self.box.addLayout(body, 1)
        self._connect()

    def _connect(self) -> None:
        self.card.step_chosen.connect(self._choose_step)
        self.card.opened.connect(self._open)
        self.card.phase_wanted.connect(self.story.begin_phase)
        note = QShortcut(QKeySequence("N"), self, self.story.ask_note)
        note.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.card.other_wanted.connect(self._drop_down)
        self.card.signal.seen.connect(self.story.mark_seen)
        self.periods.opened.connect(self._open)
        self.notes.pointed.connect(self.point_at)
        self.notes.asked.connect(lambda note: self.effect_asked.emit(note, self._asked))

    def _drop_down(self) -> None:
        """The list under the title, where there is no room for it at the side."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setObjectName("card")
        inner = SeriesList(self.theme)
        inner.show_groups(self.offered.groups, self._asked, self._marks())
        inner.rows.itemClicked.connect(popup.close)
        inner.rows.itemActivated.connect(popup.close)
        inner.chosen.connect(self.choose)
        box = column(popup, SMALL, (SMALL, SMALL, SMALL, SMALL))
        box.addWidget(inner)
        popup.resize(self.theme.px(300), min(self.theme.px(440), round(self.window().height() * 0.7)))
        popup.move(self.card.other.mapToGlobal(QPoint(0, self.card.other.height())))
        popup.show()
        inner.focus_first()

    # Asking

    def _ask_list(self) -> None:
        if self._listing is not None:
            self._listing.cancel()
        today = self.session.today()
        self._listing = self.session.ask(lambda file: read_offered(file, today), self._listed)

    def _listed(self, offered: Offered) -> None:
        self.offered = offered
        self.list.show_groups(offered.groups, self._asked, self._marks())
        self.list.say_looked_at(offered.looked_at)
        self._tell()

    def _marks(self) -> dict[str, str]:
        return {signal.series: signal.verdict for signal in self.offered.signals}

    def _tell(self) -> None:
        """What the radar has told of the figure that shows."""
        shown = None if self.series is None else self.series.key
        self.card.signal.show_signal(next((one for one in self.offered.signals if one.series == shown), None))

    def _ask(self) -> None:
        if self._job is not None:
            self._job.cancel()
        assert self._chosen is not None
        key, step, chosen, today = self._asked, self._step, self._chosen, self.session.today()
        if self.series is None or self.series.key != key:
            self._late.start()
        known = partial(self._what_is_known, chosen, today)
        self._job = self.session.ask(
            lambda file: read(file, key, step, chosen, today, known), self._shown, partial(self._failed, key)
        )

    def _what_is_known(self, chosen: Filter, today: date, step: str) -> store_kinds.Shared:
        """What figures of a step rest on, read once until the filter or the file changes. Beside the window."""
        known = self._known
        if known is None or not known.is_of(chosen, today, step):
            self._known = known = store_kinds.Shared(self.session.file, chosen, today, step)
        return known

    def _choose_step(self, step: str) -> None:
        self._step = step
        self._ask()

    def _wait(self) -> None:
        titles = {key: title for group in self.offered.groups for key, title in group.figures}
        self.card.say_waiting(titles.get(self._asked, ""))

    def _shown(self, found: Found) -> None:
        self._late.stop()
        if self._known is not None and self._known.heavy:
            self._known = None
        self._found, self.series = found, found.series
        self.card.show_series(found.series, found.steps, nothing_yet(found.series.key))
        self.periods.show_series(found.series)
        anything = any(point.value is not None for point in found.series.points)
        self._periods_card.setVisible(anything)
        self._fit_titles()
        self.notes.new_phase.setVisible(anything)
        self.notes.show_lines(happened(found.notes, found.phases, found.series.notes))
        self._tell()
        self._point()

    def _failed(self, key: str, error: Exception) -> None:
        """A figure that is gone (its theme was deleted) is said to be gone; anything else is an error like any."""
        self._late.stop()
        if not isinstance(error, UserError) or key == FIRST:
            crash.report(error)
            return
        self.series = self._found = None
        self._periods_card.hide()  # what it lists, and what a phase would begin in, is another figure
        self.notes.new_phase.hide()
        self.card.say_gone(Nothing(str(error), _("Look at the value"), ("series", FIRST)))

    # Pointing and opening

    def _point(self) -> None:
        if self._found is None or self.series is None or self.series.key != self._asked:
            return
        if self._note_asked is not None:
            days = {note.id: note.date for note in self._found.notes}
            self._point_at, self._note_asked = days.get(self._note_asked, self._point_at), None
        if self._point_at is None:
            return
        places = [place for place, point in enumerate(self.series.points) if point.start <= self._point_at]
        self._point_at = None
        if places:
            self.card.chart.select(places[-1])
            self.periods.select_row(len(self.series.points) - 1 - places[-1])

    def _open(self, place: object) -> None:
        assert self.series is not None
        series, chosen, today = self.series, self._chosen or self.session.filter, self.session.today()
        at = int(str(place))
        self.session.ask(
            lambda file: store_kinds.behind_of(file, series, at, chosen, today), lambda found: self.session.open(*found)
        )
