"""Views of the list that are kept under a name, in the settings of the business."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import as_name
from cvdesk.complaints.store_list import ComplaintQuery
from cvdesk.db import Operation, Queries

_KEY = "complaint_views"
# What stands behind a figure, or one customer's, is no view to come back to.
_KEPT = tuple(field.name for field in fields(ComplaintQuery) if field.name not in ("chosen", "customer"))


@dataclass(frozen=True, slots=True)
class View:
    """What limits the list, and its order, under a name."""

    name: str
    query: ComplaintQuery


def views(db: Queries) -> list[View]:
    """The views kept, by name."""
    saved: dict[str, dict[str, Any]] = catalogue.setting(db, _KEY, {})
    found = []
    for name in sorted(saved, key=str.casefold):
        known = {key: value for key, value in saved[name].items() if key in _KEPT}
        found.append(View(name, ComplaintQuery(**known)))
    return found


def save_view(op: Operation, view: View) -> None:
    """Keeps a view; one of the same name is replaced."""
    saved: dict[str, dict[str, Any]] = catalogue.setting(op, _KEY, {})
    values = asdict(view.query)
    catalogue.save_setting(op, _KEY, saved | {as_name(view.name): {name: values[name] for name in _KEPT}})


def forget_view(op: Operation, name: str) -> None:
    """Takes a view out of the list of views."""
    saved: dict[str, dict[str, Any]] = catalogue.setting(op, _KEY, {})
    catalogue.save_setting(op, _KEY, {known: query for known, query in saved.items() if known != name})
