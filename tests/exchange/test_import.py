"""Imports from a file on disk to the records they make, and back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options
from cvdesk.exchange.run import Cancelled, Outcome, plan, run_import
from cvdesk.exchange.undo_import import in_words, undo_import

TODAY = date(2026, 11, 22)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "shop.cvdesk", Business("Corner Shop")) as made:
        yield made


def bring(file: BusinessFile, kind: str, content: str, name: str = "list.csv", **options: Any) -> Outcome:
    path = file.path.with_name(name)
    path.write_text(content, encoding="utf-8", newline="")
    return run_import(file, plan(path, kind, Options(**options), file, TODAY), TODAY)


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    assert outcome.read == outcome.added + outcome.updated + outcome.skipped + outcome.rejected
    return outcome.read, outcome.added, outcome.updated, outcome.skipped, outcome.rejected


REVIEWS = """airline,author,date,content,overall_rating
A,Ann Lee,2026-01-02,"Lovely, warm bread",5.0
A,Bob Ray,2026-01-03,Queue too long,2.0
A,ann  LEE,2026-01-05,"Second visit
on two lines",4.0
A,Anonymous,2026-01-05,No name here,3.0
A,Cy Doe,2026-01-06,Blank stars,
"""


def test_reviews_become_entries_of_customers_made_on_the_way(file: BusinessFile) -> None:
    outcome = bring(file, "feedback", REVIEWS)
    assert counts(outcome) == (5, 5, 0, 0, 0)
    assert outcome.customers_made == 3
    assert outcome.unrated == {"out_of_range": 0, "unreadable": 0, "blank": 1}
    rows = file.rows("SELECT date, rating, rating_raw, rating_scale, text, source FROM entries ORDER BY position")
    assert [tuple(row)[:4] for row in rows[:2]] == [
        ("2026-01-02", 5.0, "5.0", "1-5"),
        ("2026-01-03", 2.0, "2.0", "1-5"),
    ]
    assert rows[2]["text"] in ("Second visit\non two lines", "No name here")
    assert rows[4]["rating"] is None
    assert rows[4]["rating_raw"] == ""
    assert file.value("SELECT count(*) FROM entries WHERE customer_id IS NULL") == 1
    assert file.out_of_step() == []
    assert file.value("SELECT count(*) FROM entries_search WHERE entries_search MATCH 'bread'") == 1


def test_a_few_ratings_off_the_scale_do_not_change_it(file: BusinessFile) -> None:
    lines = [f"2026-01-01,review {number},{number % 5 + 1}.0" for number in range(97)]
    lines += ["2026-01-02,off,9.0", "2026-01-02,off too,10.0", "2026-01-02,none,"]
    outcome = bring(file, "feedback", "date,content,overall_rating\n" + "\n".join(lines))
    assert counts(outcome) == (100, 100, 0, 0, 0)
    assert outcome.unrated == {"out_of_range": 2, "unreadable": 0, "blank": 1}
    kept = file.rows("SELECT rating, rating_raw FROM entries WHERE text LIKE 'off%' ORDER BY rating_raw")
    assert [tuple(row) for row in kept] == [(None, "10.0"), (None, "9.0")]
    assert file.value("SELECT count(rating) FROM entries") == 97
    assert any("1-5" in note for note in outcome.notes)


def test_the_person_may_name_scale_columns_and_order(file: BusinessFile) -> None:
    content = "Wann;Was;Note\n01/02/2026;gut;1\n03/02/2026;schlecht;6\n"
    mapping = (("date", "Wann"), ("text", "2"), ("rating", "note"))
    outcome = bring(file, "feedback", content, mapping=mapping, scale="6-1", date_order="month-first")
    assert counts(outcome) == (2, 2, 0, 0, 0)
    rows = file.rows("SELECT date, rating FROM entries ORDER BY position")
    assert [tuple(row) for row in rows] == [("2026-01-02", 5.0), ("2026-03-02", 1.0)]


def test_dates_that_can_be_read_both_ways_are_taken_as_usual_and_said(file: BusinessFile) -> None:
    outcome = bring(file, "feedback", "date,comment\n03/04/2026,one\n05/06/2026,two\n")
    assert file.value("SELECT min(date) FROM entries") == "2026-04-03"
    assert any("both ways" in note for note in outcome.notes)


def test_the_same_file_again_adds_nothing(file: BusinessFile) -> None:
    bring(file, "feedback", REVIEWS)
    again = bring(file, "feedback", REVIEWS, name="other name.csv")
    assert counts(again) == (5, 0, 0, 5, 0)
    assert again.customers_made == 0
    more = bring(file, "feedback", REVIEWS + "A,Dee,2026-02-01,New one,5\n")
    assert counts(more) == (6, 1, 0, 5, 0)


def test_what_was_said_twice_stays_twice(file: BusinessFile) -> None:
    content = "date,author,comment\n2026-01-02,Ann,Thanks\n2026-01-02,Ann,Thanks\n2026-01-02,,hi\n2026-01-02,,hi\n"
    assert counts(bring(file, "feedback", content)) == (4, 4, 0, 0, 0)
    assert counts(bring(file, "feedback", content)) == (4, 0, 0, 4, 0)


def test_ids_of_the_source_decide(file: BusinessFile) -> None:
    content = "id,date,comment\n7,2026-01-02,first words\n7,2026-01-02,first words\n8,2026-01-02,first words\n"
    assert counts(bring(file, "feedback", content)) == (3, 2, 0, 1, 0)
    edited = "id,date,comment\n7,2026-01-02,corrected words\n9,2026-01-02,first words\n"
    assert counts(bring(file, "feedback", edited)) == (2, 1, 0, 1, 0)
    other_list = "id,date,comment\n7,2026-05-05,something else altogether\n"
    assert counts(bring(file, "feedback", other_list)) == (1, 1, 0, 0, 0)


def test_rejected_rows_are_laid_beside_the_source_with_the_reason(file: BusinessFile) -> None:
    content = (
        "date,comment,rating\n2026-01-02,fine,5\nsoon,=HYPERLINK(1),4\n2026-01-03,short\n,no date,3\n2026-01-04,,\n"
    )
    outcome = bring(file, "feedback", content)
    assert counts(outcome) == (5, 1, 0, 0, 4)
    assert outcome.rejected_file == file.path.with_name("list rejected.csv")
    with outcome.rejected_file.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == ["Reason", "date", "comment", "rating"]
    assert rows[1][1:] == ["soon", "'=HYPERLINK(1)", "4"]
    assert "not a date" in rows[1][0]
    assert "2 cells" in rows[2][0]
    assert "date is missing" in rows[3][0]
    assert not list(file.path.parent.glob(".*part"))


def test_a_file_cut_in_mid_row_loses_only_that_row(file: BusinessFile) -> None:
    whole = 'date,comment\n2026-01-02,"one, two"\n2026-01-03,"three'
    outcome = bring(file, "feedback", whole)
    assert counts(outcome) == (2, 1, 0, 0, 1)


def test_a_category_becomes_a_confirmed_theme(file: BusinessFile) -> None:
    known = file.value("SELECT name FROM themes ORDER BY id LIMIT 1")
    content = (
        f"date,comment,category\n2026-01-02,one,{known.upper()}\n2026-01-03,two,Late parcel\n2026-01-04,three,n/a\n"
    )
    outcome = bring(file, "feedback", content)
    assert outcome.themes_made == 1
    made = file.row(
        "SELECT themes.name, factors.key FROM themes JOIN factors ON factors.id = factor_id ORDER BY themes.id DESC"
    )
    assert made is not None
    assert tuple(made) == ("Late parcel", "delivery")
    assert file.value("SELECT count(*) FROM entry_themes WHERE state = 'confirmed' AND by = 'owner'") == 2


def test_a_category_that_went_into_another_theme_is_filed_there(file: BusinessFile) -> None:
    first, second = (row["id"] for row in file.rows("SELECT id FROM themes ORDER BY id LIMIT 2"))
    name = file.value("SELECT name FROM themes WHERE id = ?", (first,))
    file.run("Merge", lambda op: op.update("themes", first, {"merged_into": second, "active": 0}))
    outcome = bring(file, "feedback", f"date,text,category\n2026-01-02,Late,{name}\n")
    assert outcome.themes_made == 0
    assert file.value("SELECT theme_id FROM entry_themes WHERE state = 'confirmed'") == second


def test_complaints_get_the_steps_that_follow_from_a_closing_date_and_no_others(file: BusinessFile) -> None:
    content = (
        "case_id,open_dt,closed_dt,case_status,reason,source,case_title\n"
        "101,2026-01-02 09:30:00,2026-01-05 10:00:00,Closed,Trash,App,Bin not emptied\n"
        "102,2026-01-03 09:30:00,,Open,Trash,App,Bin broken\n"
        "103,2026-01-04,2026-01-01,Closed,Trash,App,Time travel\n"
        "104,2026-01-05,,Closed,Trash,App,Closed without a day\n"
    )
    outcome = bring(file, "complaints", content)
    assert counts(outcome) == (4, 3, 0, 0, 1)
    rows = file.rows(
        "SELECT number, date, time, stage, resolved, closed, resolve_by IS NOT NULL AS due FROM complaints"
        " ORDER BY number"
    )
    assert [tuple(row) for row in rows] == [
        (1, "2026-01-02", "09:30", "closed", "2026-01-05", "2026-01-05", 0),
        (2, "2026-01-03", "09:30", "received", None, None, 1),
        (3, "2026-01-05", None, "closed", None, None, 0),
    ]
    steps = file.rows(
        "SELECT number, complaint_events.stage FROM complaint_events JOIN complaints"
        " ON complaints.id = complaint_id ORDER BY number, complaint_events.id"
    )
    assert [tuple(row) for row in steps] == [
        (1, "received"), (1, "resolved"), (1, "closed"), (2, "received"), (3, "received"),
    ]  # fmt: skip
    assert file.value("SELECT count(DISTINCT theme_id) FROM complaint_themes") == 1
    later = content.replace("102,2026-01-03 09:30:00,,Open", "102,2026-01-03 09:30:00,2026-01-09,Closed")
    assert counts(bring(file, "complaints", later)) == (4, 0, 1, 2, 1)
    assert file.value("SELECT closed FROM complaints WHERE number = 2") == "2026-01-09"


CUSTOMERS = """id,first_name,last_name,company_name,email,phone1,city,segment,tags
C1,Ann,Lee,,ann@example.com,01835 703597,Leeds,Regular,vip; early
C2,Bob,Ray,Ray Ltd,BOB@example.com,,York,Regular,
C3,,,Mill & Co,,,Hull,,
"""


def test_customers_with_contacts_segments_and_tags(file: BusinessFile) -> None:
    assert counts(bring(file, "customers", CUSTOMERS)) == (3, 3, 0, 0, 0)
    rows = file.rows("SELECT name, kind, organisation, city FROM customers ORDER BY source_id")
    assert [tuple(row) for row in rows] == [
        ("Ann Lee", "person", "", "Leeds"),
        ("Bob Ray", "person", "Ray Ltd", "York"),
        ("Mill & Co", "organisation", "", "Hull"),
    ]
    assert file.value("SELECT match_key FROM contacts WHERE kind = 'phone'") == "+441835703597"
    assert file.value("SELECT count(*) FROM customer_tags") == 2
    assert counts(bring(file, "customers", CUSTOMERS)) == (3, 0, 0, 3, 0)
    bring(file, "feedback", "date,customer,comment\n2026-01-02,ann lee,hello\n2026-01-03,bob@EXAMPLE.com,hi\n")
    assert file.value("SELECT count(*) FROM customers") == 3
    assert file.value("SELECT count(*) FROM entries WHERE segment_id IS NOT NULL") == 2


def test_customers_are_filled_in_and_never_blanked(file: BusinessFile) -> None:
    bring(file, "customers", CUSTOMERS)
    update = (
        "id,name,email,city,notes\nC1,Ann Lee-Jones,,,prefers mornings\n,Bob Ray,,,\n,Mill & CO,info@mill.example,,\n"
    )
    assert counts(bring(file, "customers", update)) == (3, 0, 2, 1, 0)
    row = file.row("SELECT name, city, notes FROM customers WHERE source_id = 'C1'")
    assert row is not None
    assert tuple(row) == ("Ann Lee-Jones", "Leeds", "prefers mornings")
    assert file.value("SELECT count(*) FROM customers") == 3


def test_namesakes_are_kept_apart_and_proposed_as_duplicates(file: BusinessFile) -> None:
    content = "rec_id,name,address\nr1,Jo Smith,1 High St\nr2,jo smith,9 Low Rd\n"
    assert counts(bring(file, "customers", content)) == (2, 2, 0, 0, 0)
    assert file.value("SELECT count(*) FROM duplicates WHERE state = 'proposed'") == 1
    said = "date,customer,comment\n2026-01-02,Jo Smith,which one?\n2026-01-03,Jo Smith,again\n"
    outcome = bring(file, "feedback", said)
    assert (outcome.added, outcome.customers_made) == (2, 1)
    assert counts(bring(file, "feedback", said)) == (2, 0, 0, 2, 0)


def test_undo_takes_back_what_nobody_touched(file: BusinessFile) -> None:
    bring(file, "feedback", REVIEWS)
    taken = undo_import(file)
    assert taken.kept == {}
    assert file.value("SELECT (SELECT count(*) FROM entries) + (SELECT count(*) FROM customers)") == 0
    assert file.out_of_step() == []
    with pytest.raises(UserError, match="no import"):
        undo_import(file)
    assert counts(bring(file, "feedback", REVIEWS)) == (5, 5, 0, 0, 0)


def test_undo_keeps_and_lists_what_was_worked_on_since(file: BusinessFile) -> None:
    outcome = bring(file, "feedback", REVIEWS)
    ann = file.value("SELECT id FROM customers WHERE name = 'Ann Lee'")
    queue = file.value("SELECT id FROM entries WHERE text LIKE 'Queue%'")
    bob = file.value("SELECT customer_id FROM entries WHERE id = ?", (queue,))
    file.run("note", lambda op: op.update("entries", queue, {"answered": "2026-02-01"}))
    file.run("buy", lambda op: op.insert("purchases", {"customer_id": ann, "date": "2026-02-02"}))
    taken = undo_import(file, outcome.import_id)
    assert taken.kept == {"customers": tuple(sorted((ann, bob))), "entries": (queue,)}
    assert taken.removed["entries"] == 4
    assert [row[0] for row in file.rows("SELECT id FROM entries")] == [queue]
    assert file.value("SELECT customer_id FROM purchases") == ann
    assert file.out_of_step() == []


def test_a_step_taken_back_keeps_no_row_of_a_list_brought_in_twice(file: BusinessFile) -> None:
    bring(file, "customers", "id,name,city\n1,Ann Lee,Leeds\n")
    ann = file.value("SELECT id FROM customers")
    bring(file, "customers", "id,name,city,address\n1,Ann Lee,Leeds,1 High St\n")
    assert file.value("SELECT address FROM customers") == "1 High St"
    file.run("note", lambda op: op.update("customers", ann, {"notes": "likes rye"}))
    file.undo()
    assert undo_import(file).kept == {}
    assert file.value("SELECT address FROM customers") == ""


def test_undo_says_what_it_did_in_everyday_words(file: BusinessFile) -> None:
    bring(file, "feedback", REVIEWS)
    queue = file.value("SELECT id FROM entries WHERE text LIKE 'Queue%'")
    file.run("note", lambda op: op.update("entries", queue, {"answered": "2026-02-01"}))
    words = in_words(undo_import(file))
    assert "Removed: 4 pieces of feedback." in words
    assert "Removed: 2 customers." in words
    assert "Kept, because they were worked on since: 1 piece of feedback." in words
    assert "entries" not in words


def test_plan_shows_what_would_come_in(file: BusinessFile) -> None:
    path = file.path.with_name("list.csv")
    path.write_text(REVIEWS, encoding="utf-8")
    found = plan(path, "feedback", Options(), file, TODAY)
    assert found.rows == 5
    assert found.used == {"customer": ["author"], "date": ["date"], "rating": ["overall_rating"], "text": ["content"]}
    assert found.unused == ("airline",)
    assert found.columns[1].samples[:2] == ("Ann Lee", "Bob Ray")
    assert found.preview[0] == {
        "customer": "Ann Lee",
        "date": "2026-01-02",
        "rating": "5",
        "text": "Lovely, warm bread",
    }
    before = file.newest_operation()
    outcome = run_import(file, found, TODAY, dry_run=True)
    assert counts(outcome) == (5, 5, 0, 0, 0)
    assert file.newest_operation() == before


def test_cancelling_changes_nothing(file: BusinessFile) -> None:
    path = file.path.with_name("list.csv")
    path.write_text("date,comment\n" + "2026-01-01,x\n" * 5_000, encoding="utf-8")
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        run_import(
            file,
            plan(path, "feedback", Options(), file, TODAY),
            TODAY,
            lambda *step: seen.append(step),
            lambda: bool(seen),
        )
    assert seen == [(2_000, 5_000)]
    assert file.value("SELECT count(*) FROM entries") == 0


def test_work_saved_meanwhile_is_seen(file: BusinessFile) -> None:
    path = file.path.with_name("list.csv")
    path.write_text("date,customer,comment\n" + "2026-01-01,Ann,x\n" * 2_500, encoding="utf-8")

    def save(done: int, _all: int) -> None:
        if done == 2_000 and file.value("SELECT count(*) FROM customers") == 0:
            file.run("log", lambda op: op.insert("customers", {"name": "Ann", "name_key": "ann"}))

    outcome = run_import(file, plan(path, "feedback", Options(), file, TODAY), TODAY, save)
    assert (outcome.added, outcome.customers_made) == (2_500, 0)
    assert file.value("SELECT count(*) FROM customers") == 1


@pytest.mark.parametrize(
    ("kind", "content", "options", "words"),
    [
        ("feedback", "a,b\n1,2\n", {}, "No column with the date"),
        ("feedback", "date,b\n2026-01-01,2\n", {}, "what was said"),
        ("customers", "a,b\n1,2\n", {}, "No column with names"),
        ("feedback", REVIEWS, {"mapping": (("colour", "author"),)}, "no field"),
        ("feedback", REVIEWS, {"mapping": (("text", "Nothing"),)}, "no column"),
        ("feedback", REVIEWS, {"scale": "best"}, "not a scale"),
        ("feedback", REVIEWS, {"date_order": "random"}, "no order"),
    ],
)
def test_what_cannot_be_imported_says_what_to_do(
    file: BusinessFile, kind: str, content: str, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        bring(file, kind, content, **options)
    assert caught.value.to_do
    assert file.value("SELECT count(*) FROM imports") == 0
