"""The form for one customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit

from cvdesk.catalogue.records import Named, as_name, as_said
from cvdesk.customers import records
from cvdesk.customers.form_fields import DayLine, labelled, listed, with_label
from cvdesk.customers.records import Contact, Customer
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import choice_field, text_field, words_field
from cvdesk.kit.theme import Theme
from cvdesk.wording import _


class CustomerForm(DraftForm):
    """`record()` gives the customer as typed, without group and tags: these are names, which may be new.

    What nobody touched comes back as it was, also where the line would be read otherwise: a nickname with a comma.
    """

    def __init__(
        self, theme: Theme, segments: Sequence[Named], tags: Sequence[Named], channels: Sequence[Named] = ()
    ) -> None:
        super().__init__(theme)
        self._segments, self._tags = segments, tags
        self._before = Customer(name="")
        self._shown: dict[str, str] = {}  # what the fields said when the customer was shown
        self.name = text_field()
        self.kind = choice_field([("person", _("Person")), ("organisation", _("Organisation"))])
        self.preferred = text_field("", _("As the name above"))
        self.organisation = text_field()
        self.email = text_field("", _("Several are parted by commas"))
        self.phone = text_field("", _("020 7946 0018 (shop), …"))
        self.channel = choice_field([(None, _("Not said")), *((one.id, one.name) for one in channels)])
        self.segment = QComboBox()
        self.segment.setEditable(True)
        self.segment.addItems(["", *(segment.name for segment in segments)])
        typed = self.segment.lineEdit()
        assert typed is not None
        typed.setPlaceholderText(_("None; a new name makes a new group"))
        self.since = DayLine()
        self.address = text_field()
        self.city = text_field()
        self.country = text_field()
        self.tags = text_field("", _("Parted by commas"))
        self.nicknames = text_field("", _("Parted by commas"))
        self.birthday = DayLine()
        self.active = choice_field([(True, _("Yes")), (False, _("No"))])
        self.may_write = choice_field([("", _("Nobody asked")), ("yes", _("Yes")), ("no", _("No"))])
        self.may_write_on = DayLine()
        self.may_write_how = text_field("", _("On the order form, said at the counter, …"))
        self.notes = words_field(lines=3)
        self._arrange()

    def _arrange(self) -> None:
        self.field("name", _("Name"), self.name)
        self.field("kind", _("Kind"), self.kind)
        self.field("preferred_name", _("Name used in letters"), self.preferred)
        self.field("email", _("E-mail"), self.email)
        self.field("phone", _("Phone"), self.phone)
        self.field("segment", _("Group"), self.segment)
        self.field("since", _("Customer since"), self.since)
        self.field("organisation", _("Organisation"), self.organisation)
        self.field("channel", _("Best reached by"), self.channel)
        self.field("may_write", _("May we write?"), self.may_write)
        self.field("may_write_on", _("Since when"), self.may_write_on)
        self.field("may_write_how", _("How we know"), self.may_write_how)
        self.field("address", _("Address"), self.address)
        self.field("city", _("Town"), self.city)
        self.field("country", _("Country"), self.country)
        self.field("tags", _("Tags"), self.tags)
        self.field("nicknames", _("Also known as"), self.nicknames)
        self.field("birthday", _("Birthday"), self.birthday)
        self.field("active", _("Still a customer"), self.active)
        self.field("notes", _("Staff notes"), self.notes)
        self.hint("notes", _("They may ask to see what you write about them."))

    def load(self, customer: Customer) -> None:
        """Shows a customer."""
        self._before = customer
        for field, value in (
            (self.name, customer.name), (self.preferred, customer.preferred_name), (self.city, customer.city),
            (self.address, customer.address), (self.nicknames, ", ".join(customer.nicknames)),
            (self.email, _joined(customer, "email")), (self.phone, _joined(customer, "phone")),
            (self.organisation, customer.organisation), (self.country, customer.country),
            (self.may_write_how, customer.may_write_how),
            (self.tags, ", ".join(tag.name for tag in self._tags if tag.id in customer.tags)),
        ):  # fmt: skip
            _fill(field, value)
        self.kind.setCurrentIndex(self.kind.findData(customer.kind))
        self.active.setCurrentIndex(self.active.findData(customer.active))
        self.channel.setCurrentIndex(max(0, self.channel.findData(customer.preferred_channel_id)))
        group = next((segment.name for segment in self._segments if segment.id == customer.segment_id), "")
        self.segment.setCurrentText(group)
        self.may_write.setCurrentIndex(self.may_write.findData(customer.may_write))
        for line, day in (
            (self.since, customer.since), (self.birthday, customer.birthday),
            (self.may_write_on, customer.may_write_on),
        ):  # fmt: skip
            _fill(line, DayLine(day).text())
        self.notes.setPlainText(customer.notes)
        self._shown = self.texts()

    def record(self) -> Customer:
        """The customer as typed; days that cannot be read are left as they were."""
        before = self._before
        typed = {
            "name": as_name(self.name.text()),
            "preferred_name": as_name(self.preferred.text()),
            "since": _day_or(self.since, before.since),
            "birthday": _day_or(self.birthday, before.birthday),
            "may_write_on": _day_or(self.may_write_on, before.may_write_on),
            "may_write_how": as_said(self.may_write_how.text()),
            "organisation": as_name(self.organisation.text()),
            "city": as_name(self.city.text()),
            "address": as_name(self.address.text()),
            "country": as_name(self.country.text()),
            "nicknames": listed(self.nicknames.text()),
            "notes": as_said(self.notes.toPlainText()),
        }
        changed: dict[str, Any] = {field: value for field, value in typed.items() if self._touched(field)}
        if not self.may_write.currentData():
            changed |= {"may_write_on": None, "may_write_how": ""}
        return replace(
            before,
            **changed,
            may_write=self.may_write.currentData(),
            kind=self.kind.currentData(),
            contacts=(*self._contacts("email"), *self._contacts("phone"), *self._contacts("web")),
            preferred_channel_id=self.channel.currentData(),
            active=self.active.currentData(),
        )

    def segment_name(self) -> str:
        """The group as typed."""
        return as_name(self.segment.currentText())

    def tag_names(self) -> tuple[str, ...]:
        """The tags as typed."""
        if self._touched("tags"):
            return listed(self.tags.text())
        return tuple(tag.name for tag in self._tags if tag.id in self._before.tags)

    def problems(self, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        customer = self.record()
        found = records.problems(customer, today)
        found.pop("contacts", None)
        for field in filter(self._touched, ("email", "phone")):
            some = tuple(contact for contact in customer.contacts if contact.kind == field)
            wrong = records.problems(Customer(name="-", contacts=some)).get("contacts")
            if wrong:
                found[field] = wrong
        for field, line in (
            ("since", self.since),
            ("birthday", self.birthday),
            ("may_write_on", self.may_write_on),
        ):
            try:
                if self._touched(field):
                    line.day()
            except ValueError:
                found[field] = _("Write the day with its year, such as 1 Mar 2024.")
        return {field: found[field] for field in self._fields if field in found}

    def forget_record(self) -> None:
        """The record is gone: what the form says makes a new one."""
        self._before = replace(self._before, id=None)

    def _touched(self, field: str) -> bool:
        """Whether a field says something else than when the customer was shown."""
        return self.texts()[field] != self._shown.get(field, "")

    def _contacts(self, kind: str) -> tuple[Contact, ...]:
        field = {"email": self.email, "phone": self.phone}.get(kind)
        if field is None or not self._touched(kind):
            return tuple(contact for contact in self._before.contacts if contact.kind == kind)
        return tuple(Contact(kind, *labelled(item)) for item in listed(field.text()))


def _joined(customer: Customer, kind: str) -> str:
    return ", ".join(with_label(one.value, one.label) for one in customer.contacts if one.kind == kind)


def _fill(field: QLineEdit, value: str) -> None:
    field.setText(value)
    field.setCursorPosition(0)


def _day_or(line: DayLine, before: date | None) -> date | None:
    try:
        return line.day()
    except ValueError:
        return before


__all__ = ["CustomerForm"]
