"""Drawings: round ticks, every label there, awkward series drawn without harm."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from cvdesk.charts.frame import last_words
from cvdesk.charts.series import in_unit
from cvdesk.pdf import styles
from cvdesk.pdf.bars import Column, EquationBar, ShareBar, ValueBox, columns, equation, shares
from cvdesk.pdf.blocks import Drawing
from cvdesk.pdf.chart import trend
from cvdesk.pdf.text import width_of
from tests.charts.made import awkward
from tests.pdf.reading import pdf, reader, words
from tests.reports.handmade import series

LONG_NAME = "Waiting at the counter on Saturdays although the order was made by telephone the day before"


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("net", "+2.8"),
        ("score", "2.8"),
        ("share", "25%"),
        ("points", "+3"),
        ("rate", "2.8"),
        ("count", "3"),
    ],
)
def test_units(unit: str, text: str) -> None:
    assert in_unit(0.25 if unit == "share" else 2.8, unit) == text


def test_trend_names_its_months_its_note_and_its_last_value() -> None:
    text = words(pdf([trend(series())]))
    for label in ("Oct", "Nov", "2025", "2026", "Evening collection opened", "+2.8", "+4"):
        assert label in text


@pytest.mark.parametrize("name", sorted(awkward()))
def test_awkward_series_are_drawn(name: str) -> None:
    assert words(pdf([trend(awkward()[name], counts=True)]))


def test_the_page_says_the_same_of_a_series_as_the_window() -> None:
    whole = awkward()["value"]
    text = words(pdf([trend(whole, counts=True)]))
    for label in ("Second van", "a year before", "from 17", last_words(whole)):
        assert label in text


def test_words_of_other_scripts_are_drawn() -> None:
    text = words(pdf([trend(awkward()["scripts"])]))
    assert "新しい店を開きました" in text
    assert "متجر" in text


def test_equation_and_shares_say_their_figures() -> None:
    bars = [
        EquationBar("worth", "Worth", "what it does", "+4.3", 4.3, 4.1, 4.5, True),
        EquationBar("costs", "Costs", "price", "−2.7", 2.7, 2.5, 2.9, False),
    ]
    text = words(
        pdf([equation(bars, ValueBox("Customer value", "+2.8", "likely +2.4 to +3.1", "They get", "and give"))])
    )
    for label in ("Worth", "+4.3", "Costs", "−2.7", "Customer value", "+2.8", "likely +2.4 to +3.1"):
        assert label in text
    rows = [ShareBar("Late <b>delivery</b>", "57 customers", 0.32, 0.25, 0.39, "32% (25% to 39%)", "drawbacks")]
    text = words(pdf([shares(rows), columns([Column("Jan", 5), Column("Feb", 0)])]))
    assert "Late <b>delivery</b>" in text
    assert "32% (25% to 39%)" in text
    assert "Feb" in text


def test_forty_bars_with_long_names_go_over_pages_at_one_scale() -> None:
    bars = [
        ShareBar(
            f"{LONG_NAME} {place}", f"{place} customers", 0.4, 0.3, 0.5, "1,234,567 (1,000,000 to 2,000,000)", "costs"
        )
        for place in range(40)
    ]
    found = reader(pdf([shares(bars)]))
    text = "".join("".join(page.extract_text().split()) for page in found.pages)
    assert len(found.pages) > 1
    assert all(text.count(f"{LONG_NAME} {place}{place} customers".replace(" ", "")) == 1 for place in range(40))


def test_words_under_narrow_columns_keep_apart() -> None:
    months = [Column(f"Okt {place}", 1_234_567 + place) for place in range(48)]
    words_at: list[tuple[float, float, str]] = []

    def note(text: str, _cm: object, matrix: list[float], *_rest: object) -> None:
        if "Okt" in text or "1,234" in text:
            words_at.append((matrix[5], matrix[4], text.strip()))

    reader(pdf([columns(months)])).pages[0].extract_text(visitor_text=note)
    rows: dict[bool, list[tuple[float, str]]] = {True: [], False: []}
    for _y, x, text in words_at:
        rows["Okt" in text].append((x, text))
    for row in rows.values():
        assert row
        for (x, text), (after, _text) in pairwise(sorted(row)):
            assert x + width_of(text, styles.TINY) < after
    assert any("Okt 47" in text for _x, text in rows[True])


@pytest.mark.parametrize(
    "drawing",
    [
        lambda: trend(series()),
        lambda: shares([ShareBar("Late", "57 customers", 0.32, 0.25, 0.39, "32%", "drawbacks")]),
        lambda: columns([Column("Jan", 5)]),
    ],
)
def test_every_drawing_says_in_words_what_it_shows(drawing: Callable[[], Drawing]) -> None:
    assert drawing().alt


def test_bars_say_their_names_and_figures() -> None:
    made = columns([Column("Jan", 5), Column("Feb", 0)])
    assert made.alt == "Jan: 5; Feb: 0"
