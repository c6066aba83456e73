"""One question of a score sheet as a card: the words, a button for each answer, what 1, 3 and 5 mean under them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit

from cvdesk.catalogue.records import Question
from cvdesk.kit.form import words_field
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, Elided, column, label, line
from cvdesk.value.form_dots import ImportanceDots
from cvdesk.value.form_scale import NOTHING, SCALES, Given, Scale, ScaleButton
from cvdesk.wording import _

SAVE_AFTER = 400  # ms without a key until a comment is saved


def importance_words(value: int) -> str:
    """How much something matters, 1-5; what to do where nothing was said."""
    return {
        0: _("How much does it matter?"),
        1: _("Hardly matters"),
        2: _("Matters little"),
        3: _("Matters some"),
        4: _("Matters a lot"),
        5: _("Decides it"),
    }[value]


class QuestionCard(QFrame):
    """One question. Keys answer it and go on, Backspace goes back; in a comment Enter goes on."""

    answered = Signal(object, bool)  # the answer, and whether to go on to the next question
    moved = Signal(int)  # one question back (-1) or on (1)
    importance_set = Signal(int)

    def __init__(
        self,
        theme: Theme,
        question: Question,
        wording: str,
        about: str,
        colour: str,
        none_text: str,
        importance: int | None = None,
    ) -> None:
        """`importance` None: it is not asked how much this matters."""
        super().__init__()
        self.setObjectName("card")
        self.question = question
        self._theme = theme
        self.scale: Scale | None = None
        self._words: QPlainTextEdit | None = None
        self._waiting = QTimer(self, interval=SAVE_AFTER, singleShot=True)
        self._waiting.timeout.connect(self.save_words)
        self._shown = NOTHING
        self.setAccessibleName(wording)
        self._box = column(self, TIGHT + 2, (LARGE, MEDIUM, LARGE, MEDIUM))
        self._head(wording, about, importance)
        if question.kind == "text":
            self._room_for_words(wording)
        else:
            self._answers(colour, none_text)

    def show_answer(self, given: Given | None) -> None:
        """Shows what was answered; None: nothing yet."""
        self._shown = given or NOTHING
        if self.scale is not None:
            self.scale.show_answer(self._shown)
        elif self._words is not None and not self._waiting.isActive() and self._typed_text() != self._shown.text:
            self._words.setPlainText(self._shown.text)

    def show_importance(self, value: int) -> None:
        """Shows how much it matters, without telling anyone."""
        self._dots.blockSignals(True)
        self._dots.setValue(value)
        self._dots.blockSignals(False)
        self._dots.update()
        self._matters.setText(importance_words(value))

    def take_focus(self) -> None:
        """Gives the keyboard to the answer given, or to the first one."""
        if self._words is not None:
            self._words.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.scale is not None:
            self.scale.take_focus()

    def set_close(self, close: bool) -> None:
        """Less room above, below and between, where the window is low."""
        edge = SMALL if close else MEDIUM
        self._box.setContentsMargins(LARGE, edge, LARGE, edge)
        self._box.setSpacing(TIGHT if close else TIGHT + 2)

    def look_first(self, look: Callable[[str], bool]) -> None:
        """Lets somebody see each key before the scale answers with it."""
        if self.scale is not None:
            self.scale.first_look = look

    def save_words(self) -> None:
        """Hands on a comment that was typed and not yet saved."""
        self._waiting.stop()
        if self._words is None:
            return
        text = self._typed_text()
        if text != self._shown.text:
            self._shown = Given(text=text) if text else NOTHING
            self.answered.emit(self._shown, False)

    def _typed_text(self) -> str:
        assert self._words is not None
        text = self._words.toPlainText()
        return text if text.strip() else ""

    def _head(self, wording: str, about: str, importance: int | None) -> None:
        self._box.addWidget(label(self._theme, wording, CARD_TITLE, strong=True, wrap=True))
        beside = line(TIGHT)
        beside.addWidget(Elided(self._theme, about, TEXT, "quiet"), 1)
        if importance is not None:
            self._matters = label(self._theme, importance_words(importance), NOTE, tone="faint")
            self._dots = ImportanceDots(self._theme, importance)
            self._dots.valueChanged.connect(self._importance_changed)
            beside.addWidget(self._matters)
            beside.addWidget(self._dots)
        if about:
            self._box.addLayout(beside)

    def _room_for_words(self, wording: str) -> None:
        self._words = words_field(lines=2)
        self._words.setAccessibleName(wording)
        self._words.textChanged.connect(self._waiting.start)
        self._words.installEventFilter(self)
        self._box.addWidget(self._words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus():
            self.save_words()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_in_words(event)
        return False

    def _key_in_words(self, event: QKeyEvent) -> bool:
        """Enter saves and goes on, Shift+Enter is a new line; Backspace in an empty field goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain:
                self.save_words()
                self.moved.emit(1)
            return plain
        assert self._words is not None
        if event.key() == Qt.Key.Key_Backspace and not self._words.toPlainText() and not event.isAutoRepeat():
            self.moved.emit(-1)
            return True
        return False

    def _answers(self, colour: str, none_text: str) -> None:
        self.scale = Scale(self._theme, self.question.kind, self.question.anchors, colour, none_text)
        self.scale.given.connect(self._give)
        self.scale.moved.connect(self.moved)
        self._box.addWidget(self.scale)
        self._anchor_words()

    def _give(self, given: Given, go_on: bool) -> None:
        self._shown = given
        self.answered.emit(given, go_on)

    def _anchor_words(self) -> None:
        """What the named values mean, each beginning under its button."""
        assert self.scale is not None
        values = list(SCALES.get(self.question.kind, ()))
        named = [value for value in values if str(value) in self.question.anchors]
        if not named:
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(TIGHT + 2)
        for place in range(len(values)):
            grid.setColumnStretch(place, 1)
        grid.setColumnMinimumWidth(len(values), self.scale.buttons[-1][1].sizeHint().width())
        for place, value in enumerate(named):
            words = self.question.anchors[str(value)]
            text = label(self._theme, f"{value}  {words}", NOTE, tone="faint", wrap=True)
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            start = values.index(value)
            end = values.index(named[place + 1]) if place + 1 < len(named) else len(values) + 1
            grid.addWidget(text, 0, start, 1, end - start)
        self._box.addLayout(grid)

    def _importance_changed(self, value: int) -> None:
        self._matters.setText(importance_words(value))
        self._dots.update()
        self.importance_set.emit(value)


__all__ = ["Given", "ImportanceDots", "QuestionCard", "ScaleButton", "importance_words"]
