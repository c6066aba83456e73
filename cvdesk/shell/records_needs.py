"""What waits for the owner, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvdesk.trends.radar import Signal

CARE_SORTS = ("told", "review", "look", "check_in", "onboarding", "goal", "milestone")
SORTS = ("safety", "complaints", "promises", "signal", "tell", "answer", *CARE_SORTS)


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for the owner. `sort`: one of SORTS; `late`: its day has passed.

    `date` is the day it is about or due; `step`: acknowledge or resolve, for a complaint; `answers`: what is known so
    far of a safety mark; `staff`: who promised. `number`: of the complaint, or how many customers are to be told.
    `own`: the id of what is done or put off in place; None where it can only be opened.
    """

    sort: str
    table: str
    record: object
    words: str = ""
    customer: str = ""
    date: date | None = None
    late: bool = False
    number: int = 0
    step: str = ""
    staff: str = ""
    about: str = ""
    answers: tuple[str, str, str] = ("", "", "")
    signal: Signal | None = None
    own: int | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """The most pressing things first, and how many there are of each sort in all."""

    first: tuple[Need, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    def joined(self, news: Sequence[Need]) -> Needs:
        """With signals of the trends, after whatever is late."""
        # What is late further down, such as a check-in, stays below what else waits.
        late = sum(1 for _need in takewhile(lambda need: need.sort == "safety" or need.late, self.first))
        first = (*self.first[:late], *news, *self.first[late:])
        return Needs(first, {**self.counts, "signal": len(news)} if news else self.counts)

    @property
    def total(self) -> int:
        """How many things wait in all."""
        return sum(self.counts.values())

    def beyond(self, shown: int) -> dict[str, int]:
        """How many wait of each sort beyond the first so many, sorts with none left out."""
        seen = self.first[:shown]
        left = {
            sort: count - sum(max(1, need.number) if sort == "tell" else 1 for need in seen if need.sort == sort)
            for sort, count in self.counts.items()
        }
        return {sort: count for sort, count in left.items() if count > 0}
