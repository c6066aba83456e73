"""How many stand behind a figure, in words with the true count, and over which time."""

from __future__ import annotations

from collections.abc import Callable
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


def answers(n: int) -> str:
    """182 answers."""
    return ANSWERS.count(n)


def counted_in(counted: str, start: date, end: date) -> str:
    """182 answers, 1 Sep to 21 Nov 2026: what a figure rests on, and over which time."""
    return _("{counted}, {period}").format(counted=counted, period=span(start, end))
