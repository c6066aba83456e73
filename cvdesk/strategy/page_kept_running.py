"""The strategy that runs: its mix, its goals, its actions with promise and result, and what is not done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton

from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import (
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Bar,
    Card,
    Flow,
    Hairline,
    button,
    column,
    label,
    line,
)  # fmt: skip
from cvdesk.strategy import words_kept
from cvdesk.strategy.page_kept_decide import left_out
from cvdesk.strategy.records_kept import ActionNow, Kept, NotDone, Reached
from cvdesk.strategy.store_actions import set_status
from cvdesk.trends.store_notes import KeptNote
from cvdesk.wording import _


class RunningCard(Card):
    """Its name, how long it still runs, the mix in a sentence, and value now against what was expected."""

    def __init__(self, session: Session, now: Kept, today: date) -> None:
        theme, strategy = session.theme, now.strategy
        super().__init__(theme, strategy.name, words_kept.days(strategy, today))
        self.box.addWidget(label(theme, strategy.mix, TEXT, wrap=True))
        if strategy.promise is not None:
            said = column(None, TIGHT)
            said.addWidget(label(theme, words_kept.net_promised(strategy.promise), TEXT, tone="quiet", wrap=True))
            said.addWidget(label(theme, words_kept.net_now(now.net), TEXT, wrap=True))
            self.box.addLayout(said)
        if strategy.learned:
            learned = _("Learned so far: {words}").format(words=strategy.learned)
            self.box.addWidget(label(theme, learned, TEXT, wrap=True))
        foot = Flow(SMALL)
        due = strategy.review <= today
        self.review = button(theme, _("Review…"), None, "main" if due else "", "clipboard-list",
                             name=_("Review the strategy “{name}”").format(name=strategy.name))  # fmt: skip
        foot.addWidget(self.review)
        self.change = button(theme, _("Change…"), None, icon="pencil",
                             name=_("Change the strategy “{name}”").format(name=strategy.name))  # fmt: skip
        foot.addWidget(self.change)
        when = label(theme, words_kept.review(strategy, today), NOTE, tone="bad" if due else "quiet")
        when.setMinimumHeight(self.review.sizeHint().height())
        foot.addWidget(when)
        self.box.addLayout(foot)


class GoalsCard(Card):
    """Each goal as a bar from where it began to where it is wanted, with the words beside."""

    def __init__(self, theme: Theme, now: Kept) -> None:
        self._early = all(found.value is None for found in now.goals)  # said once; empty bars would say nothing
        told = _("too few answers yet to say how far they are")
        super().__init__(
            theme, _("Goals"), told if self._early else _("of answers since it began, at most the last 90 days")
        )
        self._theme = theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 6)
        for place, found in enumerate(now.goals):
            self._row(grid, place, found)
        self.box.addLayout(grid)

    def _row(self, grid: QGridLayout, place: int, found: Reached) -> None:
        theme = self._theme
        name = found.label
        if found.less_is_better:
            name = _("{figure}, less is better").format(figure=name)
        grid.addWidget(label(theme, name, TEXT, wrap=True), place, 0)
        if self._early:
            grid.addWidget(label(theme, words_kept.goal_wanted(found), TEXT, wrap=True), place, 2)
            return
        bar = Bar(theme, way(found), words_kept.goal_tone(found), 8)
        bar.setFixedWidth(theme.px(120))
        bar.setAccessibleName(f"{found.label}: {words_kept.progress(found)}")
        grid.addWidget(bar, place, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(label(theme, words_kept.goal(found), TEXT, wrap=True), place, 2)


class ActionsCard(Card):
    """The actions of the strategy: where each stands, what was expected and what came, the next step in place."""

    def __init__(self, session: Session, now: Kept, today: date, currency: str) -> None:
        super().__init__(session.theme, _("What is done"), _("expected and measured in points of a score, 1 to 5"))
        self.session, self._today, self._currency = session, today, currency
        self.buttons: dict[tuple[int, str], QPushButton] = {}
        self.box.setSpacing(SMALL)
        for place, one in enumerate(now.actions):
            if place:
                self.box.addWidget(Hairline())
            self.box.addLayout(self._row(one))

    def _row(self, one: ActionNow) -> QHBoxLayout:
        theme = self.session.theme
        row = line(MEDIUM)
        words = column(None, TIGHT)
        words.addWidget(label(theme, one.name, TEXT, strong=True, wrap=True))
        facts = [words_kept.status(one.status)]
        if one.promised is not None and one.promised.must_fix:
            facts.insert(0, _("Must be fixed"))
        facts.append(words_kept.cost(one.promised, self._currency))
        facts.append(words_kept.against(one.outcome) or words_kept.hoped(one.promised))
        words.addWidget(label(theme, _(" · ").join(fact for fact in facts if fact), NOTE, tone="quiet", wrap=True))
        row.addLayout(words, 1)
        if one.status in ("started", "done"):
            tone = words_kept.verdict_tone(one.outcome.said)
            row.addWidget(label(theme, words_kept.came(one, self._today), TEXT, tone=tone))
            self._button(row, one, "see", _("See how it went"), partial(self._see, one))
        if one.status in ("idea", "planned"):
            self._button(row, one, "started", _("Start"), partial(self._step, one, "started"))
        if one.status in ("planned", "started"):
            self._button(row, one, "done", _("Done"), partial(self._step, one, "done"))
        self._button(row, one, "open", _("Open"), partial(self.session.open, "actions", ("action", one.id)))
        return row

    def _button(self, row: QHBoxLayout, one: ActionNow, key: str, text: str, press: partial[None]) -> None:
        made = button(self.session.theme, text, press, name=_("{press}: {action}").format(press=text, action=one.name))
        self.buttons[one.id, key] = made
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)

    def _step(self, one: ActionNow, status: str) -> None:
        """One press: today is the day; another day is set on the Actions tab."""
        for key in ("started", "done"):
            if (one.id, key) in self.buttons:
                self.buttons[one.id, key].setEnabled(False)  # until it is saved
        step = _("Start an action") if status == "started" else _("Finish an action")
        said = _("“{name}” is started") if status == "started" else _("“{name}” is done")
        self.session.run(
            step, partial(set_status, action_id=one.id, status=status, day=self._today), None,
            say=said.format(name=one.name),
        )  # fmt: skip

    def _see(self, one: ActionNow) -> None:
        if one.started is not None:
            note = one.effect.ask.note_id if one.effect is not None else None
            self.session.open("series", KeptNote(note, one.started, one.name, one.id))


class LeftCard(Card):
    """What the plan left out, as it was on the day it was decided on."""

    def __init__(self, session: Session, left: Sequence[NotDone]) -> None:
        super().__init__(session.theme, _("Not done"), _("and why, as it was decided"))
        self.box.addWidget(left_out(session, left))


def way(found: Reached) -> float:
    """How much of the way a goal has come, 0-1."""
    start, target = found.goal.starts_from, found.goal.target
    if found.progress == "reached":
        return 1.0
    if found.value is None or start is None or start == target:
        return 0.0
    return min(1.0, max(0.0, (found.value - start) / (target - start)))


__all__ = ["ActionsCard", "GoalsCard", "LeftCard", "RunningCard", "way"]
