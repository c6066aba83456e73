"""Small forms of a customer's card: a contact, a purchase, the name of a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit

from cvdesk.catalogue.records import Named, as_name, as_said
from cvdesk.customers.form_fields import CustomerLine
from cvdesk.customers.records import Purchase, Touch, purchase_problems, touch_problems
from cvdesk.customers.store import Match
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import choice_field, date_field, text_field, words_field
from cvdesk.kit.theme import Theme
from cvdesk.wording import _
from cvdesk.wording.amounts import read_amount


class TouchForm(DraftForm):
    """Notes that somebody phoned, met or wrote to a customer."""

    def __init__(self, theme: Theme, customer_id: int, today: date, channels: Sequence[Named]) -> None:
        super().__init__(theme)
        self._customer = customer_id
        self.kind = choice_field([("contact", _("Spoke to them")), ("letter", _("Wrote to them"))])
        self.day = date_field(QDate(today.year, today.month, today.day))
        self.channel = choice_field([(None, _("Not said")), *((one.id, one.name) for one in channels)])
        self.note = words_field(lines=4)
        self.field("kind", _("What it was"), self.kind)
        self.field("date", _("Day"), self.day)
        self.field("channel", _("How"), self.channel)
        self.field("note", _("What about"), self.note)
        self.hint("note", _("For what they said about you, log feedback instead: it then counts."))

    def record(self) -> Touch:
        """The contact as typed."""
        return Touch(
            self._customer,
            _day(self.day),
            self.kind.currentData(),
            self.channel.currentData(),
            as_said(self.note.toPlainText()),
        )

    def problems(self, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        return touch_problems(self.record(), today)


class PurchaseForm(DraftForm):
    """Notes a purchase. `digits`: decimals of the currency."""

    def __init__(
        self, theme: Theme, customer_id: int, today: date, offerings: Sequence[Named], currency: str, digits: int
    ) -> None:
        super().__init__(theme)
        self._customer, self._digits = customer_id, digits
        self.day = date_field(QDate(today.year, today.month, today.day))
        self.amount = text_field("", _("Not known"))
        self.offering = QComboBox()
        self.offering.setEditable(True)
        self.offering.addItems(["", *(one.name for one in offerings)])
        self.note = text_field()
        self.field("date", _("Day"), self.day)
        self.field("amount", _("Amount in {currency}").format(currency=currency), self.amount)
        self.field("offering", _("Product"), self.offering)
        self.field("note", _("Note"), self.note)

    def record(self) -> Purchase:
        """The purchase as typed; an amount that cannot be read is left out."""
        try:
            amount = self._minor()
        except ValueError:
            amount = None
        offering = as_name(self.offering.currentText())
        return Purchase(self._customer, _day(self.day), amount, offering, as_said(self.note.text()))

    def problems(self, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        found = purchase_problems(self.record(), today)
        try:
            self._minor()
        except ValueError:
            found["amount"] = _("Write an amount, such as 12.50.")
        return found

    def _minor(self) -> int | None:
        return read_amount(self.amount.text(), self._digits)


class MergeForm(DraftForm):
    """Which other customer is the same one."""

    def __init__(self, theme: Theme, customer_id: int, find: Callable[[str], Sequence[Match]]) -> None:
        super().__init__(theme)
        self._customer = customer_id
        self.other = CustomerLine(find)
        self.other.setPlaceholderText(_("Name, e-mail or phone"))
        self.field("other", _("The other one"), self.other)

    def wanted(self) -> int | None:
        """The other customer; None where that is not clear yet."""
        meant = [one for one in self.other.customers() if one != self._customer]
        return meant[0] if len(meant) == 1 else None

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {} if self.wanted() is not None else {"other": _("Choose one of the customers that are offered.")}


class ViewForm(DraftForm):
    """The name under which what limits the list is kept."""

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__(theme)
        self.name = text_field(name)
        self.name.selectAll()
        self.field("name", _("Name of the view"), self.name)

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {} if self.name.text().strip() else {"name": _("Give it a name, such as “Cafés gone quiet”.")}


def _day(field: QDateEdit) -> date:
    value = field.date()
    return date(value.year(), value.month(), value.day())


__all__ = ["MergeForm", "PurchaseForm", "TouchForm", "ViewForm"]
