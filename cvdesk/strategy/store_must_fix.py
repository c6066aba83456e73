"""SQL of what must be fixed and no action is about yet (METHOD 4.1): proposed to the owner, never done by itself."""

from __future__ import annotations

from datetime import date, timedelta

from cvdesk.catalogue.records import Filter, Period, match_key
from cvdesk.customers.store_active import window_start
from cvdesk.db import Queries
from cvdesk.strategy.records_about import MustFix
from cvdesk.themes.store_rank import active_count
from cvdesk.themes.store_trouble import COUNTED, UNPRAISED
from cvdesk.wording import _

SERIOUS_SHARE = 0.05  # of active customers (METHOD 4.1)
_FEWEST = 20  # active customers, as for every rate
_MOST_MARKS = 5
# Whose worst event on a theme is serious; an event has the severity its entry or complaint was given.
_SERIOUS = f"""
WITH hit AS (
  SELECT entry_themes.theme_id, entries.customer_id FROM entries INDEXED BY entries_troubled
  CROSS JOIN entry_themes ON entry_themes.entry_id = entries.id AND entry_themes.state = 'confirmed' AND {UNPRAISED}
  WHERE entries.date BETWEEN ?1 AND ?2 AND entries.severity = 'serious' AND entries.customer_id IS NOT NULL
    AND (entries.severity IS NOT NULL OR entries.rating <= 2 OR entries.kind = 'problem')
  UNION
  SELECT complaint_themes.theme_id, complaints.customer_id FROM complaints
  CROSS JOIN complaint_themes ON complaint_themes.complaint_id = complaints.id
  WHERE complaints.date BETWEEN ?1 AND ?2 AND complaints.severity = 'serious' AND {COUNTED}
    AND complaints.customer_id IS NOT NULL
  UNION
  SELECT entry_themes.theme_id, complaints.customer_id FROM complaints
  CROSS JOIN entry_themes ON entry_themes.entry_id = complaints.entry_id AND entry_themes.state = 'confirmed'
  WHERE complaints.date BETWEEN ?1 AND ?2 AND complaints.severity = 'serious' AND {COUNTED}
    AND complaints.customer_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM complaint_themes WHERE complaint_id = complaints.id))
SELECT themes.id, themes.name, count(*) AS customers FROM hit JOIN themes ON themes.id = hit.theme_id
WHERE themes.active = 1 GROUP BY themes.id ORDER BY customers DESC, themes.id
"""
_MARKS = """
SELECT entries.id, text FROM entries WHERE safety = 1 AND safety_closed IS NULL
  AND NOT EXISTS (SELECT 1 FROM actions WHERE actions.entry_id = entries.id AND actions.status <> 'dropped')
  AND NOT EXISTS (SELECT 1 FROM entry_themes JOIN actions ON actions.theme_id = entry_themes.theme_id
    AND actions.must_fix = 1 AND actions.status IN ('idea', 'planned', 'started')
    WHERE entry_themes.entry_id = entries.id AND entry_themes.state <> 'rejected')
ORDER BY position DESC LIMIT ?
"""
_RISKY = """
SELECT id, name FROM themes WHERE active = 1 AND key <> 'about-none' AND (
  EXISTS (SELECT 1 FROM complaint_themes WHERE theme_id = themes.id)
  OR EXISTS (SELECT 1 FROM entry_themes WHERE theme_id = themes.id AND state = 'confirmed')) ORDER BY id
"""
# An action about the theme that is still to be done; one that was done counts as long as what it saw counts.
_TAKEN = """
SELECT DISTINCT theme_id FROM actions
WHERE theme_id IS NOT NULL AND (status IN ('idea', 'planned', 'started') OR (status = 'done' AND done >= ?))
"""


def must_fix_proposals(db: Queries, today: date) -> tuple[MustFix, ...]:
    """Open marks of safety, themes with serious trouble for 5 % of active customers, themes of privacy or law.

    Only what no action is about; an action that was dropped does not count, one done in the last 12 months does. A mark
    of safety is in hand, too, while an action that must be done is about one of its themes.
    """
    with db.snapshot():
        first = window_start(db, today)
        taken = {row["theme_id"] for row in db.rows(_TAKEN, ((today - timedelta(days=365)).isoformat(),))}
        marks = [MustFix("safety", ("entries", row["id"]), row["text"]) for row in db.rows(_MARKS, (_MOST_MARKS,))]
        serious = _serious(db, first, today, taken)
        known = taken | {one.made[1] for one in serious}
        named = [
            MustFix(why, ("themes", row["id"]), row["name"])
            for row in db.rows(_RISKY)
            if row["id"] not in known and (why := _risk(row["name"]))
        ]
        return (*marks, *serious, *named)


def _serious(db: Queries, first: date, today: date, taken: set[int]) -> list[MustFix]:
    active = active_count(db, Filter(Period(first, today)), today)
    if active < _FEWEST:
        return []
    return [
        MustFix("serious", ("themes", row["id"]), row["name"], row["customers"], active)
        for row in db.rows(_SERIOUS, (first.isoformat(), today.isoformat()))
        if row["customers"] >= SERIOUS_SHARE * active and row["id"] not in taken
    ]


def _risk(name: str) -> str:
    """Whether a theme's name says that it is about privacy, law or safety: one of MUST_FIX_WHY, or empty."""
    words = match_key(name)
    for why, beginnings in (
        ("privacy", _("privacy data protection personal data leak")),
        ("law", _("legal law licence regulation discriminat")),
        ("safety", _("safety allergen injur poison hygiene")),
    ):
        if any(_begins(words, beginning) for beginning in beginnings.split()):
            return why
    return ""


def _begins(words: str, beginning: str) -> bool:
    return any(word.startswith(beginning) for word in words.split())
