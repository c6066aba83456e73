"""The questions of one paper sheet in a compact column; number keys answer and move on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from cvdesk.kit.form import text_field
from cvdesk.kit.theme import SMALL, Theme
from cvdesk.kit.widgets import NOTE, TEXT, Elided, column, label, scrolled, set_tone
from cvdesk.surveys.records_items import Item
from cvdesk.surveys.records_rapid import NOT_MINE, press
from cvdesk.value.records import AnswerValue
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

_HEIGHT, _CELL, _NUMBER, _WORDS = 34, 26, 26, 300
_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Minus, Qt.Key.Key_Backspace, Qt.Key.Key_Up)
_PROBLEM, _TOLD, _NO = "had_problem", "told_us", 0.0


class Cells(QWidget):
    """The answers to one question in a row, the given one filled; a click gives one, too."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, item: Item) -> None:
        super().__init__()
        self._theme, self._given = theme, AnswerValue("skipped", None)
        offered = [(AnswerValue("answered", float(value)), whole(value)) for value in item.scale]
        if item.kind == "yes_no":
            offered = [(AnswerValue("answered", 1.0), _("Yes")), (AnswerValue("answered", 0.0), _("No"))]
        if item.kind != "points":
            offered.append((NOT_MINE, "D"))  # the key that gives it; a dash would be read as the minus that goes back
        self._offered = offered
        self._wide = theme.px(_CELL if len(offered) > 3 else 2 * _CELL)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._wide * len(self._offered), self._theme.px(_CELL))

    def show_answer(self, given: AnswerValue) -> None:
        """Shows what was answered."""
        self._given = given
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() // self._wide)
        if 0 <= place < len(self._offered):
            self.chosen.emit(self._offered[place][0])

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (answer, text) in enumerate(self._offered):
            box = QRectF(place * self._wide + 2, 2, self._wide - 4, self.height() - 4)
            given = (answer.state, answer.value) == (self._given.state, self._given.value)
            if given:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawRoundedRect(box, 5, 5)
            painter.setFont(theme.font(TEXT, strong=given))
            painter.setPen(theme.colour("on_accent" if given else "quiet"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class AnswerRow(QWidget):
    """One question with its answer. The row has the keyboard, or the field its words are typed in."""

    answered = Signal(object)  # an AnswerValue: complete, go on
    touched = Signal(object)  # an AnswerValue: not yet to go on from
    moved = Signal(int)  # a question down (1) or up (-1)
    focused = Signal()

    def __init__(self, theme: Theme, item: Item) -> None:
        super().__init__()
        self._theme, self.item = theme, item
        self._after_one = False
        self.given = AnswerValue("skipped", None)
        self.setMinimumHeight(theme.px(_HEIGHT))
        box = QHBoxLayout(self)
        box.setContentsMargins(SMALL, 2, SMALL, 2)
        box.setSpacing(SMALL)
        self.number = label(theme, whole(item.number), TEXT, tone="faint")
        self.number.setFixedWidth(theme.px(_NUMBER))
        box.addWidget(self.number)
        box.addWidget(Elided(theme, item.wording, TEXT), 1)
        self._field: QLineEdit | None = None
        self._cells: Cells | None = None
        if item.kind == "text":
            self._field = text_field()
            self._field.setFixedWidth(theme.px(_WORDS))
            self._field.textEdited.connect(lambda _text: self._take(self._words(), go_on=False))
            self._field.installEventFilter(self)
            box.addWidget(self._field)
            self.setFocusProxy(self._field)
        else:
            self._cells = Cells(theme, item)
            self._cells.chosen.connect(lambda answer: self._take(answer, go_on=True))
            box.addWidget(self._cells)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_answer(self.given)

    def show_answer(self, given: AnswerValue) -> None:
        """Shows what was answered."""
        self.given = given
        if self._cells is not None:
            self._cells.show_answer(given)
        elif self._field is not None and self._field.text() != given.text:
            self._field.setText(given.text)
        name = _("{number}. {question}: {answer}").format(
            number=whole(self.item.number), question=self.item.wording, answer=_said(self.item, given)
        )
        (self._field or self).setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self.focused.emit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            empty = self._field is not None and not self._field.text()
            back = event.key() == Qt.Key.Key_Up or (empty and event.key() in _BACK)
            if event.key() in _ON or back:
                self.moved.emit(-1 if back else 1)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.isAutoRepeat() or control:
            super().keyPressEvent(event)
            return
        pressed = press(self.item, event.text(), self._after_one)
        if pressed is not None:
            self._after_one = not pressed.complete
            self._take(pressed.answer, pressed.complete)
        elif key in _ON:
            self.moved.emit(1)
        elif key in _BACK:
            self.moved.emit(-1)
        elif key == Qt.Key.Key_Delete:
            self._take(AnswerValue("skipped", None), go_on=False)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._after_one = False
        self.focused.emit()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(self._theme.colour("accent_ground"))
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()

    def _take(self, answer: AnswerValue, go_on: bool) -> None:
        self.show_answer(answer)
        (self.answered if go_on else self.touched).emit(answer)

    def _words(self) -> AnswerValue:
        text = self._field.text() if self._field is not None else ""
        return AnswerValue("answered", None, text) if text.strip() else AnswerValue("skipped", None)


class RapidSheet(QWidget):
    """All questions of a sheet, one a line."""

    changed = Signal()
    finished = Signal()  # the last question is behind

    def __init__(self, theme: Theme, asked: Sequence[Item], given: Mapping[str, AnswerValue]) -> None:
        super().__init__()
        content = QWidget()
        inside = column(content, 0)
        self.rows: list[AnswerRow] = []
        lead = ""
        for item in asked:
            if item.lead and item.lead != lead:
                inside.addWidget(label(theme, item.lead, NOTE, tone="quiet", wrap=True))
            lead = item.lead
            row = AnswerRow(theme, item)
            if item.field in given:
                row.show_answer(given[item.field])
            row.answered.connect(lambda _answer, row=row: self._answered(row))
            row.touched.connect(lambda _answer: self.changed.emit())
            row.moved.connect(lambda step, row=row: self._move(row, step))
            row.focused.connect(lambda row=row: self._show_meaning(row))
            self.rows.append(row)
            inside.addWidget(row)
        inside.addStretch(1)
        self._area = scrolled(content)
        box = column(self, SMALL)
        box.addWidget(self._area, 1)
        self.meaning = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.meaning.setMinimumHeight(2 * self.meaning.fontMetrics().lineSpacing())
        set_tone(self.meaning, "quiet")
        box.addWidget(self.meaning)

    def given(self) -> dict[str, AnswerValue]:
        """Field of an item -> answer, of those that have one."""
        return {row.item.field: row.given for row in self.rows if row.given.state != "skipped"}

    def focus_first(self) -> None:
        """The keyboard goes to the first question without an answer."""
        row = next((row for row in self.rows if row.given.state == "skipped"), self.rows[-1])
        self._focus(row)

    def focus_last(self) -> None:
        """The keyboard goes back to the last question."""
        self._focus(self.rows[-1])

    def _answered(self, row: AnswerRow) -> None:
        self.changed.emit()
        self._move(row, 1)

    def _move(self, row: AnswerRow, step: int) -> None:
        place = self.rows.index(row) + step
        if 0 <= place < len(self.rows) and self._passed_over(self.rows[place]):
            place += step
        if place >= len(self.rows):
            self.finished.emit()
        elif place >= 0:
            self._focus(self.rows[place])

    def _passed_over(self, row: AnswerRow) -> bool:
        """Whether they told the business is blank on the paper of who had no problem."""
        problem = next((one.given.value for one in self.rows if one.item.key == _PROBLEM), None)
        return row.item.key == _TOLD and problem == _NO and row.given.state == "skipped"

    def _focus(self, row: AnswerRow) -> None:
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(row, 0, 2 * row.height())

    def _show_meaning(self, row: AnswerRow) -> None:
        anchors = row.item.anchors
        means = [_("{value}: {words}").format(value=key, words=anchors[key]) for key in sorted(anchors, key=float)]
        self.meaning.setText("   ".join([row.item.wording, *means]))


def _said(item: Item, given: AnswerValue) -> str:
    if given.state == "not_apply":
        return _("does not apply")
    if given.state != "answered":
        return _("no answer")
    if given.value is None:
        return given.text
    if item.kind == "yes_no":
        return _("Yes") if given.value else _("No")
    return whole(round(given.value))
