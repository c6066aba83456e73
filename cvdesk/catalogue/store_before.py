"""What was noted before a period: for pages of a period in which nothing was, of a business that noted enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from cvdesk.catalogue.filters import entries_clause
from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Queries
from cvdesk.wording import ngettext
from cvdesk.wording.numbers import whole

_BEFORE = "SELECT count(*) FROM entries WHERE {chosen}"


def noted_before(db: Queries, chosen: Filter) -> int:
    """How many entries lie before the filter's period, within its other limits."""
    start = chosen.period.start
    if start == date.min:
        return 0
    clause = entries_clause(replace(chosen, period=Period(date.min, start - timedelta(days=1))))
    return int(db.value(_BEFORE.format(chosen=clause.sql), clause.parameters))


def before_words(count: int) -> str:
    """The sentence after one that says that nothing was noted; empty where nothing was noted before either."""
    if not count:
        return ""
    return ngettext(
        "{count} was noted before this period: choose a longer one.",
        "{count} were noted before this period: choose a longer one.",
        count,
    ).format(count=whole(count))
