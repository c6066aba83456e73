"""The figures as a short text for the command line; the sentences are those of screen and paper."""

from __future__ import annotations

from cvdesk.figures.records import Figures
from cvdesk.figures.text_more import more_lines
from cvdesk.stats.intervals import Estimate
from cvdesk.wording import _
from cvdesk.wording.figures import (
    headline,
    interval,
    less_is_better,
    lever_name,
    median_days,
    of_100_with_range,
    why_not,
)
from cvdesk.wording.numbers import number, span, whole

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
        _("Satisfied (4 or 5): {share}").format(share=_share(feedback.csat)),
        _("Complaints: {count}, {open} open, {overdue} overdue").format(
            count=whole(complaints.count), open=whole(complaints.open), overdue=whole(complaints.overdue)
        ),
        _("Time to put right: {days}").format(days=median_days(complaints.days_to_resolve)),
    ]
    if figures.rows_after:
        lines.append(_("Left out because they are dated later: {count}").format(count=whole(figures.rows_after)))
    return lines


def _value(figures: Figures) -> list[str]:
    lines = [_("Worth it: {share}").format(share=_share(figures.surveys.worth_it))]
    for lever, found in figures.value.levers.items():
        name = lever_name(lever) + (_(" (less is better)") if less_is_better(lever) else "")
        lines.append(f"{name}: {_score(found.score)}")
    return lines


def _themes(figures: Figures) -> list[str]:
    return [
        _("{theme}: {customers} customers, {entries} entries").format(
            theme=theme.name, customers=whole(theme.customers), entries=whole(theme.entries)
        )
        for theme in figures.themes[:_MOST_THEMES]
        if theme.entries
    ]


def _share(found: Estimate) -> str:
    return why_not(found) if found.value is None else of_100_with_range(found)


def _score(found: Estimate) -> str:
    return why_not(found) if found.value is None else interval(found)
