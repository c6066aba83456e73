"""What was printed is kept as it was: once, found by its day, forgotten with Undo, and never read by a list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.reports import store_printed as store
from cvdesk.reports.page_make import Finished
from cvdesk.reports.page_shown import just_made
from cvdesk.reports.records_choices import Chosen, Memory, as_text, from_text
from cvdesk.reports.records_kinds import Made, Wanted
from cvdesk.reports.records_printed import LARGEST, Document
from cvdesk.reports.store_find import customer_of, fitting, named, usual
from tests.figures.shop import TODAY, add_complaint, add_customer, new_shop

_LENGTH_ONLY = 0x40  # OPFLAG_LENGTHARG of SQLite: the column's length is wanted, not its content


@pytest.fixture
def shop(tmp_path: Path):
    with new_shop(tmp_path) as made:
        yield made


def keep(shop: BusinessFile, pdf: bytes = b"%PDF first", **about) -> int:
    document = Document(**{"kind": "summary", "title": "Summary", "made_on": TODAY, "pages": 1, "pdf": pdf} | about)
    return shop.run("Keep", lambda op: store.keep(op, document)).result


def test_a_document_comes_back_as_it_was(shop) -> None:
    found = keep(shop, start=date(2026, 1, 1), end=TODAY, about="Maria", paper="letter", pages=3)
    assert store.pdf_of(shop, found) == b"%PDF first"
    (one,) = store.printed_before(shop, 10)
    assert (one.id, one.title, one.about, one.made_on, one.start, one.end, one.paper, one.pages, one.size) == (
        found, "Summary", "Maria", TODAY, date(2026, 1, 1), TODAY, "letter", 3, 10,
    )  # fmt: skip
    assert store.totals(shop) == (1, 10)


def test_the_same_document_is_kept_once(shop) -> None:
    first = keep(shop)
    assert keep(shop) == first
    keep(shop, b"%PDF second")
    assert keep(shop) == first
    assert store.totals(shop)[0] == 2
    keep(shop, made_on=date(2026, 1, 1))
    keep(shop, names=False)
    assert store.totals(shop)[0] == 4  # of another day; of one in which nobody was to be named


def test_the_newest_stands_first_and_lists_are_cut(shop) -> None:
    for day in (3, 1, 2):
        keep(shop, b"%d" % day, made_on=date(2026, 6, day))
    assert [one.made_on.day for one in store.printed_before(shop, 2)] == [3, 2]


def test_forgetting_can_be_taken_back(shop) -> None:
    found = keep(shop)
    shop.run("Forget", lambda op: store.forget(op, found))
    assert store.totals(shop) == (0, 0)
    with pytest.raises(UserError, match="no longer kept"):
        store.pdf_of(shop, found)
    shop.undo()
    assert store.pdf_of(shop, found) == b"%PDF first"


def test_a_list_reads_no_document(shop) -> None:
    keep(shop)
    columns = [row["name"] for row in shop.rows("PRAGMA table_info(printed)")]
    read = [
        row["p5"] & _LENGTH_ONLY
        for row in shop.rows(f"EXPLAIN {store.LIST}", (5,))
        if row["opcode"] == "Column" and row["p2"] == columns.index("pdf")
    ]
    assert read
    assert all(read)
    plan = " ".join(row["detail"] for row in shop.rows(f"EXPLAIN QUERY PLAN {store.LIST}", (5,)))
    assert "printed_by_day" in plan
    assert "TEMP B-TREE" not in plan


def test_those_that_name_customers_can_be_found(shop) -> None:
    ada = shop.run("Add", lambda op: add_customer(op, "Ada")).result
    keep(shop, b"1", names=False)
    with_names = keep(shop, b"2")
    about_ada = keep(shop, b"3", names=False, customer_id=ada)
    assert {one.id for one in store.holding_names(shop)} == {with_names, about_ada}


@pytest.mark.parametrize(
    ("kind", "names", "named"),
    [
        ("value-strategy", True, True), ("value-strategy", False, False), ("summary", True, False),
        ("letters", True, True), ("guests", True, True), ("poster", True, True), ("customer", False, False),
    ],
)  # fmt: skip
def test_what_is_kept_knows_whether_anybody_is_named_and_whom_it_is_about(shop, kind, names, named) -> None:
    ada = shop.run("Add", lambda op: add_customer(op, "Ada")).result
    about = ada if kind == "customer" else None
    wanted = Wanted(kind, Filter(Period.last_months(12, TODAY)), TODAY, names=names, about=about)
    kept = just_made(shop, Finished(wanted, Made(b"%PDF"), [(595.0, 842.0)]), "").keep
    assert kept is not None
    assert (kept.names, kept.customer_id) == (named, about)


def test_what_is_too_large_is_known_before() -> None:
    assert Document("a", "A", TODAY, 1, b"x" * LARGEST).fits
    assert not Document("a", "A", TODAY, 1, b"x" * (LARGEST + 1)).fits


def test_choices_are_remembered_for_each_kind() -> None:
    chosen = Chosen(False, "letter", frozenset({"voices"}), True, 5)
    memory = Memory().with_kind("summary", chosen).with_kind("themes", Chosen())
    back = from_text(as_text(memory))
    assert (back.kind, back.of("summary"), back.of("themes"), back.of("other")) == (
        "themes", chosen, Chosen(), Chosen(),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kinds": 3}', '{"kinds": {"a": 1}}'])
def test_a_memory_that_cannot_be_read_is_none(text: str) -> None:
    assert from_text(text).of("a") == Chosen()


def test_records_are_found_by_the_beginning_of_a_word_or_their_number(shop) -> None:
    def work(op):
        ada, bob = add_customer(op, "Ada Hill"), add_customer(op, "Bob Adams")
        add_customer(op, "Carl")
        return ada, bob, add_complaint(op, 12, TODAY, {}, customer_id=bob), add_complaint(op, 7, TODAY, {})

    ada, bob, case, other = shop.run("Add", work).result
    assert [one.id for one in fitting(shop, "customers", "ada")] == [ada, bob]
    assert [one.id for one in fitting(shop, "complaints", "12")] == [case]
    assert [one.id for one in fitting(shop, "complaints", "adams")] == [case]
    assert {one.id for one in fitting(shop, "complaints", "")} == {case, other}
    assert named(shop, "complaints", case) == "Complaint 12"
    assert named(shop, "customers", 404) is None
    assert customer_of(shop, "complaints", case) == bob
    assert usual(shop, "customers") is None  # nobody's sheet opens by itself
    assert usual(shop, "surveys") is None


def test_the_only_customer_needs_no_choosing(shop) -> None:
    ada = shop.run("Add", lambda op: add_customer(op, "Ada")).result
    assert usual(shop, "customers") == ada
