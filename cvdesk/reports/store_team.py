"""SQL of the sheet for the staff's wall."""

from __future__ import annotations

from datetime import date, timedelta

from cvdesk.catalogue.records import Filter, Period
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.customers.store_nameless import nobody_named
from cvdesk.db import Queries
from cvdesk.db.rows import day_start
from cvdesk.feedback.store_tally import tallies
from cvdesk.reports.records_team import TeamSheet, Trouble, Vow, Words

LONGEST = 31  # days: a longer period is no week, and the sheet takes the last seven days
_WEEK, _MONTH = 7, 31
_MOST = 4  # of each sort of line
_MOST_LETTERS = 170

_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE kind = 'problem' OR rating <= 2),
    count(rating), count(*) FILTER (WHERE rating >= 4)
FROM entries WHERE position >= ? AND position < ?
"""
_TROUBLE = """
SELECT themes.id, themes.name, count(DISTINCT entries.customer_id) AS customers, count(*) AS entries FROM entries
JOIN entry_themes ON entry_themes.entry_id = entries.id AND entry_themes.state = 'confirmed'
JOIN themes ON themes.id = theme_id AND themes.active = 1
WHERE entries.position >= ? AND entries.position < ? AND entries.kind = 'problem'
GROUP BY themes.id ORDER BY customers DESC, entries DESC, themes.name LIMIT 1
"""
_TROUBLE_WORDS = """
SELECT entries.text, COALESCE(customers.name, '') AS name FROM entries
JOIN entry_themes ON entry_themes.entry_id = entries.id AND entry_themes.state = 'confirmed' AND theme_id = ?3
LEFT JOIN customers ON customers.id = entries.customer_id
WHERE entries.position >= ?1 AND entries.position < ?2 AND entries.kind = 'problem' AND trim(entries.text) <> ''
ORDER BY entries.position DESC LIMIT 2
"""
_UNFILED = """
SELECT text, COALESCE(customers.name, '') AS name FROM entries LEFT JOIN customers ON customers.id = customer_id
WHERE position >= ? AND position < ? AND (entries.kind = 'problem' OR rating <= 2) AND trim(text) <> ''
ORDER BY position DESC LIMIT ?
"""
_DOING = """
SELECT name FROM actions WHERE theme_id = ? AND status IN ('planned', 'started')
ORDER BY status = 'planned', COALESCE(started, planned), id LIMIT 2
"""
_PRAISE = """
SELECT text, COALESCE(customers.name, '') AS name FROM entries
LEFT JOIN customers ON customers.id = customer_id
WHERE position >= ? AND position < ? AND entries.kind = 'praise' AND trim(text) <> ''
ORDER BY rating DESC, position DESC LIMIT ?
"""
_VOWS = """
SELECT promise, promised_by, COALESCE(staff.name, '') AS who, COALESCE(customers.name, '') AS customer FROM entries
LEFT JOIN customers ON customers.id = customer_id LEFT JOIN staff ON staff.id = promise_staff_id
WHERE promised_by <= ? AND promise_kept IS NULL AND promise <> '' ORDER BY promised_by, entries.id LIMIT ?
"""
_DONE = """
SELECT did AS words, date AS day FROM you_said WHERE did <> '' AND date BETWEEN ?1 AND ?2
UNION ALL
SELECT name, done FROM actions WHERE status = 'done' AND done BETWEEN ?1 AND ?2
    AND NOT EXISTS (SELECT 1 FROM you_said WHERE action_id = actions.id AND date BETWEEN ?1 AND ?2)
ORDER BY day DESC LIMIT ?3
"""


def gather(db: Queries, chosen: Filter, today: date, names: bool = True) -> TeamSheet:
    """What the sheet says. A period of more than 31 days becomes the last seven; other limits do not count here."""
    shortened = chosen.period.days > LONGEST
    period = Period.last_days(_WEEK, today) if shortened else chosen.period
    with db.snapshot():
        span = (day_start(period.start.isoformat()), day_start((period.end + timedelta(days=1)).isoformat()))
        entries, problems, rated, pleased = db.rows(_COUNTS, span)[0]
        sheet = TeamSheet(
            letterhead(db), today, period, shortened, entries, problems, rated, pleased, _trouble(db, span),
            tuple(Words(_short(row["text"]), row["name"]) for row in db.rows(_PRAISE, (*span, _MOST))),
            _vows(db, today), _done(db, today),
            tuple(one for one in tallies(db, today) if one.week) if period.end == today else (),
        )  # fmt: skip
        return sheet if names else nobody_named(db, sheet.without_names())


def _trouble(db: Queries, span: tuple[int, int]) -> Trouble | None:
    row = db.row(_TROUBLE, span)
    if row is None:  # nothing is filed under a theme: the words speak for themselves
        said = tuple(Words(_short(one["text"]), one["name"]) for one in db.rows(_UNFILED, (*span, _MOST)))
        return Trouble("", 0, said, ()) if said else None
    words = tuple(Words(_short(one["text"]), one["name"]) for one in db.rows(_TROUBLE_WORDS, (*span, row["id"])))
    doing = tuple(str(one["name"]) for one in db.rows(_DOING, (row["id"],)))
    return Trouble(row["name"], row["customers"], words, doing)


def _vows(db: Queries, today: date) -> tuple[Vow, ...]:
    until = (today + timedelta(days=_WEEK)).isoformat()
    return tuple(
        Vow(_short(row["promise"]), date.fromisoformat(row["promised_by"]), row["who"], row["customer"])
        for row in db.rows(_VOWS, (until, _MOST))
    )


def _done(db: Queries, today: date) -> tuple[str, ...]:
    since = (today - timedelta(days=_MONTH)).isoformat()
    return tuple(_short(row["words"]) for row in db.rows(_DONE, (since, today.isoformat(), 3)))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _MOST_LETTERS else flat[:_MOST_LETTERS].rsplit(" ", 1)[0].rstrip() + "…"
