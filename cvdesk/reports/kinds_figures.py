"""Documents that show figures: strategy, summary, trends, themes, complaints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvdesk.reports.records_kinds import Kind, Made, Section, Wanted
from cvdesk.wording import _

if TYPE_CHECKING:
    from cvdesk.db import Queries


def _strategy(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.reports import report, store

    data = store.gather(db, wanted.filter, wanted.today, wanted.names)
    return Made(report.as_pdf(data, wanted.paper, wanted.names, wanted.left_out))


def _summary(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.reports import report, store

    data = store.gather_summary(db, wanted.filter, wanted.today, names=False)
    return Made(report.summary_pdf(data, wanted.paper))


def _register(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.customers.store_nameless import nobody_named
    from cvdesk.reports import store
    from cvdesk.reports.report_register import register_pdf

    data = store.register(db, wanted.filter, wanted.today)
    if not wanted.names:
        data = nobody_named(db, data)
    return Made(register_pdf(data, wanted.paper, wanted.names, wanted.left_out))


def _trends(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.customers.store_nameless import nobody_named
    from cvdesk.trends import report_trends

    data = nobody_named(db, report_trends.gather(db, wanted.filter, wanted.today))
    return Made(report_trends.as_pdf(data, wanted.paper, wanted.left_out))


def _themes(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.customers.store_nameless import nameless, nobody_named
    from cvdesk.errors import UserError
    from cvdesk.themes import report_themes, store_report
    from cvdesk.trends import store_kinds
    from cvdesk.trends.records import Series

    chosen = replace(wanted.filter, theme=None)
    shared = store_kinds.Shared(db, chosen, wanted.today)

    def over_time(theme: str) -> Series | None:
        try:
            return store_kinds.make(db, f"theme:{theme}", chosen, wanted.today, shared=shared)
        except UserError:  # a theme no longer in use has no series, yet may have been spoken of
            return None

    data = store_report.gather(db, wanted.filter, wanted.today, over_time)
    if not wanted.names:
        data = nobody_named(db, data.without_names(nameless(db)))
    return Made(report_themes.as_pdf(data, wanted.paper, wanted.left_out))


TREND_SECTIONS = (
    Section("value", lambda: _("Value")),
    Section("feedback", lambda: _("Feedback")),
    Section("complaints", lambda: _("Complaints")),
    Section("surveys", lambda: _("Surveys")),
    Section("themes", lambda: _("What customers speak of")),
    Section("what-happened", lambda: _("What happened in this time")),
    Section("method", lambda: _("How changes are told from chance")),
)
THEME_SECTIONS = (
    Section("changes", lambda: _("What changed")),
    Section("theme-by-theme", lambda: _("Theme by theme")),
    Section("others", lambda: _("All other themes")),
    Section("method", lambda: _("How these figures are made")),
)
STRATEGY_SECTIONS = (
    Section("standing", lambda: _("Where you stand")),
    Section("edge", lambda: _("Your edge over rivals")),
    Section("plan", lambda: _("The plan: actions, money, dates")),
    Section("last-time", lambda: _("Last time: promise and result")),
    Section("themes", lambda: _("What customers mention")),
    Section("complaints", lambda: _("Complaints")),
    Section("words", lambda: _("In their own words")),
    Section("factors", lambda: _("Every factor")),
    Section("method", lambda: _("How these figures are made")),
)

REGISTER_SECTIONS = (
    Section("months", lambda: _("Received by month")),
    Section("causes", lambda: _("Why it happened")),
)
KINDS = (
    Kind(
        "value-strategy", "figures",
        lambda: _("Value strategy"),
        lambda: _("What customers get, what holds it back, and what to do next"),
        _strategy, sections=STRATEGY_SECTIONS,
    ),
    Kind(
        "summary", "figures",
        lambda: _("Summary"),
        lambda: _("On one page for the wall, to be read from a step away; no customer is named"),
        _summary, named=False,
    ),
    Kind(
        "trends", "figures",
        lambda: _("Trend book"),
        lambda: _("Every figure over time, and which of them really changed"),
        _trends, sections=TREND_SECTIONS, named=False,
    ),
    Kind(
        "themes", "figures",
        lambda: _("Theme report"),
        lambda: _("What customers speak of, what changed, their own words, and what was done"),
        _themes, sections=THEME_SECTIONS,
    ),
    Kind(
        "complaints", "figures",
        lambda: _("Complaint register"),
        lambda: _("Every complaint of the period, the newest first"),
        _register, sections=REGISTER_SECTIONS,
    ),
)  # fmt: skip
