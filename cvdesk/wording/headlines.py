"""The first sentence of screen and paper: what customers get, and how far that is known."""

from __future__ import annotations

from typing import Protocol

from cvdesk.stats.intervals import Estimate
from cvdesk.wording.numbers import signed
from cvdesk.wording.ranges import interval
from cvdesk.wording.strength import why_not
from cvdesk.wording.text import _


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
