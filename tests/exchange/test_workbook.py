"""Workbooks as lists: sheets, typed cells, and what is refused before it takes all memory."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cvdesk.errors import UserError
from cvdesk.exchange.names import count_known
from cvdesk.exchange.read import Table, open_table, rows
from tests.exchange.workbooks import ods, xls, xlsx


def opened(path: Path, sheet: str = "", header_rows: int = 0) -> Table:
    return open_table(path, lambda cells: count_known("feedback", cells), sheet=sheet, header_rows=header_rows)


@pytest.mark.parametrize("mac_dates", [False, True])
def test_cells_become_text_nothing_can_read_in_two_ways(tmp_path: Path, mac_dates: bool) -> None:
    head = ["Date", "Comment", "Rating", "Returned", "Seen", "Phone"]
    first = [date(2026, 3, 4), "  spaces stay ", 4.0, True, datetime(2026, 3, 4, 9, 30), 491701234567]
    second = [date(1905, 1, 31), "two\nlines", 4.5, False, None, 0.1]
    path = xlsx(tmp_path / "book.xlsx", {"Sheet1": [head, first, second]}, mac_dates=mac_dates)
    assert list(rows(opened(path))) == [
        ["2026-03-04", "  spaces stay ", "4", "TRUE", "2026-03-04 09:30:00", "491701234567"],
        ["1905-01-31", "two\nlines", "4.5", "FALSE", "", "0.1"],
    ]


def test_errors_of_formulas_and_cells_without_anything_are_empty(tmp_path: Path) -> None:
    book: list[list[Any]] = [["Date", "Comment", "Rating"], [date(2026, 3, 4), {"error": "#N/A"}, None], ["", "", 5]]
    assert list(rows(opened(xlsx(tmp_path / "book.xlsx", {"A": book})))) == [["2026-03-04", "", ""], ["", "", "5"]]


def test_the_sheet_that_looks_like_a_list_is_taken_and_any_other_can_be_named(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "book.xlsx", {
        "Cover": [["Bakery"]], "Answers": [["Date", "Comment"], ["2026-01-02", "good"]],
        "Old": [["Date", "Comment", "Rating"], ["2025-01-02", "fine", 3], ["2025-01-03", "ok", 2]], "Empty": [],
    }, hidden=("Old",))  # fmt: skip
    found = opened(path)
    assert (found.sheet, found.sheets, found.hidden) == ("Answers", ("Cover", "Answers", "Old", "Empty"), ("Old",))
    assert opened(path, "old").sheet == opened(path, "3").sheet == "Old"
    with pytest.raises(UserError, match=r"has no sheet “Next”.*Cover, Answers, Old, Empty"):
        opened(path, "Next")
    with pytest.raises(UserError, match=r"The sheet “Empty” of “book\.xlsx” is empty"):
        opened(path, "Empty")


def test_titles_above_the_columns_blank_rows_and_columns_without_a_name(tmp_path: Path) -> None:
    book: list[list[Any]] = [
        [],
        ["Feedback of March"],
        [],
        [None, "Date", "Comment", None, "Comment"],
        [1, "2026-01-02", "good", "x", "y"],
        [],
        [2, "2026-01-03", "bad"],
    ]
    found = opened(xlsx(tmp_path / "book.xlsx", {"A": book}))
    assert found.header == ("Column 1", "Date", "Comment", "Column 4", "Comment")
    assert found.preamble == 1
    filled = [row for row in rows(found) if any(row)]
    assert filled == [["1", "2026-01-02", "good", "x", "y"], ["2", "2026-01-03", "bad", "", ""]]


def test_questions_above_their_parts_make_one_name(tmp_path: Path) -> None:
    book: list[list[Any]] = [
        ["Respondent", "Which did you buy?", None, None, "Any comments?"],
        [None, "Bread", "Rolls", "Cake", "Response"],
        [1001, "Bread", None, None, "fine"],
        [1002, None, "Rolls", "Cake", "good"],
    ]
    path = xlsx(tmp_path / "book.xlsx", {"A": book})
    names = [f"Which did you buy? – {part}" for part in ("Bread", "Rolls", "Cake")]
    assert opened(path).header == ("Respondent", *names, "Any comments?")
    assert opened(path).header_rows == 2
    assert len(list(rows(opened(path)))) == 2
    assert len(list(rows(opened(path, header_rows=1)))) == 3


def test_cells_made_one_over_several_rows_count_in_each(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "merged.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(1, 1, ["Date", "Customer", "Comment"])
    sheet.merge_range(2, 1, 4, 1, "2026-01-02")
    sheet.merge_range(3, 2, 4, 2, "Ana")
    for at, words in enumerate(("good", "fine", "late", "cold")):
        sheet.write(2 + at, 3, words)
    sheet.write_row(5, 1, ["2026-01-03", "Bo"])
    book.close()
    assert list(rows(opened(path))) == [
        ["2026-01-02", "", "good"],
        ["2026-01-02", "Ana", "fine"],
        ["2026-01-02", "Ana", "late"],
        ["2026-01-03", "Bo", "cold"],
    ]


def test_an_open_document_is_read_too(tmp_path: Path) -> None:
    found = opened(ods(tmp_path / "book.ods", [["Date", "Comment"], ["2026-01-02", "café & <b>"]]))
    assert found.header == ("Date", "Comment")
    assert list(rows(found)) == [["2026-01-02", "café & <b>"]]


def test_an_old_workbook_is_read_and_one_that_claims_too_much_is_refused(tmp_path: Path) -> None:
    list_of_two = [["Date", "Comment", "Stars"], ["2026-01-02", "caf\xe9", 4.0], ["2026-01-03", "ok", 2.5]]
    found = opened(xls(tmp_path / "book.xls", list_of_two))
    assert found.sheet == "List"
    assert list(rows(found)) == [["2026-01-02", "café", "4"], ["2026-01-03", "ok", "2.5"]]
    with pytest.raises(UserError, match="damaged"):
        opened(xls(tmp_path / "claims.xls", list_of_two, sheet_size=(4_000_000_000, 200)))
    whole = (tmp_path / "book.xls").read_bytes()
    for at in (44, 48, 64, 72, 520, 1024 + 128 + 120):
        (tmp_path / "spoilt.xls").write_bytes(whole[:at] + b"\xf0\xff\xff\x7f" + whole[at + 4 :])
        with pytest.raises(UserError, match="damaged"):
            opened(tmp_path / "spoilt.xls")


def test_a_workbook_that_claims_more_texts_than_it_holds_is_refused(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "whole.xlsx", {"A": [["Date", "Comment"], ["2026-01-02", "good"]]})
    spoilt = tmp_path / "spoilt.xlsx"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(spoilt, "w") as bad:
        for one in good.infolist():
            data = good.read(one)
            bad.writestr(one, data.replace(b'uniqueCount="4"', b'uniqueCount="99999999999"'))
    assert list(rows(opened(whole))) == [["2026-01-02", "good"]]
    with pytest.raises(UserError, match="damaged"):
        opened(spoilt)


def test_a_packed_workbook_is_to_be_unpacked(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "whole.xlsx", {"A": [["Date", "Comment"], ["2026-01-02", "good"]]})
    (tmp_path / "whole.xlsx.gz").write_bytes(gzip.compress(whole.read_bytes()))
    with pytest.raises(UserError, match="is packed"):
        opened(tmp_path / "whole.xlsx.gz")


def test_a_stray_cell_far_off_is_refused_before_it_takes_all_memory(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Date", "Comment"])
    sheet.write(1_048_575, 16_383, "stray")
    book.close()
    with pytest.raises(UserError, match="too large") as caught:
        opened(path)
    assert "new sheet" in caught.value.to_do
    with pytest.raises(UserError, match="too large"):
        opened(ods(tmp_path / "far.ods", [["a"] * 100, ["b"] * 100], repeated=1_000_000))


def test_what_only_looks_far_off_is_read(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "styled.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Date", "Comment"])
    sheet.write_row(1, 0, ["2026-01-02", "good"])
    sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()
    assert list(rows(opened(path))) == [["2026-01-02", "good"]]


def test_protected_damaged_and_empty_workbooks_say_what_to_do(tmp_path: Path) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UserError, match=r"protected with a password.*without a password"):
        opened(locked)
    whole = xlsx(tmp_path / "whole.xlsx", {"A": [["Date", "Comment"]] * 50})
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[:2000])
    with pytest.raises(UserError, match="damaged"):
        opened(cut)
    with pytest.raises(UserError, match="is empty"):
        opened(xlsx(tmp_path / "empty.xlsx", {"A": [], "B": []}))
    document = tmp_path / "letter.docx"
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types>wordprocessingml</Types>")
    with pytest.raises(UserError, match="not a list"):
        opened(document)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(broken, "w") as bad:
        for one in good.infolist():
            data = good.read(one)
            bad.writestr(one, data[: len(data) // 2] if "sheet1" in one.filename else data)
    with pytest.raises(UserError, match="damaged"):
        opened(broken)
