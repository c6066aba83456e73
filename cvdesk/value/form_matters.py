"""What matters most: how much each thing asked about matters, and ten points shared out over the parts of value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from cvdesk.catalogue.records import LEVERS, Factor
from cvdesk.kit.theme import MEDIUM, SMALL, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, Card, column, label, set_tone
from cvdesk.value.form_dots import PointDots
from cvdesk.value.form_scale import LOW, NOTHING, Given, Scale
from cvdesk.value.records_forms import points_left
from cvdesk.value.records_wording import importance_anchors, points_line
from cvdesk.wording import _, ngettext


class MattersPanel(QWidget):
    """Both questions, one below the other. Neither has to be answered."""

    importance_given = Signal(str, int)  # a factor's key, and 1-5 or 0 for not said
    points_given = Signal(object)  # lever -> points, whether they come to ten or not
    focused = Signal()
    moved = Signal(int)  # past the first (-1) or the last (1) of its rows

    def __init__(self, theme: Theme, asked: str, factors: Sequence[Factor], points_asked: str, owner: bool) -> None:
        """`asked`, `points_asked`: the wording of the two questions; "" leaves a question out."""
        super().__init__()
        self._theme, self._owner = theme, owner
        self.ratings: dict[str, Scale] = {}
        self.points: dict[str, PointDots] = {}
        self._box = column(self, MEDIUM)
        if asked and factors:
            self._ask_importance(asked, factors)
        if points_asked:
            self._ask_points(points_asked)

    def rows(self) -> list[QWidget]:
        """Where the keyboard can be, in order."""
        return [*self.ratings.values(), *self.points.values()]

    def show_given(self, importance: Mapping[str, int], points: Mapping[str, int]) -> None:
        """Shows what was said, without telling anyone."""
        for key, scale in self.ratings.items():
            value = importance.get(key, 0)
            scale.show_answer(Given(float(value)) if value else NOTHING)
        for lever, dots in self.points.items():
            dots.show_value(points.get(lever, 0))
        self._count()

    def part_of(self, row: QWidget) -> QWidget:
        """What is to be seen with a row: with points how many are left, else the row alone."""
        return self._shared_out if row in self.points.values() else row

    def take_focus(self, place: int = 0) -> None:
        """Gives the keyboard to one of the rows."""
        row = self.rows()[place]
        if isinstance(row, Scale):
            row.take_focus()
        else:
            row.setFocus(Qt.FocusReason.TabFocusReason)
        self.focused.emit()

    # How much each thing matters

    def _ask_importance(self, asked: str, factors: Sequence[Factor]) -> None:
        theme, card = self._theme, Card(self._theme)
        card.box.addWidget(label(theme, asked, CARD_TITLE, strong=True, wrap=True))
        card.box.addWidget(label(theme, importance_anchors(), NOTE, tone="faint", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for place, factor in enumerate(factors):
            said = label(theme, factor.label, TEXT, wrap=True)
            scale = Scale(theme, "scale5", {}, factor.lever if self._owner else "accent", "", LOW)
            scale.setAccessibleName(factor.label)
            for given, made in scale.buttons:
                made.setAccessibleName(f"{factor.label}: {given.value:.0f}")
            scale.given.connect(partial(self._rated, factor.key, scale))
            scale.moved.connect(partial(self._move, scale))
            scale.first_look = partial(self._key_on_rating, factor.key, scale)
            grid.addWidget(said, place, 0)
            grid.addWidget(scale, place, 1)
            self.ratings[factor.key] = scale
        card.box.addLayout(grid)
        self._box.addWidget(card)

    def _rated(self, key: str, scale: Scale, given: Given, go_on: bool) -> None:
        self.importance_given.emit(key, round(given.value or 0))
        if go_on:
            self._move(scale, 1)

    def _key_on_rating(self, key: str, scale: Scale, typed: str) -> bool:
        """S skips the ratings, D and 0 leave one out."""
        if typed == "s":
            self._move(list(self.ratings.values())[-1], 1)
        elif typed in ("d", "0") and typed:
            if scale.shown != NOTHING:
                scale.show_answer(NOTHING)
                self.importance_given.emit(key, 0)
            self._move(scale, 1)
        else:
            return False
        return True

    # Ten points

    def _ask_points(self, asked: str) -> None:
        theme = self._theme
        self._shared_out = card = Card(theme)
        card.box.addWidget(label(theme, asked, CARD_TITLE, strong=True, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(0, 1)
        self._numbers: dict[str, QLabel] = {}
        for place, lever in enumerate(LEVERS):
            words = points_line(lever, self._owner)
            said = label(theme, words, TEXT, wrap=True)
            said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            dots = PointDots(theme, words, lever if self._owner else "accent")
            dots.valueChanged.connect(lambda _value: self._shared())
            dots.moved.connect(partial(self._move, dots))
            dots.skipped.connect(lambda: self.moved.emit(1))
            number = self._numbers[lever] = label(theme, "0", TEXT, strong=True)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            number.setMinimumWidth(number.fontMetrics().horizontalAdvance("10"))
            for column_of, widget in enumerate((said, dots, number)):
                grid.addWidget(widget, place, column_of)
            self.points[lever] = dots
        card.box.addLayout(grid)
        self.left = label(theme, "", TEXT, wrap=True)
        card.box.addWidget(self.left)
        self._box.addWidget(card)
        self._count()

    def _shared(self) -> None:
        self._count()
        self.points_given.emit({lever: dots.value() for lever, dots in self.points.items() if dots.value()})

    def _count(self) -> None:
        if not self.points:
            return
        for lever, dots in self.points.items():
            self._numbers[lever].setText(str(dots.value()))
        left = points_left({lever: dots.value() for lever, dots in self.points.items()})
        if left == 0:
            text = _("All ten are shared out")
        elif left < 0:
            text = ngettext(
                "{count} too many: take it away somewhere", "{count} too many: take them away somewhere", -left
            ).format(count=-left)
        elif left == 10:
            text = _("Ten points left")
        else:
            text = ngettext(
                "{count} point left; they count once all ten are shared out",
                "{count} points left; they count once all ten are shared out",
                left,
            ).format(count=left)
        self.left.setText(text)
        set_tone(self.left, "bad" if left < 0 else "quiet")

    def _move(self, row: QWidget, step: int) -> None:
        rows = self.rows()
        place = rows.index(row) + step
        if 0 <= place < len(rows):
            self.take_focus(place)
        else:
            self.moved.emit(step)


__all__ = ["MattersPanel"]
