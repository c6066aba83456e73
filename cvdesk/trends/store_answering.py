"""Series of how the business answers, feedback and complaints; and of how customers answer when they are asked."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.filters import entries_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.figures.store import asked_limits
from cvdesk.figures.store_answering import first_responses
from cvdesk.stats.intervals import wilson
from cvdesk.trends.months import start_sql
from cvdesk.trends.records import Series
from cvdesk.trends.records_series import Kind, share_measured
from cvdesk.trends.store_log import medians
from cvdesk.trends.store_series import history, series
from cvdesk.wording import _

_DAYS_TO_RETURN = 14
# Whoever was answered had been waiting, whether that had been noted before or not.
_WAITED = "(entries.needs_answer = 1 OR entries.answered IS NOT NULL)"
_FIRST_ENTRY = "SELECT min(date) FROM entries"
_ANSWERED = f"SELECT entries.date, entries.answered FROM entries WHERE {{chosen}} AND {_WAITED}"
_FIRST_COMPLAINT = "SELECT min(date) FROM complaints"
_FIRST_ASKED = "SELECT min(asked) FROM sheets"
_ASKED = """
SELECT {start}, count(*), COALESCE(sum(answered IS NOT NULL AND answered <= ?), 0)
FROM sheets WHERE asked BETWEEN ? AND ?{limits} GROUP BY 1
"""


def title(key: str) -> str:
    """What a series of answering is called."""
    return {
        "answering": _("Days to answer feedback"),
        "acknowledging": _("Days to acknowledge a complaint"),
        "response_rate": _("Score sheets that come back"),
    }[key]


def answering_series(db: Queries, chosen: Filter, today: date, step: str = "month") -> Series:
    """Median days until feedback of each step that needs an answer got one, from five on; open ones censored."""
    kind = Kind("answering", title("answering"), "days", less_is_better=True)
    first = db.value(_FIRST_ENTRY)
    wide = history(chosen, today, None if first is None else date.fromisoformat(first), step)
    timed: list[tuple[date, float, bool]] = []
    if wide is not None:
        end = wide.period.end
        clause = entries_clause(up_to(wide, today))
        for given, answered in db.rows(_ANSWERED.format(chosen=clause.sql), clause.parameters):
            began, over = date.fromisoformat(given), answered is not None and answered <= end.isoformat()
            days = ((date.fromisoformat(answered) if over else end) - began).days
            timed.append((began, max(0, days), over))
    return series(db, kind, chosen, today, medians(timed, step), step)


def acknowledging_series(db: Queries, chosen: Filter, today: date, step: str = "month") -> Series:
    """Median days to the first response to the complaints of each step, from five on; open ones censored."""
    kind = Kind("acknowledging", title("acknowledging"), "days", less_is_better=True)
    first = db.value(_FIRST_COMPLAINT)
    wide = history(chosen, today, None if first is None else date.fromisoformat(first), step)
    timed = [] if wide is None else first_responses(db, wide, today)
    return series(db, kind, chosen, today, medians(timed, step), step)


def response_rate_series(db: Queries, chosen: Filter, today: date, step: str = "month") -> Series:
    """Share of the score sheets handed out in each step that came back by the period's end.

    A step is judged two weeks after its end: until then sheets may still come back.
    """
    kind = Kind("response_rate", title("response_rate"), "share", chart="p")
    first = db.value(_FIRST_ASKED)
    wide = history(chosen, today, None if first is None else date.fromisoformat(first), step)
    if wide is None:
        return series(db, kind, chosen, today, {}, step)
    limits, values = asked_limits(chosen)
    days = (wide.period.end.isoformat(), wide.period.start.isoformat(), wide.period.end.isoformat())
    rows = db.rows(_ASKED.format(start=start_sql(step, "asked"), limits=limits), (*days, *values))
    found = {date.fromisoformat(start): share_measured(wilson(back, asked)) for start, asked, back in rows}
    return series(db, kind, chosen, today, found, step, ripe=_DAYS_TO_RETURN)
