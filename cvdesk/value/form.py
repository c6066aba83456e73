"""The guided score sheet: for whom at the left, one part of value at a time in the middle, the guess at the right."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cvdesk.catalogue.records import Factor, Question
from cvdesk.kit.theme import MEDIUM, SMALL, Theme
from cvdesk.kit.widgets import NOTE, button, column, label, line
from cvdesk.value.form_area import StepArea
from cvdesk.value.form_details import Details, DetailsForm, Find
from cvdesk.value.form_guess import GuessCard
from cvdesk.value.form_question import QuestionCard
from cvdesk.value.form_side import SheetSide
from cvdesk.value.records import AnswerValue
from cvdesk.value.records_forms import END, IMPORTANCE, MATTERS, OVERALL, POINTS, Asked
from cvdesk.value.records_sheet import Given, SheetState
from cvdesk.value.records_wording import key_line, lever_line, step_name
from cvdesk.wording import _

NARROW = 860
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ScoreForm(QWidget):
    """One score sheet. It holds no SQL: it says what was answered, and shows what it is given."""

    answered = Signal(object, object)  # the question, and the Given
    importance_set = Signal(object, int)  # the factor, 1-5 or 0 for not said
    details_changed = Signal(object)
    customer_wanted = Signal(str)
    rival_wanted = Signal(object)  # the id of a competitor: the sheet is done and one about them follows
    sheet_wanted = Signal(object)  # another sheet to go on with, None for a new one
    step_shown = Signal(str, str)  # the part of value, and the sentence about it
    submitted = Signal()
    left = Signal()

    def __init__(
        self, theme: Theme, asked: Asked, details: Details, answers: Mapping[str, AnswerValue], find: Find
    ) -> None:
        super().__init__()
        self._theme, self._find = theme, find
        self.asked, self.state = asked, SheetState(asked, details)
        self._one: tuple[Question, QuestionCard | None] | None = None  # 1 of 0-10 was typed: a 0 makes it 10
        self.step = END
        self._build()
        self.show_answers(answers)
        first = next(iter(self.state.steps), END)
        self.show_step(first if details.done else self.state.first_open() or END)

    @property
    def details(self) -> Details:
        """What the sheet says about itself."""
        return self.state.details

    @property
    def owner(self) -> bool:
        """Whether this is the owner's own guess."""
        return self.details.guess

    @property
    def steps(self) -> list[str]:
        """The steps of questions in turn; what may follow and the end come after them."""
        return list(self.state.steps)

    @property
    def fields(self) -> DetailsForm:
        """The fields that say whose sheet it is."""
        return self.side.fields

    # What is on disk is shown

    def show_answers(self, answers: Mapping[str, AnswerValue]) -> None:
        """Shows the answers as they are on disk; also after one was taken back."""
        self.state.answers = {key: Given(one.value, one.state, one.text) for key, one in answers.items()}
        self.area.show_answers()
        self._count()

    def show_importance(self, importance: Mapping[str, float | None]) -> None:
        """Shows how much each factor matters to the owner, as it is on disk."""
        self.state.importance = {key: round(value or 0) for key, value in importance.items()}
        if self.owner:
            self.area.show_importance(self.state.importance)
            self._count()

    # From step to step

    def show_step(self, step: str, last: bool = False) -> None:
        """Shows one step and gives it the keyboard: its first open question, with `last` the last one."""
        self.save_words()
        self.step = step
        self.side.show_step(step)
        self._fill()
        self.step_shown.emit(step, self.sentence())
        if last:
            self.area.focus_place(-1)
        else:
            self.focus_first()

    def sentence(self) -> str:
        """The step in hand with its meaning."""
        return lever_line(self.step, self.owner)

    def focus_first(self) -> None:
        """The first question of the step that is open, else the first one."""
        if self.step == END:
            self.next.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.keep_in_view()
        else:
            self.area.focus_open()

    def go_on(self) -> None:
        """To the next part of value; after the last one the sheet is done."""
        path = self.steps
        if self.step in path[:-1]:
            self.show_step(path[path.index(self.step) + 1])
        else:
            self.save_words()
            self.submitted.emit()

    def go_back(self) -> None:
        """To the step before; from the end and from what matters to the last question."""
        path = self.steps
        place = path.index(self.step) if self.step in path else len(path)
        if place > 0:
            self.show_step(path[place - 1], last=place == len(path))

    def save_words(self) -> None:
        """Hands on a comment that was typed and not yet saved."""
        self.area.save_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        text = "" if control else event.text().lower()
        if event.key() in _ENTER and control:
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.save_words()
            self.left.emit()
        elif self._first_look(text) or (self.area.end is not None and self.area.end.key(text)):
            return
        elif event.key() == Qt.Key.Key_Backspace and self.step == END:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(NARROW)
        self.guess.setVisible(self.owner and not narrow)
        self.side.brief.setVisible(self.owner and narrow)
        self.side.setFixedWidth(self._theme.px(196 if narrow else 220))

    # Building

    def _build(self) -> None:
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(MEDIUM)
        self.side = SheetSide(self._theme, self.details, self.asked, self._find)
        self.side.step_chosen.connect(self.show_step)
        self.side.sheet_wanted.connect(self.sheet_wanted)
        self.fields.changed.connect(self._take_details)
        self.fields.customer_wanted.connect(self.customer_wanted)
        self.fields.submitted.connect(self._leave_fields)
        self.fields.left.connect(self._leave_fields)
        box.addWidget(self.side)
        box.addLayout(self._middle(), 1)
        self.guess = GuessCard(self._theme)
        self.guess.setFixedWidth(self._theme.px(280))
        box.addWidget(self.guess)

    def _middle(self) -> QVBoxLayout:
        box = column(None, MEDIUM)
        self.area = StepArea(self._theme, self.state, self._first_look)
        self.area.answered.connect(self._take_answer)
        self.area.moved.connect(self._move)
        self.area.importance_set.connect(
            lambda question, value: self._take_importance(self.asked.factor(question.factor_key), value)
        )
        self.area.kind_shown.connect(self._tell_keys)
        box.addWidget(self.area, 1)
        foot = line(SMALL)
        self.hint = label(self._theme, "", NOTE, tone="faint", wrap=True)
        foot.addWidget(self.hint, 1)
        self.back = button(self._theme, _("Back"), self.go_back)
        self.next = button(self._theme, _("Next"), self.go_on, "main")
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        box.addLayout(foot)
        return box

    def _tell_keys(self, kind: str) -> None:
        self.hint.setText(key_line(kind, self.owner))

    def _fill(self) -> None:
        self.area.show_step(self.step)
        matters, end = self.area.matters, self.area.end
        if matters is not None:
            matters.importance_given.connect(self._take_rating)
            matters.points_given.connect(self._take_points)
            matters.moved.connect(lambda step: self.show_step(END) if step > 0 else self.go_back())
        if end is not None:
            end.matters_wanted.connect(lambda: self.show_step(MATTERS))
            end.rival_wanted.connect(self._want_rival)
        self._name_buttons()

    def _name_buttons(self) -> None:
        path = self.steps
        place = path.index(self.step) if self.step in path else len(path)
        self.back.setVisible(place > 0)
        more = place + 1 < len(path)
        text = _("Next: {part}").format(part=step_name(path[place + 1])) if more else _("Done")
        self.next.setText(text)
        self.next.setAccessibleName(text)

    # What the person does

    def _take_answer(self, card: QuestionCard, given: Given, go_on: bool) -> None:
        question = card.question
        self._keep(question, given)
        self.area.ask_if_told()
        if go_on:
            self._move(card, 1)
            if question.kind == "scale0_10" and given.value == 1.0:
                self._one = (question, self.area.focused())

    def _keep(self, question: Question, given: Given) -> None:
        self.state.answers[question.key] = given
        self.answered.emit(question, given)
        self._count()

    def _first_look(self, key: str) -> bool:
        """Ten typed as 1, then 0: the 1 has moved on already, so the 0 after it belongs to it."""
        one, self._one = self._one, None
        landed = self.area.focused()
        if one is None or key != "0" or one[1] is not landed:
            return False
        if landed is not None and landed.question.kind == "scale0_10":
            return False
        self._keep(one[0], Given(10.0))
        self.area.show_answers()
        return True

    def _take_importance(self, factor: Factor | None, value: int) -> None:
        if factor is not None:
            self.state.importance[factor.key] = value
            self.importance_set.emit(factor, value)
            self._count()

    def _take_rating(self, key: str, value: int) -> None:
        """How much something matters: the owner's goes with the factor, a customer's with her sheet."""
        question = self.asked.question(IMPORTANCE)
        if self.owner:
            self._take_importance(self.asked.factor(key), value)
        elif question is not None:
            self._keep(question, self.state.rated(key, value))

    def _take_points(self, points: Mapping[str, int]) -> None:
        question = self.asked.question(POINTS)
        if question is not None:
            self._keep(question, self.state.shared(points))

    def _take_details(self, details: Details) -> None:
        before = self.details
        if details.form != before.form:
            asked = self.asked.drawn(secrets.randbelow) if details.form == "rotating" else ()
            details = replace(details, asked=asked)
            self.fields.take_over(details)
        self.save_words()
        self.state.change(details)
        self.details_changed.emit(details)
        if (details.form, details.offering_id) != (before.form, before.offering_id):
            if self.step not in self.state.steps:
                self.step = next(iter(self.state.steps), END)
            self._fill()
            self._count()
            self.side.show_step(self.step)
            self.step_shown.emit(self.step, self.sentence())

    def _leave_fields(self) -> None:
        """From the fields back to the questions; to the button that adds somebody where the name is new."""
        if self.fields.wants_customer:
            self.fields.make.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_first()

    def _want_rival(self, rival: int) -> None:
        self.save_words()
        self.rival_wanted.emit(rival)

    # Where the keyboard is

    def _move(self, card: QuestionCard, step: int) -> None:
        self._one = None
        cards, path = self.area.asked(), self.steps
        place, here = cards.index(card) + step, path.index(self.step)
        if 0 <= place < len(cards):
            self.area.focus_place(place)
        elif step < 0 and here > 0:
            self.show_step(path[here - 1], last=True)
        elif step > 0 and here + 1 == len(path):
            self.show_step(END)
        elif step > 0:
            self.show_step(path[here + 1])
            self.area.focus_place(0)

    def _count(self) -> None:
        counts = self.state.counts()
        self.side.show_steps(list(counts))
        self.side.show_counts(counts)
        if self.owner:
            self.guess.show_guess(self.state.guess(), *self.state.scored())
            self.side.brief.setText(self.guess.in_short())


__all__ = ["OVERALL", "Asked", "ScoreForm"]
