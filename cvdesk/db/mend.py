"""Making a kept row fit into the file as it is now, before it is put back."""

from __future__ import annotations

from typing import Any

from cvdesk.db.queries import Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

_REFERENCES = """
SELECT "table" AS parent, "from" AS column,
    (SELECT "notnull" FROM pragma_table_info(?1) WHERE name = "from") AS needed
FROM pragma_foreign_key_list(?1)
"""
_UNIQUE = """
SELECT list.name, group_concat(info.name) AS columns FROM pragma_index_list(?) AS list
JOIN pragma_index_info(list.name) AS info WHERE list."unique" = 1 AND list.partial = 0 GROUP BY list.name
"""


def fitting(db: Queries, table: str, row: dict[str, Any], must: bool) -> dict[str, Any] | None:
    """The row with references to what is gone left empty and a complaint's number free; None where it cannot stand.

    `must`: UserError instead of None.
    """
    fits = dict(row)
    for reference in db.rows(_REFERENCES, (table,)):
        target = fits.get(reference["column"])
        if target is None or db.value(f"SELECT 1 FROM {reference['parent']} WHERE id = ?", (target,)):
            continue
        if reference["needed"]:
            _refuse(must, _("What it belonged to is gone."))
            return None
        fits[reference["column"]] = None
    if table == "complaints" and _taken(db, table, fits, ["number"]):
        fits["number"] = db.value("SELECT max(number) + 1 FROM complaints")
    for index in db.rows(_UNIQUE, (table,)):
        if _taken(db, table, fits, index["columns"].split(",")):
            _refuse(must, _("Something else has taken its place since."))
            return None
    return fits


def _taken(db: Queries, table: str, row: dict[str, Any], columns: list[str]) -> bool:
    """Whether another row has these values already."""
    where = " AND ".join(f"{column} = ?" for column in columns)
    values = [row.get(column) for column in columns]
    return bool(db.value(f"SELECT 1 FROM {table} WHERE {where} AND id <> ?", (*values, row["id"])))


def _refuse(must: bool, why: str) -> None:
    if must:
        raise UserError(_("This cannot be put back as it was."), why)
