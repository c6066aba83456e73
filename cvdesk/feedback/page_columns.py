"""The columns of the list of feedback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cvdesk.feedback.store_list import EntryRow
from cvdesk.kit.table import Column
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, stars

DATE, CUSTOMER, WORDS, RATING, CHANNEL, THEME = range(6)


def columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """In the order of the names above."""
    return (
        Column(_("Date"), lambda row: day_short(row.date, today()), 96, "quiet"),
        Column(_("Customer"), lambda row: row.customer or "—", 118),
        Column(_("What they said"), lambda row: row.text, stretch=True),
        Column(_("Rating"), _rating_words, 88, _rating_tone),
        Column(_("Channel"), lambda row: row.channel, 92, "quiet"),
        Column(_("Theme"), _theme_words, 132, _theme_tone),
    )


def _rating_words(row: EntryRow) -> str:
    """Stars; what was received where it stood on no known scale."""
    return stars(row.rating) if row.rating is not None else row.rating_raw


def _rating_tone(row: EntryRow) -> str:
    return "star" if row.rating is not None else "faint"


def _theme_words(row: EntryRow) -> str:
    if row.themes:
        return row.themes
    return _("{theme}?").format(theme=row.suggested) if row.suggested else ""


def _theme_tone(row: EntryRow) -> str:
    return "" if row.themes else "faint"
