"""The reports there are, for the gallery: names, what is in them, how each is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.wording import _


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report as chosen: which one, of what, for which paper, with the names of customers or without."""

    kind: str
    filter: Filter
    today: date
    paper: str
    names: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """One report of the gallery. `write` gathers and writes it: for a job, since it takes its time."""

    key: str
    title: Callable[[], str]
    contents: Callable[[], str]
    write: Callable[[Queries, Wanted, Path], None]


def _strategy(db: Queries, wanted: Wanted, path: Path) -> None:
    from cvdesk.reports import report, store

    report.save(store.gather(db, wanted.filter, wanted.today), path, wanted.paper, wanted.names)


def _summary(db: Queries, wanted: Wanted, path: Path) -> None:
    from cvdesk.reports import report, store

    report.save_summary(store.gather(db, wanted.filter, wanted.today), path, wanted.paper, wanted.names)


def _register(db: Queries, wanted: Wanted, path: Path) -> None:
    from cvdesk.reports import report, store

    report.save_register(store.register(db, wanted.filter, wanted.today), path, wanted.paper, wanted.names)


def _trends(db: Queries, wanted: Wanted, path: Path) -> None:
    from cvdesk.trends import report_trends

    report_trends.save(report_trends.gather(db, wanted.filter, wanted.today), path, wanted.paper)


KINDS = (
    Kind(
        "value-strategy",
        lambda: _("Value strategy"),
        lambda: _("What customers get, what holds it back, and what to do next"),
        _strategy,
    ),
    Kind("summary", lambda: _("Summary"), lambda: _("The same on one page"), _summary),
    Kind(
        "trends",
        lambda: _("Trends"),
        lambda: _("Every figure over time, and which of them really changed"),
        _trends,
    ),
    Kind(
        "complaints",
        lambda: _("Complaint register"),
        lambda: _("Every complaint of the period, the newest first"),
        _register,
    ),
)


def kind_of(key: str) -> Kind:
    """The report of a key; raises KeyError for an unknown one."""
    for kind in KINDS:
        if kind.key == key:
            return kind
    raise KeyError(key)


def write(db: Queries, wanted: Wanted, path: Path) -> None:
    """Makes the report and writes it whole or not at all. UserError where it cannot be written."""
    kind_of(wanted.kind).write(db, wanted, path)
