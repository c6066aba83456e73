"""Entries on disk: logging a line, undo, lists at any place, what is read by which index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business, Period
from cvdesk.complaints import store as complaints
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store, store_list
from cvdesk.feedback.capture import read
from cvdesk.feedback.records import Entry, problems
from cvdesk.feedback.store_list import EntryList, EntryQuery, latest, needing_answer, safety_marks, unanswered_count
from cvdesk.themes import store as themes

TODAY = date(2026, 11, 22)
_OWN = ("operations", "changes", "drafts", "holder", "kept_figures")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def everything(db: BusinessFile) -> dict[str, list[tuple[object, ...]]]:
    """Every table but the log of operations; the search index by what it finds."""
    names = [row[0] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in names if name not in _OWN and not name.startswith(("entries_search", "sqlite_"))]
    tables = {name: sorted((tuple(row) for row in db.rows(f"SELECT * FROM {name}")), key=repr) for name in kept}
    tables["found"] = [
        tuple(row) for row in db.rows("SELECT rowid FROM entries_search WHERE entries_search MATCH '\"b\"*'")
    ]
    return tables


def log(file: BusinessFile, line: str) -> store.LoggedIds:
    captured = read(line, store.capture_context(file), TODAY)
    return file.run("Log feedback", lambda op: store.save_captured(op, captured)).result


def add(file: BusinessFile, *entries: Entry) -> list[int]:
    return file.run("Add", lambda op: [store.save(op, entry) for entry in entries]).result


def test_a_line_becomes_customer_entry_themes_and_complaint_in_one_step(file: BusinessFile):
    before = everything(file)
    ids = log(file, "maria alvarez: bread arrived late again, 2 stars, phone, yesterday, complaint #fits")
    entry = store.get(file, ids.entry_id)
    assert (entry.text, entry.rating, entry.date) == ("bread arrived late again", 2.0, date(2026, 11, 21))
    assert ids.customer_id is not None
    assert ids.complaint_id is not None
    assert customers.get(file, ids.customer_id).name == "Maria Alvarez"
    case = complaints.get(file, ids.complaint_id)
    assert (case.number, case.text, case.entry_id, case.customer_id) == (1, entry.text, ids.entry_id, ids.customer_id)
    assert [row.text for row in EntryList(file, EntryQuery(search="bre lat")).fetch(0, 10)] == [entry.text]
    file.undo()
    assert everything(file) == before
    file.redo()
    assert store.get(file, ids.entry_id) == entry


def test_the_customer_logged_before_is_known_by_a_part_of_the_name(file: BusinessFile):
    first = log(file, "Maria Alvarez: good rolls")
    assert log(file, "maria: still good").customer_id == first.customer_id


def test_nothing_is_logged_while_a_problem_stands(file: BusinessFile):
    before = everything(file)
    with pytest.raises(UserError, match="still to come"):
        log(file, "Maria Alvarez: good rolls, tomorrow")
    with pytest.raises(UserError, match="Write what was said"):
        log(file, "Maria Alvarez: phone")
    assert everything(file) == before


def test_an_entry_takes_the_segment_of_its_customer(file: BusinessFile):
    def work(op):
        segment = catalogue.ensure(op, "segments", "Cafés")
        customer = customers.save(op, Customer(name="Café Lumen", segment_id=segment))
        return segment, store.save(op, Entry(date=TODAY, text="late", customer_id=customer))

    segment, entry_id = file.run("Add", work).result
    assert file.value("SELECT segment_id FROM entries WHERE id = ?", (entry_id,)) == segment


def test_a_theme_taken_away_stays_known_as_rejected(file: BusinessFile):
    theme = themes.themes(file)[0].id
    (entry_id,) = add(file, Entry(date=TODAY, text="solved", suggested_themes=(theme,)))
    file.run("Edit", lambda op: store.save(op, Entry(date=TODAY, text="solved", id=entry_id)))
    assert file.value("SELECT state FROM entry_themes WHERE entry_id = ?", (entry_id,)) == "rejected"


def test_answered_safety_and_latest(file: BusinessFile):
    first, second = add(
        file,
        Entry(date=TODAY, text="is there nut in it?", needs_answer=True, safety=True),
        Entry(date=TODAY - timedelta(days=40), text="hello?", needs_answer=True),
    )
    assert [row.id for row in needing_answer(file)] == [first, second]
    assert [row.id for row in safety_marks(file, TODAY - timedelta(days=30))] == [first]
    file.run("Answered", lambda op: store.mark_answered(op, first, TODAY))
    assert (unanswered_count(file), [row.id for row in needing_answer(file)]) == (1, [second])
    assert [row.id for row in latest(file)] == [first, second]


def test_what_is_wrong_with_an_entry():
    assert set(problems(Entry(date=TODAY))) == {"text"}
    wrong = Entry(date=TODAY + timedelta(days=1), text="x", kind="rant", rating=9, severity="huge", promised_by=TODAY)
    assert set(problems(wrong, TODAY)) == {"date", "kind", "rating", "severity", "promise"}


_ENTRIES = st.lists(
    st.builds(
        Entry,
        date=st.dates(date(2025, 1, 1), TODAY),
        text=st.sampled_from(["bread was late", "best bread", "面包 很好", "queue"]),
        channel_id=st.sampled_from([0, 1]),
        kind=st.sampled_from(["praise", "problem", "question"]),
        rating=st.sampled_from([None, 1.0, 2.5, 5.0]),
        needs_answer=st.booleans(),
        themes=st.sampled_from([(), (0,), (1,), (0, 1)]),
    ),
    min_size=1,
    max_size=25,
)


def _filled(path: Path, drawn: list[Entry]) -> BusinessFile:
    made = make_business(path, Business("Harbour Bakery"))
    channels = [channel.id for channel in catalogue.named(made, "channels")]
    known = [theme.id for theme in themes.themes(made)]

    def work(op):
        customer = customers.save(op, Customer(name="Jo Park", contacts=(Contact("email", "jo@example.org"),)))
        for place, entry in enumerate(drawn):
            values = {name: getattr(entry, name) for name in ("date", "text", "kind", "rating", "needs_answer")}
            store.save(op, Entry(
                **values, channel_id=channels[entry.channel_id or 0], customer_id=customer if place % 2 else None,
                themes=tuple(known[theme] for theme in entry.themes),
            ))  # fmt: skip

    made.run("Fill", work)
    return made


@pytest.mark.parametrize(("near", "few"), [(2_000, 20_000), (1, 0)])
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=_ENTRIES)
def test_every_list_is_the_plain_list_at_any_place(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, near: int, few: int, drawn: list[Entry]
):
    # A file too small for far jumps makes them all the same when nothing counts as near.
    monkeypatch.setattr(store_list, "_NEAR", near)
    monkeypatch.setattr(store_list, "_FEW", few)
    with _filled(tmp_path_factory.mktemp("list") / "bakery.cvdesk", drawn) as file:
        channel = catalogue.named(file, "channels")[0].id
        theme = themes.themes(file)[0].id
        customer = file.value("SELECT id FROM customers")
        period = Period(date(2025, 6, 1), date(2026, 3, 31))
        tagged = "id IN (SELECT entry_id FROM entry_themes WHERE theme_id = ? AND state = 'confirmed')"
        plain = {
            EntryQuery(): ("1", ()),
            EntryQuery(period=period): ("date BETWEEN '2025-06-01' AND '2026-03-31'", ()),
            EntryQuery(channel=channel): ("channel_id = ?", (channel,)),
            EntryQuery(kind="praise", period=period): (
                "kind = 'praise' AND date BETWEEN '2025-06-01' AND '2026-03-31'",
                (),
            ),
            EntryQuery(star=3): ("rating = 2.5", ()),
            EntryQuery(theme=theme): (tagged, (theme,)),
            EntryQuery(theme=theme, channel=channel): (f"{tagged} AND channel_id = ?", (theme, channel)),
            EntryQuery(customer=customer): ("customer_id = ?", (customer,)),
            EntryQuery(needs_answer=True): ("needs_answer = 1 AND answered IS NULL", ()),
            EntryQuery(search="BREAD"): ("text LIKE '%bread%'", ()),
            EntryQuery(search="bread", kind="praise"): ("text LIKE '%bread%' AND kind = 'praise'", ()),
            EntryQuery(search="很好"): ("text LIKE '%很好%'", ()),
            EntryQuery(search='"'): ("0", ()),
        }
        for query, (where, parameters) in plain.items():
            sql = f"SELECT id FROM entries WHERE {where} ORDER BY position DESC"
            wanted = [row[0] for row in file.rows(sql, parameters)]
            assert EntryList(file, query).count() == len(wanted)
            for first in (0, len(wanted) // 2, len(wanted), len(wanted) + 7):
                listed = EntryList(file, query)
                assert [row.id for row in listed.fetch(first, 6)] == wanted[first : first + 6]
                assert [row.id for row in listed.fetch(0, 6)] == wanted[:6]
            for place, entry_id in enumerate(wanted):
                assert EntryList(file, query).row_of(entry_id) == place


@settings(max_examples=10)
@given(drawn=_ENTRIES, data=st.data())
def test_whatever_was_done_is_undone(tmp_path_factory: pytest.TempPathFactory, drawn: list[Entry], data: st.DataObject):
    with _filled(tmp_path_factory.mktemp("undo") / "bakery.cvdesk", drawn) as file:
        rows = file.rows("SELECT id FROM entries ORDER BY id")
        chosen = data.draw(st.sampled_from([row[0] for row in rows]))
        entry = store.get(file, chosen)
        customer = file.value("SELECT id FROM customers")
        before = everything(file)
        steps = [
            lambda op: store.delete(op, chosen),
            lambda op: store.save(op, Entry(date=date(2024, 2, 29), text="better bread", id=chosen)),
            lambda op: customers.delete(op, customer),
            lambda op: complaints.from_entry(op, chosen),
            lambda op: store.mark_answered(op, chosen, max(entry.date, TODAY)),
        ]
        done = 0
        for place in data.draw(st.lists(st.integers(0, len(steps) - 1), min_size=1, max_size=4, unique=True)):
            if place != 0 and file.value("SELECT 1 FROM entries WHERE id = ?", (chosen,)) is None:
                continue
            done += bool(file.run("Step", steps[place]).operation_id)
        for _step in range(done):
            file.undo()
        assert everything(file) == before
        assert file.out_of_step() == []


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (EntryQuery(), "sqlite_autoindex_entries_1"),
        (EntryQuery(channel=1), "entries_by_channel"),
        (EntryQuery(customer=1), "entries_by_customer"),
        (EntryQuery(offering=1), "entries_by_offering"),
        (EntryQuery(segment=1), "entries_by_segment"),
        (EntryQuery(needs_answer=True), "entries_unanswered"),
        (EntryQuery(kind="praise"), "sqlite_autoindex_entries_1"),
        (EntryQuery(period=Period(TODAY, TODAY)), "sqlite_autoindex_entries_1"),
    ],
)
def test_a_page_is_read_in_order_through_an_index(file: BusinessFile, query: EntryQuery, index: str):
    for analysed in (False, True):
        if analysed:
            add(file, *(Entry(date=TODAY - timedelta(days=day), text="bread", needs_answer=True) for day in range(50)))
        sql, parameters = EntryList(file, query).page_sql(0, 50)
        plan = " | ".join(row["detail"] for row in file.rows(f"EXPLAIN QUERY PLAN {sql}", parameters))
        assert f"SEARCH entries USING INDEX {index} (" in plan
        assert "TEMP B-TREE" not in plan.split("page")[0]


def test_search_is_read_in_order_from_the_index(file: BusinessFile):
    sql, parameters = EntryList(file, EntryQuery(search="bread")).page_sql(0, 50)
    plan = [row["detail"] for row in file.rows(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    assert any("entries_search VIRTUAL TABLE" in step for step in plan)
    assert any("SEARCH entries USING INDEX sqlite_autoindex_entries_1 (position=?)" in step for step in plan)


def test_safety_answers_and_promises_are_kept_and_closed(file: BusinessFile):
    staff = file.run("Staff", lambda op: op.insert("staff", {"name": "Ruth"})).result
    told = Entry(
        TODAY, "Nuts in the plain loaf", safety=True, safety_batch="Tuesday's", safety_others="the school",
        promise="ring back", promised_by=TODAY + timedelta(days=2), promise_staff_id=staff, answer="We are sorry",
    )  # fmt: skip
    (entry_id,) = add(file, told)
    assert replace(store.get(file, entry_id), id=None) == told
    file.run("Answer", lambda op: store.save_safety(op, entry_id, {"safety_told": " Ruth "}))
    file.run("Close", lambda op: store.close_safety(op, entry_id, TODAY))
    file.run("Keep", lambda op: store.keep_promise(op, entry_id, TODAY))
    after = store.get(file, entry_id)
    assert (after.safety_batch, after.safety_told) == ("Tuesday's", " Ruth ")
    assert (after.safety_closed, after.promise_kept) == (TODAY, TODAY)


def test_a_promise_kept_says_what_was_promised():
    assert "promise" in problems(Entry(TODAY, "fine", promise_kept=TODAY))


def test_a_line_with_safety_and_a_promise_keeps_both_and_who_logged_it(file: BusinessFile):
    ruth, tom = file.run("Staff", lambda op: [op.insert("staff", {"name": name}) for name in ("Ruth", "Tom")]).result
    line = "jo park: nuts in the rye, !safety, !promise ring thursday, tom will write tomorrow"
    captured = replace(
        read(line, store.capture_context(file), TODAY), safety_answers=(("safety_batch", "Tuesday's rye"),)
    )
    ids = file.run("Log", lambda op: store.save_captured(op, captured, staff_id=ruth)).result
    entry = store.get(file, ids.entry_id)
    assert (entry.safety, entry.safety_batch, entry.safety_told) == (True, "Tuesday's rye", "")
    assert (entry.promise, entry.promised_by, entry.promise_staff_id) == ("ring", date(2026, 11, 26), ruth)
    assert (entry.staff_id, entry.text) == (ruth, "nuts in the rye, tom will write tomorrow")
    later = log(file, "jo park: nuts again, tom will ring tomorrow")
    assert store.get(file, later.entry_id).promise == ""
    named = replace(read("jo park: nuts, tom will ring tomorrow", store.capture_context(file), TODAY), promise="asked")
    ids = file.run("Log", lambda op: store.save_captured(op, named, staff_id=ruth)).result
    assert store.get(file, ids.entry_id).promise_staff_id == tom


def test_a_mark_without_words_keeps_the_line(file: BusinessFile):
    assert store.get(file, log(file, "jo park: !safety").entry_id).text == "jo park: !safety"
