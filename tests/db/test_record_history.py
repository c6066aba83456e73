"""The history of one record, putting it back as it stood, and finding again what was deleted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvdesk.db import create_file
from cvdesk.db.deleted import FEW, bring_back, recently_deleted
from cvdesk.db.history import history, put_back
from cvdesk.db.staging import Staging
from cvdesk.errors import UserError
from tests.db.helpers import customer, entry, records, search, seed

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def run(file, work, label="Step"):
    return file.run(label, work).result


def contact(op, who, value):
    return op.insert("contacts", {"customer_id": who, "kind": "email", "value": value, "match_key": value})


def gone(file):
    return recently_deleted(file, LONG_AGO)


def content(file):
    """All records, without the instants that tell when a row was last touched."""
    return records(file)


def test_each_step_of_a_record_says_what_stood_before_and_after(file, known):
    said = run(file, lambda op: entry(op, text="Lat"), "Log")
    run(file, lambda op: op.update("entries", said, {"text": "Late", "rating": 2.0}), "Correct")
    run(file, lambda op: op.insert("entry_themes", mention(said, known.theme)), "File")
    newest, middle, oldest = history(file, "entries", said)
    assert [step.label for step in (oldest, middle, newest)] == ["Log", "Correct", "File"]
    (made,) = oldest.changes
    assert made.before is None
    assert made.after is not None
    assert made.after["text"] == "Lat"
    (change,) = middle.changes
    assert change.before is not None
    assert change.after is not None
    assert (change.before["text"], change.after["text"], change.after["rating"]) == ("Lat", "Late", 2.0)
    (filed,) = newest.changes
    assert (filed.table, filed.before) == ("entry_themes", None)


def mention(said, theme):
    return {"entry_id": said, "theme_id": theme, "state": "confirmed", "by": "owner"}


def test_an_entry_that_came_with_an_import_knows_the_import(file, tmp_path):
    first = file.reserve_ids(50)
    staging = Staging(tmp_path / "incoming.sqlite")
    staging.table("entries", ("date", "text"))
    staging.add("entries", [(first + n, "2026-01-01", f"n{n}") for n in range(50)])
    staging.close()
    file.run("Import", lambda op: op.copy_in("entries", "incoming"), attach={"incoming": tmp_path / "incoming.sqlite"})
    run(file, lambda op: op.update("entries", first + 7, {"text": "mended"}), "Correct")
    assert [step.label for step in history(file, "entries", first + 7)] == ["Correct", "Import"]
    assert [step.label for step in history(file, "entries", first + 8)] == ["Import"]


def test_putting_back_also_brings_back_what_belonged_to_it_then(file):
    who = run(file, customer)
    kept = run(file, lambda op: contact(op, who, "a@b.example"))
    before = content(file)
    as_it_stood = file.newest_operation()

    def spoil(op):
        op.update("customers", who, {"name": "Somebody else"})
        op.delete("contacts", kept)
        contact(op, who, "wrong@b.example")

    run(file, spoil)
    run(file, lambda op: put_back(op, "customers", who, as_it_stood), "Put back")
    assert content(file) == before
    file.undo()
    assert file.value("SELECT name FROM customers") == "Somebody else"


def test_a_reference_to_something_deleted_since_is_left_empty(file):
    who = run(file, customer)
    said = run(file, lambda op: entry(op, customer_id=who))
    as_it_stood = file.newest_operation()
    run(file, lambda op: op.update("entries", said, {"text": "changed"}))
    run(file, lambda op: op.delete("customers", who))
    run(file, lambda op: put_back(op, "entries", said, as_it_stood))
    row = file.row("SELECT text, customer_id FROM entries")
    assert tuple(row) == ("Lovely bread", None)


def test_a_deleted_customer_comes_back_with_contacts_and_with_what_was_said(file):
    who, other = run(file, customer), run(file, lambda op: customer(op, "Grace"))
    run(file, lambda op: contact(op, who, "a@b.example"))
    mine = run(file, lambda op: entry(op, customer_id=who))
    moved = run(file, lambda op: entry(op, text="Moved on", customer_id=who))
    run(file, lambda op: op.delete("customers", who), "Delete Ada")
    run(file, lambda op: op.update("entries", moved, {"customer_id": other}), "Was Grace")
    (found,) = gone(file)
    assert (found.table, found.row["name"], found.label, found.count) == ("customers", "Ada Lovelace", "Delete Ada", 1)
    assert run(file, lambda op: bring_back(op, found), "Put back") == 1
    assert gone(file) == []
    assert file.value("SELECT value FROM contacts WHERE customer_id = ?", (who,)) == "a@b.example"
    assert file.value("SELECT customer_id FROM entries WHERE id = ?", (mine,)) == who
    assert file.value("SELECT customer_id FROM entries WHERE id = ?", (moved,)) == other, "what was decided since stays"


def test_a_deleted_entry_is_found_by_search_again_once_put_back(file):
    said = run(file, lambda op: entry(op, text="Rye is back"))
    run(file, lambda op: op.delete("entries", said))
    assert search(file, "rye") == []
    run(file, lambda op: bring_back(op, gone(file)[0]))
    assert search(file, "rye") == [said]
    assert file.out_of_step() == []


def test_a_complaint_whose_number_was_given_again_gets_the_next(file):
    def case(number):
        return lambda op: op.insert("complaints", {"number": number, "date": "2026-05-04", "text": "Late"})

    first = run(file, case(7))
    run(file, lambda op: op.delete("complaints", first))
    run(file, case(7))
    run(file, lambda op: bring_back(op, gone(file)[0]))
    assert file.value("SELECT number FROM complaints WHERE id = ?", (first,)) == 8


def test_what_belonged_to_something_that_is_gone_is_refused_in_words(file):
    who = run(file, customer)
    bought = run(file, lambda op: op.insert("purchases", {"customer_id": who, "date": "2026-05-04"}))
    run(file, lambda op: op.delete("purchases", bought))
    run(file, lambda op: op.delete("customers", who))
    purchase = next(one for one in gone(file) if one.table == "purchases")
    with pytest.raises(UserError, match="cannot be put back"):
        run(file, lambda op: bring_back(op, purchase))


def test_what_was_attached_and_went_in_the_same_step_comes_back(file):
    def log(op):
        said = entry(op, text="Look at this")
        attached = op.insert("attachments", {"hash": "ab", "name": "a.png", "media_type": "image/png", "data": b"abc"})
        link = op.insert("attachment_links", {"attachment_id": attached, "entry_id": said})
        return said, attached, link

    said, attached, link = run(file, log)
    before = content(file)

    def remove(op):
        for table, row in (("attachment_links", link), ("attachments", attached), ("entries", said)):
            op.delete(table, row)

    run(file, remove)
    (found,) = gone(file)
    run(file, lambda op: bring_back(op, found))
    assert content(file) == before


def test_many_deleted_at_once_are_one_line_and_come_back_together(file):
    ids = run(file, lambda op: [entry(op, text=f"n{n}") for n in range(FEW + 5)])
    before = content(file)

    def clear(op):
        for one in ids:
            op.delete("entries", one)

    run(file, clear, "Clear out")
    (found,) = gone(file)
    assert (found.count, found.row) == (FEW + 5, None)
    assert run(file, lambda op: bring_back(op, found)) == FEW + 5
    assert content(file) == before


def test_only_what_was_deleted_in_the_time_asked_for_is_listed(file):
    said = run(file, entry)
    run(file, lambda op: op.delete("entries", said))
    assert recently_deleted(file, datetime.now(UTC) + timedelta(minutes=1)) == []
    assert len(gone(file)) == 1


EDITS = st.lists(st.sampled_from(["text", "rating", "theme", "unfile", "owner", "nobody"]), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, pick=st.integers(0, 100))
def test_whatever_was_done_the_record_can_stand_again_as_after_any_step(tmp_path_factory, edits, pick):
    with create_file(tmp_path_factory.mktemp("life") / "file.cvdesk") as file:
        known = run(file, seed)
        who = run(file, customer)
        said = run(file, entry)
        states = [(file.newest_operation(), content(file))]
        for number, edit in enumerate(edits):
            run(file, lambda op, edit=edit, number=number: change(op, edit, number, said, who, known.theme))
            states.append((file.newest_operation(), content(file)))
        operation, wanted = states[pick % len(states)]
        run(file, lambda op: put_back(op, "entries", said, operation))
        assert content(file) == wanted
        assert file.out_of_step() == []


def change(op, edit, number, said, who, theme):
    filed = op.value("SELECT id FROM entry_themes WHERE entry_id = ?", (said,))
    if edit == "theme" and filed is None:
        op.insert("entry_themes", mention(said, theme))
    elif edit == "unfile" and filed is not None:
        op.delete("entry_themes", filed)
    else:
        values = {"text": {"text": f"text {number}"}, "rating": {"rating": 1.0 + number % 5},
                  "owner": {"customer_id": who}}.get(edit, {"customer_id": None})  # fmt: skip
        op.update("entries", said, values)
