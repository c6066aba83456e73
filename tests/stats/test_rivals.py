"""Us against a competitor: advantages, leverages that add up, tests, labels."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cvdesk.stats.benjamini_hochberg import rejected
from cvdesk.stats.intervals import difference_independent, difference_paired, plus_one_of
from cvdesk.stats.rivals import CLOSE_GAP, DOUBLE_DOWN, ENOUGH, LEAVE, LEVEL, compare, leverages
from cvdesk.stats.value import LEVERS, lever_multipliers, net_value

FACTORS = {
    "problem_solved": "worth", "quality": "worth", "support": "benefits", "peace_of_mind": "benefits",
    "price_level": "costs", "time": "costs", "waiting": "drawbacks", "faults": "drawbacks",
}  # fmt: skip
means = st.fixed_dictionaries({key: st.floats(1, 5) for key in FACTORS})
some_means = st.dictionaries(st.sampled_from(sorted(FACTORS)), st.floats(1, 5))
weights = st.none() | st.fixed_dictionaries({key: st.floats(1, 5) for key in FACTORS})
multipliers = st.none() | st.fixed_dictionaries({lever: st.integers(0, 10) for lever in LEVERS}).map(lever_multipliers)
columns = st.fixed_dictionaries({key: st.lists(st.integers(1, 5), max_size=12) for key in FACTORS})


def rated(columns: dict[str, list[int]]) -> list[dict[str, float | None]]:
    """The columns as people, each of whom answered one question."""
    return [{key: value} for key, values in columns.items() for value in values]


@given(means, means, weights, multipliers)
def test_leverages_add_up_to_the_difference_of_the_nets(ours, theirs, weights, multipliers) -> None:
    found = leverages(ours, theirs, FACTORS, weights, multipliers)
    assert found.us is not None
    assert found.them is not None
    assert found.total == pytest.approx(found.us - found.them, abs=1e-12)
    nets = [net_value([side] * 5, FACTORS, weights, multipliers).net.value for side in (ours, theirs)]
    assert [found.us, found.them] == pytest.approx(nets, abs=1e-9)


@given(some_means, some_means, weights)
def test_only_shared_factors_count_and_their_weights_grow(ours, theirs, weights) -> None:
    found = leverages(ours, theirs, FACTORS, weights)
    shared = {key: lever for key, lever in FACTORS.items() if key in ours and key in theirs}
    assert set(found.leverage) <= set(shared)
    for lever in LEVERS:
        sizes = [size for key, size in found.sizes.items() if FACTORS[key] == lever]
        assert sum(sizes) == pytest.approx(0 if lever in found.missing else 1)
    if found.missing:
        assert (found.us, found.them) == (None, None)
    else:
        assert found.us is not None
        assert found.them is not None
        assert found.total == pytest.approx(found.us - found.them, abs=1e-12)


@given(columns, columns, weights)
def test_answers_give_the_leverages_of_the_nets_over_the_shared_factors(ours, theirs, weights) -> None:
    found = compare(ours, theirs, FACTORS, weights)
    shared = {key: FACTORS[key] for key in FACTORS if min(len(ours[key]), len(theirs[key])) >= 5}
    assert {one.factor for one in found.factors if one.advantage.value is not None} == set(shared)
    assert {one.factor for one in found.factors if one.p is not None} == set(shared)
    if found.leverages.missing:
        return
    fewer = {key: (values if key in shared else []) for key, values in ours.items()}
    other = {key: (values if key in shared else []) for key, values in theirs.items()}
    us = net_value(rated(fewer), FACTORS, weights).net.value
    them = net_value(rated(other), FACTORS, weights).net.value
    assert us is not None
    assert them is not None
    assert found.leverages.total == pytest.approx(us - them, abs=1e-9)
    assert sum(one.leverage or 0 for one in found.factors) == pytest.approx(found.leverages.total)


@given(columns, columns, st.randoms(use_true_random=False))
def test_order_of_answers_does_not_matter(ours, theirs, chance) -> None:
    shuffled = {key: chance.sample(values, len(values)) for key, values in ours.items()}
    first, second = compare(ours, theirs, FACTORS), compare(shuffled, theirs, FACTORS)
    assert [one.label for one in first.factors] == [one.label for one in second.factors]
    assert [one.p for one in first.factors] == pytest.approx([one.p for one in second.factors])


def test_advantage_is_better_for_us_also_where_less_is_better() -> None:
    fast, slow = [2, 1, 2, 1, 2, 1], [4, 5, 4, 5, 4, 4]
    (one,) = compare({"waiting": fast}, {"waiting": slow}, {"waiting": "drawbacks"}).factors
    turned = difference_independent(slow, fast)
    assert [one.advantage.value, one.advantage.low, one.advantage.high] == pytest.approx([
        turned.value, turned.low, turned.high,
    ])  # fmt: skip
    assert [one.ours, one.theirs] == pytest.approx([1.5, 26 / 6])
    assert one.label == DOUBLE_DOWN


def test_p_of_independent_answers_is_that_of_the_interval() -> None:
    us, them = [4, 5, 4, 3, 5, 4, 5], [3, 3, 4, 2, 3]
    (one,) = compare({"quality": us}, {"quality": them}, {"quality": "worth"}).factors
    a, b = plus_one_of(us), plus_one_of(them)
    error = (a.squared_error + b.squared_error) ** 0.5
    df = error**4 / (a.squared_error**2 / 6 + b.squared_error**2 / 4)
    assert one.p == pytest.approx(2 * stats.t.sf((a.mean - b.mean) / error, df))
    assert one.advantage == difference_independent(us, them)


def test_p_of_pairs_is_that_of_their_differences() -> None:
    us, them = [2, 3, 2, 4, 3, 2, 1], [3, 4, 4, 4, 3, 4, 2]
    (one,) = compare({"time": us}, {"time": them}, {"time": "costs"}, paired=True).factors
    assert one.advantage == difference_paired([b - a for a, b in zip(us, them, strict=True)])
    mean = -7 / 8  # with one imaginary person who sees no difference
    spread = (sum((a - b) ** 2 for a, b in zip(us, them, strict=True)) + 4 - 8 * mean**2) / 7
    assert one.p == pytest.approx(2 * stats.t.sf(abs(mean) / (spread / 8) ** 0.5, 6))
    with pytest.raises(ValueError, match="no pairs"):
        compare({"time": us}, {"time": them[1:]}, {"time": "costs"}, paired=True)


def test_labels_by_weight_and_direction_of_what_is_more_than_chance() -> None:
    levers = dict.fromkeys("abcde", "worth") | {"f": "benefits", "g": "costs", "h": "drawbacks"}
    good, bad = [5, 5, 4, 5, 5, 4, 5, 5], [2, 1, 2, 2, 1, 2, 1, 2]
    same = [3, 4, 3, 4, 3, 4, 3, 4]
    ours = {"a": good, "b": bad, "c": good, "d": bad, "e": same, "f": same, "g": same, "h": same}
    theirs = {"a": bad, "b": good, "c": bad, "d": good, "e": same, "f": same, "g": same, "h": same}
    weights = {"a": 5, "b": 5, "c": 2, "d": 2, "e": 5, "f": 4, "g": 4, "h": 4}
    found = {one.factor: one.label for one in compare(ours, theirs, levers, weights).factors}
    assert found == {
        "a": DOUBLE_DOWN, "b": CLOSE_GAP, "c": ENOUGH, "d": LEAVE, "e": LEVEL, "f": LEVEL, "g": LEVEL, "h": LEVEL,
    }  # fmt: skip


def test_with_equal_weights_no_lever_counts_less_because_it_has_more_factors() -> None:
    levers = {"a": "worth", "b": "worth", "c": "worth", "d": "benefits", "e": "costs", "f": "drawbacks"}
    good, bad = [5, 5, 4, 5, 5, 4, 5, 5], [2, 1, 2, 2, 1, 2, 1, 2]
    ours, theirs = dict.fromkeys(levers, good), dict.fromkeys(levers, bad)
    found = {one.factor: one.label for one in compare(ours, theirs, levers).factors}
    assert found == dict.fromkeys("abcd", DOUBLE_DOWN) | dict.fromkeys("ef", CLOSE_GAP)


def test_equal_competitors_are_seldom_told_apart() -> None:
    chance = random.Random(5)
    levers = {f"{lever}{k}": lever for lever in LEVERS for k in range(6)}
    wrong = 0
    for _ in range(200):
        ours, theirs = ({key: chance.choices(range(1, 6), (1, 2, 4, 6, 3), k=n) for key in levers} for n in (25, 12))
        wrong += any(one.label != LEVEL for one in compare(ours, theirs, levers).factors)
    assert wrong / 200 <= 0.10


def test_four_answers_are_not_tested() -> None:
    (one,) = compare({"a": [5] * 9}, {"a": [1] * 4}, {"a": "worth"}).factors
    assert (one.advantage.value, one.p, one.label, one.leverage) == (None, None, None, None)
    assert (one.n_ours, one.n_theirs) == (9, 4)


p_values = st.lists(st.floats(0, 1), max_size=30)


@given(p_values, st.floats(0, 1), st.floats(0, 1))
def test_a_looser_rule_passes_no_fewer(p, q, r) -> None:
    assert sum(rejected(p, min(q, r))) <= sum(rejected(p, max(q, r)))


@given(p_values, st.floats(0, 1))
def test_smaller_p_values_pass_before_larger_ones_and_as_in_scipy(p, q) -> None:
    flags = rejected(p, q)
    assert max((x for x, flag in zip(p, flags, strict=True) if flag), default=0) <= min(
        (x for x, flag in zip(p, flags, strict=True) if not flag), default=1
    )
    adjusted = stats.false_discovery_control(p) if p else []
    if all(abs(x - q) > 1e-9 for x in adjusted):
        assert flags == [bool(x <= q) for x in adjusted]


@given(p_values, st.floats(0, 1), st.integers(0, 29))
def test_lowering_one_p_value_takes_no_finding_away(p, q, place) -> None:
    lowered = [x / 2 if at == place else x for at, x in enumerate(p)]
    assert all(after or not before for before, after in zip(rejected(p, q), rejected(lowered, q), strict=True))


def test_p_values_outside_0_to_1_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        rejected([0.2, 1.2])
