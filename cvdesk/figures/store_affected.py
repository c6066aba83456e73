"""SQL of the customers to whom something went wrong, by theme (METHOD 2: affected share)."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.filters import complaints_clause, entries_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.customers.store_active import active_clause, window_start
from cvdesk.db import Queries
from cvdesk.figures.records_more import Affected
from cvdesk.stats.intervals import wilson
from cvdesk.stats.rates import FEW_CUSTOMERS
from cvdesk.themes.store_trouble import COUNTED, ONLY_SAID, TROUBLE, UNPRAISED

# As `themes.store_rank_pain` counts what goes wrong.
_AFFECTED = f"""
WITH troubled AS (
  SELECT entry_themes.theme_id, entries.customer_id
  FROM entries CROSS JOIN entry_themes ON entry_themes.entry_id = entries.id AND entry_themes.state = 'confirmed'
  WHERE {{entries}} AND {TROUBLE} AND entries.customer_id IS NOT NULL AND {UNPRAISED}
  UNION
  SELECT entry_themes.theme_id, entries.customer_id
  FROM entry_themes CROSS JOIN entries ON entries.id = entry_themes.entry_id
  WHERE {{entries}} AND entry_themes.state = 'confirmed' AND {ONLY_SAID} AND entries.customer_id IS NOT NULL
  UNION
  SELECT complaint_themes.theme_id, complaints.customer_id
  FROM complaints CROSS JOIN complaint_themes ON complaint_themes.complaint_id = complaints.id
  WHERE {{complaints}} AND {COUNTED} AND complaints.customer_id IS NOT NULL
  UNION
  SELECT entry_themes.theme_id, complaints.customer_id
  FROM complaints CROSS JOIN entry_themes ON entry_themes.entry_id = complaints.entry_id
    AND entry_themes.state = 'confirmed' AND {UNPRAISED}
  WHERE {{complaints}} AND {COUNTED} AND complaints.customer_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM complaint_themes WHERE complaint_id = complaints.id))
SELECT themes.key, themes.name, factors.lever, factors.key, count(*) AS customers
FROM troubled JOIN themes ON themes.id = troubled.theme_id AND themes.active = 1
JOIN factors ON factors.id = themes.factor_id
WHERE 1 {{active}} GROUP BY themes.id ORDER BY customers DESC, factors.place, themes.id
"""
_ACTIVE = "AND troubled.customer_id IN (SELECT customers.id FROM customers WHERE {clause})"


def affected(db: Queries, chosen: Filter, today: date, active: int) -> tuple[Affected, ...]:
    """Themes with anybody affected, those of most customers first. `active`: how many customers are active."""
    limited = up_to(chosen, today)
    entries, complaints = entries_clause(limited), complaints_clause(limited)
    who, values = "", tuple[object, ...]()
    if limited.period.start < window_start(db, min(chosen.period.end, today)):
        is_active = active_clause(db, chosen, today)
        who, values = _ACTIVE.format(clause=is_active.sql), is_active.parameters
    sql = _AFFECTED.format(entries=entries.sql, complaints=complaints.sql, active=who)
    return tuple(
        Affected(theme, name, lever, factor, customers, wilson(min(customers, active), active, few=FEW_CUSTOMERS))
        for theme, name, lever, factor, customers in db.rows(
            sql, (*entries.parameters * 2, *complaints.parameters * 2, *values)
        )
    )
