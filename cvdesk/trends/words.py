"""What the limits of a chart show, as a sentence (METHOD 3.2); no verdict on what it means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvdesk.stats.charts import PROVISIONAL_FROM, Xmr
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import month_long, number, percent, signed

_RUN = 8
_MOST_NAMED = 4


def nothing_yet() -> str:
    """Said of a series without a single month."""
    return _("Nothing to show yet.")


def sentence(unit: str, months: Sequence[date], values: Sequence[float], chart: Xmr) -> str:
    """What the phase's chart shows. `months` and `values`: its judged points, in order."""
    if chart.standing == "early":
        return ngettext(
            "Too early to say: {count} month so far, {need} are needed.",
            "Too early to say: {count} months so far, {need} are needed.",
            chart.baseline,
        ).format(count=chart.baseline, need=PROVISIONAL_FROM)
    if chart.too_coarse:
        return _("Too coarse to judge: the months hardly differ.")
    said = [
        part for part in (_outside(months, chart), _run(months, values, chart), _edge(months, values, chart)) if part
    ]
    if said:
        return " ".join(said)
    low, high = amount(unit, chart.lower), amount(unit, chart.upper)
    if chart.standing == "firm":
        return _("Every month lies within the ordinary range ({low} to {high}).").format(low=low, high=high)
    return _(
        "Every month lies within the ordinary range ({low} to {high}); it stays provisional until 12 months."
    ).format(low=low, high=high)


def young_phase(unit: str, since: date, values: Sequence[float], before: Xmr) -> str:
    """What a phase too young for limits of its own shows beside those of the phase before; empty without any."""
    if not values or before.standing == "early" or before.too_coarse or before.lower is None or before.upper is None:
        return ""
    above = sum(value > before.upper for value in values)
    below = sum(value < before.lower for value in values)
    facts = {
        "count": len(values), "month": month_long(since),
        "low": amount(unit, before.lower), "high": amount(unit, before.upper),
    }  # fmt: skip
    if above == len(values):
        words = ngettext(
            "The month since {month} lies above the ordinary range of before ({low} to {high}).",
            "All {count} months since {month} lie above the ordinary range of before ({low} to {high}).",
            len(values),
        )
    elif below == len(values):
        words = ngettext(
            "The month since {month} lies below the ordinary range of before ({low} to {high}).",
            "All {count} months since {month} lie below the ordinary range of before ({low} to {high}).",
            len(values),
        )
    elif above + below:
        facts["outside"] = above + below
        words = _(
            "{outside} of {count} months since {month} lie outside the ordinary range of before ({low} to {high})."
        )
    else:
        words = _("The months since {month} lie within the ordinary range of before ({low} to {high}).")
    return words.format(**facts)


def amount(unit: str, value: float | None) -> str:
    """A value of a series as people read it: +1.9, 4.2, 87%, 12 points stay bare numbers; empty for None."""
    if value is None:
        return ""
    if unit == "net":
        return signed(value)
    if unit == "share":
        return percent(min(1.0, max(0.0, value)))
    if unit == "points":
        return signed(value, 0)
    return number(value)


def _outside(months: Sequence[date], chart: Xmr) -> str:
    places = chart.rule1
    if not places:
        return ""
    if len(places) > _MOST_NAMED:
        return _("{count} months lie outside the ordinary range, the latest in {month}.").format(
            count=_counted(len(places)), month=_name(months[places[-1]], months[-1])
        )
    names = _listed([_name(months[place], months[-1]) for place in places])
    return ngettext(
        "{count} month lies outside the ordinary range: {months}.",
        "{count} months lie outside the ordinary range: {months}.",
        len(places),
    ).format(count=_counted(len(places)), months=names)


def _run(months: Sequence[date], values: Sequence[float], chart: Xmr) -> str:
    if not chart.rule2 or chart.centre is None:
        return ""
    last = chart.rule2[-1]
    above = values[last] > chart.centre
    first = last
    while first > 0 and values[first - 1] != chart.centre and (values[first - 1] > chart.centre) == above:
        first -= 1
    # Taking the centre as the chart does: a point a hair beside it breaks the run as one on it.
    first = max(first, _start_of_run(chart.rule2) - _RUN + 1)
    start, end = _name(months[first], months[-1]), _name(months[last], months[-1])
    count = _counted(last - first + 1)
    if last == len(months) - 1:
        if above:
            return _("{count} months in a row above the middle since {start}.").format(count=count, start=start)
        return _("{count} months in a row below the middle since {start}.").format(count=count, start=start)
    if above:
        return _("{count} months in a row above the middle, {start} to {end}.").format(
            count=count, start=start, end=end
        )
    return _("{count} months in a row below the middle, {start} to {end}.").format(count=count, start=start, end=end)


def _start_of_run(places: Sequence[int]) -> int:
    """The first of the last places that follow each other."""
    first = len(places) - 1
    while first > 0 and places[first - 1] == places[first] - 1:
        first -= 1
    return places[first]


def _edge(months: Sequence[date], values: Sequence[float], chart: Xmr) -> str:
    # What already lies outside or in a run has been said.
    known = {*chart.rule1, *chart.rule2}
    places = [place for place in chart.rule3 if not known & set(range(place - 3, place + 1))]
    if not places or chart.centre is None:
        return ""
    last = places[-1]
    above = sum(value > chart.centre for value in values[last - 3 : last + 1]) > 2
    text = (
        _("Three of the four months up to {month} lie near the upper edge of the ordinary range.")
        if above
        else _("Three of the four months up to {month} lie near the lower edge of the ordinary range.")
    )
    return text.format(month=_name(months[last], months[-1]))


def _name(month: date, last: date) -> str:
    """The month; with its year where that is not the last one's."""
    if month.year == last.year:
        from babel.dates import format_date

        from cvdesk.wording.numbers import current_locale

        return format_date(month, "LLLL", locale=current_locale())
    return month_long(month)


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def _counted(count: int) -> str:
    """A count at the beginning of a sentence: in words up to twelve."""
    words = (
        _("No"), _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine"),
        _("Ten"), _("Eleven"), _("Twelve"),
    )  # fmt: skip
    return words[count] if count < len(words) else str(count)
