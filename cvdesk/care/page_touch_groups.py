"""Quiet groups above a list: one is chosen, each says how many it holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import TEXT, TIGHT, Flow, button
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

_SIDES = 13  # design pixels left and right of the words of a button


class Groups(QWidget):
    """Says `chosen` with the key of the group the person chose."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, groups: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._theme, self._names = theme, dict(groups)
        self._buttons: dict[str, QPushButton] = {}
        self._one = QButtonGroup(self)
        flow = Flow(TIGHT)
        self.setLayout(flow)
        for key, text in groups:
            made = button(theme, text, partial(self._choose, key), "nav")
            made.setCheckable(True)
            self._one.addButton(made)
            self._buttons[key] = made
            flow.addWidget(made)
        self.key = groups[0][0]
        self._buttons[self.key].setChecked(True)

    def choose(self, key: str) -> None:
        """Shows a group as chosen, without telling anyone. KeyError for an unknown one."""
        self._buttons[key].setChecked(True)
        self.key = key

    def button(self, key: str) -> QPushButton:
        """The button of a group."""
        return self._buttons[key]

    def rename(self, key: str, name: str) -> None:
        """Another name, shown with the next count."""
        self._names[key] = name

    def count(self, key: str, count: int | None, hide_empty: bool = False) -> None:
        """Says how many a group holds; None: not known yet. An empty one may go, but never the chosen one."""
        text = self._names[key]
        if count is not None:
            text = _("{name} · {count}").format(name=text, count=whole(count))
        self._buttons[key].setText(text.replace("&", "&&"))
        self._buttons[key].setAccessibleName(text)
        # Wide enough for its words in bold, as they are while it is chosen: Qt asks only for the plain ones.
        bold = QFontMetrics(self._theme.font(TEXT, strong=True)).horizontalAdvance(text)
        self._buttons[key].setMinimumWidth(bold + 2 * self._theme.px(_SIDES))
        self._buttons[key].setVisible(not hide_empty or bool(count) or key == self.key)

    def _choose(self, key: str) -> None:
        self.key = key
        self.chosen.emit(key)


__all__ = ["Groups"]
