"""Two customers made one and taken apart again: nothing is lost either way, and everybody is still found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.customers import store, store_duplicates, store_merge
from cvdesk.customers.bulk import known_people
from cvdesk.customers.records import Contact, Customer
from cvdesk.db import BusinessFile, open_file
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business

TABLES = ("customers", "contacts", "aliases", "customer_tags", "duplicates", "purchases", "touches", "entries",
          "complaints", "assessments", "sheets", "group_members", "invitations")  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def add(file: BusinessFile, customer: Customer, tags: tuple[str, ...] = (), entries: int = 0, group: str = "") -> int:
    def work(op):
        ids = tuple(catalogue.ensure(op, "tags", tag) for tag in tags)
        made = store.save(op, Customer(**{**as_dict(customer), "tags": ids}))
        common = {"customer_id": made, "date": "2026-02-03"}
        for n in range(entries):
            op.insert("entries", {**common, "text": f"{customer.name} {n}", "rating": 2.0})
            op.insert("purchases", {**common, "amount_minor": 100 + n})
        if entries:
            number = (op.value("SELECT max(number) FROM complaints") or 0) + 1
            op.insert("complaints", {**common, "number": number, "text": "cold"})
            op.insert("touches", {**common, "kind": "contact", "note": "rang"})
            op.insert("assessments", {**common, "kind": "customer", "form": "minute", "state": "done"})
            asked = op.value("SELECT id FROM surveys") or op.insert("surveys", {"name": "Round", "form": "minute"})
            for survey in (asked, op.insert("surveys", {"name": customer.name, "form": "short"})):
                op.insert("invitations", {"survey_id": survey, "customer_id": made, "asked": "2026-02-03"})
        if group:
            known = op.value("SELECT id FROM groups WHERE name = ?", (group,)) or op.insert("groups", {"name": group})
            op.insert("group_members", {"group_id": known, "customer_id": made})
        return made

    return int(file.run("Add", work).result)


def as_dict(customer: Customer) -> dict:
    return {name: getattr(customer, name) for name in Customer.__dataclass_fields__}


def everything(file: BusinessFile) -> dict[str, list[tuple]]:
    """All rows of people but for when they were last touched."""
    found = {}
    for table in TABLES:
        rows = [dict(row) for row in file.rows(f"SELECT * FROM {table} ORDER BY id")]
        found[table] = [tuple(value for name, value in row.items() if name != "updated_at") for row in rows]
    return found


def merge(file: BusinessFile, kept: int, other: int, *take: str) -> int:
    return file.run("Merge", lambda op: store_merge.merge(op, kept, other, frozenset(take))).operation_id


def apart(file: BusinessFile, operation: int) -> store_merge.TakenApart:
    return file.run("Take apart", lambda op: store_merge.take_apart(op, operation)).result


MARIA = Customer(
    "Maria Alvarez", city="Leith", address="12 Harbour St", birthday=date(1980, 3, 12), notes="Rings first",
    since=date(2024, 3, 1), contacts=(Contact("email", "maria@x.org"), Contact("phone", "020 7946 0018")),
    source_id="A1",
)  # fmt: skip
MARI = Customer("Mari Alvares", birthday=date(1980, 3, 21), notes="Nut allergy", since=date(2022, 1, 1), source_id="B7",
                organisation="The Quill", nicknames=("the violin teacher",),
                contacts=(Contact("email", "MARIA@x.org", "home"), Contact("email", "m@y.org")))  # fmt: skip


def test_everything_of_both_is_kept(file: BusinessFile):
    kept = add(file, MARIA, ("Regular", "Bread"), 2, "Tasters")
    other = add(file, MARI, ("Regular", "Cakes"), 3, "Tasters")
    assert store_merge.conflicts(file, kept, other) == {
        "name": ("Maria Alvarez", "Mari Alvares"), "birthday": ("1980-03-12", "1980-03-21"),
    }  # fmt: skip
    operation = merge(file, kept, other, "birthday")
    one = store.get(file, kept)
    assert (one.name, one.birthday, one.since) == ("Maria Alvarez", date(1980, 3, 21), date(2022, 1, 1))
    assert (one.organisation, one.address, one.city) == ("The Quill", "12 Harbour St", "Leith")
    assert one.notes == "Rings first\n\nNut allergy"
    assert {(contact.value, contact.label) for contact in one.contacts} == {
        ("maria@x.org", "home"), ("020 7946 0018", ""), ("m@y.org", ""),
    }  # fmt: skip
    assert set(one.nicknames) == {"the violin teacher", "Mari Alvares"}
    assert len(one.tags) == 3
    for table, count in (("entries", 5), ("purchases", 5), ("complaints", 2), ("touches", 2), ("assessments", 2),
                         ("group_members", 1)):  # fmt: skip
        assert file.value(f"SELECT count(*) FROM {table} WHERE customer_id = ?", (kept,)) == count
    with pytest.raises(LookupError):
        store.get(file, other)
    assert [(found.operation, found.other, found.name) for found in store_merge.merges_of(file, kept)] == [
        (operation, other, "Mari Alvares")
    ]


def test_an_import_later_still_finds_the_merged_one(file: BusinessFile):
    kept, other = add(file, MARIA), add(file, MARI)
    merge(file, kept, other)
    known = known_people(file)
    assert known.by_source["B7"] == known.by_source["A1"] == known.by_source[str(other)] == kept
    assert known.named("mari alvares") == [kept]
    assert [match.id for match in store.find_matches(file, "mari alvares")] == [kept]


def test_one_undo_takes_a_merge_back(file: BusinessFile):
    kept, other = add(file, MARIA, ("Regular",), 2), add(file, MARI, ("Regular",), 3)
    before = everything(file)
    merge(file, kept, other, "name")
    assert store.get(file, kept).name == "Mari Alvares"
    file.undo()
    assert everything(file) == before
    file.redo()
    assert store.get(file, kept).name == "Mari Alvares"


def test_taken_apart_after_other_work_and_a_restart(file: BusinessFile):
    kept, other = add(file, MARIA, (), 1), add(file, MARI, ("Cakes",), 2)
    path = file.path
    operation = merge(file, kept, other, "birthday")
    entry = file.value("SELECT id FROM entries WHERE text = 'Mari Alvares 1'")

    def work(op):
        op.update("entries", entry, {"rating": 5.0})
        op.update("customers", kept, {"city": "Granton"})
        op.delete("tags", op.value("SELECT id FROM tags"))
        op.insert("entries", {"customer_id": kept, "date": "2026-03-01", "text": "after"})

    file.run("Other work", work)
    file.close()
    with open_file(path) as again:
        found = apart(again, operation)
        assert (found.kept, found.other, found.stayed) == (kept, other, {"entries": 1})
        one, two = store.get(again, kept), store.get(again, other)
        assert (one.city, one.birthday, one.notes, one.nicknames) == ("Granton", date(1980, 3, 12), "Rings first", ())
        assert (two.name, two.birthday, two.source_id, two.tags) == ("Mari Alvares", date(1980, 3, 21), "B7", ())
        assert {contact.value for contact in two.contacts} == {"MARIA@x.org", "m@y.org"}
        assert tuple(again.row("SELECT customer_id, rating FROM entries WHERE id = ?", (entry,))) == (other, 5.0)
        assert again.value("SELECT count(*) FROM entries WHERE customer_id = ?", (kept,)) == 2
        assert store_merge.merges_of(again, kept) == []
        with pytest.raises(UserError, match="cannot be taken apart"):
            apart(again, operation)
        again.undo()
        assert [found.other for found in store_merge.merges_of(again, kept)] == [other]


def test_those_merged_in_a_row_come_apart_in_turn(file: BusinessFile):
    first, second, third = add(file, MARIA, (), 1), add(file, MARI, (), 1), add(file, Customer("M. A."), (), 1)
    before = everything(file)
    inner = merge(file, second, third)
    outer = merge(file, first, second)
    assert [found.operation for found in store_merge.merges_of(file, first)] == [outer]
    assert known_people(file).by_source[str(third)] == first
    with pytest.raises(UserError):
        apart(file, inner)
    apart(file, outer)
    apart(file, inner)
    assert everything(file) == before


def test_pairs_kept_apart_stay_so_and_are_not_proposed_again(file: BusinessFile):
    one, two = add(file, MARIA), add(file, Customer("Maria Alvarez", address="12 Harbour Street", city="Leith"))
    third = add(file, Customer("Bo Lind"))
    (proposal,) = store_duplicates.propose(file)
    assert proposal.pair == (one, two)
    state = store_duplicates.state(file)
    file.run("Apart", lambda op: store_duplicates.keep_apart(op, two, one))
    assert store_duplicates.propose(file) == []
    assert store_duplicates.state(file) != state
    merge(file, third, two)
    assert (
        file.value("SELECT state FROM duplicates WHERE customer_id = ? AND other_id = ?", (one, third)) == "kept_apart"
    )
    file.undo()
    file.undo()
    assert len(store_duplicates.propose(file)) == 1
    with pytest.raises(LookupError):
        file.run("Apart", lambda op: store_duplicates.keep_apart(op, one, 7))


def test_what_an_import_could_not_decide_is_proposed_unless_ruled_out(file: BusinessFile):
    smiths = [
        add(file, Customer("John Smith", birthday=born)) for born in (None, None, date(1960, 1, 1), date(1985, 5, 5))
    ]
    for place in range(60):
        add(file, Customer(f"John Berg{place}"))
        add(file, Customer(f"Ann{place} Smith"))

    def work(op):
        op.insert("duplicates", {"customer_id": smiths[1], "other_id": smiths[0], "reason": "name"})
        op.insert("duplicates", {"customer_id": smiths[3], "other_id": smiths[2], "reason": "name"})

    file.run("Import", work)
    assert (smiths[0], smiths[1]) in [proposal.pair for proposal in store_duplicates.propose(file)]
    assert (smiths[2], smiths[3]) not in [proposal.pair for proposal in store_duplicates.propose(file)]


NAMES = st.sampled_from(["Ana", "ana", "Bo Lind", "42", "Čeněk"])
PEOPLE = st.builds(
    Customer,
    name=NAMES,
    kind=st.sampled_from(["person", "organisation"]),
    preferred_name=st.sampled_from(["", "A."]),
    organisation=st.sampled_from(["", "Quill"]),
    since=st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)),
    birthday=st.none() | st.dates(date(1950, 1, 1), date(1955, 1, 1)),
    address=st.sampled_from(["", "1 A St"]),
    city=st.sampled_from(["", "Leith"]),
    notes=st.sampled_from(["", "x", "y"]),
    source_id=st.sampled_from([None, "S1", "S2"]),
    active=st.booleans(),
    contacts=st.lists(
        st.builds(
            Contact, st.just("email"), st.sampled_from(["a@x.org", "A@x.org", "b@x.org"]), st.sampled_from(["", "h"])
        ),
        max_size=3,
    ).map(tuple),
    nicknames=st.lists(NAMES, max_size=2).map(tuple),
)
BELONGINGS = st.tuples(
    PEOPLE,
    st.lists(st.sampled_from(["t1", "t2"]), max_size=2).map(tuple),
    st.integers(0, 2),
    st.sampled_from(["", "G"]),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BELONGINGS, BELONGINGS, st.sets(st.sampled_from(store_merge.ASKED)))
def test_merged_and_taken_apart_everything_is_as_before(file: BusinessFile, one: tuple, two: tuple, take: set[str]):
    kept, other = add(file, *one), add(file, *two)
    before = everything(file)
    operation = merge(file, kept, other, *take)
    with pytest.raises(LookupError):
        store.get(file, other)
    apart(file, operation)
    assert everything(file) == before
    with sqlite3.connect(file.path) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_it_stays_known_which_surveys_either_of_the_two_was_asked(file: BusinessFile):
    kept, other = add(file, MARIA, entries=1), add(file, MARI, entries=1)
    merge(file, kept, other)
    rows = file.rows(
        "SELECT name FROM invitations JOIN surveys ON surveys.id = survey_id WHERE customer_id = ?", (kept,)
    )
    assert sorted(row["name"] for row in rows) == ["Mari Alvares", "Maria Alvarez", "Round"]
