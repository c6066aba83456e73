"""What may be spent: money a month and hours, by a slider or typed, how long the plan runs, and where it leans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cvdesk.kit.tabs import Tabs
from cvdesk.kit.theme import MEDIUM, SMALL, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, Choice, Elided, column, label, line, restyle, tooltip
from cvdesk.strategy import words_plan as words
from cvdesk.strategy.page_slider import Slider
from cvdesk.strategy.records import STYLES, Action
from cvdesk.strategy.records_plan import Planned
from cvdesk.strategy.records_wish import MONTHS, Wish, most_needed, stops
from cvdesk.wording import _, ngettext
from cvdesk.wording.amounts import read_amount
from cvdesk.wording.numbers import money, number, signed

_FIELD, _ONE_LINE_FROM = 84, 660  # in design pixels


class LimitLine(QWidget):
    """A limit as a slider with a field beside it; the slider's end, or an empty field, is no limit."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._name = theme, name
        self.value: float | None = None
        self._stops: list[int] = [0]
        self._form: Callable[[float], str] = str
        self._read: Callable[[str], float | None] = float
        row = line(SMALL)
        self.setLayout(row)
        self.title = label(theme, name, tone="quiet")
        self.slider = Slider(theme, name, 1, 1)
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(_("No limit"))
        self.field.setFixedWidth(theme.px(_FIELD))
        self.title.setBuddy(self.field)
        row.addWidget(self.title)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        self.slider.valueChanged.connect(self._slid)
        self.field.editingFinished.connect(self._typed)

    def show_limit(
        self, value: float | None, most: float, unit: int, form: Callable[[float], str],
        read: Callable[[str], float | None],
    ) -> None:  # fmt: skip
        """Shows a limit; `most`: what is needed for everything, `unit`: the smallest step, `form`, `read`: its words.

        Read gives ValueError for what is no amount.
        """
        self.value, self._form, self._read = value, form, read
        if not self.slider.hasFocus() or value is None or value > self._stops[-1]:
            self._stops = stops(most, unit)  # not while it is being moved: the ground would move under the hand
        self.slider.show_value(self._place(), len(self._stops))
        if not self.field.hasFocus() or not self.field.isModified():
            self._say()
        self.slider.say(_("No limit") if value is None else form(value))

    def _place(self) -> int:
        if self.value is None:
            return len(self._stops)
        value = self.value
        return min(range(len(self._stops)), key=lambda place: abs(self._stops[place] - value))

    def _say(self) -> None:
        self.field.setText("" if self.value is None else self._form(self.value))
        self.field.setModified(False)
        self._complain("")

    def _slid(self, place: int) -> None:
        self._take(None if place >= len(self._stops) else float(self._stops[place]))
        self._say()

    def _typed(self) -> None:
        if not self.field.isModified():
            return
        try:
            value = self._read(self.field.text().strip())
        except ValueError:
            self._complain(_("Write a number, or nothing for no limit."))
            return
        self._take(value)
        self._say()
        self.slider.show_value(self._place())

    def _take(self, value: float | None) -> None:
        changed, self.value = value != self.value, value
        self.slider.say(_("No limit") if value is None else self._form(value))
        if changed:
            self.changed.emit()

    def _complain(self, text: str) -> None:
        self.field.setProperty("problem", bool(text))
        self.field.setAccessibleDescription(text)
        self.field.setToolTip(tooltip(text))
        restyle(self.field)


class LimitsPanel(QWidget):
    """Budget, hours, months and style. `wished` gives the wish as it is now."""

    wished = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.wish = Wish()
        box = column(self, SMALL)
        self.title = label(theme, "", CARD_TITLE, strong=True)
        self.budget = LimitLine(theme, _("Budget a month"))
        self.hours = LimitLine(theme, _("Hours in all"))
        self.months = Choice(theme, _("How long the plan runs"))
        self._first, self._second = line(MEDIUM), line(MEDIUM)
        self._one_line = False
        for row in (self._first, self._second):
            box.addLayout(row)
        self._first.addWidget(self.title)
        self._second.addWidget(self.budget, 4)
        self._second.addWidget(self.hours, 3)
        self._third = third = line(SMALL)
        self.styles = Tabs(theme, _("Where the plan leans"), [(key, words.style_name(key)) for key in STYLES])
        self.meaning = Elided(theme, "", NOTE, "quiet")
        third.addWidget(self.styles)
        third.addWidget(self.meaning, 1)
        third.addWidget(self.months)
        box.addLayout(third)
        self.budget.changed.connect(self._limited)
        self.hours.changed.connect(self._limited)
        self.months.chosen.connect(lambda months: self._tell(replace(self.wish, months=months)))
        self.styles.chosen.connect(lambda style: self._tell(replace(self.wish, style=style, own=None)))

    def minimumSizeHint(self) -> QSize:
        """One line that needs much room gives way to two."""
        return QSize(self._third.minimumSize().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The limits stand beside the title where there is room for them."""
        super().resizeEvent(event)
        one_line = self.width() >= self._theme.px(_ONE_LINE_FROM)
        if one_line != self._one_line:
            self._one_line = one_line
            away, to = (self._second, self._first) if one_line else (self._first, self._second)
            for limit, stretch in ((self.budget, 4), (self.hours, 3)):
                away.removeWidget(limit)
                to.addWidget(limit, stretch)

    def show_wish(self, wish: Wish, actions: tuple[Action, ...], currency: str, digits: int) -> None:
        """Shows what is wished for, and how much everything there is would take."""
        self.wish = wish
        most, hours = most_needed(actions, wish.months)
        self.budget.show_limit(
            wish.budget_month, most, 10**digits, lambda value: money(int(value), currency),
            lambda text: read_amount(text, digits),
        )  # fmt: skip
        self.hours.show_limit(wish.hours, hours, 1, _hours_said, _hours)
        self.months.offer(
            [(n, ngettext("{n} month", "{n} months", n).format(n=n)) for n in MONTHS], wish.months
        )  # fmt: skip
        self.styles.choose(wish.style)

    def show_gains(self, planned: Planned) -> None:
        """What each style would bring, beside its name."""
        self.meaning.set_whole(words.style_words(self.wish.style, planned.basis))
        for key in STYLES:
            outcome = planned.styles.get(key)
            name = words.style_name(key)
            self.styles.rename(key, name if outcome is None else f"{name}  {signed(outcome.gain, 2)}")

    def _limited(self) -> None:
        budget = self.budget.value
        self._tell(
            replace(self.wish, budget_month=None if budget is None else int(budget), hours=self.hours.value)
        )  # fmt: skip

    def _tell(self, wish: Wish) -> None:
        self.wish = wish
        self.meaning.set_whole(words.style_meaning(wish.style))
        self.wished.emit(wish)


def _hours_said(value: float) -> str:
    return number(value, 0 if value == int(value) else 1)


def _hours(text: str) -> float | None:
    """Hours as typed; None for nothing. ValueError for what is no number."""
    if not text:
        return None
    value = float(text.replace(",", "."))
    if not 0 <= value <= 100_000:
        raise ValueError(text)
    return value
