"""A calm slider: a track, what is chosen, where it stood before with its likely range; arrows and screen reader."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from cvdesk.kit.theme import Theme

_HANDLE, _TRACK = 16, 4


class Slider(QSlider):
    """Values 0 to `last`. `mark`: a value that is marked on the track, such as the measured one, with its range."""

    def __init__(self, theme: Theme, name: str, last: int, value: int = 0, colour: str = "accent") -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme, self._name, self._colour = theme, name, colour
        self._mark: float | None = None
        self._range: tuple[float, float] | None = None
        self.setRange(0, last)
        self.setValue(value)
        self.setMinimumWidth(theme.px(80))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.say("")

    def say(self, value: str) -> None:
        """What a screen reader hears: the name with the value in words."""
        self.setAccessibleName(f"{self._name}: {value}" if value else self._name)

    def show_value(self, value: int, last: int | None = None) -> None:
        """Moves it without telling anyone."""
        self.blockSignals(True)
        if last is not None:
            self.setMaximum(last)
        self.setPageStep(max(1, self.maximum() // 10))
        self.setValue(value)
        self.blockSignals(False)
        self.update()

    def show_mark(self, mark: float | None, between: tuple[float, float] | None = None) -> None:
        """Marks where it stands without the owner's hand, with its likely range; in the slider's own values."""
        self._mark, self._range = mark, between
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(_HANDLE + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(_HANDLE + 8))

    def _x(self, value: float) -> float:
        inset = self._theme.px(_HANDLE) / 2 + 2
        share = (value - self.minimum()) / max(1, self.maximum() - self.minimum())
        return inset + min(1.0, max(0.0, share)) * (self.width() - 2 * inset)

    def _value_at(self, x: float) -> int:
        first, last = self._x(self.minimum()), self._x(self.maximum())
        share = (x - first) / max(1.0, last - first)
        return round(self.minimum() + min(1.0, max(0.0, share)) * (self.maximum() - self.minimum()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, thick, size = self.height() / 2, theme.px(_TRACK), theme.px(_HANDLE)
        left, right, at = self._x(self.minimum()), self._x(self.maximum()), self._x(self.value())
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(QRectF(left, middle - thick / 2, right - left, thick), thick / 2, thick / 2)
        colour = theme.colour(self._colour if self.isEnabled() else "faint")
        if self._mark is None:
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(left, middle - thick / 2, at - left, thick), thick / 2, thick / 2)
        else:
            self._paint_mark(painter, middle)
        painter.setBrush(theme.colour("surface"))
        painter.setPen(QPen(colour, 2))
        painter.drawEllipse(QPointF(at, middle), size / 2 - 2, size / 2 - 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.drawEllipse(QPointF(at, middle), size / 2 + 1.5, size / 2 + 1.5)
        painter.end()

    def _paint_mark(self, painter: QPainter, middle: float) -> None:
        theme, colour = self._theme, self._theme.colour(self._colour)
        if self._range is not None:
            soft = self._theme.colour(self._colour)
            soft.setAlphaF(0.35)
            painter.setBrush(soft)
            low, high = (self._x(end) for end in self._range)
            painter.drawRoundedRect(QRectF(low, middle - theme.px(3), high - low, theme.px(6)), 2, 2)
        painter.setBrush(colour)
        assert self._mark is not None
        painter.drawRect(QRectF(self._x(self._mark) - 1, middle - theme.px(7), 2, theme.px(14)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setValue(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; a figure must not change because somebody scrolled past it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.setValue(self.value() + (1 if event.key() == Qt.Key.Key_Up else -1))
            return
        super().keyPressEvent(event)
