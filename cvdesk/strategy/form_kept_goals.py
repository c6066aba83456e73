"""The goals of a strategy: a figure, where it stands, where it is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from cvdesk.kit.form import text_field
from cvdesk.kit.theme import SMALL, Theme
from cvdesk.kit.widgets import NOTE, Choice, Elided, button, clear, column, label, tooltip
from cvdesk.strategy.records_kept import MOST_GOALS, Goal
from cvdesk.strategy.store_kept_now import Measure
from cvdesk.strategy.words_kept import unit_of, value
from cvdesk.wording import _

_RANGES = {"net": (-8.0, 8.0), "score": (1.0, 5.0), "share": (0.0, 1.0), "rate": (0.0, 1000.0), "days": (0.0, 1000.0)}
_MINUS = str.maketrans({"\N{MINUS SIGN}": "-", ",": "."})


class GoalsField(QWidget):
    """Goals in lines, and a list of what else one can aim at. Says `edited` at each change, `moved` for other lines."""

    edited = Signal()
    moved = Signal()

    def __init__(self, theme: Theme, goals: Sequence[Goal], measures: Sequence[Measure]) -> None:
        super().__init__()
        self._theme = theme
        self._measures = {one.key: one for one in measures}
        self._goals = list(goals)
        self._targets: list[QLineEdit] = []
        box = column(self, SMALL)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SMALL)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(0, 1)
        box.addLayout(self._grid)
        self.more = Choice(theme, _("Goals"))
        self.more.chosen.connect(self._add)
        # Its own direction is from right to left, which would turn a mere "left" round.
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self._note = label(theme, "", NOTE, tone="bad", wrap=True)
        self._note.hide()
        box.addWidget(self._note)
        self.setFocusProxy(self.more)
        self._lines([_typed(goal) for goal in self._goals])

    def goals(self) -> tuple[Goal, ...]:
        """The goals with the targets that were typed. ValueError for one that is no number."""
        return tuple(
            replace(goal, target=_number(goal.measure, field.text()))
            for goal, field in zip(self._goals, self._targets, strict=True)
        )

    def problem(self) -> str:
        """What is wrong with the first target that cannot be read; empty where all can."""
        for goal, field in zip(self._goals, self._targets, strict=True):
            try:
                target = _number(goal.measure, field.text())
            except ValueError:
                return _("{figure}: write the number you want, such as {example}.").format(
                    figure=self._label(goal), example=value(goal.measure, _example(goal))
                )
            least, most = _RANGES[unit_of(goal.measure)]
            if not least <= target <= most:
                return _("{figure} can be from {least} to {most}.").format(
                    figure=self._label(goal), least=value(goal.measure, least), most=value(goal.measure, most)
                )
        return ""

    def show_problem(self, text: str) -> None:
        """Says below the goals what is wrong with one of them."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def texts(self) -> dict[str, str]:
        """What was typed, by the figure's key."""
        return {goal.measure: field.text() for goal, field in zip(self._goals, self._targets, strict=True)}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Puts back what was half-typed: the same goals with the same words."""
        known = {goal.measure: goal for goal in self._goals}
        keys = [key for key in texts if key in self._measures or key in known]
        self._goals = [known.get(key) or self._new(key) for key in keys]
        self._lines([str(texts[key]) for key in keys])

    def _lines(self, typed: Sequence[str]) -> None:
        clear(self._grid)
        self._targets = []
        for place, (goal, text) in enumerate(zip(self._goals, typed, strict=True)):
            self._line(place, goal, text)
        left = [one for one in self._measures.values() if one.key not in {goal.measure for goal in self._goals}]
        self.more.offer([("", _("Add a goal…")), *((one.key, one.label) for one in left)], "")
        self.more.setVisible(bool(left) and len(self._goals) < MOST_GOALS)
        self.moved.emit()

    def _line(self, place: int, goal: Goal, text: str) -> None:
        theme, name = self._theme, self._label(goal)
        self._grid.addWidget(Elided(theme, name), place, 0)
        start = _("now {figure}") if goal.id is None else _("from {figure}")
        words = "" if goal.starts_from is None else start.format(figure=value(goal.measure, goal.starts_from))
        less = self._measures[goal.measure].less_is_better if goal.measure in self._measures else False
        if less:
            words = _("{figure}, less is better").format(figure=words) if words else _("less is better")
        self._grid.addWidget(label(theme, words, NOTE, tone="quiet"), place, 1)
        wanted = label(theme, _("wanted"), NOTE, tone="quiet")
        self._grid.addWidget(wanted, place, 2)
        field = text_field(text)
        field.setAccessibleName(_("{figure}, wanted").format(figure=name))
        field.setFixedWidth(theme.px(72))
        field.textChanged.connect(self.edited)
        wanted.setBuddy(field)
        self._targets.append(field)
        self._grid.addWidget(field, place, 3)
        remove = _("Take the goal “{figure}” away").format(figure=name)
        gone = button(theme, "", partial(self._remove, goal), "plain", icon="x", name=remove)
        gone.setToolTip(tooltip(remove))
        self._grid.addWidget(gone, place, 4)

    def _add(self, key: object) -> None:
        if not key:
            return
        typed = [field.text() for field in self._targets]
        self._goals.append(self._new(str(key)))
        self._lines([*typed, _typed(self._goals[-1])])
        self._targets[-1].setFocus()
        self._targets[-1].selectAll()
        self.edited.emit()

    def _remove(self, goal: Goal) -> None:
        place = self._goals.index(goal)
        typed = [field.text() for field in self._targets]
        del self._goals[place], typed[place]
        self._lines(typed)
        (self._targets[min(place, len(self._targets) - 1)] if self._targets else self.more).setFocus()
        self.edited.emit()

    def _new(self, key: str) -> Goal:
        now = self._measures[key].now.value
        middle = sum(_RANGES[unit_of(key)]) / 2
        return Goal(key, middle if now is None else now, now)

    def _label(self, goal: Goal) -> str:
        known = self._measures.get(goal.measure)
        return known.label if known is not None else goal.measure


def _typed(goal: Goal) -> str:
    return value(goal.measure, goal.target)


def _example(goal: Goal) -> float:
    return goal.target if goal.starts_from is None else goal.starts_from


def _number(measure: str, text: str) -> float:
    """A target as it was typed: 2.1, 2,1, +3, 87%, 87. ValueError for what is no number."""
    plain = text.translate(_MINUS).replace("%", "").strip()
    found = float("".join(plain.split()))
    if found != found or abs(found) > _RANGES["days"][1]:
        raise ValueError(text)
    return found / 100 if unit_of(measure) == "share" else found
