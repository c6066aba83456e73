"""SQL of the blank sheet for the counter."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.db import Queries
from cvdesk.feedback.records_sheet import MOST_CHANNELS, MOST_THEMES, BlankSheet
from cvdesk.themes.store_filing import most_used

_CHANNELS = """
SELECT name FROM channels WHERE active = 1
ORDER BY (SELECT count(*) FROM entries WHERE channel_id = channels.id) DESC, channels.id LIMIT ?
"""
_THEME = "SELECT name FROM themes WHERE id = ?"


def gather(db: Queries, today: date) -> BlankSheet:
    """What the sheet offers, read as of one moment."""
    with db.snapshot():
        channels = tuple(str(row["name"]) for row in db.rows(_CHANNELS, (MOST_CHANNELS,)))
        themes = tuple(str(db.value(_THEME, (one,))) for one in most_used(db, MOST_THEMES))
        return BlankSheet(letterhead(db), today, channels, themes)
