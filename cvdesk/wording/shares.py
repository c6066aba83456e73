"""Shares in words: so many of 100, with the range; never nothing for something, never all for not quite all."""

from __future__ import annotations

from cvdesk.stats.intervals import Estimate
from cvdesk.wording.counts import ANSWERS
from cvdesk.wording.numbers import number, percent, rounded_to
from cvdesk.wording.ranges import percent_interval, with_range
from cvdesk.wording.strength import in_full, missing, why_not
from cvdesk.wording.text import _

_SMALL = 0.10  # shares below are said with a decimal where they are compared, or too many would look alike
_MOST_DIGITS = 3


def of_100(share: Estimate) -> str:
    """87 of 100; the reason where the share is not shown."""
    if share.value is None:
        return why_not(share)
    return _("{count} of 100").format(count=hundredths(share.value))


def of_100_with_range(share: Estimate, compared: bool = False) -> str:
    """87 of 100 (81 to 91); the reason where it is not shown. `compared`: small ones with a decimal."""
    if share.value is None or share.low is None or share.high is None:
        return of_100(share)
    return _("{count} of 100 ({low} to {high})").format(**_ends(share, compared))


def of_100_short(share: Estimate) -> str:
    """32 (25 to 39), in a column that says of how many; a dash where it is not shown."""
    if share.value is None or share.low is None or share.high is None:
        return "–"
    return _("{count} ({low} to {high})").format(**_ends(share, True))


def worth_it(share: Estimate) -> str:
    """87 of 100 say it was worth it (81 to 91); the reason where it is not shown."""
    if share.value is None or share.low is None or share.high is None:
        return why_not(share)
    return _("{count} of 100 say it was worth it ({low} to {high})").format(**_ends(share, False))


def worth_it_sentence(share: Estimate) -> str:
    """Of 100 customers who answered, 73 say it was worth it (67 to 79), 238 answers, clear."""
    if share.value is None or share.low is None or share.high is None:
        return missing(share, ANSWERS)
    words = _("Of 100 customers who answered, {count} say it was worth it ({low} to {high})").format(
        **_ends(share, False)
    )
    return _("{sentence}.").format(sentence=in_full(words, ANSWERS.count(share.n), share.n))


def in_percent(share: Estimate) -> str:
    """32% (25% to 39%); the reason where it is not shown."""
    if share.value is None:
        return why_not(share)
    return with_range(percent(share.value), percent_interval(share))


def hundredths(share: float, digits: int = 0) -> str:
    """A share 0-1 as a count of 100, with as many decimals as it takes not to be said as none or all of them."""
    for more in range(digits, _MOST_DIGITS + 1):
        shown = rounded_to(100 * share, more)
        if (shown != 0 or share <= 0) and (shown != 100 or share >= 1):
            return number(100 * share, more)
    return number(100 * share, _MOST_DIGITS)


def times_100(share: Estimate) -> Estimate:
    """The ends of a share as counts of 100."""
    low, high = (None if end is None else 100 * end for end in (share.low, share.high))
    return Estimate(None, low, high, share.n)


def compared_digits(*shares: float) -> int:
    """How many decimals shares take that are set beside each other."""
    return 1 if max(shares) < _SMALL else 0


def _ends(share: Estimate, compared: bool) -> dict[str, str]:
    value, low, high = share.value or 0.0, share.low or 0.0, share.high or 0.0
    digits = compared_digits(value) if compared else 0
    return {
        "count": hundredths(value, digits), "low": number(100 * low, digits), "high": number(100 * high, digits),
    }  # fmt: skip
