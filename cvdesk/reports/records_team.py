"""The sheet for the staff's wall: what customers said in a week, in words and counts that anybody takes in at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue.records import Letterhead, Period
from cvdesk.feedback.store_tally import Tally


@dataclass(frozen=True, slots=True)
class Words:
    """What a customer said; name empty where nobody is named."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What most customers named as a problem: how many people, their words, and what is being done about it.

    theme empty: no problem is filed under a theme yet; then these are the latest words.
    """

    theme: str
    customers: int
    words: tuple[Words, ...]
    doing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vow:
    """A promise that waits to be kept. who: of the staff; customer: to whom."""

    text: str
    by: date
    who: str
    customer: str


@dataclass(frozen=True, slots=True)
class TeamSheet:
    """Everything the sheet says. shortened: the period chosen was longer, the sheet is of the last week all the same.

    rated, pleased: how many gave stars, how many of them four or five. done: what changed for the better lately.
    """

    letterhead: Letterhead
    today: date
    period: Period
    shortened: bool
    entries: int
    problems: int
    rated: int
    pleased: int
    trouble: Trouble | None
    praise: tuple[Words, ...]
    vows: tuple[Vow, ...]
    done: tuple[str, ...]
    tallies: tuple[Tally, ...]
    named: bool = True

    def without_names(self) -> TeamSheet:
        """No customer beside their words; those who are named in them are left out by `nobody_named`."""
        trouble = self.trouble and replace(self.trouble, words=tuple(Words(one.text) for one in self.trouble.words))
        return replace(
            self, trouble=trouble, praise=tuple(Words(one.text) for one in self.praise), named=False,
            vows=tuple(replace(vow, customer="") for vow in self.vows),
        )  # fmt: skip
