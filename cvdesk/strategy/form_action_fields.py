"""Fields of the form for an action: money that costs or saves, one of three answers, several other actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QCompleter, QLineEdit, QMenu, QRadioButton, QSizePolicy, QWidget

from cvdesk.kit.form import choice_field, text_field
from cvdesk.kit.menus import offer
from cvdesk.kit.theme import SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, Button, column, label, line
from cvdesk.strategy.records import REMOVES
from cvdesk.strategy.words_actions import removes_name
from cvdesk.wording import _, ngettext
from cvdesk.wording.amounts import read_amount
from cvdesk.wording.numbers import whole

COSTS, SAVES = "costs", "saves"


class MoneyLine(QWidget):
    """An amount, and whether it is spent or saved: an amount above 0 costs."""

    edited = Signal()

    def __init__(self, digits: int, when: str, name: str) -> None:
        """`when`: "once" or "a month", shown behind; `name`: for a screen reader."""
        super().__init__()
        self._digits = digits
        row = line(SMALL)
        self.setLayout(row)
        self.amount = text_field("", "0")
        self.amount.setAccessibleName(name)
        self.amount.setMinimumWidth(1)
        self.way = choice_field(
            [(COSTS, _("costs, {when}").format(when=when)), (SAVES, _("saves, {when}").format(when=when))]
        )
        self.way.setAccessibleName(_("Costs or saves, {when}").format(when=when))
        row.addWidget(self.amount, 1)
        row.addWidget(self.way)
        self.setFocusProxy(self.amount)
        self.amount.textChanged.connect(self.edited)
        self.way.currentIndexChanged.connect(self.edited)

    def load(self, minor: int) -> None:
        """Shows an amount in minor units; below 0: saved."""
        amount = Decimal(abs(minor)).scaleb(-self._digits)
        whole_amount = amount == amount.to_integral_value()
        self.amount.setText("" if not minor else str(int(amount) if whole_amount else amount))
        self.way.setCurrentIndex(1 if minor < 0 else 0)

    def minor(self) -> int:
        """The amount in minor units, below 0 where it is saved; ValueError for what is no amount."""
        text = self.amount.text().strip()
        saved = self.way.currentData() == SAVES
        if text[:1] in ("-", "−"):  # a minus says the same as "saves"
            text, saved = text[1:], True
        found = read_amount(text, self._digits) or 0
        return -found if saved else found

    def text(self) -> str:
        """What stands in the field, to be kept."""
        return f"{self.way.currentData()} {self.amount.text()}"

    def fill(self, text: str) -> None:
        """Puts back what was kept."""
        way, _blank, amount = text.partition(" ")
        self.way.setCurrentIndex(1 if way == SAVES else 0)
        self.amount.setText(amount)


class Removes(QWidget):
    """A bit, half or most of it goes; beside each what that means."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        box = column(self, TIGHT)
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        for place, key in enumerate(REMOVES):
            made = QRadioButton(removes_name(key))
            self.group.addButton(made, place)
            self.buttons[key] = made
            box.addWidget(made)
        self.means = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.means.setContentsMargins(0, TIGHT, 0, 0)
        box.addWidget(self.means)
        self.setFocusProxy(self.buttons["bit"])
        self.group.idToggled.connect(self._toggled)

    def _toggled(self, _place: int, on: bool) -> None:
        if on:
            self.edited.emit()

    def value(self) -> str:
        """What was answered; empty for nothing yet."""
        place = self.group.checkedId()
        return REMOVES[place] if place >= 0 else ""

    def choose(self, value: str) -> None:
        """Marks an answer; an empty one takes the mark away."""
        if value in self.buttons:
            self.buttons[value].setChecked(True)
            return
        self.group.setExclusive(False)
        for made in self.buttons.values():
            made.setChecked(False)
        self.group.setExclusive(True)

    def say(self, means: Mapping[str, str], harms: bool) -> None:
        """What each answer means here: the chosen one below, each one for a screen reader."""
        for key, made in self.buttons.items():
            made.setText(removes_name(key, harms))
            made.setAccessibleDescription(means.get(key, ""))
        self.means.setText(means.get(self.value(), ""))
        self.means.setVisible(bool(self.means.text()))


class Others(Button):
    """Several other actions, ticked in a menu."""

    edited = Signal()

    def __init__(self, theme: Theme, name: str, others: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self._name, self._others = name, dict(others)
        self._chosen: list[int] = []
        self.setAutoDefault(False)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(theme.icon("chevron-down", "quiet", 14))
        menu = QMenu(self)
        menu.aboutToShow.connect(partial(self._fill_menu, menu))
        self.setMenu(menu)
        self.setEnabled(bool(others))
        self._show()

    def ids(self) -> tuple[int, ...]:
        """Which actions are ticked."""
        return tuple(self._chosen)

    def choose(self, ids: Sequence[int]) -> None:
        """Ticks these; what is no longer there is left out."""
        self._chosen = [one for one in ids if one in self._others]
        self._show()

    def tick(self, one: int) -> None:
        """Ticks an action, or takes the tick away."""
        self.choose([other for other in self._chosen if other != one] if one in self._chosen else [*self._chosen, one])
        self.edited.emit()

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        for one, name in self._others.items():
            shown = name if len(name) <= 60 else name[:59] + "…"
            offer(menu, shown, partial(self.tick, one), one in self._chosen)

    def _show(self) -> None:
        if len(self._chosen) == 1:
            name = self._others[self._chosen[0]]
            said = name if len(name) <= 34 else name[:33] + "…"
        else:
            count = len(self._chosen)
            said = ngettext("{n} action", "{n} actions", count).format(n=whole(count)) if count else _("None")
        self.setText(said.replace("&", "&&"))
        self.setAccessibleName(f"{self._name}: {said}")


def find_field(names: Sequence[str], placeholder: str) -> QComboBox:
    """A list to choose from by typing any part of a name."""
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    made.addItems(list(names))
    made.setCurrentIndex(-1)
    edit = made.lineEdit()
    assert isinstance(edit, QLineEdit)
    edit.setPlaceholderText(placeholder)
    completer = made.completer()
    assert completer is not None
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
