"""Charts of shares, of counts per customer, and of days between events."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.stats.charts import xmr
from cvdesk.stats.charts_counts import p_chart, u_chart
from cvdesk.stats.days_between import days_between, evened, turned_back

BASE = [6, 5, 7, 4, 6, 8, 5, 6, 7, 5, 6, 7]  # 72 of 360: 20 %
N = [30] * 12
months = st.lists(st.tuples(st.integers(0, 40), st.integers(40, 90)), min_size=2, max_size=30)


def test_each_point_has_its_own_width_around_the_centre_of_the_baseline() -> None:
    chart = p_chart([*BASE, 6, 30], [*N, 90, 30], baseline=12)
    assert chart.centre == pytest.approx(0.2)
    reach = 3 * math.sqrt(0.2 * 0.8 / 30)
    assert chart.lowers[0] == 0  # cut
    assert chart.uppers[0] == pytest.approx(0.2 + reach)
    assert chart.uppers[12] == pytest.approx(0.2 + reach / math.sqrt(3))
    assert chart.lowers[12] == pytest.approx(0.2 - reach / math.sqrt(3))
    assert chart.rule1 == (12, 13)  # 7 % of 90 and 100 % of 30
    assert chart.signals == (12, 13)
    assert (chart.baseline, chart.standing, chart.laney) == (12, "firm", False)


def test_run_and_edge_rules_go_by_how_many_sigmas_away() -> None:
    # 24 of 90 lies 1.58 sigma up, 8 of 30 only 0.91: near the limit is more than 1.5.
    assert p_chart([*BASE, 24, 6, 24, 24], [*N, 90, 30, 90, 90], baseline=12).rule3 == (15,)
    assert p_chart([*BASE, 8, 6, 8, 8], [*N, 30, 30, 30, 30], baseline=12).rule3 == ()
    assert p_chart([*BASE, *[7] * 8], [30] * 20, baseline=12).rule2 == (18, 19)  # the baseline ends above
    assert p_chart([*BASE, *[7] * 4, 6, *[7] * 4], [30] * 21, baseline=12).rule2 == ()  # on the centre


def test_widened_only_where_the_baseline_scatters_more_than_chance() -> None:
    wild = [1, 12, 2, 11, 1, 12, 3, 10, 1, 12, 2, 11]
    chart = p_chart(wild, N)
    assert chart.laney
    assert chart.sigma_z is not None
    assert chart.sigma_z > 1.2
    plain = p_chart(wild, N, laney=False)
    assert chart.uppers[0] - 0.0 > plain.uppers[0]
    assert chart.rule1 == ()
    assert p_chart(BASE, N).laney is False
    forced = p_chart(BASE, N, laney=True)
    assert forced.sigma_z is not None
    assert forced.sigma_z < 1
    assert forced.uppers[0] < p_chart(BASE, N).uppers[0]


@pytest.mark.parametrize("events", [[0] * 12, [30] * 12])
def test_nothing_or_everything_counted_is_too_coarse(events: list[int]) -> None:
    chart = p_chart([*events, 15], [30] * 13, baseline=12)
    assert chart.too_coarse
    assert chart.signals == ()
    assert chart.lowers == chart.uppers == (chart.centre,) * 13


def test_no_complaints_yet_is_too_coarse_and_no_points_give_no_centre() -> None:
    assert u_chart([0] * 12, [100] * 12).too_coarse
    empty = u_chart([], [])
    assert (empty.centre, empty.lowers, empty.too_coarse, empty.standing) == (None, (), True, "early")


def test_one_point_has_limits_but_is_too_early() -> None:
    chart = u_chart([4], [100])
    assert (chart.centre, chart.sigma_z, chart.standing, chart.signals) == (0.04, None, "early", ())


def test_rates_have_no_upper_end() -> None:
    chart = u_chart([2, 3, 1], [1, 1, 1])
    assert chart.uppers[0] == pytest.approx(2 + 3 * math.sqrt(2))
    assert chart.lowers[0] == 0


@pytest.mark.parametrize(
    ("events", "n", "why"),
    [
        ([1], [0], "no point"),
        ([1], [-5], "no point"),
        ([6], [5], "more events"),
        ([-1], [5], "below 0"),
        ([math.nan], [5], "finite"),
        ([1], [math.inf], "finite"),
        ([1, 2], [5], "fit"),
    ],
)
def test_what_cannot_be_a_share_is_refused(events: list[float], n: list[float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        p_chart(events, n)
    if why != "more events":
        with pytest.raises(ValueError, match=why):
            u_chart(events, n)


def test_baseline_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="baseline"):
        p_chart([1], [5], baseline=0)


@given(months, st.sampled_from([0.5, 2, 10]))
def test_unit_of_exposure_does_not_matter(points: list[tuple[int, int]], scale: float) -> None:
    events, exposure = [one for one, _of in points], [of for _one, of in points]
    here, there = u_chart(events, exposure), u_chart(events, [of * scale for of in exposure])
    assert (here.rule1, here.rule2, here.rule3) == (there.rule1, there.rule2, there.rule3)
    assert there.uppers == pytest.approx([upper / scale for upper in here.uppers])


@given(months)
def test_counting_the_others_mirrors_the_chart(points: list[tuple[int, int]]) -> None:
    events, n = [one for one, _of in points], [of for _one, of in points]
    here, there = p_chart(events, n), p_chart([of - one for one, of in points], n)
    assert there.lowers == pytest.approx([1 - upper for upper in here.uppers])
    assert (here.too_coarse, here.signals) == (there.too_coarse, there.signals)


@given(months, st.booleans())
def test_points_outside_are_those_beyond_their_own_limits(points: list[tuple[int, int]], laney: bool) -> None:
    events, n = [one for one, _of in points], [of for _one, of in points]
    chart = p_chart(events, n, baseline=6, laney=laney)
    if not chart.too_coarse:
        places = zip(events, n, chart.lowers, chart.uppers, strict=True)
        beyond = [i for i, (e, of, low, high) in enumerate(places) if not low - 1e-7 <= e / of <= high + 1e-7]
        assert set(beyond) <= set(chart.rule1)


def test_days_between_turns_limits_back_and_marks_what_the_even_scale_marks() -> None:
    days = [12, 31, 5, 22, 40, 18, 9, 27, 0, 400]
    chart, even = days_between(days, baseline=8), xmr([evened(day) for day in days], baseline=8)
    assert even.upper is not None
    assert chart.upper == pytest.approx(turned_back(even.upper))
    assert chart.signals == even.signals
    assert 9 in chart.rule1
    assert (chart.baseline, chart.standing) == (8, "provisional")


def test_days_between_never_has_a_lower_limit_below_0() -> None:
    chart = days_between([1, 60, 2, 90, 1, 70])
    assert chart.lower == 0


def test_few_or_impossible_days() -> None:
    none, one = days_between([]), days_between([12])
    assert (none.centre, none.lower, none.too_coarse) == (None, None, True)
    assert one.centre == pytest.approx(12)
    assert days_between([5] * 8).too_coarse
    with pytest.raises(ValueError, match="below 0"):
        days_between([3, -1])
    with pytest.raises(ValueError, match="finite"):
        days_between([3, math.nan])


@given(st.floats(0, 5000))
def test_even_scale_and_back(days: float) -> None:
    assert turned_back(evened(days)) == pytest.approx(days)
