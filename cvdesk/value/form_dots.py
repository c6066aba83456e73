"""A few dots to fill: how much something matters, or how many points it gets; a slider for keys and screen reader."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider

from cvdesk.kit.theme import Theme
from cvdesk.wording import _

POINTS = 10


class Dots(QSlider):
    """So many of `count` dots. Arrows and digits change it."""

    def __init__(
        self, theme: Theme, count: int, name: str, value: int = 0, colour: str = "faint", size: int = 9
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme, self._count, self._colour, self._size = theme, count, colour, size
        self.setRange(0, count)
        self.setPageStep(1)
        self.setValue(value)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(lambda _value: self.update())

    def show_value(self, value: int) -> None:
        """Fills so many dots, without telling anyone."""
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._step * self._count + self._theme.px(6), self._theme.px(self._size + 11))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _step(self) -> int:
        return self._theme.px(self._size + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):  # between questions, not up and down the dots
            event.ignore()
            return
        digit = event.text()
        if digit and digit in "0123456789" and int(digit) <= self._count:
            self.setValue(int(digit))
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        chosen = int((event.position().x() - self._theme.px(3)) // self._step) + 1
        chosen = max(1, min(self._count, chosen))
        self.setValue(0 if chosen == self.value() else chosen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, size = self._step, theme.px(self._size)
        for place in range(self._count):
            filled = place < self.value()
            painter.setBrush(theme.colour(self._colour) if filled else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour(self._colour if filled else "faint"), 1.2))
            left = theme.px(3) + place * step + (step - size) / 2
            painter.drawEllipse(QRectF(left, (self.height() - size) / 2, size, size))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class ImportanceDots(Dots):
    """How much it matters as five dots. 0: not said."""

    def __init__(self, theme: Theme, value: int = 0) -> None:
        super().__init__(theme, 5, _("How much it matters to customers"), value)


class PointDots(Dots):
    """Points out of ten. A digit gives them and goes on, X gives all ten."""

    moved = Signal(int)  # one part back (-1) or on (1)
    skipped = Signal()

    def __init__(self, theme: Theme, name: str, colour: str) -> None:
        super().__init__(theme, POINTS, name, 0, colour, 13)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text().lower()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif text in ("x", "+") or (text and text in "0123456789"):
            self.setValue(int(text) if text.isdigit() else POINTS)
            self.moved.emit(1)
        elif text == "s":
            self.skipped.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.moved.emit(1)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Up):
            self.moved.emit(-1)
        else:
            super().keyPressEvent(event)


__all__ = ["Dots", "ImportanceDots", "PointDots"]
