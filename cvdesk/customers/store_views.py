"""Views of the list of customers that are kept under a name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from cvdesk.catalogue.records import as_name, match_key
from cvdesk.customers.store_list import SORTS, CustomerQuery
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

_PAGE = "customers"
_FIELDS = {field.name for field in fields(CustomerQuery)}


@dataclass(frozen=True, slots=True)
class View:
    """What limits the list, and its order, under a name."""

    id: int
    name: str
    query: CustomerQuery


def views(db: Queries) -> list[View]:
    """The views kept, by name."""
    rows = db.rows("SELECT id, name, value FROM saved_filters WHERE page = ?", (_PAGE,))
    found = [View(row["id"], row["name"], _query(row["value"])) for row in rows]
    return sorted(found, key=lambda view: (view.name.casefold(), view.id))


def _query(text: str) -> CustomerQuery:
    """A query as it was kept; what this program does not know is left out."""
    saved = json.loads(text)
    known = {name: value for name, value in saved.items() if name in _FIELDS}
    if known.get("sort") not in SORTS:
        known["sort"] = "name"
    return CustomerQuery(**known)


def save_view(op: Operation, name: str, query: CustomerQuery) -> int:
    """Keeps a view; one of the same name is replaced. UserError without a name."""
    name = as_name(name)
    if not name:
        raise UserError(_("A view needs a name."), _("Type a name such as “Cafés we have not heard of”."))
    value = json.dumps(asdict(query))
    known = _called(op, name)
    if known is None:
        return op.insert("saved_filters", {"page": _PAGE, "name": name, "value": value})
    op.update("saved_filters", known, {"name": name, "value": value})
    return known


def _called(db: Queries, name: str) -> int | None:
    """The view of this name, capitals and accents aside."""
    rows = db.rows("SELECT id, name FROM saved_filters WHERE page = ?", (_PAGE,))
    return next((int(row["id"]) for row in rows if match_key(row["name"]) == match_key(name)), None)


def rename_view(op: Operation, view_id: int, name: str) -> None:
    """Gives a view another name. UserError where another view has it, or the view was removed meanwhile."""
    name = as_name(name)
    if op.value("SELECT 1 FROM saved_filters WHERE id = ?", (view_id,)) is None:
        raise UserError(_("This view was removed meanwhile."), _("Undo brings it back."))
    if _called(op, name) not in (None, view_id):
        raise UserError(_("There is a view called “{name}” already.").format(name=name), _("Choose another name."))
    op.update("saved_filters", view_id, {"name": name})


def forget_view(op: Operation, view_id: int) -> None:
    """Takes a view out of the list of views."""
    op.delete("saved_filters", view_id)
