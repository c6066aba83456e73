"""The answers of a question as a row of buttons: number keys answer and go on, arrows move, one stop for Tab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cvdesk.kit.theme import TIGHT, Theme
from cvdesk.kit.widgets import NOTE, TEXT, line
from cvdesk.value.records_sheet import NOT_APPLY, NOTHING, Given
from cvdesk.wording import _

SCALES = {"scale5": range(1, 6), "scale0_10": range(11)}
TALL, LOW = 38, 30  # heights of the buttons
_TEN = "x+"  # one key for 10, with its twin on the number pad
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer to choose from. `hint`: the key that gives it, where that is not the text of its button."""

    given: Given
    text: str
    name: str
    hint: str = ""


class ScaleButton(QPushButton):
    """One answer of a scale, filled with its colour when it is the one given."""

    def __init__(self, theme: Theme, offer: Offer, colour: str, wide: bool = False, height: int = TALL) -> None:
        super().__init__(offer.text)
        self._theme, self._colour, self._wide, self._height = theme, colour, wide, height
        self._hint = offer.hint
        self.setAccessibleName(offer.name)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(TEXT, strong=not wide))

    def sizeHint(self) -> QSize:
        theme, words = self._theme, self.fontMetrics().horizontalAdvance(self.text())
        if self._wide:
            return QSize(words + theme.px(16), theme.px(self._height))
        hint = theme.px(16) if self._hint else 0
        return QSize(max(theme.px(22), words + hint), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:  # all other keys are the row's; a button by itself would leave it
            super().keyPressEvent(event)
        else:
            event.ignore()

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
        painter.drawText(self._place_of_text(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self._hint:
            painter.setFont(theme.font(NOTE))
            painter.setPen(theme.colour("on_accent" if given else "faint"))
            beside = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            words = QRectF(self._place_of_text())
            left = words.center().x() + self.fontMetrics().horizontalAdvance(self.text()) / 2 + theme.px(4)
            painter.drawText(QRectF(left, 0, self.width() - left, self.height()), beside, self._hint)
        painter.end()

    def _place_of_text(self) -> QRectF:
        """The whole button; a little to the left where a key stands beside the text."""
        return QRectF(self.rect()).adjusted(0, 0, -self._theme.px(12) if self._hint else 0, 0)


class Scale(QWidget):
    """The answers of one question in a row. `none_text` names the one for who cannot say; "" offers none."""

    given = Signal(object, bool)  # the answer, and whether to go on to the next question
    moved = Signal(int)  # one question back (-1) or on (1)

    def __init__(
        self,
        theme: Theme,
        kind: str,
        anchors: Mapping[str, str],
        colour: str,
        none_text: str,
        height: int = TALL,
    ) -> None:
        super().__init__()
        self.kind = kind
        self.first_look: Callable[[str], bool] | None = None  # sees every key before the row does
        self._shown = NOTHING
        self._pointed = False  # the arrows have chosen a button, which Enter then means
        self.buttons: list[tuple[Given, ScaleButton]] = []
        box = line(TIGHT + 2)
        self.setLayout(box)
        offers = offered(kind, anchors, none_text)
        for offer in offers:
            wide = bool(none_text) and offer is offers[-1]
            made = ScaleButton(theme, offer, colour, wide, height)
            made.clicked.connect(lambda _checked=False, given=offer.given: self._give(given, go_on=False))
            box.addWidget(made, 0 if wide else 1)
            self.buttons.append((offer.given, made))
        self._one_tab_stop()

    @property
    def shown(self) -> Given:
        """The answer that is shown as given."""
        return self._shown

    def show_answer(self, given: Given) -> None:
        """Shows what was answered, without telling anyone."""
        self._shown = given
        for offer, made in self.buttons:
            made.setChecked((offer.state, offer.value) == (given.state, given.value))
        self._one_tab_stop()

    def take_focus(self) -> None:
        """Gives the keyboard to the answer given, or to the first one."""
        self._pointed = False
        made = next((made for _given, made in self.buttons if made.isChecked()), self.buttons[0][1])
        made.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif self._typed(event.text().lower()):
            return
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._point(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Backspace):
            self.moved.emit(-1)
        elif key == Qt.Key.Key_Down:
            self.moved.emit(1)
        elif key in _ENTER:
            self._enter()
        else:
            super().keyPressEvent(event)

    def _typed(self, key: str) -> bool:
        """Answers with a key; False where the key means nothing here."""
        if self.first_look is not None and self.first_look(key):
            return True
        given = keys_of(self.kind).get(key)
        if given is None or all(given != offer for offer, _made in self.buttons):
            return False
        self._give(given, go_on=True)
        return True

    def _enter(self) -> None:
        """Enter goes on, with the answer the arrows have pointed at."""
        pointed = next((given for given, made in self.buttons if made.hasFocus()), None)
        if self._pointed and pointed is not None:
            self._give(pointed, go_on=True)
        else:
            self.moved.emit(1)

    def _give(self, given: Given, go_on: bool) -> None:
        self._pointed = False
        self.show_answer(given)
        self.given.emit(given, go_on)

    def _point(self, step: int) -> None:
        made = [one for _given, one in self.buttons]
        now = next((place for place, one in enumerate(made) if one.hasFocus()), 0)
        made[max(0, min(len(made) - 1, now + step))].setFocus(Qt.FocusReason.TabFocusReason)
        self._pointed = True

    def _one_tab_stop(self) -> None:
        """Tab goes from question to question, not through every button of each."""
        stop = next((made for _given, made in self.buttons if made.isChecked()), self.buttons[0][1])
        for _given, made in self.buttons:
            policy = Qt.FocusPolicy.StrongFocus if made is stop else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)


def offered(kind: str, anchors: Mapping[str, str], none_text: str) -> list[Offer]:
    """Each answer to choose from, in order."""
    found: list[Offer] = []
    if kind == "yes_no":
        found = [Offer(Given(1.0), _("Yes"), _("Yes"), _("Y")), Offer(Given(0.0), _("No"), _("No"), _("N"))]
    for value in SCALES.get(kind, ()):
        said = anchors.get(str(value), "")
        name = f"{value}: {said}" if said else str(value)
        found.append(Offer(Given(float(value)), str(value), name, _("X") if value == 10 else ""))
    if none_text:
        found.append(Offer(NOT_APPLY, none_text, none_text))
    return found


def keys_of(kind: str) -> dict[str, Given]:
    """Key -> answer. Y and N stand beside the letters of the language that is on the buttons."""
    keys = {"d": NOT_APPLY}
    if kind == "yes_no":
        yes, no = Given(1.0), Given(0.0)
        keys |= {"y": yes, "n": no, _("Y").lower(): yes, _("N").lower(): no, "1": yes, "0": no}
    elif kind == "scale5":
        keys |= {str(value): Given(float(value)) for value in SCALES[kind]} | {"0": NOT_APPLY}
    else:
        keys |= {str(value): Given(float(value)) for value in range(10)}
        keys |= dict.fromkeys([*_TEN, _("X").lower()], Given(10.0))
    return keys


__all__ = ["LOW", "NOTHING", "NOT_APPLY", "Given", "Scale", "ScaleButton"]
