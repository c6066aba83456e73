"""SQL of the themes: by the share of different customers who mention them."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.filters import entries_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.customers.store_active import active_clause, window_start
from cvdesk.db import Queries
from cvdesk.stats.intervals import wilson
from cvdesk.themes.records import ThemeFigure

_MENTIONS = """
SELECT entry_themes.theme_id, entries.customer_id,
  sum(entry_themes.state = 'confirmed') AS confirmed, sum(entry_themes.state = 'suggested') AS suggested
FROM entries CROSS JOIN entry_themes ON entry_themes.entry_id = entries.id
WHERE {chosen} GROUP BY 1, 2
"""
# A customer counts once a theme: as confirmed where anything of hers is, else as suggested.
_BY_THEME = f"""
WITH mentions AS ({_MENTIONS})
SELECT theme_id, sum(confirmed) AS entries,
  sum(confirmed > 0 AND customer_id IS NOT NULL {{active}}) AS customers,
  sum(confirmed = 0 AND suggested > 0 AND customer_id IS NOT NULL {{active}}) AS customers_suggested
FROM mentions GROUP BY theme_id
"""
_THEMES = """
SELECT themes.id, themes.key, themes.name, factors.lever, factors.key FROM themes
JOIN factors ON factors.id = themes.factor_id WHERE themes.active = 1 ORDER BY factors.place, themes.id
"""
_ACTIVE = "AND customer_id IN (SELECT customers.id FROM customers WHERE {clause})"


def shares(db: Queries, chosen: Filter, today: date, active: int) -> tuple[ThemeFigure, ...]:
    """Themes anybody mentioned, those of most customers first. `active`: how many customers are active."""
    limited = up_to(chosen, today)
    clause = entries_clause(limited)
    who, values = "", tuple[object, ...]()
    # Within the active days whoever mentions something is active; only a longer period must look.
    if limited.period.start < window_start(db, min(chosen.period.end, today)):
        is_active = active_clause(db, chosen, today)
        who, values = _ACTIVE.format(clause=is_active.sql), is_active.parameters
    rows = db.rows(_BY_THEME.format(chosen=clause.sql, active=who), (*clause.parameters, *values, *values))
    found = {row["theme_id"]: row for row in rows}
    figures = [
        ThemeFigure(
            theme, key, name, lever, factor, row["entries"], row["customers"], row["customers_suggested"],
            wilson(min(row["customers"], active), active),
        )
        for theme, key, name, lever, factor in db.rows(_THEMES)
        if (row := found.get(theme)) is not None and row["entries"] + row["customers_suggested"] > 0
    ]  # fmt: skip
    return tuple(sorted(figures, key=lambda figure: (-figure.customers, -figure.entries, -figure.customers_suggested)))
