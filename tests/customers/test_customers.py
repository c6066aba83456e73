"""Customers on disk, found by whatever people type, and on their card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.customers import store
from cvdesk.customers.people import People, Person
from cvdesk.customers.records import Contact, Customer, contact_key, is_email, is_phone, problems
from cvdesk.customers.store_card import card
from cvdesk.customers.store_list import CustomerList, CustomerQuery
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business

MARIA = Customer(
    name="María Álvarez", preferred_name="María", city="Leith", since=date(2024, 3, 1),
    contacts=(Contact("email", "Maria@Example.org"), Contact("phone", "020 7946 0018", "shop")),
    nicknames=("the violin teacher",),
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def save(file: BusinessFile, customer: Customer) -> int:
    return file.run("Save customer", lambda op: store.save(op, customer)).result


def test_a_customer_is_kept_changed_and_taken_back_whole(file: BusinessFile):
    tag = file.run("Tag", lambda op: catalogue.ensure(op, "tags", "Regular")).result
    maria = save(file, replace(MARIA, tags=(tag,)))
    kept = store.get(file, maria)
    assert kept == replace(MARIA, tags=(tag,), id=maria)
    changed = replace(
        kept, name="Maria Alvarez-Diaz", contacts=(Contact("email", "m@example.org"),), nicknames=(), tags=()
    )
    save(file, changed)
    assert store.get(file, maria) == changed
    file.undo()
    assert store.get(file, maria) == kept
    file.run("Delete", lambda op: store.delete(op, maria))
    with pytest.raises(LookupError):
        store.get(file, maria)
    file.undo()
    assert store.get(file, maria) == kept


def test_a_customer_without_a_name_is_refused(file: BusinessFile):
    with pytest.raises(UserError, match="needs a name"):
        save(file, Customer(name="  "))


@pytest.mark.parametrize(
    "typed", ["maria", "alv", "MARIA ALVAREZ", "the violin", "maria@example.org", "+44 20 7946 0018", "(020) 7946-0018"]
)
def test_matches_by_name_word_nickname_and_contact(file: BusinessFile, typed: str):
    maria = save(file, MARIA)
    save(file, Customer(name="Jo Park"))
    assert [(match.id, match.detail) for match in store.find_matches(file, typed)] == [(maria, "Leith")]
    assert store.capture_customers(file).find(typed).candidates[:1] or typed in ("alv", "the violin")


def test_marks_of_a_search_pattern_mean_themselves(file: BusinessFile):
    save(file, MARIA)
    assert [store.find_matches(file, typed) for typed in ("%", "_", "\\", "")] == [[], [], [], []]


def test_lists_by_name_with_search_segment_and_tag(file: BusinessFile):
    def work(op):
        segment = catalogue.ensure(op, "segments", "Cafés")
        tag = catalogue.ensure(op, "tags", "Regular")
        ids = [
            store.save(
                op, Customer(name=name, segment_id=segment if name < "C" else None, tags=(tag,) if name > "B" else ())
            )
            for name in ("Ada", "bea", "Cléo", "Dan")
        ]
        store.save(op, Customer(name="Gone", active=False))
        return segment, tag, ids

    segment, tag, ids = file.run("Add", work).result
    listed = CustomerList(file)
    assert ([row.name for row in listed.fetch(1, 2)], listed.count()) == (["bea", "Cléo"], 4)
    assert [listed.row_of(customer) for customer in ids] == [0, 1, 2, 3]
    assert [row.name for row in CustomerList(file, CustomerQuery(search="cleo")).fetch(0, 9)] == ["Cléo"]
    assert [row.name for row in CustomerList(file, CustomerQuery(segment=segment)).fetch(0, 9)] == ["Ada"]
    assert [row.name for row in CustomerList(file, CustomerQuery(tag=tag)).fetch(0, 9)] == ["bea", "Cléo", "Dan"]
    assert CustomerList(file, CustomerQuery(with_inactive=True)).count() == 5


def test_the_card_has_everything_on_one_timeline(file: BusinessFile):
    maria = save(file, MARIA)

    def work(op):
        common = {"customer_id": maria}
        op.insert("entries", {**common, "date": "2026-01-05", "text": "late", "rating": 2.0, "needs_answer": 1})
        op.insert("complaints", {**common, "date": "2026-02-05", "number": 1, "text": "late again"})
        op.insert("purchases", {**common, "date": "2025-12-24", "amount_minor": 1250})
        op.insert(
            "assessments", {**common, "date": "2026-03-01", "kind": "customer", "form": "minute", "state": "done"}
        )
        op.insert("touches", {**common, "date": "2026-03-02", "kind": "contact", "done": "2026-03-02", "note": "rang"})

    file.run("Add", work)
    shown = card(file, maria)
    assert [moment.table for moment in shown.timeline] == [
        "touches",
        "assessments",
        "complaints",
        "entries",
        "purchases",
    ]
    assert (shown.entries, shown.complaints, shown.open_complaints, shown.unanswered) == (1, 1, 1, 1)
    assert (shown.purchases, shown.spent_minor) == (1, 1250)
    assert (shown.first, shown.last) == (date(2025, 12, 24), date(2026, 3, 2))
    (row,) = CustomerList(file).fetch(0, 5)
    assert (row.entries, row.complaints, row.last) == (1, 1, date(2026, 3, 2))


def test_what_is_wrong_with_a_customer():
    wrong = Customer(name="", since=date(2027, 1, 1), contacts=(Contact("email", "maria@"),))
    assert set(problems(wrong, date(2026, 11, 22))) == {"name", "since", "contacts"}
    assert problems(MARIA) == {}


def test_contacts_are_compared_in_one_form():
    assert contact_key("phone", "020 7946 0018", "GB") == contact_key("phone", "+44 (0)20 7946 0018", "DE")
    assert contact_key("email", " Maria@Example.ORG ", "GB") == "maria@example.org"
    assert contact_key("web", "https://www.example.org/", "") == "example.org"
    assert is_email("maria@example.org")
    assert not is_email("maria at example")
    assert not is_phone("2 stars")


def test_typing_errors_find_the_one_clear_customer():
    people = People(
        [Person(1, "Maria Alvarez"), Person(2, "Jo Park"), Person(3, "Jon Park"), Person(4, "Peter Larsen")]
    )
    assert people.find("maria alvares").one is not None
    assert people.find("petr larsen").one is not None
    assert {found.id for found in people.find("joh park").candidates} == {2, 3}
    assert people.find("somebody else").candidates == ()


@given(st.lists(st.text(min_size=1, max_size=20), max_size=8), st.text(max_size=30))
def test_any_text_can_be_looked_for(names: list[str], typed: str):
    people = People(Person(place, name) for place, name in enumerate(names))
    assert len(people) == len(names)
    assert all(people.name(candidate.id) == candidate.name for candidate in people.find(typed).candidates)
