"""Answers in words as scales: even steps, the right way round, nothing made of what is no scale."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.exchange.worded_scales import find_numbered_scale, find_worded_scale, plain_words


def values(*cells: str) -> list[float] | None:
    scale = find_worded_scale(Counter(cells))
    return None if scale is None else [scale.values[plain_words(cell)] for cell in cells]


@pytest.mark.parametrize(
    "cells",
    [
        ("Not at all important", "Slightly important", "Somewhat important", "Very important", "Critical"),
        ("Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied", "Very satisfied"),
        ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
        ("Very difficult", "Difficult", "Neutral", "Easy", "Very easy"),
        ("Never", "Rarely", "Sometimes", "Often", "Always"),
        ("Very unlikely", "Somewhat unlikely", "Neither likely nor unlikely", "Somewhat likely", "Very likely"),
    ],
)
def test_five_steps_lie_evenly_from_one_to_five(cells):
    assert values(*cells) == [1, 2, 3, 4, 5]


def test_three_steps_keep_the_ends_and_the_middle():
    assert values("No, not rude at all", "Yes, somewhat rude", "Yes, very rude") == [1, 3, 5]


def test_a_step_nobody_took_leaves_the_others_where_they_belong_when_there_are_opposites():
    assert values("Somewhat unfavorably", "Neither favorably nor unfavorably (neutral)", "Very favorably") == [2, 3, 5]


def test_what_does_not_apply_is_no_step():
    scale = find_worded_scale(Counter(["Not helpful", "Somewhat helpful", "Very helpful", "Unfamiliar (N/A)"]))
    assert scale is not None
    assert len(scale.values) == 3


@pytest.mark.parametrize(("cells", "good"), [
    (("Not at all rude", "Somewhat rude", "Very rude"), False),
    (("Not at all easy", "Somewhat easy", "Very easy"), True),
    (("Never", "Sometimes", "Always"), None),
])  # fmt: skip
def test_it_is_known_which_end_is_good(cells, good):
    scale = find_worded_scale(Counter(cells))
    assert scale is not None
    assert scale.good is good


@pytest.mark.parametrize("cells", [
    ("(0) Not a problem for me.", "(1)\xa0Trivial.", "(2) Minor.", "(3) Major.", "(4) Critical."),
    ("1 - Poor show", "2 - Meh", "3 - So it goes", "4 - Quite fine", "5 - Top of the town"),
    ("[1] a", "[2] b", "[3] c", "[4] d", "[5] e"),
])  # fmt: skip
def test_words_with_their_numbers_lie_in_the_order_of_these(cells):
    scale = find_numbered_scale(Counter([*cells, "N/A - skip, don't know."]))
    assert scale is not None
    assert [scale.values[plain_words(cell)] for cell in cells] == [1, 2, 3, 4, 5]
    assert (len(scale.values), scale.good) == (5, None)
    assert scale.names[5] == cells[-1]


def test_a_step_with_a_number_that_nobody_took_keeps_its_place():
    scale = find_numbered_scale(Counter(("(0) None", "(1) Some", "(3) Much", "(4) All")))
    assert scale is not None
    assert sorted(scale.names) == [1, 2, 4, 5]


@pytest.mark.parametrize("cells", [
    ("1-2 years.", "6-12 months.", "2+ years."), ("1. Rye", "1. Spelt", "2. Buns"), ("(2) Minor", "(7) Major"),
    ("10 - 25 people", "25 - 50 people", "50 - 100 people"), ("3. May", "4. May", "9. June"), ("1. Rye", "2. Spelt"),
    ("1. Software Developer", "2. Manager", "3. Scientist"), ("(1) Rye", "(2) Spelt", "(3) Buns", "Other"),
])  # fmt: skip
def test_numbers_that_only_count_make_no_scale(cells):
    assert find_numbered_scale(Counter(cells)) is None


@pytest.mark.parametrize("cells", [
    ("Red", "Green", "Blue"), ("Yes", "No", "Maybe"), ("Not at all rude", "Somewhat easy", "Very late"),
    ("Software Developer", "Manager", "Scientist"), ("10 - 25", "25 - 50", "50 - 100"), (), ("Very good",),
])  # fmt: skip
def test_what_is_no_scale_makes_none(cells):
    assert find_worded_scale(Counter(cells)) is None


@given(st.dictionaries(st.text(max_size=30), st.integers(1, 50), max_size=12))
def test_whatever_stands_in_a_column_values_lie_between_one_and_five(counts):
    scale = find_worded_scale(counts)
    if scale is not None:
        assert all(1 <= value <= 5 for value in scale.values.values())


@given(
    st.sampled_from(["helpful", "easy", "rude", "important", "likely"]),
    st.lists(st.integers(1, 30), min_size=5, max_size=5),
)
def test_more_is_more_however_often_each_was_said(what, often):
    degrees = ("Not at all", "Slightly", "Somewhat", "Very", "Extremely")
    scale = find_worded_scale({f"{degree} {what}": count for degree, count in zip(degrees, often, strict=True)})
    assert scale is not None
    assert [scale.values[plain_words(f"{degree} {what}")] for degree in degrees] == [1, 2, 3, 4, 5]
