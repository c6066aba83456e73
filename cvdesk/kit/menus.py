"""Buttons that open a menu, filled when it is opened, as the bars above lists have."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import button


def menu_button(theme: Theme, text: str, name: str, fill: Callable[[QMenu], None]) -> QPushButton:
    """A button with a menu that `fill` fills anew each time; `name` is for a screen reader."""
    made = button(theme, text, name=name)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made.setIcon(theme.icon("chevron-down", "quiet", 14))
    menu = QMenu(made)

    def filled() -> None:
        menu.clear()
        fill(menu)

    menu.aboutToShow.connect(filled)
    made.setMenu(menu)
    return made


def offer(menu: QMenu, text: str, do: Callable[[], object], chosen: bool | None = None) -> QAction:
    """Adds a line to a menu; `chosen` given: one that is ticked or not. What people typed is never a shortcut."""
    action = menu.addAction(text.replace("&", "&&"))
    if chosen is not None:
        action.setCheckable(True)
        action.setChecked(chosen)
    action.triggered.connect(lambda _checked=False: do())
    return action
