"""NPS, satisfaction, ease and complaint rates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cvdesk.stats.csat import ces, csat
from cvdesk.stats.intervals import Estimate, mean_interval, wilson
from cvdesk.stats.nps import NpsCounts, adjusted, count_ratings, nps, nps_change, spread
from cvdesk.stats.rates import per_100, poisson_limits

counts = st.builds(NpsCounts, *[st.integers(0, 200)] * 3)


def ends(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def test_score_is_shown_from_twenty_on() -> None:
    assert nps(NpsCounts(3, 6, 10)) == Estimate(None, None, None, 19, "few_answers", need=20)
    assert nps(NpsCounts(0, 0, 0)) == Estimate(None, None, None, 0, "no_data", need=20)
    assert nps(NpsCounts(4, 6, 10)).value == 30


@pytest.mark.parametrize(("n", "margin"), [(20, 34), (50, 22)])
def test_margins_of_the_usual_score(n: int, margin: int) -> None:
    found = NpsCounts(n // 5, 3 * n // 10, n // 2)
    plain = 196 * (spread(found)[1] / n) ** 0.5
    assert plain == pytest.approx(margin, abs=0.5)
    low, high = ends(nps(found))
    assert plain * 0.9 < (high - low) / 2 < plain  # the added answers pull extremes in


@given(counts)
def test_score_lies_in_its_interval_and_the_interval_in_the_range(found: NpsCounts) -> None:
    estimate = nps(found)
    if found.n < 20:
        assert estimate.value is None
        return
    low, high = ends(estimate)
    assert estimate.value is not None
    assert -100 <= low <= estimate.value <= high <= 100
    turned = ends(nps(NpsCounts(found.promoters, found.passives, found.detractors)))
    assert turned == pytest.approx((-high, -low))


@given(st.lists(st.integers(0, 10), min_size=1, max_size=80))
def test_variance_is_that_of_minus_one_zero_and_one(ratings: list[int]) -> None:
    marks = [1 if x >= 9 else 0 if x >= 7 else -1 for x in ratings]
    mean = sum(marks) / len(marks)
    score, variance = spread(count_ratings(ratings))
    assert score == pytest.approx(mean)
    assert variance == pytest.approx(sum((m - mean) ** 2 for m in marks) / len(marks))


@pytest.mark.parametrize("rating", [11, -1, 7.5, float("nan")])
def test_recommend_answers_are_whole_numbers_from_0_to_10(rating: float) -> None:
    with pytest.raises(ValueError, match="whole number"):
        count_ratings([9, rating])


def test_change_shows_the_plain_difference_and_needs_both_periods() -> None:
    earlier, later = NpsCounts(10, 10, 10), NpsCounts(5, 10, 15)
    found = nps_change(earlier, later)
    low, high = ends(found)
    assert found.value == pytest.approx(100 / 3)
    assert (low + high) / 2 == pytest.approx(100 * (adjusted(later)[0] - adjusted(earlier)[0]))
    assert nps_change(earlier, NpsCounts(5, 10, 4)) == Estimate(None, None, None, 49, "few_answers", need=20)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        spread(NpsCounts(-1, 3, 4))
    with pytest.raises(ValueError, match="negative"):
        csat([1, 1, 1, 1, -1])
    with pytest.raises(ValueError, match="negative"):
        poisson_limits(-1)
    with pytest.raises(ValueError, match="negative"):
        per_100(1, -5)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_satisfaction_is_the_share_of_four_and_five_and_the_mean(answers: list[int]) -> None:
    found = csat([answers.count(x) for x in range(1, 6)])
    assert found.share == wilson(sum(x >= 4 for x in answers), len(answers))
    assert found.mean == mean_interval(answers)
    assert ces([answers.count(x) for x in range(1, 6)]) == found


def test_ease_on_seven_points_counts_five_to_seven_and_stays_on_its_scale() -> None:
    found = ces([0, 0, 0, 0, 0, 0, 30])
    assert (found.share.value, found.mean.value, found.mean.high) == (1, 7, 7)
    assert 6 < ends(found.mean)[0] < 7
    assert ces([5, 5, 5, 5, 5, 5, 5]).share.value == pytest.approx(3 / 7)


@pytest.mark.parametrize("counts", [[1, 2, 3, 4], [1] * 6, []])
def test_scales_are_not_mixed(counts: list[int]) -> None:
    with pytest.raises(ValueError, match="counts"):
        ces(counts)
    with pytest.raises(ValueError, match="counts"):
        csat(counts)


@given(st.integers(0, 9000), st.sampled_from([0.9, 0.95, 0.99]))
def test_poisson_limits_are_exact(count: int, confidence: float) -> None:
    low, high = poisson_limits(count, confidence)
    tail = (1 - confidence) / 2
    assert stats.poisson.cdf(count, high) == pytest.approx(tail, rel=1e-6)
    if count:
        assert stats.poisson.sf(count - 1, low) == pytest.approx(tail, rel=1e-6)
    else:
        assert low == 0


def test_rate_needs_twenty_customers() -> None:
    assert per_100(2, 19) == Estimate(None, None, None, 19, "few_customers", need=20)
    assert per_100(0, 0) == Estimate(None, None, None, 0, "no_data", need=20)
    found = per_100(41, 180)
    assert found.value == pytest.approx(22.7778, abs=1e-4)
    assert [round(x, 1) for x in ends(found)] == [16.3, 30.9]
