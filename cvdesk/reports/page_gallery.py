"""The list at the left of the Reports page: headings, and what can be chosen below them, by click or arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from cvdesk.catalogue.records import match_key
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, TEXT, clear, column, label, scrolled
from cvdesk.wording import _

_AROUND = 32  # pixels kept in view above and below what is chosen: the heading of the first one of a group
_LONG = 8  # from so many on there is a field to search in


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to choose: its name and what is said below it; `group` stands as a heading above its first one."""

    key: str
    title: str
    below: str
    group: str = ""


class LineButton(QPushButton):
    """One line of the list."""

    def __init__(self, theme: Theme, shown: Line) -> None:
        super().__init__()
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(shown.title)
        self.setAccessibleDescription(shown.below)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        box = column(self, 2, (SMALL + 2, SMALL - 1, SMALL + 2, SMALL - 1))
        for text, size, strong, tone in ((shown.title, TEXT, True, ""), (shown.below, NOTE, False, "quiet")):
            words = label(theme, text, size, strong, tone, wrap=True)
            words.setMinimumWidth(theme.px(170))
            box.addWidget(words)
            words.setVisible(bool(text))
        for inner in self.findChildren(QWidget):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = self.layout()
        return inner.totalHeightForWidth(width) if inner is not None else super().heightForWidth(width)


class Gallery(QWidget):
    """Lines in groups, one of them chosen; searchable when there are many."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, search: str) -> None:
        super().__init__()
        self._theme = theme
        self.key = ""
        self._lines: tuple[Line, ...] = ()
        self._buttons: dict[str, LineButton] = {}
        box = column(self, SMALL)
        self.field = QLineEdit()
        self.field.setAccessibleName(search)
        self.field.setPlaceholderText(search)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _text: self._fill())
        content = QWidget()
        content.setAccessibleName(name)
        self._column = column(content, 2, (0, 0, TIGHT, 0))
        self._area = scrolled(content)
        self.nothing = label(theme, _("Nothing fits."), NOTE, tone="faint")
        self.nothing.hide()
        box.addWidget(self.field)
        box.addWidget(self.nothing)
        box.addWidget(self._area, 1)
        for keys in ("Down", "Return", "Enter"):
            down = QShortcut(QKeySequence(keys), self.field)
            down.setContext(Qt.ShortcutContext.WidgetShortcut)
            down.activated.connect(self._into)
        leave = QShortcut(QKeySequence("Escape"), self.field)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.field.clear)

    def show_lines(self, lines: Sequence[Line], key: str) -> None:
        """Shows what there is, one of it chosen, without telling anyone."""
        self._lines = tuple(lines)
        self.key = key
        self.field.setVisible(len(self._lines) > _LONG)
        self._fill()

    def button(self, key: str) -> LineButton:
        """The line of a key. KeyError where it does not show."""
        return self._buttons[key]

    def mark(self, key: str) -> None:
        """Shows a line as chosen, without telling anyone; the Tab key meets only that one."""
        self.key = key
        held = self.window().focusWidget() in self._buttons.values()
        stop = key if key in self._buttons else next(iter(self._buttons), "")
        for known, made in self._buttons.items():
            made.setChecked(known == key)
            policy = Qt.FocusPolicy.StrongFocus if known == stop else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)
        if key in self._buttons:
            self._area.ensureWidgetVisible(self._buttons[key], 0, self._theme.px(_AROUND))
            if held:  # the list was told what to choose, as by a button elsewhere: the keyboard goes along
                self._buttons[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """The keyboard goes to what is chosen."""
        self._into()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # By itself a button would take arrow keys for going to whatever stands next on the page.
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key_pressed(event.key())

    def _key_pressed(self, key: int) -> bool:
        keys = list(self._buttons)
        if not keys:
            return False
        at = keys.index(self.key) if self.key in keys else 0
        steps = {
            Qt.Key.Key_Down: at + 1, Qt.Key.Key_Up: at - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(keys) - 1,
        }  # fmt: skip
        to = steps.get(Qt.Key(key))
        if to is None:
            return False
        chosen = keys[min(max(to, 0), len(keys) - 1)]
        self._press(chosen)
        self._buttons[chosen].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _into(self) -> None:
        shown = self._buttons.get(self.key) or next(iter(self._buttons.values()), None)
        if shown is not None:
            shown.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self) -> None:
        clear(self._column)
        self._buttons = {}
        wanted = match_key(self.field.text()) if self.field.isVisibleTo(self) else ""
        group = ""
        for one in self._lines:
            if wanted and wanted not in match_key(f"{one.title} {one.below}"):
                continue
            if one.group and one.group != group:
                heading = label(self._theme, one.group, NOTE, strong=True, tone="faint")
                heading.setContentsMargins(SMALL + 2, MEDIUM if group else 0, 0, TIGHT)
                self._column.addWidget(heading)
            group = one.group
            made = self._buttons[one.key] = LineButton(self._theme, one)
            made.clicked.connect(partial(self._clicked, one.key))
            made.installEventFilter(self)
            self._column.addWidget(made)
        self._column.addStretch(1)
        self.nothing.setVisible(not self._buttons and bool(self._lines))
        self.mark(self.key)

    def _clicked(self, key: str, _checked: bool = False) -> None:
        self._press(key)

    def _press(self, key: str) -> None:
        changed = key != self.key
        self.mark(key)
        if changed:
            self.chosen.emit(key)
