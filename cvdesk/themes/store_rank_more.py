"""SQL of what stands beside the ranking: trouble, what is new, what changed, and what is not filed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from cvdesk.catalogue.filters import entries_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.db.rows import day_start
from cvdesk.themes.records_rank import NEW_DAYS, Change, Filed, More, Ranking, changes_of
from cvdesk.themes.store_filing import UNSETTLED
from cvdesk.themes.store_rank import active_count
from cvdesk.themes.store_rank_pain import pains
from cvdesk.themes.store_shares import shares

_FIRST = "SELECT min(date) FROM entries"
_COUNTS = "SELECT count(*), COALESCE(sum(entries.customer_id IS NULL), 0) FROM entries WHERE {chosen}"
_SUGGESTED = """EXISTS (SELECT 1 FROM entry_themes
WHERE entry_themes.entry_id = entries.id AND state = 'suggested')"""
_OPEN = f"""
SELECT count(*), COALESCE(sum({_SUGGESTED}), 0) FROM entries WHERE {{chosen}} AND {UNSETTLED}
"""
# The first mention that comes along before a day is enough, and old ones come first.
_SPOKEN_OF_BEFORE = """
SELECT value FROM json_each(?) WHERE EXISTS (
  SELECT 1 FROM entry_themes CROSS JOIN entries ON entries.id = entry_themes.entry_id
  WHERE theme_id = value AND state = 'confirmed' AND entries.position < ?)
"""
# Those the file began with are not new, however young the file is.
_MADE = """
SELECT id, substr(created_at, 1, 10) FROM themes
WHERE active = 1 AND substr(created_at, 1, 10) BETWEEN ? AND ?
  AND substr(created_at, 1, 10) > (SELECT substr(min(created_at), 1, 10) FROM themes)
"""


def more(db: Queries, chosen: Filter, today: date, ranking: Ranking) -> More:
    """What belongs beside a ranking of the same filter."""
    with db.snapshot():
        first = db.value(_FIRST)
        begins = date.fromisoformat(first) if first is not None else None
        changes, compared = _changes(db, chosen, today, ranking, begins)
        return More(
            _filed(db, chosen, today),
            pains(db, chosen, today, ranking.active),
            changes,
            _new(db, ranking, begins),
            _made(db, ranking.end),
            compared,
            begins if compared is None else None,
        )


def _changes(
    db: Queries, chosen: Filter, today: date, ranking: Ranking, begins: date | None
) -> tuple[dict[int, Change], tuple[date, date] | None]:
    """Shares against the period before, and its days; nothing where that is not wholly on file."""
    before = up_to(chosen, today).period.before()
    if begins is None or begins > before.start:
        return {}, None
    earlier = replace(chosen, period=before)
    active = active_count(db, earlier, today)
    counts = {figure.id: figure.customers for figure in shares(db, earlier, today, active)}
    now = {row.figure.id: row.figure.customers for row in ranking.rows}
    return changes_of(now, counts, (ranking.active, active)), (before.start, before.end)


def _new(db: Queries, ranking: Ranking, begins: date | None) -> frozenset[int]:
    """The themes nobody spoke of until lately; none while nothing at all is older than that."""
    since = ranking.end - timedelta(days=NEW_DAYS - 1)
    if begins is None or begins >= since:
        return frozenset()
    spoken = [row.figure.id for row in ranking.rows if row.figure.entries]
    known = db.rows(_SPOKEN_OF_BEFORE, (json.dumps(spoken), day_start(since.isoformat())))
    return frozenset(spoken) - {int(row[0]) for row in known}


def _made(db: Queries, end: date) -> dict[int, date]:
    since = end - timedelta(days=NEW_DAYS - 1)
    return {row[0]: date.fromisoformat(row[1]) for row in db.rows(_MADE, (since.isoformat(), end.isoformat()))}


def _filed(db: Queries, chosen: Filter, today: date) -> Filed:
    """What became of the feedback. With a theme chosen all of it is filed: there the question does not arise."""
    clause = entries_clause(up_to(replace(chosen, theme=None), today))
    entries, anonymous = db.rows(_COUNTS.format(chosen=clause.sql), clause.parameters)[0]
    unsettled, suggested = db.rows(_OPEN.format(chosen=clause.sql), clause.parameters)[0]
    return Filed(entries, anonymous, suggested, unsettled - suggested)
