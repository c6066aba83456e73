"""An older backup brought back by the real command line, with redemptions of the real file in between."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cvdesk.care import store_vouchers
from cvdesk.care.journal import journal_path
from cvdesk.care.records_vouchers import NewVoucher
from cvdesk.db import open_file

DAY = date(2026, 11, 12)
_KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from cvdesk.care import store_vouchers
from cvdesk.db import open_file

file = open_file(Path(sys.argv[1]))
when = sys.argv[3]
def work(op):
    store_vouchers.redeem(op, sys.argv[2], date(2026, 11, 12))
    if when == "before":
        os._exit(9)
file.run("Use", work)
os._exit(9)  # committed, but the journal was not told
"""


def cvdesk(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cvdesk", *map(str, words)], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def shop(tmp_path) -> tuple[Path, list[str]]:
    """A business file with three vouchers, and a backup of it."""
    path = tmp_path / "shop.cvdesk"
    assert cvdesk("new", path, "--name", "Hill Bakery").returncode == 0
    with open_file(path) as file:
        new = NewVoucher("A loaf of bread", 450, DAY)
        codes = [file.run("Voucher", lambda op: store_vouchers.issue(op, new)).result.code for _number in range(3)]
    assert cvdesk("backup", path, "-o", tmp_path / "backup.cvdesk").returncode == 0
    return path, codes


def killed(path: Path, code: str, when: str) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(path), code, when], check=False, timeout=60)
    assert done.returncode == 9


def test_restore_names_the_vouchers_used_since_and_they_stay_used(shop, tmp_path):
    path, codes = shop
    with open_file(path) as file:
        store_vouchers.redeem_now(file, codes[0], DAY)
    path.unlink()  # the laptop fell into the sink
    done = cvdesk("restore", tmp_path / "backup.cvdesk", "-o", tmp_path / "back.cvdesk")
    assert done.returncode == 0, done.stderr
    assert f"1 voucher was used after this copy was made: {codes[0]} on 12 Nov 2026. It stays used." in done.stdout
    with open_file(tmp_path / "back.cvdesk") as file:
        assert [store_vouchers.check(file, code, DAY).kind for code in codes] == ["used", "good", "good"]
    told = json.loads(cvdesk("restore", tmp_path / "backup.cvdesk", "-o", tmp_path / "2.cvdesk", "--json").stdout)
    assert told["vouchers_used_since"] == [{"code": codes[0], "date": "2026-11-12"}]


def test_killed_before_the_commit_nothing_was_used(shop, tmp_path):
    path, codes = shop
    killed(path, codes[0], "before")
    with open_file(path) as file:
        assert "try" in journal_path(file).read_text()
        assert store_vouchers.check(file, codes[0], DAY).kind == "good"
        store_vouchers.redeem_now(file, codes[0], DAY)
    with open_file(path) as file:
        assert store_vouchers.check(file, codes[0], DAY).kind == "used"


def test_killed_after_the_commit_the_next_opening_tells_the_journal(shop, tmp_path):
    path, codes = shop
    killed(path, codes[1], "after")
    assert cvdesk("backup", path, "-o", tmp_path / "newer.cvdesk").returncode == 0
    done = cvdesk("restore", tmp_path / "backup.cvdesk", "-o", tmp_path / "back.cvdesk")
    assert codes[1] in done.stdout


def test_without_a_journal_a_backup_comes_back_as_ever(shop, tmp_path):
    done = cvdesk("restore", tmp_path / "backup.cvdesk", "-o", tmp_path / "back.cvdesk")
    assert done.returncode == 0
    assert "voucher" not in done.stdout
