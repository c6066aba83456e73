"""SQL of the themes: by the share of different customers who mention them."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.filters import entries_clause, up_to
from cvdesk.catalogue.records import Clause, Filter, Period
from cvdesk.customers.store_active import active_clause, window_start
from cvdesk.db import Queries
from cvdesk.stats.intervals import wilson
from cvdesk.themes.records import ThemeFigure

_MENTIONS = """
SELECT entry_themes.theme_id, entries.customer_id,
  sum(entry_themes.state = 'confirmed') AS confirmed, sum(entry_themes.state = 'suggested') AS suggested
FROM {source} WHERE {chosen} GROUP BY 1, 2
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
_BY_ENTRY = "entries CROSS JOIN entry_themes ON entry_themes.entry_id = entries.id"
# In the order in which both lie in the file: for most of a large file this takes a third less than day by day.
_IN_ORDER = "entry_themes NOT INDEXED CROSS JOIN entries ON entries.id = entry_themes.entry_id"
_FIRST = "SELECT min(date) FROM entries"
_MUCH = 0.12  # share of the days on file from which on it is quicker


def mentions_source(db: Queries, period: Period, today: date) -> str:
    """What to read the themes of a period's entries from, as SQL: both tables, joined the quicker way."""
    first = db.value(_FIRST)
    if first is None or date.fromisoformat(first) >= today:
        return _BY_ENTRY
    start = date.fromisoformat(first)
    days = (min(period.end, today) - max(period.start, start)).days
    return _IN_ORDER if days > _MUCH * (today - start).days else _BY_ENTRY


def still_active(db: Queries, chosen: Filter, today: date) -> Clause:
    """Further condition on `customer_id`: active at the period's end. Empty where whoever says something is.

    Within the active days everybody who mentions something is active; only a longer period must look.
    """
    if up_to(chosen, today).period.start >= window_start(db, min(chosen.period.end, today)):
        return Clause("", ())
    is_active = active_clause(db, chosen, today)
    return Clause(_ACTIVE.format(clause=is_active.sql), is_active.parameters)


def in_use(db: Queries, active: int) -> list[ThemeFigure]:
    """All themes in use in the order of the form, as nobody mentions them yet."""
    nobody = wilson(0, active)
    return [
        ThemeFigure(theme, key, name, lever, factor, 0, 0, 0, nobody)
        for theme, key, name, lever, factor in db.rows(_THEMES)
    ]


def shares(db: Queries, chosen: Filter, today: date, active: int) -> tuple[ThemeFigure, ...]:
    """Themes anybody mentioned, those of most customers first. `active`: how many customers are active."""
    limited = up_to(chosen, today)
    clause, who = entries_clause(limited), still_active(db, chosen, today)
    source = mentions_source(db, limited.period, today)
    sql = _BY_THEME.format(source=source, chosen=clause.sql, active=who.sql)
    rows = db.rows(sql, (*clause.parameters, *who.parameters, *who.parameters))
    found = {row["theme_id"]: row for row in rows}
    figures = [
        ThemeFigure(
            one.id, one.theme, one.name, one.lever, one.factor, row["entries"], row["customers"],
            row["customers_suggested"], wilson(min(row["customers"], active), active),
        )
        for one in in_use(db, active)
        if (row := found.get(one.id)) is not None and row["entries"] + row["customers_suggested"] > 0
    ]  # fmt: skip
    return tuple(sorted(figures, key=most_first))


def most_first(figure: ThemeFigure) -> tuple[int, int, int]:
    """For sorting: themes of most customers first, then of most entries, then of most customers suggested."""
    return -figure.customers, -figure.entries, -figure.customers_suggested
