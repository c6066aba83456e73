"""Drawings: round ticks, every label there, awkward series drawn without harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvdesk.pdf.bars import Column, EquationBar, ShareBar, ValueBox, columns, equation, shares
from cvdesk.pdf.chart import in_unit, ticks, trend
from cvdesk.trends.records import Note, Point
from tests.pdf.reading import pdf, words
from tests.reports.handmade import series


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 4, [0, 1, 2, 3, 4]), (0, 0.31, [0, 0.1, 0.2, 0.3, 0.4]), (-1.2, 2.9, [-2, 0, 2, 4]), (2, 2, [2, 3])],
)
def test_ticks_are_round_and_reach_over_the_data(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high, 4) == expected


def test_ticks_hold_for_any_size() -> None:
    for power in range(-3, 7):
        found = ticks(0, 3.7 * 10.0**power, 4)
        assert found[0] == 0
        assert found[-1] >= 3.7 * 10.0**power
        assert 3 <= len(found) <= 7


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


def test_awkward_series_are_drawn() -> None:
    whole = series()
    one = replace(whole, points=whole.points[:1], limits=(), signals=(), notes=())
    gaps = replace(whole, points=tuple(replace(point, value=None) if place % 3 else point
                                       for place, point in enumerate(whole.points)))  # fmt: skip
    flat = replace(whole, points=tuple(replace(point, value=4.0) for point in whole.points), limits=(), unit="score")
    long = replace(whole, points=tuple(Point(date(2016 + place // 12, place % 12 + 1, 1), 1.0 + place % 3, 9)
                                       for place in range(120)), limits=(), signals=())  # fmt: skip
    below = replace(whole, points=tuple(replace(point, value=-3.5) for point in whole.points), limits=())
    busy = replace(
        whole, notes=tuple(Note(date(2026, 6, day), f"Note number {day} with words") for day in range(1, 20))
    )
    shares_ = replace(whole, unit="share", limits=(), points=tuple(replace(p, value=1.0) for p in whole.points))
    for found in (one, gaps, flat, long, below, busy, shares_):
        assert words(pdf([trend(found)]))


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
