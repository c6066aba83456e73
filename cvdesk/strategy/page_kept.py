"""Strategy, over time: what runs, how it stands against what was promised, and what the earlier ones brought."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.kit.jobs import Job
from cvdesk.kit.view import View
from cvdesk.kit.widgets import EmptyState, button, clear, column, label, on_card, scrolled
from cvdesk.strategy.page_kept_decide import change
from cvdesk.strategy.page_kept_earlier import EarlierCard
from cvdesk.strategy.page_kept_review import review
from cvdesk.strategy.page_kept_running import ActionsCard, GoalsCard, LeftCard, RunningCard
from cvdesk.strategy.records_kept import Kept, OverTime
from cvdesk.strategy.store_kept_now import over_time
from cvdesk.wording import _


class KeptView(View):
    """The strategy that runs at the top, those that ended below."""

    key = "kept"
    watches = frozenset({"strategies", "strategy_actions", "goals", "actions", "action_lifts", "effects", "answers",
                         "assessments", "chart_notes", "complaints", "complaint_events", "entries", "entry_themes",
                         "factors", "phases", "questions", "question_versions", "themes"})  # fmt: skip
    _job: Job | None = None
    _wanted: int | None = None  # the strategy another page asked for

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Over time")

    def show_for(self, chosen: Filter) -> None:
        """Asks how it stands: always the whole business since it began, whatever the filter says."""
        if self._job is not None:
            self._job.cancel()
        today = self.session.today()
        self._job = self.session.ask(lambda file: over_time(file, today), self._shown)

    def show_record(self, record: object) -> None:
        """A strategy as ("strategy", id)."""
        self._wanted = record[1] if isinstance(record, tuple) else None
        self.show_for(self.session.filter)

    def focus_first(self) -> None:
        """The first thing to press."""
        if self._first is not None:
            self._first.setFocus()
        else:
            self.setFocus()

    def _build(self) -> None:
        self._first: QWidget | None = None
        self.found: OverTime | None = None
        self.running: RunningCard | None = None
        self.actions_card: ActionsCard | None = None
        self.earlier: EarlierCard | None = None
        inside = QWidget()
        self._cards: QVBoxLayout = column(inside)
        self._cards.addWidget(label(self.theme, _("Working it out…"), tone="quiet"))
        self._cards.addStretch(1)
        self._area = scrolled(inside)
        self.box.addWidget(self._area, 1)

    def _shown(self, found: OverTime) -> None:
        self._job, self.found = None, found
        focused = self.hasFocus() or self._area.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        at = self._area.verticalScrollBar().value()
        clear(self._cards)
        self.running = self.actions_card = self.earlier = self._first = None
        today = self.session.today()
        if found.running is None:
            self._nothing_runs(bool(found.ended))
        else:
            self._show_running(found.running, found.currency)
        if found.ended:
            self.earlier = EarlierCard(self.session, found.ended, today, open_at=self._wanted)
            self._cards.addWidget(self.earlier)
        if found.running is not None or found.ended:
            self._cards.addStretch(1)
        self._wanted = None
        self._area.verticalScrollBar().setValue(at)
        if focused:
            self.focus_first()

    def _show_running(self, now: Kept, currency: str) -> None:
        theme, today = self.session.theme, self.session.today()
        self.running = RunningCard(self.session, now, today)
        self.running.review.clicked.connect(partial(self._review, now))
        self.running.change.clicked.connect(partial(self._change, now))
        self._first = self.running.review
        self._cards.addWidget(self.running)
        if now.goals:
            self._cards.addWidget(GoalsCard(theme, now))
        if now.actions:
            self.actions_card = ActionsCard(self.session, now, today, currency)
            self._cards.addWidget(self.actions_card)
        promise = now.strategy.promise
        if promise is not None and promise.not_done:
            self._cards.addWidget(LeftCard(self.session, promise.not_done))

    def _nothing_runs(self, earlier: bool) -> None:
        go = button(self.theme, _("Look at the plan"), partial(self.session.open, "actions", ("view", "plan")), "main")
        self._first = go
        if earlier:
            words = _("No strategy is running. Choose the next mix on the Plan tab and decide on it.")
            self._cards.addWidget(on_card(self.theme, EmptyState(self.theme, words, go, "target")))
            return
        words = _(
            "No strategy yet. Decide on a plan, and this page shows what was promised, how far you have come, and "
            "what worked."
        )
        self._cards.addWidget(on_card(self.theme, EmptyState(self.theme, words, go, "target")), 1)

    def _review(self, now: Kept, _checked: bool = False) -> None:
        review(self.session, self, now)

    def _change(self, now: Kept, _checked: bool = False) -> None:
        change(self.session, self, now.strategy)
