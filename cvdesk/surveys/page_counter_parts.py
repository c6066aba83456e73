"""What the counter is made of: buttons for fingers, the welcome, the thanks, and the sign that it is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cvdesk.kit.theme import LARGE, SMALL, WIDE, Theme
from cvdesk.kit.widgets import CARD_TITLE, FIGURE, TITLE, button, column, label, line
from cvdesk.wording import _

FINGER = 64  # pixels a finger hits without looking twice
LITTLE = 560  # a screen less high than that has little room
LARGE_SCREEN = (1400, 900)  # from this width and height on there is much room
_ROUND = 10


class BigButton(QPushButton):
    """A button for fingers. `kind`: "main" is filled; a checkable one is filled once it is the answer."""

    edge = "faint"  # the colour of its outline

    def __init__(
        self,
        theme: Theme,
        text: str,
        on_click: Callable[[], object],
        kind: str = "",
        name: str = "",
        size: int = TITLE,
        height: int = FINGER,
    ) -> None:
        super().__init__(text.replace("&", "&&"))
        self._theme, self._filled, self._words, self._height = theme, kind == "main", text, height
        self.setAccessibleName(name or text)
        self.setFont(theme.font(size, strong=bool(kind) or size == FIGURE))
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: on_click())

    def sizeHint(self) -> QSize:
        room = self.fontMetrics().horizontalAdvance(self._words) + 2 * self._theme.px(LARGE)
        return QSize(max(self._theme.px(FINGER), room), self._theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(40), self._theme.px(self._height))

    def set_words(self, text: str) -> None:
        """Another text on the same button."""
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_size(self, size: int, height: int) -> None:
        """Another size of its text, and another height."""
        self.setFont(self._theme.font(size, self.font().bold() or size == FIGURE))
        self._height = height
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self._filled or self.isChecked() or self.isDown()
        painter.setBrush(theme.colour("accent" if filled else "hover" if self.underMouse() else "surface"))
        painter.setPen(QPen(theme.colour("accent" if filled else self.edge), 1.5))
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if filled:  # a gap, so that the ring is seen on the fill
                painter.setPen(QPen(theme.colour("surface"), 2))
                painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), _ROUND - 3, _ROUND - 3)
            painter.setPen(QPen(theme.colour("text" if filled else "accent"), 3))
            painter.drawRoundedRect(box, _ROUND, _ROUND)
        painter.setPen(theme.colour("on_accent" if filled else "text"))
        inside = self.rect().adjusted(theme.px(6), 0, -theme.px(6), 0)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()


class CounterScreen(QWidget):
    """One screen of the counter: what it says stands in the middle, not wider than is easily read."""

    def __init__(self, theme: Theme, width: int = 720) -> None:
        super().__init__()
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the keyboard is here until Tab leads to a button
        self.around = around = line(0, (WIDE, WIDE, WIDE, WIDE))
        self.setLayout(around)
        around.addStretch(1)
        inside = QWidget()
        inside.setMaximumWidth(theme.px(width))
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.box: QVBoxLayout = column(inside, LARGE)
        around.addWidget(inside, 1000)
        around.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """The screen is as large as it is: without this Qt asks for the height of the texts at their narrowest."""
        return QSize(self.theme.px(320), self.theme.px(240))

    def centred(self, text: str, size: int, tone: str = "", strong: bool = False) -> QLabel:
        """A text in the middle of the screen."""
        made = label(self.theme, text, size, strong=strong, tone=tone, wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.box.addWidget(made)
        return made


class TouchScreen(CounterScreen):
    """A screen that goes on wherever it is touched, and with Enter or the space bar."""

    touched = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.isAutoRepeat():
            self.touched.emit()
        else:
            super().keyPressEvent(event)


class Welcome(TouchScreen):
    """Whose counter this is, what it is about, and a button to begin. The lock in the corner is the owner's."""

    owner_wanted = Signal()

    def __init__(self, theme: Theme, business: str, greeting: str, about: str) -> None:
        super().__init__(theme)
        self.box.addStretch(2)
        self.name = self.centred(business, FIGURE, strong=True)
        self.greeting = self.centred(greeting, TITLE)
        self.start = BigButton(theme, _("Touch to begin"), self.touched.emit, "main", height=80)
        self.start.setMinimumWidth(theme.px(280))
        self.start.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box.addWidget(self.start, 0, Qt.AlignmentFlag.AlignHCenter)
        self.centred(about, CARD_TITLE, "quiet")
        self.box.addStretch(3)
        self.lock = owner_lock(theme, self.owner_wanted.emit)
        self.box.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(" ".join(part for part in (business, greeting, about) if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self.theme
        little = self.height() < theme.px(LITTLE)
        large = self.width() >= theme.px(LARGE_SCREEN[0]) and self.height() >= theme.px(LARGE_SCREEN[1])
        self.start.set_size(FIGURE if large else TITLE, 120 if large else 80)
        self.box.setSpacing(SMALL if little else WIDE)
        self.greeting.setFont(theme.font(CARD_TITLE if little else TITLE))
        self.name.setFont(theme.font(TITLE if little else FIGURE, strong=True))


class Thanks(TouchScreen):
    """What is said at the end; it goes by itself."""

    def __init__(self, theme: Theme, thanks: str) -> None:
        super().__init__(theme)
        self.box.addStretch(2)
        self.said = self.centred(thanks, FIGURE, strong=True)
        self.note = self.centred("", CARD_TITLE, "quiet")
        self.box.addStretch(3)

    def say_saved(self, saved: bool) -> None:
        """Where nothing was answered that counts, nothing is said to be saved."""
        again = _("This screen begins anew by itself.")
        self.note.setText(_("What you answered is saved. This screen begins anew by itself.") if saved else again)
        self.setAccessibleName(f"{self.said.text()} {self.note.text()}")


class Closed(CounterScreen):
    """Nothing can be answered now."""

    owner_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.box.addStretch(2)
        said = self.centred(_("Nothing can be answered here at the moment."), TITLE, strong=True)
        self.setAccessibleName(said.text())
        self.why = self.centred("", CARD_TITLE, "quiet")
        self.box.addStretch(3)
        self.lock = owner_lock(theme, self.owner_wanted.emit)
        self.box.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignHCenter)


def owner_lock(theme: Theme, on_click: Callable[[], object]) -> QPushButton:
    """The way out for whoever has no keyboard; the PIN is asked for."""
    made = button(theme, "", on_click, "plain", "lock", name=_("For the owner: leave counter mode"))
    made.setMinimumSize(theme.px(48), theme.px(48))
    return made
