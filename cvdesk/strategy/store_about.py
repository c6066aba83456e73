"""SQL of what an action is made from: the problems there are; an entry, theme, complaint or factor to begin with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Queries
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_about import About, Made, Problem
from cvdesk.strategy.records_plan import FactorStanding
from cvdesk.strategy.store_basis import basis
from cvdesk.themes.store_rank import ranking
from cvdesk.wording import _

_FACTORS = "SELECT key, label, lever FROM factors WHERE active = 1 ORDER BY place, id"
_OTHERS = "SELECT id, name FROM actions WHERE status <> 'dropped' ORDER BY id DESC"
_MAIN_THEME = """
SELECT theme_id FROM entry_themes JOIN themes ON themes.id = theme_id AND themes.active = 1
WHERE entry_id = ? AND state <> 'rejected' AND themes.key <> 'about-none'
ORDER BY state = 'confirmed' DESC, main DESC, entry_themes.id LIMIT 1
"""
_COMPLAINT = "SELECT number, text, entry_id, offering_id, severity FROM complaints WHERE id = ?"
_COMPLAINT_THEME = "SELECT theme_id FROM complaint_themes WHERE complaint_id = ? ORDER BY id LIMIT 1"
_ENTRY = "SELECT text, offering_id, safety FROM entries WHERE id = ?"
_BEHIND_THEME = "SELECT factors.key FROM themes JOIN factors ON factors.id = themes.factor_id WHERE themes.id = ?"


def about(db: Queries, today: date) -> About:
    """What the form offers; theme shares are those of the last 12 months, scores those every plan starts from."""
    from babel.numbers import get_currency_precision

    with db.snapshot():
        start = basis(db, today)
        currency = catalogue.business(db).currency
        standing = {one.key: one for one in start.factors}
        labels = {row["key"]: row["label"] for row in db.rows(_FACTORS)}
        ranked = ranking(db, Filter(Period.last_months(12, today)), today)
        themes = [
            Problem(one.name, one.factor, labels.get(one.factor, one.factor), one.lever, one.id, one.share.value)
            for one in (*(row.figure for row in ranked.rows), *ranked.silent)
        ]
        factors = [Problem(row["label"], row["key"], row["label"], row["lever"]) for row in db.rows(_FACTORS)]
        return About(
            tuple(_standing(one, standing) for one in (*themes, *factors)),
            tuple(catalogue.staff(db)),
            tuple((one.id, one.name) for one in catalogue.named(db, "offerings")),
            tuple((row["id"], row["name"]) for row in db.rows(_OTHERS)),
            currency,
            get_currency_precision(currency),
            start.optimism,
            start.why,
        )


def _standing(one: Problem, standing: dict[str, FactorStanding]) -> Problem:
    known = standing.get(one.factor)
    if known is None:
        return one
    return replace(one, score=known.score, point=known.point, n=known.n)


def made_from(db: Queries, table: str, which: object) -> Made:
    """An action to begin with, made from ("entries" | "themes" | "complaints", id), ("factors", key) or nothing.

    LookupError for what is not there.
    """
    if table == "factors":
        return Made(Action(""), factor=str(which))
    if table == "themes":
        key = db.value(_BEHIND_THEME, (which,))
        if key is None:
            raise LookupError(f"there is no theme {which}")
        return Made(Action("", theme_id=int(str(which))), factor=key)
    if table == "entries":
        row = db.row(_ENTRY, (which,))
        if row is None:
            raise LookupError(f"there is no entry {which}")
        theme = db.value(_MAIN_THEME, (which,))
        safe = bool(row["safety"])
        made = Action(
            "", theme_id=theme, entry_id=int(str(which)), offering_id=row["offering_id"],
            must_fix=safe, must_fix_why="safety" if safe else "",
        )  # fmt: skip
        return Made(made, row["text"])
    row = db.row(_COMPLAINT, (which,))
    if row is None:
        raise LookupError(f"there is no complaint {which}")
    theme = db.value(_COMPLAINT_THEME, (which,))
    if theme is None and row["entry_id"] is not None:
        theme = db.value(_MAIN_THEME, (row["entry_id"],))
    note = _("From complaint #{number}").format(number=row["number"])
    made = Action("", note=note, theme_id=theme, entry_id=row["entry_id"], offering_id=row["offering_id"])
    return Made(made, row["text"])
