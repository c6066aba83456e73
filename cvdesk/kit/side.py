"""The panel beside a list: what is selected, or a form that takes its place until it is saved or left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QLabel, QLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from cvdesk.kit import ask, crash
from cvdesk.kit.form import Form
from cvdesk.kit.table import Table
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import (
    CARD_TITLE,
    NOTE,
    TEXT,
    Card,
    Elided,
    Hairline,
    RowButton,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
)
from cvdesk.wording import _

_NARROWEST, _WIDEST, _SHARE = 290, 350, 0.295
# Content begins this much further in, so that the ground of a line under the pointer can reach beyond its text.
REACH = 6


class SideContent(QWidget):
    """What a panel shows of a record: texts in a column, and lines to press whose ground reaches a little further."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.theme = theme
        self.box = column(self, SMALL, (0, 0, MEDIUM - REACH, SMALL))
        self.setAccessibleName(name)

    def add(self, item: QWidget | QLayout) -> None:
        """Adds texts, a rule or anything else that is not pressed as a whole line."""
        row = line(0, (REACH, 0, REACH, 0))
        if isinstance(item, QWidget):
            row.addWidget(item)
        else:
            row.addLayout(item)
        self.box.addLayout(row)

    def add_heading(self, text: str) -> None:
        """A rule and a quiet heading below it."""
        self.add(Hairline())
        self.add(label(self.theme, text, NOTE, strong=True, tone="faint"))

    def add_link(self, text: str, icon: str, on_click: Callable[[], object], name: str = "") -> RowButton:
        """A line that opens something."""
        inner = line(SMALL)
        picture = QLabel()
        picture.setPixmap(self.theme.pixmap(icon, "quiet", 16))
        inner.addWidget(picture)
        inner.addWidget(Elided(self.theme, text, TEXT, "accent"), 1)
        made = pressed_line(name or text, on_click, inner)
        self.box.addWidget(made)
        return made


def pressed_line(name: str, on_click: Callable[[], object], content: QLayout) -> RowButton:
    """A line of a panel to press; its text lines up with the texts above and below."""
    made = RowButton(name, on_click, content)
    content.setContentsMargins(REACH, TIGHT, REACH, TIGHT)
    return made


def list_keys(page: QWidget, search: QLineEdit, table: Table, delete: Callable[[], None]) -> None:
    """The keys of a page with a list: Ctrl+F finds, Down or Enter goes on into the table, Delete deletes."""

    def into_table() -> None:
        if table.rows.rowCount():
            table.setFocus()
            if not table.currentIndex().isValid():
                table.select_row(0)

    for keys, widget, do in (
        ("Delete", table, delete),
        ("Down", search, into_table),
        ("Return", search, into_table),
        ("Escape", search, search.clear),
    ):
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(do)
    find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), page)
    find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    find.activated.connect(search.setFocus)


class SideForm(Form):
    """A form with its labels above the fields, as a narrow panel wants it; Ctrl+Enter saves from any field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.rows.setVerticalSpacing(TIGHT)
        # Room for the focus ring and for the last line.
        self.rows.setContentsMargins(REACH, 0, SMALL, SMALL)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submitted)

    def typed(self) -> list[str]:
        """What all fields say, to tell whether anything was typed since."""
        return [str(field.metaObject().userProperty().read(field)) for field in self._fields.values()]

    def focus_first(self) -> None:
        """Gives the keyboard to the first field."""
        next(iter(self._fields.values())).setFocus()

    def place(self, asked: QLabel, widget: QWidget) -> None:
        """The label above its field; a long one goes on in a second line, not out of the panel."""
        asked.setWordWrap(True)
        asked.setMinimumWidth(1)
        self.rows.addRow(asked)
        self.rows.addRow(widget)

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
        self._save: Callable[[], None] | None = None
        self._busy = False
        self._begun: list[str] = []
        self._before: QWidget | None = None  # where the keyboard was when a form was opened
        self.setAccessibleName(name)
        self.box.setContentsMargins(LARGE - REACH, MEDIUM, TIGHT, MEDIUM)
        self.heading = Elided(theme, "", CARD_TITLE, strong=True)
        self.heading.setContentsMargins(REACH, 0, 0, 0)
        self.box.addWidget(self.heading)
        self._area = scrolled(QWidget())
        self.box.addWidget(self._area, 1)
        self._foot = line(SMALL, (REACH, 0, LARGE, 0))
        self.box.addLayout(self._foot)

    def show_content(self, content: QWidget, heading: str = "") -> None:
        """Shows what is selected. The keyboard goes back to where a form was opened from, or stays in the panel."""
        held, before = self.holds_focus(), self._before
        self.form = self._before = None
        self._put(content, heading or self._name, bool(heading), ())
        if held:
            self._keep_keyboard(before, content)

    def show_form(self, heading: str, form: SideForm, save: str, on_save: Callable[[], None]) -> None:
        """Shows a form with its buttons; Enter saves, Escape leaves. Ask `may_leave` first."""
        if self.form is None:
            self._before = self.window().focusWidget()
        self._save = on_save
        self._busy = False
        self._begun = form.typed()
        buttons = (button(self.theme, _("Cancel"), self._leave), button(self.theme, save, self._press_save, "main"))
        form.submitted.connect(self._press_save)
        form.left.connect(self._leave)
        self.form = form
        self._put(form, heading, True, buttons)
        form.focus_first()

    def set_busy(self, busy: bool) -> None:
        """While what the form says is on its way to the disk, it cannot be sent again."""
        self._busy = busy
        for place in range(self._foot.count()):
            item = self._foot.itemAt(place)
            made = item.widget() if item is not None else None
            if made is not None:
                if busy and made.hasFocus():
                    self._area.setFocus()  # a button that goes grey would pass the keyboard on to anywhere
                made.setEnabled(not busy)

    @property
    def busy(self) -> bool:
        """Whether what the form says is on its way to the disk."""
        return self._busy

    @property
    def typed(self) -> bool:
        """Whether anything was typed into the form since it was opened."""
        return self.form is not None and self.form.typed() != self._begun

    def may_leave(self) -> bool:
        """Whether something else may take the form's place: never while it is saved, else what was typed is asked for.

        A save that fails needs the form, where all that was typed still is.
        """
        if self.form is None:
            return True
        if self._busy:
            return False
        if not self.typed:
            return True
        explanation = _("It has not been saved, and something else is to take its place.")
        return ask.prompts.confirm(self.window(), _("Leave what you typed?"), explanation, _("Leave it"))

    def save_failed(self, form: SideForm | None, error: Exception) -> None:
        """Says what went wrong with what this form saved; what was typed stays."""
        if self.form is form:
            self.set_busy(False)
        crash.report(error)

    def fit(self, page_width: int) -> None:
        """Takes its share of the page."""
        widest, narrowest = self.theme.px(_WIDEST), self.theme.px(_NARROWEST)
        self.setFixedWidth(round(min(widest, max(narrowest, page_width * _SHARE))))

    def holds_focus(self) -> bool:
        """Whether the keyboard is in the panel."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _keep_keyboard(self, before: QWidget | None, content: QWidget) -> None:
        """Not to wherever Qt would pass it on, which is another page in the navigation."""
        if before is None or not shiboken6.isValid(before) or not (before.isEnabled() and before.isVisible()):
            inside = content.findChildren(QWidget)
            before = next((one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus), self._area)
        before.setFocus()

    def _leave(self) -> None:
        if not self._busy:
            self.left.emit()

    def _press_save(self) -> None:
        if not self._busy and self._save is not None:
            self._save()

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
        if buttons:
            self._foot.addStretch(1)
        for made in buttons:
            self._foot.addWidget(made)


__all__ = ["REACH", "SideContent", "SideForm", "SidePanel", "list_keys", "pressed_line"]
