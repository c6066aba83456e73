"""Killed at any moment, the program loses nothing it had confirmed."""

import os
import random
import signal

import pytest

from cvdesk.db import create_file, open_file
from cvdesk.db.staging import Staging
from tests.db.helpers import entry, fresh_summaries, python, seed, summaries, undone

BURST = """
import sys
from pathlib import Path
from cvdesk.db import open_file

def work(op):
    theme = op.value("SELECT id FROM themes")
    who = op.value("SELECT id FROM customers WHERE name_key = ?", (f"customer {number % 7}",))
    if who is None:
        who = op.insert("customers", {"name": f"Customer {number % 7}", "name_key": f"customer {number % 7}"})
    said = op.insert("entries", {"date": "2026-05-04", "text": f"Entry {number}", "customer_id": who, "rating": 4.0})
    op.insert("entry_themes", {"entry_id": said, "theme_id": theme, "state": "confirmed", "by": "owner"})
    return said

with open_file(Path(sys.argv[1])) as file:
    for number in range(200):
        print(file.run("Log", work).result, flush=True)
    print("end", flush=True)
"""
MOMENTS = [1, 2, 7, 50, 120, 199, *random.Random(4).sample(range(3, 199), 4)]
HISTORY = "SELECT count(*) FROM changes WHERE table_name = 'entries' AND row_id <= ?1 AND last_row_id >= ?1"


@pytest.mark.parametrize("confirmed", MOMENTS)
def test_killed_after_some_confirmed_entries(path, confirmed):
    with create_file(path) as file:
        file.run("Set up", seed)
    with python(BURST, path) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _number in range(confirmed)]
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read().splitlines(keepends=True)  # confirmed between the last line read and the end
    assert process.returncode == -signal.SIGKILL
    ids = [int(line) for line in said if line.endswith("\n")]
    with open_file(path) as file:
        assert not file.read_only
        there = {row[0] for row in file.rows("SELECT id FROM entries")}
        assert set(ids) <= there
        assert len(there) <= len(ids) + 1, "at most the one under way, whole"
        assert file.value("SELECT count(*) FROM entry_themes") == len(there)
        assert [file.value(HISTORY, (row_id,)) for row_id in there] == [1] * len(there)
        assert file.value("SELECT count(*) FROM operations WHERE label = 'Log'") == len(there)
        assert file.value("PRAGMA integrity_check") == "ok"
        assert file.rows("PRAGMA foreign_key_check") == []
        assert file.out_of_step() == []
        assert summaries(file) == fresh_summaries(file)
        file.run("Log", entry)
        assert [undone(file) for _again in range(2)] == ["Log", "Log"]
        assert file.value("SELECT count(*) FROM entries") == len(there) - 1


IMPORT = """
import sys
from pathlib import Path
from cvdesk.db import open_file

def work(op):
    op.copy_in("entries", "incoming")
    op.delete("themes", op.value("SELECT id FROM themes"))
    print("ready", flush=True)
    sys.stdin.read()

with open_file(Path(sys.argv[1])) as file:
    file.run("Import", work, attach={"incoming": Path(sys.argv[2])})
"""


def test_killed_in_the_middle_of_an_import_leaves_none_of_it(path, tmp_path):
    with create_file(path) as file:
        file.run("Set up", seed)
        file.run("Log", entry)
        first = file.reserve_ids(20_000)
    with Staging(tmp_path / "incoming.sqlite") as staging:
        staging.table("entries", ("date", "text"))
        staging.add("entries", [(first + number, "2026-05-04", "Imported " * 20) for number in range(20_000)])
    process = python(IMPORT, path, staging.path)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with open_file(path) as file:
        assert file.value("SELECT count(*) FROM entries") == 1
        assert file.value("SELECT count(*) FROM themes") == 1
        assert file.value("PRAGMA integrity_check") == "ok"
        assert file.out_of_step() == []
