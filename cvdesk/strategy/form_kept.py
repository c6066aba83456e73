"""What is said of a plan when it is decided on: its name, its days, the mix in one sentence, its goals."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QFormLayout, QLabel, QWidget

from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import date_field, text_field, words_field
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import label
from cvdesk.strategy.form_kept_goals import GoalsField
from cvdesk.strategy.records_kept import LONGEST_NAME, Strategy, problems
from cvdesk.strategy.store_kept_now import Measure
from cvdesk.wording import _

_GOALS = "goals"  # in what is kept of a half-typed form


class StrategyForm(DraftForm):
    """A strategy before it is kept, or one whose name, days, sentence or goals are changed."""

    def __init__(self, theme: Theme, proposed: Strategy, measures: Sequence[Measure]) -> None:
        super().__init__(theme)
        self._before = proposed
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.rows.setVerticalSpacing(SMALL)
        self.rows.setContentsMargins(0, 0, SMALL, SMALL)
        self.name = text_field(proposed.name, _("For example: Winter 2026"))
        self.name.setMaxLength(LONGEST_NAME)
        self.field("name", _("Name"), self.name)
        self.starts, self.ends, self.review = (_day(one) for one in (proposed.starts, proposed.ends, proposed.review))
        for one in (self.starts, self.ends, self.review):
            one.setMaximumWidth(theme.px(180))
        self.field("starts", _("Begins"), self.starts)
        self.field("ends", _("Ends"), self.ends)
        self.field("review", _("Looked at again"), self.review)
        self.mix = words_field(proposed.mix, 4)
        self.field("mix", _("The mix in one sentence"), self.mix)
        self.goals = GoalsField(theme, proposed.goals, measures)
        self.goals.edited.connect(self.edited)
        self.goals.moved.connect(self.updateGeometry)
        asked = label(theme, _("Goals"), strong=True)
        asked.setBuddy(self.goals)
        self.rows.addRow(asked)
        self.rows.addRow(self.goals)

    def place(self, asked: QLabel, widget: QWidget) -> None:
        """The label beside its field: a dialog has the room, and the whole form is seen at once."""
        asked.setMinimumWidth(self.theme.px(150))
        asked.setWordWrap(True)
        asked.setContentsMargins(0, TIGHT, MEDIUM, 0)
        self.rows.addRow(asked, widget)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Says beside each field what is wrong with it, below the goals what is wrong with one of them."""
        super().show_problems(problems)
        self.goals.show_problem(problems.get("goals", ""))

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = problems(self._typed())
        wrong = self.goals.problem()
        return {**found, "goals": wrong} if wrong else found

    def record(self) -> Strategy:
        """What was typed; goals are due when it ends."""
        typed = self._typed()
        return replace(typed, goals=tuple(replace(goal, due=typed.ends) for goal in self.goals.goals()))

    def as_draft(self) -> str:
        """What all fields say, half-typed as it is."""
        return json.dumps({**self.texts(), _GOALS: self.goals.texts()}, ensure_ascii=False)

    def fill_draft(self, draft: str) -> None:
        """Fills in what was half-typed before; what cannot be read is left as it was proposed."""
        with contextlib.suppress(ValueError):
            kept = json.loads(draft)
            goals = kept.pop(_GOALS, {})
            self.fill({key: text for key, text in kept.items() if isinstance(text, str)})
            self.goals.fill(goals)

    def _typed(self) -> Strategy:
        starts, ends = _date(self.starts), _date(self.ends)
        return replace(
            self._before, name=self.name.text(), mix=self.mix.toPlainText(), starts=starts, ends=ends,
            review=_date(self.review),
        )  # fmt: skip


def _day(one: date) -> QDateEdit:
    return date_field(QDate(one.year, one.month, one.day))


def _date(field: QDateEdit) -> date:
    one = field.date()
    return date(one.year(), one.month(), one.day())
