"""Everything that is known of one complaint, to be handed to somebody who has to judge it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from cvdesk.catalogue.records import Letterhead
from cvdesk.complaints.records import Complaint
from cvdesk.customers.records import Customer
from cvdesk.customers.records_hidden import Hider, nothing_hidden


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as it was taken; `who` is empty where nobody was noted."""

    stage: str
    date: dt.date
    time: str
    who: str
    note: str
    cost_minor: int | None


@dataclass(frozen=True, slots=True)
class Contacted:
    """A contact about it: `kind` as of a contact, `said` what the customer answered."""

    kind: str
    date: dt.date
    channel: str
    who: str
    note: str
    said: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Another complaint of the same chain."""

    number: int
    date: dt.date
    customer: str
    text: str
    stage: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A change as the file keeps it: the UTC instant, by whom, and what it was, a sentence each."""

    at: str
    who: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An attachment under the name it has in the pack; `original` as it was attached."""

    name: str
    original: str
    media_type: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The pack. `entry_*`: the feedback it grew out of, `promise`: made then; `vouchers`: given because of it, code and
    worth; `version`, `file_name`: what made the pack and of which file; `others`: further names of the customer.
    """

    letterhead: Letterhead
    today: dt.date
    complaint: Complaint
    customer: Customer | None
    others: tuple[str, ...]
    channel: str
    offering: str
    handler: str
    themes: tuple[str, ...]
    entry_date: dt.date | None
    entry_text: str
    promise: str
    promised_by: dt.date | None
    steps: tuple[Taken, ...]
    chain: tuple[Linked, ...]
    contacts: tuple[Contacted, ...]
    changes: tuple[Changed, ...]
    files: tuple[Kept, ...]
    vouchers: tuple[tuple[str, int | None], ...]
    version: str
    file_name: str
    named: bool = True

    def without_names(self) -> Evidence:
        """The same without the customer, as far as names, numbers and addresses can be found in what was written.

        Attachments stay behind but for their type and checksum: nobody can say what a picture shows.
        """
        hide: Callable[[str], str] = nothing_hidden if self.customer is None else Hider(self.customer, self.others)
        said = self.complaint
        return replace(
            self,
            complaint=replace(said, text=hide(said.text), cause=hide(said.cause), resolution=hide(said.resolution)),
            customer=None if self.customer is None else Customer(name=str(self.customer.id), id=self.customer.id),
            others=(),
            entry_text=hide(self.entry_text),
            promise=hide(self.promise),
            steps=tuple(replace(one, note=hide(one.note)) for one in self.steps),
            chain=tuple(replace(one, customer="", text=hide(one.text)) for one in self.chain),
            contacts=tuple(replace(one, note=hide(one.note), said=hide(one.said)) for one in self.contacts),
            changes=tuple(replace(one, lines=tuple(map(hide, one.lines))) for one in self.changes),
            files=tuple(replace(one, original="") for one in self.files),
            named=False,
        )


__all__ = ["Changed", "Contacted", "Evidence", "Kept", "Linked", "Taken"]
