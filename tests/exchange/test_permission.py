"""Whether somebody may be written to, as lists of other programs say it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options
from cvdesk.exchange.run import Outcome, plan, run_import

TODAY = date(2026, 11, 22)


def bring_in(folder: Path, *lists: str) -> tuple[dict[str, str], Outcome]:
    with make_business(folder / "b.cvdesk", Business("Harbour Bakery")) as file:
        for place, text in enumerate(lists):
            path = folder / f"list{place}.csv"
            path.write_text(text, encoding="utf-8")
            outcome = run_import(file, plan(path, "customers", Options(), file, TODAY), TODAY)
        return {row[0]: row[1] for row in file.rows("SELECT name, may_write FROM customers")}, outcome


@pytest.mark.parametrize(
    ("column", "yes", "no"),
    [
        ("Consent", "yes", "no"), ("Newsletter", "Y", "N"), ("Accepts Marketing", "true", "false"),
        ("Opt-in", "1", "0"), ("Do not contact", "no", "yes"), ("Unsubscribed", "false", "TRUE"),
        ("Einwilligung", "Ja", "Nein"),
    ],
)  # fmt: skip
def test_yes_and_no_of_other_programs(tmp_path: Path, column: str, yes: str, no: str) -> None:
    text = f"Name,Email,{column}\nAda,ada@x.org,{yes}\nBen,ben@x.org,{no}\nCyd,cyd@x.org,\n"
    assert bring_in(tmp_path, text)[0] == {"Ada": "yes", "Ben": "no", "Cyd": ""}


def test_a_word_nobody_knows_is_counted_and_the_customer_comes_in(tmp_path: Path) -> None:
    found, outcome = bring_in(tmp_path, "Name,Email,Consent\nAda,ada@x.org,perhaps\nBen,ben@x.org,yes\n")
    assert found == {"Ada": "", "Ben": "yes"}
    assert any("1" in note and "may write" in note for note in outcome.notes)


def test_a_no_stays_whatever_a_later_list_says(tmp_path: Path) -> None:
    first = "Name,Email,Consent\nAda,ada@x.org,no\nBen,ben@x.org,yes\n"
    second = "Name,Email,Consent\nAda,ada@x.org,yes\nBen,ben@x.org,no\n"
    assert bring_in(tmp_path, first, second)[0] == {"Ada": "no", "Ben": "no"}


def test_of_two_rows_about_one_the_no_counts(tmp_path: Path) -> None:
    text = "Id,Name,Email,Consent\n1,Ada,ada@x.org,yes\n1,Ada,ada@x.org,no\n1,Ada,ada@x.org,yes\n"
    assert bring_in(tmp_path, text)[0] == {"Ada": "no"}
