"""One question of a score sheet as a card: the words, a button for each answer, what 1, 3 and 5 mean under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QPushButton, QSizePolicy, QSlider

from cvdesk.catalogue.records import Question
from cvdesk.kit.form import words_field
from cvdesk.kit.theme import LARGE, MEDIUM, TIGHT, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, Elided, column, label, line
from cvdesk.wording import _

SAVE_AFTER = 800  # ms without a key until a comment is saved
SCALES = {"scale5": range(1, 6), "scale0_10": range(11)}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given: a value, a text, or neither where the question does not apply."""

    value: float | None = None
    state: str = "answered"
    text: str = ""


class ScaleButton(QPushButton):
    """One answer of a scale, filled with the colour of its part of value when it is the one given."""

    def __init__(self, theme: Theme, text: str, name: str, colour: str, wide: bool = False) -> None:
        super().__init__(text)
        self._theme, self._colour, self._wide = theme, colour, wide
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(TEXT, strong=not wide))

    def sizeHint(self) -> QSize:
        room = self.fontMetrics().horizontalAdvance(self.text()) + self._theme.px(16)
        return QSize(room if self._wide else self._theme.px(22), self._theme.px(38))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in arrows:  # the card moves; a button by itself would leave the card
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        given = self.isChecked()
        ground = self._colour if given else ("hover" if self.underMouse() else "surface")
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour(self._colour if given else "line"), 1))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if given:  # a gap, so that the ring is seen on any fill
                painter.setPen(QPen(theme.colour("surface"), 1.5))
                painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 4, 4)
            painter.setPen(QPen(theme.colour("text" if given else "accent"), 2))
            painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme.colour("on_accent" if given else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


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


class ImportanceDots(QSlider):
    """How much it matters as five dots; a slider for the keyboard and the screen reader. 0: not said."""

    def __init__(self, theme: Theme, value: int = 0) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setRange(0, 5)
        self.setPageStep(1)
        self.setValue(value)
        self.setAccessibleName(_("How much it matters to customers"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(13) * 5 + self._theme.px(6), self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):  # between questions, not up and down the dots
            event.ignore()
            return
        digit = event.text()
        if digit in "012345" and digit:
            self.setValue(int(digit))
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        chosen = int((event.position().x() - self._theme.px(3)) // self._theme.px(13)) + 1
        chosen = max(1, min(5, chosen))
        self.setValue(0 if chosen == self.value() else chosen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, size = theme.px(13), theme.px(9)
        for place in range(5):
            filled = place < self.value()
            painter.setBrush(theme.colour("faint") if filled else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("faint"), 1.2))
            left = theme.px(3) + place * step + (step - size) / 2
            painter.drawEllipse(QRectF(left, (self.height() - size) / 2, size, size))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class QuestionCard(QFrame):
    """One question. Number keys answer it, D or 0 says that it does not apply, arrows move."""

    answered = Signal(object, bool)  # the answer, and whether to go on to the next question
    moved = Signal(int)  # one question up (-1) or down (1)
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
        self._theme, self._colour, self._none_text = theme, colour, none_text
        self._buttons: list[tuple[Given, ScaleButton]] = []
        self._words: QPlainTextEdit | None = None
        self._waiting = QTimer(self, interval=SAVE_AFTER, singleShot=True)
        self._waiting.timeout.connect(self.save_words)
        self._shown = Given(state="skipped")
        self.setAccessibleName(wording)
        self._box = column(self, TIGHT + 2, (LARGE, MEDIUM, LARGE, MEDIUM))
        self._head(wording, about, importance)
        if question.kind == "text":
            self._room_for_words(wording)
        else:
            self._answers(wording)

    def show_answer(self, given: Given | None) -> None:
        """Shows what was answered; None: nothing yet."""
        self._shown = given or Given(state="skipped")
        if self._words is not None:
            if self._words.toPlainText() != self._shown.text and not self._waiting.isActive():
                self._words.setPlainText(self._shown.text)
            return
        for offered, made in self._buttons:
            made.setChecked((offered.state, offered.value) == (self._shown.state, self._shown.value))
        self._one_tab_stop()

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
            return
        given = next((made for _offered, made in self._buttons if made.isChecked()), self._buttons[0][1])
        given.setFocus(Qt.FocusReason.TabFocusReason)

    def save_words(self) -> None:
        """Hands on a comment that was typed and not yet saved."""
        self._waiting.stop()
        if self._words is not None and self._words.toPlainText() != self._shown.text:
            text = self._words.toPlainText()
            self._shown = Given(text=text) if text.strip() else Given(state="skipped")
            self.answered.emit(self._shown, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self._words is None and not control:
            if self._typed(event.text().lower()):
                return
            if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self._step(1 if key == Qt.Key.Key_Right else -1)
                return
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
                return
        super().keyPressEvent(event)

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
        return False

    def _answers(self, wording: str) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(TIGHT + 2)
        grid.setVerticalSpacing(TIGHT)
        offered = self._offered()
        for place, (given, text, name) in enumerate(offered):
            made = ScaleButton(self._theme, text, name, self._colour, wide=place == len(offered) - 1)
            made.clicked.connect(lambda _checked=False, given=given: self._give(given, go_on=False))
            grid.addWidget(made, 0, place)
            grid.setColumnStretch(place, 1)
            self._buttons.append((given, made))
        grid.setColumnMinimumWidth(len(offered) - 1, self._buttons[-1][1].sizeHint().width())
        self._box.addLayout(grid)
        self._anchor_words(grid, len(offered))
        self._one_tab_stop()

    def _offered(self) -> list[tuple[Given, str, str]]:
        """Each answer to choose from: the answer, the text of its button, its name for the screen reader."""
        anchors: Mapping[str, str] = self.question.anchors
        found: list[tuple[Given, str, str]] = []
        if self.question.kind == "yes_no":
            found = [(Given(1.0), _("Yes"), _("Yes")), (Given(0.0), _("No"), _("No"))]
        for value in SCALES.get(self.question.kind, ()):
            said = anchors.get(str(value), "")
            found.append((Given(float(value)), str(value), f"{value}: {said}" if said else str(value)))
        return [*found, (Given(state="not_apply"), self._none_text, self._none_text)]

    def _anchor_words(self, grid: QGridLayout, columns: int) -> None:
        """What the named values mean, each beginning under its button."""
        scale = list(SCALES.get(self.question.kind, ()))
        named = [value for value in scale if str(value) in self.question.anchors]
        for place, value in enumerate(named):
            words = self.question.anchors[str(value)]
            text = label(self._theme, f"{value}  {words}", NOTE, tone="faint", wrap=True)
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            start = scale.index(value)
            end = scale.index(named[place + 1]) if place + 1 < len(named) else columns
            grid.addWidget(text, 1, start, 1, end - start)

    def _give(self, given: Given, go_on: bool) -> None:
        self.show_answer(given)
        self.answered.emit(given, go_on)

    def _typed(self, key: str) -> bool:
        """Answers with a key; False where the key means nothing here."""
        kind = self.question.kind
        if kind == "scale0_10" and key == "0" and self._shown.value == 1.0 and self._after_one:
            self._give(Given(10.0), go_on=True)
            return True
        self._after_one = kind == "scale0_10" and key == "1"  # 10 is typed as 1, then 0
        keys: dict[str, Given] = {"d": Given(state="not_apply")}
        if kind == "yes_no":
            keys |= {"y": Given(1.0), "n": Given(0.0), "1": Given(1.0), "2": Given(0.0), "0": Given(state="not_apply")}
        elif kind == "scale5":
            keys |= {str(value): Given(float(value)) for value in range(1, 6)} | {"0": Given(state="not_apply")}
        else:
            keys |= {str(value): Given(float(value)) for value in range(10)}
        if key not in keys:
            return False
        self._give(keys[key], go_on=not self._after_one)
        return True

    _after_one = False

    def _step(self, step: int) -> None:
        made = [one for _given, one in self._buttons]
        now = next((place for place, one in enumerate(made) if one.hasFocus()), 0)
        made[max(0, min(len(made) - 1, now + step))].setFocus(Qt.FocusReason.TabFocusReason)

    def _one_tab_stop(self) -> None:
        """Tab goes from question to question, not through every button of each."""
        stop = next((made for _given, made in self._buttons if made.isChecked()), self._buttons[0][1])
        for _given, made in self._buttons:
            policy = Qt.FocusPolicy.StrongFocus if made is stop else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)

    def _importance_changed(self, value: int) -> None:
        self._matters.setText(importance_words(value))
        self._dots.update()
        self.importance_set.emit(value)


__all__ = ["Given", "ImportanceDots", "QuestionCard", "ScaleButton", "importance_words"]
