"""Documents about people as the gallery and the command line make them, of the sample business."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import BusinessFile, Operation, open_file
from cvdesk.errors import UserError
from cvdesk.exchange.sample import make_sample
from cvdesk.reports.kinds import make
from cvdesk.reports.kinds_people import KINDS
from cvdesk.reports.records_kinds import Wanted
from cvdesk.reports.store_about import chosen_record
from tests.figures.shop import add_complaint, add_customer, new_shop

TODAY = date(2026, 11, 21)
YEAR = Filter(Period.last_months(12, TODAY))


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusinessFile]:
    path = tmp_path_factory.mktemp("sample") / "bakery.cvdesk"
    make_sample(path, today=TODAY)
    with open_file(path) as file:
        yield file


def made(file: BusinessFile, kind: str, about: int) -> str:
    found = PdfReader(io.BytesIO(make(file, Wanted(kind, YEAR, TODAY, about=about)).pdf))
    return " ".join(" ".join(page.extract_text() for page in found.pages).split())


def test_letters_and_call_list_go_to_those_who_wait_to_be_told(bakery: BusinessFile) -> None:
    action = chosen_record(bakery, "letters", {"action": "Evening collection until seven"})
    assert action is not None
    letters, calls = made(bakery, "letters", action), made(bakery, "calls", action)
    assert "Dear Daniel Moss," in letters
    assert "60 Mill Lane" in letters
    assert "Daniel Moss" in calls
    assert "01632 960172" in calls


def test_the_letters_take_the_text_the_care_page_keeps(bakery: BusinessFile) -> None:
    action = chosen_record(bakery, "letters", {"action": "Evening collection until seven"}) or 0
    bakery.save_draft("care:loop-text", '{"text": "Hello {name}, come at seven.", "subject": "Seven"}')
    assert "Hello Daniel Moss, come at seven." in made(bakery, "letters", action)
    bakery.save_draft("care:loop-text", "")


def test_the_welcome_sheet_is_of_the_newest_first_steps(bakery: BusinessFile) -> None:
    customer = bakery.value("SELECT customer_id FROM touches WHERE kind = 'onboarding' LIMIT 1")
    assert "Welcome, " in made(bakery, "welcome", customer)


def test_the_guest_list_says_that_it_is_private(bakery: BusinessFile) -> None:
    event = chosen_record(bakery, "guests", {"event": "Open oven evening"}) or 0
    assert "keep this list to yourself" in made(bakery, "guests", event)


@pytest.mark.parametrize(("kind", "table"), [("letters", "actions"), ("calls", "actions"), ("welcome", "customers")])
def test_where_there_is_nobody_it_says_so(bakery: BusinessFile, kind: str, table: str) -> None:
    nobody = {
        "actions": "SELECT id FROM actions WHERE status = 'idea' AND theme_id IS NULL AND entry_id IS NULL LIMIT 1",
        "customers": "SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM touches) LIMIT 1",
    }[table]
    about = bakery.value(nobody)
    with pytest.raises(UserError):
        make(bakery, Wanted(kind, YEAR, TODAY, about=about or 0))


def test_a_customer_is_found_by_any_of_their_addresses(bakery: BusinessFile) -> None:
    maria = bakery.value("SELECT id FROM customers WHERE name = 'Maria Alvarez'")
    assert chosen_record(bakery, "customer", {"customer": "maria@example.org"}) == maria
    assert chosen_record(bakery, "customer", {"customer": "maria alvarez"}) == maria


@pytest.fixture
def people(tmp_path: Path) -> Iterator[BusinessFile]:
    """Twelve customers without anything special, and those with names that are alike."""
    with new_shop(tmp_path) as file:
        names = [*(f"Aaron {letter}ude" for letter in "BCDFGHJKLMNP"), "Alan Carter", "Zoë Smith-Jones"]
        file.run("Add", lambda op: [add_customer(op, name) for name in names])
        yield file


def customer(file: BusinessFile, said: str) -> str:
    found = chosen_record(file, "customer", {"customer": said})
    return str(file.value("SELECT name FROM customers WHERE id = ?", (found,)))


@pytest.mark.parametrize(
    ("said", "name"),
    [("Alan", "Alan Carter"), ("carter", "Alan Carter"), ("cart al", "Alan Carter"), ("ZOE", "Zoë Smith-Jones"),
     ("Jones", "Zoë Smith-Jones"), ("smith-j", "Zoë Smith-Jones")],
)  # fmt: skip
def test_a_part_of_a_name_is_enough_where_one_has_it(people: BusinessFile, said: str, name: str) -> None:
    assert customer(people, said) == name


def test_a_whole_name_goes_before_a_part_and_several_parts_are_listed(people: BusinessFile) -> None:
    people.run("Add", lambda op: [add_customer(op, name) for name in ("Alan", "Alan Carterton")])
    assert customer(people, "alan") == "Alan"
    with pytest.raises(UserError, match="Several fit “Carter”") as caught:
        customer(people, "Carter")
    assert "Alan Carter (" in caught.value.to_do
    assert "Alan Carterton (" in caught.value.to_do
    assert "Aaron" not in caught.value.to_do


@pytest.mark.parametrize("said", ["lan", "Allan Cartr", "--", "Xqzw"])
def test_where_none_fits_the_likest_are_named_else_the_first(people: BusinessFile, said: str) -> None:
    with pytest.raises(UserError, match=f"Nothing fits “{said}”") as caught:
        customer(people, said)
    if said == "Allan Cartr":
        assert caught.value.to_do.startswith("Choose one: Alan Carter (")
    if said in ("--", "Xqzw"):
        assert "Aaron Bude" in caught.value.to_do
        assert caught.value.to_do.endswith(" ….")


def test_two_of_one_name_are_told_apart_by_how_they_are_reached(people: BusinessFile) -> None:
    def add(op: Operation) -> None:
        for kind, value in (("email", "mia@example.org"), ("phone", "01632 960100"), ("", "")):
            who = add_customer(op, "Mia Bell")
            if kind:
                op.insert("contacts", {"customer_id": who, "kind": kind, "value": value, "match_key": value})

    people.run("Add", add)
    ids = [row["id"] for row in people.rows("SELECT id FROM customers WHERE name = 'Mia Bell' ORDER BY id")]
    with pytest.raises(UserError, match="Several fit") as caught:
        customer(people, "Mia Bell")
    for part in (f"(mia@example.org, {ids[0]})", f"(01632 960100, {ids[1]})", f"Mia Bell ({ids[2]})"):
        assert part in caught.value.to_do


def test_a_part_of_a_number_is_no_complaint(people: BusinessFile) -> None:
    people.run("Add", lambda op: add_complaint(op, 12, TODAY, {}))
    with pytest.raises(UserError, match="Nothing fits “1”"):
        chosen_record(people, "evidence", {"complaint": "1"})
    assert chosen_record(people, "evidence", {"complaint": "#12"})


def test_every_kind_about_people_makes_the_same_bytes_twice(bakery: BusinessFile) -> None:
    about = {
        "customers": bakery.value("SELECT customer_id FROM touches WHERE kind = 'onboarding' LIMIT 1"),
        "complaints": bakery.value("SELECT id FROM complaints LIMIT 1"),
        "actions": chosen_record(bakery, "letters", {"action": "Evening collection until seven"}),
        "gatherings": bakery.value("SELECT id FROM gatherings LIMIT 1"),
    }
    for kind in KINDS:
        wanted = Wanted(kind.key, YEAR, TODAY, about=about[kind.about])
        assert make(bakery, wanted) == make(bakery, wanted), kind.key
