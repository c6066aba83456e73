"""One question at the counter: the words, buttons for fingers, what 1, 3 and 5 mean; keys do the same."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QProgressBar, QWidget

from cvdesk.catalogue.records import Question
from cvdesk.kit.form import Words
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, WIDE, Theme
from cvdesk.kit.widgets import CARD_TITLE, FIGURE, NOTE, TITLE, clear, column, label, line, scrolled
from cvdesk.surveys.page_counter_keys import TouchKeys, has_letters
from cvdesk.surveys.page_counter_parts import FINGER, LARGE_SCREEN, LITTLE, BigButton, CounterScreen
from cvdesk.surveys.records_counter import LONGEST
from cvdesk.value.records import AnswerValue
from cvdesk.wording import _

TEN_AFTER = 900  # ms after a 1 in which a 0 still makes a ten of it
SAVE_AFTER = 800  # ms without a letter until half-typed words are kept
_SCALES = {"scale5": range(1, 6), "scale0_10": range(11)}
# A screen with little room (width, height); from where on all keys, and eleven buttons in a row, fit in.
_LITTLE, _KEYS_HEIGHT, _ONE_ROW = (640, LITTLE), 720, 800
NOT_MINE = AnswerValue("not_apply", None)


class QuestionScreen(CounterScreen):
    """Shows one question after the other; says what was answered and never keeps it."""

    answered = Signal(object, bool)  # an AnswerValue: this question is done; True where a key said so
    typed = Signal(object)  # an AnswerValue: words so far
    back_wanted = Signal(bool)  # True where a key said so

    def __init__(self, theme: Theme, language: str) -> None:
        super().__init__(theme, 960)
        self._language = language
        self._kind, self._little = "", False
        self._answers: list[tuple[AnswerValue, BigButton]] = []
        self._words: QPlainTextEdit | None = None
        self._keys: TouchKeys | None = None
        self._one = QTimer(self, interval=TEN_AFTER, singleShot=True)
        self._one.timeout.connect(lambda: self._give(AnswerValue("answered", 1.0), by_key=True))
        self._waiting = QTimer(self, interval=SAVE_AFTER, singleShot=True)
        self._waiting.timeout.connect(lambda: self.typed.emit(self.words()))
        self._build()

    def ask(self, question: Question, wording: str, given: AnswerValue | None, place: int, count: int) -> None:
        """Shows a question; `place` of `count`, from 1."""
        self._one.stop()
        self._waiting.stop()
        self._kind = question.kind
        self.question.setText(wording)
        self.setAccessibleName(wording)
        progress = _("{place} of {count}").format(place=place, count=count)
        self.progress.setText(progress)
        self.setAccessibleDescription(progress)
        self.bar.setRange(0, count)
        self.bar.setValue(place)
        self.back.setVisible(place > 1)
        clear(self._room)
        self._answers, self._words, self._keys = [], None, None
        if question.kind == "text":
            self._room_for_words(wording, given)
        else:
            self._buttons(question, given)
        self._fit()

    def take_focus(self) -> None:
        """The keyboard goes to the words, or to no button in particular: number keys answer."""
        (self._words or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_answer(self, given: AnswerValue | None) -> None:
        """Shows which answer was given; None: none yet."""
        for offered, made in self._answers:
            made.setChecked(given is not None and (given.state, given.value) == (offered.state, offered.value))
        self.other.setChecked(self.other.isCheckable() and given is not None and given.state == "not_apply")

    def words(self) -> AnswerValue:
        """The words typed so far, as an answer."""
        text = self._words.toPlainText()[:LONGEST] if self._words is not None else ""
        return AnswerValue("answered", None, text) if text.strip() else AnswerValue("skipped", None)

    @property
    def asks_for_words(self) -> bool:
        """Whether the question is answered in words."""
        return self._words is not None

    def notice(self, text: str) -> None:
        """A sentence above the buttons at the bottom, as that this will soon begin anew."""
        self.said.setText(text)
        self.said.setVisible(bool(text) or not self._little)

    # Building

    def _build(self) -> None:
        theme = self.theme
        head = line(MEDIUM)
        self.progress = label(theme, "", CARD_TITLE, tone="quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far you are"))
        head.addWidget(self.progress)
        head.addWidget(self.bar, 1)
        self.box.addLayout(head)
        content = QWidget()
        inside = column(content, LARGE)
        inside.addStretch(1)
        self.question = label(theme, "", FIGURE, strong=True, wrap=True)
        self.question.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        inside.addWidget(self.question)
        self._room = column(None, MEDIUM)
        inside.addLayout(self._room)
        inside.addStretch(2)
        self.box.addWidget(scrolled(content), 1)
        self.said = label(theme, "", CARD_TITLE, tone="accent", strong=True, wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.addWidget(self.said)
        foot = line(MEDIUM)
        self.back = BigButton(theme, _("Back"), partial(self.back_wanted.emit, False), size=CARD_TITLE)
        stays = self.back.sizePolicy()
        stays.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(stays)
        self.other = BigButton(theme, _("Does not apply"), self._other, size=CARD_TITLE)
        foot.addWidget(self.back, 2)
        foot.addStretch(1)
        foot.addWidget(self.other, 3)
        self.box.addLayout(foot)

    def _buttons(self, question: Question, given: AnswerValue | None) -> None:
        theme = self.theme
        self.other.set_words(_("Does not apply"))
        self.other.setCheckable(True)
        offered = [(AnswerValue("answered", float(value)), str(value)) for value in _SCALES.get(question.kind, ())]
        if question.kind == "yes_no":
            offered = [(AnswerValue("answered", 1.0), _("Yes")), (AnswerValue("answered", 0.0), _("No"))]
        for answer, text in offered:
            said = question.anchors.get(text, "")
            name = _("{value}: {words}").format(value=text, words=said) if said else text
            made = BigButton(theme, text, partial(self._give, answer), name=name, size=FIGURE, height=88)
            made.setCheckable(True)
            self._answers.append((answer, made))
        self.show_answer(given)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(SMALL))
        self._room.addLayout(self._grid)
        self._anchors = line(LARGE)
        self._means = []
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        named = [key for key in sorted(question.anchors, key=float) if key in {text for _answer, text in offered}]
        for place, key in enumerate(named):
            text = _("{value}: {words}").format(value=key, words=question.anchors[key])
            means = label(theme, text, self._sizes()[1], tone="quiet", wrap=True)
            side = sides[round(2 * place / max(1, len(named) - 1))]
            means.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            self._means.append(means)
            self._anchors.addWidget(means, 1)
        self._room.addLayout(self._anchors)

    def _room_for_words(self, wording: str, given: AnswerValue | None) -> None:
        theme = self.theme
        self.other.setCheckable(False)
        self._words = field = CommentField()
        field.setAccessibleName(wording)
        field.setFont(theme.font(TITLE))
        field.setPlainText(given.text if given is not None else "")
        field.textChanged.connect(self._words_changed)
        field.done.connect(partial(self._other, True))
        self._room.addWidget(field)
        if has_letters(self._language):
            self._keys = TouchKeys(theme, self._language)
            self._keys.type_into(field)
            self._room.addWidget(self._keys)
        self._words_said()

    def _words_changed(self) -> None:
        self._waiting.start()
        self._words_said()

    def _words_said(self) -> None:
        done = self.words().state == "answered"
        self.other.set_words(_("Done") if done else _("Nothing to say"))

    # Answering

    def _other(self, by_key: bool = False) -> None:
        """The button at the right: does not apply, or the words are done."""
        self._waiting.stop()
        if self._words is not None:
            self.answered.emit(self.words(), by_key)
        else:
            self._give(NOT_MINE)

    def _give(self, answer: AnswerValue, by_key: bool = False) -> None:
        self._one.stop()
        self.show_answer(answer)
        self.answered.emit(answer, by_key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or self._words is not None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Left) and not self.back.isHidden():
            self.back_wanted.emit(True)
        elif not self._key(event.text().lower()):
            super().keyPressEvent(event)

    def _key(self, key: str) -> bool:
        """Answers with a key; False where it means nothing here."""
        ten = self._kind == "scale0_10"
        if ten and key == "0" and self._one.isActive():
            self._give(AnswerValue("answered", 10.0), by_key=True)
            return True
        if ten and key == "1":  # 10 begins like that
            self.show_answer(AnswerValue("answered", 1.0))
            self._one.start()
            return True
        keys = {"d": NOT_MINE, **{made.text(): answer for answer, made in self._answers}}
        if self._kind == "yes_no":
            keys |= {key: answer for (answer, _made), key in zip(self._answers, "12", strict=True)}
            keys |= {made.text()[:1].lower(): answer for answer, made in self._answers}
        if not ten:
            keys["0"] = NOT_MINE
        if key not in keys:
            return False
        self._give(keys[key], by_key=True)
        return True

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _sizes(self) -> tuple[int, int, int]:
        """How large the question, what is said beside it, and the height of an answer are, on a screen like this."""
        theme, width, height = self.theme, self.width(), self.height()
        if width < theme.px(_LITTLE[0]) or height < theme.px(_LITTLE[1]):
            return TITLE, NOTE, FINGER
        if width >= theme.px(LARGE_SCREEN[0]) and height >= theme.px(LARGE_SCREEN[1]):
            return FIGURE, TITLE, 120
        return FIGURE, CARD_TITLE, 88

    def _fit(self) -> None:
        """Letters and buttons as large as there is room for; eleven buttons in two rows where one is too narrow."""
        theme, width, height = self.theme, self.width(), self.height()
        asked, said, answer_height = self._sizes()
        little = asked == TITLE
        self.question.setFont(theme.font(asked, strong=True))
        # Room for two lines: the buttons stay where they are from question to question.
        self.question.setMinimumHeight(0 if little else 2 * self.question.fontMetrics().lineSpacing())
        self.progress.setFont(theme.font(said))
        self.said.setFont(theme.font(said, strong=True))
        self.box.setSpacing(SMALL if little else LARGE)
        edge = MEDIUM if little else WIDE
        self.around.setContentsMargins(edge, edge, edge, edge)
        self._little = little
        self.notice(self.said.text())
        for made in (self.back, self.other):
            made.set_size(CARD_TITLE if little else TITLE, FINGER)
        if self._keys is not None:
            self._keys.setVisible(height >= theme.px(LITTLE))
            self._keys.fit(tight=height < theme.px(_KEYS_HEIGHT))
        if self._words is not None:
            lines = 3 if height >= theme.px(_KEYS_HEIGHT) else 2
            self._words.setFixedHeight(self._words.fontMetrics().lineSpacing() * lines + theme.px(LARGE))
        if not self._answers:
            return
        for means in self._means:
            means.setFont(theme.font(said))
        in_row = len(self._answers)
        if in_row > 5 and width < theme.px(_ONE_ROW):
            in_row = 6
        for place, (_answer, made) in enumerate(self._answers):
            made.set_size(FIGURE, answer_height)
            self._grid.addWidget(made, place // in_row, place % in_row)


class CommentField(Words):
    """Words of a customer. Enter is done; nothing that was copied elsewhere on this computer can be put in."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setPlaceholderText(_("Touch the letters, or type"))

    def canInsertFromMimeData(self, _source: QMimeData) -> bool:
        return False

    def insertFromMimeData(self, _source: QMimeData) -> None:
        """The clipboard is the owner's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
