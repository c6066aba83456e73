"""Who may stay away: gathered from the file, said in words, tested on the past, counted as the owner wants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.customers import store
from cvdesk.customers.records import Customer
from cvdesk.customers.records_risk import RiskBook, band_name, points_from, reasons_in_words, trial_in_words
from cvdesk.customers.store_risk import points, risk_book, save_points
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.stats.at_risk import STANDARD, Points

TODAY = date(2026, 11, 21)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def add(file: BusinessFile, name: str, *days_ago: int, active: bool = True) -> int:
    def work(op):
        made = store.save(op, Customer(name, active=active))
        for days in days_ago:
            op.insert("purchases", {"customer_id": made, "date": (TODAY - timedelta(days=days)).isoformat()})
        return made

    return int(file.run("Add", work).result)


def answer(file: BusinessFile, customer: int, key: str, value: float, days_ago: int) -> None:
    def work(op):
        sheet = op.insert("assessments", {
            "kind": "customer", "form": "minute", "state": "done", "customer_id": customer,
            "date": (TODAY - timedelta(days=days_ago)).isoformat(),
        })  # fmt: skip
        version = op.value(
            "SELECT question_versions.id FROM question_versions JOIN questions ON questions.id = question_id"
            " WHERE key = ?",
            (key,),
        )
        values = {"assessment_id": sheet, "question_version_id": version, "state": "answered", "value": value}
        op.insert("answers", values)

    file.run("Answer", work)


def complain(file: BusinessFile, customer: int, days_ago: int, **more: object) -> None:
    def work(op):
        number = (op.value("SELECT max(number) FROM complaints") or 0) + 1
        day = (TODAY - timedelta(days=days_ago)).isoformat()
        op.insert("complaints", {"customer_id": customer, "number": number, "date": day, **more})

    file.run("Complain", work)


def reasons(book: RiskBook, customer: int) -> list[str]:
    risk = book.of(customer)
    return [] if risk is None else reasons_in_words(risk, book.points, TODAY)


def test_a_customer_who_is_late_by_the_own_rhythm(file: BusinessFile):
    late = add(file, "Ana", 82, 68, 54, 40)
    on_time = add(file, "Bo", 42, 28, 14)
    book = risk_book(file, TODAY)
    assert reasons(book, late) == ["Usually buys every 14 days; nothing for 40 days"]
    found = book.of(late)
    assert found is not None
    assert (found.score.points, found.score.band) == (2, "watch")
    assert book.of(on_time) is None
    assert book.ids("watch") == [late]


def test_without_a_rhythm_the_business_tells_what_is_usual(file: BusinessFile):
    add(file, "Ana", 30, 20, 10)
    once = add(file, "Bo", 16)
    assert reasons(risk_book(file, TODAY), once) == [
        "Customers here usually buy every 10 days; nothing from this one for 16 days"
    ]
    assert risk_book(file, TODAY - timedelta(days=4)).of(once) is None


def test_answers_and_complaints_count_and_are_said(file: BusinessFile):
    ana = add(file, "Ana")
    answer(file, ana, "satisfaction", 2, 30)
    answer(file, ana, "recommend", 6, 400)
    complain(file, ana, 20, resolve_by="2026-11-10")
    complain(file, ana, 100, stage="closed", resolved="2026-08-20", closed="2026-08-21")
    book = risk_book(file, TODAY)
    assert reasons(book, ana) == [
        "Answered 2 of 5 when asked how it was (22 Oct)",
        "Would rather not recommend you: 6 of 10 (17 Oct 2025)",
        "1 complaint is overdue",
        "2 complaints in 180 days",
    ]
    assert book.ids("at_risk") == [ana]
    assert band_name("at_risk") == "At risk"


def test_only_the_last_answer_and_recent_ones_count(file: BusinessFile):
    ana = add(file, "Ana")
    answer(file, ana, "worth_it", 1, 181)
    answer(file, ana, "satisfaction", 1, 60)
    answer(file, ana, "satisfaction", 4, 5)
    answer(file, ana, "recommend", 3, 60)
    answer(file, ana, "recommend", 9, 5)
    complain(file, ana, 5, outcome="spam", stage="closed", closed="2026-11-20")
    complain(file, ana, 4, resolve_by=TODAY.isoformat())
    assert risk_book(file, TODAY).of(ana) is None


def test_who_is_no_customer_any_more_is_left_out(file: BusinessFile):
    gone = add(file, "Gone", 482, 468, 454, active=False)
    assert risk_book(file, TODAY).of(gone) is None


def test_the_owner_may_count_differently_and_take_that_back(file: BusinessFile):
    late = add(file, "Ana", 82, 68, 54, 40)
    file.run("Points", lambda op: save_points(op, replace(STANDARD, very_late_points=4)))
    assert risk_book(file, TODAY).ids("at_risk") == [late]
    file.undo()
    assert points(file) == STANDARD
    assert points_from({"late": "x", "days": -1, "watch_from": True, "shoe": 4, "detractor": 2}) == Points(detractor=2)


def test_the_score_is_tested_on_the_past(file: BusinessFile):
    """Everybody buys every ten days; those at risk came back, those who were fine did not: it does not work here."""
    for n in range(22):
        add(file, f"Fine {n}", 45, 35, 25)
        risky = add(file, f"Risky {n}", 90, 80, 70, 3)
        answer(file, risky, "worth_it", 1, 60)
    book = risk_book(file, TODAY)
    assert book.test_day == TODAY - timedelta(days=20)
    assert book.test.works is False
    assert not book.coloured
    assert trial_in_words(book) == (
        "This score does not work for your business yet: 100% of 22 at risk bought again, 0% of 22 fine."
    )


def test_with_few_customers_it_is_said_that_nothing_was_checked(file: BusinessFile):
    assert risk_book(file, TODAY).coloured
    add(file, "Ana", 30, 20, 10)
    assert trial_in_words(risk_book(file, TODAY)).startswith("Whether this comes true could not be checked")
