"""Searching feedback: what people type, which entries have it, and where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue.records import Business
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.records import Entry
from cvdesk.feedback.searching import match_words, matches, read_search
from cvdesk.feedback.store_list import EntryList, EntryQuery

TODAY = date(2026, 11, 22)
SAID = (
    ("Maria Alvarez", "The bread was late again"),
    ("Maria Alvarez", "Crème brûlée: perfect!"),
    ("Łukasz Żak", "late bread, sold out of rye"),
    ("", "Brot war zu hart, die Straße gesperrt"),
    ("Bread & Co", "the invoice never came"),
    ("", "面包很好吃 but late"),
    ("", "빵이 맛있어요"),
    ("Jo Park", "re-ordered 2 loaves; “sold out” said the sign"),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusinessFile]:
    with make_business(tmp_path_factory.mktemp("search") / "bakery.cvdesk", Business("Bakery")) as made:

        def fill(op):
            people = {name: customers.save(op, Customer(name=name)) for name in dict(SAID) if name}
            for place, (name, text) in enumerate(SAID):
                store.save(op, Entry(date=TODAY - timedelta(days=place), text=text, customer_id=people.get(name)))

        made.run("Fill", fill)
        yield made


def found(file: BusinessFile, text: str, **limits) -> list[int]:
    """The places in SAID of what a search finds, in the order it shows them."""
    texts = [said for _name, said in SAID]
    listed = EntryList(file, EntryQuery(search=text, **limits))
    rows = [texts.index(row.text) for row in listed.fetch(0, 50)]
    assert listed.count() == len(rows)
    again = EntryList(file, EntryQuery(search=text, **limits))
    assert [texts.index(row.text) for row in again.fetch(1, 2)] == rows[1:3]
    return rows


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("br", [0, 1, 2, 3, 4]),  # bread, brûlée, bread, Brot, and the customer called Bread
        ("bro", [3]),
        ("BREAD", [0, 2, 4]),
        ("creme", [1]),
        ("Crème", [1]),
        ("strasse", []),
        ("Straße", [3]),
        ("late bread", [0, 2]),
        ('"late bread"', [2]),
        ('"sold out"', [2, 7]),
        ('"sold ou"', []),
        ("“sold out”", [2, 7]),
        ("bread -rye", [0, 4]),
        ("-late", [1, 3, 4, 6, 7]),
        ('late -"sold out"', [0, 5]),
        ("很好", [5]),
        ("好很", []),
        ("빵", [6]),
        ("maria", [0, 1]),
        ("maria late", [0]),
        ("late maria", [0]),
        ("maria alvarez perf", [1]),
        ("of: maria", [0, 1]),
        ("of:bread", [4]),
        ("of: bread invoice", [4]),
        ("of: nobody", []),
        ("re-ordered", [7]),
        ("2 loaves", [7]),
        ('"', []),
        ("- ( ) *", []),
        ('late" OR "rye', []),
        ("NEAR(", []),
        ("words:late", []),
    ],
)
def test_what_is_found(file: BusinessFile, typed: str, places: list[int]):
    assert found(file, typed) == places


def test_a_search_goes_with_other_limits(file: BusinessFile):
    maria = file.value("SELECT id FROM customers WHERE name LIKE 'Maria%'")
    assert found(file, "late", customer=maria) == [0]
    assert found(file, "maria", kind="praise") == []
    assert found(file, "maria -late", kind="comment") == [1]


def test_the_oldest_can_come_first(file: BusinessFile):
    listed = EntryList(file, EntryQuery(search="maria", oldest_first=True))
    assert [row.text for row in listed.fetch(0, 5)] == [SAID[1][1], SAID[0][1]]
    assert listed.row_of(listed.fetch(1, 1)[0].id) == 1
    assert listed.ids(0, 2) == [row.id for row in listed.fetch(0, 2)]


@given(st.text(max_size=30))
def test_whatever_is_typed_is_no_error_and_finds_what_it_says(file: BusinessFile, typed: str):
    for text in (typed, f'"{typed}"', f"of: {typed}", f"bread {typed}", f"-{typed} late"):
        listed = EntryList(file, EntryQuery(search=text))
        assert listed.count() == len(listed.fetch(0, 100))


@given(st.text(alphabet="aé b\u0301ßQ很빵-\"'_.", max_size=20), st.text(alphabet='aeéb很"- ', max_size=8))
def test_matches_lie_in_the_text_in_order_and_apart(text: str, typed: str):
    ends = -1
    for start, end in matches(text, read_search(typed)):
        assert ends < start < end <= len(text)
        ends = end


def test_matches_are_marked_where_they_are():
    text = "Crème brûlée, late; 很好 LATER"
    marked = [text[start:end] for start, end in matches(text, read_search("creme lat 很好"))]
    assert marked == ["Crème", "late", "很好", "LATER"]
    assert [text[start:end] for start, end in matches(text, read_search('"late" -creme'))] == ["late"]


def test_what_is_left_out_alone_is_no_expression():
    assert match_words("-late") == ""
    assert match_words('bread "sold out" -rye') == '("bread"* AND "sold out") NOT ("rye"*)'
