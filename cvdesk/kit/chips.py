"""A line of chips: what was recognised or suggested, each to be changed with mouse or keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import Button, Flow, restyle, tooltip

Option = tuple[str, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Chip:
    """One chip. `name` says for a screen reader what it is; `options` are (words, what choosing it does), or give
    them once it is opened.

    Without options, pressing the chip calls `press`. A suggested chip is drawn dashed: it is not sure yet. `keys` is
    what else does the same.
    """

    name: str
    text: str
    tone: str = "quiet"
    suggested: bool = False
    options: Sequence[Option] | Callable[[], Sequence[Option]] = ()
    press: Callable[[], None] | None = None
    keys: str = ""


class ChipButton(Button):
    """Space, Enter or Down opens it, Left and Right go to the next, a number to that one, Up and Escape leave."""

    moved = Signal(int)
    chosen = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Escape):
            self.left.emit()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.chosen.emit(key - Qt.Key.Key_1)
        elif key == Qt.Key.Key_Down and self.menu() is not None:
            self.showMenu()
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """A line of chips that wraps. Their buttons stay, so that the keyboard does, and a key typed costs little."""

    left = Signal()

    def __init__(self, theme: Theme, after: QWidget | None = None) -> None:
        """`after`: what Tab comes from."""
        super().__init__()
        self._theme = theme
        self._after = after
        self._flow = Flow()
        self.setLayout(self._flow)
        self._made: list[ChipButton] = []
        self._chips: list[Chip] = []

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Shows these chips."""
        self._chips = list(chips)
        while len(self._made) < len(chips):
            self._made.append(self._make(len(self._made)))
        for made, chip in zip(self._made, chips, strict=False):
            self._dress(made, chip)
        for place, made in enumerate(self._made):
            if made.isHidden() == (place < len(chips)):
                made.setVisible(place < len(chips))
        self.updateGeometry()

    def focus_chip(self, place: int) -> None:
        """Gives the keyboard to a chip; nothing where there are not so many."""
        if 0 <= place < len(self._chips):
            self._made[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _make(self, place: int) -> ChipButton:
        made = ChipButton()
        made.hide()
        made.clicked.connect(partial(self._press, place))
        made.moved.connect(lambda step: self.focus_chip((place + step) % len(self._chips)))
        made.chosen.connect(self.focus_chip)
        made.left.connect(self.left)
        menu = QMenu(made)
        menu.aboutToShow.connect(partial(self._fill, place, menu))
        made.setProperty("choices", menu)
        self._flow.addWidget(made)
        before = self._made[-1] if self._made else self._after
        if before is not None:
            QWidget.setTabOrder(before, made)
        return made

    def _dress(self, made: ChipButton, chip: Chip) -> None:
        text = chip.text.replace("&", "&&")
        if made.text() != text:
            made.setText(text)
        name = f"{chip.name}: {chip.text}"
        if made.accessibleName() != name:
            made.setAccessibleName(name)
        hint = tooltip(chip.keys) if chip.keys else ""
        if made.toolTip() != hint:
            made.setToolTip(hint)
        look = {"tone": chip.tone, "suggested": "true" if chip.suggested else "false"}
        if any(made.property(name) != value for name, value in look.items()):
            for name, value in look.items():
                made.setProperty(name, value)
            restyle(made)
        wanted = made.property("choices") if chip.options else None
        if made.menu() is not wanted:
            made.setMenu(wanted)  # type: ignore[arg-type]

    def _fill(self, place: int, menu: QMenu) -> None:
        """Only now: most lists of choices are never opened."""
        menu.clear()
        options = self._chips[place].options
        for words, choose in options() if callable(options) else options:
            menu.addAction(words.replace("&", "&&")).triggered.connect(partial(_chosen, choose))

    def _press(self, place: int, _checked: bool = False) -> None:
        press = self._chips[place].press
        if press is not None:
            press()


def _chosen(choose: Callable[[], None], *_checked: object) -> None:
    choose()
