"""What a list shows, as one file: customers, feedback or complaints as CSV, XLSX, JSON or vCard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from cvdesk.db import BusinessFile, Queries
from cvdesk.errors import UserError
from cvdesk.exchange.export_rows import Column, columns, minor_digits, records
from cvdesk.exchange.export_write import WRITERS, Writer
from cvdesk.wording import _

LISTS = ("customers", "entries", "complaints")
_AT_ONCE = 500
_STEP = 1_000
# On paper and in other programs nobody needs to know how names are compared.
_LEFT_OUT = frozenset({"name_key", "position", "match_key"})


class Listed(Protocol):
    """A list as the tables of the window read it: rows with an `id`, some at a time."""

    def count(self) -> int:
        """How many rows."""

    def fetch(self, first: int, limit: int) -> Sequence[Any]:
        """Some of them, in the list's order."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where. `cut`: cells too long for a workbook, which end with a word about it."""

    path: Path
    rows: int
    cut: int = 0


class Stopped(Exception):  # noqa: N818  (the person's wish, no error)
    """The person stopped the export; no file was made."""


def kinds(table: str) -> tuple[str, ...]:
    """The endings a list may be written with: csv, xlsx, json, and vcf for customers."""
    return (*WRITERS, "vcf") if table == "customers" else tuple(WRITERS)


def ids_of(source: Listed) -> Iterator[int]:
    """The ids of all rows of a list, in its order."""
    for first in count(0, _AT_ONCE):
        rows = source.fetch(first, _AT_ONCE)
        yield from (row.id for row in rows)
        if len(rows) < _AT_ONCE:
            return


def write_list(
    file: BusinessFile,
    table: str,
    path: Path,
    ids: Iterable[int] | None = None,
    progress: Callable[[int], None] = lambda _rows: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Written:
    """Writes the records with these ids in their order, or all; the ending of the name says as what.

    A file of that name is replaced, once the new one is whole. UserError where it cannot be written, for an ending
    nobody knows, and for the business file itself; Stopped.
    """
    if table not in LISTS:
        raise ValueError(f"{table} is no list that is exported")
    kind = path.suffix.lower().removeprefix(".")
    if kind not in kinds(table):
        raise UserError(
            _("“{name}” does not end like a list.").format(name=path.name),
            _("Give it one of these endings: {endings}.").format(
                endings=", ".join(f".{each}" for each in kinds(table))
            ),
        )
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and path.samefile(file.path):
            raise UserError(
                _("“{name}” is the business file itself.").format(name=path.name),
                _("Choose another name for the list."),
            )
        with file.snapshot():
            wanted = tuple(column for column in columns(file, table) if column.name not in _LEFT_OUT)
            written = fill(file, table, wanted, unfinished, kind, ids, progress, stopped)
        unfinished.replace(path)
    except OSError as error:
        raise UserError(
            _("“{name}” could not be written in “{folder}”.").format(name=path.name, folder=path.parent),
            _("Check that the folder exists, that you may write there, that there is room, and that no other program"
              " has the file open."),
        ) from error  # fmt: skip
    finally:
        with suppress(OSError):  # where the folder is the trouble, there is nothing to remove
            unfinished.unlink(missing_ok=True)
    return Written(path, written.rows, written.cut)


def fill(
    db: Queries,
    table: str,
    wanted: tuple[Column, ...],
    path: Path,
    kind: str,
    ids: Iterable[int] | None = None,
    progress: Callable[[int], None] = lambda _rows: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Written:
    """Writes a table's rows to a file of its own. OSError; Stopped, with the file left unfinished."""
    writer = _writer(path, table, wanted, kind, minor_digits(db))
    rows = 0
    try:
        for row in records(db, table, wanted, ids):
            writer.add(row)
            rows += 1
            if rows % _STEP == 0:
                progress(rows)
                if stopped():
                    raise Stopped
    finally:
        writer.close()
    return Written(path, rows, writer.cut)


def _writer(path: Path, table: str, wanted: tuple[Column, ...], kind: str, digits: int) -> Writer:
    if kind == "vcf":
        from cvdesk.exchange.export_cards import CardWriter

        return CardWriter(path, table, wanted, digits)
    return WRITERS[kind](path, table, wanted, digits)
