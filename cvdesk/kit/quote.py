"""What somebody said, in a line to press."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, TEXT, TIGHT, Button, Elided, column, label


class QuoteButton(Button):
    """What somebody said, word for word, with who and when under it; opens the entry or complaint."""

    def __init__(self, theme: Theme, text: str, below: str) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{text} {below}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        box = column(self, 0, (TIGHT + 2, TIGHT, TIGHT + 2, TIGHT))
        self._said = label(theme, text, TEXT, wrap=True)
        self._said.setMaximumHeight(self._said.fontMetrics().lineSpacing() * 3 + 2)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        box.addWidget(self._said)
        box.addWidget(Elided(theme, below, NOTE, "faint"))
        for inner in self.findChildren(QWidget):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = self.layout()
        return inner.heightForWidth(width) if inner is not None else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()
