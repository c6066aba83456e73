"""Small forms of keeping in touch: that somebody was spoken to, putting off, rhythms, a customer's goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit

from cvdesk.care.records_goals import STATES, Goal, goal_problems, state_name
from cvdesk.care.records_touch import RHYTHMS, Spoken, spoken_problems
from cvdesk.catalogue.records import Named, as_said
from cvdesk.customers.records_contact import every
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import choice_field, date_field, text_field, words_field
from cvdesk.kit.theme import Theme
from cvdesk.wording import _, ngettext

_QUIET = (3, 6, 9, 12)
Tags = Sequence[tuple[int, str, int | None]]


class SpokenForm(DraftForm):
    """Notes that somebody was spoken to, and what they said."""

    def __init__(
        self, theme: Theme, customer_id: int, today: date, channels: Sequence[Named], check_in: bool = False
    ) -> None:
        super().__init__(theme)
        self._customer, self._check_in = customer_id, check_in
        self.channel = choice_field([(None, _("Not said")), *((one.id, one.name) for one in channels)])
        self.note = words_field(lines=3)
        self.said = words_field(lines=3)
        self.day = date_field(_qdate(today))
        self.field("note", _("What you talked about"), self.note)
        self.field("said", _("What they said about you"), self.said)
        self.hint("said", _("In their words. It becomes feedback, and counts."))
        self.field("channel", _("How"), self.channel)
        self.field("date", _("Day"), self.day)

    def record(self) -> Spoken:
        """What was typed."""
        return Spoken(
            self._customer, _day(self.day), self.channel.currentData(), as_said(self.note.toPlainText()),
            as_said(self.said.toPlainText()), self._check_in,
        )  # fmt: skip

    def problems(self, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        return spoken_problems(self.record(), today)


class LaterForm(DraftForm):
    """Until when something is put off, and why."""

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__(theme)
        self._today = today
        self.day = date_field(_qdate(today + timedelta(days=14)))
        self.reason = text_field("", _("On holiday until then"))
        self.field("until", _("Back on the list on"), self.day)
        self.field("reason", _("Why"), self.reason)

    def until(self) -> date:
        """The day it is back."""
        return _day(self.day)

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {} if self.until() > self._today else {"until": _("Choose a day to come.")}


class RhythmForm(DraftForm):
    """A customer's own rhythm."""

    def __init__(self, theme: Theme, days: int | None) -> None:
        super().__init__(theme)
        self.days = rhythm_field(days, _("None of their own"))
        self.field("days", _("How often to be in touch"), self.days)
        self.hint(
            "days", _("Counted from the last contact of any kind. Where they have none, that of their tags holds.")
        )

    def wanted(self) -> int | None:
        """The days; None: no rhythm of their own."""
        days: int | None = self.days.currentData()
        return days


class RhythmsForm(DraftForm):
    """Rhythms by tag, and for how long nobody may be out of touch."""

    def __init__(self, theme: Theme, tags: Tags, months: int) -> None:
        super().__init__(theme)
        some = sorted({*_QUIET, months})
        said = [(one, ngettext("{count} month", "{count} months", one).format(count=one)) for one in some]
        self.months = choice_field(list(said), months)
        self.field("months", _("List who was not spoken to for"), self.months)
        self.tags: dict[int, QComboBox] = {}
        for tag, name, days in tags:
            self.tags[tag] = rhythm_field(days, _("No rhythm"))
            self.field(f"tag-{tag}", _("Everybody tagged “{tag}”").format(tag=name), self.tags[tag])
        if not tags:
            self.say_above(_("Once customers have tags, a rhythm can be set for everybody with one."))

    def wanted(self) -> Mapping[int, int | None]:
        """The days by tag."""
        return {tag: field.currentData() for tag, field in self.tags.items()}


class GoalForm(DraftForm):
    """What a customer wants to reach, how the business helps, and when to look at it."""

    def __init__(self, theme: Theme, goal: Goal, today: date) -> None:
        super().__init__(theme)
        self._goal, self._today = goal, today
        self.goal = words_field(goal.goal, lines=2)
        self.help = words_field(goal.help, lines=3)
        self.dated = QCheckBox(_("Look at it on a day"))
        self.dated.setChecked(goal.due is not None or goal.id is None)
        self.day = date_field(_qdate(goal.due or today + timedelta(days=90)))
        self.day.setEnabled(self.dated.isChecked())
        self.dated.toggled.connect(self.day.setEnabled)
        self.state = choice_field([(state, state_name(state)) for state in STATES], goal.state)
        self.field("goal", _("What they want to reach"), self.goal)
        self.field("help", _("How we help"), self.help)
        self.field("dated", _("When"), self.dated)
        self.field("due", _("Day"), self.day)
        if goal.id is not None:
            self.field("state", _("What became of it"), self.state)

    def record(self) -> Goal:
        """The goal as typed; one that was known has been looked at today."""
        made = replace(
            self._goal, goal=as_said(self.goal.toPlainText()), help=as_said(self.help.toPlainText()),
            due=_day(self.day) if self.dated.isChecked() else None, state=self.state.currentData(),
        )  # fmt: skip
        return made if self._goal.id is None else replace(made, looked_at=self._today)

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return goal_problems(self.record())


def rhythm_field(days: int | None, none: str) -> QComboBox:
    """How often, as a list; a rhythm that is not in it is added."""
    some = sorted({*RHYTHMS, *([days] if days is not None else [])})
    return choice_field([(None, none), *((one, every(one).capitalize()) for one in some)], days)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(field: QDateEdit) -> date:
    value = field.date()
    return date(value.year(), value.month(), value.day())


__all__ = ["GoalForm", "LaterForm", "RhythmForm", "RhythmsForm", "SpokenForm", "rhythm_field"]
