"""A quiet strip of tabs: one of a few views of the same thing, chosen by click or arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cvdesk.kit.theme import TIGHT, Theme
from cvdesk.kit.widgets import TEXT, button, line

_SIDES = 12  # what the style sheet leaves beside the words, with its border


class Tabs(QWidget):
    """Buttons of which one is chosen: the keyboard meets that one; arrow keys, Home and End go along the strip."""

    chosen = Signal(str)  # the key of the tab the person went to
    pressed = Signal(str)  # a tab was clicked, which is more than walking past it with the arrow keys

    def __init__(self, theme: Theme, name: str, tabs: Sequence[tuple[str, str]]) -> None:
        """`name`: for a screen reader; `tabs`: (key, text), the first one is chosen to begin with."""
        super().__init__()
        self.setAccessibleName(name)
        self._theme = theme
        box = line(TIGHT)
        self.setLayout(box)
        self._buttons: dict[str, QPushButton] = {}
        for key, text in tabs:
            made = button(theme, text, partial(self._clicked, key), "nav")
            made.setCheckable(True)
            made.installEventFilter(self)
            self._buttons[key] = made
            self.rename(key, text)
            box.addWidget(made)
        box.addStretch(1)
        self.key = ""
        self.choose(tabs[0][0])

    def choose(self, key: str) -> None:
        """Marks a tab as chosen without telling anyone. KeyError for an unknown one."""
        self._buttons[key].setChecked(True)
        self.key = key
        for other, made in self._buttons.items():
            made.setChecked(other == key)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus)

    def button(self, key: str) -> QPushButton:
        """The button of a tab."""
        return self._buttons[key]

    def rename(self, key: str, text: str) -> None:
        """Gives a tab other words, as with how many things wait in it."""
        made = self._buttons[key]
        made.setText(text.replace("&", "&&"))
        made.setAccessibleName(text)
        # Wide enough for its words in bold, as they are while it is chosen: Qt asks only for the plain ones.
        bold = QFontMetrics(self._theme.font(TEXT, strong=True)).horizontalAdvance(text)
        made.setMinimumWidth(bold + 2 * self._theme.px(_SIDES))

    def step(self, by: int) -> None:
        """Goes so many tabs on, round and round; the focus goes along where the strip has it."""
        keys = list(self._buttons)
        self._go(keys[(keys.index(self.key) + by) % len(keys)])

    def focus_first(self) -> None:
        """The keyboard goes to the chosen tab."""
        self._buttons[self.key].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # By itself a button would take arrow keys for going to whatever stands next on the page.
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key_pressed(event.key())

    def _key_pressed(self, key: int) -> bool:
        """Whether the key was one of the strip's own."""
        keys = list(self._buttons)
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.step(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.step(-1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(keys[0 if key == Qt.Key.Key_Home else -1])
        else:
            return False
        return True

    def _go(self, key: str) -> None:
        held = any(made.hasFocus() for made in self._buttons.values())
        self._pressed(key)
        if held:
            self.focus_first()

    def _clicked(self, key: str) -> None:
        self._pressed(key)
        self.pressed.emit(key)

    def _pressed(self, key: str) -> None:
        changed = key != self.key
        self.choose(key)
        if changed:
            self.chosen.emit(key)
