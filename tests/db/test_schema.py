"""The schema keeps its promises by itself."""

import random
import sqlite3
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.db import open_file
from cvdesk.db.ids import first_id_at
from cvdesk.db.migrations import APPLICATION_ID, newest
from cvdesk.db.rows import day_start, entry_position
from cvdesk.db.schema_1 import SCHEMA_1
from cvdesk.db.staging import Staging
from tests.db.helpers import customer, entry, record_tables

TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"


def test_header_says_whose_file_it_is(file):
    assert file.value("PRAGMA application_id") == APPLICATION_ID == 0x43564445
    assert file.value("PRAGMA user_version") == newest()


def test_every_table_is_strict(file):
    assert [row[0] for row in file.rows(f"{TABLES} AND NOT strict")] == []


def test_every_table_of_records_has_id_and_instants(file):
    tables = record_tables(file)
    assert {"customers", "entries", "complaints", "answers", "attachments", "strategies"} <= set(tables)
    for table in tables:
        columns = {row["name"]: row for row in file.rows(f"PRAGMA table_info({table})")}
        assert columns["id"]["pk"] == 1
        assert columns["created_at"]["notnull"]
        assert columns["updated_at"]["notnull"]


def test_every_reference_can_be_looked_up_by_an_index(file):
    missing = []
    for (table,) in file.rows(TABLES):
        first = {
            file.rows(f"PRAGMA index_info({index['name']})")[0]["name"]
            for index in file.rows(f"PRAGMA index_list({table})")
        }
        for key in file.rows(f"PRAGMA foreign_key_list({table})"):
            plan = file.rows(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {key['from']} = ?", (1,))
            if key["from"] not in first or "SEARCH" not in plan[0]["detail"]:
                missing.append((table, key["from"]))
    assert missing == []


def test_connections_are_careful(file):
    writer = file.run("Ask", lambda op: [op.value(f"PRAGMA {name}") for name in CAREFUL]).result
    assert dict(zip(CAREFUL, writer, strict=True)) == CAREFUL
    assert file.value("PRAGMA query_only") == 1
    assert file.value("PRAGMA foreign_keys") == 1


CAREFUL = {
    "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1,
    "secure_delete": 1,
}  # fmt: skip


def test_a_reader_cannot_write(file):
    with pytest.raises(Exception, match="can only be read"):
        file.rows("DELETE FROM customers")


@pytest.mark.parametrize("day", ["2026-02-30", "2026-5-4", "04/05/2026", "today", "now", "2026-13-01", "", "20260504"])
def test_impossible_days_are_refused(file, day):
    with pytest.raises((sqlite3.IntegrityError, sqlite3.OperationalError)):
        file.run("Add", lambda op: op.insert("tallies", {"date": day, "name": "visits"}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": 0.9}, {"rating": 5.1}, {"rating": "four"}, {"kind": "moan"}, {"severity": "huge"}, {"safety": 2},
        {"needs_answer": "yes"}, {"answered": "soon"}, {"customer_id": 12345}, {"text": None},
    ],
)  # fmt: skip
def test_impossible_entries_are_refused_and_nothing_is_left(file, wrong):
    with pytest.raises(sqlite3.IntegrityError):
        file.run("Log", lambda op: entry(op, **wrong))
    assert file.value("SELECT count(*) FROM entries") == 0
    assert file.newest_operation() == 0


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("customers", {"name": "  ", "name_key": ""}),
        ("customers", {"name": "Ada", "name_key": "ada", "kind": "robot"}),
        ("complaints", {"number": 0, "date": "2026-05-04"}),
        ("complaints", {"number": 1, "date": "2026-05-04", "stage": "forgotten"}),
        ("complaints", {"number": 1, "date": "2026-05-04", "valid": 3}),
        ("attachment_links", {"attachment_id": 1, "entry_id": None, "complaint_id": None}),
        ("factors", {"key": "x", "lever": "luck", "place": 1, "label": "X"}),
        ("actions", {"name": "X", "chance": 1.5}),
        ("tallies", {"date": "2026-05-04", "name": "visits", "count": -1}),
    ],
)
def test_impossible_rows_are_refused(file, table, values):
    with pytest.raises(sqlite3.IntegrityError):
        file.run("Add", lambda op: op.insert(table, values))


@pytest.mark.parametrize("day", ["1969-12-31", "1970-01-01", "1900-02-28", "0001-01-01", "2026-05-04", "7711-01-01"])
def test_position_begins_with_the_day_in_python_and_in_sql(file, tmp_path, day):
    made = file.run("Log", lambda op: entry(op, day)).result
    position = file.value("SELECT position FROM entries")
    assert position == entry_position(day, made)
    assert position >> 42 == (date.fromisoformat(day) - date(1970, 1, 1)).days
    assert day_start(day) <= position < day_start(day) + (1 << 42)
    first = file.reserve_ids(3)
    with Staging(tmp_path / "in.sqlite") as staging:
        staging.table("entries", ("date",))
        staging.add("entries", [(first + place, day) for place in range(3)])
    file.run("Import", lambda op: op.copy_in("entries", "incoming"), attach={"incoming": tmp_path / "in.sqlite"})
    found = file.rows("SELECT id, position FROM entries WHERE id >= ? ORDER BY id", (first,))
    assert [row["position"] for row in found] == [entry_position(day, row["id"]) for row in found]


@given(hours=st.lists(st.floats(-14, 38), min_size=2, max_size=30, unique=True))
def test_what_is_logged_on_its_day_stands_in_the_order_it_was_logged(hours):
    midnight = datetime(2026, 5, 4, tzinfo=UTC)
    moments = sorted({midnight + timedelta(hours=hour) for hour in hours})
    apart = [one for one, later in pairwise(moments) if later - one > timedelta(seconds=1)]
    positions = [entry_position("2026-05-04", first_id_at(one) + random.Random(1).getrandbits(22)) for one in apart]
    assert positions == sorted(positions)


def test_two_of_one_moment_with_the_same_random_bits_both_have_a_place(file):
    first = file.reserve_ids(1)
    same_bits = first + (1 << 22)  # a millisecond later
    file.run("Log", lambda op: [op.insert("entries", {"id": one, "date": "2026-05-04"}) for one in (first, same_bits)])
    assert file.value("SELECT count(DISTINCT position) FROM entries") == 2


@pytest.mark.parametrize("day", ["9999-12-31", "2026-02-30", "soon"])
def test_a_day_no_entry_can_have_is_refused_before_anything_is_written(file, day):
    with pytest.raises(ValueError, match=r"day|ahead|isoformat"):
        file.run("Log", lambda op: entry(op, day))
    assert file.newest_operation() == 0


def test_entries_stand_in_the_order_of_their_days(file):
    days = ["2026-05-04", "1969-12-31", "1970-01-01", "1850-06-01", "2026-05-03"]
    file.run("Log", lambda op: [entry(op, day) for day in days])
    assert [row[0] for row in file.rows("SELECT date FROM entries ORDER BY position")] == sorted(days)


def test_two_complaints_cannot_share_a_number(file):
    values = {"number": 7, "date": "2026-05-04"}
    file.run("Add", lambda op: op.insert("complaints", values))
    with pytest.raises(sqlite3.IntegrityError):
        file.run("Add", lambda op: op.insert("complaints", values))


def test_a_customer_can_be_added_where_every_default_applies(file):
    file.run("Add", customer)
    assert file.row("SELECT kind, active FROM customers")["kind"] == "person"


def test_a_file_of_the_first_schema_is_brought_up_to_date_and_keeps_what_it_held(tmp_path):
    path = tmp_path / "old.cvdesk"
    raw = sqlite3.connect(path)
    raw.executescript(SCHEMA_1)
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute("PRAGMA user_version = 1")
    now = "2026-01-01T00:00:00Z"
    raw.execute(
        "INSERT INTO entries (id, created_at, updated_at, position, date, text)"
        " VALUES (1, ?, ?, ?, '2026-01-01', 'Late')",
        (now, now, entry_position("2026-01-01", 1)),
    )
    raw.commit()
    raw.close()
    with open_file(path) as file:
        assert file.value("PRAGMA user_version") == newest()
        row = file.row("SELECT text, answer, safety_closed FROM entries")
        assert row is not None
        assert tuple(row) == ("Late", "", None)
    assert [found.name for found in tmp_path.glob("*before update*")] != []
