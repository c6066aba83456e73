"""The figures as JSON, by the names scripts rely on. Reasons are plain English: scripts read them, not people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cvdesk.figures.json_more import add_more
from cvdesk.figures.records import Figures, LeverFigure, Month
from cvdesk.stats.intervals import NEED_ANSWERS, Estimate, wilson

_REASONS = {
    "no_data": "no data",
    "few_cases": "fewer than {need} cases",
    "few_customers": "fewer than {need} customers",
    "few_factors": "too few factors with {need} answers",
    "missing_levers": "not all four levers have enough answers",
    "not_reached": "fewer than half of the cases are done",
    "not_followed": "no case was followed as long as the target",
    "short_period": "the period is shorter than two usual gaps between purchases",
    "no_gap": "nobody bought twice, so that a usual gap between purchases is not known",
    "no_spread": "all answers are alike",
}


def as_json(figures: Figures) -> dict[str, Any]:
    """One JSON object; every figure is {value, low, high, n}, or {value: null, n, why} where it may not be shown."""
    period = figures.filter.period
    said: dict[str, Any] = {
        "period": {
            "from": period.start.isoformat(),
            "to": period.end.isoformat(),
            "rows_after": figures.rows_after,
        },
        "customers": {"count": figures.customers.count, "active": figures.customers.active},
        "feedback": _feedback(figures),
        "complaints": _complaints(figures),
        "surveys": {
            "worth_it": figure(figures.surveys.worth_it),
            "csat": figure(figures.surveys.csat),
            "ease": figure(figures.surveys.ease),
            "nps": figure(figures.surveys.nps),
            "response_rate": figure(figures.surveys.response_rate),
        },
        "themes": [
            {
                "theme": theme.theme,
                "name": theme.name,
                "lever": theme.lever,
                "factor": theme.factor,
                "entries": theme.entries,
                "customers": theme.customers,
                "customers_suggested": theme.customers_suggested,
                "share": figure(theme.share),
            }
            for theme in figures.themes
        ],
        "value": {
            "net": figure(figures.value.net),
            "get": figures.value.get,
            "give": figures.value.give,
            "levers": {lever: _lever(score) for lever, score in figures.value.levers.items()},
        },
    }
    if figures.more is not None:
        add_more(said, figures.more, figure, wilson(0, figures.customers.active))
    return said


def figure(estimate: Estimate) -> dict[str, Any]:
    """A figure with its interval, or why there is none; a median not reached says what it is more than."""
    if estimate.value is not None:
        return {"value": estimate.value, "low": estimate.low, "high": estimate.high, "n": estimate.n}
    reason = _REASONS.get(estimate.why or "", "fewer than {need} answers").format(need=estimate.need or NEED_ANSWERS)
    hidden: dict[str, Any] = {"value": None, "n": estimate.n, "why": reason}
    if estimate.more_than is not None:
        hidden |= {"more_than": estimate.more_than, "low": estimate.low, "high": estimate.high}
    return hidden


def _feedback(figures: Figures) -> dict[str, Any]:
    feedback = figures.feedback
    return {
        "count": feedback.count,
        "rated": feedback.rated,
        "mean_rating": feedback.mean_rating,
        "anonymous": feedback.anonymous,
        "csat": figure(feedback.csat),
        "by_month": _months(feedback.by_month, rated=True),
        "by_channel": dict(feedback.by_channel),
        "by_rating": dict(feedback.by_rating),
    }


def _complaints(figures: Figures) -> dict[str, Any]:
    complaints = figures.complaints
    return {
        "count": complaints.count,
        "open": complaints.open,
        "overdue": complaints.overdue,
        "per_100_customers": figure(complaints.per_100_customers),
        "days_to_resolve": figure(complaints.days_to_resolve),
        "by_month": _months(complaints.by_month, rated=False),
        "by_theme": dict(complaints.by_theme),
    }


def _months(months: Iterable[Month], rated: bool) -> list[dict[str, Any]]:
    if rated:
        return [{"month": each.month, "count": each.count, "mean_rating": each.mean_rating} for each in months]
    return [{"month": each.month, "count": each.count} for each in months]


def _lever(lever: LeverFigure) -> dict[str, Any]:
    return {**figure(lever.score), "factors": {key: figure(estimate) for key, estimate in lever.factors.items()}}
