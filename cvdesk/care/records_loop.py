"""Telling customers what became of their words: who said what, who is told, and how well that is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from cvdesk.stats.intervals import Estimate
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import number, percent, whole

About = tuple[str, int]  # ("action" | "theme" | "complaint", id)
KINDS = ("action", "theme", "complaint")


@dataclass(frozen=True, slots=True)
class ToTell:
    """Something customers can be told about. kind: "action", "theme" or "complaint". since: the day it was done, for
    a theme today. `done`: whether it is done, not only begun or noticed."""  # fmt: skip

    kind: str
    id: int
    title: str
    waiting: int
    since: dt.date
    done: bool = True
    more: bool = False  # more wait than were counted


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer said, and when; table and id open it."""

    date: dt.date
    text: str
    table: str
    id: int


@dataclass(frozen=True, slots=True)
class Person:
    """A customer to tell, and how they are reached. `said`: their own words, newest first; none for those likely
    affected, of whom `why` says what they share. `channel`: how they like to be reached."""  # fmt: skip

    id: int
    name: str
    preferred_name: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    city: str = ""
    country: str = ""
    channel: str = ""
    said: tuple[Said, ...] = ()
    why: str = ""

    @property
    def called(self) -> str:
        """The name in the greeting."""
        return self.preferred_name or self.name

    @property
    def raised(self) -> bool:
        """Whether they said it themselves."""
        return bool(self.said)


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody something concerns. `done`: what was done, in the owner's words. `left_out`: id -> (name, why not).

    `told`: how many were told already; `anonymous`: what was said without a name, which nobody can be told about.
    `complaints`: customer -> their complaints of it that are put right and not told yet.
    """

    about: About
    title: str
    done: str = ""
    raised: tuple[Person, ...] = ()
    likely: tuple[Person, ...] = ()
    left_out: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    told: int = 0
    anonymous: int = 0
    complaints: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    ready: bool = True  # done, so that there is something to tell

    def person(self, customer_id: int) -> Person | None:
        """One of them."""
        return next((one for one in (*self.raised, *self.likely) if one.id == customer_id), None)


@dataclass(frozen=True, slots=True)
class Telling:
    """How and when they were told; `said`: what they answered. day: not to come. channel_id: by which way."""

    day: dt.date
    channel_id: int | None = None
    said: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LoopRate:
    """How many were told of those who raised something that was done since (Wilson), and how soon.

    days: median from done to told; waiting: still to be told; oldest: since when the first of them waits.
    """

    rate: Estimate
    days: float | None
    waiting: int
    oldest: dt.date | None

    def age(self, today: dt.date) -> int:
        """For how many days the first one has waited; 0 where nobody waits."""
        return 0 if self.oldest is None else (today - self.oldest).days


def rate_in_words(rate: LoopRate, today: dt.date) -> str:
    """How many were told, how soon, and for how long the first one waits; empty where nobody raised what was done."""
    said, share = [], rate.rate
    if share.value is not None and share.low is not None and share.high is not None:
        told = _("Told what you did: {share} of {n} who raised it ({low} to {high}).")
        ends = {"low": percent(share.low), "high": percent(share.high)}
        said.append(told.format(share=percent(share.value), n=whole(share.n), **ends))
        if rate.days is not None:
            days = ngettext("Half of them within {days} day.", "Half of them within {days} days.", round(rate.days))
            said.append(days.format(days=number(rate.days, 0)))
    if rate.waiting:
        wait = ngettext(
            "{count} customer waits to hear what you did, for {days} days.",
            "{count} customers wait to hear what you did, the longest for {days} days.",
            rate.waiting,
        )
        said.append(wait.format(count=whole(rate.waiting), days=whole(rate.age(today))))
    return " ".join(said)
