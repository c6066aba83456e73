"""What the monthly check came to, in words an owner would use."""

from __future__ import annotations

from datetime import date

from cvdesk.themes.records_learn import CheckResult
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import percent_interval
from cvdesk.wording.numbers import month_long, number, whole

# Agreement beyond chance, after Landis and Koch: from here on "very well", "well", "so so".
_VERY_WELL, _WELL, _SO_SO = 0.8, 0.6, 0.4


def month_day(month: str) -> date:
    """The first day of a month "YYYY-MM"."""
    return date.fromisoformat(f"{month}-01")


def result_words(result: CheckResult) -> str:
    """ "Right 17 of 20", with the interval once there are enough for one."""
    if not result.n:
        return _("Nothing answered yet.")
    right, n = whole(result.right), whole(result.n)
    if result.share.low is None:
        return ngettext("Right {right} of {n}", "Right {right} of {n}", result.n).format(right=right, n=n)
    said = ngettext("Right {right} of {n} ({range})", "Right {right} of {n} ({range})", result.n)
    return said.format(right=right, n=n, range=percent_interval(result.share))


def right_words(result: CheckResult) -> str:
    """17 of 20 (64% to 95%): the same in a table, where the heading says what it is."""
    if not result.n:
        return ""
    counts = _("{right} of {n}").format(right=whole(result.right), n=whole(result.n))
    if result.share.low is None:
        return counts
    return _("{counts} ({range})").format(counts=counts, range=percent_interval(result.share))


def meaning_words(result: CheckResult) -> str:
    """What the result lets one conclude, and how far."""
    if not result.n or result.share.low is None or result.share.high is None:
        return ""
    return _(
        "Of all the program files by itself, between {low} and {high} of 100 are likely to be right. "
        "Only what you confirm counts in figures, so a wrong suggestion costs you a key, not a wrong figure."
    ).format(low=whole(round(100 * result.share.low)), high=whole(round(100 * result.share.high)))


def agreement_words(result: CheckResult) -> str:
    """How far two people agree; nothing where only one of them checked."""
    if result.kappa is None:
        return ""
    figure = number(result.kappa, 2)
    if result.kappa >= _VERY_WELL:
        return _("Two of you agree very well ({kappa}).").format(kappa=figure)
    if result.kappa >= _WELL:
        return _("Two of you agree well ({kappa}).").format(kappa=figure)
    if result.kappa >= _SO_SO:
        return _("Two of you agree so so ({kappa}): talk about what each theme means.").format(kappa=figure)
    return _("Two of you hardly agree ({kappa}): the themes mean different things to you.").format(kappa=figure)


def month_words(result: CheckResult) -> str:
    """The month by name."""
    return month_long(month_day(result.month))
