"""Everything out as CSV, and in again."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue.records import Business
from cvdesk.errors import UserError
from cvdesk.exchange.export import export, export_csv
from cvdesk.exchange.export_list import write_list
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options
from cvdesk.exchange.run import plan, run_import

TODAY = date(2026, 11, 22)
NAUGHTY = (
    "=1+1",
    "'=1+1",
    "@x",
    "+x",
    "<b>bold</b>",
    "';DROP TABLE entries;--",
    "\u202etxt.exe",
    "Ω≈ç√∫",
    "田中さん",
    "مرحبا",
    "😀👩‍👩‍👧",
    "NULL",
    "undefined",
    "\\",
    '"quoted"',
    "a,b;c\td|e",
    "line\nline",
    "%s {0} {name}",
    "-",
    "ﬀ",
    "Z̮̞̠a̦lgo",
    "0x1F",
    "1e9",
    "＝１",
)
WORDS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\"',;|=+-@")), min_size=1, max_size=20
)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@given(st.lists(st.tuples(WORDS, WORDS, st.integers(1, 5)), min_size=1, max_size=5))
def test_import_export_import_adds_nothing(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("shop")
    rows = [
        (f"2026-01-{number + 1:02d}", *row)
        for number, row in enumerate([*said, *(("Ann", text, 3) for text in NAUGHTY)])
    ]
    with (folder / "in.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([("date", "customer", "comment", "rating"), *rows])
    with make_business(folder / "shop.cvdesk", Business("Shop")) as file:
        first = run_import(file, plan(folder / "in.csv", "feedback", Options(), file, TODAY), TODAY)
        assert first.rejected == 0
        export_csv(file, folder / "out")
        for kind, table in (("customers", "customers"), ("feedback", "entries"), ("complaints", "complaints")):
            again = run_import(file, plan(folder / "out" / f"{table}.csv", kind, Options(), file, TODAY), TODAY)
            assert again.skipped == again.read, (kind, again)
        texts = {row[0] for row in file.rows("SELECT text FROM entries")}
        assert {text.strip() for text in NAUGHTY if not text.startswith("'")} <= texts


def test_export_is_readable_by_others(tmp_path: Path) -> None:
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as file:
        (tmp_path / "in.csv").write_text(
            "date,customer,comment,rating,channel,category\n2026-01-02,Ann Lee,=2+3,4,Phone,Late parcel\n",
            encoding="utf-8",
        )
        run_import(file, plan(tmp_path / "in.csv", "feedback", Options(), file, TODAY), TODAY)
        done = export_csv(file, tmp_path / "out")
        entry_id = file.value("SELECT id FROM entries")
    assert done.rows["entries"] == 1
    (entry,) = read(tmp_path / "out" / "entries.csv")
    assert entry["Id"] == str(entry_id)
    assert (entry["Customer"], entry["Channel"], entry["Theme"]) == ("Ann Lee", "Phone", "Late parcel")
    assert entry["Text"] == "'=2+3"
    assert entry["Rating"] == "4"
    assert (tmp_path / "out" / "entries.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    names = {path.stem for path in (tmp_path / "out").glob("*.csv")}
    assert {"customers", "complaints", "answers", "purchases"} <= names
    assert not names & {"operations", "changes", "entries_search", "entry_days", "drafts"}
    assert "19 digits" in (tmp_path / "out" / "README.txt").read_text(encoding="utf-8-sig")


def test_attachments_are_files_with_harmless_names(tmp_path: Path) -> None:
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as file:
        file.run("a", lambda op: op.insert("attachments", {"hash": "h", "name": "../../x:y.png", "data": b"\x01\x02"}))
        export_csv(file, tmp_path / "out")
    (kept,) = (tmp_path / "out" / "attachments").iterdir()
    assert kept.read_bytes() == b"\x01\x02"
    assert kept.name.endswith(".png")
    assert "Data" not in read(tmp_path / "out" / "attachments.csv")[0]


def test_a_printed_report_goes_out_as_the_pdf_it_is(tmp_path: Path) -> None:
    values = {"kind": "summary", "title": "Summary", "made_on": "2026-11-21", "pages": 1, "hash": "h", "pdf": b"%PDF-1"}
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as file:
        file.run("a", lambda op: op.insert("printed", values))
        export_csv(file, tmp_path / "out")
    (kept,) = (tmp_path / "out" / "printed").iterdir()
    assert kept.read_bytes() == b"%PDF-1"
    assert kept.name.endswith("Summary.pdf")
    (row,) = read(tmp_path / "out" / "printed.csv")
    assert "Pdf" not in row
    assert row["Made on"] == "2026-11-21"


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep", encoding="utf-8")
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as file, pytest.raises(UserError, match="not empty"):
        export_csv(file, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
    assert not list(tmp_path.glob(".out*"))


def test_a_name_too_long_for_the_disk_is_said_to_be_so(tmp_path: Path) -> None:
    long = "x" * 300
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as file:
        with pytest.raises(UserError, match="could not be written"):
            export(file, tmp_path / long, "csv")
        with pytest.raises(UserError, match="could not be written"):
            write_list(file, "customers", tmp_path / f"{long}.csv")
