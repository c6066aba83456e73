"""The form for one step of a case: when, by whom, what was decided or done, what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QComboBox

from cvdesk.catalogue.records import SEVERITIES, Named, as_name, as_said
from cvdesk.complaints.form import cause_field, day_field, day_of, handler_field, named_field
from cvdesk.complaints.form_clock import clock_field, clock_of, clock_problem
from cvdesk.complaints.records import Complaint, Event, severity_name
from cvdesk.complaints.store_case import Choices
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import choice_field, text_field, words_field
from cvdesk.kit.theme import Theme
from cvdesk.wording import _
from cvdesk.wording.amounts import read_amount

# Steps that may cost something.
_COSTLY = ("resolved", "told", "closed", "note")


class _DatedForm(DraftForm):
    """What every step has: a cost perhaps, a note, a day and a time, and who took it."""

    def __init__(self, theme: Theme, stage: str, case: Complaint, today: date, choices: Choices, digits: int) -> None:
        super().__init__(theme)
        self.stage, self.case, self._today, self._digits = stage, case, today, digits
        self._staff = choices.staff

    def _add_cost(self, minor: int | None) -> None:
        amount = "" if not minor else str(Decimal(minor).scaleb(-self._digits))
        self.cost = text_field(amount, _("Nothing"))
        self.field("cost", _("What it cost"), self.cost)

    def _add_when(self, note: str, day: date | None, time: str | None, staff_id: int | None) -> None:
        self.note = words_field(note, lines=2 if self.stage != "note" else 4)
        self.field("note", _("Note"), self.note)
        self.date = day_field(day or self._today)
        if day is not None:
            self.field("date", _("Day"), self.date)
        self.time = clock_field(time)
        self.field("time", _("Time"), self.time)
        self._who: QComboBox | None = None
        if self._staff:
            self._who = named_field([Named(one, "", name) for one, name in self._staff], _("Nobody named"), staff_id)
            self.field("staff", _("Who did it"), self._who)

    def day(self) -> date:
        """When the step was taken."""
        return day_of(self.date)

    def clock(self) -> str | None:
        """At what time it was taken."""
        return clock_of(self.time)

    def who(self) -> int | None:
        """Who took it."""
        return None if self._who is None else self._who.currentData()

    def words(self) -> str:
        """What was noted."""
        return as_said(self.note.toPlainText())

    def amount(self) -> int | None:
        """What the step cost, in minor units; raises ValueError for what is no amount."""
        return read_amount(self.cost.text(), self._digits) if "cost" in self._fields else None

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found: dict[str, str] = {}
        try:
            self.amount()
        except ValueError:
            found["cost"] = _("Write an amount, such as 4.50.")
        if self.stage == "note" and not self.words():
            found["note"] = _("There is nothing in the note yet.")
        if self.day() > self._today:
            found["date"] = _("This day is still to come.")
        if clock_problem(self.time):
            found["time"] = clock_problem(self.time)
        return found


class StepForm(_DatedForm):
    """`stage` is the step; the fields are what it decides. `said()` gives them as complaints.store.step wants them.

    `now` and `staff_id` say when and who, to begin with.
    """

    def __init__(
        self,
        theme: Theme,
        stage: str,
        case: Complaint,
        today: date,
        choices: Choices,
        digits: int,
        now: str | None = None,
        staff_id: int | None = None,
    ) -> None:
        super().__init__(theme, stage, case, today, choices, digits)
        self._choices: dict[str, QComboBox] = {}
        self.how: QComboBox | None = None
        if stage == "assessed":
            self._assess(case, choices)
        elif stage == "resolved":
            self.done = words_field(case.resolution, lines=3)
            self.field("resolution", _("What was done to put it right"), self.done)
        elif stage == "told":
            self.how = named_field(choices.channels, _("Not said"), case.channel_id)
            self.field("how", _("How the customer was told"), self.how)
        elif stage == "closed":
            self._choice("outcome", _("Is the customer content with it?"), [
                ("accepted", _("Yes, accepted")), ("not_accepted", _("No, not accepted")),
                ("duplicate", _("It is the same as another complaint")), ("spam", _("It is no complaint at all")),
            ], case.outcome or "accepted")  # fmt: skip
        if stage in _COSTLY:
            self._add_cost(None)
        self._add_when("", today, now, staff_id)

    def words(self) -> str:
        """What was noted, with the way the customer was told."""
        how = self.how.currentText() if self.how is not None and self.how.currentData() is not None else ""
        note = super().words()
        return _("{how}: {note}").format(how=how, note=note) if how and note else how or note

    def said(self) -> dict[str, Any]:
        """What the step decides, by the names of complaints.store.step."""
        decided: dict[str, Any] = {name: field.currentData() for name, field in self._choices.items()}
        if self.stage == "assessed":
            decided["cause"] = as_name(self.cause.text())
        elif self.stage == "resolved":
            decided["resolution"] = as_said(self.done.toPlainText())
        decided["cost_minor"] = self.amount()
        return decided

    def problems(self) -> dict[str, str]:
        """What is wrong, by field, the uppermost first."""
        found = super().problems()
        if self.stage == "resolved" and not self.done.toPlainText().strip():
            found = {"resolution": _("Write what was done; the report and the customer's card show it."), **found}
        return found

    def _assess(self, case: Complaint, choices: Choices) -> None:
        answers: list[tuple[object, str]] = [(True, _("Yes, we fell short")), (False, _("No, it was not our doing"))]
        self._choice("valid", _("Is the complaint right?"), answers, case.valid is not False)
        severities: list[tuple[object, str]] = [(name, severity_name(name)) for name in SEVERITIES]
        self._choice("severity", _("Severity"), severities, case.severity)
        self.cause = cause_field(case.cause, choices.causes)
        self.field("cause", _("Why it happened"), self.cause)
        if choices.staff:
            self._choices["handler_id"] = handler_field(choices.staff, case.handler_id)
            self.field("handler_id", _("Who sees to it"), self._choices["handler_id"])

    def _choice(self, key: str, name: str, options: Sequence[tuple[object, str]], value: object) -> None:
        field = choice_field(list(options), value)
        field.setMinimumContentsLength(8)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choices[key] = field
        self.field(key, name, field)


class ChangeForm(_DatedForm):
    """A step that was noted wrongly. The day of receipt is not among its fields: it is the complaint's."""

    def __init__(self, theme: Theme, event: Event, case: Complaint, today: date, choices: Choices, digits: int) -> None:
        super().__init__(theme, event.stage, case, today, choices, digits)
        self.event_before = event
        if event.stage in _COSTLY or event.cost_minor:
            self._add_cost(event.cost_minor)
        received = event.stage == "received"
        self._add_when(event.note, None if received else event.date, event.time, event.staff_id)

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {} if self.stage == "received" and not clock_problem(self.time) else super().problems()

    def changed(self) -> Event:
        """The step as it is to be."""
        before = self.event_before
        day = before.date if self.stage == "received" else self.day()
        cost = self.amount() if "cost" in self._fields else before.cost_minor
        return Event(
            before.stage,
            day,
            self.words(),
            self.clock(),
            before.staff_id if self._who is None else self.who(),
            cost,
            before.id,
        )


__all__ = ["ChangeForm", "StepForm"]
