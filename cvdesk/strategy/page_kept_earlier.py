"""Strategies that ended: promise beside result, to be compared line by line, each opened in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, TEXT, TIGHT, Card, Hairline, button, column, label
from cvdesk.strategy import words_kept
from cvdesk.strategy.records_kept import Strategy
from cvdesk.wording import _
from cvdesk.wording.numbers import signed, span


class EarlierCard(Card):
    """One line each: when, what was expected of customer value, what came, what was done; more when it is pressed."""

    def __init__(self, session: Session, ended: Sequence[Strategy], today: date, open_at: int | None = None) -> None:
        super().__init__(session.theme, _("Earlier strategies"), _("what was promised beside what came"))
        self._session = session
        self.opened: dict[int, QWidget] = {}
        self.buttons: dict[int, QPushButton] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        for column_, stretch in enumerate((4, 3, 4, 4, 0)):
            grid.setColumnStretch(column_, stretch)
        heads = (_("Strategy"), _("Expected"), _("Came"), _("Done and reached"))
        for place, head in enumerate(heads):
            grid.addWidget(label(session.theme, head, NOTE, tone="quiet"), 0, place)
        for place, one in enumerate(ended):
            self._row(grid, 1 + 3 * place, one)
            if open_at is not None and one.id == open_at:
                self._toggle(open_at)
        self.box.addLayout(grid)

    def _row(self, grid: QGridLayout, row: int, one: Strategy) -> None:
        theme = self._session.theme
        assert one.id is not None
        grid.addWidget(Hairline(), row, 0, 1, 5)
        name = column(None, 0)
        name.addWidget(label(theme, one.name, TEXT, strong=True, wrap=True))
        name.addWidget(label(theme, span(one.starts, one.ends), NOTE, tone="quiet", wrap=True))
        grid.addLayout(name, row + 1, 0)
        grid.addWidget(label(theme, expected(one), TEXT, wrap=True), row + 1, 1)
        came = words_kept.net_came(one.result) if one.result is not None else _("not looked at")
        grid.addWidget(label(theme, came, TEXT, wrap=True), row + 1, 2)
        counted = words_kept.counted(one.result) if one.result is not None else ""
        grid.addWidget(label(theme, counted, TEXT, wrap=True), row + 1, 3)
        more = button(
            theme, _("More"), lambda: self._toggle(one.id or 0), name=_("More about {name}").format(name=one.name)
        )
        self.buttons[one.id] = more
        grid.addWidget(more, row + 1, 4, Qt.AlignmentFlag.AlignTop)
        details = self._details(one)
        details.hide()
        self.opened[one.id] = details
        grid.addWidget(details, row + 2, 0, 1, 5)

    def _details(self, one: Strategy) -> QWidget:
        theme = self._session.theme
        made = QWidget()
        box = column(made, TIGHT)
        box.addWidget(label(theme, one.mix, TEXT, wrap=True))
        if one.result is not None:
            for found in one.result.goals:
                words = _("{goal}: {words}").format(goal=found.label, words=words_kept.goal(found))
                box.addWidget(label(theme, words, TEXT, tone=words_kept.goal_text_tone(found), wrap=True))
            for outcome in one.result.actions:
                facts = [words_kept.verdict(outcome.said), words_kept.against(outcome)]
                said = _(" · ").join(fact for fact in facts if fact)
                words = _("{action}: {words}").format(action=outcome.name, words=said)
                box.addWidget(label(theme, words, TEXT, wrap=True))
        if one.learned:
            box.addWidget(label(theme, _("Learned: {words}").format(words=one.learned), TEXT, wrap=True))
        return made

    def _toggle(self, strategy_id: int) -> None:
        details, pressed = self.opened[strategy_id], self.buttons[strategy_id]
        shown = details.isHidden()
        details.setVisible(shown)
        pressed.setText(_("Less") if shown else _("More"))


def expected(one: Strategy) -> str:
    """What was expected of Net: +2.8 to +3.4."""
    promise = one.promise
    if promise is None:
        return ""
    if promise.net is None:
        return _("better by {gain}").format(gain=signed(promise.gain))
    then = promise.net + promise.gain if promise.likely is None else promise.likely
    return _("{net} to {then}").format(net=signed(promise.net), then=signed(then))
