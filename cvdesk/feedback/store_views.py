"""SQL around the list of feedback: views kept under a name, which columns have anything in them, who can be chosen."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from cvdesk.catalogue.records import as_name, match_key, one_way
from cvdesk.db import Operation, Queries
from cvdesk.db.filter import Period, usual_periods
from cvdesk.errors import UserError
from cvdesk.feedback.store_query import EntryQuery
from cvdesk.wording import _

_PAGE = "feedback"
_VIEWS = "SELECT id, name, value FROM saved_filters WHERE page = ? ORDER BY name COLLATE NOCASE"
_COLUMNS = """
SELECT COALESCE(sum(rated), 0), COALESCE(sum(entries - anonymous), 0) FROM entry_days WHERE dimension = 'kind'
"""
_ANY_CHANNEL = "SELECT 1 FROM entry_days WHERE dimension = 'channel' AND key <> '0' LIMIT 1"
_PEOPLE = """
SELECT id, name FROM customers
WHERE name_key LIKE ?1 || '%' OR name_key LIKE '% ' || ?1 || '%' ORDER BY name_key LIMIT ?2
"""


@dataclass(frozen=True, slots=True)
class View:
    """What limits the list, and its order, under a name."""

    name: str
    query: EntryQuery
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of the list have anything to show in this file."""

    rating: bool
    customer: bool
    channel: bool
    theme: bool


def columns(db: Queries) -> Columns:
    """Which columns have anything to show; asked of the day summaries."""
    found = db.row(_COLUMNS)
    rated, named = (0, 0) if found is None else found
    themes = db.value("SELECT 1 FROM entry_themes LIMIT 1")
    return Columns(bool(rated), bool(named), bool(db.value(_ANY_CHANNEL)), bool(themes))


def views(db: Queries, today: date) -> list[View]:
    """The views kept, by name. "Last 30 days" are those before today."""
    return [View(row["name"], _query(json.loads(row["value"]), today), row["id"]) for row in db.rows(_VIEWS, (_PAGE,))]


def save_view(op: Operation, view: View, today: date) -> int:
    """Keeps a view and gives its id; one of the same name is replaced. UserError without a name."""
    name = as_name(view.name)
    if not name:
        raise UserError(_("The view needs a name."), _("Write a name for it."))
    value = json.dumps(_values(view.query, today), ensure_ascii=False)
    same = next((one for one in views(op, today) if one_way(one.name) == one_way(name)), None)
    if same is None or same.id is None:
        return op.insert("saved_filters", {"page": _PAGE, "name": name, "value": value})
    op.update("saved_filters", same.id, {"name": name, "value": value})
    return same.id


def delete_view(op: Operation, view_id: int) -> None:
    """Takes a view off the list of views. Can be undone."""
    op.delete("saved_filters", view_id)


def _values(query: EntryQuery, today: date) -> dict[str, Any]:
    values = {name: value for name, value in asdict(replace(query, period=None)).items() if value not in (None, False)}
    if query.period is not None:
        usual = usual_periods(today)
        days = [query.period.start.isoformat(), query.period.end.isoformat()]
        values["period"] = usual.index(query.period) if query.period in usual else days
    return values


def _query(values: dict[str, Any], today: date) -> EntryQuery:
    known = {field.name for field in fields(EntryQuery)}
    kept = {name: value for name, value in values.items() if name in known}
    period = kept.pop("period", None)
    if isinstance(period, int):
        period = usual_periods(today)[period]
    elif period is not None:
        period = Period(date.fromisoformat(period[0]), date.fromisoformat(period[1]))
    return EntryQuery(period=period, **kept)


def people(db: Queries, text: str, limit: int = 30) -> list[tuple[int, str]]:
    """Customers a part of whose name begins so, as (id, name) by name."""
    key = match_key(text).replace("%", "").replace("_", "")
    return [(row["id"], row["name"]) for row in db.rows(_PEOPLE, (key, limit))]
