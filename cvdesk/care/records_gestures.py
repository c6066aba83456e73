"""A gesture: something small for a customer that nobody asked for; its budget, and whether it is shared fairly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cvdesk.wording import _

FEW = 5  # groups smaller than this are not shown: a share of two people says nothing (METHOD 1.4)
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Gesture:
    """A gesture to be noted. what: in the owner's words; cost_minor: what it cost the business, in minor units.

    over_why: why it goes beyond the budget; asked for only then.
    """

    customer_id: int
    what: str
    day: date
    cost_minor: int | None = None
    staff_id: int | None = None
    why: str = ""
    complaint_id: int | None = None
    over_why: str = ""

    def problems(self) -> Mapping[str, str]:
        """What is wrong, by field; empty when it can be saved."""
        found: dict[str, str] = {}
        if not self.what.strip():
            found["what"] = _("Say what it was, such as a bunch of flowers.")
        elif len(self.what) > _LONGEST:
            found["what"] = _("Shorten this to a line or two.")
        return found

    def note(self) -> str:
        """What the customer's card shows: what, and below it why."""
        return "\n".join(part for part in (self.what.strip(), self.why.strip(), self.over_why.strip()) if part)


@dataclass(frozen=True, slots=True)
class Given:
    """A gesture that was made."""

    id: int
    customer_id: int
    customer: str
    day: date
    what: str
    why: str
    cost_minor: int | None
    staff: str
    complaint_id: int | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The budget of a month in minor units, None: none was set; and how much of it each member of staff may give."""

    month_minor: int | None = None
    staff: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StaffShare:
    """What a member of staff gave this month, and what she may; limit None: no limit of her own."""

    staff_id: int
    name: str
    spent_minor: int
    limit_minor: int | None


@dataclass(frozen=True, slots=True)
class Budget:
    """The month's budget: how much of it is gone, in how many gestures, and by whom."""

    limits: Limits
    spent_minor: int
    gestures: int
    staff: tuple[StaffShare, ...]

    @property
    def left_minor(self) -> int | None:
        """What is left, below 0 where more was given; None without a budget."""
        return None if self.limits.month_minor is None else self.limits.month_minor - self.spent_minor

    def over(self, cost_minor: int | None, staff_id: int | None = None) -> int:
        """By how much a gesture would go beyond the month's budget, or that of who gives it; 0 where it does not."""
        cost = cost_minor or 0
        beyond = 0 if self.left_minor is None else cost - max(self.left_minor, 0)
        share = next((one for one in self.staff if one.staff_id == staff_id), None)
        if share is not None and share.limit_minor is not None:
            beyond = max(beyond, cost - max(share.limit_minor - share.spent_minor, 0))
        return max(beyond, 0) if cost else 0


@dataclass(frozen=True, slots=True)
class GroupShare:
    """How many customers of a group got a gesture in twelve months. hidden: too few customers to say."""

    name: str
    customers: int
    reached: int
    cost_minor: int

    @property
    def hidden(self) -> bool:
        """Whether there are too few customers to say anything."""
        return self.customers < FEW

    @property
    def share(self) -> float:
        """0-1 of its customers."""
        return self.reached / self.customers if self.customers else 0.0


@dataclass(frozen=True, slots=True)
class Fairness:
    """Who got gestures in the last twelve months: by how groups are made (segment, how long, what they buy).

    after_complaints: gestures for those who complained in the weeks before; of all `gestures`.
    """

    segments: tuple[GroupShare, ...]
    new_and_old: tuple[GroupShare, ...]
    by_worth: tuple[GroupShare, ...]
    gestures: int
    after_complaints: int

    @property
    def only_complaints(self) -> bool:
        """Whether mostly those who complain are given something: at least five gestures, two thirds of them."""
        return self.gestures >= FEW and 3 * self.after_complaints >= 2 * self.gestures


@dataclass(frozen=True, slots=True)
class Idea:
    """An occasion for a gesture, and what is known. sort: "birthday", "years", "purchases", "complaint" or "note"."""

    customer_id: int
    customer: str
    sort: str
    occasion: str
    about: str = ""
    complaint_id: int | None = None


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Money given back in a period, in minor units, each with how many: for the accountant.

    refunds: costs of putting complaints right; open: vouchers that can still be used at the period's end.
    """

    refunds: int
    refunds_minor: int
    gestures: int
    gestures_minor: int
    issued: int
    issued_minor: int
    redeemed: int
    redeemed_minor: int
    open: int
    open_minor: int

    @property
    def total_minor(self) -> int:
        """What has left the till: refunds, gestures and vouchers that were used; not what may still be used."""
        return self.refunds_minor + self.gestures_minor + self.redeemed_minor


__all__ = [
    "FEW", "Budget", "Fairness", "Gesture", "Given", "GivenBack", "GroupShare", "Idea", "Limits", "StaffShare",
]  # fmt: skip
