"""Ranges in words: what a figure is likely between. A figure that has a range is never said without it (METHOD 6)."""

from __future__ import annotations

from collections.abc import Callable

from cvdesk.stats.intervals import Estimate
from cvdesk.wording.numbers import number, percent, signed
from cvdesk.wording.text import _


def interval(estimate: Estimate, digits: int = 1, with_sign: bool = False) -> str:
    """2.4 to 3.1; "from 2.4" and "up to 3.1" where one side has no limit; empty where both are missing."""
    form = signed if with_sign else number
    return said(estimate, lambda x: form(x, digits))


def percent_interval(share: Estimate) -> str:
    """81% to 91%."""
    return said(share, percent)


def likely(estimate: Estimate, digits: int = 1, with_sign: bool = False) -> str:
    """Likely 2.4 to 3.1; empty where there is no range."""
    limits = interval(estimate, digits, with_sign)
    return _("likely {range}").format(range=limits) if limits else ""


def with_range(figure: str, limits: str) -> str:
    """4.2 (3.9 to 4.4); the figure alone where there is no range."""
    return _("{figure} ({range})").format(figure=figure, range=limits) if limits else figure


def two_ends(low: str, high: str) -> str:
    """2.4 to 3.1; one of them where both are said alike."""
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def said(estimate: Estimate, form: Callable[[float], str]) -> str:
    """The range in a form of one's own; one-sided where one side has no limit, empty without any."""
    low, high = estimate.low, estimate.high
    if low is not None and high is not None:
        return _("{low} to {high}").format(low=form(low), high=form(high))
    if low is not None:
        return _("from {low}").format(low=form(low))
    return "" if high is None else _("up to {high}").format(high=form(high))
