"""The pack of evidence on one complaint, opened again as whoever gets it opens it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from cvdesk.__main__ import main
from cvdesk.catalogue import files
from cvdesk.complaints import store
from cvdesk.complaints.records import Complaint
from cvdesk.complaints.records_evidence import Kept
from cvdesk.complaints.report_evidence import pack
from cvdesk.complaints.report_evidence_pictures import decoded
from cvdesk.complaints.store_evidence import gather, safe_name
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer
from cvdesk.db import BusinessFile
from cvdesk.db.rows import Operation
from cvdesk.reports.packing import zipped
from cvdesk.reports.records_kinds import Made

DAY, TODAY = date(2026, 3, 3), date(2026, 11, 21)
NOTE = "=cmd|'/c calc'!A0 rang Ada Byron on 020 7946 0018"


def png(width: int = 60, height: int = 40) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, "PNG")
    return buffer.getvalue()


def flat(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def case(file: BusinessFile) -> int:
    def noted(op: Operation) -> int:
        ada = customers.save(op, Customer(
            name="Ada Byron", preferred_name="Addie", address="12 Harbour Street",
            contacts=(Contact("email", "ada@x.example"), Contact("phone", "020 7946 0018")),
        ))  # fmt: skip
        return store.save(op, Complaint(date=DAY, text="The soup was cold.\nSays Addie <b>twice</b>.", customer_id=ada))

    made = file.run("Log", noted).result
    file.run("Acknowledge", lambda op: store.step(op, made, "acknowledged", DAY + timedelta(days=4), note=NOTE))
    file.run("Assess", lambda op: op.update("complaints", made, {"severity": "serious"}))
    file.run("Attach", lambda op: files.attach(op, png(), "Soup of Ada Byron.PNG", complaint_id=made))
    file.run("Attach", lambda op: files.attach(op, b"\x89PNG\r\n\x1a\nbroken", "../../x.png", complaint_id=made))
    return made


def test_says_what_was_said_done_and_changed(file: BusinessFile, case: int) -> None:
    pdf, _files = pack(gather(file, case, TODAY))
    text = flat(pdf)
    for words in (
        "Complaint #1: open for 263 days, past its date", "The soup was cold.", "Says Addie <b>twice</b>.", "Ada Byron",
        "2 days late", "! not done, past its day", "The severity was changed from minor to serious.",
        "Soup of Ada Byron.PNG", "shown below", "not shown", "from the file “bakery.cvdesk”",
    ):  # fmt: skip
        assert words in text, words


def test_checksums_hold_by_the_system_s_own_tool_and_bytes_come_twice(
    file: BusinessFile, case: int, tmp_path: Path
) -> None:
    data = gather(file, case, TODAY)
    archive = zipped("evidence", Made(*pack(data)))
    assert archive == zipped("evidence", Made(*pack(gather(file, case, TODAY))))
    zipfile.ZipFile(io.BytesIO(archive)).extractall(tmp_path / "pack")
    tool = shutil.which("sha256sum")
    assert tool is not None
    told = subprocess.run(
        [tool, "--strict", "-c", "CHECKSUMS.txt"], cwd=tmp_path / "pack", capture_output=True, text=True, check=True
    ).stdout.splitlines()
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert sorted(told) == sorted(f"{name}: OK" for name in names if name != "CHECKSUMS.txt")
    text = flat(pack(data)[0])
    assert "attachments/01-Soup-of-Ada-Byron.png" in text
    assert "attachments/02-x.png" in names


def test_cells_do_not_run_in_a_spreadsheet_and_the_data_reads_back(file: BusinessFile, case: int) -> None:
    found = dict(pack(gather(file, case, TODAY))[1])
    rows = list(csv.DictReader(io.StringIO(found["steps.csv"].decode("utf-8-sig"))))
    assert rows[1]["note"] == f"'{NOTE}"
    said = json.loads(found["complaint.json"])
    assert said["steps"][1]["note"] == NOTE
    assert said["complaint"]["text"].startswith("The soup was cold.")
    assert (said["customer"]["name"], said["made"]["from"]) == ("Ada Byron", "bakery.cvdesk")


def test_without_names_neither_paper_nor_files_lead_to_the_customer(file: BusinessFile, case: int) -> None:
    pdf, beside = pack(gather(file, case, TODAY), names=False)
    everything = flat(pdf) + "".join(name + content.decode() for name, content in beside)
    for secret in ("Ada", "Byron", "Addie", "ada@x.example", "7946", "Harbour Street"):
        assert secret.casefold() not in everything.casefold(), secret
    assert not [name for name, _content in beside if name.startswith("attachments")]
    assert "They are left out of this pack" in flat(pdf)


def test_a_picture_that_is_huge_or_broken_is_not_decoded() -> None:
    assert decoded(Kept("a.png", "a.png", "image/png", png(9000, 9000))) is None
    assert decoded(Kept("a.png", "a.png", "image/png", png()[:60])) is None
    assert decoded(Kept("a.svg", "a.svg", "image/svg+xml", b"<svg/>")) is None
    small = decoded(Kept("a.png", "a.png", "image/png", png(3000, 200)))
    assert small is not None
    assert (small.width, small.height) == (640, 43)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "07-etc-passwd"), ("CON.PNG", "07-CON.png"), ("חלה.jpg", "07-file.jpg"),
     ("a\n\\b.tar.gz", "07-a-b-tar.gz"), ("x" * 300 + ".pdf", "07-" + "x" * 60 + ".pdf")],
)  # fmt: skip
def test_names_in_the_pack_are_names_everywhere(name: str, kept: str) -> None:
    assert safe_name(name, 7) == kept


def test_a_complaint_of_nobody_with_nothing_is_still_a_document(file: BusinessFile) -> None:
    bare = file.run("Log", lambda op: store.save(op, Complaint(date=TODAY, text="Cold"))).result
    assert "nobody was named" in flat(pack(gather(file, bare, TODAY), names=False)[0])


def test_the_command_line_writes_the_document_or_all_of_it(
    file: BusinessFile, case: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file.path
    file.close()
    report = ["report", str(path), "--kind", "evidence", "--complaint", "1", "--today", "2026-11-21", "-o"]
    assert main([*report, str(tmp_path / "e.pdf")]) == 0
    assert "“-o e.zip” writes it with all its files." in capsys.readouterr().out
    assert main([*report, str(tmp_path / "e.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "e.zip") as made:
        assert made.read("evidence.pdf") == (tmp_path / "e.pdf").read_bytes()
        assert "CHECKSUMS.txt" in made.namelist()
