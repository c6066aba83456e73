"""The figures as a short text for the command line; the sentences are those of screen and paper."""

from __future__ import annotations

from collections.abc import Callable

from cvdesk.figures.records import Figures
from cvdesk.figures.text_more import more_lines
from cvdesk.stats.intervals import Estimate
from cvdesk.wording import _
from cvdesk.wording.counts import CASES, RATINGS
from cvdesk.wording.figures import (
    answers,
    headline,
    in_full,
    interval,
    less_is_better,
    lever_name,
    median_days,
    of_100_with_range,
)
from cvdesk.wording.numbers import number, signed, span, whole
from cvdesk.wording.ranges import with_range

_MOST_THEMES = 8


def in_words(figures: Figures, business: str) -> str:
    """A screenful."""
    period = figures.filter.period
    return "\n".join([
        f"{business}, {span(period.start, period.end)}",
        headline(figures),
        *_log(figures),
        *_value(figures),
        *_themes(figures),
        *(() if figures.more is None else more_lines(figures, figures.more)),
    ])  # fmt: skip


def _log(figures: Figures) -> list[str]:
    feedback, complaints = figures.feedback, figures.complaints
    lines = [
        _("Customers: {count}, {active} of them active").format(
            count=whole(figures.customers.count), active=whole(figures.customers.active)
        ),
        _("Feedback: {count}, {rated} rated").format(count=whole(feedback.count), rated=whole(feedback.rated))
        + (
            ""
            if feedback.mean_rating is None
            else _(", mean rating {mean}").format(mean=number(feedback.mean_rating, 2))
        ),
        _("Satisfied (4 or 5): {share}").format(share=_sure(feedback.csat, of_100_with_range, RATINGS.count)),
        _("Complaints: {count}, {open} open, {overdue} overdue").format(
            count=whole(complaints.count), open=whole(complaints.open), overdue=whole(complaints.overdue)
        ),
        _("Time to put right: {days}").format(days=_sure(complaints.days_to_resolve, _days, CASES.count)),
    ]
    if figures.rows_after:
        lines.append(_("Left out because they are dated later: {count}").format(count=whole(figures.rows_after)))
    return lines


def _value(figures: Figures) -> list[str]:
    value = figures.value
    lines = [
        _("Worth it: {share}").format(share=_sure(figures.surveys.worth_it, of_100_with_range, answers)),
        _("Value: {net}").format(net=_sure(value.net, _net, answers)),
    ]
    for lever, found in value.levers.items():
        name = lever_name(lever) + (_(" (less is better)") if less_is_better(lever) else "")
        lines.append(f"{name}: {_sure(found.score, _mean, answers)}")
    return lines


def _themes(figures: Figures) -> list[str]:
    return [
        _("{theme}: {customers} customers, {entries} entries").format(
            theme=theme.name, customers=whole(theme.customers), entries=whole(theme.entries)
        )
        for theme in figures.themes[:_MOST_THEMES]
        if theme.entries
    ]


def _sure(found: Estimate, form: Callable[[Estimate], str], counted: Callable[[int], str]) -> str:
    """A figure with its range, what it rests on and how far to trust it; why there is none."""
    if found.value is None:
        return median_days(found)
    return in_full(form(found), counted(found.n), found.n)


def _mean(found: Estimate) -> str:
    return with_range(number(found.value or 0.0), interval(found))


def _net(found: Estimate) -> str:
    return with_range(signed(found.value or 0.0), interval(found, with_sign=True))


def _days(found: Estimate) -> str:
    return with_range(median_days(found), interval(found, 0))
