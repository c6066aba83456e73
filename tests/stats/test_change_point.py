"""When a series changed, and the verdict in words."""

import itertools
import math
import random
from itertools import accumulate, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cvdesk.stats.change_point import around_two_means, change_point, corrected_lag1
from cvdesk.stats.charts import xmr
from cvdesk.stats.trend_verdict import deseasoned, judge, trend_verdict

NOISE = [10.2, 9.8, 10.5, 10.1, 9.9, 10.4, 9.7, 10.3, 10.0, 10.2, 9.9, 10.1]
whole = st.lists(st.integers(-20, 20), min_size=2, max_size=30)


def sums(values: list[float]) -> list[float]:
    mean = math.fsum(values) / len(values)
    return [0.0, *accumulate(value - mean for value in values)]


def test_change_is_found_where_the_level_moved() -> None:
    found = change_point([*NOISE, *[value + 1 for value in NOISE]])
    assert found.first_after == 12
    assert found.after - found.before == pytest.approx(1)
    assert found.confidence > 0.999


def test_confidence_is_the_share_of_all_orders_that_reach_less_far() -> None:
    values = [1.0, 2.0, 2.5, 4.5, 4.0, 6.0, 5.0]
    reach = max(sums(values)) - min(sums(values))
    every = [list(order) for order in itertools.permutations(values)]
    exact = sum(max(sums(order)) - min(sums(order)) < reach - 1e-9 for order in every) / len(every)
    assert change_point(values).confidence == pytest.approx(exact, abs=0.015)


def test_the_same_series_always_gets_the_same_confidence() -> None:
    random.seed(1)
    assert change_point(NOISE) == change_point(NOISE)
    assert change_point(NOISE, 500) == change_point(NOISE, 500)


def test_series_without_any_change() -> None:
    found = change_point([4.0] * 9)
    assert (found.s_diff, found.confidence, found.before, found.after) == (0, 0, 4, 4)
    two = change_point([1, 2])
    assert (two.first_after, two.before, two.after) == (1, 1, 2)
    assert two.confidence < 0.95


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_values_must_be_finite_and_at_least_two(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        change_point([1, bad, 2])
    with pytest.raises(ValueError, match="at least 2"):
        change_point([1])


@given(whole, st.integers(-100, 100), st.sampled_from([0.5, 4, 64]))
def test_origin_and_unit_do_not_matter(values: list[int], shift: int, scale: float) -> None:
    here, there = change_point(values, 400), change_point([shift + scale * value for value in values], 400)
    assert there.first_after == here.first_after
    assert there.confidence == pytest.approx(here.confidence, abs=0.0051)
    assert there.s_diff == pytest.approx(scale * here.s_diff, abs=1e-9)


@given(whole)
def test_turned_round_series_changes_at_the_mirrored_place(values: list[int]) -> None:
    away = [abs(one) for one in sums([float(value) for value in values])[1:-1]]
    assume(sum(one >= max(away) - 1e-6 for one in away) == 1)
    here, there = change_point(values, 200), change_point(values[::-1], 200)
    assert there.first_after == len(values) - here.first_after
    assert there.before == pytest.approx(here.after)
    assert there.after == pytest.approx(here.before)


@given(whole)
def test_place_and_reach_are_those_of_the_sums(values: list[int]) -> None:
    found, reached = change_point(values, 50), sums([float(value) for value in values])
    assert found.s_diff == pytest.approx(max(reached) - min(reached), abs=1e-9)
    assert abs(reached[found.first_after]) == pytest.approx(max(map(abs, reached[1:-1])), abs=1e-9)


def test_shuffles_within_groups_keep_each_value_in_its_group() -> None:
    values = [1.0, 2.5, 3.0, 4.0, -2.0, -1.0, -3.5, -4.0]
    reach = max(sums(values)) - min(sums(values))
    swapped = [[values[place % 4 + 4 * (place // 4 ^ swap[place % 4])] for place in range(8)]
               for swap in itertools.product((0, 1), repeat=4)]  # fmt: skip
    exact = sum(max(sums(order)) - min(sums(order)) < reach - 1e-9 for order in swapped) / 16
    assert change_point(values, within=[1, 2, 3, 4, 1, 2, 3, 4]).confidence == pytest.approx(exact, abs=0.015)
    assert change_point(values, within=range(8)).confidence == 0  # nothing can move: no order reaches less far
    with pytest.raises(ValueError, match="groups"):
        change_point(values, within=[1, 2])


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_resemblance_of_neighbours(residuals: list[float]) -> None:
    r, corrected = corrected_lag1(residuals)
    n = len(residuals)
    assert -1 <= r <= 1
    assert corrected == pytest.approx(r + (1 + 3 * r) / n + 1 / n)
    total = math.fsum(value * value for value in residuals)
    if total > 1e-6:
        assert r == pytest.approx(math.fsum(a * b for a, b in pairwise(residuals)) / total, abs=1e-9)


def test_nothing_left_over_resembles_nothing() -> None:
    assert around_two_means([0.1] * 5 + [0.7] * 3, 5) == [0] * 8
    assert corrected_lag1([0.0] * 8) == (0, 0.25)
    with pytest.raises(ValueError, match="no residuals"):
        corrected_lag1([])


BASE = [3.9, 4.1, 4.0, 4.2, 3.8, 4.0, 4.1, 3.9, 4.2, 4.0, 3.8, 4.1]


def test_too_early_below_eight_points() -> None:
    assert trend_verdict([1, 9, 1, 9, 1, 9, 99]).name == "early"
    assert trend_verdict([*BASE[:8]]).name == "none"


def test_too_coarse_where_the_figures_hardly_differ() -> None:
    assert trend_verdict([4, 5] * 10).name == "coarse"
    assert trend_verdict([4.0] * 20).name == "coarse"


def test_real_change_needs_a_rule_and_the_confidence() -> None:
    found = trend_verdict([*BASE, *[value + 0.4 for value in BASE]])
    assert found.change is not None
    assert (found.name, found.change.first_after) == ("real", 12)
    assert found.change.after - found.change.before == pytest.approx(0.4)
    assert found.rule1 or found.rule23


def test_rules_within_the_baseline_do_not_count() -> None:
    outside = [4.0, 4.1, 3.9, 4.0, 4.1, 9.0, 4.0, 3.9, 4.1, 4.0, 3.9, 4.1, 4.0, 4.1, 3.9]
    chart = xmr(outside, 12)
    assert chart.rule1 == (5,)
    assert trend_verdict(outside).rule1 == ()
    assert judge(outside, (5,), (11,), 12, 3.0, 5.0).name == "none"
    assert judge(outside, (5, 12), (), 12, 3.0, 5.0).name == "unusual"


def test_only_the_last_36_points_count_and_keep_their_places() -> None:
    values = [*BASE, *BASE, *BASE, *[value + 0.6 for value in BASE]]
    found = judge(values, (5, 13), (20,), 12, 3.4, 4.6)
    assert (found.rule1, found.rule23) == ((13,), (20,))
    old = judge([*values, *values], (5, 13), (20,), 12, 3.4, 4.6)
    assert (old.rule1, old.rule23) == ((), ())
    assert found.change is not None
    assert found.change.first_after == 36
    assert found.change.before == pytest.approx(4.0, abs=0.02)


def test_order_of_the_verdicts() -> None:
    sure, unsure = [*BASE, *[value + 0.4 for value in BASE]], [*BASE, *BASE]
    for values, rule1, rule23, name in (
        (sure, (20,), (), "real"),
        (sure, (), (20,), "real"),
        (sure, (), (), "possible"),
        (unsure, (20,), (), "unusual"),
        (unsure, (20,), (21,), "possible"),
        (unsure, (), (21,), "possible"),
        (unsure, (), (), "none"),
    ):
        assert judge(values, rule1, rule23, 12, 3.4, 4.6).name == name


def test_more_is_asked_where_neighbours_resemble_each_other() -> None:
    slow = [math.sin(place / 3) for place in range(24)]
    found = trend_verdict(slow)
    assert found.r_corrected >= 0.3
    assert found.alike
    assert found.required == 0.99
    assert trend_verdict([*BASE, *BASE]).required == 0.95


def test_next_point_is_ordinary_within_the_limits() -> None:
    chart, found = xmr([*BASE, *BASE[:3]], 12, 1, 5), trend_verdict([*BASE, *BASE[:3]], 12, 1, 5)
    assert (found.low, found.high) == (chart.lower, chart.upper)


@given(st.lists(st.integers(0, 30), min_size=8, max_size=40), st.integers(-50, 50), st.sampled_from([0.25, 2, 32]))
def test_verdict_does_not_depend_on_origin_and_unit(values: list[int], shift: int, scale: float) -> None:
    here = trend_verdict(values, permutations=300)
    there = trend_verdict([shift + scale * value for value in values], permutations=300)
    edge = here.change is not None and abs(here.change.confidence - here.required) < 0.01
    assume(not edge and abs(here.r_corrected - 0.3) > 1e-6)
    assert there.name == here.name
    assert (there.rule1, there.rule23) == (here.rule1, here.rule23)


def test_season_is_taken_out_from_24_months_on() -> None:
    months = [place % 12 + 1 for place in range(36)]
    season = [math.sin(month * math.pi / 6) for month in months]
    assert deseasoned(season[:23], months[:23]) is None
    flat = deseasoned(season, months)
    assert flat is not None
    assert flat == pytest.approx([0.0] * 36, abs=1e-12)
    shifted = deseasoned([value + (place >= 24) for place, value in enumerate(season)], months)
    assert shifted == pytest.approx([0.0] * 24 + [1.0] * 12, abs=1e-12)


def test_month_that_came_once_keeps_its_value() -> None:
    months = [1, 2] * 12 + [7]
    flat = deseasoned([1.0, 3.0] * 12 + [9.0], months)
    assert flat is not None
    assert flat[-1] == 9
    assert len(set(flat[:-1])) == 1
    with pytest.raises(ValueError, match="fit"):
        deseasoned([1.0], [1, 2])
