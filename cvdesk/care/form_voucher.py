"""Forms of loyalty: a voucher for anybody, a reward's rule, the levels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QCheckBox, QLineEdit

from cvdesk.care.records_loyalty import PURCHASES, SPEND, YEARS, Rule, Tier, Tiers
from cvdesk.care.records_vouchers import NewVoucher
from cvdesk.catalogue.records import as_said
from cvdesk.customers.form_fields import CustomerLine, DayLine
from cvdesk.customers.store import Match
from cvdesk.kit.form import choice_field, text_field, words_field
from cvdesk.kit.side import SideForm
from cvdesk.kit.theme import Theme
from cvdesk.wording import _
from cvdesk.wording.amounts import read_amount
from cvdesk.wording.numbers import number

Find = Callable[[str], Sequence[Match]]
_NO_AMOUNT = _NO_COUNT = -1  # what cannot be read


@dataclass(frozen=True, slots=True)
class Currency:
    """How money is written: the code, and how many decimals an amount has."""

    code: str
    digits: int


def plain_amount(minor: int | None, currency: Currency) -> str:
    """An amount as it is typed into a field; "" for none."""
    return "" if minor is None else number(minor / 10**currency.digits, currency.digits)


class VoucherForm(SideForm):
    """One voucher, for a customer or for nobody in particular."""

    def __init__(
        self, theme: Theme, find: Find, today: date, currency: Currency, customer: tuple[int, str] | None = None
    ) -> None:
        super().__init__(theme)
        self._today, self._currency = today, currency
        self.gives = text_field("", _("A loaf of bread of your choice"))
        self.worth = text_field("", _("Not known"))
        self.customer = CustomerLine(find, *(customer or (None, "")))
        self.customer.setPlaceholderText(_("Anybody"))
        self.until = DayLine(_in_a_year(today))
        self.until.setPlaceholderText(_("No end"))
        self.reason = text_field()
        self.field("gives", _("What it gives"), self.gives)
        self.field("worth", _("What it is worth, in {currency}").format(currency=currency.code), self.worth)
        self.field("customer", _("For which customer"), self.customer)
        self.field("valid_until", _("Valid until"), self.until)
        self.field("reason", _("Why, for your own records"), self.reason)

    def record(self) -> NewVoucher:
        """The voucher as typed; what cannot be read is left out."""
        named = self.customer.customers()
        return NewVoucher(
            as_said(self.gives.text()), _worth(self.worth, self._currency), self._today, _day(self.until),
            named[0] if len(named) == 1 else None, reason=as_said(self.reason.text()),
        )  # fmt: skip

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = dict(self.record().problems())
        if _amount(self.worth, self._currency) == _NO_AMOUNT:
            found["worth"] = _("Write an amount, such as 4.50.")
        if self.customer.name() and len(self.customer.customers()) != 1:
            found["customer"] = _("Choose one of the customers that are offered, or nobody.")
        try:
            self.until.day()
        except ValueError:
            found["valid_until"] = _("Write a day, such as 12 Nov 2027.")
        return found


class RuleForm(SideForm):
    """A reward: what reaches it and what it gives."""

    def __init__(self, theme: Theme, rule: Rule, currency: Currency) -> None:
        super().__init__(theme)
        self._before, self._currency = rule, currency
        options: list[tuple[object, str]] = [
            (PURCHASES, _("Days on which they bought")), (YEARS, _("Years with you")), (SPEND, _("What they spent")),
        ]  # fmt: skip
        self.by = choice_field(options, rule.by)
        step = plain_amount(rule.step, currency) if rule.by == SPEND else str(rule.step)
        self.step = text_field(step if rule.step else "", _("For example 10"))
        self.every = QCheckBox(_("Again each time it is reached"))
        self.every.setChecked(rule.every)
        self.gives = text_field(rule.gives, _("A loaf of bread of your choice"))
        self.worth = text_field(plain_amount(rule.worth_minor, currency), _("Not known"))
        self.valid = text_field("" if rule.valid_days is None else str(rule.valid_days), _("No end"))
        self.field("by", _("What counts"), self.by)
        self.field("step", _("How many, or how much"), self.step)
        self.field("every", _("How often"), self.every)
        self.field("gives", _("What the customer gets"), self.gives)
        self.field("worth", _("What it is worth, in {currency}").format(currency=currency.code), self.worth)
        self.field("valid_days", _("Days the voucher is valid"), self.valid)

    def record(self) -> Rule:
        """The rule as typed; what cannot be read is below 0."""
        by = str(self.by.currentData())
        step = _amount(self.step, self._currency) if by == SPEND else _count(self.step)
        return Rule(
            by, step or 0, as_said(self.gives.text()), self._before.since, _worth(self.worth, self._currency),
            _count(self.valid), self.every.isChecked(), self._before.active, self._before.id,
        )  # fmt: skip

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = dict(self.record().problems())
        if _amount(self.worth, self._currency) == _NO_AMOUNT:
            found["worth"] = _("Write an amount, such as 4.50.")
        return found


class TiersForm(SideForm):
    """The levels, one a line: name and from how much on."""

    def __init__(self, theme: Theme, tiers: Tiers, currency: Currency) -> None:
        super().__init__(theme)
        self._currency = currency
        options: list[tuple[object, str]] = [
            (PURCHASES, _("Days with a purchase in a year")), (SPEND, _("What they spent in a year")),
            (YEARS, _("Years with you")),
        ]  # fmt: skip
        self.by = choice_field(options, tiers.by)
        shown = [f"{tier.name} {self._shown(tiers.by, tier.starts)}" for tier in tiers.steps]
        self.steps = words_field("\n".join(shown), lines=6)
        self.steps.setPlaceholderText(_("Bronze 5\nSilver 20\nGold 40"))
        self.field("by", _("What counts"), self.by)
        self.field("steps", _("One a line: its name and from how many"), self.steps)

    def record(self) -> Tiers:
        """The levels as typed; a beginning that cannot be read is below 0."""
        by = str(self.by.currentData())
        made = []
        for typed in self.steps.toPlainText().splitlines():
            name, _gap, start = typed.strip().rpartition(" ")
            if typed.strip():
                made.append(Tier(name.strip(), self._read(by, start)))
        return Tiers(by, tuple(sorted(made, key=lambda tier: tier.starts)))

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return dict(self.record().problems())

    def _shown(self, by: str, starts: int) -> str:
        return plain_amount(starts, self._currency) if by == SPEND else str(starts)

    def _read(self, by: str, text: str) -> int:
        try:
            found = read_amount(text, self._currency.digits if by == SPEND else 0)
        except ValueError:
            return _NO_AMOUNT
        return _NO_AMOUNT if found is None else found


def _amount(field: QLineEdit, currency: Currency) -> int | None:
    """Minor units; None for an empty field, below 0 for what is no amount."""
    try:
        return read_amount(field.text(), currency.digits)
    except ValueError:
        return _NO_AMOUNT


def _worth(field: QLineEdit, currency: Currency) -> int | None:
    found = _amount(field, currency)
    return None if found == _NO_AMOUNT else found


def _count(field: QLineEdit) -> int | None:
    typed = field.text().strip()
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else _NO_COUNT


def _day(field: DayLine) -> date | None:
    try:
        return field.day()
    except ValueError:
        return None


def _in_a_year(today: date) -> date:
    return today + timedelta(days=365)


__all__ = ["Currency", "RuleForm", "TiersForm", "VoucherForm", "plain_amount"]
