"""Documents that show figures: strategy, summary, trends, themes, complaints."""

from __future__ import annotations

from cvdesk.db import Queries
from cvdesk.reports.records_kinds import Kind, Made, Wanted
from cvdesk.wording import _


def _strategy(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.reports import report, store

    return Made(report.as_pdf(store.gather(db, wanted.filter, wanted.today), wanted.paper, wanted.names))


def _summary(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.reports import report, store

    return Made(report.summary_pdf(store.gather(db, wanted.filter, wanted.today), wanted.paper, wanted.names))


def _register(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.reports import report, store

    return Made(report.register_pdf(store.register(db, wanted.filter, wanted.today), wanted.paper, wanted.names))


def _trends(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.trends import report_trends

    return Made(report_trends.as_pdf(report_trends.gather(db, wanted.filter, wanted.today), wanted.paper))


KINDS = (
    Kind(
        "value-strategy", "figures",
        lambda: _("Value strategy"),
        lambda: _("What customers get, what holds it back, and what to do next"),
        _strategy,
    ),
    Kind("summary", "figures", lambda: _("Summary"), lambda: _("The same on one page"), _summary),
    Kind(
        "trends", "figures",
        lambda: _("Trend book"),
        lambda: _("Every figure over time, and which of them really changed"),
        _trends, named=False,
    ),
    Kind(
        "complaints", "figures",
        lambda: _("Complaint register"),
        lambda: _("Every complaint of the period, the newest first"),
        _register,
    ),
)  # fmt: skip
