"""Figures in words: how sure they are, why one is not shown, what a change means (METHOD 1.4, 6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from cvdesk.stats.intervals import Estimate
from cvdesk.wording.numbers import number, percent, rounded_to, signed, whole
from cvdesk.wording.text import _, ngettext

BURDENS = ("costs", "drawbacks")
ROUGH_FROM = 10
CLEAR_FROM = 30
NEED_FACTOR = 5


_OTHER_REASONS: dict[str, Callable[[], str]] = {
    "not_followed": lambda: _("no case is as old as the time allowed yet"),
    "short_period": lambda: _("the period is too short: many would not have come back yet anyway"),
    "no_gap": lambda: _("nobody has bought twice yet"),
    "no_spread": lambda: _("all answers are alike"),
}


class HasNet(Protocol):
    """Anything with a Net value: the `value` of the figures, a scorecard."""

    @property
    def net(self) -> Estimate:
        """The Net value, -8 to 8."""


class HasValue(Protocol):
    """The figures of a business, as far as the headline needs them."""

    @property
    def value(self) -> HasNet:
        """Its value figures."""


def interval(estimate: Estimate, digits: int = 1, with_sign: bool = False) -> str:
    """2.4 to 3.1; "from 2.4" and "up to 3.1" where one side has no limit; empty where both are missing."""
    form = signed if with_sign else number
    return _range(estimate, lambda x: form(x, digits))


def percent_interval(share: Estimate) -> str:
    """81% to 91%."""
    return _range(share, percent)


def of_100(share: Estimate) -> str:
    """87 of 100; the reason where the share is not shown."""
    if share.value is None:
        return why_not(share)
    return _("{count} of 100").format(count=_hundredths(share.value))


def of_100_with_range(share: Estimate) -> str:
    """87 of 100 (81 to 91)."""
    if share.value is None or share.low is None or share.high is None:
        return of_100(share)
    return _("{count} of 100 ({low} to {high})").format(
        count=_hundredths(share.value), low=_hundredths(share.low), high=_hundredths(share.high)
    )


def worth_it(share: Estimate) -> str:
    """87 of 100 say it was worth it (81 to 91); the reason where it is not shown."""
    if share.value is None or share.low is None or share.high is None:
        return why_not(share)
    return _("{count} of 100 say it was worth it ({low} to {high})").format(
        count=_hundredths(share.value), low=_hundredths(share.low), high=_hundredths(share.high)
    )


def median_days(estimate: Estimate) -> str:
    """2.5 days; "more than 12 days" for a median not reached; the reason where there are too few cases."""
    if estimate.value is not None:
        return ngettext("{days} day", "{days} days", _plural(estimate.value)).format(days=_bare(estimate.value))
    if estimate.more_than is not None:
        return ngettext("more than {days} day", "more than {days} days", _plural(estimate.more_than)).format(
            days=_bare(estimate.more_than)
        )
    return why_not(estimate)


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


def strength(n: int) -> str:
    """How far to trust a mean of n answers: early hint, rough, clear; empty where it is not shown."""
    if n < NEED_FACTOR:
        return ""
    if n < ROUGH_FROM:
        return _("early hint")
    return _("rough") if n < CLEAR_FROM else _("clear")


def answers(n: int) -> str:
    """182 answers."""
    return ngettext("{n} answer", "{n} answers", n).format(n=whole(n))


def change(difference: float, less_is_better: bool = False, digits: int = 1) -> str:
    """A change of a score said so that nobody reads it two ways: better by 0.6, worse by 0.1, no change."""
    shown = rounded_to(difference, digits)
    if shown == 0:
        return _("no change")
    size = number(abs(difference), digits)
    better = (shown > 0) != less_is_better
    return _("better by {size}").format(size=size) if better else _("worse by {size}").format(size=size)


def headline(figures: HasValue) -> str:
    """The verdict on the value as one sentence: title of the report, first line of Home."""
    net = figures.value.net
    if net.value is None or net.low is None or net.high is None:
        return _("Too early to say what customers get from you")
    if net.low > 0:
        return _("Customers get more from you than it costs them")
    if net.high < 0:
        return _("Customers get less from you than it costs them")
    return _("Not clear yet whether customers get more than it costs them")


def net_sentence(net: Estimate) -> str:
    """Value stands at +2.8 (likely +2.4 to +3.1); the reason where it is not shown."""
    if net.value is None:
        return why_not(net)
    return _("Value stands at {net} (likely {range}).").format(
        net=signed(net.value), range=interval(net, with_sign=True)
    )


def lever_name(lever: str) -> str:
    """Worth, Benefits, Costs, Drawbacks."""
    return {
        "worth": _("Worth"), "benefits": _("Benefits"), "costs": _("Costs"), "drawbacks": _("Drawbacks"),
    }[lever]  # fmt: skip


def lever_meaning(lever: str) -> str:
    """What a part of value means in everyday words, and for burdens that less is better."""
    return {
        "worth": _("what it does for them"),
        "benefits": _("how it feels to buy, people"),
        "costs": _("less is better · price, time, effort"),
        "drawbacks": _("less is better · what goes wrong"),
    }[lever]


def lever_caption(lever: str) -> str:
    """The meaning without the reading aid, for a chart that shows the direction itself."""
    return {
        "worth": _("what it does for them"),
        "benefits": _("how it feels to buy"),
        "costs": _("price, time, effort"),
        "drawbacks": _("what goes wrong"),
    }[lever]


def less_is_better(lever: str) -> bool:
    """Whether a lower score is the better one."""
    return lever in BURDENS


def kind_name(kind: str) -> str:
    """The kind of an entry."""
    return {
        "praise": _("Praise"),
        "suggestion": _("Suggestion"),
        "question": _("Question"),
        "problem": _("Problem"),
        "comment": _("Comment"),
    }[kind]


def severity_name(severity: str) -> str:
    """How bad it was."""
    return {"minor": _("Minor"), "moderate": _("Moderate"), "serious": _("Serious")}[severity]


def stage_name(stage: str) -> str:
    """Where a complaint stands, or what happened to it."""
    return {
        "received": _("Received"), "acknowledged": _("Acknowledged"), "assessed": _("Assessed"),
        "resolved": _("Resolved"), "told": _("Customer told"), "closed": _("Closed"),
        "reopened": _("Reopened"), "note": _("Note"),
    }[stage]  # fmt: skip


def outcome_name(outcome: str) -> str:
    """How a complaint ended."""
    return {
        "accepted": _("Accepted"),
        "not_accepted": _("Not accepted"),
        "spam": _("Spam"),
        "duplicate": _("Duplicate"),
    }[outcome]


def _hundredths(share: float) -> str:
    return whole(share * 100)


def _plural(value: float) -> int:
    return 1 if value == 1 else 2


def _bare(value: float) -> str:
    return whole(value) if float(value).is_integer() else number(value)


def _range(estimate: Estimate, form: Callable[[float], str]) -> str:
    low, high = estimate.low, estimate.high
    if low is not None and high is not None:
        return _("{low} to {high}").format(low=form(low), high=form(high))
    if low is not None:
        return _("from {low}").format(low=form(low))
    return "" if high is None else _("up to {high}").format(high=form(high))
