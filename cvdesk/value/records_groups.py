"""Value by product, group of customers, channel, form or quarter, with nobody to be recognised in it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from cvdesk.catalogue.records import Filter
from cvdesk.stats.intervals import NEED_PEOPLE, Estimate

Kind = Literal["offering", "segment", "channel", "form", "quarter"]
KINDS: tuple[Kind, ...] = ("offering", "segment", "channel", "form", "quarter")
GUARDED = "guarded"  # hidden only because a smaller group could be worked out from it

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that differs from the other groups' by more than chance would give.

    what: "net", "worth_it" or a lever; estimate: this group less the rest, above 0 is better for the customers.
    """

    what: str
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group. people: who answered anything; narrowed: the filter that shows it alone, None where there is none."""

    place: int
    name: str
    people: int
    net: Estimate
    worth_it: Estimate
    levers: Mapping[str, Estimate]
    differences: tuple[Difference, ...] = ()
    narrowed: Filter | None = None


@dataclass(frozen=True, slots=True)
class Groups:
    """Everybody together, then the groups that may be shown. small: groups hidden for having fewer than five people.

    guarded: groups hidden besides, since the small ones could be worked out from them. minute: figures of the
    one-minute form, a series of its own.
    """

    kind: Kind
    whole: GroupRow
    rows: tuple[GroupRow, ...]
    small: int
    guarded: int
    minute: bool


def to_hide(people: Mapping[K, int], hidden: Collection[int] = ()) -> tuple[set[K], set[K]]:
    """Groups of fewer than five people, and those hidden besides so that nobody can subtract (METHOD 1.4).

    What is hidden must be at least two groups of together five people, as the total of all is known: the smallest of
    the others join until it is so. hidden: people of groups that are hidden already, for another reason.
    """
    small = {key for key, count in people.items() if count < NEED_PEOPLE}
    more: set[K] = set()
    if small:
        others = sorted((key for key in people if key not in small), key=people.__getitem__, reverse=True)
        away = [*hidden, *(people[key] for key in small)]
        while others and (len(away) < 2 or sum(away) < NEED_PEOPLE):
            more.add(others.pop())
            away = [*hidden, *(people[key] for key in small | more)]
    return small, more
