"""The form for one complaint: who, when, how bad, the words, what about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit

from cvdesk.catalogue.records import SEVERITIES, Named
from cvdesk.complaints import records
from cvdesk.complaints.records import Complaint, severity_name
from cvdesk.complaints.store_case import Choices
from cvdesk.customers.form_fields import CustomerLine
from cvdesk.customers.store import Match
from cvdesk.kit.form import choice_field, date_field, words_field
from cvdesk.kit.side import SideForm
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, label
from cvdesk.wording import _


class ComplaintForm(SideForm):
    """`record()` gives the complaint as typed; `new_customer()` the name of a customer who is not there yet."""

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
        self.field("text", _("What the customer complains about, word for word"), self.text)
        self.field("severity", _("Severity"), self.severity)
        self.field("date", _("Received"), self.date)
        self.field("channel", _("How it came in"), self.channel)
        if choices.offerings:
            self.field("offering", _("Product"), self.offering)
        if choices.themes:
            self.field("theme", _("Theme"), self.about)
        self.customer.named.connect(self._hint_customer)

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
            text=self.text.toPlainText().strip(),
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


__all__ = ["ComplaintForm", "day_field", "day_of", "named_field"]
