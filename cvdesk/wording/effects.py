"""What came of a change, in METHOD 3.6's words: worked, made it worse, no effect worth having, cannot tell yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, month, number, percent, quarter, rounded_to, whole
from cvdesk.wording.ranges import two_ends
from cvdesk.wording.values import bare, listed, quantity
from cvdesk.wording.verdicts import points

_ROUGH_FROM, _CLEAR_FROM = 6, 12  # periods on the smaller side
_MOST_NAMED = 3
WORTH_HAVING: Mapping[str, float] = {"score": 0.2}  # by unit; METHOD names a margin for ratings only


class Measured(Protocol):
    """A change with its 95 % interval: ratios where `rate`, else after minus before in the unit of the series."""

    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def n_before(self) -> int: ...
    @property
    def n_after(self) -> int: ...
    @property
    def before(self) -> float: ...
    @property
    def after(self) -> float: ...
    @property
    def rate(self) -> bool: ...
    @property
    def up(self) -> bool | None: ...


class Begun(Protocol):
    """A period by its first day."""

    @property
    def start(self) -> date: ...


def said_of(change: Measured, unit: str, less_is_better: bool | None) -> str:
    """Which of METHOD 3.6's words fit a measured change. `less_is_better` None: neither is better."""
    if change.up is not None:
        if less_is_better is None:
            return "more" if change.up else "less"
        return "worked" if change.up != less_is_better else "worse"
    margin = WORTH_HAVING.get(unit)
    if margin is not None and not change.rate and -margin < change.low and change.high < margin:
        return "nothing"
    return "unclear"


def headline(title: str, unit: str, said: str, change: Measured, less_is_better: bool | None) -> str:
    """The sentence to be said to a friend."""
    words = {
        "worked": _("It worked. {title}: {change}."),
        "worse": _("It made it worse. {title}: {change}."),
        "more": _("{title}: {change} since then."),
        "less": _("{title}: {change} since then."),
        "nothing": _("No effect worth having. {title}: {change}."),
        "unclear": _("Cannot tell yet. {title}: {change}."),
    }[said]
    return words.format(title=title, change=clause(unit, said, change, less_is_better))


def clause(unit: str, said: str, change: Measured, less_is_better: bool | None) -> str:
    """How much it changed: better by 0.3 to 0.6; anything from 0.2 worse to 0.5 better; fewer by 27% to 61%."""
    if said == "nothing":
        return _("changed by less than {margin}, if at all").format(margin=number(WORTH_HAVING[unit]))
    if said == "unclear":
        ends = [_end(unit, change, end, less_is_better) for end in (change.low, change.high)]
        worst, best = ends if not less_is_better or change.rate else ends[::-1]
        return _("anything from {one} to {other}").format(one=worst, other=best)
    if change.rate or less_is_better is None:
        words = _("more by {size}") if change.up else _("fewer by {size}")
    else:
        words = _("better by {size}") if said == "worked" else _("worse by {size}")
    return words.format(size=size(unit, change))


def size(unit: str, change: Measured) -> str:
    """How large a change is likely to be, whichever way: 0.3 to 0.6, 27% to 61%, 4 to 9 percentage points."""
    if change.rate:
        low, high = sorted(abs(end - 1) for end in (change.low, change.high))
        return two_ends(percent(low), percent(high))
    low, high = sorted(abs(end) for end in (change.low, change.high))
    for digits in (1, 2):
        ends = _bare(unit, low, digits), _bare(unit, high, digits)
        if ends[0] != ends[1] and rounded_to(low * (100 if unit == "share" else 1), digits):
            break
    return _named(unit, two_ends(*ends))


def levels(unit: str, step: str, change: Measured) -> str:
    """What was compared: how many periods, their level, and how far to trust it."""
    digits = 2 if unit in ("score", "net") else 1
    facts = {
        "before": quantity(unit, change.before, digits=digits),
        "after": quantity(unit, change.after, digits=digits),
        "n_before": points(step, change.n_before),
        "n_after": points(step, change.n_after),
        "how_sure": strength(change),
    }
    return _("{n_before} before: {before} on average. {n_after} after: {after}. {how_sure}").format(**facts)


def level(unit: str, value: float) -> str:
    """A value beside others of its kind: all with the same decimals."""
    if unit in ("rate", "days"):
        return number(value)
    return bare(unit, value, 2 if unit in ("score", "net") else 1)


def strength(change: Measured) -> str:
    """How far to trust a comparison, by the shorter side."""
    shorter = min(change.n_before, change.n_after)
    if shorter < _ROUGH_FROM:
        return _("An early hint.")
    return _("Rough.") if shorter < _CLEAR_FROM else _("Clear.")


def with_trend(rising: bool, unit: str, said: str, change: Measured, less_is_better: bool | None) -> str:
    """The same with the earlier trend allowed for."""
    words = (
        _("It had been going up before by itself. Beyond that: {change}.")
        if rising
        else _("It had been going down before by itself. Beyond that: {change}.")
    )
    return words.format(change=_short(unit, said, change, less_is_better))


def beyond(other: str, unit: str, said: str, change: Measured, less_is_better: bool | None) -> str:
    """The same over and above what was left alone."""
    return _("Against {other}, which was left alone: {change}.").format(
        other=other, change=_short(unit, said, change, less_is_better)
    )


def nothing_beside(other: str) -> str:
    """Too few periods in which both figures are known."""
    return _("{other} has too few periods in common with it to be compared.").format(other=other)


def same_months(better: int, count: int) -> str:
    """How the periods after compare with those a year before them."""
    return ngettext(
        "Against the same time a year before, {better} of {count} is better.",
        "Against the same time a year before, {better} of {count} are better.",
        better,
    ).format(better=whole(better), count=whole(count))


def early(step: str, need: int, ready: date) -> str:
    """Too few periods after it yet."""
    return _("Too early to say: {periods} still to come. Look again from {day} on.").format(
        periods=points(step, need), day=day(ready)
    )


def never(step: str, known: int, need: int) -> str:
    """Too few periods before it, and there will be no more."""
    return _("This cannot be told: of the time before, {known} can be compared, and it takes {need}.").format(
        known=points(step, known), need=whole(need)
    )


def empty() -> str:
    """The figure has no value at all in the time asked about."""
    return _("This figure shows nothing yet around that time.")


def caveats(
    season: bool, alike: bool, left_out: Sequence[Begun], step: str, others: int, counted: bool
) -> tuple[str, ...]:
    """What to keep in mind with a comparison; always that it is no experiment."""
    said = []
    if left_out:
        names = [period(one.start, step) for one in left_out[:_MOST_NAMED]]
        if len(left_out) > _MOST_NAMED:
            names.append(_("{count} more").format(count=whole(len(left_out) - _MOST_NAMED)))
        said.append(
            _("Left out of the time before: {periods}. A bad month is mostly followed by a better one.").format(
                periods=listed(names)
            )
        )
    if season:
        said.append(_("The season is not ruled out: it takes a whole year on either side to be sure of that."))
    if alike:
        said.append(_("Neighbouring periods resemble each other here, so the range is wider."))
    if counted:
        said.append(_("Counted per customer, so that more customers do not look like more trouble."))
    said.append(
        ngettext(
            "Before and after is not an experiment: {count} other thing happened in that time.",
            "Before and after is not an experiment: {count} other things happened in that time.",
            others,
        ).format(count=whole(others))
        if others
        else _("Before and after is not an experiment: something you did not note may have done it.")
    )
    return tuple(said)


def period(start: date, step: str) -> str:
    """A period's name: Mar 2026, Q1 2026."""
    return f"{quarter(start)} {start.year}" if step == "quarter" else month(start)


def _short(unit: str, said: str, change: Measured, less_is_better: bool | None) -> str:
    words = clause(unit, said, change, less_is_better)
    if said == "nothing":
        return _("no effect worth having")
    return _("cannot tell yet, {change}").format(change=words) if said == "unclear" else words


def _bare(unit: str, value: float, digits: int) -> str:
    if unit == "share":
        return number(100 * value, digits - 1)
    return number(value, digits - 1) if unit == "points" else number(value, digits)


def _named(unit: str, words: str) -> str:
    if unit == "share":
        return _("{size} percentage points").format(size=words)
    if unit == "points":
        return _("{size} points").format(size=words)
    return _("{size} days").format(size=words) if unit == "days" else words


def _end(unit: str, change: Measured, end: float, less_is_better: bool | None) -> str:
    """One end of what cannot be told yet, with its direction."""
    if change.rate:
        share = percent(abs(end - 1))
        return _("{size} fewer").format(size=share) if end < 1 else _("{size} more").format(size=share)
    said = _named(unit, _bare(unit, abs(end), 1))
    if less_is_better is None:
        return _("{size} less").format(size=said) if end < 0 else _("{size} more").format(size=said)
    worse = (end < 0) != less_is_better
    return _("{size} worse").format(size=said) if worse else _("{size} better").format(size=said)
