"""Forms of onboarding: a list of steps, starting it for a customer, stopping it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cvdesk.care.records_onboarding import Step, Template, template_problems
from cvdesk.catalogue.records import Named, as_said
from cvdesk.customers.form_fields import CustomerLine
from cvdesk.customers.store import Match
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import choice_field, date_field, text_field, words_field
from cvdesk.kit.theme import SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, button, clear, column, label, line, tooltip
from cvdesk.wording import _


class StepsField(QWidget):
    """The steps of a list: name, day and note of each; added, moved, taken out. Says `edited` at each change."""

    edited = Signal()

    def __init__(self, theme: Theme, steps: Sequence[Step]) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(_("Steps"))
        box = column(self, SMALL)
        self._rows = column(None, SMALL)
        box.addLayout(self._rows)
        self.add = button(theme, _("Add a step"), self._add, "plain", "plus")
        box.addWidget(self.add)
        self._fields: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        self._show(list(steps) or [Step("")])

    def steps(self) -> tuple[Step, ...]:
        """The steps as typed; an empty line at the end is none."""
        found = [Step(as_said(name.text()), _number(days), as_said(note.text())) for name, days, note in self._fields]
        while found and not found[-1].name and not found[-1].note:
            found.pop()
        return tuple(found)

    def _show(self, steps: Sequence[Step]) -> None:
        clear(self._rows)
        self._fields = []
        for place, step in enumerate(steps):
            self._rows.addWidget(self._row(place, step, len(steps)))
        self.edited.emit()

    def _row(self, place: int, step: Step, count: int) -> QWidget:
        theme, number = self._theme, place + 1
        made = QWidget()
        box = column(made, TIGHT)
        name = text_field(step.name, _("What is done"))
        name.setCursorPosition(0)
        name.setAccessibleName(_("Step {number}").format(number=number))
        note = text_field(step.note, _("What to keep in mind"))
        note.setAccessibleName(_("Note on step {number}").format(number=number))
        days = text_field(str(step.days) if step.days >= 0 else "")
        days.setFixedWidth(theme.px(64))
        days.setAccessibleName(_("Days after the start, step {number}").format(number=number))
        below = line(TIGHT)
        below.addWidget(label(theme, _("Day"), NOTE, tone="quiet"))
        below.addWidget(days)
        below.addStretch(1)
        for icon, text, do, on in (
            ("chevron-up", _("Move step {number} up"), partial(self._move, place, -1), place > 0),
            ("chevron-down", _("Move step {number} down"), partial(self._move, place, 1), place < count - 1),
            ("x", _("Take step {number} out"), partial(self._remove, place), count > 1),
        ):
            said = text.format(number=number)
            pressed = button(theme, "", do, "plain", icon, name=said)
            pressed.setToolTip(tooltip(said))
            pressed.setEnabled(on)
            below.addWidget(pressed)
        box.addWidget(name)
        box.addWidget(note)
        box.addLayout(below)
        name.textChanged.connect(self.edited)
        note.textChanged.connect(self.edited)
        days.textChanged.connect(self.edited)
        self._fields.append((name, days, note))
        return made

    def _typed(self) -> list[Step]:
        return [Step(name.text(), _number(days), note.text()) for name, days, note in self._fields]

    def _add(self) -> None:
        steps = self._typed()
        self._show([*steps, Step("", steps[-1].days + 7 if steps else 0)])
        self._fields[-1][0].setFocus()

    def _move(self, place: int, by: int) -> None:
        steps = self._typed()
        steps[place], steps[place + by] = steps[place + by], steps[place]
        self._show(steps)
        self._fields[place + by][0].setFocus()

    def _remove(self, place: int) -> None:
        steps = self._typed()
        del steps[place]
        self._show(steps)
        self._fields[min(place, len(self._fields) - 1)][0].setFocus()


def _number(field: QLineEdit) -> int:
    """The day as typed; -1, which no step may have, where it is no number."""
    text = field.text().strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1


class TemplateForm(DraftForm):
    """A list of steps."""

    def __init__(self, theme: Theme, template: Template, offerings: Sequence[Named], ask: str, idea: bool) -> None:
        super().__init__(theme)
        self._template = template
        self.name = text_field(template.name)
        self.offering = choice_field(
            [(None, _("Any new customer")), *((one.id, one.name) for one in offerings)], template.offering_id
        )
        self.steps = StepsField(theme, template.steps)
        self.steps.edited.connect(self.edited)
        self.ask = words_field(ask, lines=3)
        self.field("name", _("Name of the list"), self.name)
        self.field("offering", _("For whoever begins with"), self.offering)
        self.field("steps", _("Steps"), self.steps)
        self.hint("steps", _("Customers read the steps on their welcome sheet, never what to keep in mind."))
        self.field("ask", _("Whom customers can ask"), self.ask)
        self.hint("ask", _("Stands on every welcome sheet: a name, a phone number, opening hours."))
        if idea:
            self.say_above(_("An idea to begin with. Change it to what fits your business."))

    def typed(self) -> list[str]:
        """What all fields say, the steps among them."""
        return [*super().typed(), repr(self.steps.steps())]

    def record(self) -> Template:
        """The list as typed."""
        return replace(
            self._template, name=as_said(self.name.text()), steps=self.steps.steps(),
            offering_id=self.offering.currentData(),
        )  # fmt: skip

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return template_problems(self.record())


class StartForm(DraftForm):
    """Who begins which list, and when."""

    def __init__(
        self,
        theme: Theme,
        templates: Sequence[Template],
        find: Callable[[str], Sequence[Match]],
        today: date,
        customer: tuple[int, str] | None = None,
    ) -> None:
        super().__init__(theme)
        self.customer = CustomerLine(find, *customer) if customer is not None else CustomerLine(find)
        self.customer.setPlaceholderText(_("Name, e-mail or phone"))
        self.template = choice_field([(one.id, one.name) for one in templates])
        self.day = date_field(QDate(today.year, today.month, today.day))
        self.field("customer", _("Customer"), self.customer)
        self.field("template", _("Steps"), self.template)
        self.field("date", _("Beginning on"), self.day)

    def wanted(self) -> tuple[int, int, date] | None:
        """Customer, list and day; None where it is not clear who is meant."""
        found = self.customer.customers()
        if len(found) != 1 or self.template.currentData() is None:
            return None
        day = self.day.date()
        return found[0], self.template.currentData(), date(day.year(), day.month(), day.day())

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {} if self.wanted() is not None else {"customer": _("Choose one of the customers that are offered.")}


class StopForm(DraftForm):
    """Why somebody goes no further."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.reason = text_field("", _("Knows everything already"))
        self.field("reason", _("Why they stop"), self.reason)


__all__ = ["StartForm", "StepsField", "StopForm", "TemplateForm"]
