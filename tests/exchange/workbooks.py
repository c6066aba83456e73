"""Small workbooks for the tests, made as spreadsheet programs make them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from pathlib import Path
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
