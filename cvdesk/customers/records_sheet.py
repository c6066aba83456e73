"""What the sheet about one customer says: plain records, nothing of paper in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from cvdesk.catalogue.records import Letterhead
from cvdesk.customers.records import Customer
from cvdesk.customers.records_contact import LastContact, Rhythm
from cvdesk.customers.records_hidden import Hider
from cvdesk.customers.records_moments import Answer

WaitingKind = Literal["complaint", "answer", "promise", "contact", "step", "goal"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something promised or open. `number`: of a complaint, else 0. `due`: None where there is no day."""

    kind: WaitingKind
    text: str
    since: dt.date | None
    due: dt.date | None
    number: int = 0

    def late(self, today: dt.date) -> bool:
        """Whether its day has gone by."""
        return self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Spoken:
    """What they said, in their own words; `kind` as of an entry."""

    date: dt.date
    kind: str
    text: str
    rating: float | None
    channel: str


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint of theirs and how it stands or ended."""

    number: int
    date: dt.date
    text: str
    severity: str
    stage: str
    outcome: str | None
    resolution: str
    ended: dt.date | None
    cost_minor: int | None


@dataclass(frozen=True, slots=True)
class Bought:
    """What they bought. `months`: first day of each of the last twelve months and how often; `usual`: products."""

    count: int = 0
    spent_minor: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    months: tuple[tuple[dt.date, int], ...] = ()
    usual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Money and goods given to them in minor units; `open_minor`: vouchers that are still to be redeemed."""

    complaints_minor: int = 0
    gestures_minor: int = 0
    vouchers: int = 0
    vouchers_minor: int = 0
    open_minor: int = 0

    @property
    def anything(self) -> bool:
        """Whether anything was given."""
        return bool(self.complaints_minor or self.gestures_minor or self.vouchers)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of everything so far: `table` and `what` as on the card."""

    date: dt.date
    table: str
    what: str
    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the sheet says. `answers`: of their latest score sheet, of `sheets` in all, given on `answered`.

    `more`: how many events are older than those listed; `entries`: how often they said something. `named`: whether
    it may say who it is.
    """

    letterhead: Letterhead
    today: dt.date
    customer: Customer
    segment: str
    channel: str
    tags: tuple[str, ...]
    last: LastContact | None
    rhythm: Rhythm | None
    permission: str
    waiting: tuple[Waiting, ...]
    said: tuple[Spoken, ...]
    entries: int
    answers: tuple[Answer, ...]
    sheets: int
    answered: dt.date | None
    bought: Bought
    cases: tuple[Case, ...]
    given: GivenBack
    events: tuple[Event, ...]
    more: int
    other_names: tuple[str, ...] = ()
    named: bool = True

    @property
    def number(self) -> int:
        """The number of the customer in this file."""
        return self.customer.id or 0

    def without_names(self) -> Sheet:
        """The same without who it is: no name, no way to reach them, no address, no notes about the person."""
        hide = Hider(self.customer, self.other_names)
        blank = Customer(
            name=str(self.number), kind=self.customer.kind, since=self.customer.since, active=self.customer.active,
            id=self.customer.id, notes=hide(self.customer.notes),
        )  # fmt: skip
        return replace(
            self,
            customer=blank,
            tags=tuple(hide(tag) for tag in self.tags),
            permission=hide(self.permission),
            waiting=tuple(replace(one, text=hide(one.text)) for one in self.waiting),
            said=tuple(replace(one, text=hide(one.text)) for one in self.said),
            answers=tuple(replace(one, text=hide(one.text)) for one in self.answers),
            cases=tuple(replace(one, text=hide(one.text), resolution=hide(one.resolution)) for one in self.cases),
            events=tuple(replace(one, text=hide(one.text)) for one in self.events),
            other_names=(),
            named=False,
        )


__all__ = ["Bought", "Case", "Event", "GivenBack", "Sheet", "Spoken", "Waiting"]
