"""A customer with contacts, and the forms in which names, e-mail addresses and phone numbers are compared."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import match_key
from cvdesk.wording import _

KINDS = ("person", "organisation")
CONTACT_KINDS = ("email", "phone", "web")
MAY_WRITE = ("", "yes", "no")
_EMAIL = re.compile(r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\.[^\s@,;:<>().]{2,}")
# British numbers that the regulator keeps free for stories: nobody has them, but they are no slip of the pen.
_INVENTED = re.compile(r"\+44(7700900|1632960)\d{3}")
_PHONE = re.compile(r"\+?[\d\s()./-]{6,24}")


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a customer: an e-mail address, a phone number or a web address."""

    kind: str
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """A person or an organisation. `tags` are ids; `nicknames` are other names the owner uses.

    `may_write`: "yes", "no", or "" where nobody asked; since when, and how that is known.
    """

    name: str
    kind: str = "person"
    preferred_name: str = ""
    organisation: str = ""
    preferred_channel_id: int | None = None
    segment_id: int | None = None
    since: date | None = None
    birthday: date | None = None
    address: str = ""
    city: str = ""
    country: str = ""
    notes: str = ""
    source_id: str | None = None
    active: bool = True
    contacts: tuple[Contact, ...] = ()
    nicknames: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    id: int | None = None
    may_write: str = ""
    may_write_on: date | None = None
    may_write_how: str = ""

    @property
    def called(self) -> str:
        """The name to use in letters."""
        return self.preferred_name or self.name


def is_email(text: str) -> bool:
    """Whether the text has the form of an e-mail address."""
    return _EMAIL.fullmatch(text.strip()) is not None


def is_phone(text: str) -> bool:
    """Whether the text has the form of a phone number: six digits or more and nothing but digits and their marks."""
    text = text.strip()
    return _PHONE.fullmatch(text) is not None and sum(mark.isdigit() for mark in text) >= 6


def phone_key(text: str, country: str) -> str:
    """A phone number as it is compared: E.164 where it can be read for the country, else its digits."""
    import phonenumbers

    try:
        read = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return "".join(mark for mark in text if mark.isdigit())
    return str(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164))


def phone_shown(text: str, country: str) -> tuple[str, bool]:
    """(a phone number as people of the country write it, whether such a number can exist).

    Numbers of other countries are shown with their country; what cannot be a number stays as it was typed.
    """
    import phonenumbers

    try:
        read = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return text, False
    forms = phonenumbers.PhoneNumberFormat
    invented = _INVENTED.fullmatch(phonenumbers.format_number(read, forms.E164)) is not None
    if not invented and not phonenumbers.is_valid_number(read):
        return text, False
    at_home = ("GB" if invented else phonenumbers.region_code_for_number(read)) == country
    return str(phonenumbers.format_number(read, forms.NATIONAL if at_home else forms.INTERNATIONAL)), True


def contact_key(kind: str, value: str, country: str) -> str:
    """A contact as it is compared: e-mail case-folded, phone as E.164, web address without scheme and last slash."""
    value = value.strip()
    if kind == "phone":
        return phone_key(value, country)
    if kind == "web":
        return value.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return value.casefold()


def problems(customer: Customer, today: date | None = None) -> dict[str, str]:
    """What is wrong with a customer, by field; empty when it can be saved."""
    found: dict[str, str] = {}
    if not match_key(customer.name):
        found["name"] = _("A customer needs a name.")
    if customer.kind not in KINDS:
        found["kind"] = _("Choose person or organisation.")
    for field, day in (
        ("since", customer.since),
        ("birthday", customer.birthday),
        ("may_write_on", customer.may_write_on),
    ):
        if day is not None and today is not None and day > today:
            found[field] = _("This day is still to come.")
    for contact in customer.contacts:
        wrong = _contact_problem(contact)
        if wrong:
            found["contacts"] = wrong
    return found


def _contact_problem(contact: Contact) -> str:
    if contact.kind not in CONTACT_KINDS:
        return _("Choose e-mail, phone or web address.")
    if contact.kind == "email" and not is_email(contact.value):
        return _("“{value}” is not a complete e-mail address.").format(value=contact.value)
    if contact.kind == "phone" and sum(mark.isdigit() for mark in contact.value) < 3:
        return _("“{value}” is no phone number.").format(value=contact.value)
    if not contact.value.strip():
        return _("A web address cannot be empty.")
    return ""


@dataclass(frozen=True, slots=True)
class Touch:
    """A contact with a customer that is no feedback: phoned, met, wrote. kind: as in the table of touches."""

    customer_id: int
    date: dt.date
    kind: str = "contact"
    channel_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Purchase:
    """Something a customer bought; the amount in minor units, the product by name."""

    customer_id: int
    date: dt.date
    amount_minor: int | None = None
    offering: str = ""
    note: str = ""


def touch_problems(touch: Touch, today: date) -> dict[str, str]:
    """What is wrong with a contact, by field."""
    return {"date": _("This day is still to come.")} if touch.date > today else {}


def purchase_problems(purchase: Purchase, today: date) -> dict[str, str]:
    """What is wrong with a purchase, by field."""
    found: dict[str, str] = {}
    if purchase.date > today:
        found["date"] = _("This day is still to come.")
    if purchase.amount_minor is not None and purchase.amount_minor < 0:
        found["amount"] = _("An amount cannot be below zero.")
    return found
