"""Who may be the same customer twice: what is found, what is doubtful, and families that are never taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.customers.records_match import Compared, Likeness, compared
from cvdesk.customers.records_names import alike, day_alike, read_name, read_place
from cvdesk.customers.records_pairs import find_pairs

HOME = {"address": "12 Harbour Street", "city": "Leith"}
# Other people, so that names are as common as they are somewhere.
CROWD = [
    compared(1000 + n, f"{('Lena', 'Lina', 'Jo', 'Peter', 'Anna')[n % 5]} {('Smith', 'Khan', 'Berg', 'Rossi')[n // 5]}")
    for n in range(20)
]


def found(one: Compared, other: Compared) -> Likeness | None:
    pairs = find_pairs([one, other, *CROWD])
    return next((why for first, second, why in pairs if {first, second} == {one.id, other.id}), None)


def pair(name: str, other: str, more: dict | None = None, other_more: dict | None = None) -> Likeness | None:
    return found(compared(1, name, **(more or {})), compared(2, other, **(other_more or {})))


@pytest.mark.parametrize(
    ("name", "other", "more", "other_more"),
    [
        ("Maria Alvarez", "María Álvarez", {}, {}),
        ("Maria Alvarez", "Alvarez, Maria", {}, {}),
        ("Maria Alvarez", "Alvarez Maria", {}, {}),
        ("Maria Alvarez", "Mria Alvares", HOME, {"address": "Harbour St 12", "city": "Leith"}),
        ("Ja ck Matthews", "Jack Matthews", HOME, HOME),
        ("Robert Quill", "Bob Quill", {"phones": ["+441"]}, {"phones": ["+441"]}),
        ("M. Alvarez", "Maria Alvarez", {"emails": ["m@x.org"]}, {"emails": ["m@x.org"]}),
        ("Maria Alvarez", "Maria Alvarez", {"birthday": "1980-03-12"}, {"birthday": "1980-12-03"}),
        ("Maria Alvarez", "Maria Alvares", {"birthday": "1980-03-12"}, {"birthday": "1980-03-21"}),
        ("Maria Alvarez", "Maria Berg", {"birthday": "1980-03-12", **HOME}, {"birthday": "1980-03-12", **HOME}),
        ("Ines Costa-Oakley", "Ines Oakley", HOME, HOME),
        ("Anna Maria Lopez", "Maria Lopez", HOME, HOME),
        ("Alvarez", "Maria Alvarez", {"birthday": "1980-03-12", **HOME}, {"birthday": "1980-03-12", **HOME}),
        ("Jan van der Meer", "Jan vander Meer", HOME, HOME),
    ],
)
def test_the_same_one_twice_is_found(name: str, other: str, more: dict, other_more: dict):
    why = pair(name, other, more, other_more)
    assert why is not None
    assert not why.doubt


TWIN = {"birthday": "1990-05-05", **HOME}


@pytest.mark.parametrize(
    ("name", "other", "more", "other_more"),
    [
        # A couple with one address, one phone and one e-mail address.
        ("Peter Larsen", "Anna Larsen", {**HOME, "emails": ["l@x.org"], "phones": ["+1"]},
         {**HOME, "emails": ["l@x.org"], "phones": ["+1"]}),
        # A father and a son.
        ("John Quill", "John Quill jr", HOME, HOME),
        ("John Quill sen.", "John Quill junior", HOME, HOME),
        ("Mr Quill", "Mrs Quill", HOME, HOME),
        # Twins who each have an address of their own.
        ("Eva Quill", "Tom Quill", {**TWIN, "emails": ["e@x.org"]}, {**TWIN, "emails": ["t@x.org"]}),
        # Brothers and sisters, neighbours, people of one common name.
        ("Eva Quill", "Tom Quill", {**HOME, "birthday": "1990-05-05"}, {**HOME, "birthday": "1992-01-30"}),
        ("Gina Quill", "Tina Quill", HOME, HOME),
        ("Lena Quill", "Lina Quill", HOME, HOME),  # both are names of others as well
        ("Maria Alvarez", "Maria Berg", HOME, {"address": "14 Harbour Street", "city": "Leith"}),
        ("Maria Alvarez", "Maria Alvarez", {"birthday": "1980-03-12"}, {"birthday": "1961-07-30"}),
        ("Maria", "Maria", {}, {}),
        ("Ines Costa-Oakley", "Ines Costa-Jessop", {"city": "Leith"}, {"city": "Leith"}),
        ("Peter Smith", "Peter Khan", {"birthday": "1980-03-12"}, {"birthday": "1980-03-12"}),
    ],
)  # fmt: skip
def test_families_and_neighbours_are_different_people(name: str, other: str, more: dict, other_more: dict):
    assert pair(name, other, more, other_more) is None


def test_twins_and_parents_with_everything_else_alike_are_shown_as_doubtful_only():
    twins = pair("Eva Quill", "Tom Quill", TWIN, TWIN)
    assert twins is not None
    assert twins.doubt == "given"
    generations = pair("John Quill", "John Quill", TWIN, {**TWIN, "birthday": "1961-01-30"})
    assert generations is not None
    assert generations.doubt == "birthday"


def test_a_common_name_alone_is_no_reason_among_many():
    many = [compared(n, "John Smith" if n % 40 == 0 else f"{chr(97 + n % 26)}o{n} Berg{n % 97}") for n in range(4000)]
    assert [why for one, other, why in find_pairs(many) if one % 40 == 0 and other % 40 == 0] == []


def test_firms_are_compared_without_their_legal_form_and_branches_are_kept_apart():
    def firms(name: str, other: str) -> Likeness | None:
        return found(
            compared(1, name, "organisation", phones=["+1"]), compared(2, other, "organisation", phones=["+1"])
        )

    assert firms("Harbour Bakery Ltd", "The Harbour Bakery Limited") is not None
    assert firms("Harbour Bakery Leith", "Harbour Bakery Granton") is None


def test_why_two_may_be_one_is_said():
    why = pair("Maria Alvarez", "Maria Alvares", {**HOME, "emails": ["m@x.org"], "birthday": "1980-03-12"},
               {**HOME, "emails": ["m@x.org"], "birthday": "1980-03-12"})  # fmt: skip
    assert why is not None
    assert set(why.reasons) == {"name_alike", "birthday", "address", "email"}


def test_names_and_addresses_are_taken_apart():
    assert read_name("Dr. John van der Berg jun.").words == ("john", "vanderberg")
    assert read_name("O’Neil, Seán").words == ("sean", "oneil")
    assert read_place("Hauptstraße 12a", "").number == read_place("12a Haupt Str", "").number == "12a"
    assert read_place("Flat 2, 98 Great Junction St, EH6 5LD", "Leith").words == ("great", "junction")


def test_a_day_with_one_error_is_alike():
    assert day_alike("1980-03-12", "1980-03-13") == day_alike("1980-03-12", "1980-12-03") == "alike"
    assert day_alike("1980-03-12", "1908-03-12") == "alike"
    assert day_alike("1980-03-12", "1981-04-12") == "differs"


@given(st.text(max_size=12), st.text(max_size=12))
def test_words_are_compared_both_ways_alike(one: str, other: str):
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) == "same"


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20), st.booleans()), max_size=12))
def test_whatever_stands_in_a_list_it_can_be_compared(rows: list[tuple[str, str, bool]]):
    people = [
        compared(n, name, "organisation" if firm else "person", "1980-03-12", address, name)
        for n, (name, address, firm) in enumerate(rows)
    ]
    for one, other, why in find_pairs(people):
        assert one < other
        assert why.reasons
