"""Surveys: the list, who was asked, what came back; composing one, handing it out, taking answers in."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from cvdesk.kit.page import Page
from cvdesk.kit.widgets import Card, EmptyState, button, column
from cvdesk.surveys.page_list import SurveyBoard
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


class SurveysPage(Page):
    """The list of surveys with who was asked below it and the card of the selected one beside it."""

    key = "surveys"
    icon = "clipboard-list"
    watches = frozenset(
        {"surveys", "sheets", "invitations", "assessments", "answers", "customers", "offerings", "settings",
         "questions", "question_versions", "factors"}
    )  # fmt: skip

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Surveys")

    def focus_first(self) -> None:
        """The list, or what to do where there is no survey yet."""
        if self._stack.currentWidget() is self._empty:
            self.first.setFocus()
        else:
            self.board.table.setFocus()

    def refresh(self) -> None:
        """Shows the list again."""
        self.board.show_list()
        count = len(self.board.listed)
        self._stack.setCurrentWidget(self._main if count else self._empty)
        said = ngettext("{count} survey", "{count} surveys", count).format(count=whole(count))
        self.set_title(self.title(), said if count else _("What customers say when you ask them"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.board.fit(self.width())

    def _build(self) -> None:
        theme = self.theme
        self._stack = QStackedWidget()
        self._main = Card(theme)
        self._main.box.setContentsMargins(0, 0, 0, 0)
        self.board = SurveyBoard(self.session)
        self._main.box.addWidget(self.board)
        self._main.box.addStretch(1)
        self._empty = Card(theme)
        sentence = _("Ask your customers what they get from you and what it takes out of them.")
        self.first = button(theme, _("Make a survey"), lambda: None, "main")
        self._empty.box.addWidget(EmptyState(theme, sentence, self.first, "clipboard-list"))
        self._stack.addWidget(self._main)
        self._stack.addWidget(self._empty)
        content = column(None)
        content.addWidget(self._stack)
        self.box.addLayout(content, 1)


__all__ = ["SurveysPage"]
