"""The middle of a score sheet: one step at a time, its questions as cards, and where the keyboard is among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cvdesk.kit.theme import MEDIUM, SMALL, Theme
from cvdesk.kit.widgets import Scrolled, clear, column
from cvdesk.value.form_cards import end_panel, hidden_note, matters_panel, question_card
from cvdesk.value.form_dots import PointDots
from cvdesk.value.form_end import EndPanel
from cvdesk.value.form_matters import MattersPanel
from cvdesk.value.form_question import QuestionCard
from cvdesk.value.records_forms import END, MATTERS, POINTS
from cvdesk.value.records_sheet import SheetState

_LOW = 600  # design pixels: below, cards stand close together, so that three of them are seen whole


class StepArea(Scrolled):
    """Shows a step; scrolls only where there is no room, and then to the question with the keyboard."""

    answered = Signal(object, object, bool)  # the card, the answer, and whether to go on to the next question
    moved = Signal(object, int)  # from which card, and one question back (-1) or on (1)
    importance_set = Signal(object, int)  # the question, and how much its factor matters to the owner
    kind_shown = Signal(str)  # the kind of question the keyboard is at now, or the step

    def __init__(self, theme: Theme, state: SheetState, first_look: Callable[[str], bool]) -> None:
        self._content = QWidget()
        super().__init__(self._content)
        self._theme, self._state, self._first_look = theme, state, first_look
        self._list = column(self._content, MEDIUM)
        self.cards: list[QuestionCard] = []
        self.matters: MattersPanel | None = None
        self.end: EndPanel | None = None
        self._step = END
        self._note: QWidget | None = None

    def show_step(self, step: str) -> None:
        """Shows the questions of a step, from its top."""
        theme, state = self._theme, self._state
        self._step = step
        clear(self._list)
        self.cards, self.matters, self.end = [], None, None
        if step == MATTERS:
            self.matters = matters_panel(theme, state)
            self.matters.focused.connect(self.keep_in_view)
            self._add(self.matters)
        elif step == END:
            self.end = end_panel(theme, state)
            self._add(self.end)
        for question in state.steps.get(step, []):
            self._add_card(question_card(theme, state, question))
        self._note = hidden_note(theme, state, step)
        if self._note is not None:
            self._add(self._note)
        self._list.addStretch(1)
        self._fit()
        self.ask_if_told()
        self.verticalScrollBar().setValue(0)

    def show_answers(self) -> None:
        """Shows the answers as the sheet has them now."""
        for card in self.cards:
            card.show_answer(self._state.answers.get(card.question.key))
        if self.matters is not None:
            self.matters.show_given(self._state.ratings, self._state.points)
        self.ask_if_told()

    def show_importance(self, importance: Mapping[str, int]) -> None:
        """Shows beside each question how much it matters to the owner."""
        for card in self.cards:
            if card.question.factor_key:
                card.show_importance(importance.get(card.question.factor_key, 0))
        if self.matters is not None:
            self.matters.show_given(self._state.ratings, self._state.points)

    def ask_if_told(self) -> None:
        """Whether they told the business is asked only of those who had a problem."""
        for card in self.cards:
            if card.question.key == "told_us":
                card.setVisible(self._state.had_problem)

    def save_words(self) -> None:
        """Hands on a comment that was typed and not yet saved."""
        for card in self.cards:
            card.save_words()

    # Where the keyboard is

    def asked(self) -> list[QuestionCard]:
        """The questions that are asked now, in order."""
        return [card for card in self.cards if not card.isHidden()]

    def focused(self) -> QuestionCard | None:
        """The question with the keyboard."""
        focus = self.window().focusWidget()
        return next((card for card in self.cards if focus is not None and card.isAncestorOf(focus)), None)

    def focus_place(self, place: int) -> None:
        """Gives the keyboard to one of the questions."""
        cards = self.asked()
        if self.matters is not None:
            self.matters.take_focus(place)
        elif cards:
            cards[place].take_focus()
        self.keep_in_view()
        QTimer.singleShot(0, self, self.keep_in_view)  # again once the cards have their places

    def focus_open(self) -> None:
        """Gives the keyboard to the first question without an answer, else to the first one."""
        unanswered = [not self._state.has_answer(card.question.key) for card in self.asked()]
        self.focus_place(unanswered.index(True) if True in unanswered else 0)

    def keep_in_view(self) -> None:
        """The question with the keyboard is seen whole."""
        card, focus = self.focused(), self.window().focusWidget()
        kind = card.question.kind if card is not None else self._step
        self.kind_shown.emit(POINTS if isinstance(focus, PointDots) else kind)
        seen: QWidget | None = card or focus
        if self.matters is not None and focus is not None:
            seen = self.matters.part_of(focus)
        if seen is not None and self._content.isAncestorOf(seen):
            self.ensureWidgetVisible(seen, 0, self._theme.px(MEDIUM))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        QTimer.singleShot(0, self, self.keep_in_view)

    def _fit(self) -> None:
        """In a low window cards stand close; why nothing of customers' answers shows is said beside them as well."""
        low = self.height() < self._theme.px(_LOW)
        self._list.setSpacing(SMALL if low else MEDIUM)
        for card in self.cards:
            card.set_close(low)
        if self._note is not None:
            self._note.setVisible(not low)

    def _add(self, widget: QWidget) -> None:
        """Shown at once, not with the next round of events: the next key is for it."""
        self._list.addWidget(widget)
        widget.show()

    def _add_card(self, card: QuestionCard) -> None:
        card.answered.connect(lambda given, go_on: self.answered.emit(card, given, go_on))
        card.moved.connect(lambda step: self.moved.emit(card, step))
        card.importance_set.connect(lambda value: self.importance_set.emit(card.question, value))
        card.look_first(self._first_look)
        self.cards.append(card)
        self._add(card)


__all__ = ["StepArea"]
