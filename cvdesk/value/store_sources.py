"""What feedback and complaints say at least about each factor: the floors under a survey's answers (METHOD 1.7)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.filters import complaints_clause, entries_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.customers.store_active import active_clause, window_start
from cvdesk.db import Queries
from cvdesk.stats.floors import BURDEN, SEVERITIES, incident_floor, limit_of, telling_share
from cvdesk.stats.intervals import NEED_PEOPLE
from cvdesk.themes.store_trouble import COUNTED, ONLY_SAID, TROUBLE, UNPRAISED
from cvdesk.value.records_score import Incidents
from cvdesk.value.store_answers import Latest

TELLING = "telling"  # the owner's conventions: {"days": 30, "burden": {severity: 1-5}}

_RANK = "CASE {row}.severity WHEN 'serious' THEN 3 WHEN 'moderate' THEN 2 ELSE 1 END"
# One entry or complaint is one incident and belongs to one factor, that of the first theme that went wrong in it, the
# main one before others: nothing counts in two parts of value. A complaint grown out of an entry stands for both, with
# the worse of the two severities.
# In the order of the index entry_themes_by_entry, so that few looks into it say which theme it is.
_OF_ENTRY = f"""(SELECT theme_id FROM entry_themes WHERE entry_id = entries.id AND state = 'confirmed' AND {UNPRAISED}
  ORDER BY main DESC, theme_id LIMIT 1)"""
_GROWN = f"""EXISTS (SELECT 1 FROM complaints
    WHERE complaints.entry_id = entries.id AND {COUNTED} AND {{complaints}})"""
_INCIDENTS = f"""
SELECT entries.customer_id, {_RANK.format(row="entries")} AS worst, {_OF_ENTRY} AS theme_id
FROM entries WHERE {{entries}} AND entries.customer_id IS NOT NULL AND {TROUBLE}
  AND NOT {_GROWN}
UNION ALL
SELECT customer_id, worst, theme_id FROM (
  SELECT entries.customer_id, 1 AS worst, entry_themes.theme_id,
    row_number() OVER (PARTITION BY entries.id ORDER BY entry_themes.main DESC, entry_themes.theme_id) AS place
  FROM entry_themes CROSS JOIN entries ON entries.id = entry_themes.entry_id
  WHERE entry_themes.state = 'confirmed' AND {ONLY_SAID} AND {{entries}} AND entries.customer_id IS NOT NULL
    AND NOT {_GROWN})
WHERE place = 1
UNION ALL
SELECT complaints.customer_id,
  max({_RANK.format(row="complaints")}, COALESCE((SELECT {_RANK.format(row="entries")} FROM entries
    WHERE entries.id = complaints.entry_id), 1)),
  COALESCE((SELECT theme_id FROM complaint_themes WHERE complaint_id = complaints.id ORDER BY id LIMIT 1),
    (SELECT {_OF_ENTRY} FROM entries WHERE entries.id = complaints.entry_id))
FROM complaints WHERE {{complaints}} AND complaints.customer_id IS NOT NULL AND {COUNTED}
"""
_FACTORS = """
SELECT themes.id, factors.key, factors.lever FROM themes
JOIN factors ON factors.id = themes.factor_id WHERE factors.active = 1
"""
_COUNT = "SELECT count(*) FROM customers WHERE {clause}"
_IDS = "SELECT id FROM customers WHERE {clause}"


def incidents(
    db: Queries, chosen: Filter, today: date, answers: Latest, active: int | None = None
) -> dict[str, Incidents]:
    """Factor key -> the customers who had trouble there, by their worst incident, and the limit that sets.

    What the same customer says on the same theme within 30 days is one event; since a customer counts once a factor,
    by her worst, that joining changes nothing here. Anonymous entries belong to nobody and change nothing. A theme
    chosen in the filter does not limit value figures. Below five active customers there are no floors.
    active: how many customers are active, where that is known.
    """
    chosen = replace(chosen, theme=None)
    customers = active_count(db, chosen, today) if active is None else active
    if customers < NEED_PEOPLE:
        return {}
    telling = told_share(answers)
    burden = {**BURDEN, **catalogue.setting(db, TELLING, {}).get("burden", {})}
    found: dict[str, Incidents] = {}
    for (key, lever), affected in _affected(db, chosen, today).items():
        floor = incident_floor(affected, customers, telling, burden)
        found[key] = Incidents(affected, customers, telling, limit_of(lever, floor))
    return found


def active_count(db: Queries, chosen: Filter, today: date) -> int:
    """How many customers are active at the end of the period."""
    active = active_clause(db, chosen, today)
    return int(db.value(_COUNT.format(clause=active.sql), active.parameters))


def told_share(answers: Latest) -> float:
    """Share of customers with a problem who told the business, from their score sheets (METHOD 1.7, telling share)."""
    return telling_share(*told_of(answers))


def told_of(answers: Latest) -> tuple[int, int]:
    """Of those who had a problem and say whether they told the business: how many did, and how many they are."""
    said = answers.column("told_us")
    had = [person for person, given in answers.column("had_problem").items() if given == 1 and person in said]
    return sum(said[person] == 1 for person in had), len(had)


def _affected(db: Queries, chosen: Filter, today: date) -> dict[tuple[str, str], dict[str, int]]:
    """(Factor key, lever) -> severity -> customers whose worst incident on the factor it was."""
    limited = up_to(chosen, today)
    entries, complaints = entries_clause(limited), complaints_clause(limited)
    # Within the active days whoever says something is active; only a longer period must look.
    longer = limited.period.start < window_start(db, min(chosen.period.end, today))
    sql = _INCIDENTS.format(entries=entries.sql, complaints=complaints.sql)
    factors = {row[0]: (row[1], row[2]) for row in db.rows(_FACTORS)}
    worst: dict[tuple[tuple[str, str], int], int] = {}
    for customer, rank, theme in db.rows(
        sql, (*(*entries.parameters, *complaints.parameters) * 2, *complaints.parameters)
    ):
        if theme in factors:
            place = factors[theme], customer
            worst[place] = max(worst.get(place, 0), rank)
    active: set[int] | None = None
    if longer:
        is_active = active_clause(db, chosen, today)
        active = {row[0] for row in db.rows(_IDS.format(clause=is_active.sql), is_active.parameters)}
    found: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(SEVERITIES, 0))
    for (factor, customer), rank in worst.items():
        if active is None or customer in active:
            found[factor][SEVERITIES[rank - 1]] += 1
    return found
