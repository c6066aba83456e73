"""The panel beside a list: what is selected, or a form that takes its place until it is saved or left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QPushButton, QSizePolicy, QWidget

from cvdesk.kit.form import Form
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import CARD_TITLE, Card, Elided, button, clear, line, scrolled
from cvdesk.wording import _

_NARROWEST, _WIDEST, _SHARE = 290, 350, 0.295


class SideForm(Form):
    """A form with its labels above the fields, as a narrow panel wants it; Ctrl+Enter saves from any field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.rows.setVerticalSpacing(TIGHT)
        # Room for the focus ring and for the last line.
        self.rows.setContentsMargins(0, 0, SMALL, SMALL)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submitted)

    def focus_first(self) -> None:
        """Gives the keyboard to the first field."""
        next(iter(self._fields.values())).setFocus()

    def field(self, key: str, name: str, widget: QWidget) -> None:
        """Adds a field as wide as the panel."""
        widget.setMinimumWidth(1)
        policy = widget.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        widget.setSizePolicy(policy)
        super().field(key, name, widget)
        self._notes[key].setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


class SidePanel(Card):
    """A card that scrolls. `left` is said when a form was left without saving."""

    left = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme)
        self.theme = theme
        self._name = name
        self.form: SideForm | None = None
        self.setAccessibleName(name)
        self.box.setContentsMargins(LARGE, MEDIUM, TIGHT, MEDIUM)
        self.heading = Elided(theme, "", CARD_TITLE, strong=True)
        self.box.addWidget(self.heading)
        self._area = scrolled(QWidget())
        self.box.addWidget(self._area, 1)
        self._foot = line(SMALL)
        self.box.addLayout(self._foot)

    def show_content(self, content: QWidget, heading: str = "") -> None:
        """Shows what is selected. The keyboard stays in the panel where it was there before."""
        self.form = None
        self._put(content, heading or self._name, bool(heading), ())

    def show_form(self, heading: str, form: SideForm, save: str, on_save: Callable[[], None]) -> None:
        """Shows a form with its buttons; Enter saves, Escape leaves."""
        buttons = (button(self.theme, save, on_save, "main"), button(self.theme, _("Cancel"), self.left.emit))
        form.submitted.connect(on_save)
        form.left.connect(self.left)
        self.form = form
        self._put(form, heading, True, buttons)
        form.focus_first()

    def fit(self, page_width: int) -> None:
        """Takes its share of the page."""
        widest, narrowest = self.theme.px(_WIDEST), self.theme.px(_NARROWEST)
        self.setFixedWidth(round(min(widest, max(narrowest, page_width * _SHARE))))

    def holds_focus(self) -> bool:
        """Whether the keyboard is in the panel."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _put(self, content: QWidget, name: str, heading: bool, buttons: Sequence[QPushButton]) -> None:
        old = self._area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        clear(self._foot)
        content.setObjectName("scrolled")
        self._area.setWidget(content)
        self._area.verticalScrollBar().setValue(0)
        self.heading.set_whole(name if heading else "")
        self.heading.setVisible(heading)
        self.setAccessibleName(name)
        for made in buttons:
            self._foot.addWidget(made)
        if buttons:
            self._foot.addStretch(1)


__all__ = ["SideForm", "SidePanel"]
