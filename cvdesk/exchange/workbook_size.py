"""How large the sheets of a workbook are, found without loading them: one stray cell far off takes all memory there is.

The reader of workbooks makes a full rectangle of every sheet; where memory does not suffice, the program would end.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from cvdesk.errors import UserError
from cvdesk.exchange.formats import DAMAGED_ZIP, damaged
from cvdesk.exchange.workbook_old import DamagedError, most_cells
from cvdesk.wording import _

_MOST_CELLS = 20_000_000
_MOST_BYTES = 1 << 30
_CHUNK = 1 << 20
# A cell with something in it; one that has only a look closes itself.
_CELL = re.compile(rb"\sr=\"([A-Z]{1,3})(\d{1,8})\"[^>]*+(?<!/)>")
_NO_SHEETS = frozenset({"styles.xml", "theme1.xml"})
_COUNT = re.compile(rb"ount=\"(\d{1,20})\"")
_ODS = re.compile(
    rb"<table:table[ >]|</table:table-row>|<table:table-row[^>]*>|<table:(?:covered-)?table-cell[^>]*>", re.S
)
_REPEATED = re.compile(rb"-repeated=\"(\d{1,9})\"")
_ROW_HEADER, _LAST_CELL_RECORD = 0, 11


def refuse_too_large(path: Path) -> None:
    """UserError for a workbook whose sheets span more cells than fit into memory."""
    if path.stat().st_size > _MOST_BYTES or _spanned(path) > _MOST_CELLS:
        raise UserError(
            _("“{name}” has a sheet that is too large: its cells reach very far down or to the right.").format(
                name=path.name
            ),
            _("Copy the rows and columns that count into a new sheet, save that, and import it."),
        )


def _spanned(path: Path) -> int:
    try:
        with path.open("rb") as handle:
            if handle.read(2) != b"PK":  # some old workbooks hold a zip of their own
                handle.seek(0)
                return most_cells(handle.read())
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST_BYTES:
                return _MOST_CELLS + 1
            return _cells(archive)
    except DamagedError as error:
        raise damaged(path.name) from error
    except DAMAGED_ZIP as error:
        raise damaged(path.name) from error


def _cells(archive: zipfile.ZipFile) -> int:
    """How many cells the largest sheet spans, blank ones between filled ones counted."""
    most = 0
    for name in archive.namelist():
        inside = re.split(r"[/\\]", name.lower())[-1]
        if inside == "content.xml":
            most = max(most, _ods(archive, name))
        elif inside == "sharedstrings.xml":
            _check_strings(archive, name)
        elif inside.endswith(".xml") and inside not in _NO_SHEETS:
            most = max(most, _xlsx(archive, name))
        elif inside.endswith(".bin") and "sheet" in inside:
            most = max(most, _xlsb(archive, name))
    return most


def _check_strings(archive: zipfile.ZipFile, name: str) -> None:
    """The number of shared texts is believed and reserved for; each takes some letters."""
    with archive.open(name) as handle:
        head = handle.read(_CHUNK)
    if any(int(count) > 50 * archive.getinfo(name).file_size for count in _COUNT.findall(head[:2_000])):
        raise DamagedError


def _tags(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of a member in stretches that end with a tag."""
    kept = b""
    with archive.open(name) as handle:
        while chunk := handle.read(_CHUNK):
            kept += chunk
            end = kept.rfind(b">") + 1
            yield kept[:end]
            kept = kept[end:]
    yield kept


def _xlsx(archive: zipfile.ZipFile, name: str) -> int:
    top, bottom, left, right = 1 << 30, 0, 1 << 30, 0
    for stretch in _tags(archive, name):
        found = _CELL.findall(stretch)
        if found:
            rows = {int(row) for _column, row in found}
            columns = {_column_number(column) for column in {column for column, _row in found}}
            top, bottom = min(top, *rows), max(bottom, *rows)
            left, right = min(left, *columns), max(right, *columns)
    return (bottom - top + 1) * (right - left + 1) if bottom else 0


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _ods(archive: zipfile.ZipFile, name: str) -> int:
    """Repeated cells and rows count as often as they are repeated, unless nothing filled follows them."""
    most = row = column = bottom = right = 0
    for stretch in _tags(archive, name):
        for tag in _ODS.findall(stretch):
            times = int(found[1]) if (found := _REPEATED.search(tag)) else 1
            if tag.startswith(b"<table:table-row"):
                row, column = row + times, 0
            elif tag.startswith((b"<table:table-cell", b"<table:covered")):
                column += times
                if b"value" in tag or not tag.endswith(b"/>"):
                    bottom, right = row, max(right, column)
            elif tag.startswith(b"<table:table"):
                most, row, bottom, right = max(most, bottom * right), 0, 0, 0
    return max(most, bottom * right)


def _xlsb(archive: zipfile.ZipFile, name: str) -> int:
    """A binary sheet is a row of records: kind, length, content; both numbers seven bits a byte."""
    data = archive.read(name)
    place = bottom = right = 0
    while place < len(data):
        kind, place = _seven_bits(data, place)
        size, place = _seven_bits(data, place)
        if kind == _ROW_HEADER:
            bottom = max(bottom, int.from_bytes(data[place : place + 4], "little") + 1)
        elif 1 < kind <= _LAST_CELL_RECORD:
            right = max(right, int.from_bytes(data[place : place + 4], "little") + 1)
        place += size
    return bottom * right


def _seven_bits(data: bytes, place: int) -> tuple[int, int]:
    number = 0
    for count, byte in enumerate(data[place : place + 4]):
        number |= (byte & 0x7F) << 7 * count
        if byte < 0x80:
            return number, place + count + 1
    return number, place + 4
