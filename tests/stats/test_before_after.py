"""Did it work: before and after, interrupted counts, agreement and words of themes."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from cvdesk.stats.before_after import before_after, before_after_trend, line_through
from cvdesk.stats.ctfidf import ctfidf, top_words
from cvdesk.stats.interrupted import beyond, growth_through, interrupted_counts
from cvdesk.stats.kappa import kappa, kappa_yes_no
from cvdesk.stats.least_squares import weighted
from cvdesk.stats.quantiles import t_quantile

BEFORE = [3.6, 3.8, 3.5, 3.7, 3.9, 3.6, 3.7, 3.8]
AFTER = [3.9, 4.1, 4.0, 4.2, 4.0, 4.1]
sides = st.tuples(
    st.lists(st.integers(-20, 20), min_size=6, max_size=20), st.lists(st.integers(-20, 20), min_size=4, max_size=12)
)
counted = st.lists(st.tuples(st.integers(0, 25), st.integers(20, 300)), min_size=10, max_size=30)


def test_interval_is_wider_where_neighbours_resemble_each_other() -> None:
    slow = before_after([1, 2, 3, 4, 5, 6, 7, 8], [7, 6, 5, 6, 7, 8])
    assert slow.r1_corrected == pytest.approx(0.8)
    assert slow.se > 2 * np.std([1, 2, 3, 4, 5, 6, 7, 8]) / math.sqrt(8)
    assert before_after(BEFORE, AFTER).r1_corrected == 0


def test_sides_without_any_spread_have_an_interval_without_width() -> None:
    found = before_after([0.1] * 6, [0.3] * 4)
    assert found.change == pytest.approx(0.2)
    assert (found.se, found.r1) == (0, 0)


@pytest.mark.parametrize(("before", "after"), [([1.0, 2.0, 3.0], []), ([], [1.0, 2.0, 3.0]), ([1.0], [2.0])])
def test_too_little_to_compare_is_refused(before: list[float], after: list[float]) -> None:
    with pytest.raises(ValueError, match=r"too few|tell the coefficients apart"):
        before_after(before, after)


def test_values_must_be_finite() -> None:
    with pytest.raises(ValueError, match="finite"):
        before_after([1, 2, math.nan], [1, 2])


@given(sides, st.integers(-100, 100), st.sampled_from([0.5, 4, 32]))
def test_change_scales_with_the_unit(both: tuple[list[int], list[int]], shift: int, scale: float) -> None:
    before, after = both
    here = before_after(before, after)
    there = before_after([shift + scale * one for one in before], [shift + scale * one for one in after])
    assert there.change == pytest.approx(scale * here.change, abs=1e-9)
    assert there.se == pytest.approx(scale * here.se, abs=1e-9)
    assert here.change == pytest.approx(np.mean(after) - np.mean(before), abs=1e-9)


@given(sides)
def test_without_resemblance_it_is_the_pooled_t_interval(both: tuple[list[int], list[int]]) -> None:
    before, after = both
    found = before_after(before, after)
    squares = np.sum((np.array(before) - np.mean(before)) ** 2) + np.sum((np.array(after) - np.mean(after)) ** 2)
    df = len(before) + len(after) - 2
    se = math.sqrt(squares / df * (1 / len(before) + 1 / len(after)))
    wider = math.sqrt((1 + found.r1_corrected) / (1 - found.r1_corrected))
    assert found.se == pytest.approx(se * wider, abs=1e-9)
    assert found.high - found.change == pytest.approx(t_quantile(0.975, df) * found.se, abs=1e-9)


def test_change_beyond_a_steady_climb() -> None:
    climb = [0.1 * month for month in range(18)]
    wobble = [0.02 * (-1) ** month for month in range(18)]
    values = [a + b + (0.5 if month >= 12 else 0) for month, (a, b) in enumerate(zip(climb, wobble, strict=True))]
    plain = before_after(values[:12], values[12:])
    timed = before_after_trend(values[:12], values[12:], range(12), range(12, 18))
    assert plain.change > 1.2
    assert timed.change == pytest.approx(0.5, abs=0.05)
    assert timed.slope == pytest.approx(0.1, abs=0.01)
    assert line_through(values[:12], range(12)).clear
    assert not line_through(wobble[:12], range(12)).clear


@given(sides)
def test_segmented_line_is_least_squares(both: tuple[list[int], list[int]]) -> None:
    before, after = both
    times = list(range(len(before) + len(after)))
    found = before_after_trend(before, after, times[: len(before)], times[len(before) :])
    columns = [[1.0, float(at >= len(before)), float(at)] for at in times]
    exact = np.linalg.lstsq(np.array(columns), np.array([*before, *after], dtype=float), rcond=None)[0]
    assert (found.change, found.slope) == pytest.approx((exact[1], exact[2]), abs=1e-8)


def test_times_that_cannot_tell_are_refused() -> None:
    with pytest.raises(ValueError, match="apart"):
        before_after_trend([1, 2, 3], [4, 5], [0, 0, 0], [1, 1])
    with pytest.raises(ValueError, match="its time"):
        before_after_trend([1, 2, 3], [4, 5], [0, 0], [1, 1])
    with pytest.raises(ValueError, match="apart"):
        weighted([(1.0, 2.0), (2.0, 4.0)], [1, 2], [1, 1])


@settings(deadline=None, max_examples=40)
@given(counted, st.booleans())
def test_rate_ratio_is_the_largest_likelihood(points: list[tuple[int, int]], timed: bool) -> None:
    counts, exposure = [one for one, _of in points], [of for _one, of in points]
    after = [int(place >= 6) for place in range(len(points))]
    if not sum(counts[:6]) or not sum(counts[6:]):
        return
    time = list(range(len(points))) if timed else None
    found = interrupted_counts(counts, exposure, after, time)
    columns = np.array([[1.0, side] + ([at - 5.0] if timed else []) for at, side in enumerate(after)])

    def unlikely(b: "np.ndarray") -> float:
        eta = columns @ b + np.log(exposure)
        return float(np.sum(np.exp(eta) - np.array(counts) * eta))

    def slope(b: "np.ndarray") -> "np.ndarray":
        return columns.T @ (np.exp(columns @ b + np.log(exposure)) - np.array(counts))

    start = np.zeros(columns.shape[1])
    start[0] = math.log(sum(counts) / sum(exposure))
    best = minimize(unlikely, start, jac=slope, method="BFGS", options={"gtol": 1e-8})
    assert math.log(found.rate_ratio) == pytest.approx(best.x[1], abs=2e-4)


def test_without_time_it_is_the_ratio_of_the_two_rates() -> None:
    found = interrupted_counts([4, 6, 5, 3, 7, 5, 2, 1, 3, 2], [100] * 10, [0] * 6 + [1] * 4)
    assert found.rate_ratio == pytest.approx((8 / 400) / (30 / 600))
    assert found.before == pytest.approx(0.05)
    assert found.after == pytest.approx(0.02)
    assert (found.n_before, found.n_after, found.dispersion, found.growth) == (6, 4, 1, None)
    reach = t_quantile(0.975, 8) * math.sqrt(1 / 30 + 1 / 8)
    assert found.high == pytest.approx(found.rate_ratio * math.exp(reach))


def test_scatter_beyond_chance_widens_the_interval() -> None:
    calm = interrupted_counts([5, 5, 5, 5, 5, 5, 3, 3, 3, 3], [100] * 10, [0] * 6 + [1] * 4)
    wild = interrupted_counts([0, 15, 1, 12, 0, 2, 0, 10, 1, 1], [100] * 10, [0] * 6 + [1] * 4)
    assert calm.rate_ratio == pytest.approx(wild.rate_ratio)
    assert wild.dispersion > 3
    assert wild.high / wild.low > calm.high / calm.low


def test_nothing_counted_on_a_side_leaves_a_finite_interval() -> None:
    gone = interrupted_counts([4, 6, 5, 3, 7, 5, 0, 0, 0, 0], [100] * 10, [0] * 6 + [1] * 4)
    assert 0 < gone.low < gone.rate_ratio < gone.high < 1
    never = interrupted_counts([0] * 10, [100] * 10, [0] * 6 + [1] * 4)
    assert never.low < 1 < never.high
    assert (gone.after, never.before) == (0, 0)


@pytest.mark.parametrize(
    ("counts", "exposure", "after", "why"),
    [
        ([1, 2, 3], [9, 9, 9], [0, 0, 0], "before and after"),
        ([1, 2, 3], [9, 9, 9], [1, 1, 1], "before and after"),
        ([1, 2, 3], [9, 0, 9], [0, 1, 1], "nobody"),
        ([1, -2, 3], [9, 9, 9], [0, 1, 1], "below 0"),
        ([1, 2], [9, 9, 9], [0, 1, 1], "equally long"),
        ([1, math.nan, 3], [9, 9, 9], [0, 1, 1], "finite"),
        ([1, 2], [9, 9], [0, 1], "too few"),
    ],
)
def test_impossible_counts_are_refused(counts: list[float], exposure: list[float], after: list[int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        interrupted_counts(counts, exposure, after)


def test_growth_of_a_rate() -> None:
    counts = [round(10 * 1.1**month) for month in range(12)]
    factor, low, high = growth_through(counts, [100] * 12, range(12))
    assert factor == pytest.approx(1.1, abs=0.01)
    assert 1 < low < factor < high
    with pytest.raises(ValueError, match="nothing was counted"):
        growth_through([0] * 5, [1] * 5, range(5))


def test_agreement_beyond_chance() -> None:
    assert kappa([]) is None
    assert kappa([("late", "late")] * 5) is None
    assert kappa([("late", "late"), ("rude", "rude")]) == 1
    assert kappa([("late", "rude"), ("rude", "late")]) == -1
    assert kappa([(1, 1), (1, 2), (2, 1), (2, 2)]) == 0
    with pytest.raises(ValueError, match="below 0"):
        kappa_yes_no(1, -1, 0, 0)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40))
def test_agreement_by_hand(pairs: list[tuple[str, str]]) -> None:
    found, n = kappa(pairs), len(pairs)
    seen = Counter(pairs)
    observed = sum(seen[one, one] for one in "abc") / n
    chance = sum(
        sum(seen[one, other] for other in "abc") * sum(seen[other, one] for other in "abc") for one in "abc"
    ) / (n * n)
    if chance < 1 - 1e-12:
        assert found == pytest.approx((observed - chance) / (1 - chance))
        assert kappa([(other, one) for one, other in pairs]) == pytest.approx(found)
    else:
        assert found is None


def test_words_that_set_a_theme_apart() -> None:
    themes = {"late": ["late", "van", "the", "late"], "rude": ["the", "staff", "rude", "the"], "empty": []}
    assert top_words(themes, 2) == {"late": ("late", "van"), "rude": ("rude", "staff"), "empty": ()}
    assert ctfidf({"one": []}) == {"one": {}}


def test_rounding_makes_no_change() -> None:
    found = before_after([3.2 - 3.4] * 6, [3.6 - 3.8] * 4)
    assert (found.change, found.low, found.high) == (0, 0, 0)


def test_rate_beyond_what_changed_by_itself() -> None:
    sides = [0] * 6 + [1] * 4
    target = interrupted_counts([6] * 6 + [3] * 4, [100] * 10, sides)
    other = interrupted_counts([20] * 6 + [10] * 4, [100] * 10, sides)
    found = beyond(target, other)
    assert found.rate_ratio == pytest.approx(1)
    assert found.low < 1 < found.high
    assert math.log(found.high) == pytest.approx(t_quantile(0.975, 8) * math.hypot(target.se, other.se))
    assert (found.before, found.n_after) == (target.before, 4)
