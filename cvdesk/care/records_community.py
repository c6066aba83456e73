"""People who speak for the business, groups that meet, who sent whom, what was said and done, questions that recur."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import date

from cvdesk.wording import _

STATES = ("invited", "coming", "came", "declined")  # what an invited customer said, and whether they came
POSTER_PAIRS = 6  # as many as are read in passing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be asked to speak for the business, and why; `praise`: their latest words, to look at."""

    customer_id: int
    name: str
    reasons: tuple[str, ...]
    praise: str


@dataclass(frozen=True, slots=True)
class Advocate:
    """A customer who speaks for the business. Nothing of them goes on paper without their consent.

    may_quote: their words may be used; may_name: with their name; consent_on, consent_how: when and how they said so.
    """

    customer_id: int
    since: date
    may_quote: bool = False
    may_name: bool = False
    consent_on: date | None = None
    consent_how: str = ""
    note: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class AdvocateRow:
    """An advocate with their name, how many words of praise there are, and how many customers they sent."""

    advocate: Advocate
    name: str
    praise: int
    sent: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that may be used. `name`: empty where they may not be named."""

    entry_id: int
    customer_id: int
    date: date
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """Customers who belong together, such as a tasting panel."""

    name: str
    note: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with how many belong to it and when it meets next, or met last."""

    group: Group
    members: int
    meets: date | None


@dataclass(frozen=True, slots=True)
class Member:
    """A customer in a group."""

    customer_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event on a day, for a group or for anybody."""

    name: str
    date: date
    group_id: int | None = None
    note: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class GatheringRow:
    """An event with its group's name and how many were invited, are coming and came."""

    gathering: Gathering
    group: str
    invited: int
    coming: int
    came: int


@dataclass(frozen=True, slots=True)
class Guest:
    """A customer on the list of an event; `state`: one of STATES; `id`: of the attendance."""

    id: int
    customer_id: int
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Referral:
    """A customer sent somebody: a customer in the file, or only a name. `thanked`: on which day."""

    customer_id: int
    date: dt.date
    referred_id: int | None = None
    name: str = ""
    thanked: dt.date | None = None
    note: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral with both names; `sent`: how many this customer sent all in all."""

    referral: Referral
    customer: str
    referred: str
    sent: int


@dataclass(frozen=True, slots=True)
class Pair:
    """What customers said and what was done about it, for the poster. `held_back`: why it stays off it, in words."""

    said: str
    did: str
    date: date
    action_id: int | None = None
    shown: bool = True
    id: int | None = None
    held_back: str = ""


@dataclass(frozen=True, slots=True)
class Faq:
    """A question with the owner's answer. `answered`: how many people were answered this year who asked it.

    `held_back`: why it stays off paper though it is to be shown, in words; empty where nothing is against it.
    """

    question: str
    answer: str = ""
    theme_id: int | None = None
    place: int = 0
    shown: bool = True
    id: int | None = None
    answered: int = 0
    held_back: str = ""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A question several customers asked.

    question: how one of them put it, empty where they have only the theme in common. wordings: how they put it, and
    in `entries` the comment of each.
    """

    question: str
    wordings: tuple[str, ...]
    theme_id: int | None
    theme: str
    customers: int
    entries: tuple[int, ...]


def state_name(state: str) -> str:
    """What a state of an invitation is called."""
    return {
        "invited": _("Invited"), "coming": _("Coming"), "came": _("Came"), "declined": _("Declined"),
    }[state]  # fmt: skip


def advocate_problems(advocate: Advocate) -> dict[str, str]:
    """What is missing of an advocate, by field; consent needs its day and how it was given."""
    found: dict[str, str] = {}
    if advocate.may_name and not advocate.may_quote:
        found["may_name"] = _("A name goes with words: tick both, or neither.")
    if advocate.may_quote and advocate.consent_on is None:
        found["consent_on"] = _("Say when they agreed.")
    if advocate.may_quote and not advocate.consent_how.strip():
        found["consent_how"] = _("Say how they agreed, such as “at the counter” or “by e-mail”.")
    return found


def referral_problems(referral: Referral) -> dict[str, str]:
    """What is missing of a referral, by field."""
    found: dict[str, str] = {}
    if not referral.customer_id:
        found["customer"] = _("Choose a customer who is in the file.")
    if referral.referred_id is None and not referral.name.strip():
        found["referred"] = _("Say whom they sent.")
    if referral.referred_id is not None and referral.referred_id == referral.customer_id:
        found["referred"] = _("Nobody sends themselves.")
    return found
