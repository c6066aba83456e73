"""Workbooks (XLSX, XLS, XLSB, ODS): their sheets, and the cells of one as text that nothing reads in two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from cvdesk.errors import UserError
from cvdesk.exchange.formats import damaged, opened, protected
from cvdesk.exchange.headers import Known
from cvdesk.exchange.workbook_size import refuse_too_large
from cvdesk.wording import _

_COMPARED_ROWS = 60
# Excel keeps this many digits of a number, and no more of them mean anything.
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet from the first filled one, each as long as the widest.

    `decimal_comma`: how numbers are written. `merged`: place of the first of several cells made one over some rows ->
    how many rows; all of these rows have its value.
    """

    sheet: Any
    decimal_comma: bool = False
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[list[str]]:
        return self._spread(self._written()) if self.merged else self._written()

    def _written(self) -> Iterator[list[str]]:
        writers = _writers(self.decimal_comma)
        for row in islice(self.sheet.iter_rows(), self.sheet.start[0], None):
            yield [writers[type(cell)](cell) for cell in row]

    def _spread(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        """The rows with the value of merged cells in all rows they cover."""
        columns = {column for _row, column in self.merged}
        open_cells: dict[int, tuple[int, str]] = {}
        for at, row in enumerate(rows):
            for column in columns:
                if (rows_left := self.merged.get((at, column), 0)) > 1:
                    open_cells[column] = (rows_left - 1, row[column])
                elif column in open_cells:
                    left, row[column] = open_cells.pop(column)
                    if left > 1:
                        open_cells[column] = (left - 1, row[column])
            yield row

    def with_comma(self) -> SheetRows:
        """The same with the decimal comma."""
        return replace(self, decimal_comma=True)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A chosen sheet and the names of all of them; `hidden` ones among these."""

    rows: SheetRows
    sheet: str
    sheets: tuple[str, ...]
    hidden: tuple[str, ...]
    filled: int


def open_workbook(path: Path, known: Known, wanted: str = "") -> Workbook:
    """Reads the wanted sheet (a name, or a number from 1), or the one that looks most like a list.

    UserError for a workbook that is damaged, protected, empty or too large, and for a sheet it does not have.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    refuse_too_large(path)
    with _told(path), opened(path) as handle:
        book = CalamineWorkbook.from_filelike(handle)
        lists = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        hidden = {one.name for one in lists if one.visible != SheetVisibleEnum.Visible}
        found = [one.name for one in lists]
        names = [_named(path, found, wanted)] if wanted else found
        # Two sheets of one name cannot both be had by it; they can by their places.
        sheets = {name: book.get_sheet_by_name(name) for name in names}
    filled = {name: one for name, one in sheets.items() if one.start is not None}
    if not filled:
        empty = _("“{name}” is empty.") if not wanted else _("The sheet “{sheet}” of “{name}” is empty.")
        raise UserError(empty.format(name=path.name, sheet="".join(names[:1])), _("Choose a file with rows in it."))
    best = max(filled, key=lambda name: _merit(SheetRows(filled[name]), name in hidden, known))
    return Workbook(
        SheetRows(filled[best], merged=_merged(filled[best])),
        best,
        tuple(found),
        tuple(name for name in found if name in hidden),
        len(filled),
    )


def _merged(sheet: Any) -> dict[tuple[int, int], int]:
    """Cells that are one over several rows, counted from the first filled row and column -> how many rows."""
    top, left = sheet.start
    return {
        (first[0] - top, first[1] - left): last[0] - first[0] + 1
        for first, last in sheet.merged_cell_ranges or ()
        if last[0] > first[0] and top <= first[0] and left <= first[1] <= sheet.end[1]
    }


def _named(path: Path, found: Sequence[str], wanted: str) -> str:
    alike = [name for name in found if name.casefold() == wanted.strip().casefold()]
    if wanted in found or alike:
        return wanted if wanted in found else alike[0]
    if wanted.strip().isdecimal() and 1 <= int(wanted) <= len(found):
        return found[int(wanted) - 1]
    raise UserError(
        _("“{name}” has no sheet “{sheet}”.").format(name=path.name, sheet=wanted),
        _("Its sheets are: {sheets}.").format(sheets=", ".join(found)),
    )


def _merit(rows: SheetRows, hidden: bool, known: Known) -> tuple[bool, int, bool, int]:
    """What makes a sheet the likelier list: to be seen, columns that are recognised, more than a single row, rows."""
    first = [row for row, _place in zip(rows, range(_COMPARED_ROWS), strict=False) if any(row)]
    recognised = max((known(row) for row in first), default=0)
    return (not hidden, recognised, len(first) > 1, int(rows.sheet.height))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Damage found by the reader of workbooks, told to a person."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise protected(path.name) from error
    except (CalamineError, OSError) as error:
        raise damaged(path.name) from error
    except BaseException as error:
        # The reader is written in another language; where it gives up, this is how it says so.
        if type(error).__name__ == "PanicException":
            raise damaged(path.name) from error
        raise


def _writers(decimal_comma: bool) -> dict[type, Callable[[Any], str]]:
    return {
        str: _text, float: _number_with_comma if decimal_comma else _number, int: str, bool: _truth, date: str,
        datetime: _moment, time: _clock, timedelta: _span, type(None): lambda _cell: "",
    }  # fmt: skip


def _text(cell: str) -> str:
    """Old workbooks leave a NUL after each letter of some texts."""
    return cell.replace("\0", "") if "\0" in cell else cell


def _number(cell: float) -> str:
    if cell.is_integer() and abs(cell) < 10**_DIGITS:
        return str(int(cell))
    return f"{cell:.{_DIGITS}g}"


def _number_with_comma(cell: float) -> str:
    return _number(cell).replace(".", ",")


def _truth(cell: bool) -> str:
    return "TRUE" if cell else "FALSE"


def _moment(cell: datetime) -> str:
    return str(cell.replace(microsecond=0) if cell.microsecond < 500_000 else _next_second(cell))


def _next_second(cell: datetime) -> datetime:
    """Moments are kept as fractions of a day: half past nine may lie a thousandth of a second before itself."""
    return cell.replace(microsecond=0) + timedelta(seconds=1)


def _clock(cell: time) -> str:
    return cell.isoformat("seconds")


def _span(cell: timedelta) -> str:
    """Hours, minutes and seconds, which may be more than a day."""
    seconds = round(cell.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
