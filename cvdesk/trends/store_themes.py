"""Series of themes: the share of active customers who mention one, or to whom something went wrong there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.filters import complaints_clause, entries_clause, up_to
from cvdesk.catalogue.records import Clause, Filter, Period
from cvdesk.db import Queries
from cvdesk.stats.intervals import wilson
from cvdesk.themes.store_shares import still_active
from cvdesk.themes.store_trouble import COUNTED, NEGATIVE, UNPRAISED
from cvdesk.trends.months import first_of, last_of, start_sql, steps_between
from cvdesk.trends.records import Series
from cvdesk.trends.records_series import Kind, Measured, share_measured
from cvdesk.trends.store_log import active_of_longer, active_of_steps
from cvdesk.trends.store_series import history, series
from cvdesk.wording import _

THEME, THEME_BAD = "theme:", "theme_bad:"  # keys of themes' series begin so

_LONGEST = 92  # days of a quarter
_LONGER = {"week": "month", "month": "quarter"}
_THEME = """
SELECT themes.id, themes.key, themes.name, factors.lever FROM themes
JOIN factors ON factors.id = themes.factor_id WHERE themes.key = ? AND themes.active = 1
"""
_SOURCE = "entry_themes CROSS JOIN entries ON entries.id = entry_themes.entry_id"
_MENTIONS = f"""
SELECT {{start}} AS start, entries.customer_id FROM {_SOURCE}
WHERE entry_themes.theme_id = ? AND entry_themes.state = 'confirmed' AND entries.customer_id IS NOT NULL AND {{entries}}
"""
# As `themes.store_rank_pain` counts what goes wrong: feedback that tells of trouble, unless the owner says that this
# theme is praised in it; what the owner calls a complaint about it; and complaints, about their themes or those of the
# feedback they grew out of.
_TROUBLED = f"""
{_MENTIONS} AND {NEGATIVE}
UNION
SELECT {{complaint_start}}, complaints.customer_id FROM complaints
WHERE {{complaints}} AND {COUNTED} AND complaints.customer_id IS NOT NULL AND (
  EXISTS (SELECT 1 FROM complaint_themes WHERE complaint_id = complaints.id AND theme_id = ?)
  OR NOT EXISTS (SELECT 1 FROM complaint_themes WHERE complaint_id = complaints.id) AND EXISTS (
    SELECT 1 FROM entry_themes WHERE entry_themes.entry_id = complaints.entry_id AND entry_themes.theme_id = ?
      AND entry_themes.state = 'confirmed' AND {UNPRAISED}))
"""
_BY_STEP = "SELECT start, count(DISTINCT customer_id) FROM ({told}) WHERE 1{active} GROUP BY start"
_FIRST = """
SELECT min(first) FROM (SELECT min(date) AS first FROM entries UNION ALL SELECT min(date) FROM complaints)
"""


@dataclass(frozen=True, slots=True)
class About:
    """The theme a series key names, and whether the series counts only what goes wrong there."""

    id: int
    key: str
    name: str
    lever: str
    bad: bool


def theme_of(db: Queries, key: str) -> About | None:
    """The theme in use that a series key is about; None for one that is not, or is no longer."""
    for begins, bad in ((THEME_BAD, True), (THEME, False)):
        if key.startswith(begins):
            row = db.row(_THEME, (key.removeprefix(begins),))
            return None if row is None else About(row["id"], row["key"], row["name"], row["lever"], bad)
    return None


def title(name: str, bad: bool) -> str:
    """What the series of a theme is called."""
    return _("{theme}: something went wrong").format(theme=name) if bad else name


def theme_series(
    db: Queries,
    chosen: Filter,
    today: date,
    about: About,
    step: str = "month",
    active: Mapping[date, int] | None = None,
) -> Series:
    """Share of the customers active at each step's end who mention the theme in it (confirmed), praise or not; or, of
    the bad side, to whom something went wrong. A theme chosen in the filter does not limit it.

    Where fewer than one a step do, longer steps are taken by themselves, up to quarters: counts of nothing tell little
    (METHOD 3.1). active: how many customers are, at the end of each step, where they were counted before.
    """
    key = (THEME_BAD if about.bad else THEME) + about.key
    kind = Kind(key, title(about.name, about.bad), "share", about.bad, about.lever, chart="p")
    chosen = replace(chosen, theme=None)
    first = db.value(_FIRST)
    wide = history(chosen, today, None if first is None else date.fromisoformat(first), step)
    found = {} if wide is None else _customers(db, wide, today, about, step)
    values: dict[date, Measured] = {}
    if found:
        starts = steps_between(min(found), min(chosen.period.end, today), step)
        if sum(found.values()) < len(starts) and step in _LONGER:
            return theme_series(db, chosen, today, about, _LONGER[step], active_of_longer(active, step))
        active = active or active_of_steps(db, chosen, today, starts, step)
        values = {
            start: share_measured(wilson(min(found.get(start, 0), active[start]), active[start])) for start in starts
        }
    return series(db, kind, chosen, today, values, step)


def _customers(db: Queries, wide: Filter, today: date, about: About, step: str) -> dict[date, int]:
    """How many customers each step has that has any; those no longer active at its end are left out."""
    if catalogue.active_days(db) >= _LONGEST:  # whoever says something in a step is active at its end
        return _counted(db, wide, today, about, step, Clause("", ()))
    found: dict[date, int] = {}
    for start in steps_between(first_of(wide.period.start, step), wide.period.end, step):
        one = replace(wide, period=Period(start, min(last_of(start, step), today)))
        found |= _counted(db, one, today, about, step, still_active(db, one, today))
    return found


def _counted(db: Queries, wide: Filter, today: date, about: About, step: str, active: Clause) -> dict[date, int]:
    limited = up_to(wide, today)
    entries, complaints = entries_clause(limited), complaints_clause(limited)
    told = (_TROUBLED if about.bad else _MENTIONS).format(
        start=start_sql(step, "entries.date"), complaint_start=start_sql(step, "complaints.date"),
        entries=entries.sql, complaints=complaints.sql,
    )  # fmt: skip
    values: Sequence[object] = (about.id, *entries.parameters)
    if about.bad:
        values = (*values, *complaints.parameters, about.id, about.id)
    rows = db.rows(_BY_STEP.format(told=told, active=f" {active.sql}"), (*values, *active.parameters))
    return {date.fromisoformat(start): count for start, count in rows}
