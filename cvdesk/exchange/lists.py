"""Names in an import that stand for something the business has: channels, offerings, segments, tags, themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import key_of, match_key
from cvdesk.db import Queries
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.values import nothing
from cvdesk.themes import store as themes
from cvdesk.themes.lexicon import suggest

_LONGEST_NAME = 120
# Which factor a category belongs to whose words suggest none.
_LAST_RESORT = {"complaints": "faults", "feedback": "quality"}


class Names:
    """One list of names: finds the id of a name, or gives a new one. `literal`: "None" is a name like any other."""

    def __init__(self, db: Queries, blocks: Blocks, table: str, literal: bool = False) -> None:
        self._blocks = blocks
        self._literal = literal
        self.table = table
        self._ids: dict[str, int] = {}
        self._cells: dict[str, int | None] = {}
        self.made: list[tuple[Any, ...]] = []
        for row in db.rows(f"SELECT id, key, name FROM {table}"):
            self._ids[row["key"]] = row["id"]
            self._ids.setdefault(key_of(row["name"]), row["id"])

    def id_of(self, cell: str) -> int | None:
        """The id for a cell; None for one that holds nothing."""
        try:
            return self._cells[cell]
        except KeyError:
            found = self._cells[cell] = self._find(cell)
            return found

    def _find(self, cell: str) -> int | None:
        name = " ".join(cell.split())[:_LONGEST_NAME].strip()
        if not name or (nothing(name) and not self._literal):
            return None
        key = key_of(name)
        if key not in self._ids:
            row_id = self._blocks.next(self.table)
            self._ids[key] = row_id
            self.made.append(self._row(row_id, key, name))
        return self._ids[key]

    def _row(self, row_id: int, key: str, name: str) -> tuple[Any, ...]:
        return (row_id, key, name)


class ThemeNames(Names):
    """The themes: a new one goes to the factor its words suggest."""

    def __init__(self, db: Queries, blocks: Blocks, kind: str, literal: bool = False) -> None:
        super().__init__(db, blocks, "themes", literal)
        self._themes = themes.themes(db)
        for key, theme in self._ids.items():
            self._ids[key] = themes.lasting(db, theme)  # a list may still use the name of one that went into another
        for one in self._themes:  # what a theme is called now before what another was called at first
            self._ids[key_of(one.name)] = one.id
        factors = {factor.key: factor.id for factor in catalogue.factors(db)}
        self._factors = factors
        self._rest = factors.get(_LAST_RESORT[kind]) or next(iter(factors.values()))

    def _row(self, row_id: int, key: str, name: str) -> tuple[Any, ...]:
        found = suggest(match_key(name), self._themes)
        factor = self._factors.get(found[0].factor_key, self._rest) if found else self._rest
        return (row_id, key, name, factor)


def staged_columns(table: str) -> Sequence[str]:
    """The columns, beside the id, of a list's staging table."""
    return ("key", "name", "factor_id") if table == "themes" else ("key", "name")
