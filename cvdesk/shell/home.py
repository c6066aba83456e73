"""Home: the verdict as a sentence, value and levers, the trend, what needs the owner today, themes, latest words."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.widgets import MEDIUM, Card, button, clear, column, line, scrolled
from cvdesk.shell import home_cards as cards
from cvdesk.shell import home_signals
from cvdesk.shell.home_data import HomeData, gather
from cvdesk.shell.home_needs import needs_card
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day, month


class HomePage(Page):
    """Week one and the full page are two arrangements of the same cards."""

    key = "home"
    icon = "house"
    figures = True
    watches = frozenset(
        {
            *("entries", "entry_themes", "complaints", "complaint_events", "assessments", "answers", "customers"),
            *("purchases", "themes", "chart_notes", "phases", "settings", "seen_signals", "snoozes", "touches"),
            *("care_plans", "customer_goals", "vouchers", "strategies", "actions", "looks"),
        }
    )

    @classmethod
    def title(cls) -> str:
        return _("Home")

    def _build(self) -> None:
        self._job: Job | None = None
        self._news_job: Job | None = None
        self._news = home_signals.NOTHING
        self._data: HomeData | None = None
        self.log_button = button(self.theme, _("Log feedback   Ctrl+N"), self._log, "main", name=_("Log feedback"))
        self.add_action(self.log_button)
        self._filter = FilterBar(self.session, with_period=False)
        self.box.addWidget(self._filter)
        content = QWidget()
        self._content = column(content, MEDIUM, (0, 0, 0, 0))
        self.box.addWidget(scrolled(content), 1)

    def refresh(self) -> None:
        if self._job is not None:
            self._job.cancel()
        chosen, today = self.session.filter, self.session.today()
        self._job = self.session.ask(lambda file: gather(file, chosen, today), self._shown)

    def _log(self) -> None:
        self.session.open("command", "capture")

    def _shown(self, data: HomeData) -> None:
        self._data = data
        clear(self._content)
        self._needs = column(None, 0)
        self._filter.setVisible(not data.early)
        if data.early:
            self._show_early(data)
        else:
            self._show_full(data)
        self._show_needs()
        if self._news_job is not None:
            self._news_job.cancel()
        today = self.session.today()
        self._news_job = self.session.ask(lambda file: home_signals.read(file, today), self._heard)

    def _heard(self, news: home_signals.News) -> None:
        if news != self._news:
            self._news = news
            self._show_needs()

    def _show_needs(self) -> None:
        """The one card that signals of the trends change; they come after the page is shown."""
        assert self._data is not None
        needs = self._data.needs.joined(home_signals.as_needs(self._news.signals))
        clear(self._needs)
        if needs.total or not self._data.early:
            self._needs.addWidget(needs_card(self.session, needs, self._news.loop))
        if self._data.early:
            title = _("Needs you today") if needs.total else _("A good start")
            self.set_title(title, cards.still_needed(self._data))

    def _show_full(self, data: HomeData) -> None:
        value, worth_it = data.now.value, data.now.surveys.worth_it
        compared = (
            _("compared with before {month}").format(month=month(data.since))
            if data.since
            else _("compared with the 90 days before")
        )
        start = _("{answers} since {day}").format(
            answers=words.answers(value.net.n if worth_it.value is None else worth_it.n),
            day=day(data.now.filter.period.start),
        )
        said = [] if worth_it.value is None else [words.worth_it(worth_it)]
        self.set_title(words.headline(data.now), " · ".join([*said, start, compared]))
        self._content.addWidget(cards.TopCards(self.session, data))
        latest = column(None, 0)
        latest.addWidget(cards.latest_card(self.session, data))
        self._content.addLayout(self._pair(cards.trend_card(self.session, data), self._needs), 5)
        self._content.addLayout(self._pair(cards.themes_card(self.session, data), latest), 4)

    def _show_early(self, data: HomeData) -> None:
        first = cards.first_steps_card(self.session, data)
        left: QVBoxLayout = column(None, MEDIUM)
        left.addLayout(self._needs)
        if first is not None:
            left.addWidget(first)
        left.addStretch(1)
        right: QVBoxLayout = column(None, MEDIUM)
        right.addWidget(cards.latest_card(self.session, data))
        right.addWidget(cards.counts_card(self.session))
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(MEDIUM)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self._content.addLayout(both)
        self._content.addStretch(1)

    @staticmethod
    def _pair(wide: Card, narrow: QVBoxLayout) -> QHBoxLayout:
        both = line(MEDIUM)
        both.addWidget(wide, 5)
        both.addLayout(narrow, 3)
        return both
