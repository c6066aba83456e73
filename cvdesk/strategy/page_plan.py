"""Strategy, plan: where the edge is, the best mix within what may be spent, and what becomes of value if it works."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.kit.theme import MEDIUM
from cvdesk.kit.view import View
from cvdesk.kit.widgets import EmptyState, button, column, line, on_card, scrolled
from cvdesk.strategy import words_plan as words
from cvdesk.strategy.page_edge import WATCHED, WIDEST, EdgePanel
from cvdesk.strategy.page_plan_card import PlanCard
from cvdesk.strategy.page_plan_read import Ground, PlanRead, Progress, more_sure, plan_on, read_ground, ticked
from cvdesk.strategy.page_plan_result import ResultCard
from cvdesk.strategy.plan_rows import shown_outcome
from cvdesk.strategy.records_plan import Basis, FactorStanding
from cvdesk.strategy.records_wish import DRAFT, Wish, read_wish, toggled
from cvdesk.wording import _
from cvdesk.wording.numbers import percent

_DEBOUNCE, _LOOK = 150, 200  # milliseconds
_TALL = 800  # design pixels from which there is room for more


class PlanView(View):
    """The plan is worked out beside the window: the best plans first, how sure they are later; the newest wish wins."""

    key = "plan"
    watches = frozenset({*WATCHED, "actions", "action_lifts", "action_rules", "effects", "strategies"})
    _read: PlanRead | None = None
    _drawn: PlanRead | None = None  # the last of which it is known how sure it is
    _at: Progress | None = None
    _rival: int | None = None
    _ground: Ground | None = None  # what is read anew only when the file changed

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Plan")

    def show_for(self, chosen: Filter) -> None:
        """Asks for everything; a plan covers the whole business, whatever the filter."""
        self._ground = None
        self._ask()

    def focus_first(self) -> None:
        """The actions; where there are none, the button that helps on."""
        shown = self._stack.currentWidget()
        if self._read is None:
            self.setFocus()  # what there is to go to is still on its way
        elif shown is self._lacking:
            self.to_sheets.setFocus()
        elif self._idle.isVisible():
            self.to_ideas.setFocus()
        else:
            self.plan.table.setFocus()

    # Building

    def _build(self) -> None:
        theme = self.theme
        self._wish = read_wish(self.session.draft(DRAFT))
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # nothing empty is shown while the first figures are on their way
        to_sheets = partial(self.session.open, "assessments", "customer")
        self.to_sheets = button(theme, _("Fill in a score sheet"), to_sheets, "main")
        self._missing = EmptyState(theme, "", self.to_sheets, "target")
        self._lacking = on_card(theme, self._missing)
        self._stack.addWidget(self._lacking)
        self._stack.addWidget(scrolled(self._make_whole()))
        self.box.addWidget(self._stack, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._ask)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK)
        self._look.timeout.connect(self._say_progress)

    def _make_whole(self) -> QWidget:
        whole = QWidget()
        box = column(whole, MEDIUM)
        self.edge = EdgePanel(self.session)
        self.edge.rival_chosen.connect(self._take_rival)
        box.addWidget(self.edge)
        self.plan = PlanCard(self.session)
        self.plan.wished.connect(self._wished)
        self.plan.toggled.connect(self._toggle)
        self.plan.back.connect(lambda: self._wished(replace(self._wish, own=None)))
        self.plan.decided.connect(self._decide)
        self.result = ResultCard(self.theme)
        self._beside, self._below = line(MEDIUM), column(None, MEDIUM)
        both = QWidget()
        inner = column(both, MEDIUM)
        inner.addLayout(self._beside)
        inner.addLayout(self._below)
        self._beside.addWidget(self.plan, 1)
        self._beside.addWidget(self.result)
        self._is_beside = True
        self.to_ideas = button(self.theme, _("Look at ideas"), self._to_ideas, "main")
        self._ideas = EmptyState(self.theme, "", self.to_ideas, "sparkles")
        self._idle = on_card(self.theme, self._ideas)
        self._idle.hide()
        self._both = both
        box.addWidget(both, 100)
        box.addWidget(self.result.further)
        self.edge.fitted.connect(self._fit)
        box.addWidget(self._idle)
        box.addStretch(1)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A tall window shows more of the edge."""
        super().resizeEvent(event)
        self.edge.take_room(tall=self.height() >= self.theme.px(_TALL))

    def _fit(self, width: int) -> None:
        """The outcome stands beside the plan, as wide as the map above it; below it where there is no room."""
        beside = width > 0
        if beside != self._is_beside:
            self._is_beside = beside
            (self._below if beside else self._beside).removeWidget(self.result)
            (self._beside if beside else self._below).addWidget(self.result)
        self.plan.table.take_room(scarce=beside)  # below each other the page is scrolled anyway
        self.result.setMinimumWidth(width)
        self.result.setMaximumWidth(width or WIDEST)

    # Asking

    def _ask(self) -> None:
        """The newest wish wins: what is under way for an older one is given up."""
        self._stop()
        self.session.save_draft(DRAFT, self._wish.as_text())
        self._at = at = Progress()
        wish, today, ground, rival = self._wish, self.session.today(), self._ground, self._rival
        known = self._drawn
        if ground is None:
            at.job = self.session.look(lambda file: plan_on(read_ground(file, today, rival), wish, at), self._shown)
        else:
            at.job = self.session.look(lambda _file: plan_on(ground, wish, at, known), self._shown)
        self._look.start()
        self._say_progress()

    def _stop(self) -> None:
        self._wait.stop()
        self._look.stop()
        if self._at is not None:
            self._at.stop()
            self._at = None
        self.plan.say_progress("")

    def _say_progress(self) -> None:
        if self._at is not None:
            done = self._at.done
            self.plan.say_progress(
                _("Working it out… {share}").format(share=percent(done)) if done > 0 else _("Working it out…")
            )

    def _wished(self, wish: Wish) -> None:
        self._wish = wish
        if self._at is not None:
            self._at.stop()
        self._wait.start(_DEBOUNCE)
        self.plan.say_progress(_("Working it out…"))

    def _take_rival(self, competitor_id: object) -> None:
        assert isinstance(competitor_id, int)
        self._rival, self._ground = competitor_id, None
        self._ask()

    def _toggle(self, action_id: object) -> None:
        if self._read is None or not isinstance(action_id, int):
            return
        outcome = shown_outcome(self._read.planned)
        now = self._wish.own if self._wish.own is not None else frozenset(outcome.chosen if outcome else ())
        wish = replace(self._wish, own=toggled(now, action_id, self._read.planned.actions))
        self._read = ticked(self._read, wish)  # at once: a box that is pressed must not wait for a job
        self._wish = wish
        self._show_plan(self._read)
        self._wished(wish)

    # Showing

    def _shown(self, read: PlanRead) -> None:
        self._stop()
        waited = self.hasFocus()
        self._show(read)
        if waited:
            self.focus_first()

    def _show(self, read: PlanRead) -> None:
        self._read = read
        if read.planned.basis.why:
            self._show_lacking(read.planned.basis)
            return
        self._stack.setCurrentIndex(2)
        if self._ground is not read.ground:
            self._ground = read.ground
            self.edge.show_edge(read.ground.edge)
        self._say_title(read.planned.basis)
        some = bool(read.planned.actions)
        self._both.setVisible(some)
        self.result.further.setVisible(some)
        self._idle.setVisible(not some)
        if not some:
            self._show_idle(read.planned.basis)
            return
        self._show_plan(read)
        if read.planned.sure is not None:
            return
        self._at = at = Progress()
        at.job = self.session.look(lambda _file: more_sure(read, at), self._surer)
        self._look.start()
        self._say_progress()

    def _surer(self, read: PlanRead) -> None:
        self._stop()
        self._read = self._drawn = read
        self._show_plan(read)

    def _show_plan(self, read: PlanRead) -> None:
        planned, today = read.planned, self.session.today()
        outcome = shown_outcome(planned)
        assert outcome is not None
        rows = read.rows
        self.plan.show_wish(self._wish, planned, today, read.ground.currency, read.ground.digits)
        self.plan.show_plan(planned, outcome, rows, read.ground.currency)
        self.result.show_plan(planned, outcome, rows, today, read.ground.currency)

    def _show_lacking(self, basis: Basis) -> None:
        self._missing.sentence.setText(basis.why)
        self._stack.setCurrentWidget(self._lacking)
        self.titled.emit(_("Strategy"), "")

    def _show_idle(self, basis: Basis) -> None:
        worst = worst_of(basis)
        self._ideas.sentence.setText(
            _("What could you do about “{factor}”? No action is noted yet.").format(factor=worst.label)
            if worst is not None
            else _("No action is noted yet.")
        )

    def _say_title(self, basis: Basis) -> None:
        told = _("Choose where to double down; the mix is your value strategy · {basis}").format(
            basis=words.basis_words(basis)
        )
        self.titled.emit(_("Strategy"), told)

    # Doing

    def _to_ideas(self) -> None:
        worst = None if self._read is None else worst_of(self._read.planned.basis)
        if worst is None:
            self.session.open("actions", ("view", "actions"))
        else:
            self.session.open("actions", ("make", ("factors", worst.key)))

    def _decide(self) -> None:
        from cvdesk.strategy.page_kept_decide import decide

        outcome = None if self._read is None else shown_outcome(self._read.planned)
        if self._read is not None and outcome is not None:
            decide(self.session, self, self._read.planned, outcome)


def worst_of(basis: Basis) -> FactorStanding | None:
    """Where most value could be won."""
    return max(basis.factors, key=lambda one: abs(one.point) * one.headroom, default=None)
