"""Control charts of single values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.stats.charts import xmr

BASE = [10, 12, 9, 11, 10, 8, 12, 9, 11, 10, 9, 9]  # centre 10, mean moving range 21/11, limits 4.92 to 15.08
series = st.lists(st.integers(-50, 50), min_size=2, max_size=40)


def test_limits_of_the_baseline() -> None:
    chart = xmr(BASE)
    assert chart.centre == 10
    assert chart.mr_bar == pytest.approx(21 / 11)
    assert chart.upper == pytest.approx(10 + 2.66 * 21 / 11)
    assert chart.lower == pytest.approx(10 - 2.66 * 21 / 11)
    assert chart.mr_upper == pytest.approx(3.268 * 21 / 11)
    assert chart.signals == ()


def test_rule_1_marks_points_outside_the_limits_of_the_baseline() -> None:
    chart = xmr([*BASE, 15, 15.2, 4.8, 10], baseline=12)
    assert chart.rule1 == (13, 14)
    assert chart.centre == 10


def test_rule_2_marks_the_eighth_in_a_row_and_those_after_it() -> None:
    chart = xmr([*BASE, 11, 11, 11, 11, 11, 11, 11, 11, 11], baseline=12)
    assert chart.rule2 == (19, 20)


def test_point_on_the_centre_breaks_a_run() -> None:
    assert xmr([*BASE, 11, 11, 11, 11, 10, 11, 11, 11, 11, 11], baseline=12).rule2 == ()


def test_rule_3_marks_three_of_four_nearer_a_limit_on_the_same_side() -> None:
    # Half-way from the centre to a limit is 2.54.
    assert xmr([*BASE, 13, 10, 13, 13], baseline=12).rule3 == (15,)
    assert xmr([*BASE, 13, 10, 7, 13], baseline=12).rule3 == ()
    assert xmr([*BASE, 12.5, 12.5, 12.5, 12.5], baseline=12).rule3 == ()
    assert xmr([*BASE, 7, 7, 7, 10, 10], baseline=12).rule3 == (14, 15)


@pytest.mark.parametrize("unit", [1, 0.1, 0.01, 0.3, 7])
def test_point_on_a_limit_or_half_way_is_not_beyond_it(unit: float) -> None:
    base = [9 * unit, 11 * unit] * 6  # centre 10, mean moving range 2
    for side in (-1, 1):
        assert xmr([*base, (10 + side * 5.32) * unit], baseline=12).rule1 == ()
        assert xmr([*base, (10 + side * 5.33) * unit], baseline=12).rule1 == (12,)
        assert xmr([*base, *[(10 + side * 2.66) * unit] * 4], baseline=12).rule3 == ()
        assert xmr([*base, *[(10 + side * 2.67) * unit] * 4], baseline=12).rule3 == (14, 15)


def test_limits_are_cut_to_the_scale_but_ordinary_high_values_stay_ordinary() -> None:
    values = [4.7, 4.9, 4.6, 4.9, 4.8, 4.9, 4.7, 4.8]
    chart, free = xmr(values, lowest=1, highest=5), xmr(values)
    assert free.upper is not None
    assert free.upper > 5
    assert (chart.upper, chart.lower) == (5, free.lower)
    assert chart.rule3 == free.rule3 == ()


@pytest.mark.parametrize(
    ("points", "standing"),
    [(2, "early"), (5, "early"), (6, "provisional"), (11, "provisional"), (12, "firm")],
)
def test_standing_by_number_of_points(points: int, standing: str) -> None:
    assert xmr(BASE[:points]).standing == standing
    assert xmr([*BASE, *BASE], baseline=points).standing == standing


def test_early_chart_gives_no_signals() -> None:
    chart = xmr([10, 11, 9, 12, 40], baseline=4)
    assert (chart.rule1, chart.signals) == ((4,), ())


@pytest.mark.parametrize("values", [[4] * 8, [3, 4, 5] * 4, [0.1] * 9])
def test_too_coarse_to_judge(values: list[float]) -> None:
    chart = xmr([*values, 40], baseline=len(values))
    assert chart.too_coarse
    assert chart.signals == ()
    assert not xmr(BASE).too_coarse


def test_rounding_moves_no_point_off_its_centre() -> None:
    chart = xmr([0.1] * 11)
    assert (chart.rule1, chart.rule2, chart.rule3) == ((), (), ())


def test_few_values() -> None:
    none = xmr([])
    assert (none.centre, none.upper, none.baseline, none.too_coarse) == (None, None, 0, True)
    one = xmr([3.5])
    assert (one.centre, one.lower, one.mr_bar) == (3.5, None, None)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_values_must_be_finite(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        xmr([1, bad])


def test_baseline_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="baseline"):
        xmr([1, 2], baseline=0)


@given(series, st.integers(-1000, 1000), st.sampled_from([0.5, 2, 64]))
def test_unit_and_origin_do_not_matter(values: list[int], shift: int, scale: float) -> None:
    here, there = xmr(values), xmr([shift + scale * x for x in values])
    assert (here.rule1, here.rule2, here.rule3) == (there.rule1, there.rule2, there.rule3)
    assert here.upper is not None
    assert there.upper == pytest.approx(shift + scale * here.upper)


@given(series)
def test_mirrored_series_has_mirrored_limits_and_the_same_signals(values: list[int]) -> None:
    here, there = xmr(values), xmr([-x for x in values])
    assert here.signals == there.signals
    assert here.upper is not None
    assert there.lower == pytest.approx(-here.upper)
