"""Setting up what customers value: what is asked about, in which words, the last questions, and the trade."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QWidget

from cvdesk.catalogue.page_factors_list import FactorsView
from cvdesk.catalogue.page_factors_questions import QuestionsView
from cvdesk.catalogue.page_factors_trades import TradesView
from cvdesk.kit.dialog import take_room
from cvdesk.kit.session import Session
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL
from cvdesk.kit.widgets import NOTE, TEXT, TITLE, Elided, button, column, label, line
from cvdesk.wording import _

_WIDTH, _HEIGHT = 1000, 700
_WATCHES = {"*", "factors", "questions", "question_versions", "themes", "settings", "answers", "sheets"}


class _View(Protocol):
    def refresh(self) -> None: ...

    def may_leave(self) -> bool: ...

    def focus_first(self) -> None: ...


class FactorsDialog(QDialog):
    """Three views of one thing; every step is on disk at once and can be undone below."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        theme = session.theme
        self.setWindowTitle(_("What customers value"))
        take_room(self, theme.px(_WIDTH), theme.px(_HEIGHT))
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        head = column(None, 0)
        head.addWidget(label(theme, _("What customers value"), TITLE, strong=True))
        about = _(
            "What score sheets and surveys ask about, in your words. What was answered stays, whatever you change."
        )
        head.addWidget(Elided(theme, about, TEXT, "quiet"))
        box.addLayout(head)
        self.tabs = Tabs(theme, _("Views"), (
            ("factors", _("What is asked about")), ("questions", _("The last questions")), ("trade", _("Your trade")),
        ))  # fmt: skip
        box.addWidget(self.tabs)
        self.factors, self.questions, self.trades = FactorsView(session), QuestionsView(session), TradesView(session)
        self._views: dict[str, tuple[_View, QWidget]] = {
            "factors": (self.factors, self.factors), "questions": (self.questions, self.questions),
            "trade": (self.trades, self.trades),
        }  # fmt: skip
        self._stack = QStackedWidget()
        for _view, widget in self._views.values():
            self._stack.addWidget(widget)
        box.addWidget(self._stack, 1)
        box.addLayout(self._foot())
        self.tabs.chosen.connect(self._go)
        session.changed.connect(self._tables_changed)
        session.said.connect(self._said)
        for keys, do in ((QKeySequence.StandardKey.Undo, self.undo), (QKeySequence.StandardKey.Redo, session.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self._key = "factors"
        self.factors.focus_first()

    def undo(self) -> None:
        """Takes the last step back."""
        self.session.undo()

    def reject(self) -> None:
        """Closes, unless something half typed is to be kept."""
        if self._views[self._key][0].may_leave():
            super().reject()
            self.deleteLater()

    def _foot(self) -> QHBoxLayout:
        theme = self.session.theme
        row = line(SMALL)
        self.said = label(theme, "", NOTE, tone="quiet")
        self.undo_button = button(theme, _("Undo"), self.undo, "plain")
        self.undo_button.hide()
        row.addWidget(self.said)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        row.addWidget(button(theme, _("Close"), self.reject))
        return row

    def _go(self, key: str) -> None:
        if not self._views[self._key][0].may_leave():
            self.tabs.choose(self._key)
            self.tabs.focus_first()
            return
        self._key = key
        view, widget = self._views[key]
        view.refresh()
        self._stack.setCurrentWidget(widget)

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if _WATCHES & tables:
            self._views[self._key][0].refresh()

    def _said(self, words: str, can_undo: bool) -> None:
        self.said.setText(words)
        self.undo_button.setVisible(can_undo)
