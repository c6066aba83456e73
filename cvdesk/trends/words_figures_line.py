"""One figure as a line: each kind of figure in its own form, its range, and what is missing where it is not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cvdesk.stats.intervals import NEED_ANSWERS, Estimate
from cvdesk.trends.records_figures import FigureLine, Link, Opens
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import interval, median_days, strength, why_not
from cvdesk.wording.numbers import number, signed, whole

_FEW = ("few_answers", "few_cases", "few_customers")
Form = Callable[[Estimate], tuple[str, str]]  # a figure that is shown -> itself and its range, in words


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


def line(
    key: str, name: str, found: Estimate, form: Form, counted: Counted, meaning: str, opens: Opens,
    links: tuple[Link, ...] = (), events: int | None = None,
) -> FigureLine:  # fmt: skip
    """A figure with its interval; where it is not shown, the sentence says what is missing.

    events: of a rate, whose trust rests on how often it happened and not on how many it could have happened to.
    """
    if found.value is None and found.more_than is None:
        return FigureLine(key, name, "", "", "", missing(found, counted), opens, links)
    figure, likely = form(found)
    rests = counted.count(found.n)
    if (trust := strength(found.n if events is None else max(events, NEED_ANSWERS))) and found.value is not None:
        rests = _("{n} · {strength}").format(n=rests, strength=trust)
    return FigureLine(key, name, figure, likely, rests, meaning, opens, links)


def fact(key: str, name: str, figure: str, rests_on: str, meaning: str, opens: Opens) -> FigureLine:
    """A count of what is in the file: nothing is estimated, so there is no interval."""
    return FigureLine(key, name, figure, "", rests_on, meaning, opens)


def missing(found: Estimate, counted: Counted) -> str:
    """Why a figure is not shown: how much more it takes where that is what is missing."""
    if found.n == 0:
        return counted.none()
    short = (found.need or NEED_ANSWERS) - found.n
    if found.why in _FEW and short > 0:
        return _("Not shown yet: {more}.").format(more=counted.more(short))
    why = why_not(found)
    return f"{why[:1].upper()}{why[1:]}."


def as_share(found: Estimate) -> tuple[str, str]:
    """73 of 100, likely 68 to 80."""
    shown = _("{count} of 100").format(count=whole(100 * (found.value or 0.0)))
    return shown, _likely(Estimate(None, _of_100(found.low), _of_100(found.high), found.n), 0)


def as_mean(found: Estimate) -> tuple[str, str]:
    """3.9, likely 3.8 to 4.0."""
    return number(found.value or 0.0), _likely(found, 1)


def as_rate(found: Estimate) -> tuple[str, str]:
    """22.8, likely 16.3 to 30.9."""
    return as_mean(found)


def as_points(found: Estimate) -> tuple[str, str]:
    """+14, likely +2 to +26."""
    return signed(found.value or 0.0, 0), _likely(found, 0, with_sign=True)


def as_net(found: Estimate) -> tuple[str, str]:
    """+2.8, likely +2.4 to +3.1."""
    return signed(found.value or 0.0), _likely(found, 1, with_sign=True)


def as_days(found: Estimate) -> tuple[str, str]:
    """3 days, likely 2 to 4; "more than 12 days" for a median that was not reached."""
    return median_days(found), _likely(found, 0)


def _of_100(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _likely(found: Estimate, digits: int, with_sign: bool = False) -> str:
    limits = interval(found, digits, with_sign)
    return _("likely {range}").format(range=limits) if limits else ""
