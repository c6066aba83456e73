"""What the register says of all complaints together, and names in many texts."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from pypdf import PdfReader

from cvdesk.catalogue.records import Filter, Period
from cvdesk.reports.records import Register
from cvdesk.reports.records_named import Nameless
from cvdesk.reports.report_register import register_pdf
from cvdesk.stats.intervals import Estimate, hidden
from tests.reports import handmade

YEAR = Period(date(2026, 1, 1), handmade.TODAY)


def flat(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def register(count: int = 6) -> Register:
    lines = tuple(handmade.complaint(number, resolved=date(2026, 11, 9)) for number in range(1, count + 1))
    return Register(
        handmade.report().letterhead, Filter(YEAR), (), handmade.TODAY, lines, Estimate(2.0, 1.0, 3.0, 37),
        (("2026-10", 4), ("2026-11", 2)), (("Oven of Tom Ashworth", 4), ("Van", 1)),
    )  # fmt: skip


def test_the_title_says_the_finding_and_sentences_how_long_and_how_much() -> None:
    text = flat(register_pdf(register()))
    assert "6 complaints, none of them open" in text
    assert "Half of them were put right within 2 days (likely 1 to 3), 37 cases, clear." in text
    assert "What they cost was noted for 6: £270 in all." in text
    assert "noted for 5 complaints" in text


def test_with_few_cases_it_says_what_cannot_be_said() -> None:
    few = replace(register(2), days_to_resolve=hidden(2, 5, "few_cases"))
    assert "How long they take cannot be said yet: fewer than 5 cases so far: 2." in flat(register_pdf(few))


def test_without_names_causes_name_nobody_either() -> None:
    assert "Tom Ashworth" not in flat(register_pdf(register(), names=False))


def test_parts_can_be_left_out() -> None:
    text = flat(register_pdf(register(), left_out=frozenset({"months", "causes"})))
    assert "Received by month" not in text
    assert "Why it happened" not in text
    assert "Every complaint" in text


def test_many_texts_of_many_people_miss_no_name() -> None:
    people = [f"Ann{number} Quick" for number in range(5000)]
    hide = Nameless([*people, "株式会社 港", "", "Łukasz  Żak"])
    found = [hide(f"The loaf that ann{number % 5000}\nQUICK bought was cold") for number in range(2_000)]
    assert not any("quick" in text.casefold() for text in found)
    assert hide("昨日株式会社 港で") == "昨日…で"
    assert hide("łukasz żak rang") == "… rang"
    assert hide("Quick and warm") == "Quick and warm"
