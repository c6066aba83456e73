"""Cells that look like numbers or times and are none: rejected or left out, never the end of an import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.exchange.intake import clock_of
from cvdesk.exchange.money import AmountReader
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options
from cvdesk.exchange.run import Outcome, plan, run_import

TODAY = date(2026, 11, 22)
LONG = "9" * 400


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "shop.cvdesk", Business("Corner Shop")) as made:
        yield made


def bring(file: BusinessFile, kind: str, content: str) -> Outcome:
    path = file.path.with_name("list.csv")
    path.write_text(content, encoding="utf-8", newline="")
    return run_import(file, plan(path, kind, Options(), file, TODAY), TODAY)


@pytest.mark.parametrize("cell", ["1e40", "1e99", "9" * 40, LONG])
def test_no_till_holds_as_much(file: BusinessFile, cell: str) -> None:
    with pytest.raises(ValueError, match="no till"):
        AmountReader("point", 2).read(cell)
    done = bring(file, "purchases", f"date,customer,amount\n2026-11-02,Ann,{cell}\n2026-11-02,Bob,3.20\n")
    assert (done.added, done.rejected) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "time"),
    [("9:5", "09:05"), ("12:3", "12:03"), ("١٢:٣٠", "12:30"), ("9:30:10", "09:30"), ("2:05 pm", "14:05"),
     ("12:10 am", "00:10"), ("12:", None), ("12:5x", None), ("25:10", None), ("²:30", None)],
)  # fmt: skip
def test_times_are_hours_and_minutes_of_two_digits(file: BusinessFile, cell: str, time: str | None) -> None:
    assert clock_of(cell) == time
    done = bring(file, "feedback", f"date,time,customer,comment\n2026-11-02,{cell},Ann,Late\n")
    assert done.added == 1
    assert file.value("SELECT time FROM entries") == time


@pytest.mark.parametrize("cell", [LONG, "1e400", "inf", "nan"])
def test_what_is_no_number_is_no_rating_and_no_answer(file: BusinessFile, cell: str) -> None:
    done = bring(file, "feedback", f"date,customer,comment,rating\n2026-11-02,Ann,Late,{cell}\n2026-11-03,Bob,Good,5\n")
    assert done.added == 2
    assert file.value("SELECT rating FROM entries WHERE text = 'Late'") is None
    done = bring(file, "answers", f"date,customer,quality,nps\n2026-11-02,Ann,4,{cell}\n2026-11-03,Bob,{cell},9\n")
    assert done.added == 2
    assert file.value("SELECT count(*) FROM answers") == 2
