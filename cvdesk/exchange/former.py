"""What rows said before somebody edited them by hand, so that a list that comes again still finds them.

Read from the history: changes of steps that stand and are neither an import nor the taking back of one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from cvdesk.db import Queries

_BY_HAND = """
JOIN operations ON operations.id = changes.operation_id AND operations.kind = 'do' AND operations.state = 'done'
 AND operations.undoes IS NULL
WHERE changes.table_name = '{table}' AND changes.operation_id NOT IN (SELECT operation_id FROM imports)
"""
# Only what tells rows apart is read, and only where it is another now: a change of hundred thousand segments is none.
_EDITED = """
SELECT changes.row_id AS id, {before} FROM changes
JOIN {table} AS now ON now.id = changes.row_id AND ({differs})
"""
_TELLING = {
    "entries": ("customer_id", "date", "text", "rating_raw", "source_id"),
    "complaints": ("customer_id", "date", "text", "source_id"),
    "purchases": ("customer_id", "date", "amount_minor", "offering_id", "source_id"),
}
_CUSTOMERS = (
    f"SELECT changes.row_id AS id, changes.before FROM changes {_BY_HAND} AND changes.action = 'update'".format(
        table="customers"
    )
)
_PARTS = f"SELECT changes.before FROM changes {_BY_HAND} AND changes.action IN ('update', 'delete')"
_SHEETS = f"""
SELECT DISTINCT changes.row_id FROM changes {_BY_HAND.format(table="assessments")} AND changes.action = 'update'
UNION SELECT answers.assessment_id FROM changes
JOIN answers ON answers.id = changes.row_id {_BY_HAND.format(table="answers")}
UNION SELECT json_extract(changes.before, '$.assessment_id') FROM changes
{_BY_HAND.format(table="answers")} AND changes.action = 'delete'
"""


class Former:
    """Reads the history when it is first asked for something; most files and most lists never ask."""

    def __init__(self, db: Queries) -> None:
        self._db = db

    def rows(self, table: str) -> dict[int, list[Mapping[str, Any]]]:
        """Row id -> what it said before, for rows of entries, complaints or purchases that say something else now."""
        columns = _TELLING[table]
        before = ", ".join(f"json_extract(changes.before, '$.{name}') AS {name}" for name in columns)
        differs = " OR ".join(f"now.{name} IS NOT json_extract(changes.before, '$.{name}')" for name in columns)
        sql = _EDITED.format(before=before, table=table, differs=differs)
        found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
        for row in self._db.each(f"{sql}{_BY_HAND.format(table=table)} AND changes.action = 'update'"):
            found[row["id"]].append({name: row[name] for name in columns})
        return found

    @cached_property
    def customers(self) -> dict[int, dict[str, set[Any]]]:
        """Customer -> column -> what stood there before somebody changed it."""
        found: dict[int, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
        for row in self._db.each(_CUSTOMERS):
            for name, value in json.loads(row["before"]).items():
                if name not in ("id", "created_at", "updated_at"):
                    found[row["id"]][name].add(value)
        return found

    @cached_property
    def contacts(self) -> set[tuple[int, str, str]]:
        """(customer, kind, value as compared) of contacts that were corrected or taken out."""
        return {(row["customer_id"], row["kind"], row["match_key"]) for row in self._parts("contacts")}

    @cached_property
    def tags(self) -> set[tuple[int, int]]:
        """(customer, tag) of tags that were taken off."""
        return {(row["customer_id"], row["tag_id"]) for row in self._parts("customer_tags")}

    @cached_property
    def sheets(self) -> set[int]:
        """Score sheets somebody changed after they were brought in."""
        return {row[0] for row in self._db.rows(_SHEETS)}

    def _parts(self, table: str) -> list[Mapping[str, Any]]:
        return [json.loads(row["before"]) for row in self._db.each(_PARTS.format(table=table))]
