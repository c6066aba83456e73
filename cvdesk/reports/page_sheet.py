"""One page of a document on screen: its picture, with what was found and what is selected marked on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from cvdesk.kit.page_words import Box, PageWords
from cvdesk.kit.theme import Theme

_FOUND, _HERE, _SELECTED = 0.35, 0.45, 0.30  # how strongly the marks cover the page


class Sheet(QLabel):
    """Shows a page at any size; says where the mouse was pressed, moved and pressed twice."""

    pressed = Signal(QPointF)
    dragged = Signal(QPointF)
    pressed_twice = Signal(QPointF)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.size_in_points = (1.0, 1.0)
        self.words: PageWords | None = None
        self.found: list[Box] = []
        self.here: Sequence[Box] = ()
        self.selected: list[Box] = []
        self.setObjectName("card")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setScaledContents(True)  # the old picture serves until the new one is drawn

    def show_picture(self, picture: QPixmap, words: PageWords | None) -> None:
        """Takes a page as it was drawn, and its words."""
        self.setPixmap(picture)
        self.words = words
        self.setAccessibleDescription("" if words is None else words.copied())
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def let_go(self) -> None:
        """Gives back the memory of the picture; it is drawn again when it comes into view."""
        self.clear()
        self.words = None

    def at(self, place: QPointF) -> int:
        """The place between the page's letters that is nearest to a point of this widget."""
        scale = self.scale
        return 0 if self.words is None else self.words.at(place.x() / scale, place.y() / scale)

    @property
    def scale(self) -> float:
        """Pixels of the screen for a point of the page."""
        return self.width() / self.size_in_points[0]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self.found or self.here or self.selected):
            return
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        for boxes, tone, strength in (
            (self.selected, "accent", _SELECTED), (self.found, "star", _FOUND), (self.here, "bad", _HERE),
        ):  # fmt: skip
            colour = QColor(self._theme.colour(tone))
            colour.setAlphaF(strength)
            painter.setBrush(colour)
            for box in boxes:
                painter.drawRoundedRect(self.on_screen(box), 2, 2)
        painter.end()

    def on_screen(self, box: Box) -> QRectF:
        """Where a part of the page stands in this widget."""
        scale = self.scale
        return QRectF(box[0] * scale, box[1] * scale, (box[2] - box[0]) * scale, (box[3] - box[1]) * scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(event.position())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pressed_twice.emit(event.position())
