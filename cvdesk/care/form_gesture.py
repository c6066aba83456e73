"""Forms of gestures: one that is made, and the budget of a month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel

from cvdesk.care.form_voucher import Currency, plain_amount
from cvdesk.care.records_gestures import Budget, Gesture, Idea, Limits
from cvdesk.catalogue.records import as_said
from cvdesk.customers.form_fields import CustomerLine
from cvdesk.customers.store import Match
from cvdesk.kit.form import choice_field, date_field, text_field
from cvdesk.kit.side import SideForm
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, label
from cvdesk.wording import _
from cvdesk.wording.amounts import read_amount
from cvdesk.wording.numbers import money

Find = Callable[[str], Sequence[Match]]


class GestureForm(SideForm):
    """For whom, what, what it cost, who gave it, why. Beyond the budget it asks for the reason."""

    def __init__(
        self, theme: Theme, find: Find, today: date, currency: Currency, budget: Budget, idea: Idea | None = None,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(theme)
        self._currency, self._budget = currency, budget
        self._complaint = None if idea is None else idea.complaint_id
        self.customer = CustomerLine(find, *((None, "") if idea is None else (idea.customer_id, idea.customer)))
        self.what = text_field("", _("A bunch of flowers"))
        self.cost = text_field("", _("Nothing"))
        self.day = date_field(QDate(today.year, today.month, today.day))
        people: list[tuple[object, str]] = [(None, _("Nobody in particular"))]
        people += [(one.staff_id, one.name) for one in budget.staff]
        self.staff = choice_field(people, staff_id)
        self.why = text_field("" if idea is None else idea.occasion)
        self.over = text_field()
        if idea is not None and idea.about:
            self.rows.addRow(label(theme, idea.about, NOTE, tone="quiet", wrap=True))
        self.field("customer", _("For whom"), self.customer)
        self.field("what", _("What"), self.what)
        self.field("cost", _("What it costs you, in {currency}").format(currency=currency.code), self.cost)
        self.warning = label(theme, "", NOTE, tone="bad", wrap=True)
        self.rows.addRow(self.warning)
        self.field("over", _("Beyond the budget because"), self.over)
        self.field("date", _("Day"), self.day)
        self.field("staff", _("Who gives it"), self.staff)
        self.field("why", _("Why"), self.why)
        self._over_name = next(one for one in self.findChildren(QLabel) if one.buddy() is self.over)
        self.cost.textEdited.connect(lambda _text: self._warn())
        self.staff.currentIndexChanged.connect(lambda _place: self._warn())
        self._warn()

    def record(self) -> Gesture:
        """The gesture as typed; customer 0 where nobody is named."""
        named, on = self.customer.customers(), self.day.date()
        over = as_said(self.over.text()) if self._beyond() else ""
        return Gesture(
            named[0] if len(named) == 1 else 0, as_said(self.what.text()), date(on.year(), on.month(), on.day()),
            self._cost(), self.staff.currentData(), as_said(self.why.text()), self._complaint, over,
        )  # fmt: skip

    def problems(self, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        gesture = self.record()
        found = dict(gesture.problems())
        if not gesture.customer_id:
            found = {"customer": _("Choose one of the customers that are offered."), **found}
        if gesture.day > today:
            found["date"] = _("This day has not come yet.")
        try:
            read_amount(self.cost.text(), self._currency.digits)
        except ValueError:
            found["cost"] = _("Write an amount, such as 4.50.")
        if self._beyond() and not gesture.over_why:
            found["over"] = _("Say why this once.")
        return found

    def _cost(self) -> int | None:
        try:
            return read_amount(self.cost.text(), self._currency.digits)
        except ValueError:
            return None

    def _beyond(self) -> int:
        return self._budget.over(self._cost(), self.staff.currentData())

    def _warn(self) -> None:
        """Said while the amount is typed: beyond the budget is allowed, with a reason."""
        beyond = self._beyond()
        if beyond:
            amount = money(beyond, self._currency.code)
            self.warning.setText(_("{amount} more than the budget has left.").format(amount=amount))
        self.warning.setVisible(bool(beyond))
        for shown in (self.over, self._over_name):
            shown.setVisible(bool(beyond))


class BudgetForm(SideForm):
    """What gestures may cost in a month, and how much of it each member of staff may give."""

    def __init__(self, theme: Theme, budget: Budget, currency: Currency) -> None:
        super().__init__(theme)
        self._currency, self._staff = currency, budget.staff
        self.month = text_field(plain_amount(budget.limits.month_minor, currency), _("No budget"))
        self.field("month", _("In a month, in {currency}").format(currency=currency.code), self.month)
        self.each = {}
        for one in budget.staff:
            limit = plain_amount(one.limit_minor, currency)
            self.each[one.staff_id] = text_field(limit, _("As much as there is"))
            name = _("Of it, {name} alone may give").format(name=one.name)
            self.field(f"staff {one.staff_id}", name, self.each[one.staff_id])

    def record(self) -> Limits:
        """The budget as typed; raises ValueError for what is no amount."""
        digits = self._currency.digits
        staff = {one: read_amount(field.text(), digits) for one, field in self.each.items()}
        return Limits(
            read_amount(self.month.text(), digits), {one: minor for one, minor in staff.items() if minor is not None}
        )

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        for key, field in (("month", self.month), *((f"staff {one}", field) for one, field in self.each.items())):
            try:
                read_amount(field.text(), self._currency.digits)
            except ValueError:
                found[key] = _("Write an amount, such as 50.")
        return found


__all__ = ["BudgetForm", "GestureForm"]
