"""How long complaints take and how many there are for the customers, as sentences (METHOD 2)."""

from __future__ import annotations

from cvdesk.stats.intervals import Estimate
from cvdesk.wording.counts import CASES, records
from cvdesk.wording.numbers import number, whole
from cvdesk.wording.ranges import interval, said
from cvdesk.wording.strength import in_full, why_not
from cvdesk.wording.text import _, ngettext
from cvdesk.wording.values import bare, median_days


def cases_title(count: int, still_open: int, overdue: int) -> str:
    """37 complaints, 3 open, 1 overdue."""
    if not count:
        return _("No complaint was received")
    facts = {"complaints": records("complaints", count), "open": whole(still_open), "overdue": whole(overdue)}
    if not still_open:
        return ngettext("{complaints}, no longer open", "{complaints}, none of them open", count).format(**facts)
    if not overdue:
        return _("{complaints}, {open} open, none overdue").format(**facts)
    return _("{complaints}, {open} open, {overdue} overdue").format(**facts)


def half_put_right(days: Estimate) -> str:
    """Half of them were put right within 3 days (likely 2 to 4), 37 cases, clear.

    A median that is not reached says what it exceeds: fewer than half were, within the longest time there is.
    """
    counted = CASES.count(days.n)
    if days.value is not None:
        words = _("Half of them were put right on the day they came")
        if days.value > 0:
            words = _("Half of them were put right within {days}").format(days=median_days(days))
        limits = said(days, lambda end: bare("days", end)) if days.low != days.high else ""
        if limits:
            words = _("{sentence} (likely {range})").format(sentence=words, range=limits)
    elif days.more_than is not None:
        longest = median_days(Estimate(days.more_than, None, None, days.n))
        words = _("Fewer than half of them were put right within {days}").format(days=longest)
    else:
        words = _("How long they take cannot be said yet: {why}").format(why=why_not(days))
        return _("{sentence}.").format(sentence=words)
    return _("{sentence}.").format(sentence=in_full(words, counted, days.n))


def for_100_customers(rate: Estimate) -> str:
    """That is 20.6 for every 100 of the 180 active customers (14.5 to 28.3); empty where it is not shown."""
    if rate.value is None:
        return ""
    return ngettext(
        "That is {rate} for every 100, of {n} active customer ({range}).",
        "That is {rate} for every 100, of {n} active customers ({range}).",
        rate.n,
    ).format(rate=number(rate.value), n=whole(rate.n), range=interval(rate))


__all__ = ["cases_title", "for_100_customers", "half_put_right"]
