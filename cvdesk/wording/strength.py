"""How far to trust a figure, and why one is not shown (METHOD 1.4, 6).

The rules, in this one place: below NEED_FACTOR answers no figure; below ROUGH_FROM an early hint; below CLEAR_FROM
rough; from there on clear. Two figures differ only where the interval of their difference keeps off nothing; that is
said as "more than chance would give", never in the language of tests.
"""

from __future__ import annotations

from collections.abc import Callable

from cvdesk.stats.intervals import NEED_ANSWERS, Estimate
from cvdesk.wording.counts import Counted
from cvdesk.wording.numbers import whole
from cvdesk.wording.text import _

NEED_FACTOR = NEED_ANSWERS
ROUGH_FROM = 10
CLEAR_FROM = 30
_FEW = ("few_answers", "few_cases", "few_customers")

_OTHER_REASONS: dict[str, Callable[[], str]] = {
    "not_followed": lambda: _("no case is as old as the time allowed yet"),
    "short_period": lambda: _("the period is too short: many would not have come back yet anyway"),
    "no_gap": lambda: _("nobody has bought twice yet"),
    "no_spread": lambda: _("all answers are alike"),
}


def strength(n: int) -> str:
    """How far to trust a mean of n answers: early hint, rough, clear; empty where it is not shown."""
    if n < NEED_FACTOR:
        return ""
    if n < ROUGH_FROM:
        return _("early hint")
    return _("rough") if n < CLEAR_FROM else _("clear")


def with_strength(counted: str, n: int) -> str:
    """182 answers · clear; the count alone where the figure is not shown."""
    said = strength(n)
    return _("{n} · {strength}").format(n=counted, strength=said) if said else counted


def in_full(figure: str, counted: str, n: int) -> str:
    """87 of 100 (81 to 91), 182 answers, clear: a figure with its range, what it rests on, how far to trust it."""
    said = strength(n)
    if not said:
        return _("{figure}, {n}").format(figure=figure, n=counted)
    return _("{figure}, {n}, {strength}").format(figure=figure, n=counted, strength=said)


def more_than_chance() -> str:
    """Of a difference whose interval keeps off nothing."""
    return _("That is more than chance would give.")


def chance_alone() -> str:
    """Of a difference whose interval holds nothing."""
    return _("Chance alone could make such a difference.")


def why_not(estimate: Estimate) -> str:
    """Why a figure is not shown, as a note beside its name; empty for one that is shown."""
    if estimate.value is not None:
        return ""
    need = estimate.need or NEED_FACTOR
    n = whole(estimate.n)
    if estimate.why == "no_data" or estimate.n == 0:
        return _("no answers yet")
    if estimate.why == "few_cases":
        return _("fewer than {need} cases so far: {n}").format(need=need, n=n)
    if estimate.why == "few_customers":
        return _("fewer than {need} customers so far: {n}").format(need=need, n=n)
    if estimate.why == "few_factors":
        return _("too few of its questions have {need} answers yet").format(need=NEED_FACTOR)
    if estimate.why == "missing_levers":
        return _("not all four parts of value have enough answers yet")
    if estimate.why == "not_reached":
        return _("fewer than half are done yet")
    if estimate.why in _OTHER_REASONS:
        return _OTHER_REASONS[estimate.why]()
    return _("fewer than {need} answers so far: {n}").format(need=need, n=n)


def missing(found: Estimate, counted: Counted) -> str:
    """Why a figure is not shown, as a sentence: how much more it takes where that is what is missing."""
    if found.n == 0:
        return counted.none()
    short = (found.need or NEED_ANSWERS) - found.n
    if found.why in _FEW and short > 0:
        return _("Not shown yet: {more}.").format(more=counted.more(short))
    why = why_not(found)
    return f"{why[:1].upper()}{why[1:]}."
