"""Who may write; files that are not ours, newer, older, damaged, out of reach; no disk left."""

import os
import shutil
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cvdesk.db import create_file, migrations, open_file
from cvdesk.db.backup import copy_verified
from cvdesk.errors import UserError
from tests.db.helpers import answer, customer, entry, python, records, seed, undone

NOBODY = 65534 if os.geteuid() == 0 else None  # root may write anywhere; an ordinary user may not
HOLD = """
import sys
from pathlib import Path
from cvdesk.db import open_file
file = open_file(Path(sys.argv[1]))
print("read" if file.read_only else "write", flush=True)
sys.stdin.read()
"""
LOOK = """
import sys
from pathlib import Path
from cvdesk.db import open_file
from cvdesk.errors import UserError
file = open_file(Path(sys.argv[1]))
print("read" if file.read_only else "write", file.value("SELECT count(*) FROM customers"), file.held_by, sep="|")
try:
    file.run("Add", lambda op: op.insert("customers", {"name": "x", "name_key": "x"}))
except UserError as error:
    print(error)
"""


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed file with a thousand entries."""
    with create_file(path) as file:
        file.run("Set up", seed)
        file.run("Add", customer)
        file.run("Log", lambda op: [entry(op, text=f"Bread number {number} " * 9) for number in range(1000)])
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in folder.iterdir() if found.is_file()}


def opening_fails(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        open_file(path)
    assert caught.value.what
    assert caught.value.to_do
    return caught.value


# One program at a time writes


def test_a_second_program_reads_and_knows_who_writes(filled):
    holder = python(HOLD, filled)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "write"
    with open_file(filled) as second:
        assert second.read_only
        assert f"({holder.pid})" in second.held_by
        assert second.value("SELECT count(*) FROM entries") == 1000
        for attempt in (
            lambda: second.run("Add", customer), second.undo, second.redo, lambda: second.save_draft("x", "y"),
            lambda: second.reserve_ids(1), second.rebuild_derived,
        ):  # fmt: skip
            with pytest.raises(UserError, match=str(holder.pid)):
                attempt()
        second.keep("figures", "2026-05-04", "{}", as_of=0)
        assert second.out_of_step() == []
    holder.communicate()
    with open_file(filled) as third:
        assert (third.read_only, third.held_by) == (False, "")


def test_a_killed_program_leaves_no_lock(filled):
    holder = python(HOLD, filled)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "write"
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    with open_file(filled) as file:
        assert not file.read_only
        file.run("Add", customer)


def test_a_second_window_of_the_same_program_reads_what_the_first_saves(filled):
    with open_file(filled) as first, open_file(filled) as second:
        assert (first.read_only, second.read_only) == (False, True)
        assert f"({os.getpid()})" in second.held_by
        first.run("Add", lambda op: customer(op, "Grace"))
        assert second.value("SELECT count(*) FROM customers") == 2


def test_a_link_to_the_file_is_the_same_file(filled, tmp_path):
    link = tmp_path / "elsewhere" / "link.cvdesk"
    link.parent.mkdir()
    link.symlink_to(filled)
    with open_file(filled), open_file(link) as second:
        assert second.read_only


def test_only_reading_takes_no_lock_and_names_nobody(filled):
    with open_file(filled, read_only=True) as reader, open_file(filled) as writer:
        assert (reader.read_only, reader.held_by, writer.read_only) == (True, "", False)
        with pytest.raises(UserError, match="can only be read"):
            reader.run("Add", customer)


def test_closing_in_another_thread_gives_the_lock_back(filled):
    file = open_file(filled)
    thread = threading.Thread(target=file.close)
    thread.start()
    thread.join()
    with open_file(filled) as again:
        assert not again.read_only


def test_after_closing_the_file_stands_alone(filled, tmp_path):
    file = open_file(filled)
    file.run("Add", lambda op: customer(op, "Grace"))
    threads = [threading.Thread(target=file.value, args=("SELECT 1",)) for _number in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    file.value("SELECT 1")
    file.close()
    file.close()
    assert [name for name in content(tmp_path) if name.endswith(("-wal", "-shm"))] == []
    copied = shutil.copy(filled, tmp_path / "copy.cvdesk")
    with open_file(Path(copied)) as copy:
        assert copy.value("SELECT count(*) FROM customers") == 2


def test_a_closed_file_says_so(filled):
    file = open_file(filled)
    file.close()
    for attempt in (lambda: file.value("SELECT 1"), lambda: file.run("Add", customer)):
        with pytest.raises(RuntimeError, match="closed"):
            attempt()


def test_closing_waits_for_those_who_read_and_write(filled):
    file = open_file(filled)
    started, problems, seen = threading.Barrier(9), [], []

    def use(number):
        started.wait()
        try:
            while True:
                if number % 2:
                    seen.append(len(list(file.each("SELECT * FROM entries"))))
                else:
                    file.run("Add", customer)
        except Exception as error:  # noqa: BLE001 - any other than the one expected is what this test looks for
            problems.append(str(error))

    threads = [threading.Thread(target=use, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    started.wait()
    while len(seen) < 5:
        file.value("SELECT 1")
    file.close()
    for thread in threads:
        thread.join()
    assert problems == ["the business file is closed"] * 8
    assert set(seen) == {1000}


# Files that are not what they should be


def test_a_file_that_is_not_there(tmp_path):
    assert "nowhere.cvdesk" in opening_fails(tmp_path / "nowhere.cvdesk").what
    assert list(tmp_path.iterdir()) == []


def a_shopping_list(path):
    path.write_text("eggs\nflour\n" * 100)


def somebody_elses_database(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY)")
    other.close()


@pytest.mark.parametrize(
    "make",
    [
        a_shopping_list,
        somebody_elses_database,
        Path.mkdir,
        Path.touch,
        lambda path: path.write_bytes(b"SQLite format 3\0"),
    ],
    ids=["text", "database of others", "folder", "empty", "only the first word"],
)
def test_what_is_not_ours_is_left_alone(tmp_path, make):
    path = tmp_path / "other.cvdesk"
    make(path)
    before = content(tmp_path)
    assert "other.cvdesk" in opening_fails(path).what
    assert content(tmp_path) == before


def test_a_newer_file_is_refused_kindly_and_left_alone(filled):
    with sqlite3.connect(filled) as raw:
        raw.execute(f"PRAGMA user_version = {migrations.newest() + 1}")
    raw.close()
    before = filled.read_bytes()
    assert "newer version" in opening_fails(filled).what
    with pytest.raises(UserError, match="newer version"):
        open_file(filled, read_only=True)
    assert filled.read_bytes() == before


@pytest.mark.parametrize("place", [0, 20, 60])
def test_a_damaged_header(filled, place):
    data = bytearray(filled.read_bytes())
    data[place : place + 30] = b"\xee" * 30
    filled.write_bytes(data)
    opening_fails(filled)
    assert filled.read_bytes() == data


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_file(filled, part):
    data = filled.read_bytes()
    cut = data[: int(len(data) * part)]
    filled.write_bytes(cut)
    assert "damaged" in opening_fails(filled).what
    assert filled.read_bytes() == cut


def test_a_damaged_page_in_the_middle(filled):
    with sqlite3.connect(filled) as raw:
        size = raw.execute("PRAGMA page_size").fetchone()[0]
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entries'").fetchone()[0]
    raw.close()
    data = bytearray(filled.read_bytes())
    data[(root - 1) * size : root * size] = os.urandom(16) + b"\xff" * (size - 16)
    filled.write_bytes(data)
    with open_file(filled) as file:
        for attempt in (
            lambda: file.rows("SELECT * FROM entries"), lambda: list(file.each("SELECT text FROM entries")),
            lambda: file.run("Log", entry),
            lambda: file.run("Read", lambda op: op.value("SELECT max(text) FROM entries")),
            file.out_of_step, file.rebuild_derived, lambda: file.backup_to(filled.with_name("copy.cvdesk")),
        ):  # fmt: skip
            with pytest.raises(UserError, match=r"damaged|not whole"):
                attempt()
        assert not filled.with_name("copy.cvdesk").exists()
        file.run("Add", lambda op: customer(op, "Grace"))
        assert file.value("SELECT count(*) FROM customers") == 2, "what is whole goes on"


# Files of an older version


@pytest.fixture
def next_version(monkeypatch):
    """A program that has one migration more."""
    steps = []

    def add(database):
        steps.append("run")
        database.executescript("CREATE TABLE wishes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;")
        database.execute("UPDATE customers SET notes = 'brought along'")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add))
    return steps


def test_an_older_file_is_brought_up_to_date_with_a_copy_beside_it(filled, tmp_path, next_version):
    before = migrations.newest() - 1
    with open_file(filled) as file:
        assert file.value("PRAGMA user_version") == migrations.newest() == before + 1
        assert file.value("SELECT count(*) FROM wishes") == 0
        assert file.value("SELECT notes FROM customers") == "brought along"
        assert file.run("Ask", lambda op: op.value("PRAGMA foreign_keys")).result == 1
    (copy,) = tmp_path.glob(f"bakery before update * v{before}.cvdesk")
    with sqlite3.connect(copy) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == before
        assert raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert raw.execute("SELECT count(*) FROM entries").fetchone()[0] == 1000
    raw.close()
    with open_file(filled):
        assert next_version == ["run"]


def test_a_migration_that_fails_leaves_the_file_as_it_was(filled, tmp_path, monkeypatch):
    def spoil(database):
        database.execute("DELETE FROM entries")
        database.execute("UPDATE complaints SET nothing = 1")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, spoil))
    with pytest.raises(sqlite3.OperationalError, match="nothing"):
        open_file(filled)
    monkeypatch.undo()
    with open_file(filled) as file:
        assert not file.read_only, "the lock is given back"
        assert file.value("SELECT count(*) FROM entries") == 1000


def test_a_migration_that_breaks_references_is_undone(filled, monkeypatch):
    def orphan(database):
        database.execute("DELETE FROM factors")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, orphan))
    with pytest.raises(ValueError, match="broken references"):
        open_file(filled)
    monkeypatch.undo()
    with open_file(filled) as file:
        assert file.value("SELECT count(*) FROM factors") == 1


def test_an_older_file_that_cannot_be_written_is_not_opened(filled, next_version):
    with pytest.raises(UserError, match="older version") as refused:
        open_file(filled, read_only=True)
    assert next_version == []
    assert "cvdesk check" in refused.value.to_do
    open_file(filled).close()  # as that does
    open_file(filled, read_only=True).close()


# Places where nobody may write


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that an ordinary user can reach."""
    folder = Path(answer("import tempfile; print(tempfile.mkdtemp(prefix='cvdesk-public-', dir='/tmp'))"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_folder(filled, public):
    target = Path(shutil.copy(filled, public / "bakery.cvdesk"))
    target.chmod(0o444)
    public.chmod(0o555)
    before = content(public)
    said = answer(LOOK, target, user=NOBODY).splitlines()
    assert said[0] == "read|1|"
    assert "can only be read" in said[1]
    assert content(public) == before


def test_a_read_only_file_in_a_folder_one_may_write(filled, public):
    target = Path(shutil.copy(filled, public / "bakery.cvdesk"))
    target.chmod(0o444)
    public.chmod(0o777)
    said = answer(LOOK, target, user=NOBODY).splitlines()
    assert said[0] == "read|1|"
    assert "can only be read" in said[1]


def test_a_file_not_closed_properly_on_a_disk_nobody_can_write(filled, public):
    file = open_file(filled)
    file.run("Add", lambda op: customer(op, "Grace"))
    for name in ("bakery.cvdesk", "bakery.cvdesk-wal"):
        shutil.copy(filled.with_name(name), public / name)
        (public / name).chmod(0o444)
    file.close()
    public.chmod(0o555)
    process = python(LOOK, public / "bakery.cvdesk", user=NOBODY)
    _out, errors = process.communicate()
    assert "UserError" in errors
    assert "bakery.cvdesk-wal" in errors


def test_a_file_one_may_not_even_read(filled, public):
    target = Path(shutil.copy(filled, public / "bakery.cvdesk"))
    target.chmod(0o000)
    process = python(LOOK, target, user=NOBODY)
    _out, errors = process.communicate()
    assert "could not be read" in errors


# No room left

FULL = """
import resource, sys
from pathlib import Path
from cvdesk.db import open_file
from cvdesk.errors import UserError
file = open_file(Path(sys.argv[1]))
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
saved = []
try:
    for number in range(100_000):
        words = f"Entry {number} " * 200
        saved.append(file.run("Log", lambda op: op.insert("entries", {"date": "2026-05-04", "text": words})).result)
except UserError as error:
    print(error)
print(file.value("SELECT count(*) FROM entries"), len(saved), sep="|")
print(file.out_of_step())
file.close()
"""


def test_a_write_the_disk_does_not_take_loses_nothing(filled):
    limit = filled.stat().st_size + 300_000
    said = answer(FULL, filled, limit).splitlines()
    assert "What was saved before is safe." in said[0]
    count, saved = said[1].split("|")
    assert int(count) == 1000 + int(saved)
    assert said[2] == "[]"
    with open_file(filled) as file:
        assert file.value("SELECT count(*) FROM entries") == int(count)
        assert file.value("PRAGMA integrity_check") == "ok"
        assert file.out_of_step() == []
        file.run("Log", entry)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """A disk of 2 MB, or, where this machine lets nobody make one, a folder and a limit for each file in it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2M", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        yield folder, (1_500_000,)
        return
    yield folder, ()
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_and_can_still_be_read(small_disk, tmp_path):
    folder, limit = small_disk
    path = folder / "bakery.cvdesk"
    with create_file(path) as file:
        file.run("Log", entry)
    for round_ in range(3):  # the second and third time it is full from the start
        said = answer(FULL, path, *limit).splitlines()
        assert "What was saved before is safe." in said[0]
        count, saved = (int(number) for number in said[1].split("|"))
        assert said[2] == "[]"
        assert (count == 1 + saved and saved > 10) if round_ == 0 else count >= saved
    whole = Path(shutil.copytree(folder, tmp_path / "roomy")) / "bakery.cvdesk"
    with open_file(whole) as file:
        assert file.value("SELECT count(*) FROM entries") == count
        assert file.value("PRAGMA integrity_check") == "ok"
        assert file.out_of_step() == []
        file.run("Log", entry)


def test_a_file_is_not_made_where_there_is_no_room_or_no_folder(tmp_path):
    code = """
import resource, sys
from pathlib import Path
from cvdesk.db import create_file
from cvdesk.errors import UserError
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    create_file(Path(sys.argv[1]))
except UserError as error:
    print(error)
"""
    assert "new.cvdesk" in answer(code, tmp_path / "new.cvdesk")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError, match="could not be made"):
        create_file(tmp_path / "nowhere" / "new.cvdesk")


def test_a_new_file_never_takes_the_place_of_another(filled):
    before = filled.read_bytes()
    with pytest.raises(UserError, match="already a file"):
        create_file(filled)
    assert filled.read_bytes() == before


# Copies


def test_a_copy_is_the_whole_file_as_it_was(filled, tmp_path):
    copy = tmp_path / "copy.cvdesk"
    with open_file(filled) as file:
        file.run("Add", lambda op: customer(op, "Grace"))
        before = records(file)
        file.backup_to(copy)
        file.run("Add", lambda op: customer(op, "Later"))
    assert sorted(name for name in content(tmp_path) if not name.startswith(".")) == ["bakery.cvdesk", "copy.cvdesk"]
    with open_file(copy) as copied:
        assert records(copied) == before
        assert copied.out_of_step() == []
        assert undone(copied) == "Add"


def test_a_copy_takes_the_place_of_an_older_one_but_never_of_the_file(filled, tmp_path):
    copy = tmp_path / "copy.cvdesk"
    copy.write_text("an older copy")
    with open_file(filled) as file:
        file.backup_to(copy)
        for same in (filled, tmp_path / "." / filled.name):
            with pytest.raises(UserError, match="itself"):
                file.backup_to(same)
        assert file.value("SELECT count(*) FROM entries") == 1000
    with open_file(copy) as copied:
        assert copied.value("SELECT count(*) FROM entries") == 1000


def test_a_copy_that_cannot_be_written_keeps_the_older_one(filled, tmp_path):
    (tmp_path / "folder").mkdir()
    with open_file(filled) as file:
        for target in (tmp_path / "nowhere" / "copy.cvdesk", tmp_path / "folder"):
            with pytest.raises(UserError, match=r"copy|made|read"):
                file.backup_to(target)
    code = (
        FULL.split("saved = []")[0]
        + """
try:
    file.backup_to(Path(sys.argv[3]))
except UserError as error:
    print(error)
"""
    )
    copy = tmp_path / "copy.cvdesk"
    copy.write_text("an older copy")
    assert "copy.cvdesk" in answer(code, filled, 100_000, copy)
    assert copy.read_text() == "an older copy"
    assert [name for name in content(tmp_path) if "part" in name] == []


def test_a_copy_that_is_not_whole_is_not_kept(filled, tmp_path):
    with sqlite3.connect(filled) as raw:
        raw.execute("INSERT INTO entry_themes VALUES (1, '', '', 99, 99, 1, 'confirmed', 'owner', NULL, '', '')")
    with pytest.raises(UserError, match="not whole"):
        copy_verified(raw, tmp_path / "copy.cvdesk")
    raw.close()
    assert not (tmp_path / "copy.cvdesk").exists()
    assert [name for name in content(tmp_path) if "part" in name] == []
