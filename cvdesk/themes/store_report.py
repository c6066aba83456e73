"""SQL of the theme report, read as of one moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from cvdesk.catalogue.records import Filter
from cvdesk.catalogue.store_before import noted_before
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.catalogue.store_limits import limited_to
from cvdesk.charts.series import SeriesLike
from cvdesk.db import Queries
from cvdesk.errors import UserError
from cvdesk.themes import store_checks, store_rank, store_rank_more
from cvdesk.themes.records_rank import Ranked, Ranking, filled_in, places
from cvdesk.themes.records_report import MOST_SAID, MOST_SAID_ALONE, Done, Part, ThemeReport, Told, told_one_by_one
from cvdesk.themes.store_quotes import Quote, one_theme
from cvdesk.wording import _

TrendOf = Callable[[str], SeriesLike | None]  # the theme's key -> its share over time

_WHO = """
SELECT entries.id, customers.name FROM entries JOIN customers ON customers.id = entries.customer_id
WHERE entries.id IN (SELECT value FROM json_each(?))
"""
_ACTIONS = """
SELECT name, status, COALESCE(done, started, planned) AS day FROM actions
WHERE theme_id = ? AND status <> 'dropped' ORDER BY status = 'idea', day DESC, id
"""


def gather(db: Queries, chosen: Filter, today: date, trend_of: TrendOf) -> ThemeReport:
    """Everything the theme report says; of one theme alone where the filter names one, ranked among all.

    UserError for a theme that is not in use.
    """
    with db.snapshot():
        everything = replace(chosen, theme=None)
        ranking = store_rank.ranking(db, everything, today)
        ranking = filled_in(ranking, store_rank_more.more(db, everything, today, ranking))
        alone = chosen.theme is not None
        rows = _only(ranking, chosen.theme) if chosen.theme is not None else told_one_by_one(ranking)
        if alone and not rows:
            raise UserError(_("This theme is not in use any more."), _("Choose another theme, or put it back."))
        where = places(ranking.rows)
        parts = tuple(_part(db, row, where.get(row.figure.id), everything, today, trend_of, alone) for row in rows)
        check = next((found for found in store_checks.results(db) if found.n), None)
        limits = limited_to(db, everything)
        before = 0 if ranking.more is not None and ranking.more.filed.entries else noted_before(db, everything)
        return ThemeReport(letterhead(db), today, limits, ranking, parts, alone, check, before)


def _only(ranking: Ranking, theme: int) -> list[Ranked]:
    rows = [*ranking.rows, *(Ranked(figure) for figure in ranking.silent)]
    return [row for row in rows if row.figure.id == theme]


def _part(
    db: Queries, row: Ranked, place: tuple[int, int] | None, chosen: Filter, today: date, trend_of: TrendOf, alone: bool
) -> Part:
    found = one_theme(db, row.figure.id, chosen, today)
    quotes = (*found.typical, *found.newest)[: MOST_SAID_ALONE if alone else MOST_SAID]
    return Part(
        row, place, found.factor, _told(db, quotes), found.words, found.complaints, _actions(db, row.figure.id),
        trend_of(row.figure.theme),
    )  # fmt: skip


def _told(db: Queries, quotes: Sequence[Quote]) -> tuple[Told, ...]:
    names = {row[0]: row[1] for row in db.rows(_WHO, (json.dumps([quote.id for quote in quotes]),))}
    return tuple(Told(quote.text, quote.date, quote.rating, quote.channel, names.get(quote.id, "")) for quote in quotes)


def _actions(db: Queries, theme_id: int) -> tuple[Done, ...]:
    return tuple(
        Done(row["name"], row["status"], None if row["day"] is None else date.fromisoformat(row["day"]))
        for row in db.rows(_ACTIONS, (theme_id,))
    )
