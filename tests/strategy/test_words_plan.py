"""Plans in words, ticks that follow their rules, round stops, and wishes kept as text."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.strategy import words_kept
from cvdesk.strategy import words_plan as words
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_plan import Basis, Limits, Planned, Turn
from cvdesk.strategy.records_wish import MONTHS, Wish, most_needed, read_wish, stops, toggled
from cvdesk.strategy.words_plan_turns import turn_words

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("once", "monthly", "said"),
    [
        (0, 0, "nothing"),
        (24_000, 0, "£240 once"),
        (0, 42_000, "£420 / month"),
        (62_000, 18_000, "£620 + £180 / month"),
        (0, -9_000, "saves £90 / month"),
        (-5_000, 0, "saves £50 once"),
        (-5_000, -4_000, "saves £50 + £40 / month"),
        (10_000, -9_050, "£100, saves £90.50 / month"),
    ],
)
def test_costs_are_said_as_they_fall(once, monthly, said):
    assert words.cost_words(Action("x", cost_once_minor=once, cost_month_minor=monthly), "GBP") == said


@pytest.mark.parametrize(
    ("today", "months", "ends"),
    [
        (date(2026, 11, 21), 3, date(2027, 2, 20)),
        (date(2026, 11, 30), 3, date(2027, 2, 27)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 1, 31), 12, date(2027, 1, 30)),
    ],
)
def test_a_plan_ends_the_day_before_its_months_are_over(today, months, ends):
    assert words.end_of(today, months) == ends


def turned(what, at, more, comes=(1,), goes=()):
    basis = Basis(1.0, 0.5, 1.5, 20, DAY, DAY)
    planned = Planned(basis, Limits(), (Action("Van", id=1), Action("Sign", id=2)), ())
    return turn_words(Turn(what, at, more, comes, goes), planned, "GBP")


def test_where_a_plan_turns_is_a_sentence():
    assert turned(("lever", "costs"), 1.6, True) == "The plan changes if Costs weigh more than 1.6: “Van” comes in."
    assert turned(("lever", "worth"), 0.8, False, (), (2,)) == (
        "The plan changes if Worth weighs less than 0.8: “Sign” goes out."
    )
    assert turned(("budget", ""), 90_000, True) == "The plan changes with £300 a month or more: “Van” comes in."


def test_ticks_follow_needs_and_exclusions():
    van, driver, bicycle = (
        Action("Van", id=1),
        Action("Driver", id=2, needs=(1,)),
        Action("Bicycle", id=3, excludes=(1,)),
    )
    known = (van, driver, bicycle)
    assert toggled((), 2, known) == {1, 2}
    assert toggled({1, 2}, 1, known) == set()
    assert toggled({1, 2}, 3, known) == {3}
    assert toggled({3}, 1, known) == {1}, "whichever of the two says so"


@given(st.data())
def test_ticks_never_break_a_rule(data):
    ids = list(range(1, 7))
    actions = tuple(
        Action(
            str(one),
            id=one,
            needs=tuple(data.draw(st.sets(st.sampled_from(ids[: one - 1] or [99])))) if one > 1 else (),
        )
        for one in ids
    )
    ticks = frozenset()
    for press in data.draw(st.lists(st.sampled_from(ids), max_size=12)):
        ticks = toggled(ticks, press, actions)
        assert all(need in ticks for one in actions if one.id in ticks for need in one.needs)


@given(st.integers(0, 10**9), st.sampled_from([1, 100, 1000]))
def test_a_slider_stops_at_round_amounts_and_reaches_everything(most, unit):
    found = stops(most, unit)
    assert found[0] == 0
    assert found[-1] >= most
    assert len(found) <= 42
    assert len({later - earlier for earlier, later in pairwise(found)}) == 1


@given(
    st.builds(
        Wish,
        st.none() | st.integers(0, 10**9),
        st.none() | st.integers(0, 1000).map(float),
        st.sampled_from(MONTHS),
        st.sampled_from(["double_down", "balanced", "catch_up"]),
        st.none() | st.frozensets(st.integers(1, 2**62)),
    )
)
def test_a_wish_is_read_as_it_was_written(wish):
    assert read_wish(wish.as_text()) == wish


@given(st.text() | st.sampled_from(['{"own": 3}', '{"months": "x", "budget": -2}', "[1]", "null"]))
def test_a_wish_nobody_can_read_is_no_wish(text):
    assert read_wish(text) == Wish()


def test_savings_do_not_count_in_what_everything_takes():
    known = [Action("a", cost_once_minor=1000, hours=2), Action("b", cost_month_minor=-500, hours=1)]
    assert most_needed(known, 3) == (334, 3)


SHARES = {
    "nine tenths": 0.9, "four fifths": 0.8, "three quarters": 0.75, "seven tenths": 0.7, "two thirds": 2 / 3,
    "three fifths": 0.6, "half": 0.5, "two fifths": 0.4, "one third": 1 / 3, "a quarter": 0.25, "a fifth": 0.2,
    "a tenth": 0.1, "a little": 0.05,
}  # fmt: skip


@given(first=st.floats(0.5, 0.95))
def test_the_parts_of_a_mix_are_said_as_parts_of_one_whole(first):
    said = words_kept.mix({"drawbacks": first, "worth": 1 - first}, [])
    named = sorted((name for name in SHARES if f"{name} into" in said.lower()), key=len)
    assert sum(SHARES[name] for name in named) * (2 if len(named) == 1 else 1) == pytest.approx(1, abs=0.08)


def test_so_little_that_it_would_be_written_as_nothing_is_said_to_be_little():
    assert words.lift_words(0.004, 0.001, 0.006) == "under 0.01"
    assert words.lift_words(0.31, 0.1, 0.52) == "+0.31 (0.10 to 0.52)"
    assert words.lift_words(-0.004, -0.2, 0.006) != "under 0.01"
