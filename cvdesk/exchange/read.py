"""A file as a table: header and rows, whatever it is, with what does not fit named instead of shifted.

Text is streamed and takes the same memory however long it is; workbooks, contacts and JSON are held.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

from cvdesk.errors import UserError
from cvdesk.exchange import headers
from cvdesk.exchange.dialect import Dialect, find_dialect, records
from cvdesk.exchange.formats import CARDS, RECORDS, TEXT, WORKBOOK, format_of, opened
from cvdesk.exchange.headers import Known
from cvdesk.exchange.source import Source, look_at
from cvdesk.wording import _, ngettext

_SAMPLE_LINES = 400
_SAMPLE_CHARS = 2_000_000
_LONGEST_CELL = 16 << 20
# More columns than this is no list, and would make the preview crawl.
_MOST_COLUMNS = 5_000


class Choices(NamedTuple):
    """What a person says about a file instead of what would be found; empty: find it.

    `sheet`: a name, or a number from 1. `header_rows`: how many rows name the columns.
    """

    encoding: str = ""
    separator: str = ""
    with_header: bool | None = None
    sheet: str = ""
    header_rows: int = 0


class Held(Protocol):
    """Rows that are held in memory."""

    def __iter__(self) -> Iterator[list[str]]:
        """From the first to the last."""

    def with_comma(self) -> Held:
        """The same, with the decimal comma in cells that are numbers."""


@dataclass(frozen=True, slots=True)
class Table:
    """How a file is read. `above`: records before the first data row, the header among them.

    `header` has a name for every column; `has_header` says whether the file gave them, `header_rows` in how many rows.
    `format`: text, workbook, cards or records; encoding and separator are empty but for text. `sheets`: all sheets of
    a workbook by name, `sheet` the one that is read, `hidden` those nobody sees who opens it.
    """

    source: Source
    dialect: Dialect
    header: tuple[str, ...]
    has_header: bool
    above: int
    preamble: int
    format: str = TEXT
    header_rows: int = 1
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    content: Held | None = field(default=None, compare=False, repr=False)

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path

    @property
    def separator(self) -> str:
        """What stands between the cells of a text file."""
        return self.dialect.separator

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.header)

    def with_comma(self) -> Table:
        """The same, with the decimal comma in cells that are numbers and no text."""
        return self if self.content is None else replace(self, content=self.content.with_comma())


def _knows_none(_names: Sequence[str]) -> int:
    return 0


def open_table(
    path: Path,
    known: Known = _knows_none,
    encoding: str = "",
    separator: str = "",
    with_header: bool | None = None,
    sheet: str = "",
    header_rows: int = 0,
) -> Table:
    """Finds out what a file is and how it is divided. `known` counts the column names it recognises in a row.

    UserError for a file that is missing, empty, damaged, protected, or no list.
    """
    choices = Choices(encoding, separator, with_header, sheet, header_rows)
    kind = format_of(path)
    if kind == WORKBOOK:
        table = _workbook(path, known, choices)
    elif kind == TEXT:
        table = _text(path, known, choices)
    else:
        table = _held(path, kind, known, choices)
    if table.width > _MOST_COLUMNS:
        raise UserError(
            _("“{name}” has {count} columns, which is no list of this kind.").format(name=path.name, count=table.width),
            _("Check the separator, or copy the columns that count into a list of their own."),
        )
    return table


def _text(path: Path, known: Known, choices: Choices) -> Table:
    source = look_at(path, choices.encoding)
    with _lines(source) as lines:
        sample = _sample(lines)
    dialect = find_dialect(sample, path.name, choices.separator)
    rows = records(sample, dialect)
    if not any(cell.strip() for row in rows for cell in row):
        raise UserError(_("“{name}” is empty.").format(name=path.name), _("Choose a file with rows in it."))
    place = -1 if choices.with_header is False else headers.find_header(rows, known)
    width = headers.usual_width(rows)
    return _with_header(Table(source, dialect, (), False, 0, 0), rows, place, width, choices)


def _workbook(path: Path, known: Known, choices: Choices) -> Table:
    from cvdesk.exchange.workbook import open_workbook

    book = open_workbook(path, known, choices.sheet)
    table = Table(
        Source(path), Dialect(""), (), False, 0, 0, WORKBOOK, 1, book.sheet, book.sheets, book.hidden, book.rows
    )
    return _in_grid(table, book.rows, known, choices)


def _held(path: Path, kind: str, known: Known, choices: Choices) -> Table:
    from cvdesk.exchange.cards import open_cards
    from cvdesk.exchange.records_json import open_records

    found = open_cards(path, choices.encoding) if kind == CARDS else open_records(path)
    table = Table(Source(path), Dialect(""), found.header, found.named, 0, 0, kind, int(found.named), content=found)
    return table if kind != RECORDS or found.named else _in_grid(table, found, known, choices)


def _in_grid(table: Table, content: Held, known: Known, choices: Choices) -> Table:
    rows = list(islice(content, _SAMPLE_LINES))
    place = -1 if choices.with_header is False else headers.find_header_in_sheet(rows, known)
    return _with_header(table, rows, place, len(rows[0]), choices)


def _with_header(table: Table, rows: list[list[str]], place: int, width: int, choices: Choices) -> Table:
    """The table with the names of its columns, and what stands above the data counted."""
    if place < 0 and (choices.with_header or choices.header_rows):
        place = next((place for place, row in enumerate(rows) if not blank(row)), 0)
    if place < 0:
        return replace(table, header=headers.names((), width), header_rows=0)
    count = max(1, min(choices.header_rows or headers.depth(rows, place), len(rows) - place))
    naming = rows[place : place + count]
    width = max(map(len, naming)) if table.content is None else width
    preamble = sum(1 for row in rows[:place] if not blank(row))
    return replace(
        table,
        header=headers.names(naming, width),
        has_header=True,
        header_rows=count,
        above=place + count,
        preamble=preamble,
    )


def _sample(lines: Iterator[str]) -> list[str]:
    taken: list[str] = []
    size = 0
    for line in islice(lines, _SAMPLE_LINES):
        taken.append(line)
        size += len(line)
        if size > _SAMPLE_CHARS:
            break
    return taken


@contextmanager
def _lines(source: Source) -> Iterator[Iterator[str]]:
    with opened(source.path) as raw, TextIOWrapper(raw, source.encoding, source.errors, newline="") as handle:
        if source.has_nulls:
            yield (line.replace("\0", "") for line in handle)
        else:
            yield iter(handle)


@contextmanager
def reading(table: Table) -> Iterator[Iterator[list[str]]]:
    """The records below the header as they stand there, blank ones and ill-fitting ones among them: the fast way."""
    if table.content is not None:
        yield islice(table.content, table.above, None)
        return
    csv.field_size_limit(_LONGEST_CELL)
    with _lines(table.source) as lines:
        reader = table.dialect.reader(lines)
        try:
            for _place in range(table.above):
                next(reader, None)
            yield reader
        except csv.Error as error:
            raise UserError(
                _("Line {line} of “{name}” cannot be divided into cells.").format(
                    line=reader.line_num, name=table.path.name
                ),
                _("Look for a quotation mark that is never closed on that line, correct it and import again."),
            ) from error


def fitted(table: Table, row: list[str]) -> list[str] | None:
    """A row of another width than the header's where nothing but blanks is too many; None otherwise."""
    width = table.width
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return row[:width]
    return None


def blank(row: Sequence[str]) -> bool:
    """True for a line without anything."""
    return all(not cell or cell.isspace() for cell in row)


def wrong_width(table: Table, row: Sequence[str]) -> str:
    """Why a row that does not fit is rejected."""
    found = ngettext("the row has {count} cell", "the row has {count} cells", len(row)).format(count=len(row))
    return _("{found}, the header has {wanted}").format(found=found, wanted=table.width)


def cut_off(table: Table, row: Sequence[str]) -> bool:
    """True for a last row whose quoted cell is never closed: the file was cut there."""
    if not table.source.odd_quotes or not row or table.dialect.bare:
        return False
    return table.source.ending.endswith('"' + row[-1].replace('"', '""'))


def rows(table: Table) -> Iterator[list[str]]:
    """The rows that fit the header, one after the other."""
    with reading(table) as found:
        for row in found:
            if len(row) == table.width:
                if table.width > 1 or not blank(row):
                    yield row
            elif not blank(row) and (whole := fitted(table, row)) is not None:
                yield whole
