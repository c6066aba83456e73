"""SQL of what goes wrong, by theme: events by severity, and the customers they happened to (METHOD 1.7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cvdesk.catalogue.filters import complaints_clause, entries_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.customers.store_active import active_clause, window_start
from cvdesk.db import Queries
from cvdesk.stats.intervals import wilson
from cvdesk.stats.rates import FEW_CUSTOMERS, per_100
from cvdesk.themes.records_rank import Incident, Pain, events_of, points_of
from cvdesk.themes.store_trouble import COUNTED, ONLY_SAID, TROUBLE, UNPRAISED

_RANK = "CASE {row}.severity WHEN 'serious' THEN 3 WHEN 'moderate' THEN 2 ELSE 1 END"
_OF_ENTRY = f"""
SELECT entry_themes.theme_id, entries.customer_id, entries.date, {_RANK.format(row="entries")}, entries.id
FROM {{source}} WHERE {{chosen}} AND entry_themes.state = 'confirmed' AND
"""
# Together `NEGATIVE`, in two parts: an index finds each.
_TROUBLED = f"""
{_OF_ENTRY.format(source="entries CROSS JOIN entry_themes ON entry_themes.entry_id = entries.id", chosen="{entries}")}
  {UNPRAISED} AND {TROUBLE}
UNION ALL
{
    _OF_ENTRY.format(
        source="entry_themes CROSS JOIN entries ON entries.id = entry_themes.entry_id",
        chosen="{entries}",
    )
}
  {ONLY_SAID}
"""
# A complaint without themes of its own is about what the feedback it grew out of is about, but for what that praises.
_CASES = f"""
WITH cases AS MATERIALIZED (
  SELECT complaints.id, complaints.entry_id, complaints.customer_id, complaints.date,
    {_RANK.format(row="complaints")} AS rank
  FROM complaints WHERE {{complaints}} AND {COUNTED})
SELECT theme_id, customer_id, date, rank, entry_id
FROM cases CROSS JOIN complaint_themes ON complaint_id = cases.id
UNION ALL
SELECT theme_id, customer_id, date, rank, cases.entry_id
FROM cases CROSS JOIN entry_themes ON entry_themes.entry_id = cases.entry_id AND state = 'confirmed'
  AND {UNPRAISED}
WHERE NOT EXISTS (SELECT 1 FROM complaint_themes WHERE complaint_id = cases.id)
"""
_IDS = "SELECT id FROM customers WHERE {clause}"


def pains(db: Queries, chosen: Filter, today: date, active: int) -> dict[int, Pain]:
    """Trouble by the theme's id, of themes with any. `active`: how many customers are active.

    Complaints count as feedback does; one that grew out of feedback is the same event with it. Points are not shown
    below 20 active customers (METHOD 2: rates).
    """
    is_active = _active_ids(db, chosen, today)
    found: dict[int, Pain] = {}
    for theme, events in events_of(_incidents(db, chosen, today)).items():
        by_rank = events.ranks.count(1), events.ranks.count(2), events.ranks.count(3)
        affected = len(events.customers if is_active is None else events.customers & is_active)
        rate = per_100(points_of(by_rank), active)
        share = wilson(min(affected, active), active, few=FEW_CUSTOMERS)
        found[theme] = Pain(by_rank, sum(events.cases), events.anonymous, rate.value, share)
    return found


def _incidents(db: Queries, chosen: Filter, today: date) -> Iterator[Incident]:
    """Every entry and complaint that tells of trouble, once a theme; what grew out of an anonymous entry is with it."""
    limited = up_to(chosen, today)
    entries, complaints = entries_clause(limited), complaints_clause(limited)
    cases = db.rows(_CASES.format(complaints=complaints.sql), complaints.parameters)
    grown = {(theme, entry): 0 for theme, customer, _day, _rank, entry in cases if entry is not None and not customer}
    for theme, customer, day, rank, entry in db.rows(_TROUBLED.format(entries=entries.sql), entries.parameters * 2):
        if customer is None and (theme, entry) in grown:
            grown[theme, entry] = rank
        else:
            yield theme, customer, day, rank, False
    for theme, customer, day, rank, entry in cases:
        yield theme, customer, day, max(rank, grown.get((theme, entry), 0)), True


def _active_ids(db: Queries, chosen: Filter, today: date) -> set[int] | None:
    """Who is active; None where whoever says something is: within the active days."""
    if up_to(chosen, today).period.start >= window_start(db, min(chosen.period.end, today)):
        return None
    clause = active_clause(db, chosen, today)
    return {row[0] for row in db.rows(_IDS.format(clause=clause.sql), clause.parameters)}
