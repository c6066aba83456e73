"""The commands as scripts use them: exit codes, one line of error, JSON, no screen."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cvdesk.__main__ import main
from cvdesk.db import open_file

REVIEWS = "date,author,content,rating\n2026-01-02,Ann Lee,Lovely bread,5\n2026-02-03,Bob Ray,Queue too long,2\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.cvdesk"
    assert main(["new", str(path), "--name", "Corner Shop"]) == 0
    return path


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.csv"
    path.write_text(REVIEWS, encoding="utf-8")
    return path


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own, without any display."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-m", "cvdesk", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**clean, **environment},
        cwd=Path(__file__).parent.parent,
    )


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    return output.err


def test_from_list_to_figures_and_back(shop: Path, reviews: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brought = said(capsys, "import", reviews, shop, "--as", "feedback")
    assert {name: brought[name] for name in ("read", "added", "updated", "skipped", "rejected", "customers_made")} == {
        "read": 2, "added": 2, "updated": 0, "skipped": 0, "rejected": 0, "customers_made": 2,
    }  # fmt: skip
    assert brought["mapping"] == {"date": ["date"], "customer": ["author"], "text": ["content"], "rating": ["rating"]}
    figures = said(capsys, "figures", shop, "--today", "2026-11-22")
    assert figures["period"] == {"from": "2026-01-02", "to": "2026-11-22", "rows_after": 0}
    assert figures["feedback"]["count"] == 2
    assert figures["feedback"]["mean_rating"] == 3.5
    early = said(capsys, "figures", shop, "--today", "2026-01-31")
    assert (early["feedback"]["count"], early["period"]["rows_after"]) == (1, 1)
    assert said(capsys, "figures", shop, "--from", "2026-02-01", "--to", "2026-02-28")["feedback"]["count"] == 1
    taken = said(capsys, "undo-import", shop, brought["import"])
    assert taken["removed"]["entries"] == 2
    assert said(capsys, "figures", shop)["feedback"]["count"] == 0


def test_a_trial_changes_nothing(shop: Path, reviews: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trial = said(capsys, "import", reviews, shop, "--as", "feedback", "--dry-run")
    assert (trial["added"], trial["dry_run"], trial["import"]) == (2, True, None)
    assert said(capsys, "figures", shop)["feedback"]["count"] == 0


def test_purchases_and_answers(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sales, form = tmp_path / "sales.csv", tmp_path / "form.csv"
    sales.write_text("day;buyer;sum\n03/04/2026;Ann Lee;12,50\n", encoding="cp1252")
    form.write_text("date,customer,nps,quality\n2026-01-02,Ann Lee,9,5\n", encoding="utf-8")
    mapping = ("--map", "date=day", "--map", "customer=buyer", "--map", "amount=sum")
    how = ("--encoding", "cp1252", "--separator", ";", "--date-order", "month-first", "--decimal", "comma")
    brought = said(capsys, "import", sales, shop, "--as", "purchases", *mapping, *how)
    assert (brought["added"], brought["date_order"], brought["decimal"]) == (1, "month-first", "comma")
    brought = said(capsys, "import", form, shop, "--as", "answers", "--scale", "1-5")
    assert (brought["added"], brought["customers_made"]) == (1, 0)
    with closing(sqlite3.connect(shop)) as raw:
        assert raw.execute("SELECT date, amount_minor FROM purchases").fetchall() == [("2026-03-04", 1250)]
        assert raw.execute("SELECT value FROM answers ORDER BY value").fetchall() == [(5.0,), (9.0,)]


@pytest.mark.parametrize(("kind", "ending"), [("csv", "csv"), ("xlsx", "xlsx"), ("json", "json"), ("vcard", "vcf")])
def test_export_in_every_form_leaves_nothing_behind(
    kind: str, ending: str, shop: Path, reviews: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "import", reviews, shop, "--as", "feedback")
    out = tmp_path / "out"
    done = said(capsys, "export", shop, "-o", out, "--as", kind)
    assert done["tables"]["customers"] == 2
    assert (out / f"customers.{ending}").stat().st_size > 0
    assert (out / "README.txt").exists()
    assert (out / f"entries.{ending}").exists() == (kind != "vcard")
    assert not list(tmp_path.glob("*-wal"))
    assert not list(tmp_path.glob("*-shm"))
    assert not list(tmp_path.glob(".out*"))


def test_every_option_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    shown = " ".join(capsys.readouterr().out.split())
    for option in ("encoding", "separator", "date-order", "decimal", "scale", "sheet", "no-header", "dry-run", "map"):
        assert f"--{option}" in shown
    assert "{customers,feedback,complaints,answers,purchases}" in shown


def test_filters_by_key_or_name(shop: Path, reviews: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reviews.write_text("date,comment,channel\n2026-01-02,a,Phone\n2026-01-03,b,Shop window\n", encoding="utf-8")
    said(capsys, "import", reviews, shop, "--as", "feedback")
    for name in ("shop-window", "SHOP window"):
        assert said(capsys, "figures", shop, "--channel", name)["feedback"]["count"] == 1
    error = refused(capsys, "figures", shop, "--channel", "pigeon")
    assert "pigeon" in error
    assert "phone" in error
    assert "none yet" in refused(capsys, "report", shop, "-o", shop.with_name("x.pdf"), "--offering", "Bread")


def test_words_for_people(shop: Path, reviews: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(reviews), str(shop), "--as", "feedback"]) == 0
    assert "Read 2 rows: 2 added" in capsys.readouterr().out
    assert main(["figures", str(shop), "--today", "2026-11-22"]) == 0
    out = capsys.readouterr().out
    assert "Feedback: 2, 2 rated, mean rating 3.50" in out


def test_a_report_takes_the_place_of_no_list(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = tmp_path / "customers.csv"
    theirs.write_text("name\nMaria\n", encoding="utf-8")
    for target in (theirs, tmp_path / "report", tmp_path / "report.docx"):
        assert "does not end in .pdf" in refused(capsys, "report", shop, "-o", target)
    assert theirs.read_text(encoding="utf-8") == "name\nMaria\n"
    assert not (tmp_path / "report").exists()


def test_reports_as_pdf(shop: Path, reviews: Path, tmp_path: Path) -> None:
    assert main(["import", str(reviews), str(shop), "--as", "feedback"]) == 0
    for kind in ("value-strategy", "summary", "complaints"):
        out = tmp_path / f"{kind}.pdf"
        assert (
            main(["report", str(shop), "-o", str(out), "--kind", kind, "--paper", "letter", "--today", "2026-11-22"])
            == 0
        )
        assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "wrong",
    [
        ["--kind", "guests", "--without-names"],
        ["--kind", "summary", "--leave-out", "plan"],
        ["--kind", "trends", "--fillable"],
        ["--kind", "trends", "--customer", "Ada"],
    ],
)
def test_what_a_document_cannot_be_is_refused(
    wrong: list[str], shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_file(shop) as file:
        file.run("Plan", lambda op: op.insert("gatherings", {"name": "Tasting", "date": "2026-11-28"}))
    out = tmp_path / "x.pdf"
    assert "does not go with" in refused(capsys, "report", shop, "-o", out, *wrong)
    assert not out.exists()


def test_backup_and_restore(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = Path(said(capsys, "backup", shop)["file"])
    second = Path(said(capsys, "backup", shop)["file"])
    assert first.parent == shop.parent
    assert first != second
    assert "backup" in first.name
    back = said(capsys, "restore", first, "-o", tmp_path / "back.cvdesk")
    assert main(["check", back["file"]]) == 0
    assert "already" in refused(capsys, "restore", first, "-o", shop)
    assert "already" in refused(capsys, "backup", shop, "-o", first)
    first.write_bytes(first.read_bytes()[:8192] + b"\x55" * 4096 + first.read_bytes()[12288:])
    assert first.name in refused(capsys, "restore", first, "-o", tmp_path / "broken.cvdesk")
    assert not (tmp_path / "broken.cvdesk").exists()
    assert not list(tmp_path.glob(".cvdesk*"))


def test_check_says_what_is_wrong_and_mends_what_can_be_made_again(
    shop: Path, reviews: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "import", reviews, shop, "--as", "feedback")
    assert said(capsys, "check", shop) == {"whole": True, "problems": [], "mended": []}
    with closing(sqlite3.connect(shop)) as raw, raw:
        raw.execute("UPDATE entry_days SET entries = entries + 1")
    assert main(["check", str(shop)]) == 1
    assert "made again" in capsys.readouterr().out
    assert main(["check", str(shop)]) == 0
    with closing(sqlite3.connect(shop)) as raw, raw:
        raw.execute("UPDATE entry_days SET entries = entries + 1")
    capsys.readouterr()
    assert main(["check", str(shop), "--json"]) == 1
    mended = json.loads(capsys.readouterr().out)
    assert (mended["whole"], mended["problems"], bool(mended["mended"])) == (False, [], True)
    with closing(sqlite3.connect(shop)) as raw, raw:
        raw.execute("UPDATE entries SET position = position + 4398046511104")
    assert main(["check", str(shop)]) == 1
    assert "out of its place" in capsys.readouterr().out


def test_what_is_in_the_way_is_said_in_one_line(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04 xl/")
    assert "empty" in refused(capsys, "import", tmp_path / "empty.csv", shop, "--as", "feedback")
    assert "damaged" in refused(capsys, "import", tmp_path / "book.xlsx", shop, "--as", "feedback")
    assert "no file" in refused(capsys, "import", tmp_path / "none.csv", shop, "--as", "feedback")
    assert "no file" in refused(capsys, "figures", tmp_path / "none.cvdesk")
    assert "not a business file" in refused(capsys, "check", tmp_path / "book.xlsx")
    assert "already" in refused(capsys, "new", shop, "--name", "Again")
    assert "no import" in refused(capsys, "undo-import", shop)
    assert "before it starts" in refused(capsys, "figures", shop, "--from", "2026-02-01", "--to", "2026-01-01")
    assert "no file" in refused(capsys, tmp_path / "none.cvdesk")


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "a.csv"],
        ["import", "a.csv", "b.cvdesk", "--as", "birds"],
        ["figures"],
        ["figures", "f", "--from", "soon"],
        ["new", "x.cvdesk"],
        ["report", "f"],
        ["import", "a", "b", "--as", "feedback", "--map", "text"],
        ["--nonsense"],
        ["nonsense", "more"],
        ["export", "f", "-o", "d", "--as", "pigeon"],
        ["figures", "f", "--today", "0001-01-01"],
        ["figures", "f", "--today", "9999-12-31"],
        ["report", "f", "-o", "x.pdf", "--to", "0001-06-01"],
        ["sample", "x.cvdesk", "--today", "0001-01-01"],
        ["sample", "x.cvdesk", "--entries", "10", "--today", "9999-12-31"],
        ["undo-import", "f", "99999999999999999999999"],
        ["undo-import", "f", "9223372036854775808"],
        ["undo-import", "f", "-1"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("today", ["1900-01-01", "2999-12-31"])
def test_the_first_and_last_day_work(today: str, shop: Path, tmp_path: Path) -> None:
    assert main(["figures", str(shop), "--today", today]) == 0
    assert main(["report", str(shop), "-o", str(tmp_path / "x.pdf"), "--today", today]) == 0


@pytest.mark.parametrize("today", ["1900-01-01", "2080-12-31"])
@pytest.mark.parametrize("size", [[], ["--entries", "10"]])
def test_a_sample_of_the_first_and_last_day(today: str, size: list[str], tmp_path: Path) -> None:
    path = tmp_path / "sample.cvdesk"
    assert main(["sample", str(path), *size, "--today", today]) == 0
    assert main(["check", str(path)]) == 0


@pytest.mark.parametrize("kind", ["value-strategy", "summary", "complaints"])
def test_a_report_never_takes_the_place_of_a_business_file(
    kind: str, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link, copy = tmp_path / "report.pdf", tmp_path / "old.db"
    link.symlink_to(shop)
    copy.write_bytes(shop.read_bytes())
    before = shop.read_bytes()
    for target in (shop, link, copy):
        assert "business file" in refused(capsys, "report", shop, "-o", target, "--kind", kind)
    assert (shop.read_bytes(), copy.read_bytes(), link.is_symlink()) == (before, before, True)
    refused(capsys, "export", shop, "-o", shop)
    refused(capsys, "backup", shop, "-o", shop)
    assert shop.read_bytes() == before


def test_what_is_named_but_not_there_is_said(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no folder" in refused(capsys, "backup", shop, "-o", tmp_path / "missing" / "x.cvdesk")
    long = tmp_path / ("x" * 300)  # no disk takes such a name
    for command in ("backup", "restore", "export"):
        assert "could not be written" in refused(capsys, command, shop, "-o", long)
    assert "needs a name" in refused(capsys, "new", "", "--name", "a")
    error = refused(capsys, "report", shop, "-o", tmp_path / "x.pdf", "--language", "xx")
    assert "“xx”" in error
    assert "in: en." in error
    assert main(["report", str(shop), "-o", str(tmp_path / "x.pdf"), "--language", "de"]) == 0


def test_as_a_process_without_display(shop: Path, reviews: Path, tmp_path: Path) -> None:
    done = run("import", reviews, shop, "--as", "feedback", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["added"] == 2
    failed = run("figures", tmp_path / "none.cvdesk")
    assert (failed.returncode, failed.stdout, failed.stderr.count("\n")) == (1, "", 1)
    assert run("import").returncode == 2
    assert "import" in run("--help").stdout


def test_a_console_without_the_letters_shows_codes(shop: Path, reviews: Path) -> None:
    reviews.write_text("date,comment,Größe\n2026-01-02,a,b\n", encoding="utf-8")
    done = run("import", reviews, shop, "--as", "feedback", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "Gr\\xf6\\xdfe" in done.stdout


def test_a_reader_who_has_enough_is_no_error(shop: Path) -> None:
    command = [sys.executable, "-m", "cvdesk", "figures", str(shop), "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parent.parent
    ) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        assert done.stderr.read() == b""
    assert done.returncode == 141


def test_ctrl_c_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    capsys.readouterr()
    monkeypatch.setattr("cvdesk.safety.backup.back_up", stop)
    assert main(["backup", str(shop)]) == 130
    assert capsys.readouterr() == ("", "")


def test_commands_import_only_what_they_need(shop: Path, reviews: Path) -> None:
    program = (
        "import sys; from cvdesk.__main__ import main\n"
        f"main(['import', {str(reviews)!r}, {str(shop)!r}, '--as', 'feedback']); main(['check', {str(shop)!r}])\n"
        "heavy = {'PySide6', 'numpy', 'reportlab', 'pyqtgraph', 'sqlite_utils', 'clevercsv', 'scipy', 'pypdfium2'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert "heavy: []" in done.stdout


def test_a_file_in_use_elsewhere_can_still_be_read(shop: Path, tmp_path: Path) -> None:
    from cvdesk.db import open_file

    with open_file(shop):
        assert run("figures", shop, "--json").returncode == 0
        assert run("backup", shop, "-o", tmp_path / "copy.cvdesk").returncode == 0
        shutil.copy(tmp_path / "copy.cvdesk", tmp_path / "list.csv")
        failed = run("undo-import", shop)
        assert (failed.returncode, failed.stderr.count("\n")) == (1, 1)


def test_the_window_without_a_screen_is_refused_in_one_line(shop, capsys, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([str(shop)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("There is no screen here")
    assert error.count("\n") == 1


@pytest.mark.parametrize(("words", "expected"), [([], False), (["--log-only"], True)])
def test_the_view_for_staff_is_asked_for_by_name(shop, monkeypatch, words, expected):
    opened = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr("cvdesk.shell.start.open_window", lambda path, log_only: opened.append((path, log_only)) or 0)
    assert main([str(shop), *words]) == 0
    assert opened == [(shop, expected)]


def test_the_view_for_staff_needs_a_file(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--log-only"])
    assert left.value.code == 2
    assert "needs the business file" in capsys.readouterr().err
