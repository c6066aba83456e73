"""The report's section about the strategy, read back: the mix, money, why not, and last time's promise and result."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from cvdesk.catalogue.records import Filter, Period
from cvdesk.reports import report, store
from cvdesk.strategy.store_kept import review, strategy
from cvdesk.strategy.store_kept_now import kept, result_of
from tests.strategy.kept_shop import TODAY, VAN, add_action, decided, shop, step

YEAR = Filter(Period(date(2025, 6, 1), TODAY))


@pytest.fixture
def file(tmp_path, tmp_path_factory):
    with shop(tmp_path, tmp_path_factory.mktemp("template")) as opened:
        yield opened


def read(file, paper="a4") -> str:
    content = report.as_pdf(store.gather(file, YEAR, TODAY), paper)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_without_a_strategy_the_report_says_what_a_plan_needs(file):
    text = read(file)
    assert "There is no plan yet" in text
    assert "Last time" not in text


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_running_strategy_is_told(file, paper):
    van = add_action(file, "Second van <b>&", chance=0.8, cost_month_minor=42000)
    add_action(file, "Cargo bike", excludes=(van,))
    decided(file, [van], date(2026, 4, 20))
    step(file, van, "started", VAN)
    text = read(file, paper)
    for words in (
        "“April 2026”: 20 Apr to 19 Jul 2026", "Two thirds into fewer drawbacks", "Second van <b>&", "1,260 ",
        "Worked. Expected +0.56, measured", "Delivery and appointments 4.0 → 3.4 wanted", "reached",
        "Cargo bike", "Goes against “Second van <b>&”", "Review due since 19 Jul 2026",
    ):  # fmt: skip
        assert words in text


def test_last_time_s_promise_stands_beside_its_result(file):
    van = add_action(file, "Second van", chance=0.8)
    kept_id = decided(file, [van], date(2026, 4, 20))
    step(file, van, "started", VAN)
    result = result_of(kept(file, strategy(file, kept_id), TODAY), TODAY)
    file.run("End", lambda op: review(op, kept_id, result, "Vans help", None, TODAY))
    text = read(file)
    assert "Last time: April 2026" in text
    assert "0 of 1 action done" in text
    assert "Learned: Vans help" in text
