"""What the steps of a monthly look are made of: a step, a line to tick, a step in the list at the left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, Card, button, column, label, line, scrolled
from cvdesk.reports.records_look import Look
from cvdesk.reports.words_look import step_about, step_name
from cvdesk.wording import _
from cvdesk.wording.numbers import whole


class Step(QWidget):
    """One step. Subclasses set `key`, build into `box` and write `show_look(look)`.

    `counted` says how many minutes it takes; `left` asks to go elsewhere: a table and a record.
    """

    key = ""
    counted = Signal(int)
    left = Signal(str, object)
    _waits = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.theme = session.theme
        self.writable = not session.file.read_only
        self.setAccessibleName(step_name(self.key))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.box = column(self, MEDIUM)
        head = column(None, TIGHT)
        head.addWidget(label(self.theme, step_name(self.key), CARD_TITLE, strong=True))
        head.addWidget(label(self.theme, step_about(self.key), TEXT, tone="quiet", wrap=True))
        self.box.addLayout(head)
        self._build()

    def enter(self) -> None:
        """The step comes into view."""

    def show_look(self, look: Look) -> None:
        """Shows what was decided so far."""
        raise LookupError(type(self).__name__)

    def first(self) -> QWidget | None:
        """Where the keyboard goes when the step comes into view; None while there is nothing to go to."""
        raise LookupError(type(self).__name__)

    def focus_first(self) -> None:
        """Gives the keyboard to the first thing; what is still on its way gets it once it is there."""
        first = self.first()
        self._waits = first is None or not first.isVisibleTo(self)
        (self if first is None or self._waits else first).setFocus()

    def arrived(self) -> None:
        """What was on its way is there: it gets the keyboard, unless that has gone elsewhere."""
        if self._waits and self.window().focusWidget() in (self, None):
            self.focus_first()

    def _build(self) -> None:
        raise LookupError(type(self).__name__)

    def on_card(self) -> tuple[Card, QWidget]:
        """A card that scrolls where there is no room, and what its lines are put into."""
        inside = QWidget()
        column(inside, SMALL, (0, 0, SMALL, 0))
        card = Card(self.theme)
        card.box.setContentsMargins(MEDIUM, MEDIUM, SMALL, MEDIUM)
        card.box.addWidget(scrolled(inside), 1)
        return card, inside


class Ticked(QFrame):
    """A box or a dot to tick with a sentence beside it and a quiet one below; a press on the words ticks it, too."""

    def __init__(
        self, theme: Theme, tick: QAbstractButton, said: str, figure: str, doing: QPushButton | None = None
    ) -> None:
        super().__init__()
        self.tick = tick
        tick.setAccessibleName(said)
        tick.setAccessibleDescription(figure)
        row = line(SMALL, (0, TIGHT, 0, TIGHT))
        self.setLayout(row)
        row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        words = column(None, 2)
        self.said = label(theme, said, TEXT, strong=True, wrap=True)
        words.addWidget(self.said)
        self.figure: QLabel = label(theme, figure, NOTE, tone="quiet", wrap=True)
        words.addWidget(self.figure)
        row.addLayout(words, 1)
        self.figure.setVisible(bool(figure))  # not before it has a place: it would be a window of its own
        if doing is not None:
            row.addWidget(doing, 0, Qt.AlignmentFlag.AlignVCenter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.tick.isEnabled():
            self.tick.click()


class StepButton(QPushButton):
    """A step in the list: its number or a tick, its name, how long it takes."""

    def __init__(self, theme: Theme, number: int, key: str, on_click: Callable[[], object]) -> None:
        super().__init__()
        self._theme, self._number, self._key = theme, number, key
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = line(SMALL, (SMALL, SMALL, SMALL, SMALL))
        self.setLayout(row)
        self._mark = label(theme, whole(number), TEXT, strong=True, tone="faint")
        self._mark.setFixedWidth(theme.px(18))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(None, 0)
        words.addWidget(label(theme, step_name(key), TEXT, strong=True))
        self._note = label(theme, "", NOTE, tone="quiet")
        words.addWidget(self._note)
        row.addLayout(words, 1)
        for inner in self.findChildren(QWidget):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda: on_click())
        self.show_state("", False)

    def show_state(self, note: str, done: bool) -> None:
        """What stands below the name, and whether it is done."""
        self._note.setText(_("Done") if done else note)
        if done:
            self._mark.setPixmap(self._theme.pixmap("check", "good", 16))
        else:
            self._mark.setText(whole(self._number))
        said = _("Step {number}: {name}, {note}")
        self.setAccessibleName(said.format(number=self._number, name=step_name(self._key), note=self._note.text()))

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()


def open_button(theme: Theme, name: str, on_click: Callable[[], object]) -> QPushButton:
    """Opens what stands behind a line; the look is left and kept."""
    return button(theme, _("Open"), on_click, "plain", name=_("Open: {name}").format(name=name))
