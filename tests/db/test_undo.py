"""Undo and redo: everything comes back exactly, across closing and opening."""

from contextlib import closing

import pytest

from cvdesk.db import open_file, undo
from cvdesk.db.staging import Staging
from cvdesk.db.undo import next_redo, next_undo, touched_since
from tests.db.helpers import customer, entry, fresh_summaries, records, redone, search, summaries, undone


def whole(file):
    assert file.out_of_step() == []
    assert file.rows("PRAGMA foreign_key_check") == []
    assert summaries(file) == fresh_summaries(file)
    return records(file)


def test_undo_and_redo_survive_closing(path, file):
    empty = whole(file)
    file.run("One", customer)
    one = whole(file)
    made = file.run("Two", entry).result
    two = whole(file)
    file.close()
    with closing(open_file(path)) as again:
        assert undone(again) == "Two"
        assert whole(again) == one
    with closing(open_file(path)) as again:
        assert undone(again) == "One"
        assert whole(again) == empty
        assert again.undo() is None
    with closing(open_file(path)) as again:
        assert [redone(again), redone(again), redone(again)] == ["One", "Two", None]
        assert whole(again) == two
        assert search(again, "lovely") == [made]


def test_a_new_step_forgets_what_could_be_redone(file):
    file.run("One", customer)
    file.run("Two", customer)
    file.undo()
    file.run("Three", customer)
    assert file.redo() is None
    assert [undone(file), undone(file), file.undo()] == ["Three", "One", None]


def test_what_is_kept_aside_is_no_step_to_undo_and_takes_no_redo_away(file):
    file.run("One", customer)
    file.run("Two", customer)
    file.undo()
    kept = {"kind": "summary", "title": "Summary", "made_on": "2026-11-21", "pages": 1, "hash": "h", "pdf": b"%PDF"}
    file.run_aside("Keep", lambda op: op.insert("printed", kept))
    assert [redone(file), undone(file), undone(file), file.undo()] == ["Two", "Two", "One", None]
    assert file.value("SELECT count(*) FROM printed") == 1


def test_undo_again_and_again(file):
    made = file.run("Log", lambda op: entry(op, rating=7 / 3)).result
    before = whole(file)
    file.run("Edit", lambda op: op.update("entries", made, {"rating": 11 / 3, "text": "x", "date": "1960-01-01"}))
    after = whole(file)
    for _again in range(3):
        file.undo()
        assert whole(file) == before
        file.redo()
        assert whole(file) == after


def make_web(op, known):
    """A customer with everything that can hang on one."""
    who, other = customer(op), customer(op, "Grace Hopper")
    op.insert("contacts", {"customer_id": who, "kind": "email", "value": "a@b.c", "match_key": "a@b.c"})
    op.insert("aliases", {"customer_id": who, "kind": "merged", "value": "Ada B", "match_key": "ada b"})
    op.insert("duplicates", {"customer_id": who, "other_id": other, "reason": "name"})
    op.insert("purchases", {"customer_id": who, "date": "2026-01-02", "offering_id": known.offering})
    op.insert("touches", {"customer_id": who, "date": "2026-01-02", "kind": "letter"})
    said = entry(op, customer_id=who, rating=8 / 3, channel_id=known.channel)
    op.insert(
        "entry_themes", {"entry_id": said, "theme_id": known.theme, "state": "confirmed", "by": "owner", "score": 0.1}
    )
    case = op.insert("complaints", {"number": 1, "date": "2026-02-01", "customer_id": who, "entry_id": said})
    again = op.insert("complaints", {"number": 2, "date": "2026-02-02", "customer_id": who, "repeat_of": case})
    op.update("complaints", case, {"repeat_of": again})
    op.insert("complaint_events", {"complaint_id": case, "stage": "received", "date": "2026-02-01"})
    op.insert("complaint_themes", {"complaint_id": case, "theme_id": known.theme})
    data = op.insert("attachments", {"hash": "h", "name": "cake.jpg", "data": bytes(range(256)) * 40})
    op.insert("attachment_links", {"attachment_id": data, "entry_id": said})
    op.insert("attachment_links", {"attachment_id": data, "complaint_id": case})
    op.insert("actions", {"name": "Bake longer", "entry_id": said, "hours": 1 / 3})
    op.insert(
        "assessments", {"kind": "customer", "form": "minute", "state": "done", "date": "2026-01-01", "customer_id": who}
    )
    return {"customers": who, "entries": said, "complaints": case, "attachments": data, "themes": known.theme}


@pytest.mark.parametrize("table", ["customers", "entries", "complaints", "attachments", "themes"])
def test_deleting_takes_along_what_hangs_on_it_and_undo_brings_it_all_back(file, known, table):
    web = file.run("Make", lambda op: make_web(op, known)).result
    before = whole(file)
    done = file.run("Delete", lambda op: op.delete(table, web[table]))
    after = whole(file)
    assert web[table] not in [row[0] for row in after[table]]
    for name in before:
        gone = {row[0] for row in before[name]} - {row[0] for row in after[name]}
        sql = "SELECT row_id FROM changes WHERE operation_id = ? AND table_name = ? AND action = 'delete'"
        assert {row[0] for row in file.rows(sql, (done.operation_id, name))} == gone, "each with its history"
    file.undo()
    assert whole(file) == before
    file.redo()
    assert whole(file) == after
    file.undo()
    file.undo()
    assert file.value("SELECT count(*) FROM attachments") == 0
    file.redo()
    assert whole(file) == before


def test_deleting_a_customer_keeps_what_was_said(file, known):
    web = file.run("Make", lambda op: make_web(op, known)).result
    file.run("Delete", lambda op: op.delete("customers", web["customers"]))
    assert file.row("SELECT customer_id FROM entries")[0] is None
    assert {row[0] for row in file.rows("SELECT customer_id FROM complaints")} == {None}
    assert file.value("SELECT count(*) FROM contacts") == 0


def test_the_bytes_of_an_attachment_come_back(file):
    data = bytes(range(256)) * 100
    made = file.run("Attach", lambda op: op.insert("attachments", {"hash": "h", "name": "x", "data": data})).result
    file.run("Delete", lambda op: op.delete("attachments", made))
    file.undo()
    assert file.value("SELECT data FROM attachments") == data


def import_block(file, tmp_path, count=50):
    first = file.reserve_ids(count * 2)
    path = tmp_path / f"incoming {first}.sqlite"
    with Staging(path) as staging:
        staging.table("customers", ("name", "name_key"))
        staging.add("customers", [(first + n, f"Customer {n}", f"customer {n}") for n in range(count)])
        staging.table("entries", ("date", "text", "customer_id", "rating"))
        rows = [(first + count + n, f"2026-0{1 + n % 9}-0{1 + n % 7}", "Imported", first + n, 1 + 4 * (n % 10) / 9)
                for n in range(count)]  # fmt: skip
        staging.add("entries", rows)
    work = lambda op: [op.copy_in(table, "incoming") for table in staging.tables]  # noqa: E731
    return file.run("Import", work, attach={"incoming": path}).operation_id, first, first + count


def test_an_import_can_be_undone_and_redone(file, tmp_path):
    file.run("Log", entry)
    before = whole(file)
    import_block(file, tmp_path)
    after = whole(file)
    for _again in range(2):
        file.undo()
        assert whole(file) == before
        assert search(file, "imported") == []
        file.redo()
        assert whole(file) == after
        assert len(search(file, "imported")) == 50


def test_taking_back_an_import_keeps_what_was_touched_since_and_is_a_step_itself(file, known, tmp_path):
    operation, people, entries = import_block(file, tmp_path)
    file.run(
        "Edit", lambda op: op.update("entries", entries + 3, {"text": "Answered", "needs_answer": 0, "kind": "praise"})
    )
    file.run("Edit", lambda op: op.update("entries", entries + 4, {"text": "A slip"}))
    file.undo()
    mine = file.run("Log", entry).result
    before = whole(file)
    kept = touched_since(file, operation)
    assert kept == {("entries", entries + 3)}, "what was changed and changed back does not count"
    done = file.take_back(operation, "Take back the import", keep=kept | {("customers", people + 3)})
    assert [row[0] for row in file.rows("SELECT id FROM entries ORDER BY id")] == [entries + 3, mine]
    assert [row[0] for row in file.rows("SELECT id FROM customers")] == [people + 3]
    assert (search(file, "imported"), search(file, "answered")) == ([], [entries + 3])
    after = whole(file)
    last = next_undo(file)
    assert last is not None
    assert (last.id, next_redo(file)) == (done.operation_id, None)
    assert undone(file) == "Take back the import"
    assert whole(file) == before
    file.redo()
    assert whole(file) == after


def test_taking_back_an_import_lets_later_work_live(file, known, tmp_path):
    operation, people, entries = import_block(file, tmp_path)

    def later(op):
        op.insert("entry_themes", {"entry_id": entries, "theme_id": known.theme, "state": "confirmed", "by": "owner"})
        return entry(op, customer_id=people)

    mine = file.run("Log", later).result
    before = whole(file)
    file.take_back(operation, "Take back the import")
    assert file.row("SELECT id, customer_id FROM entries")[:] == (mine, None)
    whole(file)
    file.undo()
    assert whole(file) == before


def test_a_step_that_ends_where_it_began_can_be_undone(file):
    file.run("One", customer)

    def work(op):
        made = entry(op)
        op.update("entries", made, {"text": "x"})
        op.delete("entries", made)

    file.run("Nothing in the end", work)
    before = whole(file)
    assert undone(file) == "Nothing in the end"
    assert whole(file) == before
    assert undone(file) == "One"
    assert file.undo() is None


def test_finding_the_next_step_looks_at_few_rows(file):
    for sql in (undo._NEXT_REDO, "UPDATE operations SET state = 'dropped' WHERE kind = 'do' AND state = 'undone'"):
        plan = " ".join(row["detail"] for row in file.rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert "operations_undone" in plan, plan
    steps = [row["detail"] for row in file.rows(f"EXPLAIN QUERY PLAN {undo._NEXT_UNDO}")]
    assert steps == ["SCAN operations"], "from the newest back, without sorting"
