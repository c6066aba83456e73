"""A dialog as tall as its texts need at its width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget


class Dialog(QDialog):
    """Closes with Escape and is let go of then. Wrapped texts are measured at the real width, which Qt does not do."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        """`width` in pixels."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width = width

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()  # chips or a message came or went
        return super().event(event)

    def fit(self) -> None:
        """Takes the height its content needs now."""
        layout = self.layout()
        if layout is not None:
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
            layout.activate()
            self.setMinimumSize(0, 0)  # what the layout set before: the height at the narrowest
            height = layout.totalHeightForWidth(self._width) if layout.hasHeightForWidth() else self.sizeHint().height()
            self.resize(self._width, height)


_SMALLEST = QSize(480, 360)
_EDGE = 60  # pixels of the screen left to the system around a large dialog


class _Kept(QObject):
    """Takes from a dialog's layout the height of its texts at their narrowest, as soon as there is a layout."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest) and isinstance(watched, QDialog):
            layout = watched.layout()
            if layout is not None and layout.sizeConstraint() != QLayout.SizeConstraint.SetNoConstraint:
                layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
                watched.setMinimumSize(_SMALLEST)
        return False


def take_room(dialog: QDialog, width: int, height: int) -> None:
    """Makes a dialog so large, or as large as the screen has room for; what it shows later makes it no larger."""
    dialog.installEventFilter(_Kept(dialog))
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width() - _EDGE), min(height, room.height() - _EDGE))
