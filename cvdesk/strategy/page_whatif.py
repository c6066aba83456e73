"""Strategy, what if: other weights and other scores, only for looking; Net follows at once, the plan a moment later."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.catalogue.records import LEVERS, Filter
from cvdesk.kit.theme import MEDIUM
from cvdesk.kit.view import View
from cvdesk.kit.widgets import EmptyState, button, column, line, on_card, scrolled
from cvdesk.strategy import words_plan as words
from cvdesk.strategy.page_edge import WATCHED
from cvdesk.strategy.page_plan_read import Ground, PlanRead, Progress, more_sure, plan_on, read_ground
from cvdesk.strategy.page_whatif_result import WhatIfResult
from cvdesk.strategy.page_whatif_sliders import ScoreSliders, WeightSliders
from cvdesk.strategy.plan import supposed
from cvdesk.strategy.records_plan import Limits, Planned
from cvdesk.strategy.records_wish import DRAFT, read_wish
from cvdesk.strategy.store_plan import planned_from
from cvdesk.wording import _

_DEBOUNCE = 150  # milliseconds
_LEAST = 0.5  # what any part of value weighs at least
_BESIDE_FROM = 600  # width in design pixels from which the answer stands beside the sliders


class WhatIfView(View):
    """Sliders at the left, what would follow at the right. Nothing that is moved here is kept."""

    key = "whatif"
    watches = frozenset({*WATCHED, "actions", "action_lifts", "action_rules", "effects"})
    _ground: Ground | None = None
    _real: PlanRead | None = None
    _at: Progress | None = None
    _surer_at: Progress | None = None

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("What if")

    def show_for(self, chosen: Filter) -> None:
        """Asks how things are; what was moved stays moved."""
        self._stop()
        self._at = at = Progress()
        today, wish = self.session.today(), replace(read_wish(self.session.draft(DRAFT)), own=None)
        at.job = self.session.look(lambda file: plan_on(read_ground(file, today), wish, at), self._shown)

    def focus_first(self) -> None:
        """The first slider; where there is nothing to move, the button that helps on."""
        if self._real is None:
            self.setFocus()  # what there is to go to is still on its way
        elif self._stack.currentWidget() is self._lacking:
            self.to_sheets.setFocus()
        else:
            next(iter(self.weights.sliders.values())).setFocus()

    def _build(self) -> None:
        theme = self.theme
        self._levers: dict[str, float] = {}  # the newest last
        self._scores: dict[str, float] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # nothing empty is shown while the first figures are on their way
        to_sheets = partial(self.session.open, "assessments", "customer")
        self.to_sheets = button(theme, _("Fill in a score sheet"), to_sheets, "main")
        self._missing = EmptyState(theme, "", self.to_sheets, "target")
        self._lacking = on_card(theme, self._missing)
        self._stack.addWidget(self._lacking)
        self._stack.addWidget(self._make_whole())
        self.box.addWidget(self._stack, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_DEBOUNCE)
        self._wait.timeout.connect(self._ask_plan)

    def _make_whole(self) -> QWidget:
        whole = QWidget()
        self._sides = line(MEDIUM)
        self._sides.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(self._sides)
        left = QWidget()
        self._left = column(left, MEDIUM)
        self.weights, self.scores = WeightSliders(self.theme), ScoreSliders(self.theme)
        self.weights.moved.connect(self._weigh)
        self.weights.reset.connect(self._found_weights)
        self.scores.moved.connect(self._score)
        self.scores.reset.connect(self._measured)
        self._left.addWidget(self.weights)
        self._left.addWidget(self.scores)
        self._left.addStretch(1)
        self.result = WhatIfResult(self.theme)
        self._sides.addWidget(scrolled(left), 3)
        right = QWidget()
        self._right = column(right, MEDIUM)
        self._right.addWidget(self.result)
        self._right.addStretch(1)
        self._answer = scrolled(right)
        self._sides.addWidget(self._answer, 2)
        self._is_beside = True
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the answer stands above the sliders."""
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(_BESIDE_FROM)
        if beside != self._is_beside:
            self._is_beside = beside
            self._answer.setVisible(beside)
            if beside:
                self._right.insertWidget(0, self.result)
            else:
                self._left.insertWidget(0, self.result)

    # Moving

    def _weigh(self, lever: str, value: float) -> None:
        """The weight that was moved last counts; earlier ones give way where the rest would weigh too little."""
        self._levers.pop(lever, None)
        self._levers[lever] = value
        while not _room_for_the_rest(self._levers):
            self._levers.pop(next(iter(self._levers)))
        self._moved()

    def _score(self, key: str, value: float) -> None:
        self._scores[key] = value
        self._moved()

    def _found_weights(self) -> None:
        self._levers = {}
        self._moved()

    def _measured(self) -> None:
        self._scores = {}
        self._moved()

    @property
    def _touched(self) -> bool:
        return bool(self._levers or self._scores)

    def _limits(self) -> Limits:
        assert self._real is not None
        return replace(self._real.planned.limits, what_if_levers=dict(self._levers), what_if_scores=dict(self._scores))

    def _moved(self) -> None:
        """Net follows at once, by plain sums; the best plan a moment after the hand rests."""
        if self._ground is None:
            return
        basis = self._ground.basis
        then = supposed(basis, self._limits())
        self.weights.show_weights(basis.multipliers, then.multipliers, bool(self._levers))
        self.scores.show_scores(basis, self._scores)
        self.result.show_net(basis, then)
        if self._at is not None:
            self._at.stop()
        self._wait.start()

    # Asking and showing

    def _ask_plan(self) -> None:
        ground = self._ground
        if ground is None:
            return
        if not self._touched:
            self._plan_found(None)
            return
        self._at = at = Progress()
        limits = self._limits()
        at.job = self.session.ask(
            lambda _file: planned_from(ground.basis, ground.actions, limits, at.stopped), self._plan_found
        )

    def _plan_found(self, found: Planned | None) -> None:
        if self._real is not None:
            self.result.show_plans(self._real.planned, found)

    def _stop(self) -> None:
        self._wait.stop()
        for at in (self._at, self._surer_at):
            if at is not None:
                at.stop()
        self._at = self._surer_at = None

    def _shown(self, read: PlanRead) -> None:
        waited = self.hasFocus()
        self._show(read)
        if waited:
            self.focus_first()

    def _show(self, read: PlanRead) -> None:
        basis = read.planned.basis
        self._real, self._ground = read, read.ground
        if basis.why:
            self._missing.sentence.setText(basis.why)
            self._stack.setCurrentWidget(self._lacking)
            self.titled.emit(_("Strategy"), "")
            return
        self._stack.setCurrentIndex(2)
        told = _("Only for looking: what would follow from other weights or scores · {basis}")
        self.titled.emit(_("Strategy"), told.format(basis=words.basis_words(basis)))
        keys = {one.key for one in basis.factors}
        self._scores = {key: value for key, value in self._scores.items() if key in keys}
        self._moved()
        self.result.show_plans(read.planned, None)
        self.result.show_turns(read.planned, read.ground.currency)
        if read.planned.actions:
            self._surer_at = at = Progress()
            at.job = self.session.look(lambda _file: more_sure(read, at), self._surer)

    def _surer(self, read: PlanRead) -> None:
        self._surer_at = None
        self.result.show_turns(read.planned, read.ground.currency)


def _room_for_the_rest(weights: dict[str, float]) -> bool:
    """Whether the parts that were not moved can still weigh something; one weight alone always leaves enough."""
    rest = len(LEVERS) - len(weights)
    return rest > 0 and 4 - sum(weights.values()) >= _LEAST * rest
