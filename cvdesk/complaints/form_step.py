"""The form for one step of a case: when, what was decided or done, what it cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QComboBox

from cvdesk.catalogue.records import SEVERITIES
from cvdesk.complaints.form import day_field, day_of
from cvdesk.complaints.records import Complaint, severity_name
from cvdesk.kit.form import choice_field, text_field, words_field
from cvdesk.kit.side import SideForm
from cvdesk.kit.theme import Theme
from cvdesk.wording import _

_AMOUNT = re.compile(r"(\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,3}))?")


def read_amount(text: str, digits: int = 2) -> int | None:
    """An amount in minor units: 4.50, 4,50, £1,200. None for no text; raises ValueError for what is no amount.

    `digits`: decimals of the currency.
    """
    plain = re.sub(r"^[^\d-]+|[^\d]+$", "", text.strip())
    if not text.strip():
        return None
    found = _AMOUNT.fullmatch(plain)
    if found is None or len(found[2] or "") > digits:
        raise ValueError(text)
    whole = re.sub(r"\D", "", found[1])
    return int(Decimal(f"{whole}.{found[2] or 0}").scaleb(digits))


class StepForm(SideForm):
    """`stage` is the step; the fields are what it decides. `said()` gives them as complaints.store.step wants them."""

    def __init__(
        self, theme: Theme, stage: str, case: Complaint, today: date, staff: Sequence[tuple[int, str]], digits: int
    ) -> None:
        super().__init__(theme)
        self.stage, self.case, self._today, self._digits = stage, case, today, digits
        self._choices: dict[str, QComboBox] = {}
        if stage == "assessed":
            self._assess(case, staff)
        elif stage == "resolved":
            self.done = words_field(case.resolution, lines=3)
            self.field("resolution", _("What was done to put it right"), self.done)
            self.cost = text_field("", _("Nothing"))
            self.field("cost", _("What it cost"), self.cost)
        elif stage == "closed":
            self._choice("outcome", _("Is the customer content with it?"), [
                ("accepted", _("Yes, accepted")), ("not_accepted", _("No, not accepted")),
                ("duplicate", _("It is the same as another complaint")), ("spam", _("It is no complaint at all")),
            ], case.outcome or "accepted")  # fmt: skip
        self.note = words_field(lines=2 if stage != "note" else 4)
        self.field("note", _("Note"), self.note)
        self.date = day_field(today)
        self.field("date", _("Day"), self.date)

    def day(self) -> date:
        """When the step was taken."""
        return day_of(self.date)

    def words(self) -> str:
        """What was noted."""
        return self.note.toPlainText().strip()

    def said(self) -> dict[str, Any]:
        """What the step decides, by the names of complaints.store.step."""
        decided: dict[str, Any] = {name: field.currentData() for name, field in self._choices.items()}
        if self.stage == "assessed":
            decided["cause"] = self.cause.text().strip()
        elif self.stage == "resolved":
            decided["resolution"] = self.done.toPlainText().strip()
            decided["cost_minor"] = read_amount(self.cost.text(), self._digits)
        return decided

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found: dict[str, str] = {}
        if self.stage == "resolved":
            if not self.done.toPlainText().strip():
                found["resolution"] = _("Write what was done; the report and the customer's card show it.")
            try:
                read_amount(self.cost.text(), self._digits)
            except ValueError:
                found["cost"] = _("Write an amount, such as 4.50.")
        if self.stage == "note" and not self.words():
            found["note"] = _("There is nothing in the note yet.")
        if self.day() > self._today:
            found["date"] = _("This day is still to come.")
        return found

    def _assess(self, case: Complaint, staff: Sequence[tuple[int, str]]) -> None:
        answers: list[tuple[object, str]] = [(True, _("Yes, we fell short")), (False, _("No, it was not our doing"))]
        self._choice("valid", _("Is the complaint right?"), answers, case.valid is not False)
        severities: list[tuple[object, str]] = [(name, severity_name(name)) for name in SEVERITIES]
        self._choice("severity", _("Severity"), severities, case.severity)
        self.cause = text_field(case.cause)
        self.field("cause", _("Why it happened"), self.cause)
        if staff:
            nobody: list[tuple[object, str]] = [(None, _("Nobody yet"))]
            self._choice("handler_id", _("Who sees to it"), [*nobody, *staff], case.handler_id)

    def _choice(self, key: str, name: str, options: Sequence[tuple[object, str]], value: object) -> None:
        field = choice_field(list(options), value)
        field.setMinimumContentsLength(8)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choices[key] = field
        self.field(key, name, field)


__all__ = ["StepForm", "read_amount"]
