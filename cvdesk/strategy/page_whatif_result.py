"""What would follow: Net at once, the best plan beside the real one, and where the plan would change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel

from cvdesk.kit.theme import SMALL, TIGHT, Theme
from cvdesk.kit.widgets import FIGURE, NOTE, TEXT, Card, clear, column, label
from cvdesk.strategy.records_plan import Basis, Planned, PlanOutcome
from cvdesk.strategy.words_plan_turns import turn_line
from cvdesk.wording import _
from cvdesk.wording.numbers import rounded_to, signed

_MOST_TURNS = 8


class WhatIfResult(Card):
    """Net as supposed, and what that makes of the plan. Nothing here is kept."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("If it were so"))
        self._theme = theme
        self.box.setSpacing(SMALL)
        self.figure = label(theme, "", FIGURE, strong=True, tone="accent")
        self.box.addWidget(self.figure)
        self.told = self._text(TEXT, "quiet")
        self.kept = self._text(NOTE, "quiet")
        self.kept.setText(_("Nothing is stored, and no other page changes."))
        self._head(_("The best plan then"))
        self.plan = self._text(TEXT)
        self._lines = column(None, TIGHT)
        self.box.addLayout(self._lines)
        self.turns_head = self._head(_("The plan changes"))
        self._turns = column(None, TIGHT)
        self.box.addLayout(self._turns)
        self.box.addStretch(1)

    def _text(self, size: int, tone: str = "") -> QLabel:
        made = label(self._theme, "", size, tone=tone, wrap=True)
        self.box.addWidget(made)
        return made

    def _head(self, text: str) -> QLabel:
        made = label(self._theme, text, NOTE, strong=True, tone="faint")
        self.box.addWidget(made)
        return made

    def show_net(self, real: Basis, supposed: Basis) -> None:
        """Net before and after; said whole for a screen reader."""
        now, then = real.net or 0.0, supposed.net or 0.0
        self.figure.setText(_("{now} → {then}").format(now=signed(now), then=signed(then)))
        moved = float(rounded_to(then, 1) - rounded_to(now, 1))  # of the figures shown, so that they agree
        if moved == 0:
            self.told.setText(_("Value would stay where it is."))
        elif moved > 0:
            self.told.setText(_("Value would be {size} higher, before any action.").format(size=signed(moved)[1:]))
        else:
            self.told.setText(_("Value would be {size} lower, before any action.").format(size=signed(moved)[1:]))

    def show_plans(self, real: Planned, supposed: Planned | None) -> None:
        """The best plan as things are, and what would come in or go out; None: the same as it is."""
        clear(self._lines)
        style = real.limits.style
        best = real.styles.get(style)
        then = None if supposed is None else supposed.styles.get(style)
        if best is None or not real.actions:
            self.plan.setText(_("No action is noted yet, so there is no plan to change."))
            return
        names = {one.id: one.name for one in real.actions}
        if then is None or set(then.chosen) == set(best.chosen):
            same = _("The same plan, bringing {gain} instead of {before}.")
            self.plan.setText(
                _("As things are:")
                if then is None
                else same.format(gain=signed(then.gain, 2), before=signed(best.gain, 2))
            )
            self._list(best, names)
            return
        self.plan.setText(
            _("Another plan, bringing {gain}; the one for things as they are would bring {before}.").format(
                gain=signed(then.gain, 2), before=signed(best.gain, 2)
            )
        )
        self._list(then, names, set(best.chosen))
        for gone in best.chosen:
            if gone not in then.chosen and gone in names:
                self._line(_("− {action} goes out").format(action=names[gone]), "bad")

    def _list(self, outcome: PlanOutcome, names: dict[int | None, str], before: set[int] | None = None) -> None:
        for one in outcome.chosen:
            new = before is not None and one not in before
            text = _("+ {action} comes in") if new else _("✓ {action}")
            self._line(text.format(action=names.get(one, "")), "good" if new else "")

    def _line(self, text: str, tone: str) -> None:
        self._lines.addWidget(label(self._theme, text, TEXT, tone=tone, wrap=True))

    def show_turns(self, planned: Planned, currency: str) -> None:
        """Where the best plan as things are becomes another one."""
        clear(self._turns)
        told: Sequence[str] = [turn_line(turn, planned, currency) for turn in planned.turns[:_MOST_TURNS]]
        if not told and planned.sure is not None:
            told = [_("Within these sliders nothing moved alone changes the plan.")]
        self.turns_head.setVisible(bool(told))
        for text in told:
            self._turns.addWidget(label(self._theme, text, TEXT, tone="quiet", wrap=True))
