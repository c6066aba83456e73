"""Times with open cases."""

import random
import warnings

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from cvdesk.stats.intervals import Estimate, wilson
from cvdesk.stats.survival import kaplan_meier

cases = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


@given(cases)
def test_curve_and_limits_as_in_scipy(found: list[tuple[int, bool]]) -> None:
    assume(any(closed for _, closed in found))
    curve = kaplan_meier([hours for hours, _ in found], [closed for _, closed in found])
    data = stats.CensoredData(
        uncensored=[hours for hours, closed in found if closed],
        right=[hours for hours, closed in found if not closed],
    )
    theirs = stats.ecdf(data).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # SciPy's limits are not defined where nobody is left
        limits = theirs.confidence_interval(method="log-log")
    for time, share, low, high in zip(curve.times, curve.survival, curve.low, curve.high, strict=True):
        assert share == pytest.approx(float(theirs.evaluate(time)), abs=1e-12)
        if share > 0:
            assert low == pytest.approx(float(limits.low.evaluate(time)), abs=1e-9)
            assert high == pytest.approx(float(limits.high.evaluate(time)), abs=1e-9)


@given(cases)
def test_median_lies_between_its_limits(found: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier([hours for hours, _ in found], [closed for _, closed in found])
    median = curve.median(need=1)
    assert list(curve.times) == sorted({hours for hours, closed in found if closed})
    assert all(a > b for a, b in zip((1.0, *curve.survival), curve.survival, strict=False))
    assert all(low <= s <= high for low, s, high in zip(curve.low, curve.survival, curve.high, strict=True))
    if median.value is None:
        assert (median.why, median.more_than) == ("not_reached", max(hours for hours, _ in found))
        assert median.high is None
    else:
        assert median.low is not None
        assert median.low <= median.value
        assert median.high is None or median.value <= median.high


@given(st.lists(st.integers(0, 50), min_size=7, max_size=40))
def test_without_open_cases_the_median_is_that_of_the_times(hours: list[int]) -> None:
    median = kaplan_meier(hours, [True] * len(hours)).median()
    assert median.value == sorted(hours)[(len(hours) - 1) // 2]
    assert median.high is not None
    assert median.high <= max(hours)


def test_case_still_open_at_the_time_of_a_closing_is_at_risk_there() -> None:
    assert kaplan_meier([4, 4], [True, False]).survival == (0.5,)


def test_median_is_reached_at_exactly_half() -> None:
    curve = kaplan_meier([1, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0])
    assert curve.median().value == 3


def test_median_needs_five_cases() -> None:
    assert kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1]).median() == Estimate(None, None, None, 4, "few_cases", need=5)
    assert kaplan_meier([], []).median() == Estimate(None, None, None, 0, "no_data", need=5)


def test_less_than_half_closed() -> None:
    median = kaplan_meier([3, 8, 12, 12, 5], [1, 0, 0, 0, 0]).median()
    assert median == Estimate(None, median.low, None, 5, "not_reached", more_than=12)


def test_last_case_closing_alone_gives_no_upper_limit() -> None:
    # Nine were lost sight of early; the one that was left closed at 20: that says little about the median.
    median = kaplan_meier([1] * 9 + [20], [0] * 9 + [1]).median()
    assert (median.value, median.high) == (20, None)


def test_many_cases_closed_on_the_last_day_give_an_upper_limit() -> None:
    median = kaplan_meier([0] * 12 + [1] * 8, [1] * 20).median()
    assert (median.value, median.low, median.high) == (0, 0, 1)


def test_all_closed_in_time_leave_as_much_open_as_so_many_cases_do() -> None:
    # Twenty of twenty in time, each on a day of its own: one in ten may still come late.
    within = kaplan_meier(range(1, 21), [1] * 20).within(20)
    share = wilson(20, 20)
    assert (within.value, within.high) == (1, 1)
    assert within.low == pytest.approx(share.low)


@pytest.mark.parametrize("late", [0.02, 0.1, 0.2])
def test_share_in_time_covers_the_true_one_as_often_as_it_says(late: float) -> None:
    chance = random.Random(3)
    covered = 0
    for _ in range(400):
        days = [chance.random() / (1 - late) for _ in range(20)]
        within = kaplan_meier([min(day, 1.01) for day in days], [day <= 1.01 for day in days]).within(1)
        assert within.low is not None
        assert within.high is not None
        covered += within.low <= 1 - late <= within.high
    assert covered >= 0.92 * 400


def test_share_still_open_after_a_time() -> None:
    curve = kaplan_meier([2, 4, 6, 8], [1, 1, 0, 1])
    assert [curve.open_after(t) for t in (0, 2, 3.9, 4, 7, 100)] == [1, 0.75, 0.75, 0.5, 0.5, 0]


@pytest.mark.parametrize(
    ("hours", "closed", "words"),
    [([1, 2], [1], "2 durations but 1"), ([-1], [1], "0 or more"), ([float("nan")], [1], "0 or more")],
)
def test_impossible_times_are_refused(hours: list[float], closed: list[int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        kaplan_meier(hours, closed)
