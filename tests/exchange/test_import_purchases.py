"""Lists of purchases: money in any form, orders with several lines, the same list again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.money import AmountReader
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options
from cvdesk.exchange.run import Outcome, plan, run_import
from cvdesk.exchange.undo_import import undo_import

TODAY = date(2026, 11, 22)
SALES = """Order ID,Customer,Email,Order date,Product,Total
1001,Ann Lee,ann@example.com,2026-01-05,Rye bread,"£1,204.50"
1001,Ann Lee,ann@example.com,2026-01-05,Cake,3.20
1002,Bob Ray,,2026-01-06,Rye bread,-4.20
1003,,,2026-01-07,Rye bread,4.20
1004,Bob Ray,,2026-01-08,Cake,a lot
1005,Bob Ray,,2026-01-09,Cake,
"""


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "shop.cvdesk", Business("Corner Shop")) as made:
        yield made


def bring(file: BusinessFile, content: str, **options: Any) -> Outcome:
    path = file.path.with_name("sales.csv")
    path.write_text(content, encoding="utf-8", newline="")
    planned = plan(path, "purchases", Options(**options), file, TODAY)
    tried = run_import(file, planned, TODAY, dry_run=True)
    done = run_import(file, planned, TODAY)
    assert counts(tried) == counts(done)
    assert tried.customers_made == done.customers_made
    return done


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    assert outcome.read == outcome.added + outcome.updated + outcome.skipped + outcome.rejected
    return outcome.read, outcome.added, outcome.updated, outcome.skipped, outcome.rejected


def bought(file: BusinessFile) -> list[tuple[Any, ...]]:
    sql = """SELECT customers.name, date, offerings.name AS what, amount_minor, purchases.source_id FROM purchases
    JOIN customers ON customers.id = customer_id LEFT JOIN offerings ON offerings.id = offering_id
    ORDER BY purchases.id"""
    return [tuple(row) for row in file.rows(sql)]


def test_sales_become_purchases_of_customers_made_on_the_way(file: BusinessFile) -> None:
    outcome = bring(file, SALES)
    assert counts(outcome) == (6, 4, 0, 0, 2)
    assert outcome.customers_made == 2
    assert bought(file) == [
        ("Ann Lee", "2026-01-05", "Rye bread", 120450, "1001"), ("Ann Lee", "2026-01-05", "Cake", 320, "1001"),
        ("Bob Ray", "2026-01-06", "Rye bread", -420, "1002"), ("Bob Ray", "2026-01-09", "Cake", None, "1005"),
    ]  # fmt: skip
    reasons = [reason for reason, _row in outcome.left_out]
    assert reasons == ["the customer is missing", "“a lot” is no amount of money"]


def test_the_same_sales_again_add_nothing_and_a_later_list_adds_what_is_new(file: BusinessFile) -> None:
    bring(file, SALES)
    assert counts(bring(file, SALES)) == (6, 0, 0, 4, 2)
    later = SALES.split("\n", 2)[0] + "\n1005,Bob Ray,,2026-01-09,Cake,\n1006,Bob Ray,,2026-02-01,Cake,3.20\n"
    assert counts(bring(file, later)) == (2, 1, 0, 1, 0)


def test_the_same_sales_again_add_nothing_though_one_was_corrected(file: BusinessFile) -> None:
    bring(file, SALES)
    cake = file.value("SELECT id FROM purchases WHERE amount_minor = 320")
    ann = file.value("SELECT id FROM customers WHERE name = 'Ann Lee'")
    file.run("correct", lambda op: op.update("purchases", cake, {"amount_minor": 350}))
    file.run("rename", lambda op: op.update("customers", ann, {"name": "Anne Lee", "name_key": "anne lee"}))
    assert counts(bring(file, SALES)) == (6, 0, 0, 4, 2)
    assert file.value("SELECT count(*) FROM customers") == 2


def test_without_ids_what_was_bought_twice_stays_twice(file: BusinessFile) -> None:
    content = "date;customer;amount\n05.01.2026;Ann;3,20\n05.01.2026;Ann;3,20\n06.01.2026;Ann;1.003,20\n"
    assert counts(bring(file, content)) == (3, 3, 0, 0, 0)
    assert [row[3] for row in bought(file)] == [320, 320, 100320]
    assert counts(bring(file, content)) == (3, 0, 0, 3, 0)
    first = file.value("SELECT min(id) FROM purchases")
    file.run("correct", lambda op: op.update("purchases", first, {"amount_minor": 330}))
    assert counts(bring(file, content)) == (3, 0, 0, 3, 0)
    assert counts(bring(file, content + "06.01.2026;Ann;9,99\n")) == (4, 1, 0, 3, 0)


def test_the_decimal_mark_may_be_named(file: BusinessFile) -> None:
    content = 'date,customer,amount\n2026-01-05,Ann,"1,204"\n'
    outcome = bring(file, content)
    assert [row[3] for row in bought(file)] == [120400]
    assert any("--decimal" in note for note in outcome.notes)
    undo_import(file)
    outcome = bring(file, content, decimal="comma")
    assert [row[3] for row in bought(file)] == [120]
    assert not any("--decimal" in note for note in outcome.notes)


def test_one_undo_takes_sales_and_customers_back(file: BusinessFile) -> None:
    bring(file, SALES)
    file.undo()
    assert file.value("SELECT (SELECT count(*) FROM purchases) + (SELECT count(*) FROM customers)") == 0
    assert file.value("SELECT count(*) FROM offerings") == 0
    file.redo()
    assert len(bought(file)) == 4


@pytest.mark.parametrize("content", ["date,amount\n2026-01-01,2\n", "customer,amount\nAnn,2\n"])
def test_a_list_without_customers_or_dates_is_refused(file: BusinessFile, content: str) -> None:
    with pytest.raises(UserError, match="No column with"):
        bring(file, content)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12.50", 1250), ("£1,234.50", 123450), ("(4.20)", -420), ("12.5-", -1250), ("GBP 5", 500), ("−$5.00", -500),
        ("$ -5.00", -500), ("1e3", 100000), ("1 234.5", 123450), (".5", 50), ("0.005", 1),
    ],
)  # fmt: skip
def test_amounts_with_a_decimal_point(text: str, minor: int) -> None:
    assert AmountReader("point", 2).read(text) == minor


@pytest.mark.parametrize(
    ("text", "minor"), [("12,50", 1250), ("1.234,50 €", 123450), ("5,-", 500), ("1'234,50", 123450), ("7", 700)]
)
def test_amounts_with_a_decimal_comma(text: str, minor: int) -> None:
    assert AmountReader("comma", 2).read(text) == minor


@pytest.mark.parametrize("text", ["12,50", "abc", "", "1.2.3", "€", "--5", "+5-", "9" * 20, "12 apples and 3"])
def test_what_is_no_amount_is_never_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|way|till"):
        AmountReader("point", 2).read(text)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["point", "comma"]), st.sampled_from([0, 2, 3]))
def test_amounts_come_back_as_written(minor: int, decimal: str, digits: int) -> None:
    whole, rest = divmod(abs(minor), 10**digits)
    mark, group = (".", ",") if decimal == "point" else (",", ".")
    text = f"{whole:,}".replace(",", group) + (f"{mark}{rest:0{digits}d}" if digits else "")
    assert AmountReader(decimal, digits).read(("-" if minor < 0 else "") + text) == minor
