"""Everything Home shows, gathered once beside the window; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import BusinessFile, Queries
from cvdesk.figures.records import Figures
from cvdesk.shell import store
from cvdesk.shell.records_needs import Needs
from cvdesk.shell.store_needs import needs
from cvdesk.trends.records import Series

SCORE_DAYS = 90

_PHASE = "SELECT starts, reason FROM phases WHERE series = 'net' AND starts <= ? ORDER BY starts DESC LIMIT 1"
_BEFORE_PHASE = "SELECT max(starts) FROM phases WHERE series = 'net' AND starts < ?"
_FIRST_ANSWER = "SELECT min(date) FROM assessments WHERE kind = 'customer' AND state = 'done'"


@dataclass(frozen=True, slots=True)
class HomeData:
    """`now`: figures of the last 90 days; `before`: those compared with; `since`: when the phase began, if one did."""

    now: Figures
    before: Figures
    since: date | None
    series: Series
    needs: Needs
    latest: tuple[store.Words, ...]

    @property
    def early(self) -> bool:
        """Whether there is too little for the full page: no value figure yet."""
        return self.now.value.net.value is None


def scores_filter(chosen: Filter, today: date) -> Filter:
    """Home's scores: the last 90 days, limited like everything else."""
    return replace(chosen, period=Period.last_days(SCORE_DAYS, today))


def compared_with(db: Queries, today: date) -> tuple[Period, date | None]:
    """The phase before the one that is running; without phases, the 90 days before."""
    recent = Period.last_days(SCORE_DAYS, today)
    phase = db.row(_PHASE, (today.isoformat(),))
    if phase is None:
        return recent.before(), None
    starts = date.fromisoformat(phase["starts"])
    first = db.value(_BEFORE_PHASE, (starts.isoformat(),)) or db.value(_FIRST_ANSWER)
    if first is None or date.fromisoformat(first) >= starts:
        return recent.before(), None
    return Period(date.fromisoformat(first), starts - timedelta(days=1)), starts


def _series(file: BusinessFile, chosen: Filter, today: date) -> Series:
    from cvdesk.trends import store as trends  # brings the measuring method along, which a kept series does not need

    return trends.value_series(file, chosen, today)


def gather(file: BusinessFile, chosen: Filter, today: date) -> HomeData:
    """Asks for everything Home shows. The figures are kept per operation, so that opening costs little."""
    from cvdesk.figures import kept

    scores = scores_filter(chosen, today)
    period, since = compared_with(file, today)
    return HomeData(
        now=kept.home(file, scores, today),
        before=kept.home(file, replace(scores, period=period), today),
        since=since,
        series=kept.remembered(file, "series", chosen, today, Series, partial(_series, file, chosen, today)),
        needs=needs(file, today),
        latest=tuple(store.latest(file)),
    )
