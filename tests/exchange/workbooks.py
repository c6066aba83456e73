"""Small workbooks for the tests, made as spreadsheet programs make them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from pathlib import Path
from struct import pack
from typing import Any

Sheets = Mapping[str, Sequence[Sequence[Any]]]


def xlsx(path: Path, sheets: Sheets, hidden: Sequence[str] = (), mac_dates: bool = False) -> Path:
    """A workbook with these rows; errors are written as {"error": "#N/A"}."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"date_1904": mac_dates})
    day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(at, place, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, place, datetime(cell.year, cell.month, cell.day), day)
                elif isinstance(cell, dict):
                    sheet.write_formula(at, place, "=NA()", None, cell["error"])
                elif cell is not None:
                    sheet.write(at, place, cell)
        if name in hidden:
            sheet.hide()
    book.close()
    return path


def ods(path: Path, rows: Sequence[Sequence[str]], repeated: int = 1) -> Path:
    """A workbook of the open format with texts, its last row as often as said."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = ""
    for at, row in enumerate(rows, start=1):
        times = f' table:number-rows-repeated="{repeated}"' if at == len(rows) and repeated > 1 else ""
        body += f"<table:table-row{times}>{''.join(cell.format(escape(one)) for one in row)}</table:table-row>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="List">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def xls(path: Path, rows: Sequence[Sequence[str | float]], sheet_size: tuple[int, int] | None = None) -> Path:
    """An old workbook; `sheet_size`: the rows and columns it claims to have."""
    claimed = sheet_size or (len(rows), max(map(len, rows)))
    cells = b""
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                text = pack("<HHHHB", at, place, 0, len(cell), 0) + cell.encode("latin-1")
                cells += _record(0x0204, text)
            else:
                cells += _record(0x0203, pack("<HHHd", at, place, 0, cell))
    size = _record(0x0200, pack("<IIHHH", 0, claimed[0], 0, claimed[1], 0))
    sheet = _record(0x0809, pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + size + cells + _record(0x000A, b"")
    head = _record(0x0809, pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0)) + _record(0x0042, pack("<H", 1200))
    start = len(head) + len(_record(0x0085, pack("<IHBB", 0, 0, 4, 0) + b"List")) + len(_record(0x000A, b""))
    book = head + _record(0x0085, pack("<IHBB", start, 0, 4, 0) + b"List") + _record(0x000A, b"") + sheet
    path.write_bytes(_compound_file(book))
    return path


def _record(kind: int, content: bytes) -> bytes:
    return pack("<HH", kind, len(content)) + content


def _compound_file(stream: bytes) -> bytes:
    """A file with one stream, of sectors of 512 bytes: the table of sectors, the directory, the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    links = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * (4 * 108)
    folder = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return header + pack("<128I", *links, *[0xFFFFFFFF] * (128 - len(links))) + folder.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
    letters = name.encode("utf-16-le").ljust(64, b"\0")
    nobody = 0xFFFFFFFF
    return letters + pack("<HBBIII36xIII", 2 * len(name) + 2, kind, 1, nobody, nobody, child, start, length, 0)
