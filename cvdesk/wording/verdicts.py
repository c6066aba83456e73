"""The verdict on a series as one sentence an owner can repeat to a friend (METHOD 3.5, 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole
from cvdesk.wording.values import listed, pair, quantity, short_spread, spread, when

NEED_POINTS = 8  # fewer, and it is too early to say (METHOD 3.5)
_MOST_NAMED = 3


class Found(Protocol):
    """What a series shows: a Verdict of the trends. `since`: first day of what changed, with both means."""

    @property
    def name(self) -> str: ...
    @property
    def since(self) -> date | None: ...
    @property
    def before(self) -> float | None: ...
    @property
    def after(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class About:
    """What the words need to know of a series. `step`: one of records.STEPS, or "between" for days between complaints.

    `good`: whether more is better; None where it is neither (how much is logged, what is spoken of). `last`: the first
    day of the last judged point: its year is not said again.
    """

    unit: str
    step: str
    good: bool | None
    last: date | None = None

    def better(self, before: float | None, after: float | None) -> bool | None:
        """Whether going from one to the other is for the better; None where that cannot be said."""
        if self.good is None or before is None or after is None or before == after:
            return None
        return (after > before) == self.good


def nothing_yet() -> str:
    """Said of a series without a single point."""
    return _("Nothing to show yet.")


def early(about: About, count: int) -> str:
    """Fewer points than it takes."""
    if not count:
        return _("Too early to say: nothing to judge yet, {need} are needed.").format(
            need=points(about.step, NEED_POINTS)
        )
    return _("Too early to say: {count} so far, {need} are needed.").format(
        count=points(about.step, count), need=whole(NEED_POINTS)
    )


def coarse(about: About) -> str:
    """All points alike."""
    return {
        "month": _("Too coarse to judge: the months hardly differ."),
        "week": _("Too coarse to judge: the weeks hardly differ."),
        "quarter": _("Too coarse to judge: the quarters hardly differ."),
        "between": _("Too coarse to judge: the times between complaints hardly differ."),
    }[about.step]


def real(about: About, verdict: Found) -> str:
    """A change that more than chance would give, with both means in the series' own direction."""
    before, after = pair(about.unit, verdict.before, verdict.after, about.step)
    since = "" if verdict.since is None else when(verdict.since, about.step, about.last)
    better = about.better(verdict.before, verdict.after)
    if about.step == "between":
        words = {
            True: _(
                "A real change for the better since about {since}: {before} between complaints before, {after} after."
            ),
            False: _(
                "A real change for the worse since about {since}: {before} between complaints before, {after} after."
            ),
            None: _("A real change since about {since}: {before} between complaints before, {after} after."),
        }[better]
    else:
        words = {
            True: _("A real change for the better since about {since}: before {before}, after {after}."),
            False: _("A real change for the worse since about {since}: before {before}, after {after}."),
            None: _("A real change since about {since}: before {before}, after {after}."),
        }[better]
    return words.format(since=since, before=before, after=after)


def unusual(about: About, found: Sequence[tuple[date, float]]) -> str:
    """Points outside the ordinary range, and nothing else. `found`: first day and value of each, in order."""
    if about.step == "between":
        return _unusual_gaps(about, found)
    named = found[-_MOST_NAMED:]
    times = listed([when(start, about.step, about.last) for start, _value in named])
    values = listed([quantity(about.unit, value) for _start, value in named])
    if len(found) > len(named):
        words = {
            "month": _("{count} months were unusual, lately {times} ({values}): look for what happened in them."),
            "week": _("{count} weeks were unusual, lately {times} ({values}): look for what happened in them."),
            "quarter": _("{count} quarters were unusual, lately {times} ({values}): look for what happened in them."),
        }[about.step]
        return words.format(count=whole(len(found)), times=times, values=values)
    words = {
        "month": ngettext(
            "{times} was unusual ({values}): look for what happened that month.",
            "{times} were unusual ({values}): look for what happened in those months.",
            len(found),
        ),
        "week": ngettext(
            "{times} was unusual ({values}): look for what happened that week.",
            "{times} were unusual ({values}): look for what happened in those weeks.",
            len(found),
        ),
        "quarter": ngettext(
            "{times} was unusual ({values}): look for what happened in that quarter.",
            "{times} were unusual ({values}): look for what happened in those quarters.",
            len(found),
        ),
    }[about.step]
    said = words.format(times=times, values=values)
    return said[:1].upper() + said[1:]


def headline(step: str, verdict: Found, better: bool | None, today: date) -> str:
    """A real change or an unusual point in a few words, to follow the series' title: "worse since about June"."""
    if verdict.since is None:
        return ""
    time = when(verdict.since, step, today)
    if verdict.name == "unusual":
        return _("{time} was unusual").format(time=time)
    return {
        True: _("better since about {time}"),
        False: _("worse since about {time}"),
        None: _("changed since about {time}"),
    }[better].format(time=time)


def possible_change(about: About, verdict: Found) -> str:
    """The two sides differ more than chance would give, but no rule of the chart says so."""
    before, after = pair(about.unit, verdict.before, verdict.after, about.step)
    since = "" if verdict.since is None else when(verdict.since, about.step, about.last)
    words = {
        True: _("Possible change for the better, keep watching: {after} since about {since}, before {before}."),
        False: _("Possible change for the worse, keep watching: {after} since about {since}, before {before}."),
        None: _("Possible change, keep watching: {after} since about {since}, before {before}."),
    }[about.better(verdict.before, verdict.after)]
    return words.format(before=before, after=after, since=since)


def possible_run(about: About, first: date, last: date, count: int, above: bool) -> str:
    """Many points in a row on one side of the middle."""
    counted = points(about.step, count)
    start, end = when(first, about.step, about.last), when(last, about.step, about.last)
    if last == about.last:
        words = (
            _("Possible change, keep watching: {points} in a row above the middle since {start}.")
            if above
            else _("Possible change, keep watching: {points} in a row below the middle since {start}.")
        )
    else:
        words = (
            _("Possible change, keep watching: {points} in a row above the middle, from {start} to {end}.")
            if above
            else _("Possible change, keep watching: {points} in a row below the middle, from {start} to {end}.")
        )
    return words.format(points=counted, start=start, end=end)


def possible_edge(about: About, last: date, above: bool) -> str:
    """Three of four points near an edge of the ordinary range."""
    words = (
        _("Possible change, keep watching: 3 of the {four} up to {end} lie near the upper edge of the ordinary range.")
        if above
        else _(
            "Possible change, keep watching: 3 of the {four} up to {end} lie near the lower edge of the ordinary range."
        )
    )
    return words.format(four=points(about.step, 4), end=when(last, about.step, about.last))


def none(about: About, low: float, high: float, centre: float | None = None) -> str:
    """The ordinary up and down: what the next point may be without meaning anything."""
    anything = spread(about.unit, low, high, about.step)
    if about.step == "between":
        return _("No sign of change: on average {middle} between complaints; {range} is ordinary.").format(
            middle=quantity(about.unit, low if centre is None else centre, about.step), range=anything
        )
    return {
        "month": _("No sign of change: next month {range} would be ordinary."),
        "week": _("No sign of change: next week {range} would be ordinary."),
        "quarter": _("No sign of change: next quarter {range} would be ordinary."),
    }[about.step].format(range=anything)


def young(about: About, since: date, values: Sequence[float], low: float, high: float) -> str:
    """What a phase too young to be judged shows beside the ordinary range of the phase before."""
    above, below = sum(value > high for value in values), sum(value < low for value in values)
    count = len(values)
    facts = {
        "points": points(about.step, count),
        "start": when(since, about.step, about.last),
        "range": short_spread(about.unit, low, high, about.step),
    }
    if above == count:
        words = ngettext(
            "{points} since {start}, above the {range} of before: too early to say more.",
            "{points} since {start}, all above the {range} of before: too early to say more.",
            count,
        )
    elif below == count:
        words = ngettext(
            "{points} since {start}, below the {range} of before: too early to say more.",
            "{points} since {start}, all below the {range} of before: too early to say more.",
            count,
        )
    elif above + below:
        facts["outside"] = whole(above + below)
        words = _("{points} since {start}, {outside} of them outside the {range} of before: too early to say more.")
    else:
        words = _("{points} since {start}, within the {range} of before: too early to say more.")
    return words.format(**facts)


def _unusual_gaps(about: About, found: Sequence[tuple[date, float]]) -> str:
    """Two complaints unusually close together or far apart."""
    start, days = found[-1]
    facts = {"days": quantity(about.unit, days, about.step), "day": when(start, about.step, about.last)}
    return _("{days} from one complaint to the next was unusual (up to {day}): look for what happened then.").format(
        **facts
    )


def points(step: str, count: int) -> str:
    """So many points, counted in the step's own word."""
    words = {
        "month": ngettext("{count} month", "{count} months", count),
        "week": ngettext("{count} week", "{count} weeks", count),
        "quarter": ngettext("{count} quarter", "{count} quarters", count),
        "between": ngettext("{count} time between complaints", "{count} times between complaints", count),
    }[step]
    return words.format(count=whole(count))
