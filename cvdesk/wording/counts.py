"""How many stand behind a figure, in words with the true count, and over which time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cvdesk.wording.numbers import span, whole
from cvdesk.wording.text import _, ngettext


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure rests on. count: "155 answers"; more: "4 more answers"; none: there are none yet."""

    count: Callable[[int], str]
    more: Callable[[int], str]
    none: Callable[[], str]


ANSWERS = Counted(
    lambda n: ngettext("{n} answer", "{n} answers", n).format(n=whole(n)),
    lambda n: ngettext("{n} more answer", "{n} more answers", n).format(n=whole(n)),
    lambda: _("No answers yet."),
)
RATINGS = Counted(
    lambda n: ngettext("{n} rating", "{n} ratings", n).format(n=whole(n)),
    lambda n: ngettext("{n} more rating", "{n} more ratings", n).format(n=whole(n)),
    lambda: _("Nothing rated yet."),
)
CASES = Counted(
    lambda n: ngettext("{n} case", "{n} cases", n).format(n=whole(n)),
    lambda n: ngettext("{n} more case", "{n} more cases", n).format(n=whole(n)),
    lambda: _("No such case yet."),
)
CUSTOMERS = Counted(
    lambda n: ngettext("{n} customer", "{n} customers", n).format(n=whole(n)),
    lambda n: ngettext("{n} more customer", "{n} more customers", n).format(n=whole(n)),
    lambda: _("No customers yet."),
)
PURCHASES = Counted(
    lambda n: ngettext("{n} purchase", "{n} purchases", n).format(n=whole(n)),
    lambda n: ngettext("{n} more purchase", "{n} more purchases", n).format(n=whole(n)),
    lambda: _("No purchases yet."),
)
ASKED = Counted(
    lambda n: _("{n} asked").format(n=whole(n)),
    lambda n: _("{n} more asked").format(n=whole(n)),
    lambda: _("Nobody was asked yet."),
)


_RECORDS: Mapping[str, Callable[[int], str]] = {
    "customers": lambda n: ngettext("{n} customer", "{n} customers", n),
    "entries": lambda n: ngettext("{n} piece of feedback", "{n} pieces of feedback", n),
    "complaints": lambda n: ngettext("{n} complaint", "{n} complaints", n),
    "assessments": lambda n: ngettext("{n} score sheet", "{n} score sheets", n),
    "purchases": lambda n: ngettext("{n} purchase", "{n} purchases", n),
    "touches": lambda n: ngettext("{n} contact", "{n} contacts", n),
    "contacts": lambda n: ngettext("{n} way to reach them", "{n} ways to reach them", n),
    "customer_tags": lambda n: ngettext("{n} tag", "{n} tags", n),
    "surveys": lambda n: ngettext("{n} survey", "{n} surveys", n),
    "actions": lambda n: ngettext("{n} action", "{n} actions", n),
    "strategies": lambda n: ngettext("{n} strategy", "{n} strategies", n),
    "care_plans": lambda n: ngettext("{n} plan of care", "{n} plans of care", n),
    "customer_goals": lambda n: ngettext("{n} goal of a customer", "{n} goals of customers", n),
    "groups": lambda n: ngettext("{n} group", "{n} groups", n),
    "gatherings": lambda n: ngettext("{n} event", "{n} events", n),
    "faqs": lambda n: ngettext("{n} question and answer", "{n} questions and answers", n),
    "you_said": lambda n: ngettext("{n} pair of the poster", "{n} pairs of the poster", n),
    "referrals": lambda n: ngettext("{n} referral", "{n} referrals", n),
    "themes": lambda n: ngettext("{n} theme", "{n} themes", n),
    "offerings": lambda n: ngettext("{n} product", "{n} products", n),
    "channels": lambda n: ngettext("{n} channel", "{n} channels", n),
    "segments": lambda n: ngettext("{n} group", "{n} groups", n),
    "tags": lambda n: ngettext("{n} tag", "{n} tags", n),
    "staff": lambda n: ngettext("{n} member of staff", "{n} members of staff", n),
    "duplicates": lambda n: ngettext("{n} pair of possible duplicates", "{n} pairs of possible duplicates", n),
}


def records(table: str, n: int) -> str:
    """1,284 pieces of feedback: so many of what a table holds; empty for one nobody knows as a thing of its own."""
    return _RECORDS[table](n).format(n=whole(n)) if table in _RECORDS else ""


def answers(n: int) -> str:
    """182 answers."""
    return ANSWERS.count(n)


def counted_in(counted: str, start: date, end: date) -> str:
    """182 answers, 1 Sep to 21 Nov 2026: what a figure rests on, and over which time."""
    return _("{counted}, {period}").format(counted=counted, period=span(start, end))
