"""The tab "All figures" of the Trends page: every figure of the period in groups, each with how sure it is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.view import View
from cvdesk.kit.widgets import MEDIUM, NOTE, Card, EmptyState, button, column, label, scrolled
from cvdesk.trends.page_figures_rows import FigureCard, FigureRow
from cvdesk.trends.records_figures import AllFigures, FigureGroup, Opens
from cvdesk.trends.store_figures import all_figures
from cvdesk.trends.words_figures import groups
from cvdesk.wording import _
from cvdesk.wording.numbers import span

_NARROW = 900
_PATIENCE_MS = 200  # figures of a moment ago stay that long before the page says that it is counting


class FiguresView(View):
    """Asks beside the window; the lines show when the answer has come."""

    key = "figures"
    watches = frozenset({"answers", "assessments", "complaint_events", "complaint_themes", "complaints", "customers",
                         "customer_tags", "entries", "entry_themes", "factors", "purchases", "question_versions",
                         "questions", "settings", "sheets", "themes", "touches"})  # fmt: skip
    _job: Job | None = None
    _chosen: Filter | None = None
    _shown: tuple[FigureGroup, ...] = ()

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("All figures")

    def show_for(self, chosen: Filter) -> None:
        """Asks for the figures of a filter; those of another are not waited for any more."""
        if self._job is not None:
            self._job.cancel()
        today = self.session.today()
        if chosen != self._chosen:
            self._late.start()
        self._chosen = chosen

        def ask(db: Queries) -> AllFigures:
            return _read(db, chosen, today)

        # Not with what other pages ask: in a large file this takes seconds, and nobody waits for it elsewhere.
        self._job = self.session.look(ask, self._came)

    def subtitle(self) -> str:
        """What stands under the page's title while this tab shows."""
        period = self.session.filter.period
        return _("Every figure of {period}, and how sure it is").format(period=span(period.start, period.end))

    def focus_first(self) -> None:
        """The first line, as soon as there is one."""
        rows = self.rows()
        if self._stack.currentWidget() is self._nothing:
            self.begin.setFocus()
        elif rows:
            rows[0].setFocus()

    def rows(self) -> list[FigureRow]:
        """All lines, from the top."""
        return [row for card in self._cards for row in card.lines]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for card in self._cards:
            card.set_narrow(self._is_narrow())

    def _build(self) -> None:
        theme = self.theme
        self._cards: list[FigureCard] = []
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE_MS)
        self._late.timeout.connect(self._wait)
        inside = QWidget()
        box = column(inside, MEDIUM)
        self._list = column(None, MEDIUM)
        box.addLayout(self._list)
        note = _(
            "“Likely”: in 19 of 20 such cases the true figure lies in this range. How much stands behind a figure: "
            "early hint from 5 answers, rough from 10, clear from 30. Answers come from those who answered."
        )
        box.addWidget(label(theme, note, NOTE, tone="faint", wrap=True))
        box.addStretch(1)
        self._body = scrolled(inside)
        self._waiting = Card(theme)
        self._waiting.box.addWidget(EmptyState(theme, _("Counting and working out…"), None, "chart-line"), 1)
        self._nothing = Card(theme)
        self.begin = button(theme, _("Log feedback"), lambda: self.session.open("page", "feedback"), "main")
        sentence = _("Every figure of your business shows here as soon as there is something in your file.")
        self._nothing.box.addWidget(EmptyState(theme, sentence, self.begin, "chart-line"), 1)
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for widget in (self._blank, self._waiting, self._nothing, self._body):
            self._stack.addWidget(widget)
        self.box.addWidget(self._stack, 1)

    def _wait(self) -> None:
        self._stack.setCurrentWidget(self._waiting)

    def _is_narrow(self) -> bool:
        return self.width() < self.theme.px(_NARROW)

    def _came(self, found: AllFigures) -> None:
        self._late.stop()
        # Put into words here: two threads must not load the forms of the language at the same time.
        shown = groups(found)
        if shown != self._shown:
            self._fill(shown)
        self._stack.setCurrentWidget(self._body if _anything(found) else self._nothing)

    def _fill(self, shown: tuple[FigureGroup, ...]) -> None:
        """Changes the words where the lines are the same, else makes the card anew; the keyboard stays at its line."""
        at = next((row.shown.key for row in self.rows() if row.hasFocus()), None)
        self._shown = shown
        old, self._cards = self._cards, []
        for place, group in enumerate(shown):
            card = old[place] if place < len(old) else None
            if card is not None and card.fits(group):
                card.show_group(group)
            else:
                card = self._make_card(group, place, card)
            self._cards.append(card)
        row = next((row for row in self.rows() if row.shown.key == at), None)
        if row is not None and not row.hasFocus():
            row.setFocus()

    def _make_card(self, group: FigureGroup, place: int, instead_of: FigureCard | None) -> FigureCard:
        if instead_of is not None:
            self._list.removeWidget(instead_of)
            instead_of.hide()
            instead_of.deleteLater()
        made = FigureCard(self.theme, group, self._open)
        made.set_narrow(self._is_narrow())
        self._list.insertWidget(place, made)
        made.show()  # by itself it would be seen with the next round of events, and could not take the keyboard now
        return made

    def _open(self, opens: Opens) -> None:
        self.session.open(*opens)


def _read(db: Queries, chosen: Filter, today: date) -> AllFigures:
    return all_figures(db, chosen, today)


def _anything(found: AllFigures) -> bool:
    """Whether the file holds anything to count."""
    figures = found.figures
    counts = (figures.customers.count, figures.feedback.count, figures.complaints.count, figures.value.net.n)
    return any(counts)
