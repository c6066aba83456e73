"""A document as it is offered, as it is wanted, and as it was made. Nothing of paper or window in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cvdesk.catalogue.records import Filter
    from cvdesk.db import Queries

# What a document is about beside the filter: the table its record is in; empty for the whole business.
About = Literal["", "customers", "complaints", "surveys", "actions", "gatherings", "care_plans"]
Group = Literal["figures", "people", "counter", "money"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document as chosen. `about`: id of the record it is about, None for all or for the one there is.

    `names`: with customers' names; `left_out`: keys of sections switched off; `fillable`: to fill in on the screen.
    """

    kind: str
    filter: Filter
    today: date
    paper: str = "a4"
    names: bool = True
    about: int | None = None
    left_out: frozenset[str] = frozenset()
    fillable: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A document: the PDF, and what belongs beside it (name and content), such as the files of an evidence pack."""

    pdf: bytes
    beside: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part that can be left out."""

    key: str
    title: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One document of the gallery and of `cvdesk report --kind`.

    `make` gathers and draws, in a job or on the command line; UserError where there is nothing to print.
    `about`: what has to be chosen (`needed`) or may be; `periodic`: it follows the filter; `named`: customers may be
    named in it, and names can be left out; `people`: it names some whatever is chosen, such as those it is
    sent to; `kept`: it is kept to be printed again as it was.
    """

    key: str
    group: Group
    title: Callable[[], str]
    contents: Callable[[], str]
    make: Callable[[Queries, Wanted], Made]
    sections: tuple[Section, ...] = ()
    about: About = ""
    needed: bool = False
    periodic: bool = True
    named: bool = True
    people: bool = False
    kept: bool = True
    fillable: bool = False
