"""Deciding on a plan: from the Plan tab to a strategy that runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cvdesk.db import BusinessFile, Operation
from cvdesk.errors import UserError
from cvdesk.kit import ask, crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import LARGE, MEDIUM, NOTE, SMALL, TEXT, TITLE, button, column, label, line, scrolled
from cvdesk.strategy import store_kept, words_kept
from cvdesk.strategy.form_kept import StrategyForm
from cvdesk.strategy.records_kept import NotDone, Strategy
from cvdesk.strategy.records_plan import Planned, PlanOutcome
from cvdesk.strategy.store_kept_now import Measure, beginning
from cvdesk.strategy.store_kept_propose import propose
from cvdesk.wording import _

DRAFT = "strategy decide"
_WIDTH = 640

_Asked = tuple[tuple[int, str] | None, Strategy, tuple[Measure, ...]]


def decide(session: Session, parent: QWidget, planned: Planned, outcome: PlanOutcome) -> None:
    """Asks for name, days, goals and the mix in a sentence, then keeps the plan as the running strategy.

    Where one is still running, that one is to be reviewed and ended first.
    """
    today = session.today()

    def read(file: BusinessFile) -> _Asked:
        return store_kept.running(file), *propose(file, planned, outcome, today)

    session.ask(read, partial(_asked, session, parent))


def change(session: Session, parent: QWidget, strategy: Strategy) -> None:
    """Asks for another name, other days, another sentence or other goals of a strategy that runs."""
    today = session.today()

    def shown(known: tuple[Measure, ...]) -> None:
        dialog = StrategyDialog(session, strategy, known, parent)
        dialog.open()

    session.ask(lambda file: beginning(file, today), shown)


def _asked(session: Session, parent: QWidget, found: _Asked) -> None:
    other, proposed, known = found
    if other is None:
        StrategyDialog(session, proposed, known, parent).open()
        return
    question = _("“{name}” is still running.").format(name=other[1])
    more = _("One strategy runs at a time. Look at what came of it and end it; then this plan can begin.")
    if ask.prompts.confirm(parent, question, more, _("Review it")):
        session.open("actions", ("strategy", other[0]))


class StrategyDialog(Dialog):
    """Decides on a strategy, or changes the one that runs. It stays until that is on disk."""

    def __init__(self, session: Session, strategy: Strategy, known: Sequence[Measure], parent: QWidget) -> None:
        super().__init__(session.theme.px(_WIDTH), parent)
        self.session, theme = session, session.theme
        self._new = strategy.id is None
        title = _("Decide on this plan") if self._new else _("Change the strategy")
        self.setWindowTitle(title)
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True, wrap=True))
        if self._new:
            words = _(
                "What is expected today is written down and never changed, so that it can be compared with what comes. "
                "The actions are then planned."
            )
        else:
            words = _("What was expected when it was decided on stays as it is.")
        box.addWidget(label(theme, words, TEXT, tone="quiet", wrap=True))
        inside = QWidget()
        inner = self._inner = column(inside, MEDIUM)
        self.form = StrategyForm(theme, strategy, known)
        inner.addWidget(self.form)
        left = strategy.promise.not_done if strategy.promise is not None and self._new else ()
        if left:
            self._say_left(inner.addWidget, left)
        inner.addStretch(1)
        self._area = scrolled(inside)
        box.addWidget(self._area, 1)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.keep = button(theme, _("Decide") if self._new else _("Save"), self._press, "main")
        foot.addWidget(self.keep)
        box.addLayout(foot)
        self._plan = "" if strategy.promise is None else repr([one.id for one in strategy.promise.actions])
        if self._new and (draft := session.draft(DRAFT)).startswith(self._plan):  # of the same actions
            self.form.fill_draft(draft.removeprefix(self._plan))
        self.form.submitted.connect(self._press)
        self.form.left.connect(self.reject)
        if self._new:
            self.form.edited.connect(self._keep_draft)
        self.form.name.setFocus()
        self.form.name.selectAll()

    def fit(self) -> None:
        """As tall as its content, or as the screen has room for; the middle scrolls then."""
        room = self.screen().availableGeometry().height() - self.session.theme.px(80)
        asked = self._inner.totalHeightForWidth(self._width - 2 * LARGE)
        self._area.setMinimumHeight(min(asked, room - self.session.theme.px(190)))
        super().fit()

    def done(self, result: int) -> None:
        """Closed by hand, what was half-typed is let go of; only a crash keeps it."""
        if self._new and result == self.DialogCode.Rejected:
            self.session.save_draft(DRAFT, "")
        super().done(result)

    def _say_left(self, add: Callable[[QWidget], object], left: Sequence[NotDone]) -> None:
        theme = self.session.theme
        add(label(theme, _("Not done, and why"), TEXT, strong=True))
        add(left_out(self.session, left))

    def _keep_draft(self) -> None:
        self.session.save_draft(DRAFT, self._plan + self.form.as_draft())

    def _press(self) -> None:
        problems = self.form.problems()
        self.form.show_problems(problems)
        if problems or not self.keep.isEnabled():
            return
        self.keep.setEnabled(False)  # until it is saved
        self.session.forget_draft(DRAFT)
        chosen, today = self.form.record(), self.session.today()

        def work(op: Operation) -> int:
            if chosen.id is None:
                op.forget_draft(DRAFT)
                return store_kept.decide(op, chosen, today)
            store_kept.change(op, chosen)
            return chosen.id

        said = _("“{name}” begins") if self._new else _("Saved")
        step = _("Decide on a strategy") if self._new else _("Change a strategy")
        self.session.run(step, work, self._saved, self._failed, say=said.format(name=chosen.name.strip()))

    def _saved(self, strategy_id: int) -> None:
        self.accept()
        if self._new:
            self.session.open("actions", ("strategy", strategy_id))

    def _failed(self, error: Exception) -> None:
        self.keep.setEnabled(True)
        if not isinstance(error, UserError):
            crash.report(error)
            return
        self.form.show_problems({"name": str(error)})


def left_out(session: Session, left: Sequence[NotDone]) -> QWidget:
    """What is not done, each with its reason, in two columns of words."""
    theme = session.theme
    made = QWidget()
    box = column(made, 4)
    for one in left:
        row = line(MEDIUM)
        row.addWidget(label(theme, one.name, TEXT, wrap=True), 1)
        row.addWidget(label(theme, words_kept.why_not(one), NOTE, tone="quiet", wrap=True), 1)
        box.addLayout(row)
    return made
