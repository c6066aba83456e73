"""Changes in words: better or worse, grows or shrinks; only what is more than chance would give is called one."""

from __future__ import annotations

from cvdesk.stats.intervals import Estimate
from cvdesk.wording.numbers import number, rounded_to
from cvdesk.wording.shares import compared_digits, hundredths
from cvdesk.wording.text import _


def ahead_words(value: float, digits: int = 1) -> str:
    """0.6 ahead, 1.5 behind; level for what rounds to nothing."""
    size = number(abs(value), digits)
    if size == number(0, digits):
        return _("level")
    return (_("{size} ahead") if value > 0 else _("{size} behind")).format(size=size)


def change(difference: float, less_is_better: bool = False, digits: int = 1) -> str:
    """A change of a score said so that nobody reads it two ways: better by 0.6, worse by 0.1, no change."""
    shown = rounded_to(difference, digits)
    if shown == 0:
        return _("no change")
    size = number(abs(difference), digits)
    better = (shown > 0) != less_is_better
    return _("better by {size}").format(size=size) if better else _("worse by {size}").format(size=size)


def score_change(
    before: Estimate, now: Estimate, difference: Estimate, less_is_better: bool
) -> tuple[str, bool | None]:  # fmt: skip
    """better by 0.6, and whether it is better; None with "no clear change" and with none, empty without a figure.

    difference: now less before. The change is that of the figures as they are shown, so that a page adds up.
    """
    if before.value is None or now.value is None or difference.low is None or difference.high is None:
        return "", None
    apart = float(rounded_to(now.value, 1) - rounded_to(before.value, 1))
    if not apart:
        return change(0.0, less_is_better), None
    if difference.low <= 0 <= difference.high:
        return _("no clear change"), None
    return change(apart, less_is_better), (apart < 0) == less_is_better


def share_change(before: Estimate, now: Estimate, difference: Estimate, clear: bool) -> str:
    """grows: 6 → 11 of 100 (2 to 8 more); "no clear change" where chance alone could make it; empty without a figure.

    difference: now less before; `clear`: more than chance would give, all that are told together.
    """
    if before.value is None or now.value is None:
        return ""
    digits = compared_digits(before.value, now.value)
    was, is_now = (hundredths(x, digits if x else 0) for x in (before.value, now.value))
    if not clear:
        return _("{before} → {now} of 100: no clear change").format(before=was, now=is_now)
    ends = sorted((100 * abs(difference.low or 0.0), 100 * abs(difference.high or 0.0)))
    digits = digits if rounded_to(ends[0], digits) else digits + 1  # "0 to 4 fewer" would deny the change
    form = (
        _("grows: {before} → {now} of 100 ({low} to {high} more)")
        if (difference.value or 0.0) > 0
        else _("shrinks: {before} → {now} of 100 ({low} to {high} fewer)")
    )
    return form.format(before=was, now=is_now, low=number(ends[0], digits), high=number(ends[1], digits))
