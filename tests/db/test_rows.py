"""One operation: all of it or nothing, with its history, search index and summaries."""

import json
import sqlite3

import pytest

from cvdesk.db.staging import Staging
from tests.db.helpers import customer, entry, fresh_summaries, records, search, summaries


def changes(file):
    return [tuple(row) for row in file.rows("SELECT table_name, row_id, last_row_id, action FROM changes ORDER BY id")]


def test_an_operation_says_what_it_did(file):
    done = file.run("Log", entry, who="Ada")
    assert (done.label, done.tables) == ("Log", {"entries"})
    row = file.row("SELECT * FROM operations")
    assert (row["id"], row["label"], row["who"], row["kind"], row["state"]) == (
        done.operation_id,
        "Log",
        "Ada",
        "do",
        "done",
    )
    assert changes(file) == [("entries", done.result, done.result, "insert")]


def test_rows_carry_the_instant_of_their_operation(file):
    made = file.run("Log", entry).result
    first = file.row("SELECT created_at, updated_at FROM entries")
    assert first["created_at"] == first["updated_at"] == file.value("SELECT at FROM operations")
    file.run("Edit", lambda op: op.update("entries", made, {"text": "Stale bread"}))
    second = file.row("SELECT created_at, updated_at FROM entries")
    assert second["created_at"] == first["created_at"]
    assert second["updated_at"] == file.value("SELECT max(at) FROM operations")


def test_an_operation_that_changes_nothing_leaves_no_step(file):
    made = file.run("Log", entry)
    done = file.run("Edit", lambda op: op.update("entries", made.result, {"text": "Lovely bread", "rating": None}))
    assert (done.operation_id, done.tables) == (0, frozenset())
    assert file.newest_operation() == made.operation_id
    file.undo()
    file.run("Look", lambda op: op.value("SELECT 1"))
    assert file.redo() is not None, "looking does not forget what can be redone"


def test_a_failing_operation_leaves_everything_as_it_was(file, known):
    made = file.run("Log", lambda op: entry(op, rating=4.0, channel_id=known.channel)).result
    before = (records(file), summaries(file), changes(file), file.newest_operation())

    def work(op):
        entry(op, "2026-05-05", "Dreadful cake", rating=1.0)
        op.update("entries", made, {"date": "2020-01-01", "text": "Cake"})
        op.delete("channels", known.channel)

    with pytest.raises(sqlite3.IntegrityError):
        file.run("Fail", work)
    assert (records(file), summaries(file), changes(file), file.newest_operation()) == before
    assert search(file, "cake") == []
    assert search(file, "lovely") == [made]
    assert file.out_of_step() == []
    file.run("Log", entry)


def test_errors_of_the_work_stay_what_they_are(file):
    for error in (KeyError("x"), KeyboardInterrupt(), sqlite3.OperationalError("malformed JSON: disk is full")):

        def work(op, error=error):
            customer(op)
            raise error

        with pytest.raises(type(error)):
            file.run("Fail", work)
    with pytest.raises(sqlite3.OperationalError, match="malformed JSON"):
        file.run("Fail", lambda op: op.value("SELECT json('{')"))
    assert file.value("SELECT count(*) FROM customers") == 0


@pytest.mark.parametrize(
    "table",
    [
        "nothing", "operations", "changes", "drafts", "holder", "kept_figures", "entries_search", "entry_days",
        "entries_search_data", "sqlite_master",
    ],
)  # fmt: skip
def test_only_tables_of_records_can_be_written(file, table):
    for work in (
        lambda op: op.insert(table, {"name": "x"}),
        lambda op: op.update(table, 1, {"name": "x"}),
        lambda op: op.delete(table, 1),
    ):
        with pytest.raises(ValueError, match="no table of records"):
            file.run("Fail", work)


def test_unknown_columns_missing_rows_and_a_change_of_id_are_refused(file):
    made = file.run("Add", customer).result
    for work in (
        lambda op: op.insert("customers", {"name": "Ada", "name_key": "ada", "shoe_size": 38}),
        lambda op: op.update("customers", made, {"shoe_size": 38}),
        lambda op: op.update("customers", made, {"id": 5}),
    ):
        with pytest.raises(ValueError, match=r"shoe_size|never changes"):
            file.run("Fail", work)
    for work in (lambda op: op.update("customers", 5, {"name": "x"}), lambda op: op.delete("customers", 5)):
        with pytest.raises(LookupError):
            file.run("Fail", work)


def test_an_operation_sees_what_it_has_written_and_nobody_else_does(file):
    def work(op):
        customer(op)
        return op.value("SELECT count(*) FROM customers"), file.value("SELECT count(*) FROM customers")

    assert file.run("Add", work).result == (1, 0)
    assert file.value("SELECT count(*) FROM customers") == 1


def test_an_operation_ends_with_its_transaction(file):
    op = file.run("Add", lambda op: (customer(op), op)[1]).result
    with pytest.raises(RuntimeError, match="has ended"):
        op.value("SELECT 1")
    with pytest.raises(RuntimeError, match="has ended"):
        customer(op)


def test_an_operation_inside_another_is_a_bug_and_undoes_both(file):
    def work(op):
        customer(op)
        file.run("Inner", customer)

    with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
        file.run("Outer", work)
    assert file.value("SELECT count(*) FROM customers") == 0


def test_before_images_keep_the_whole_row(file):
    made = file.run("Log", lambda op: entry(op, text="Größe „naïve“ \U0001f35e", rating=7 / 3, rating_raw="3")).result
    whole = dict(file.row("SELECT * FROM entries"))
    file.run("Edit", lambda op: op.update("entries", made, {"text": "x", "rating": None}))
    assert json.loads(file.value("SELECT before FROM changes WHERE action = 'update'")) == whole


def test_search_and_summaries_follow_each_change(file, known):
    made = file.run("Log", lambda op: entry(op, rating=4.5, kind="praise", channel_id=known.channel)).result
    assert search(file, "love") == [made]
    assert summaries(file) == fresh_summaries(file)
    file.run("Edit", lambda op: op.update("entries", made, {"date": "1969-07-20", "text": "Too sour"}))
    assert (search(file, "love"), search(file, "sour")) == ([], [made])
    assert summaries(file) == fresh_summaries(file)
    file.run("Edit", lambda op: op.update("entries", made, {"rating": 2.0, "kind": "problem", "channel_id": None}))
    assert summaries(file) == fresh_summaries(file)
    file.run("Delete", lambda op: op.delete("entries", made))
    assert (search(file, "sour"), summaries(file)) == ([], [])
    assert file.out_of_step() == []


def test_chinese_japanese_and_korean_are_found_by_any_character(file):
    made = file.run("Log", lambda op: entry(op, text="面包很好吃, 빵이 맛있어요, パン")).result
    assert search(file, "包") == search(file, "맛") == search(file, "ン") == [made]
    file.run("Edit", lambda op: op.update("entries", made, {"text": "茶"}))
    assert search(file, "包") == []
    assert file.out_of_step() == []


def test_out_of_step_notices_and_rebuild_mends(file, known):
    file.run("Log", lambda op: [entry(op, rating=5.0), entry(op, "2026-05-05", kind="praise")])
    right = summaries(file)

    def spoil(sql):
        file.run("Spoil", lambda op: (op.rows(sql), customer(op)))

    for sql, table in (
        ("UPDATE entry_days SET date = '2026-05-06' WHERE dimension = 'kind' AND key = 'praise'", "entry_days/kind"),
        ("UPDATE entry_days SET satisfied = 9 WHERE dimension = 'star'", "entry_days/star"),
        ("DELETE FROM entry_days WHERE dimension = 'channel'", "entry_days/channel"),
        ("INSERT INTO entries_search (rowid, words) VALUES (5, 'ghost')", "entries_search"),
    ):
        spoil(sql)
        assert file.out_of_step() == [table]
        file.rebuild_derived()
        assert file.out_of_step() == []
        assert summaries(file) == right
    assert len(search(file, "lovely")) == 2


def stage(tmp_path, tables):
    with Staging(tmp_path / "incoming.sqlite") as staging:
        for table, (columns, rows) in tables.items():
            staging.table(table, columns)
            staging.add(table, rows)
    return {"incoming": staging.path}


def test_a_block_is_one_change_and_comes_with_search_and_summaries(file, known, tmp_path):
    first = file.reserve_ids(300)
    days = [f"20{10 + number % 15}-0{1 + number % 9}-11" for number in range(200)]
    entries = [(first + number, day, "Lovely bread", 1 + number % 5) for number, day in enumerate(days)]
    themes = [(first + 200 + number, first + number, known.theme, "confirmed", "owner") for number in range(100)]
    attach = stage(tmp_path, {
        "entries": (("date", "text", "rating"), entries),
        "entry_themes": (("entry_id", "theme_id", "state", "by"), themes),
    })  # fmt: skip
    file.run("Log", lambda op: entry(op, days[0]))
    done = file.run("Import", lambda op: [op.copy_in(name, "incoming") for name in ("entries", "entry_themes")],
                    attach=attach)  # fmt: skip
    assert done.result == [200, 100]
    noted = file.rows(
        "SELECT table_name, row_id, last_row_id FROM changes WHERE operation_id = ?", (done.operation_id,)
    )
    assert [tuple(row) for row in noted] == [
        ("entries", first, first + 199), ("entry_themes", first + 200, first + 299),
    ]  # fmt: skip
    assert summaries(file) == fresh_summaries(file)
    assert len(search(file, "lovely")) == 201
    assert file.out_of_step() == []
    attach["incoming"].unlink()


def test_a_block_with_gaps_never_covers_rows_of_others(file, tmp_path):
    low = file.reserve_ids(2)
    logged = file.run("Log", entry).result
    high = file.reserve_ids(2)
    rows = [(row_id, "2026-01-01", "Imported") for row_id in (low, low + 1, high + 1)]
    attach = stage(tmp_path, {"entries": (("date", "text"), rows)})
    done = file.run("Import", lambda op: op.copy_in("entries", "incoming"), attach=attach)
    assert file.value("SELECT count(*) FROM changes WHERE operation_id = ?", (done.operation_id,)) == 2
    file.take_back(done.operation_id, "Take back the import")
    assert [row[0] for row in file.rows("SELECT id FROM entries")] == [logged]
    assert search(file, "imported") == []
    assert file.out_of_step() == []


def test_a_block_that_cannot_be_copied_leaves_nothing(file, tmp_path):
    first = file.reserve_ids(2)
    rows = [(first, "2026-01-01", "Good"), (first + 1, "2026-02-30", "Bad")]
    attach = stage(tmp_path, {"entries": (("date", "text"), rows)})
    for _again in range(2):
        with pytest.raises(sqlite3.IntegrityError):
            file.run("Import", lambda op: op.copy_in("entries", "incoming"), attach=attach)
        assert (records(file)["entries"], summaries(file), search(file, "good")) == ([], [], [])
    attach["incoming"].unlink()
    attach = stage(tmp_path, {"entries": (("date", "shoe_size"), [(first, "2026-01-01", 3)])})
    with pytest.raises(ValueError, match="shoe_size"):
        file.run("Import", lambda op: op.copy_in("entries", "incoming"), attach=attach)


def test_an_empty_block_is_no_step(file, tmp_path):
    attach = stage(tmp_path, {"entries": (("date", "text"), [])})
    assert file.run("Import", lambda op: op.copy_in("entries", "incoming"), attach=attach).operation_id == 0
