"""The guided score sheet: for whom at the left, one part of value at a time in the middle, the guess at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cvdesk.catalogue.records import LEVERS, Factor, Question
from cvdesk.kit.theme import LARGE, LEVER_ICONS, MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, Card, button, clear, column, label, line, scrolled
from cvdesk.value.form_details import Details, DetailsForm, Find
from cvdesk.value.form_guess import GuessCard
from cvdesk.value.form_question import Given, QuestionCard
from cvdesk.value.records import AnswerValue, guess_result
from cvdesk.value.records_wording import asked_wording, lever_line, type_line
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

OVERALL = "overall"
NARROW = 860


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sheet asks: questions and factors of the file, the business's name, and who may be named on it."""

    questions: tuple[Question, ...]
    factors: tuple[Factor, ...]
    business: str
    offerings: tuple = ()
    channels: tuple = ()

    def lever_questions(self, lever: str, form: str) -> list[tuple[Question, Factor]]:
        """The questions of a part of value on the short or the full form."""
        by_key = {question.key: question for question in self.questions}
        return [
            (by_key[factor.key], factor)
            for factor in self.factors
            if factor.lever == lever and factor.key in by_key and (form == "full" or factor.core)
        ]

    def overall_questions(self) -> list[Question]:
        """What is asked after the four parts of value."""
        return [question for question in self.questions if question.overall]


class ScoreForm(QWidget):
    """One score sheet. It holds no SQL: it says what was answered, and shows what it is given."""

    answered = Signal(object, object)  # the question, and the Given
    importance_set = Signal(object, int)  # the factor, 1-5 or 0 for not said
    details_changed = Signal(object)
    customer_wanted = Signal(str)
    step_shown = Signal(str, str)  # the part of value, and the sentence about it
    submitted = Signal()
    left = Signal()

    def __init__(
        self, theme: Theme, asked: Asked, details: Details, answers: Mapping[str, AnswerValue], find: Find
    ) -> None:
        super().__init__()
        self._theme, self.asked, self._find = theme, asked, find
        self.details = details
        self._answers: dict[str, Given] = {}
        self._importance = {factor.key: round(factor.importance or 0) for factor in asked.factors}
        self._cards: list[QuestionCard] = []
        self.step = LEVERS[0]
        self._build()
        self.show_answers(answers)
        self.show_step(next((step for step in self.steps if self._open(step)), self.steps[-1]))

    @property
    def owner(self) -> bool:
        """Whether this is the owner's own guess."""
        return self.details.kind == "owner"

    @property
    def steps(self) -> list[str]:
        """The parts of value in turn, and for a customer the questions about all of it."""
        return [*LEVERS] if self.owner else [*LEVERS, OVERALL]

    def show_answers(self, answers: Mapping[str, AnswerValue]) -> None:
        """Shows the answers as they are on disk; also after one was taken back."""
        self._answers = {key: Given(one.value, one.state, one.text) for key, one in answers.items()}
        for card in self._cards:
            card.show_answer(self._answers.get(card.question.key))
        self._count()

    def show_importance(self, importance: Mapping[str, float | None]) -> None:
        """Shows how much each factor matters, as it is on disk."""
        self._importance = {key: round(value or 0) for key, value in importance.items()}
        for card in self._cards:
            if self.owner and card.question.factor_key:
                card.show_importance(self._importance.get(card.question.factor_key, 0))
        self._show_guess()

    def show_step(self, step: str) -> None:
        """Shows the questions of one part of value."""
        self.save_words()
        self.step = step
        for key, made in self._rows.items():
            made.setChecked(key == step)
        self._fill()
        place = self.steps.index(step)
        self.back.setVisible(place > 0)
        if place + 1 < len(self.steps):
            following = self.steps[place + 1]
            name = _("All in all") if following == OVERALL else lever_name(following)
            self.next.setText(_("Next: {part}").format(part=name))
        else:
            self.next.setText(_("Done"))
        self.next.setAccessibleName(self.next.text())
        self.step_shown.emit(step, lever_line(step, self.owner))
        self._area.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self.focus_first)

    def focus_first(self) -> None:
        """The first question that is open, else the first one."""
        cards = self._asked_cards()
        card = next((card for card in cards if card.question.key not in self._answers), cards[0] if cards else None)
        if card is not None:
            card.take_focus()
            self._area.ensureWidgetVisible(card, 0, 0)

    def save_words(self) -> None:
        """Hands on a comment that was typed and not yet saved."""
        for card in self._cards:
            card.save_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.go_on()
            elif isinstance(focus, QPushButton):
                focus.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.save_words()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def go_on(self) -> None:
        """To the next part of value; after the last one the sheet is done."""
        place = self.steps.index(self.step)
        if place + 1 < len(self.steps):
            self.show_step(self.steps[place + 1])
        else:
            self.save_words()
            self.submitted.emit()

    def go_back(self) -> None:
        """To the part of value before."""
        self.show_step(self.steps[max(0, self.steps.index(self.step) - 1)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(NARROW)
        self.guess.setVisible(self.owner and not narrow)
        self.brief.setVisible(self.owner and narrow)
        self._side.setFixedWidth(self._theme.px(196 if narrow else 220))

    # Building

    def _build(self) -> None:
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(MEDIUM)
        box.addWidget(self._left_card())
        box.addLayout(self._middle(), 1)
        self.guess = GuessCard(self._theme)
        self.guess.setFixedWidth(self._theme.px(280))
        box.addWidget(self.guess)

    def _left_card(self) -> QWidget:
        theme = self._theme
        self._side = Card(theme)
        self._side.box.setContentsMargins(0, 0, 0, MEDIUM)
        content = QWidget()
        inside = column(content, MEDIUM, (LARGE, MEDIUM, LARGE, SMALL))
        self._side.box.addWidget(scrolled(content), 1)
        title = _("Your own guess") if self.owner else _("A customer's answers")
        inside.addWidget(label(theme, title, CARD_TITLE, strong=True, wrap=True))
        explained = (
            _("Before you see what customers said") if self.owner else _("Ask in these words, or copy from the paper")
        )
        inside.addWidget(label(theme, explained, TEXT, tone="quiet", wrap=True))
        rows = column(None, TIGHT)
        self._rows: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        for step in self.steps:
            rows.addWidget(self._step_row(step))
        inside.addLayout(rows)
        self.brief = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.brief.hide()
        inside.addWidget(self.brief)
        sizes = tuple(
            sum(len(self.asked.lever_questions(lever, form)) for lever in LEVERS) for form in ("short", "full")
        )
        self.fields = DetailsForm(
            theme, self.details, (sizes[0], sizes[1]), self.asked.offerings, self.asked.channels, self._find
        )
        self.fields.changed.connect(self._take_details)
        self.fields.customer_wanted.connect(self.customer_wanted)
        inside.addWidget(self.fields)
        inside.addStretch(1)
        saved = label(theme, _("Saved as you go"), NOTE, tone="faint")
        saved.setContentsMargins(LARGE, 0, LARGE, 0)
        self._side.box.addWidget(saved)
        return self._side

    def _step_row(self, step: str) -> QPushButton:
        name = _("All in all") if step == OVERALL else lever_name(step)
        made = button(self._theme, name, lambda: self.show_step(step), "nav")
        made.setCheckable(True)
        if step == OVERALL:
            made.setIcon(self._theme.icon("scale", "accent"))
        else:
            made.setIcon(self._theme.icon(LEVER_ICONS[step], step))
        made.setIconSize(QSize(self._theme.px(18), self._theme.px(18)))
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, self._theme.px(10), 0)
        count = self._counts[step] = label(self._theme, "", NOTE, tone="faint")
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addStretch(1)
        inside.addWidget(count)
        self._rows[step] = made
        return made

    def _middle(self) -> QVBoxLayout:
        box = column(None, MEDIUM)
        content = QWidget()
        self._list = column(content, MEDIUM)
        self._area = scrolled(content)
        box.addWidget(self._area, 1)
        foot = line(SMALL)
        hint = (
            _("Keys 1 to 5 answer, D for don't know, Ctrl+Enter goes on, Ctrl+Z takes back")
            if self.owner
            else _("Keys 1 to 5 answer, D for does not apply, Ctrl+Enter goes on, Ctrl+Z takes back")
        )
        self.hint = label(self._theme, hint, NOTE, tone="faint", wrap=True)
        foot.addWidget(self.hint, 1)
        self.back = button(self._theme, _("Back"), self.go_back)
        self.next = button(self._theme, _("Next"), self.go_on, "main")
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        box.addLayout(foot)
        return box

    def _fill(self) -> None:
        clear(self._list)
        self._cards = []
        if self.step == OVERALL:
            for question in self.asked.overall_questions():
                self._add_card(question, None)
        else:
            for question, factor in self.asked.lever_questions(self.step, self.details.form):
                self._add_card(question, factor)
        if self.owner:
            note = Card(self._theme)
            words = _(
                "Customers' answers and words stay hidden until you finish; then you see where you guessed right."
            )
            note.box.setContentsMargins(MEDIUM + TIGHT, MEDIUM, MEDIUM + TIGHT, MEDIUM)
            note.box.addWidget(label(self._theme, words, TEXT, tone="quiet", wrap=True))
            self._list.addWidget(note)
        self._list.addStretch(1)
        self._ask_if_told()

    def _add_card(self, question: Question, factor: Factor | None) -> None:
        offer = next((one.name for one in self.asked.offerings if one.id == self.details.offering_id), "")
        wording = asked_wording(question, self.owner, self.asked.business, offer)
        card = QuestionCard(
            self._theme,
            question,
            wording,
            type_line(factor, self.owner) if factor is not None else "",
            factor.lever if factor is not None else "accent",
            _("Don't know") if self.owner else _("Does not apply"),
            self._importance.get(factor.key, 0) if self.owner and factor is not None else None,
        )
        card.show_answer(self._answers.get(question.key))
        card.answered.connect(lambda given, go_on, card=card: self._take_answer(card, given, go_on))
        card.moved.connect(lambda step, card=card: self._move(card, step))
        if factor is not None:
            card.importance_set.connect(lambda value, factor=factor: self._take_importance(factor, value))
        self._cards.append(card)
        self._list.addWidget(card)

    # What the person does

    def _take_answer(self, card: QuestionCard, given: Given, go_on: bool) -> None:
        self._answers[card.question.key] = given
        self.answered.emit(card.question, given)
        self._ask_if_told()
        self._count()
        if go_on:
            self._move(card, 1)

    def _take_importance(self, factor: Factor, value: int) -> None:
        self._importance[factor.key] = value
        self.importance_set.emit(factor, value)
        self._show_guess()

    def _take_details(self, details: Details) -> None:
        asks_anew = (details.form, details.offering_id) != (self.details.form, self.details.offering_id)
        self.details = details
        self.details_changed.emit(details)
        if asks_anew:
            self._fill()
            self._count()

    def _move(self, card: QuestionCard, step: int) -> None:
        cards = self._asked_cards()
        place = cards.index(card) + step
        if place >= len(cards):
            self.next.setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= 0:
            cards[place].take_focus()
            self._area.ensureWidgetVisible(cards[place], 0, self._theme.px(MEDIUM))

    def _asked_cards(self) -> list[QuestionCard]:
        return [card for card in self._cards if not card.isHidden()]

    def _ask_if_told(self) -> None:
        """Whether they told the business is asked only of those who had a problem."""
        problem = self._answers.get("had_problem", Given()).value == 1.0
        for card in self._cards:
            if card.question.key == "told_us":
                card.setVisible(problem)

    # What is shown of the answers

    def _keys(self, step: str) -> list[str]:
        if step == OVERALL:
            hidden = set() if self._answers.get("had_problem", Given()).value == 1.0 else {"told_us"}
            return [one.key for one in self.asked.overall_questions() if one.key not in hidden]
        return [question.key for question, _factor in self.asked.lever_questions(step, self.details.form)]

    def _given(self, step: str) -> int:
        done = ("answered", "not_apply")
        return sum(self._answers[key].state in done for key in self._keys(step) if key in self._answers)

    def _open(self, step: str) -> bool:
        return self._given(step) < len(self._keys(step))

    def _count(self) -> None:
        for step, count in self._counts.items():
            text = _("{done} of {all}").format(done=self._given(step), all=len(self._keys(step)))
            count.setText(text)
            name = _("All in all") if step == OVERALL else lever_name(step)
            self._rows[step].setAccessibleName(f"{name}, {text}")
        self._show_guess()

    def _show_guess(self) -> None:
        if not self.owner:
            return
        values: dict[str, float | None] = {
            factor.key: self._answers[factor.key].value for factor in self.asked.factors if factor.key in self._answers
        }
        guess = guess_result(values, weighed(self.asked.factors, self._importance))
        answered, of = sum(map(self._given, LEVERS)), sum(len(self._keys(lever)) for lever in LEVERS)
        self.guess.show_guess(guess, answered, of)
        self.brief.setText(self.guess.in_short())


def weighed(factors: Sequence[Factor], importance: Mapping[str, int]) -> list[Factor]:
    """The factors with the importance just given to them."""
    return [replace(factor, importance=importance.get(factor.key) or None) for factor in factors]


__all__ = ["OVERALL", "Asked", "ScoreForm"]
