"""SQL of the ranking: the themes by the share of different customers, and how these speak of them."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.filters import entries_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.customers.store_active import active_clause
from cvdesk.db import Queries
from cvdesk.stats.intervals import wilson
from cvdesk.themes.records import ThemeFigure
from cvdesk.themes.records_rank import Moods, Ranked, Ranking
from cvdesk.themes.store_shares import in_use, mentions_source, most_first, still_active

# As `records.mood_of`, each mood a digit of one number, so that one sum counts them all.
_DIGIT = 20  # bits; no customer says so much
_MOOD = f"""
CASE WHEN mood = 'good' THEN 1 WHEN mood = 'bad' THEN {1 << _DIGIT}
  WHEN rating >= 4 THEN 1 WHEN rating <= 2 THEN {1 << _DIGIT} WHEN rating IS NOT NULL THEN {1 << 2 * _DIGIT}
  WHEN kind = 'praise' THEN 1 WHEN kind = 'problem' THEN {1 << _DIGIT} ELSE 0 END
"""
_MENTIONS = f"""
SELECT entry_themes.theme_id, entries.customer_id,
  sum(entry_themes.state = 'confirmed') AS confirmed, sum(entry_themes.state = 'suggested') AS suggested,
  sum(CASE WHEN entry_themes.state = 'confirmed' AND entries.customer_id IS NOT NULL THEN {_MOOD} ELSE 0 END) AS moods
FROM {{source}} WHERE {{chosen}} GROUP BY 1, 2
"""
_GOOD, _BAD, _MIXED = (f"((moods >> {place * _DIGIT}) & {(1 << _DIGIT) - 1})" for place in range(3))
_BY_THEME = f"""
WITH mentions AS ({_MENTIONS}),
  counted AS MATERIALIZED (SELECT *, customer_id IS NOT NULL {{active}} AS counts FROM mentions)
SELECT theme_id, sum(confirmed) AS entries, sum(counts AND confirmed > 0) AS customers,
  sum(counts AND confirmed = 0 AND suggested > 0) AS customers_suggested,
  sum(counts AND {_GOOD} > 0 AND {_BAD} = 0) AS praise, sum(counts AND {_BAD} > 0 AND {_GOOD} = 0) AS complaint,
  sum(counts AND ({_GOOD} > 0) = ({_BAD} > 0) AND {_GOOD} + {_MIXED} > 0) AS both
FROM counted GROUP BY theme_id
"""
_COUNT = "SELECT count(*) FROM customers WHERE {clause}"


def active_count(db: Queries, chosen: Filter, today: date) -> int:
    """How many customers are active at the end of the period."""
    clause = active_clause(db, chosen, today)
    return int(db.value(_COUNT.format(clause=clause.sql), clause.parameters))


def ranking(db: Queries, chosen: Filter, today: date) -> Ranking:
    """The themes of a filter, with how customers speak of each; the same shares as `store_shares.shares` gives."""
    with db.snapshot():
        return _ranking(db, chosen, today, active_count(db, chosen, today))


def _ranking(db: Queries, chosen: Filter, today: date, active: int) -> Ranking:
    limited = up_to(chosen, today)
    clause, who = entries_clause(limited), still_active(db, chosen, today)
    source = mentions_source(db, limited.period, today)
    sql = _BY_THEME.format(source=source, chosen=clause.sql, active=who.sql)
    found = {row["theme_id"]: row for row in db.rows(sql, (*clause.parameters, *who.parameters))}
    rows: list[Ranked] = []
    silent: list[ThemeFigure] = []
    for one in in_use(db, active):
        row = found.get(one.id)
        if row is None or row["entries"] + row["customers_suggested"] == 0:
            silent.append(one)
            continue
        figure = ThemeFigure(
            one.id, one.theme, one.name, one.lever, one.factor, row["entries"], row["customers"],
            row["customers_suggested"], wilson(min(row["customers"], active), active),
        )  # fmt: skip
        told = row["praise"], row["complaint"], row["both"]
        rows.append(Ranked(figure, Moods(*told, row["customers"] - sum(told))))
    rows.sort(key=lambda row: most_first(row.figure))
    return Ranking(tuple(rows), tuple(silent), active, chosen.period.start, min(chosen.period.end, today))
