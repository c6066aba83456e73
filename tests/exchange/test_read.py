"""Reading delimited files as people and programs write them."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.errors import UserError
from cvdesk.exchange.names import count_known
from cvdesk.exchange.read import open_table, rows


def table_of(
    folder: Path, content: bytes | str, encoding: str = "", separator: str = ""
) -> tuple[tuple[str, ...], list[list[str]]]:
    path = folder / "list.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    table = open_table(path, lambda cells: count_known("feedback", cells), encoding, separator)
    return table.header, list(rows(table))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_finds_separator_and_line_ends(tmp_path: Path, separator: str, end: str) -> None:
    lines = [["Date", "Comment", "Stars"], ["2026-01-02", "good bread", "5"], ["2026-01-03", "late again", "2"]]
    header, found = table_of(tmp_path, end.join(separator.join(line) for line in lines))
    assert [list(header), *found] == lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_finds_the_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Date;Comment\n2026-01-02;Café très élégant\n2026-01-03;für größere Gäste\n"
    assert table_of(tmp_path, text.encode(encoding))[1][1] == ["2026-01-03", "für größere Gäste"]


def test_a_given_encoding_is_taken_or_refused(tmp_path: Path) -> None:
    assert table_of(tmp_path, "a,b\n1,\xe9\n".encode("latin-1"), encoding="latin-1")[1] == [["1", "é"]]
    with pytest.raises(UserError, match="cannot be read as utf-8"):
        table_of(tmp_path, b"a,b\n1,\xe9\n", encoding="utf-8")
    with pytest.raises(UserError, match="no encoding called"):
        table_of(tmp_path, b"a,b\n1,2\n", encoding="klingon")


def test_lines_above_the_header_and_padded_names(tmp_path: Path) -> None:
    content = "Feedback of March\n\n# made by hand\n  Date , Comment ,Stars\n2026-01-02,ok,3\n2026-01-03,fine,4\n"
    header, found = table_of(tmp_path, content)
    assert header == ("Date", "Comment", "Stars")
    assert len(found) == 2


def test_a_data_row_with_a_known_word_is_no_header(tmp_path: Path) -> None:
    header, _found = table_of(tmp_path, "one,two,three\nx,comment,y\nz,w,v\n")
    assert header == ("one", "two", "three")


def test_without_header_columns_are_numbered(tmp_path: Path) -> None:
    header, found = table_of(tmp_path, "2026-01-02,5,good\n2026-01-03,4,fair\n")
    assert header == ("Column 1", "Column 2", "Column 3")
    assert len(found) == 2


def test_newlines_and_quotes_inside_cells_and_null_bytes(tmp_path: Path) -> None:
    content = 'Date,Comment\n2026-01-02,"one\ntwo ""three"""\n2026-01-03,n\0ull\n'
    assert table_of(tmp_path, content)[1] == [["2026-01-02", 'one\ntwo "three"'], ["2026-01-03", "null"]]


def test_rows_of_another_width_are_not_shifted(tmp_path: Path) -> None:
    content = "Date,Comment,Stars\n2026-01-02,a,5\n2026-01-03,b\n2026-01-04,c,4,more\n2026-01-05,d,3,,\n"
    assert [row[1] for row in table_of(tmp_path, content)[1]] == ["a", "d"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\n \n\r\n", "is empty"),
        ("marks.csv", b"\xef\xbb\xbf", "is empty"),
        ("book.xlsx", b"PK\x03\x04 xl/workbook", "spreadsheet"),
        ("disguised.csv", b"PK\x03\x04 rest xl/worksheets", "spreadsheet"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not a list"),
        ("older.xls", b"\x09\x00\x04\x00\x02\x00\x10\x00", "too old"),
        ("list.zip", b"PK\x03\x04 other", "damaged"),
        ("list.csv.gz", b"\x1f\x8b\x08", "damaged"),
        ("page.csv", b"<!DOCTYPE html><html>", "web page"),
        ("noise.csv", bytes(range(1, 32)) * 20, "not a list"),
        ("odd.csv", b"1+|a+|b+|c&|\n2+|d+|e+|f&|\n", "more than one character"),
    ],
)
def test_what_is_no_list_is_refused_in_words(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=words) as caught:
        open_table(tmp_path / name)
    assert caught.value.to_do


def test_missing_files_and_long_separators(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no file"):
        open_table(tmp_path / "nothing.csv")
    with pytest.raises(UserError, match="could not be read"):
        open_table(tmp_path)
    with pytest.raises(UserError, match="cannot separate"):
        table_of(tmp_path, "a+|b\n", separator="a line of words")


def test_a_packed_list_is_unpacked_and_a_damaged_one_refused(tmp_path: Path) -> None:
    packed = gzip.compress("Date,Comment\n2026-01-02,café\n".encode())
    (tmp_path / "list.csv.gz").write_bytes(packed)
    assert list(rows(open_table(tmp_path / "list.csv.gz"))) == [["2026-01-02", "café"]]
    (tmp_path / "cut.csv.gz").write_bytes(packed[:-9])
    with pytest.raises(UserError, match="damaged"):
        open_table(tmp_path / "cut.csv.gz")


def test_a_separator_of_several_characters_is_taken_when_named(tmp_path: Path) -> None:
    content = "1+|a,b+|x&|\n2+|c;d+|y&|\n"
    header, found = table_of(tmp_path, content, separator="+|")
    assert header == ("Column 1", "Column 2", "Column 3")
    assert found == [["1", "a,b", "x"], ["2", "c;d", "y"]]


def test_quotation_marks_written_with_a_backslash(tmp_path: Path) -> None:
    content = 'Date;Comment\n2026-01-02;"said \\"never; again\\" twice"\n2026-01-03;plain\n'
    assert table_of(tmp_path, content)[1][0] == ["2026-01-02", 'said "never; again" twice']


def test_quotation_marks_that_are_only_letters_swallow_no_rows(tmp_path: Path) -> None:
    content = 'Date\tComment\tStars\n2026-01-02\t"Lovely" bread\t5\n2026-01-03\t"no, thanks\t2\n2026-01-04\tok\t3\n'
    assert [row[1] for row in table_of(tmp_path, content)[1]] == ['"Lovely" bread', '"no, thanks', "ok"]


def test_two_rows_of_names_and_those_of_a_research_tool(tmp_path: Path) -> None:
    header, found = table_of(tmp_path, "ID,Which?,,Comment\n,Bread,Cake,Response\n11,x,,good\n12,,y,bad\n")
    assert header == ("ID", "Which? – Bread", "Which? – Cake", "Comment")
    assert len(found) == 2
    tool = 'StartDate,Q1\nStart Date,How was it?\n"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}"\n'
    header, found = table_of(tmp_path, tool + "2026-01-02 10:00:00,Good\n2026-01-03 10:00:00,Bad\n")
    assert header == ("Start Date", "How was it?")
    assert found == [["2026-01-02 10:00:00", "Good"], ["2026-01-03 10:00:00", "Bad"]]


def test_a_header_that_names_a_column_twice(tmp_path: Path) -> None:
    header, found = table_of(tmp_path, "when it was,note it,note it\n2026-01-02,a,b\n2026-01-03,c,d\n")
    assert header == ("when it was", "note it", "note it")
    assert len(found) == 2


def test_a_letter_broken_on_the_way_spoils_no_other(tmp_path: Path) -> None:
    content = "Date,Comment\n" + "2026-01-02,Café für größere Gäste à côté\n" * 5
    broken = content.encode() + b"2026-01-03,cut \xc3\n"
    found = table_of(tmp_path, broken)[1]
    assert found[0][1] == "Café für größere Gäste à côté"
    assert found[-1][1] == "cut �"


def test_a_few_foreign_letters_are_western(tmp_path: Path) -> None:
    assert table_of(tmp_path, b"a,b,c\n1,2,3\n4,5,\xa9\n")[1][1] == ["4", "5", "©"]


def test_a_line_without_an_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    (tmp_path / "long.csv").write_bytes(b"a,b\n" + b"x" * (40 << 20))
    with pytest.raises(UserError, match="too large"):
        open_table(tmp_path / "long.csv")


CELL = st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\t\"',;|")), max_size=12)


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8)
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], separator: str, encoding: str, end: str
) -> None:
    """Every cell comes back as it was, with the separator named, whatever the cells hold."""
    header = [f"Name {number}" for number in range(len(table[0]))]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([header, *table])
    path = tmp_path_factory.mktemp("round") / "list.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    read = open_table(path, lambda cells: sum(cell.startswith("Name ") for cell in cells), separator=separator)
    wanted = [row for row in table if len(row) > 1 or row[0].strip()]
    wanted = [row for row in wanted if any(cell.strip() for cell in row) or len(row) > 1]
    assert list(read.header) == header
    assert list(rows(read)) == wanted
