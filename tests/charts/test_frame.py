"""Where things stand in a chart: values inside the scale, words beside each other, nothing outside the picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.charts.axis import labels, nice_ticks, place_of, scale
from cvdesk.charts.frame import Type, band, known_places, lay_out, marked, runs
from cvdesk.charts.series import cut, judged, point_lines, series_words
from cvdesk.trends.records import Limits, Note, Point, Series
from tests.charts.made import awkward, between, months, net, shares, weeks, years

LETTERS = Type(lambda text: 6.0 * len(text), lambda text, width: text[: int(width // 6)], 16.0, 8.0)
EACH = pytest.mark.parametrize("name", sorted(awkward()))


@pytest.mark.parametrize(("low", "high"), [(0, 1), (2.4, 3.8), (-8, 8), (0.001, 0.002), (0, 98_765), (5, 5)])
def test_the_lines_of_the_scale_cover_the_values_with_few_round_steps(low, high):
    ticks = nice_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 8
    steps = [after - before for before, after in pairwise(ticks)]
    assert max(steps) == pytest.approx(min(steps))


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=30), st.sampled_from(["net", "score", "share", "count", "days"]))
def test_every_value_lies_inside_the_scale_and_the_scale_inside_what_there_can_be(values, unit):
    ends = {"net": (-8, 8), "score": (1, 5), "share": (0, 1), "count": (0, 1e9), "days": (0, 1e9)}[unit]
    shown = [min(max(value, ends[0]), ends[1]) for value in values]
    points = tuple(Point(date(2020, 1, 1) + timedelta(31 * at), value, 9) for at, value in enumerate(shown))
    ticks = scale(Series("s", "S", unit, points, (), (), (), ""))
    assert ticks[0] <= min(shown) + 1e-9
    assert ticks[-1] >= max(shown) - 1e-9
    assert 2 <= len(ticks) <= 9
    if unit in ("share", "count", "days"):
        assert ticks[0] >= 0
    if unit == "share":
        assert ticks[-1] <= 1


@EACH
@pytest.mark.parametrize("size", [(320.0, 160.0), (640.0, 220.0), (1400.0, 500.0)])
def test_words_stay_inside_the_picture_and_apart_from_each_other(name, size):
    series = awkward()[name]
    frame = lay_out(series, size[0], size[1], LETTERS, counts=True)
    for place in known_places(series):
        assert frame.left <= frame.x(place) <= frame.right + 1
        assert frame.top - 1 <= frame.y(series.points[place].value) <= frame.bottom + 1
    texts = [note for note in frame.notes if note.row >= 0]
    for note in texts:
        assert note.left >= 0
        assert note.right <= size[0]
    for one, other in pairwise(sorted(texts, key=lambda note: (note.row, note.left))):
        assert one.row != other.row or one.right < other.left
    for label, following in pairwise(frame.labels):
        wide = (len(label.text) + len(following.text)) * 3
        assert frame.x(following.place) - frame.x(label.place) > wide
    assert frame.beneath + LETTERS.row <= size[1]


@EACH
def test_no_line_of_a_note_runs_through_the_text_of_another(name):
    notes = lay_out(awkward()[name], 700.0, 220.0, LETTERS).notes
    for note in notes:
        for other in notes:
            if other is not note and other.row >= 0 and other.left < note.x < other.right:
                assert not note.reaches or note.row >= other.row


def test_words_at_the_left_of_their_line_are_cut_before_the_line_of_the_note_before():
    notes = (
        Note(date(2026, 7, 1), "Evening collection", "action"),
        Note(date(2026, 11, 16), "Allergens " * 4, "action"),
    )
    early, late = lay_out(replace(net(), notes=notes), 460.0, 220.0, LETTERS).notes
    assert early.x < late.left < late.right < late.x
    assert (early.reaches, late.reaches) == (True, True)
    assert "Allergens" in late.text


@pytest.mark.parametrize(
    ("count", "room", "expected"),
    [
        (3, 60, [("Sep", "2026"), ("Oct", ""), ("Nov", "")]),
        (9, 20, [("Mar", "2026"), ("May", ""), ("Jul", ""), ("Sep", ""), ("Nov", "")]),
        (36, 6, [("Jan", "2024"), ("Jul", ""), ("Jan", "2025"), ("Jul", ""), ("Jan", "2026"), ("Jul", "")]),
        (120, 3, [(str(year), "") for year in range(2017, 2027)]),
        (120, 1, [("2020", ""), ("2025", "")]),
        (1, 500, [("Nov", "2026")]),
    ],
)
def test_months_are_named_as_there_is_room(count, room, expected):
    found = labels(months(count), "month", room, LETTERS.width_of, 5)
    assert [(label.text, label.year) for label in found] == expected


def test_weeks_are_named_by_their_day_then_by_month_and_quarters_by_their_number():
    mondays = [date(2026, 9, 28) + timedelta(7 * at) for at in range(8)]
    assert [label.text for label in labels(mondays, "week", 50, LETTERS.width_of, 5)][:2] == ["28 Sep", "5 Oct"]
    assert [label.text for label in labels(mondays, "week", 8, LETTERS.width_of, 5)] == ["Oct", "Nov"]
    starts = [date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)]
    found = labels(starts, "quarter", 60, LETTERS.width_of, 5)
    assert [(label.text, label.year) for label in found] == [("Q4", "2025"), ("Q1", "2026"), ("Q2", "")]


def test_a_day_stands_half_a_step_around_its_month_and_on_the_line_between_events():
    starts = months(3)
    assert place_of(starts, date(2026, 10, 1), "month") == pytest.approx(0.5)
    assert place_of(starts, date(2026, 10, 16), "month") == pytest.approx(1.0, abs=0.02)
    assert place_of(starts, date(2026, 8, 31), "month") is None
    assert place_of(starts, date(2026, 12, 1), "month") is None
    events = [date(2026, 1, 1), date(2026, 1, 11)]
    assert place_of(events, date(2026, 1, 6), "day") == pytest.approx(0.5)


def test_the_range_goes_in_steps_where_it_depends_on_how_many_answered():
    series = shares()
    first = series.limits[0]
    outline = band(first, 23, [0.0, 1.0])
    assert len(outline) == 4 * len(first.highs)
    assert {value for _place, value in outline[: 2 * len(first.highs)]} == set(first.highs)
    assert band(Limits(0, 3, 2.0, 1.0, 9.0, True), 3, [0.0, 4.0]) == [(0.0, 4.0), (3.0, 4.0), (3.0, 1.0), (0.0, 1.0)]


def test_marks_vanish_from_long_series_but_for_what_stands_out():
    series = weeks()
    frame = lay_out(series, 900.0, 300.0, LETTERS)
    assert frame.mark == 0
    assert marked(series, frame) == [7, 519]
    assert len(marked(net(), lay_out(net(), 900.0, 300.0, LETTERS))) == 14


def test_the_line_has_gaps_and_leads_dotted_to_what_is_not_over():
    solid, dotted = runs(awkward()["gaps"])
    assert solid == [[0], [3], [6], [9], [12]]
    assert dotted == []
    assert runs(net())[1] == [[12, 13]]


def test_a_piece_of_a_series_keeps_what_belongs_to_it():
    piece = cut(shares(), 10, 17)
    whole = shares()
    assert piece.points == whole.points[10:18]
    assert piece.signals == (6,)
    assert [(one.first, one.last) for one in piece.limits] == [(0, 1), (2, 7)]
    assert piece.limits[1].at(6) == whole.limits[1].at(16)
    assert piece.notes == whole.notes
    assert cut(net(), 0, 5).notes == (net().notes[0],)
    assert cut(net(), 2, 5).year_before == net().year_before[2:6]
    assert cut(whole, 0, 99) is whole


def test_a_point_says_how_much_from_how_many_how_sure_what_is_ordinary_and_what_happened():
    assert point_lines(net(), 9) == [
        "July 2026: +2.4 from 18", "likely between +2.0 and +2.8", "ordinary: +2.2 to +3.2", "part of a run",
        "1 Jul: Evening collection opened",
    ]  # fmt: skip
    assert point_lines(shares(), 16)[0] == "April 2026: 55% from 80"
    assert judged(shares(), 16) == "above the ordinary range"
    assert judged(net(), 13) == "not over yet"
    assert point_lines(awkward()["gaps"], 1) == ["November 2025: too few to show"]
    assert point_lines(weeks(4), 0)[0] == "week from 26 Oct 2026: 21"
    assert point_lines(between(), 5)[-1] == "12 Apr: Second van"


def test_a_chart_is_said_with_its_sentence_its_caveats_and_its_extremes():
    assert series_words(net()) == (
        "A real change since July: before +1.1, after +2.7. Few answers in March. "
        "Shown from October 2025 to November 2026. "
        "Lowest +0.9 (April 2026), highest +2.8 (September 2026), latest +2.8 (November 2026)."
    )
    assert series_words(cut(years(), 0, 0)).endswith("latest 4.1 (December 2016).")
