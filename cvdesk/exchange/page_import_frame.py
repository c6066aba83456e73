"""The frame of the import dialog: its size, and what is dropped on it or pasted into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget


class ListDialog(QDialog):
    """A dialog that takes one file dropped on it, and what is pasted, unless it is busy."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setMinimumSize(720, 520)
        self.resize(_fitting_size(parent))
        self.setAcceptDrops(True)

    @property
    def busy(self) -> bool:
        """Whether it takes nothing now."""
        raise NotImplementedError

    def take_file(self, path: Path) -> None:
        """Takes a file."""
        raise NotImplementedError

    def paste(self) -> None:
        """Takes what was copied."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not self.busy:
            self.paste()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls()]
        if len(files) == 1 and Path(files[0]).is_file() and not self.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = Path(event.mimeData().urls()[0].toLocalFile())
        event.acceptProposedAction()
        # The program the file comes from waits for this to end.
        QTimer.singleShot(0, self, lambda: self.take_file(path))


def _fitting_size(parent: QWidget | None) -> QSize:
    room = parent.size() if parent is not None else QSize(1080, 740)
    return QSize(min(1080, max(720, room.width() - 48)), min(740, max(520, room.height() - 40)))
