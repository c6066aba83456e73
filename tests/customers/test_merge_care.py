"""What care keeps of a customer when two are made one, taken apart again, or deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cvdesk.care.store_rhythm import set_rhythm
from cvdesk.care.store_snooze import put_off, snooze
from cvdesk.catalogue.records import Business
from cvdesk.customers import store, store_many, store_merge
from cvdesk.customers.records import Customer
from cvdesk.customers.store_contact import rhythm_of
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.reports import store_printed
from cvdesk.reports.records_printed import Document

DAY = date(2026, 3, 3)
LATER = date(2026, 4, 1)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def two(file: BusinessFile) -> tuple[int, int]:
    return add(file, "Ada"), add(file, "Ada B")


def add(file: BusinessFile, name: str) -> int:
    return int(file.run("Add", lambda op: store.save(op, Customer(name))).result)


def merge(file: BusinessFile, kept: int, other: int) -> int:
    return file.run("Merge", lambda op: store_merge.merge(op, kept, other)).operation_id


def test_of_two_rhythms_one_is_left_and_can_be_ended(file: BusinessFile, two: tuple[int, int]) -> None:
    kept, other = two
    for customer, days in ((kept, 30), (other, 60)):
        file.run("Rhythm", lambda op, who=customer, days=days: set_rhythm(op, who, days))
    made = merge(file, kept, other)
    assert rhythm_of(file, kept).days == 30
    file.run("None", lambda op: set_rhythm(op, kept, None))
    assert rhythm_of(file, kept) is None
    file.undo()
    file.run("Apart", lambda op: store_merge.take_apart(op, made))
    assert [rhythm_of(file, one).days for one in two] == [30, 60]


def attendances(file: BusinessFile) -> list[tuple[int, str]]:
    return [tuple(row) for row in file.rows("SELECT customer_id, state FROM attendances ORDER BY customer_id")]


@pytest.mark.parametrize(
    ("mine", "theirs", "then"),
    [("invited", "came", "came"), ("came", "invited", "came"), ("declined", "coming", "coming")],
)
def test_whoever_of_the_two_came_was_there(
    file: BusinessFile, two: tuple[int, int], mine: str, theirs: str, then: str
) -> None:
    def meet(op):
        evening = op.insert("gatherings", {"name": "Tasting", "date": "2026-02-01"})
        for customer, state in zip(two, (mine, theirs), strict=True):
            op.insert("attendances", {"gathering_id": evening, "customer_id": customer, "state": state})

    file.run("Meet", meet)
    made = merge(file, *two)
    assert attendances(file) == [(two[0], then)]
    file.run("Apart", lambda op: store_merge.take_apart(op, made))
    assert attendances(file) == [(two[0], mine), (two[1], theirs)]


def test_what_was_put_off_goes_with_the_customer(file: BusinessFile, two: tuple[int, int]) -> None:
    kept, other = two
    file.run("Later", lambda op: snooze(op, "check_in", other, LATER, "Away"))
    made = merge(file, kept, other)
    assert put_off(file, DAY) == {("check_in", kept): (LATER, "Away")}
    file.run("Apart", lambda op: store_merge.take_apart(op, made))
    assert put_off(file, DAY) == {("check_in", other): (LATER, "Away")}


@pytest.mark.parametrize("many", [False, True])
def test_nothing_is_put_off_for_whoever_is_gone(file: BusinessFile, two: tuple[int, int], many: bool) -> None:
    file.run("Later", lambda op: snooze(op, "risk", two[0], LATER, "In hospital"))
    file.run("Delete", lambda op: store_many.delete_many(op, two[:1]) if many else store.delete(op, two[0]))
    assert file.rows("SELECT reason FROM snoozes") == []
    file.undo()
    assert put_off(file, DAY) == {("risk", two[0]): (LATER, "In hospital")}


def test_what_was_printed_about_somebody_goes_with_them(file: BusinessFile, two: tuple[int, int]) -> None:
    kept, other = two
    sheet = Document("customer", "Customer sheet", DAY, 1, b"%PDF \x00\xff", customer_id=other)
    printed = file.run("Keep", lambda op: store_printed.keep(op, sheet)).result
    made = merge(file, kept, other)
    assert [one.customer_id for one in store_printed.printed_before(file, 9)] == [kept]
    file.undo()
    assert [one.customer_id for one in store_printed.printed_before(file, 9)] == [other]
    file.redo()
    file.run("Apart", lambda op: store_merge.take_apart(op, made))
    assert [one.customer_id for one in store_printed.printed_before(file, 9)] == [other]
    assert store_printed.pdf_of(file, printed) == sheet.pdf


def test_every_table_that_knows_customers_is_thought_of_when_two_are_made_one(file: BusinessFile) -> None:
    seen_to = {*store_merge._BELONGS, "duplicates", "referrals"}
    tables = [row[0] for row in file.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    known = {
        table
        for table in tables
        for key in file.rows(f"PRAGMA foreign_key_list({table})")
        if key["table"] == "customers"
    }
    assert known <= seen_to
