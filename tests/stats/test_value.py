"""Net value, levers and factors: properties, rules on what is shown, coverage."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cvdesk.stats.intervals import Estimate, limits, mean_interval, plus_one_of
from cvdesk.stats.value import (
    BURDENS,
    GAINS,
    LEVERS,
    NetValue,
    lever_multipliers,
    net_value,
    owner_guess,
    strength,
)
from cvdesk.stats.value_columns import net_and_levers

FACTORS = {
    "problem_solved": "worth",
    "quality": "worth",
    "support": "benefits",
    "peace_of_mind": "benefits",
    "price_level": "costs",
    "time": "costs",
    "waiting": "drawbacks",
    "faults": "drawbacks",
}
SINGLES = {"quality": "worth", "support": "benefits", "time": "costs", "faults": "drawbacks"}

weights = st.none() | st.fixed_dictionaries({key: st.floats(1, 5) for key in FACTORS})
multipliers = st.none() | st.fixed_dictionaries({lever: st.integers(0, 10) for lever in LEVERS}).map(lever_multipliers)
complete = st.lists(st.fixed_dictionaries({key: st.integers(1, 5) for key in FACTORS}), min_size=5, max_size=25)
patchy = st.lists(
    st.fixed_dictionaries({key: st.none() | st.integers(1, 5) for key in FACTORS}), min_size=5, max_size=25
)


def ends(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def figure(value: float | None) -> float:
    assert value is not None
    return value


def same(a: NetValue, b: NetValue) -> bool:
    def figures(found: NetValue) -> list[object]:
        estimates = [found.net, *(found.levers[lever].estimate for lever in LEVERS)]
        return [x for e in estimates for x in (e.n, e.why, e.value, e.low, e.high)]

    return all(x == y or x == pytest.approx(y, abs=1e-9) for x, y in zip(figures(a), figures(b), strict=True))


@given(patchy, weights, multipliers)
def test_net_lies_in_its_interval_and_its_range(answers, weights, multipliers) -> None:
    found = net_value(answers, FACTORS, weights, multipliers)
    if found.net.value is None:
        assert found.net.why in ("no_data", "few_answers", "missing_levers")
        assert None in (found.get, found.give)
        return
    low, high = ends(found.net)
    assert -8 - 1e-9 <= low - 1e-9 <= found.net.value <= high + 1e-9 <= 8 + 2e-9
    assert figure(found.get) - figure(found.give) == pytest.approx(found.net.value, abs=1e-9)
    assert 0 <= figure(found.get) <= found.get_of + 1e-9
    assert found.get_of + found.give_of == pytest.approx(20)


@given(patchy, weights, multipliers)
def test_many_months_at_once_have_the_same_net_and_levers(answers, weights, multipliers) -> None:
    columns = {
        key: {str(person): given[key] for person, given in enumerate(answers) if given[key] is not None}
        for key in FACTORS
    }
    quick = net_and_levers(columns, FACTORS, weights, multipliers)
    whole = net_value(answers, FACTORS, weights, multipliers)
    for key, estimate in {"net": whole.net, **{key: whole.levers[key].estimate for key in LEVERS}}.items():
        assert (quick[key].n, quick[key].why, quick[key].need) == (estimate.n, estimate.why, estimate.need)
        if estimate.value is not None:
            assert quick[key].value == pytest.approx(estimate.value, abs=1e-9)
            assert ends(quick[key]) == pytest.approx(ends(estimate), abs=1e-9)


@given(patchy, weights, st.randoms(use_true_random=False))
def test_order_of_people_does_not_matter(answers, weights, chance) -> None:
    shuffled = list(answers)
    chance.shuffle(shuffled)
    assert same(net_value(shuffled, FACTORS, weights), net_value(answers, FACTORS, weights))


@given(complete, weights)
def test_lever_of_complete_answers_is_the_one_item_interval_of_lever_scores(answers, weights) -> None:
    found = net_value(answers, FACTORS, weights)
    for lever in LEVERS:
        score = found.levers[lever]
        own = [sum(share * answer[key] for key, share in score.shares.items()) for answer in answers]
        item = plus_one_of(own, spread=2 * sum(share * share for share in score.shares.values()))
        assert score.estimate.value == pytest.approx(item.mean)
        expected = limits(item.centre, item.squared_error, item.n - 1, (1, 5))
        assert ends(score.estimate) == pytest.approx(expected, abs=1e-9)


@given(
    st.lists(
        st.fixed_dictionaries({key: st.none() | st.integers(1, 5) for key in SINGLES}),
        min_size=5,
        max_size=20,
    )
)
def test_lever_of_a_single_factor_is_that_factor(answers) -> None:
    found = net_value(answers, SINGLES)
    for key, lever in SINGLES.items():
        item = mean_interval([answer[key] for answer in answers if answer[key] is not None])
        score = found.levers[lever]
        assert score.factors[key] == item
        assert score.estimate.value == (None if item.value is None else pytest.approx(item.value))
        if item.value is not None:
            assert ends(score.estimate) == pytest.approx(ends(item), abs=1e-9)


@given(complete)
def test_equal_weights_are_worth_plus_benefits_less_costs_less_drawbacks(answers) -> None:
    found = net_value(answers, FACTORS)
    score = {lever: figure(found.levers[lever].estimate.value) for lever in LEVERS}
    assert found.get == pytest.approx(score["worth"] + score["benefits"])
    assert found.give == pytest.approx(score["costs"] + score["drawbacks"])
    assert (found.get_of, found.give_of) == (10, 10)


@given(weights, multipliers)
def test_extremes_reach_the_ends_of_the_range_and_all_threes_are_neutral(weights, multipliers) -> None:
    def net(gain: int, burden: int) -> float:
        person = {key: gain if lever in GAINS else burden for key, lever in FACTORS.items()}
        return figure(net_value([person] * 6, FACTORS, weights, multipliers).net.value)

    assert net(5, 1) == pytest.approx(8)
    assert net(1, 5) == pytest.approx(-8)
    assert net(3, 3) == pytest.approx(0)


@given(complete, weights, multipliers, st.sampled_from(sorted(FACTORS)))
def test_points_say_what_one_point_of_a_factor_moves(answers, weights, multipliers, factor) -> None:
    lower = [{**answer, factor: min(answer[factor], 4)} for answer in answers]
    raised = [{**answer, factor: answer[factor] + 1} for answer in lower]
    before, after = (net_value(people, FACTORS, weights, multipliers) for people in (lower, raised))
    change = figure(after.net.value) - figure(before.net.value)
    assert change == pytest.approx(before.points[factor], abs=1e-9)
    assert (before.points[factor] > 0) == (FACTORS[factor] in GAINS)


@given(complete, st.integers(2, 4))
def test_more_of_the_same_people_narrow_the_interval(answers, times) -> None:
    low, high = ends(net_value(answers, FACTORS).net)
    narrower_low, narrower_high = ends(net_value(answers * times, FACTORS).net)
    assert narrower_high - narrower_low < high - low


@given(patchy, weights)
def test_blank_people_and_unknown_factors_change_nothing(answers, weights) -> None:
    more = [{**answer, "colour": 77} for answer in answers] + [{}, dict.fromkeys(FACTORS)]
    assert same(net_value(more, FACTORS, weights), net_value(answers, FACTORS, weights))
    with_blanks = net_value(more, FACTORS)
    assert with_blanks.people == sum(any(x is not None for x in answer.values()) for answer in answers)


def test_factor_is_shown_from_five_answers_on() -> None:
    answers = [{"quality": 4}] * 4
    four = net_value(answers, SINGLES)
    assert four.levers["worth"].factors["quality"] == Estimate(None, None, None, 4, "few_answers", need=5)
    assert four.levers["worth"].estimate == Estimate(None, None, None, 4, "few_answers", need=5)
    assert four.levers["costs"].estimate == Estimate(None, None, None, 0, "no_data", need=5)
    assert four.net == Estimate(None, None, None, 4, "few_answers", need=5)
    five = net_value([*answers, {"quality": 5}], SINGLES)
    assert five.levers["worth"].estimate.value == pytest.approx(4.2)
    assert five.net == Estimate(None, None, None, 5, "missing_levers", need=5)
    assert five.points == {}


def test_lever_needs_half_of_its_weight_and_rescales_it() -> None:
    levers = {"a": "worth", "b": "worth", "c": "worth"}
    answers = [{"a": 5, "b": 2}] * 6
    half = net_value(answers, levers, {"a": 1, "b": 3, "c": 4}).levers["worth"]
    assert half.estimate.value == pytest.approx(5 / 4 + 2 * 3 / 4)
    assert half.shares == pytest.approx({"a": 0.25, "b": 0.75})
    less = net_value(answers, levers, {"a": 1, "b": 3, "c": 4.1}).levers["worth"]
    assert less.estimate == Estimate(None, None, None, 6, "few_factors", need=5)
    assert less.shares == {}
    assert less.factors["a"].value == 5


def test_factor_without_a_weight_of_its_own_weighs_as_much_as_the_mean() -> None:
    answers = [{"a": 5, "b": 2, "c": 1}] * 5
    shares = net_value(answers, dict.fromkeys("abc", "worth"), {"a": 4, "b": 2}).levers["worth"].shares
    assert shares == pytest.approx({"a": 4 / 9, "b": 2 / 9, "c": 3 / 9})


def test_interval_with_missing_answers_written_out() -> None:
    answers: list[dict[str, float | None]] = [{"a": 4, "b": 3}, {"a": 5, "b": 4}, {"a": 2, "b": 2}, {"a": 4}, {"b": 5}]
    answers += [dict[str, float | None](a=3, b=None)] * 6 + [dict[str, float | None](a=4, b=4)] * 2
    share = {"a": 0.7, "b": 0.3}
    given = {key: [x for answer in answers if (x := answer.get(key)) is not None] for key in share}
    part = {key: share[key] / (len(given[key]) + 1) for key in share}
    middle = {key: (sum(given[key]) + 3) / (len(given[key]) + 1) for key in share}
    squares = sum((3 - middle[key]) * part[key] for key in share) ** 2
    squares += 2 * sum(part[key] ** 2 for key in share)
    for answer in answers:
        squares += sum(part[k] * (x - middle[k]) for k, x in answer.items() if x is not None) ** 2
    people, fewest = len(answers), len(given["b"])
    assert fewest == 6
    reach = stats.t.ppf(0.975, fewest - 1) * ((people + 1) / people * squares) ** 0.5
    centre = sum(share[key] * middle[key] for key in share)
    found = net_value(answers, {"a": "worth", "b": "worth"}, share).levers["worth"].estimate
    assert found.value == pytest.approx(sum(share[key] * sum(given[key]) / len(given[key]) for key in share))
    assert ends(found) == pytest.approx((centre - reach, centre + reach))
    assert found.n == people


@pytest.mark.parametrize(
    ("answers", "levers", "weights", "multipliers", "words"),
    [
        ([{"a": 6}], {"a": "worth"}, None, None, "between 1 and 5"),
        ([{"a": float("nan")}], {"a": "worth"}, None, None, "between 1 and 5"),
        ([{"a": 3}], {"a": "price"}, None, None, "not one of the levers"),
        ([{"a": 3}], {"a": "worth"}, {"a": -1}, None, "must not be negative"),
        ([{"a": 3}], {"a": "worth"}, {"a": 0}, None, "no weight"),
        ([{"a": 3}], {"a": "worth"}, None, {"worth": -1}, "must not be negative"),
        ([{"a": 3}], {"a": "worth"}, None, {"cost": 1}, "not one of the levers"),
    ],
)
def test_impossible_input_is_refused(answers, levers, weights, multipliers, words) -> None:
    with pytest.raises(ValueError, match=words):
        net_value(answers, levers, weights, multipliers)


def test_nobody_answered() -> None:
    found = net_value([], FACTORS)
    assert found.net == Estimate(None, None, None, 0, "no_data", need=5)
    assert (found.get, found.give, found.people) == (None, None, 0)


def test_points_of_the_levers_become_multipliers() -> None:
    assert lever_multipliers(None) == dict.fromkeys(LEVERS, 1.0)
    assert lever_multipliers({"worth": 4, "benefits": 2, "costs": 3, "drawbacks": 1}) == pytest.approx(
        {"worth": 1.6, "benefits": 0.8, "costs": 1.2, "drawbacks": 0.5}, rel=0.03
    )
    # 4 x share is 4, 0, 0, 0: cut to 2, 0.5, 0.5, 0.5, then rescaled from 3.5 to 4.
    assert lever_multipliers({"worth": 10}) == pytest.approx(
        {"worth": 16 / 7, "benefits": 4 / 7, "costs": 4 / 7, "drawbacks": 4 / 7}
    )
    with pytest.raises(ValueError, match="negative"):
        lever_multipliers({"worth": -1})


@given(st.fixed_dictionaries({lever: st.floats(0, 10) for lever in LEVERS}))
def test_multipliers_sum_to_four(points) -> None:
    found = lever_multipliers(points)
    assert sum(found.values()) == pytest.approx(4)
    assert max(found.values()) / min(found.values()) <= 4 + 1e-9


def test_guess_is_the_owners_single_ratings_without_interval() -> None:
    guess = owner_guess({"quality": 5, "support": 4, "time": 2, "faults": 1}, SINGLES)
    assert guess.levers == pytest.approx({"worth": 5, "benefits": 4, "costs": 2, "drawbacks": 1})
    assert (guess.get, guess.give, guess.net) == pytest.approx((9, 3, 6))
    half_done = owner_guess({"quality": 5, "support": None}, SINGLES)
    assert half_done.levers == {"worth": 5, "benefits": None, "costs": None, "drawbacks": None}
    assert (half_done.get, half_done.give, half_done.net) == (None, None, None)


def test_strength_by_number_of_answers() -> None:
    expected = {4: None, 5: "hint", 9: "hint", 10: "rough", 29: "rough", 30: "solid", 5000: "solid"}
    assert {n: strength(n) for n in expected} == expected


@pytest.mark.parametrize("asked", [0.25, 1.0])
def test_net_interval_holds_the_true_value_as_often_as_it_says(asked: float) -> None:
    # asked 0.25 is a rotating form: each person gets a quarter of the questions.
    chance = random.Random(7)
    patterns = {"gain": (0.02, 0.05, 0.13, 0.4, 0.4), "burden": (0.4, 0.3, 0.2, 0.07, 0.03)}
    mean = {kind: sum(x * p for x, p in enumerate(pattern, start=1)) for kind, pattern in patterns.items()}
    truth = 2 * mean["gain"] - 2 * mean["burden"]
    people, samples, held = (20 if asked == 1 else 60), 300, 0
    for _ in range(samples):
        answers = []
        for _ in range(people):
            shift = chance.random()  # people lean: their answers go together
            answers.append(
                {
                    key: _leaning(chance, patterns["burden" if lever in BURDENS else "gain"], shift, lever)
                    for key, lever in FACTORS.items()
                    if chance.random() < asked
                }
            )
        low, high = ends(net_value(answers, FACTORS, min_answers=2).net)
        held += low <= truth <= high
    assert held / samples >= 0.92  # three standard errors of 300 samples below 0.95 are 0.912


def _leaning(chance: random.Random, pattern: tuple[float, ...], shift: float, lever: str) -> int:
    """An answer drawn from the pattern; half of the people's luck is their own leaning."""
    luck = shift if chance.random() < 0.5 else chance.random()
    if lever in BURDENS:
        luck = 1 - luck
    for answer, probability in enumerate(pattern, start=1):
        luck -= probability
        if luck < 0:
            return answer
    return 5


def test_20000_people_and_25_factors_take_a_fraction_of_a_second() -> None:
    chance = random.Random(3)
    levers = {f"factor{k}": LEVERS[k % 4] for k in range(25)}
    people = [{key: chance.randint(1, 5) for key in levers} for _ in range(20_000)]
    start = time.process_time()
    found = net_value(people, levers)
    assert time.process_time() - start < 1.5  # a quarter of a second where it was written
    assert found.people == 20_000
