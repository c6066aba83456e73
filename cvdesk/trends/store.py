"""All series of the business over calendar months, and what lies behind a month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from cvdesk.catalogue.records import LEVERS, Filter, Period
from cvdesk.db import Queries
from cvdesk.trends import store_log, store_value
from cvdesk.trends.months import first_of, last_of
from cvdesk.trends.records import Series
from cvdesk.trends.store_log import complaints_series, csat_series, days_series, entries_series, rating_series
from cvdesk.trends.store_value import (
    VALUE_KEYS,
    lever_series,
    overall_series,
    value_and_levers,
    value_series,
    worth_it_series,
)

__all__ = [
    "ALL_SERIES", "behind", "complaints_series", "csat_series", "days_series", "entries_series", "every",
    "lever_series", "overall_series", "rating_series", "value_and_levers", "value_series", "worth_it_series",
]  # fmt: skip

_LOG: dict[str, tuple[Callable[[Queries, Filter, date], Series], str]] = {
    "rating": (rating_series, "entries"),
    "csat": (csat_series, "entries"),
    "complaints": (complaints_series, "complaints"),
    "days": (days_series, "complaints"),
    "entries": (entries_series, "entries"),
}
_OVERALL = ("worth_it", "satisfaction", "ease", "nps")

# (key, title, how to make it), in the order in which they are offered.
ALL_SERIES: tuple[tuple[str, Callable[[], str], Callable[[Queries, Filter, date], Series]], ...] = (
    ("net", partial(store_value.title, "net"), value_series),
    *((lever, partial(store_value.title, lever), partial(lever_series, lever=lever)) for lever in LEVERS),
    *((key, partial(store_value.title, key), partial(overall_series, key=key)) for key in _OVERALL),
    *((key, partial(store_log.title, key), make) for key, (make, _table) in _LOG.items()),
)


def every(db: Queries, chosen: Filter, today: date) -> dict[str, Series]:
    """All series by key; Net and levers are read once."""
    found = value_and_levers(db, chosen, today)
    return found | {key: make(db, chosen, today) for key, _title, make in ALL_SERIES if key not in VALUE_KEYS}


def behind(series_key: str, month: date, chosen: Filter, today: date) -> tuple[str, Filter]:
    """The table a series counts and the filter narrowed to one month until today: what its point is made of.

    KeyError for an unknown series.
    """
    of_sheets = series_key in VALUE_KEYS or series_key in _OVERALL
    table = "assessments" if of_sheets else _LOG[series_key][1]
    return table, replace(chosen, period=Period(first_of(month), max(first_of(month), min(last_of(month), today))))
