"""Ratios of rates, Welch, shares within a target, correlations, samples of a known number of customers."""

import math
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cvdesk.stats.amounts import welch
from cvdesk.stats.correlation import paired, pearson, personal_nets
from cvdesk.stats.intervals import Estimate, mean_interval, narrowed, wilson
from cvdesk.stats.quantiles import t_beyond
from cvdesk.stats.rates import rate_ratio
from cvdesk.stats.survival import kaplan_meier
from cvdesk.stats.value import owner_guess

amounts = st.lists(st.integers(-50, 500).map(float), min_size=2, max_size=15)
cases = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)
FACTORS = {"quality": "worth", "support": "benefits", "care": "benefits", "time": "costs", "faults": "drawbacks"}


def ends(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


@given(st.floats(-40, 40), st.floats(1, 5000))
def test_tails_of_t_as_in_scipy(t, df) -> None:
    assert t_beyond(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), rel=1e-8, abs=1e-300)


def test_tails_of_t_at_their_ends() -> None:
    assert (t_beyond(0.0, 3), t_beyond(math.inf, 3)) == (1, 0)
    with pytest.raises(ValueError, match="above 0"):
        t_beyond(1.0, 0)


@given(amounts, amounts)
def test_welch_as_in_scipy(x, y) -> None:
    found = welch(x, y, need=2)
    if len(set(x)) == 1 and len(set(y)) == 1:
        assert found.estimate == Estimate(None, None, None, len(x) + len(y), "no_spread")
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # SciPy warns of a side whose amounts are all alike
        theirs = stats.ttest_ind(x, y, equal_var=False)
    assert (found.t, found.df) == pytest.approx((float(theirs.statistic), float(theirs.df)), rel=1e-6, abs=1e-9)
    assert ends(found.estimate) == pytest.approx(tuple(theirs.confidence_interval()), rel=1e-6, abs=1e-6)


def test_welch_needs_ten_a_side() -> None:
    assert welch([1.0] * 9 + [2.0], [3.0, 4.0] * 4 + [5.0]).estimate.why == "few_answers"
    assert welch([1.0] * 9 + [2.0], [3.0, 4.0] * 5).estimate.value == pytest.approx(-2.4)
    assert welch([], []).estimate.why == "no_data"
    assert welch([1.0], [2.0, 3.0], need=1).estimate.value is None


def test_a_count_of_nought_adds_a_half_to_both() -> None:
    found = rate_ratio(0, 100, 4, 200)
    ratio = (0.5 / 100) / (4.5 / 200)
    reach = math.exp(1.959964 * math.sqrt(1 / 0.5 + 1 / 4.5))
    assert found.value == pytest.approx(ratio)
    assert ends(found) == pytest.approx((ratio / reach, ratio * reach), rel=1e-5)
    assert found.n == 4


def test_rates_of_few_customers_or_without_events_are_not_compared() -> None:
    assert rate_ratio(3, 19, 4, 200).why == "few_customers"
    assert rate_ratio(0, 100, 0, 200).why == "no_data"
    assert rate_ratio(1, 0, 1, 5, need=0).value is None
    with pytest.raises(ValueError, match="negative"):
        rate_ratio(-1, 100, 0, 200)


@given(st.integers(0, 50), st.integers(0, 50), st.floats(20, 900), st.floats(20, 900))
def test_the_other_way_round_is_the_reciprocal(a, b, first, second) -> None:
    there, back = rate_ratio(a, first, b, second), rate_ratio(b, second, a, first)
    if there.value is not None:
        assert back.value == pytest.approx(1 / there.value)
        assert ends(there) == pytest.approx((1 / ends(back)[1], 1 / ends(back)[0]))


@given(cases, st.floats(0, 13))
def test_share_within_a_target_lies_in_its_interval_and_grows(found, target) -> None:
    curve = kaplan_meier([days for days, _ in found], [over for _, over in found])
    share = curve.within(target, need=1)
    if share.value is None:
        assert share.why == "not_followed"
        assert target > max(days for days, _over in found)
        return
    low, high = ends(share)
    assert 0 <= low <= share.value <= high <= 1
    assert low < high
    assert share.value == pytest.approx(1 - curve.open_after(target))
    later = curve.within(target + 1, need=1)
    assert later.value is None or later.value >= share.value


def test_within_target_without_open_cases_is_the_plain_share() -> None:
    curve = kaplan_meier([1, 2, 3, 4, 8, 9, 9, 10], [True] * 8)
    assert curve.within(4).value == 0.5
    # All are closed by 12 though nobody was followed so long.
    assert (curve.within(12).value, curve.within(12).high) == (1, 1)
    assert curve.within(12).low is not None


def test_within_target_needs_five_cases_followed_so_far() -> None:
    assert kaplan_meier([3, 4, 5, 6], [True] * 4).within(4) == Estimate(None, None, None, 4, "few_cases", need=5)
    still_open = kaplan_meier([3, 4, 5, 6, 6], [True] * 4 + [False])
    assert still_open.within(7).why == "not_followed"
    assert still_open.within(6).value == pytest.approx(1 - 1 / 5)
    none_yet = kaplan_meier([9] * 12, [False] * 12).within(9)
    assert (none_yet.value, none_yet.low) == (0, 0)
    assert none_yet.high == wilson(0, 12).high
    assert kaplan_meier([], []).within(3).why == "no_data"


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(-8, 8)), min_size=4, max_size=60))
def test_correlation_as_in_scipy(pairs) -> None:
    x, y = [a for a, _ in pairs], [b for _, b in pairs]
    found = pearson(x, y, need=4)
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert found.why == "no_spread"
        return
    theirs = stats.pearsonr(x, y)
    assert found.value == pytest.approx(float(theirs.statistic), abs=1e-9)
    low, high = ends(found)
    assert -1 <= low < high <= 1
    if abs(theirs.statistic) < 1 - 1 / (2 * len(pairs)):
        assert (low, high) == pytest.approx(tuple(theirs.confidence_interval()), abs=1e-6)


def test_correlation_needs_fifty_who_gave_both() -> None:
    first = {str(person): float(person % 5) for person in range(60)}
    second = {str(person): float(person % 3) for person in range(11, 90)}
    assert paired(first, second) == Estimate(None, None, None, 49, "few_answers", need=50)
    assert paired(first, {**second, "0": 0.0}).n == 50
    with pytest.raises(ValueError, match="no pairs"):
        pearson([1], [1, 2])


@given(
    st.lists(st.fixed_dictionaries({key: st.none() | st.integers(1, 5) for key in FACTORS}), max_size=15),
    st.none() | st.fixed_dictionaries({key: st.floats(1, 5) for key in FACTORS}),
)
def test_personal_nets_follow_the_rules_of_net(answers, weights) -> None:
    columns = {
        key: {str(at): value for at, one in enumerate(answers) if (value := one[key]) is not None} for key in FACTORS
    }
    found = personal_nets(columns, FACTORS, weights)
    for at, one in enumerate(answers):
        expected = owner_guess(one, FACTORS, weights).net
        assert found.get(str(at)) == (None if expected is None else pytest.approx(expected))


def test_half_of_the_customers_asked_narrows_the_interval_around_its_value() -> None:
    plain = wilson(20, 40)
    found = narrowed(plain, 80)
    factor = math.sqrt(40 / 79)
    assert ends(found) == pytest.approx((0.5 - factor * (0.5 - ends(plain)[0]), 0.5 + factor * (ends(plain)[1] - 0.5)))
    assert narrowed(plain, 400) == plain
    assert narrowed(plain, None) == plain
    assert narrowed(wilson(2, 9), 9).value is None


@given(st.lists(st.integers(1, 5), min_size=5, max_size=30), st.integers(1, 60))
def test_a_narrowed_interval_keeps_a_width_and_its_value(answers, customers) -> None:
    plain = mean_interval(answers)
    found = narrowed(plain, customers)
    assert found.value is not None
    low, high = ends(found)
    assert ends(plain)[0] - 1e-9 <= low <= found.value <= high <= ends(plain)[1] + 1e-9
    assert low < high
