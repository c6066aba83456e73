"""The pages in the order of the navigation; each is imported when it is first visited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cvdesk.kit.page import Page
from cvdesk.wording import _


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the navigation. `tables`: records (or kinds of report) that open there."""

    key: str
    icon: str
    title: Callable[[], str]
    load: Callable[[], type[Page]]
    tables: tuple[str, ...] = ()


def _home() -> type[Page]:
    from cvdesk.shell.home import HomePage

    return HomePage


def _customers() -> type[Page]:
    from cvdesk.customers.page import CustomersPage

    return CustomersPage


def _feedback() -> type[Page]:
    from cvdesk.feedback.page import FeedbackPage

    return FeedbackPage


def _complaints() -> type[Page]:
    from cvdesk.complaints.page import ComplaintsPage

    return ComplaintsPage


def _surveys() -> type[Page]:
    from cvdesk.surveys.page import SurveysPage

    return SurveysPage


def _value() -> type[Page]:
    from cvdesk.value.page import ValuePage

    return ValuePage


def _themes() -> type[Page]:
    from cvdesk.themes.page import ThemesPage

    return ThemesPage


def _trends() -> type[Page]:
    from cvdesk.trends.page import TrendsPage

    return TrendsPage


def _strategy() -> type[Page]:
    from cvdesk.strategy.page import StrategyPage

    return StrategyPage


def _care() -> type[Page]:
    from cvdesk.care.page import CarePage

    return CarePage


def _reports() -> type[Page]:
    from cvdesk.reports.page import ReportsPage

    return ReportsPage


def groups() -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The navigation: (name of the group, its pages)."""
    return (
        ("", (Entry("home", "house", lambda: _("Home"), _home),)),
        (
            _("Listen"),
            (
                Entry("customers", "users", lambda: _("Customers"), _customers, ("customers",)),
                Entry("feedback", "message-square-text", lambda: _("Feedback"), _feedback, ("entries",)),
                Entry("complaints", "circle-alert", lambda: _("Complaints"), _complaints, ("complaints",)),
                Entry("surveys", "clipboard-list", lambda: _("Surveys"), _surveys, ("surveys", "sheets")),
            ),
        ),
        (
            _("Understand"),
            (
                Entry("value", "scale", lambda: _("Value"), _value, ("assessments", "factors")),
                Entry("themes", "tags", lambda: _("Themes"), _themes, ("themes",)),
                Entry("trends", "chart-line", lambda: _("Trends"), _trends, ("series",)),
            ),
        ),
        (
            _("Act"),
            (
                Entry("strategy", "target", lambda: _("Strategy"), _strategy, ("actions", "strategies")),
                Entry("care", "heart-handshake", lambda: _("Care"), _care, ("care",)),
                Entry("reports", "file-text", lambda: _("Reports"), _reports, ("reports",)),
            ),
        ),
    )
