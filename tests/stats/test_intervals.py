"""Shares, means and differences: formulas, properties, coverage."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from cvdesk.stats.intervals import (
    Estimate,
    difference_independent,
    difference_paired,
    hidden,
    limits,
    mean_interval,
    mean_interval_from_sums,
    plus_one,
    plus_one_of,
    welch_degrees,
    wilson,
)

ratings = st.lists(st.integers(1, 5), min_size=5, max_size=60)
real_ratings = st.lists(st.floats(1, 5), min_size=5, max_size=60)


def ends(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def figure(estimate: Estimate) -> float:
    assert estimate.value is not None
    return estimate.value


@given(st.integers(1, 400), st.data(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_as_in_scipy(n: int, data: st.DataObject, confidence: float) -> None:
    k = data.draw(st.integers(0, n))
    theirs = stats.binomtest(k, n).proportion_ci(confidence, method="wilson")
    found = wilson(k, n, confidence, need=1)
    assert ends(found) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert found.value == k / n


def test_share_is_shown_from_ten_on() -> None:
    assert wilson(9, 9) == Estimate(None, None, None, 9, "few_answers", need=10)
    assert wilson(0, 0) == Estimate(None, None, None, 0, "no_data", need=10)
    assert wilson(10, 10).value == 1
    assert wilson(10, 10).high == 1
    assert wilson(0, 10).low == 0


def test_none_and_all_reach_exactly_to_the_ends() -> None:
    assert {wilson(0, n).low for n in range(10, 400)} == {0.0}
    assert {wilson(n, n).high for n in range(10, 400)} == {1.0}


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 5)])
def test_impossible_share_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        wilson(k, n)


def test_mean_is_shown_from_five_on() -> None:
    assert mean_interval([5, 5, 5, 5]) == Estimate(None, None, None, 4, "few_answers", need=5)
    assert mean_interval([]) == Estimate(None, None, None, 0, "no_data", need=5)
    assert mean_interval([5, 5, 5, 5, 5]).value == 5


def test_one_answer_tells_nothing_but_the_range() -> None:
    assert mean_interval([4], need=1) == Estimate(4, 1, 5, 1)
    assert difference_paired([2], need=1) == Estimate(2, -4, 4, 1)
    assert ends(difference_independent([4], [2, 3], need=1)) == (-4, 4)


@given(real_ratings)
def test_mean_lies_in_its_interval_and_the_interval_on_the_scale(answers: list[float]) -> None:
    found = mean_interval(answers)
    low, high = ends(found)
    assert 1 <= low <= plus_one_of(answers).centre <= high <= 5
    assert low - 1e-9 <= figure(found) <= high + 1e-9
    assert low < high


@given(ratings, st.randoms(use_true_random=False))
def test_order_does_not_matter(answers: list[int], chance: random.Random) -> None:
    shuffled = list(answers)
    chance.shuffle(shuffled)
    assert mean_interval(shuffled) == mean_interval(answers)


@given(ratings)
def test_turned_answers_give_the_turned_interval(answers: list[int]) -> None:
    low, high = ends(mean_interval(answers))
    turned = ends(mean_interval([6 - x for x in answers]))
    assert turned == pytest.approx((6 - high, 6 - low))


@given(ratings, st.integers(2, 5))
def test_more_of_the_same_answers_narrow_the_interval(answers: list[int], times: int) -> None:
    few, many = ends(mean_interval(answers)), ends(mean_interval(answers * times))
    assert many[1] - many[0] < few[1] - few[0]


@given(ratings)
def test_more_confidence_widens_the_interval(answers: list[int]) -> None:
    low, high = ends(mean_interval(answers))
    wider_low, wider_high = ends(mean_interval(answers, confidence=0.99))
    assert wider_low <= low
    assert wider_high >= high
    assert (wider_low, wider_high) != (low, high) or (low, high) == (1, 5)


@given(ratings)
def test_sums_give_the_same_as_answers(answers: list[int]) -> None:
    from_sums = mean_interval_from_sums(len(answers), sum(answers), sum(x * x for x in answers))
    assert from_sums == mean_interval(answers)


@given(ratings)
def test_plus_one_is_a_t_interval_with_one_more_person(answers: list[int]) -> None:
    # The imaginary person's five answers, each with a fifth of the weight, written out.
    n = len(answers)
    centre = (sum(answers) + 3) / (n + 1)
    squares = sum((x - centre) ** 2 for x in answers) + sum((x - centre) ** 2 for x in range(1, 6)) / 5
    found = plus_one_of(answers)
    assert found.centre == pytest.approx(centre)
    assert found.variance == pytest.approx(squares / n)
    reach = stats.t.ppf(0.975, n - 1) * (squares / n / (n + 1)) ** 0.5
    assert ends(mean_interval(answers)) == pytest.approx((max(1, centre - reach), min(5, centre + reach)))


@pytest.mark.parametrize("answers", [[0, 3, 3, 3, 3], [5, 5, 5, 5, 5.1], [3, 3, 3, 3, float("nan")]])
def test_answer_off_the_scale_is_refused(answers: list[float]) -> None:
    with pytest.raises(ValueError, match="outside 1 to 5"):
        mean_interval(answers)


def test_plus_one_needs_an_answer() -> None:
    with pytest.raises(ValueError, match="at least one"):
        plus_one(0, 0, 0)


@given(ratings, ratings)
def test_difference_turns_with_its_sides(x: list[int], y: list[int]) -> None:
    one, other = difference_independent(x, y), difference_independent(y, x)
    low, high = ends(one)
    assert other.value == pytest.approx(-figure(one))
    assert ends(other) == pytest.approx((-high, -low))
    assert -4 <= low <= figure(one) <= high <= 4
    assert one.n == len(x) + len(y)


@given(ratings, ratings)
def test_welch_degrees_lie_between_the_smaller_side_and_both(x: list[int], y: list[int]) -> None:
    degrees = welch_degrees(plus_one_of(x), plus_one_of(y))
    assert min(len(x), len(y)) - 1 - 1e-9 <= degrees <= len(x) + len(y) - 2 + 1e-9


def test_both_sides_of_a_difference_need_five_answers() -> None:
    assert difference_independent([4] * 4, [3] * 20) == hidden(24, 5)
    assert difference_independent([4] * 5, [3] * 5).value == 1


@given(st.lists(st.integers(-4, 4), min_size=5, max_size=40))
def test_paired_difference_turns_with_its_sign(differences: list[int]) -> None:
    found, turned = difference_paired(differences), difference_paired([-d for d in differences])
    low, high = ends(found)
    assert ends(turned) == pytest.approx((-high, -low))
    assert -4 <= low <= figure(found) <= high <= 4


@given(ratings)
def test_people_who_rate_both_alike_show_no_difference(answers: list[int]) -> None:
    low, high = ends(difference_paired([0] * len(answers)))
    assert low == pytest.approx(-high)
    assert low < 0 < high


@given(st.floats(-3, 3), st.floats(1e-6, 4), st.integers(1, 200))
def test_limits_are_symmetric_unless_cut(centre: float, squared_error: float, degrees: int) -> None:
    low, high = limits(centre, squared_error, degrees, (-100, 100))
    assume(low > -100)
    assume(high < 100)
    assert high - centre == pytest.approx(centre - low, abs=1e-9)


@pytest.mark.parametrize("chances", [(0, 0, 0.02, 0.18, 0.8), (0.45, 0.05, 0, 0.05, 0.45), (0.1, 0.2, 0.4, 0.2, 0.1)])
@pytest.mark.parametrize("n", [5, 10, 30])
def test_intervals_hold_the_true_mean_as_often_as_they_say(chances: tuple[float, ...], n: int) -> None:
    # 2,000 simulated samples have a standard error of 0.5 %: 93.5 % and more is no evidence against 95 %.
    chance = random.Random(20_260_101 + n)
    truth = sum(x * p for x, p in zip(range(1, 6), chances, strict=True))
    samples = 2000
    held = 0
    for _ in range(samples):
        low, high = ends(mean_interval(chance.choices(range(1, 6), chances, k=n)))
        held += low <= truth <= high
    assert held / samples >= 0.935
