"""SQL of the feedback figures: from the day summaries where they can say it, else from the entries themselves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.filters import entries_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.figures.months import filled
from cvdesk.figures.records import FeedbackFigures, Month
from cvdesk.stats.intervals import wilson

_STAR = "CASE WHEN rating IS NULL THEN 0 ELSE CAST(rating + 0.5 AS INTEGER) END"
_MONTH = "substr(date, 1, 7)"
_STARS = ("0", "1", "2", "3", "4", "5")
# A summary row has one dimension; naming its keys lets the primary key find the days of each.
_DAYS = """
SELECT key AS part, {month} AS month,
  sum(entries), sum(rated), sum(rating_sum), sum(satisfied), sum(anonymous)
FROM entry_days WHERE dimension = ? AND key IN ({keys}) AND date BETWEEN ? AND ? GROUP BY part, month
"""
_BY_CHANNEL_DAYS = """
SELECT key, sum(entries) FROM entry_days WHERE dimension = 'channel' AND date BETWEEN ? AND ? GROUP BY key
"""
_ROWS = f"""
SELECT {_STAR} AS part, {{month}} AS month, count(*), count(rating), COALESCE(sum(rating), 0),
       COALESCE(sum(rating >= 4), 0), sum(customer_id IS NULL)
FROM entries WHERE {{chosen}} GROUP BY part, month
"""
_PARTS = f"""
SELECT {_STAR} AS star, COALESCE(channel_id, 0) AS channel, count(*)
FROM entries WHERE {{chosen}} GROUP BY star, channel
"""
_BY_CHANNEL = "SELECT COALESCE(channel_id, 0), count(*) FROM entries WHERE {chosen} GROUP BY 1"


@dataclass(frozen=True, slots=True)
class Tally:
    """Entries of a month, as `tallies` was asked to name it, and of a part of them: counts, the sum of ratings."""

    part: str
    month: str
    entries: int
    rated: int
    rating_sum: float
    satisfied: int
    anonymous: int


def tallies(db: Queries, chosen: Filter, today: date, month: str = _MONTH) -> list[Tally]:
    """Entries by calendar month. Without a limit other than the period the part is the whole star ("0": not rated).

    month: SQL of `date` that says which month, or other stretch of time, a day lies in.
    """
    limited = up_to(chosen, today)
    days = (limited.period.start.isoformat(), limited.period.end.isoformat())
    found = _summarised(chosen)
    if found is None:
        clause = entries_clause(limited)
        rows = db.rows(_ROWS.format(chosen=clause.sql, month=month), clause.parameters)
    else:
        dimension, keys = found
        sql = _DAYS.format(keys=", ".join("?" * len(keys)), month=month)
        rows = db.rows(sql, (dimension, *keys, *days))
    return [Tally(str(row[0]), *row[1:]) for row in rows]


def feedback(db: Queries, chosen: Filter, today: date) -> FeedbackFigures:
    """Counts, mean rating and satisfaction of what was logged, by month, channel and star."""
    found = tallies(db, chosen, today)
    rated = sum(tally.rated for tally in found)
    satisfied = sum(tally.satisfied for tally in found)
    total = math.fsum(tally.rating_sum for tally in found)
    by_rating, by_channel = _parts(db, chosen, today, found)
    names = {row[0]: row[1] for row in db.rows("SELECT id, key FROM channels")}
    return FeedbackFigures(
        sum(tally.entries for tally in found), rated, total / rated if rated else None,
        sum(tally.anonymous for tally in found), wilson(satisfied, rated), by_month(found, chosen, today),
        {names[channel]: count for channel, count in sorted(by_channel.items()) if channel},
        {star: by_rating[star] for star in _STARS[1:]},
    )  # fmt: skip


def by_month(found: Iterable[Tally], chosen: Filter, today: date) -> tuple[Month, ...]:
    """Entries and mean rating of each month, from the first with any to the period's end."""
    counts, rated, sums = Counter[str](), Counter[str](), dict[str, list[float]]()
    for tally in found:
        counts[tally.month] += tally.entries
        rated[tally.month] += tally.rated
        sums.setdefault(tally.month, []).append(tally.rating_sum)
    return tuple(
        Month(month, counts[month], math.fsum(sums[month]) / rated[month] if rated[month] else None)
        for month in filled(counts, min(chosen.period.end, today))
    )


def _summarised(chosen: Filter) -> tuple[str, tuple[str, ...]] | None:
    """The dimension of the day summaries and its keys that say what is chosen; None where only the entries do."""
    if chosen.theme is not None or chosen.tag is not None:
        return None
    limits = [
        (name, (str(value),))
        for name, value in (("channel", chosen.channel), ("offering", chosen.offering), ("segment", chosen.segment))
        if value is not None
    ]
    if not limits:
        return "star", _STARS
    return limits[0] if len(limits) == 1 else None


def _parts(db: Queries, chosen: Filter, today: date, found: Iterable[Tally]) -> tuple[Counter[str], Counter[int]]:
    """Rated entries by whole star ("0": not rated) and entries by channel id (0: none)."""
    limited = up_to(chosen, today)
    clause = entries_clause(limited)
    stars, channels = Counter[str](), Counter[int]()
    summary = _summarised(chosen)
    if summary is None or summary[0] == "star":
        for tally in found:
            stars[tally.part] += tally.entries
    if summary is None:
        rows = db.rows(_BY_CHANNEL.format(chosen=clause.sql), clause.parameters)
        channels.update({row[0]: row[1] for row in rows})
    elif summary[0] == "star":
        days = (limited.period.start.isoformat(), limited.period.end.isoformat())
        channels.update({int(key): count for key, count in db.rows(_BY_CHANNEL_DAYS, days)})
    else:
        for star, channel, count in db.rows(_PARTS.format(chosen=clause.sql), clause.parameters):
            stars[str(star)] += count
            channels[channel] += count
    return stars, channels
