"""What a filter limits figures to, in names."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries

_TABLES = {
    "offering": "offerings", "segment": "segments", "channel": "channels", "theme": "themes", "tag": "tags",
}  # fmt: skip


def limited_to(db: Queries, chosen: Filter) -> tuple[str, ...]:
    """The names of what a filter chose beside the period."""
    names = []
    for field, table in _TABLES.items():
        wanted = getattr(chosen, field)
        if wanted is not None:
            names.append(str(db.value(f"SELECT name FROM {table} WHERE id = ?", (wanted,))))
    return tuple(names)
