"""Ids for what an import adds: one block reserved before, a stretch of it for each table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


class Blocks:
    """Gives ids of a stretch per table, in order; no table can take more than its share."""

    def __init__(self, first: int, tables: Sequence[tuple[str, int]]) -> None:
        self._next: dict[str, int] = {}
        self._end: dict[str, int] = {}
        for table, size in tables:
            self._next[table] = first
            first += size
            self._end[table] = first

    @staticmethod
    def size(tables: Sequence[tuple[str, int]]) -> int:
        """How many ids these stretches need together."""
        return sum(size for _table, size in tables)

    def next(self, table: str) -> int:
        """The next id of a table; raises OverflowError past its stretch."""
        found = self._next[table]
        if found >= self._end[table]:
            raise OverflowError(f"no ids left for {table}")
        self._next[table] = found + 1
        return found

    def stretch(self, table: str) -> Iterator[int]:
        """All ids that are left of a table's share, for one who takes many; nobody else may take any."""
        first, self._next[table] = self._next[table], self._end[table]
        return iter(range(first, self._end[table]))
