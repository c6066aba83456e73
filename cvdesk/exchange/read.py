"""A delimited text file as a table: header and rows, streamed, with whatever does not fit named instead of shifted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cvdesk.errors import UserError
from cvdesk.exchange.dialect import find_header, find_separator, given_separator, pads_quotes, records, usual_width
from cvdesk.exchange.source import Source, look_at
from cvdesk.wording import _, ngettext

_SAMPLE_LINES = 400
_SAMPLE_CHARS = 2_000_000
_LONGEST_CELL = 16 << 20


@dataclass(frozen=True, slots=True)
class Table:
    """How a file is read. `above`: records before the first data row, the header among them.

    `header` has a name for every column; `has_header` says whether the file gave them.
    """

    source: Source
    separator: str
    padded: bool
    header: tuple[str, ...]
    has_header: bool
    above: int
    preamble: int

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.header)


def open_table(
    path: Path,
    known: Callable[[Sequence[str]], int] = lambda _names: 0,
    encoding: str = "",
    separator: str = "",
    with_header: bool | None = None,
) -> Table:
    """Finds out how a file is divided. `known` counts the column names it recognises in a row.

    UserError for a file that is missing, empty, no text, or not divided by a single character.
    """
    source = look_at(path, encoding)
    with _lines(source) as lines:
        sample = _sample(lines)
    mark = given_separator(separator) if separator else find_separator(sample, path.name)
    rows = records(sample, mark)
    if not any(cell.strip() for row in rows for cell in row):
        raise UserError(_("“{name}” is empty.").format(name=path.name), _("Choose a file with rows in it."))
    place = -1 if with_header is False else find_header(rows, known)
    if place < 0 and with_header:
        place = next(place for place, row in enumerate(rows) if any(cell.strip() for cell in row))
    if place >= 0:
        header = _named(rows[place])
        preamble = sum(1 for row in rows[:place] if any(cell.strip() for cell in row))
    else:
        header = _named([""] * usual_width(rows))
        preamble = 0
    return Table(source, mark, pads_quotes(sample, mark), header, place >= 0, place + 1, preamble)


def _sample(lines: Iterator[str]) -> list[str]:
    taken: list[str] = []
    size = 0
    for line in islice(lines, _SAMPLE_LINES):
        taken.append(line)
        size += len(line)
        if size > _SAMPLE_CHARS:
            break
    return taken


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        " ".join(cell.split()) or _("Column {number}").format(number=number)
        for number, cell in enumerate(cells, start=1)
    )


@contextmanager
def _lines(source: Source) -> Iterator[Iterator[str]]:
    with source.path.open(encoding=source.encoding, newline="") as handle:
        if source.has_nulls:
            yield (line.replace("\0", "") for line in handle)
        else:
            yield iter(handle)


@contextmanager
def reading(table: Table) -> Iterator[Iterator[list[str]]]:
    """The records below the header as csv gives them, blank ones and ill-fitting ones among them: the fast way."""
    csv.field_size_limit(_LONGEST_CELL)
    with _lines(table.source) as lines:
        reader = csv.reader(lines, delimiter=table.separator, skipinitialspace=table.padded)
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
    if not table.source.odd_quotes or not row:
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
