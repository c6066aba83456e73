"""The bank of ideas: by what customers value, where the business stands worst first; one press begins an action."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue.records import match_key
from cvdesk.kit.dialog import Dialog, take_room
from cvdesk.kit.form import choice_field, text_field
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import (
    LARGE,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    TITLE,
    RowButton,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
)  # fmt: skip
from cvdesk.strategy.ideas import ideas, trade_name, trades
from cvdesk.strategy.records_about import About, Problem
from cvdesk.strategy.records_ideas import Idea
from cvdesk.strategy.words_actions import direction, kind_name
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import number


class IdeasDialog(Dialog):
    """Says `chosen` with an Idea."""

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget, about: About, factor: str = "") -> None:
        super().__init__(session.theme.px(680), parent)
        self._theme, self._about = session.theme, about
        theme = session.theme
        self.setWindowTitle(_("Ideas to start from"))
        box = column(self, SMALL, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("Ideas to start from"), TITLE, strong=True))
        said = _("Ideas to start from, not advice. What they cost and what they do is yours to fill in.")
        box.addWidget(label(theme, said, TEXT, tone="quiet", wrap=True))
        options: list[tuple[object, str]] = [("", _("Everything customers value, worst first"))]
        options += [(one.factor, _where(one)) for one in self._worst_first()]
        self.about = choice_field(options, factor)
        self.about.setMinimumContentsLength(16)
        self.trade = choice_field([("", _("Any business")), *trades()])
        self.search = text_field("", _("Find an idea"))
        self.search.setAccessibleName(_("Find an idea"))
        self.search.setClearButtonEnabled(True)
        for text, field in ((_("About"), self.about), (_("Kind of business"), self.trade)):
            row = line(SMALL)
            asked = label(theme, text, tone="quiet")
            asked.setMinimumWidth(theme.px(120))
            asked.setBuddy(field)
            field.setAccessibleName(text)
            row.addWidget(asked)
            row.addWidget(field, 1)
            box.addLayout(row)
        box.addWidget(self.search)
        content = QWidget()
        self._list = column(content, TIGHT)
        box.addWidget(scrolled(content), 1)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Close"), self.reject))
        box.addLayout(foot)
        self.made: list[RowButton] = []
        self.about.currentIndexChanged.connect(self._show)
        self.trade.currentIndexChanged.connect(self._show)
        self.search.textChanged.connect(self._show)
        self._show()
        take_room(self, theme.px(680), theme.px(600))
        self.search.setFocus()

    def fit(self) -> None:
        """Keeps the size it has: the list scrolls."""

    def _worst_first(self) -> list[Problem]:
        """What customers value: where most could get better first, by what it would do for value."""
        known = [one for one in self._about.factors() if one.point is not None]
        rest = [one for one in self._about.factors() if one.point is None]
        known.sort(key=lambda one: abs(one.point or 0.0) * one.standing.better, reverse=True)
        return [*known, *rest]

    def _show(self) -> None:
        clear(self._list)
        self.made = []
        factor, trade = self.about.currentData(), self.trade.currentData()
        wanted = match_key(self.search.text())
        for one in self._worst_first():
            found = [
                idea for idea in ideas()
                if idea.factor == one.factor and factor in ("", one.factor)
                and (not trade or idea.trade in ("", trade)) and wanted in match_key(idea.text)
            ]  # fmt: skip
            if not found:
                continue
            heading = label(self._theme, _where(one), NOTE, strong=True, tone="faint")
            heading.setContentsMargins(0, SMALL, 0, 0)
            self._list.addWidget(heading)
            for idea in found:
                self._list.addWidget(self._line(idea))
        if not self.made:
            self._list.addWidget(label(self._theme, _("No idea fits."), TEXT, tone="quiet"))
        self._list.addStretch(1)

    def _line(self, idea: Idea) -> RowButton:
        row = line(SMALL)
        row.addWidget(label(self._theme, idea.text, TEXT, wrap=True), 1)
        beside = ", ".join(part for part in (trade_name(idea.trade), _kind(idea)) if part)
        if beside:
            row.addWidget(label(self._theme, beside, NOTE, tone="faint"))
        made = RowButton(f"{idea.text}. {beside}" if beside else idea.text, partial(self._choose, idea), row)
        self.made.append(made)
        return made

    def _choose(self, idea: Idea) -> None:
        self.chosen.emit(idea)
        self.accept()


def _where(one: Problem) -> str:
    """Waiting: 2.9, less is better."""
    name = f"{lever_name(one.lever)}: {one.factor_name}"
    if one.score is None:
        return name
    return _("{name}, {score} now ({direction})").format(name=name, score=number(one.score), direction=direction(one))


def _kind(idea: Idea) -> str:
    return "" if idea.kind == "do" else kind_name(idea.kind)
