"""The value map and the importance-performance grid."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.stats.importance_performance import FIX_FIRST, KEEP, LOW, OVERKILL, Rated, grid
from cvdesk.stats.value_map import fair_price, relative_price, satisfaction_ratio, value_advantage, value_map

LEVER = {"quality": "worth", "support": "benefits", "price": "costs", "faults": "drawbacks"}
SIZES = dict.fromkeys(LEVER, 1.0)
ratings = st.lists(st.fixed_dictionaries({key: st.none() | st.integers(1, 5) for key in LEVER}), max_size=15)
share = st.floats(0.05, 0.95)
ratio = st.floats(0.3, 4)


def everybody(n: int, **given: float) -> list[dict[str, float | None]]:
    return [dict[str, float | None](given) for _ in range(n)]


@given(ratio, ratio, share)
def test_advantage_is_nought_on_the_line_and_rises_with_quality(quality, price, weight) -> None:
    assert value_advantage(quality, fair_price(quality, weight), weight) == pytest.approx(0, abs=1e-9)
    assert (value_advantage(quality, price, weight) > 1e-9) <= (price < fair_price(quality, weight))
    assert value_advantage(quality + 0.1, price, weight) > value_advantage(quality, price, weight)


@given(st.lists(st.tuples(st.floats(0.1, 9), st.floats(1, 5), st.floats(1, 5)), min_size=1), st.floats(0.01, 100))
def test_scaling_the_weights_changes_no_ratio(rows, scale) -> None:
    weights, ours, theirs = (list(column) for column in zip(*rows, strict=True))
    found = satisfaction_ratio(weights, ours, theirs)
    assert satisfaction_ratio([weight * scale for weight in weights], ours, theirs) == pytest.approx(found)
    assert relative_price(weights, ours, theirs) == pytest.approx(1 / found)
    assert satisfaction_ratio(weights, ours, ours) == pytest.approx(1)


def test_ratios_by_hand_with_burdens_turned() -> None:
    found = value_map(
        everybody(6, quality=5, support=3, price=4, faults=1), everybody(5, quality=4, support=4, price=3, faults=2),
        LEVER, SIZES, ["price"],
    )  # fmt: skip
    assert found is not None
    # Quality: 5/4, 3/4 and, turned, 5/4; price: their satisfaction 6 - 3 over ours 6 - 4.
    assert found.quality.value == pytest.approx((1.25 + 0.75 + 1.25) / 3)
    assert found.price.value == pytest.approx(1.5)
    assert found.quality_weight == pytest.approx(0.75)
    assert found.advantage.value == pytest.approx(0.75 / 12 - 0.25 * 0.5)
    assert found.fair_price == pytest.approx(1 + 3 / 12)
    assert (found.quality.n, found.factors) == (11, ("quality", "support", "faults", "price"))


def test_a_real_price_is_exact_and_needs_no_money_answers() -> None:
    us, them = everybody(6, quality=4), everybody(6, quality=4)
    found = value_map(us, them, LEVER, SIZES, ["price"], price_ratio=1.2)
    assert found is not None
    assert (found.price.value, found.price.low, found.price.high) == (1.2, None, None)
    assert found.advantage.value == pytest.approx(-0.25 * 0.2)
    assert value_map(us, them, LEVER, SIZES, ["price"]) is None
    assert value_map(us[:4], them, LEVER, SIZES, ["price"], price_ratio=1.2) is None


@given(ratings, ratings)
def test_the_place_lies_in_intervals_that_have_a_width(ours, theirs) -> None:
    found = value_map(ours, theirs, LEVER, SIZES, ["price"])
    if found is None:
        return
    for estimate in (found.quality, found.price, found.advantage):
        assert estimate.value is not None
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low < estimate.high
        assert estimate.low - 1e-9 <= estimate.value <= estimate.high + 1e-9


def test_the_same_people_on_both_sides_know_the_difference_better() -> None:
    chance = random.Random(4)
    both = [chance.choice((2, 3, 4, 5)) for _ in range(40)]
    us = [{"quality": float(x), "price": 3.0} for x in both]
    them = [{"quality": float(max(1, x - chance.randint(0, 1))), "price": 3.0} for x in both]
    apart, paired = (value_map(us, them, LEVER, SIZES, ["price"], paired=pairs) for pairs in (False, True))
    assert apart is not None
    assert paired is not None
    assert apart.quality.value == paired.quality.value
    assert paired.quality.low is not None
    assert apart.quality.low is not None
    assert paired.quality.low > apart.quality.low
    with pytest.raises(ValueError, match="no pairs"):
        value_map(us, them[1:], LEVER, SIZES, ["price"], paired=True)


def test_the_interval_holds_the_true_quality_ratio_as_often_as_it_says() -> None:
    chance = random.Random(11)
    ours, theirs = (0.05, 0.1, 0.2, 0.35, 0.3), (0.1, 0.15, 0.3, 0.3, 0.15)
    truth = sum(x * p for x, p in enumerate(ours, 1)) / sum(x * p for x, p in enumerate(theirs, 1))
    held = 0
    for _ in range(300):
        us, them = (
            [{"quality": float(x)} for x in chance.choices(range(1, 6), pattern, k=n)]
            for pattern, n in ((ours, 30), (theirs, 20))
        )
        found = value_map(us, them, LEVER, SIZES, ["price"], price_ratio=1.0)
        assert found is not None
        assert found.quality.low is not None
        assert found.quality.high is not None
        held += found.quality.low <= truth <= found.quality.high
    assert held / 300 >= 0.92


@pytest.mark.parametrize(
    ("weights", "ours", "theirs"),
    [([1], [1], [0]), ([0], [1], [1]), ([-1, 2], [1, 1], [1, 1]), ([1, 1], [1], [1, 1])],
)
def test_impossible_ratios_are_refused(weights, ours, theirs) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
        satisfaction_ratio(weights, ours, theirs)


def test_all_importance_on_quality_makes_no_line() -> None:
    with pytest.raises(ValueError, match="below 1"):
        fair_price(1.1, 1.0)


def test_on_a_line_counts_as_high() -> None:
    alike = grid([Rated(key, 0.1, 4.1) for key in "abc"])
    assert {placed.quadrant for placed in alike.placed} == {KEEP}
    found = grid([Rated("a", 5, 4), Rated("b", 3, 4), Rated("c", 4, 2), Rated("d", 4, 6)])
    assert (found.importance, found.performance) == (4, 4)
    assert [placed.quadrant for placed in found.placed] == [KEEP, OVERKILL, FIX_FIRST, KEEP]
    assert grid([Rated("a", 5, 5), Rated("b", 1, 1)]).placed[1].quadrant == LOW


def test_an_interval_across_the_line_is_near_it() -> None:
    found = grid([Rated("a", 4, 4, 3.2, 4.5), Rated("b", 4, 3, 2.6, 3.4), Rated("c", 4, 3.5)])
    assert [placed.near for placed in found.placed] == [True, False, False]
    with pytest.raises(ValueError, match="no grid"):
        grid([])
