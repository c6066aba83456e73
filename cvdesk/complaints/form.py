"""The form for one complaint: who, when, how bad, the words, what about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QDateEdit, QLineEdit

from cvdesk.catalogue.records import SEVERITIES, Named, as_name, as_said
from cvdesk.complaints import records
from cvdesk.complaints.form_clock import clock_field, clock_of, clock_problem
from cvdesk.complaints.records import STAGES, Complaint, severity_name
from cvdesk.complaints.store_case import Choices
from cvdesk.customers.form_fields import CustomerLine
from cvdesk.customers.store import Match
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import choice_field, date_field, text_field, words_field
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, label
from cvdesk.wording import _


class ComplaintForm(DraftForm):
    """`record()` gives the complaint as typed; `new_customer()` the name of a customer who is not there yet.

    A case that has come further shows what was found and done as well, to be put right.
    """

    def __init__(
        self,
        theme: Theme,
        complaint: Complaint,
        customer: str,
        choices: Choices,
        find: Callable[[str], Sequence[Match]],
    ) -> None:
        super().__init__(theme)
        self._before = complaint
        self.customer = CustomerLine(find, complaint.customer_id, customer)
        self.customer.setPlaceholderText(_("Empty: nobody named"))
        self.date = day_field(complaint.date)
        self.time = clock_field(complaint.time)
        self.text = words_field(complaint.text, lines=5)
        self.severity = choice_field([(name, severity_name(name)) for name in SEVERITIES], complaint.severity)
        self.channel = named_field(choices.channels, _("Not said"), complaint.channel_id)
        self.offering = named_field(choices.offerings, _("No product in particular"), complaint.offering_id)
        first = complaint.themes[0] if complaint.themes else None
        self.about = named_field(choices.themes, _("Not filed yet"), first)
        self.field("customer", _("Customer"), self.customer)
        self._hint = label(theme, "", NOTE, tone="quiet", wrap=True)
        self._hint.hide()
        self.rows.addRow(self._hint)
        self.field("text", _("The complaint, in their words"), self.text)
        self.field("severity", _("Severity"), self.severity)
        self.field("date", _("Received"), self.date)
        self.field("time", _("At what time"), self.time)
        self.field("channel", _("How it came in"), self.channel)
        if choices.offerings:
            self.field("offering", _("Product"), self.offering)
        if choices.themes:
            self.field("theme", _("Theme"), self.about)
        self._found(complaint, choices)
        self.customer.named.connect(self._hint_customer)

    def _found(self, complaint: Complaint, choices: Choices) -> None:
        """What the steps taken so far have found out."""
        self._cause: QLineEdit | None = None
        self._done, self._handler = None, None
        reached = STAGES.index(complaint.stage) if complaint.id is not None else 0
        if complaint.id is not None and choices.staff:
            self._handler = handler_field(choices.staff, complaint.handler_id)
            self.field("handler_id", _("Who sees to it"), self._handler)
        if reached >= STAGES.index("assessed") or complaint.cause:
            self._cause = cause_field(complaint.cause, choices.causes)
            self.field("cause", _("Why it happened"), self._cause)
        if reached >= STAGES.index("resolved") or complaint.resolution:
            self._done = words_field(complaint.resolution, lines=3)
            self.field("resolution", _("What was done to put it right"), self._done)

    def focus_first(self) -> None:
        """The customer; the words where the customer is known."""
        (self.text if self._before.customer_id is not None else self.customer).setFocus()

    def new_customer(self) -> str:
        """The name of a customer to be made; empty where nobody or somebody known is named."""
        return "" if self.customer.customers() else self.customer.name()

    def record(self) -> Complaint:
        """The complaint as typed. Only the first theme is chosen here; others stay."""
        ids = self.customer.customers()
        theme, others = self.about.currentData(), self._before.themes[1:]
        first = () if theme is None else (theme,)
        return replace(
            self._before,
            customer_id=ids[0] if ids else None,
            date=day_of(self.date),
            time=clock_of(self.time),
            cause=self._before.cause if self._cause is None else as_name(self._cause.text()),
            resolution=self._before.resolution if self._done is None else as_said(self._done.toPlainText()),
            handler_id=self._before.handler_id if self._handler is None else self._handler.currentData(),
            text=as_said(self.text.toPlainText()),
            severity=self.severity.currentData(),
            channel_id=self.channel.currentData(),
            offering_id=self.offering.currentData(),
            themes=first + tuple(other for other in others if other != theme),
        )

    def problems(self, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        found = records.problems(self.record(), today)
        if len(self.customer.customers()) > 1:
            found = {"customer": _("Several customers are called so: choose one of the list."), **found}
        if clock_problem(self.time):
            found["time"] = clock_problem(self.time)
        return {field: found[field] for field in self._fields if field in found}

    def _hint_customer(self) -> None:
        name = self.new_customer()
        self._hint.setText(_("{name} will be added as a new customer.").format(name=name))
        self._hint.setVisible(bool(name))


def day_field(value: date) -> QDateEdit:
    """A day to choose or type."""
    return date_field(QDate(value.year, value.month, value.day))


def day_of(field: QDateEdit) -> date:
    """The day in the field."""
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())


def handler_field(staff: Sequence[tuple[int, str]], value: int | None) -> QComboBox:
    """Who sees to a case."""
    return named_field([Named(one, "", name) for one, name in staff], _("Nobody yet"), value)


def cause_field(value: str, causes: Sequence[str]) -> QLineEdit:
    """Why something happened; causes found before are offered, wherever in them what is typed occurs."""
    field = text_field(value)
    completer = QCompleter(list(causes), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
    return field


def named_field(options: Sequence[Named], nothing: str, value: int | None) -> QComboBox:
    """One of the names of a list, or none of them. What is chosen may be in use no longer."""
    field = choice_field([(None, nothing), *((one.id, one.name) for one in options)], value)
    if value is not None and field.currentData() != value:
        field.addItem(_("As before"), value)
        field.setCurrentIndex(field.count() - 1)
    field.setMinimumContentsLength(8)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.view().setTextElideMode(Qt.TextElideMode.ElideRight)
    return field


__all__ = ["ComplaintForm", "cause_field", "day_field", "day_of", "handler_field", "named_field"]
