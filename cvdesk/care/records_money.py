"""Money given back in a period, for the books: what left the till, what vouchers still promise, every item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue.records import Letterhead, Period

REFUND, GESTURE = "refund", "gesture"
ISSUED, REDEEMED, EXPIRED, CANCELLED, AGAIN = "issued", "redeemed", "expired", "cancelled", "again"
VOUCHERS = (ISSUED, AGAIN, REDEEMED, EXPIRED, CANCELLED)
GIVEN = (REFUND, GESTURE, REDEEMED)  # what has left the till
_ADDS = {ISSUED: 1, AGAIN: 1, REDEEMED: -1, EXPIRED: -1, CANCELLED: -1}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the books. number: of the complaint or code of the voucher; minor: None without a money value.

    kind: REFUND, GESTURE or one of VOUCHERS; AGAIN: a voucher that had ended and was taken all the same, which `less`
    takes off again where it was noted as used before it was issued.
    """

    day: date
    kind: str
    number: str
    what: str
    customer: str
    minor: int | None
    less: bool = False

    @property
    def adds(self) -> int:
        """What it does to the vouchers that are open: 1 more, 1 less, or 0."""
        return -_ADDS.get(self.kind, 0) if self.less else _ADDS.get(self.kind, 0)


@dataclass(frozen=True, slots=True)
class Sum:
    """How many, how many of them without a money value, and what they are worth in minor units."""

    count: int = 0
    unpriced: int = 0
    minor: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.count + other.count, self.unpriced + other.unpriced, self.minor + other.minor)

    def __neg__(self) -> Sum:
        return Sum(-self.count, -self.unpriced, -self.minor)


@dataclass(frozen=True, slots=True)
class Month:
    """What was given back in a calendar month of the period, and what vouchers promised at its end."""

    first: date
    given: dict[str, Sum]
    closing: Sum


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """Everything the document says. opening: vouchers open on the eve of the period; items in order of their days."""

    letterhead: Letterhead
    today: date
    period: Period
    opening: Sum
    items: tuple[Item, ...]
    limited: bool = False
    named: bool = True

    def sum(self, *kinds: str) -> Sum:
        """All items of these kinds."""
        return added(self.items, kinds)

    @property
    def closing(self) -> Sum:
        """Vouchers still open at the end: what was open, and every item that changed it."""
        return _moved(self.opening, self.items)

    def months(self) -> tuple[Month, ...]:
        """Calendar months in which something happened, in their order."""
        found, balance = [], self.opening
        for first in sorted({item.day.replace(day=1) for item in self.items}):
            some = [item for item in self.items if item.day.replace(day=1) == first]
            balance = _moved(balance, some)
            found.append(Month(first, {kind: added(some, (kind,)) for kind in (*GIVEN, ISSUED)}, balance))
        return tuple(found)

    def without_names(self) -> MoneyBack:
        """Nobody named: neither customers nor what somebody wrote, in which a name may stand."""
        items = tuple(replace(item, customer="", what="") for item in self.items)
        return replace(self, items=items, named=False)


def added(items: Sequence[Item], kinds: Sequence[str]) -> Sum:
    """The items of these kinds together."""
    total = Sum()
    for item in items:
        if item.kind in kinds:
            total += -_one(item) if item.less else _one(item)
    return total


def _one(item: Item) -> Sum:
    return Sum(1, int(item.minor is None), item.minor or 0)


def _moved(balance: Sum, items: Sequence[Item]) -> Sum:
    for item in items:
        if item.adds:
            balance += _one(item) if item.adds > 0 else -_one(item)
    return balance
