"""The plan itself: what must be fixed, what may be spent, the actions to tick, and the button that decides."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.theme import SMALL
from cvdesk.kit.widgets import NOTE, TEXT, Card, RowButton, button, clear, column, label, line, tooltip
from cvdesk.strategy import words_plan as words
from cvdesk.strategy.page_plan_limits import LimitsPanel
from cvdesk.strategy.page_plan_table import PlanTable
from cvdesk.strategy.plan_rows import PlanRow
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_plan import Planned, PlanOutcome
from cvdesk.strategy.records_wish import Wish
from cvdesk.wording import _
from cvdesk.wording.numbers import month_long


class PlanCard(Card):
    """Everything about choosing. `toggled` gives an action's id, `wished` a wish."""

    toggled = Signal(object)
    wished = Signal(object)
    back = Signal()
    decided = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self._fixed: tuple[Action, ...] = ()
        theme = session.theme
        self.setAccessibleName(_("Plan"))
        self.limits = LimitsPanel(theme)
        self.limits.wished.connect(self.wished)
        self.heading = self.limits.title
        self.box.addWidget(self.limits)
        self.box.setSpacing(SMALL)
        self._must = QWidget()
        self._must.hide()
        self._must_rows = column(self._must, 2)
        self.box.addWidget(self._must)
        self.table = PlanTable(theme, "GBP")
        self.table.toggled.connect(self.toggled)
        self.table.opened.connect(lambda action_id: session.open("actions", ("action", action_id)))
        self.box.addWidget(self.table, 100)
        self.box.addLayout(self._make_foot())
        self.box.addStretch(1)

    def _make_foot(self) -> QHBoxLayout:
        theme = self._theme
        foot = line(SMALL)
        told = column(None, 2)
        self.own = label(theme, "", TEXT, strong=True, wrap=True)
        self.takes = label(theme, "", NOTE, tone="quiet", wrap=True)
        told.addWidget(self.own)
        told.addWidget(self.takes)
        foot.addLayout(told, 1)
        self.progress = label(theme, "", NOTE, tone="faint")
        foot.addWidget(self.progress)
        self.reset = button(theme, _("Back to the best plan"), self.back.emit)
        self.decide = button(theme, _("Decide on this plan"), self.decided.emit, "main")
        foot.addWidget(self.reset)
        foot.addWidget(self.decide)
        return foot

    def say_progress(self, text: str) -> None:
        """A quiet word while figures are on their way; the old picture stays."""
        self.progress.setText(text)

    def show_wish(self, wish: Wish, planned: Planned, today: date, currency: str, digits: int) -> None:
        """Shows what is wished for and how long that is."""
        self.heading.setText(_("Plan until {month}").format(month=month_long(words.end_of(today, wish.months))))
        self.limits.show_wish(wish, planned.actions, currency, digits)

    def show_plan(self, planned: Planned, outcome: PlanOutcome, rows: tuple[PlanRow, ...], currency: str) -> None:
        """Shows a plan."""
        self._show_must_fix(planned.must_fix, currency)
        self.limits.show_gains(planned)
        self.table.show_plan(rows, currency)
        over = words.over_words(outcome, planned.limits.months, currency)
        own = words.own_words(planned)
        told = " ".join(part for part in (own, _("It is {over}.").format(over=over) if over else "") if part)
        self.own.setText(told)
        self.own.setVisible(bool(told))
        spent = words.spent_words(outcome, planned.must_fix, planned.limits.months, currency)
        self.takes.setText(
            _("The plan {takes}.").format(takes=spent) if outcome.exact
            else _("The plan {takes}. So many actions are not all tried together: the plan is nearly the best.").format(
                takes=spent)
        )  # fmt: skip
        self.reset.setVisible(planned.own is not None)
        self.decide.setEnabled(bool(outcome.chosen or planned.must_fix))

    def _show_must_fix(self, actions: tuple[Action, ...], currency: str) -> None:
        """Only what changed is built anew: the keyboard may be in one of the lines."""
        if actions == self._fixed:
            return
        self._fixed = actions
        clear(self._must_rows)
        self._must.setVisible(bool(actions))
        for action in actions:
            self._must_rows.addWidget(self._must_row(action, currency))

    def _must_row(self, action: Action, currency: str) -> RowButton:
        theme, why = self._theme, words.must_fix_why(action)
        cost, status = words.cost_words(action, currency), words.action_status(action)
        row = line(SMALL)
        icon = QLabel()
        icon.setPixmap(theme.pixmap("shield-alert", "bad", 18))
        row.addWidget(icon)
        row.addWidget(label(theme, _("First:"), strong=True))
        name = label(theme, action.name)
        name.setMinimumWidth(1)
        row.addWidget(name)
        row.addWidget(label(theme, why, tone="bad"))
        row.addStretch(1)
        row.addWidget(label(theme, cost, tone="quiet"))
        row.addWidget(label(theme, status, tone="quiet"))
        said = _("{action}: must be done first, {why}. {cost}, {status}").format(
            action=action.name, why=why, cost=cost, status=status
        )
        made = RowButton(said, lambda: self._session.open("actions", ("action", action.id)), row)
        made.setToolTip(tooltip(said))
        return made
