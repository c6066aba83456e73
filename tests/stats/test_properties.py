"""What must hold for any answers, weights and multipliers whatever."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.stats.intervals import Estimate, difference_independent, difference_paired, mean_interval, wilson
from cvdesk.stats.nps import NpsCounts, nps
from cvdesk.stats.value import LEVERS, NetValue, lever_multipliers, net_value

FACTORS = {f"{lever}{k}": lever for lever, count in zip(LEVERS, (3, 2, 2, 1), strict=True) for k in range(count)}
answers = st.lists(
    st.dictionaries(st.sampled_from(sorted(FACTORS)), st.none() | st.floats(1, 5) | st.integers(1, 5)), max_size=30
)
alike = st.tuples(st.integers(5, 40), st.fixed_dictionaries({key: st.integers(1, 5) for key in FACTORS})).map(
    lambda drawn: [drawn[1]] * drawn[0]
)
weights = st.none() | st.dictionaries(st.sampled_from(sorted(FACTORS)), st.floats(0.01, 100))
multipliers = st.none() | st.dictionaries(st.sampled_from(LEVERS), st.floats(0, 10)).map(lever_multipliers)
ratings = st.lists(st.integers(1, 5), min_size=5, max_size=30)


def sound(estimate: Estimate, lowest: float, highest: float) -> None:
    """An interval that has a width, holds its figure and keeps to the range."""
    if estimate.value is None:
        assert estimate.why is not None
        return
    assert estimate.low is not None
    assert estimate.high is not None
    assert estimate.low < estimate.high
    assert lowest - 1e-9 <= estimate.low <= estimate.value + 1e-9
    assert estimate.value - 1e-9 <= estimate.high <= highest + 1e-9


def numbers(found: NetValue) -> list[float]:
    """Every figure of a Net value, -99 for those not shown."""
    estimates = [found.net]
    for score in found.levers.values():
        estimates += [score.estimate, *score.factors.values()]
    parts = [part for each in estimates for part in (each.value, each.low, each.high, each.n)]
    return [-99 if part is None else part for part in (*parts, found.get, found.give)]


@given(answers | alike, weights, multipliers)
def test_net_and_all_that_makes_it_up_keep_to_their_ranges(answers, weights, multipliers) -> None:
    found = net_value(answers, FACTORS, weights, multipliers)
    sound(found.net, -8, 8)
    for score in found.levers.values():
        sound(score.estimate, 1, 5)
        for estimate in score.factors.values():
            sound(estimate, 1, 5)


@given(answers, weights, multipliers, st.floats(1e-3, 1e3))
def test_scaling_the_weights_changes_nothing(answers, weights, multipliers, scale) -> None:
    scaled = weights and {key: weight * scale for key, weight in weights.items()}
    before = net_value(answers, FACTORS, weights, multipliers)
    assert numbers(net_value(answers, FACTORS, scaled, multipliers)) == pytest.approx(numbers(before), abs=1e-9)


@given(st.fixed_dictionaries({lever: st.floats(0.01, 10) for lever in LEVERS}), st.floats(0.01, 100))
def test_scaling_the_points_of_the_levers_changes_nothing(points, scale) -> None:
    scaled = {lever: value * scale for lever, value in points.items()}
    assert lever_multipliers(scaled) == pytest.approx(lever_multipliers(points))


@given(answers, weights, multipliers, st.randoms(use_true_random=False))
def test_order_changes_nothing(answers, weights, multipliers, chance) -> None:
    shuffled = [dict(chance.sample(list(one.items()), len(one))) for one in chance.sample(answers, len(answers))]
    before = net_value(answers, FACTORS, weights, multipliers)
    assert numbers(net_value(shuffled, FACTORS, weights, multipliers)) == pytest.approx(numbers(before), abs=1e-9)


@given(answers, weights, st.integers(0, 5))
def test_what_does_not_apply_and_people_without_answers_change_nothing(answers, weights, blank) -> None:
    more = [{**dict.fromkeys(FACTORS), **one} for one in answers] + [dict.fromkeys(FACTORS)] * blank + [{}] * blank
    before = net_value(answers, FACTORS, weights)
    assert numbers(net_value(more, FACTORS, weights)) == pytest.approx(numbers(before), abs=1e-9)


@given(ratings, ratings)
def test_intervals_of_means_and_differences_are_sound(x, y) -> None:
    sound(mean_interval(x), 1, 5)
    sound(mean_interval([value / 2 + 1 for value in x]), 1, 5)
    sound(difference_independent(x, y), -4, 4)
    sound(difference_paired([a - b for a, b in zip(x, y, strict=False)]), -4, 4)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_intervals_of_shares_and_scores_are_sound(a, b, c) -> None:
    sound(wilson(a, a + b), 0, 1)
    sound(nps(NpsCounts(a, b, c)), -100, 100)
    assert math.isclose(sum(part.value or 0 for part in (wilson(a, a + b), wilson(b, a + b))), 1) or a + b < 10
