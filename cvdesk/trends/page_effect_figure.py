"""The figures that can show whether a change worked, dropped down under the name of the one that does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import SMALL, column
from cvdesk.trends.page_series_list import Group, SeriesList
from cvdesk.trends.store_kinds import SeriesGroup


class FigurePopup(QFrame):
    """Says `looked_at(key)` as the arrow keys walk along the figures, and `taken()` with Enter or a click."""

    looked_at = Signal(str)
    taken = Signal()

    def __init__(self, theme: Theme, parent: QWidget, groups: Sequence[SeriesGroup], key: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card")
        self.list = SeriesList(theme)
        offered = [Group(group.title, tuple((kind.key, kind.title) for kind in group.kinds)) for group in groups]
        self.list.show_groups(offered, key, {})
        self.list.chosen.connect(self.looked_at)
        for pressed in (self.list.rows.itemClicked, self.list.rows.itemActivated):
            pressed.connect(self._take)
        box = column(self, SMALL, (SMALL, SMALL, SMALL, SMALL))
        box.addWidget(self.list)

    def drop(self, under: QWidget) -> None:
        """Opens under a button; the keyboard goes to the list."""
        height = min(self._theme.px(440), round(under.window().height() * 0.7))
        self.resize(self._theme.px(300), height)
        self.move(under.mapToGlobal(QPoint(0, under.height())))
        self.show()
        self.list.focus_first()

    def _take(self) -> None:
        self.taken.emit()
        self.close()
