"""Which questions, and in which order: ticked by part of value, moved in a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cvdesk.catalogue.records import LEVERS, Factor, Question
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, TIGHT, button, column, label, line, tooltip
from cvdesk.surveys.records_forms import question_name
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

_LONGEST = 46  # characters of a question's name beside its tick; the rest is in its tooltip
_ROWS = 7


class QuestionPicker(QWidget):
    """Ticks for every question of the bank, and the ticked ones in the order they are asked. Says `changed`."""

    changed = Signal()

    def __init__(self, theme: Theme, questions: Sequence[Question], factors: Sequence[Factor]) -> None:
        super().__init__()
        self._theme = theme
        self.ticks: dict[str, QCheckBox] = {}
        self._names: dict[str, str] = {}
        self._quiet = False
        box = column(self, TIGHT)
        for heading, some in _groups(questions):
            if not some:
                continue
            box.addSpacing(TIGHT)
            box.addWidget(label(theme, heading, NOTE, strong=True, tone="faint"))
            for one in some:
                box.addWidget(self._tick(one, factors))
        box.addSpacing(SMALL)
        self._order(box)
        if self.ticks:
            self.setFocusProxy(next(iter(self.ticks.values())))

    def keys(self) -> list[str]:
        """The keys of the ticked questions, in order."""
        return [self.order.item(place).data(Qt.ItemDataRole.UserRole) for place in range(self.order.count())]

    def choose(self, keys: Sequence[str]) -> None:
        """Ticks these, in this order; those the bank no longer has are left out."""
        self._quiet = True
        for key, tick in self.ticks.items():
            tick.setChecked(key in keys)
        self.order.clear()
        for key in keys:
            if key in self.ticks:
                self._append(key)
        self._quiet = False
        self.changed.emit()

    def _tick(self, question: Question, factors: Sequence[Factor]) -> QCheckBox:
        name = self._names[question.key] = question_name(question, factors)
        shown = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
        made = self.ticks[question.key] = QCheckBox(shown.replace("&", "&&"))
        made.setAccessibleName(name)
        made.setToolTip(tooltip(question.wording))
        made.toggled.connect(partial(self._ticked, question.key))
        return made

    def _order(self, box: QVBoxLayout) -> None:
        theme = self._theme
        head = label(theme, _("In this order"), NOTE, strong=True, tone="faint")
        self.order = QListWidget()
        self.order.setAccessibleName(_("Order of the questions; Alt+Up and Alt+Down move one"))
        self.order.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.order.setFixedHeight(theme.px(26) * _ROWS)
        self.order.model().rowsMoved.connect(self._moved)
        up = button(theme, _("Up"), lambda: self.move_by(-1), name=_("Move the question up"))
        down = button(theme, _("Down"), lambda: self.move_by(1), name=_("Move the question down"))
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self.order)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self.move_by, by))
        buttons = column(None, TIGHT)
        buttons.addWidget(up)
        buttons.addWidget(down)
        buttons.addStretch(1)
        row = line(SMALL)
        row.addWidget(self.order, 1)
        row.addLayout(buttons)
        box.addWidget(head)
        box.addLayout(row)

    def move_by(self, by: int) -> None:
        """Moves the chosen question up or down."""
        place = self.order.currentRow()
        if 0 <= place < self.order.count() and 0 <= place + by < self.order.count():
            item = self.order.takeItem(place)
            self.order.insertItem(place + by, item)
            self.order.setCurrentRow(place + by)
            self.changed.emit()

    def _ticked(self, key: str, on: bool) -> None:
        if self._quiet:
            return
        if on:
            self._append(key)
        else:
            self.order.takeItem(self.keys().index(key))
        self.changed.emit()

    def _append(self, key: str) -> None:
        item = QListWidgetItem(self._names[key])
        item.setData(Qt.ItemDataRole.UserRole, key)
        self.order.addItem(item)

    def _moved(self) -> None:
        self.changed.emit()


def _groups(questions: Sequence[Question]) -> list[tuple[str, list[Question]]]:
    found = [
        (lever_name(lever), [one for one in questions if one.lever == lever and one.kind == "scale5"])
        for lever in LEVERS
    ]
    found.append((_("All in all"), [one for one in questions if one.overall and not one.own]))
    found.append((_("Your own questions"), [one for one in questions if one.overall and one.own]))
    return found


__all__ = ["QuestionPicker"]
