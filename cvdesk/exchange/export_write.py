"""Writers of lists: CSV, XLSX with typed cells, JSON. One file each, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from cvdesk.exchange.export_rows import Column, amount, plain_number
from cvdesk.exchange.many import joined
from cvdesk.exchange.safe import harmless
from cvdesk.wording import _

# What one cell and one sheet of a workbook can hold.
_LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_576
_FIRST_DATE = date(1900, 3, 1)  # before it, workbooks count one day differently


class Writer(Protocol):
    """A file that takes rows. `cut`: how many cells it could not hold whole."""

    cut: int

    def add(self, row: Sequence[Any]) -> None:
        """Writes one row."""

    def close(self) -> None:
        """Finishes the file; it is on the disk."""


class CsvWriter:
    """CSV in UTF-8 with a byte-order mark, which spreadsheets need; comma, double quotes, CRLF (RFC 4180)."""

    def __init__(self, path: Path, _title: str, columns: Sequence[Column], digits: int) -> None:
        self.cut = 0
        self._kinds = [column.kind for column in columns]
        self._digits = digits
        self._handle = path.open("w", encoding="utf-8-sig", newline="")
        self._out = csv.writer(self._handle)
        self._out.writerow([column.heading for column in columns])

    def add(self, row: Sequence[Any]) -> None:
        """Writes one row; what a spreadsheet would run gets an apostrophe."""
        digits = self._digits
        cells = [in_words(value, kind, digits) for value, kind in zip(row, self._kinds, strict=True)]
        self._out.writerow([harmless(cell) if cell else "" for cell in cells])

    def close(self) -> None:
        """Finishes the file."""
        finish(self._handle)


class JsonWriter:
    """One JSON object: {"customers": [{...}, ...]}; ids and dates as text, amounts as numbers."""

    def __init__(self, path: Path, title: str, columns: Sequence[Column], digits: int) -> None:
        self.cut = 0
        self._columns = columns
        self._digits = digits
        self._handle = path.open("w", encoding="utf-8", newline="\n")
        self._handle.write(f"{{{json.dumps(title)}: [")
        self._between = "\n"

    def add(self, row: Sequence[Any]) -> None:
        """Writes one record."""
        record = {
            column.name: _in_json(value, column.kind, self._digits)
            for column, value in zip(self._columns, row, strict=True)
        }
        self._handle.write(self._between + json.dumps(record, ensure_ascii=False))
        self._between = ",\n"

    def close(self) -> None:
        """Finishes the file."""
        self._handle.write("\n]}\n")
        finish(self._handle)


class XlsxWriter:
    """A workbook: bold headings that stay in sight, dates and numbers as such, all other cells as plain text."""

    def __init__(self, path: Path, title: str, columns: Sequence[Column], digits: int) -> None:
        import xlsxwriter

        self.cut = 0
        self._title = title
        self._columns = columns
        self._digits = digits
        # Memory stays the same however long the list is; its passing file lies beside it and goes with it.
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        self._bold = self._book.add_format({"bold": True})
        self._formats = {
            "date": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "money": self._book.add_format({"num_format": "0." + "0" * digits if digits else "0"}),
        }
        self._sheets = 0
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._sheets += 1
        name = self._title[:31] if self._sheets == 1 else f"{self._title[:25]} {self._sheets}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, _width(column))
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, column.heading, self._bold)
        self._row = 1

    def add(self, row: Sequence[Any]) -> None:
        """Writes one row; a new sheet where one is full."""
        if self._row >= _MOST_ROWS:
            self._begin_sheet()
        for place, value in enumerate(row):
            if value is not None and value != "":
                self._cell(place, value, self._columns[place].kind)
        self._row += 1

    def _cell(self, place: int, value: Any, kind: str) -> None:
        sheet, row = self._sheet, self._row
        if kind == "money":
            sheet.write_number(row, place, float(amount(value, self._digits)), self._formats[kind])
        elif kind == "number" and isinstance(value, int | float) and abs(value) < 10**15:
            sheet.write_number(row, place, value)
        elif kind in ("date", "moment") and (day := _day(value)) is not None:
            sheet.write_datetime(row, place, day, self._formats[kind])
        else:
            text = in_words(value, kind, self._digits)
            if len(text.encode("utf-16-le")) // 2 > _LONGEST_CELL:
                self.cut += 1
                text = _shortened(text)
            sheet.write_string(row, place, text)

    def close(self) -> None:
        """Finishes the file."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error


def _shortened(text: str) -> str:
    """As much of a text as a cell of a workbook holds, and a word that it goes on."""
    ending = " " + _("[cut: longer than a cell can be]")
    room = _LONGEST_CELL - len(ending)
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + ending


def _width(column: Column) -> float:
    wide = {"text": 50, "name": 26, "customer": 26, "notes": 40, "theme": 26, "email": 28, "organisation": 24}
    return wide.get(column.name, max(11, len(column.heading) + 2))


def _day(value: str) -> date | datetime | None:
    """A date, or a moment without its zone; None for what a workbook cannot hold as one."""
    with suppress(ValueError):
        found = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value.removesuffix("Z"))
        if (found.date() if isinstance(found, datetime) else found) >= _FIRST_DATE:
            return found
    return None


def in_words(value: Any, kind: str, digits: int) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if kind == "money":
        return amount(value, digits)
    if kind == "several":
        return joined(json.loads(value))
    if kind == "yes_no":
        return "yes" if value else "no"
    return plain_number(value) if isinstance(value, float) else str(value)


def _in_json(value: Any, kind: str, digits: int) -> Any:
    if value is None:
        return None
    if kind == "id":
        return str(value)
    if kind == "money":
        return float(amount(value, digits)) if digits else value
    if kind == "several":
        return json.loads(value)
    return bool(value) if kind == "yes_no" else value


def finish(handle: Any) -> None:
    """What was written is on the disk."""
    handle.flush()
    os.fsync(handle.fileno())
    handle.close()


WRITERS: dict[str, type[CsvWriter] | type[JsonWriter] | type[XlsxWriter]] = {
    "csv": CsvWriter, "xlsx": XlsxWriter, "json": JsonWriter,
}  # fmt: skip
