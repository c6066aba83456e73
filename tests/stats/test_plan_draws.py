"""What the draws say of a plan: shares, ranks and regret, the same for the same seed."""

import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.stats.plan_choice import choose, in_order
from cvdesk.stats.plan_draws import Unsure, drawn, halves_apart, optimise, ranks, with_luck
from cvdesk.stats.plan_scenarios import Scenarios, gains_in, shapes_of
from cvdesk.stats.rank_acceptability import even_weights, rank_acceptability, rank_shares
from tests.stats.plans import problems, random_problem, slow_gain

SHARES = (0.5, 0.3, 0.2, 0.6, 0.4, 1.0)
LEVERS = (0, 0, 0, 1, 1, 2)
SIZE_OF_42 = [
    0.99170418512478,
    0.51535006955752,
    0.32636018595954,
    0.71353065634147,
    0.69154525286016,
    0.76150965015652,
]
LIFT_OF_42 = 0.31191039494866


def unsure(**more):
    """Two actions and one done anyway; six factors in three levers."""
    low = ((0.2, 0, 0, 0.1, 0, 0), (0, 0.4, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0.3))
    likely = ((0.4, 0, 0, 0.3, 0, 0), (0, 0.5, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0.3))
    high = ((0.9, 0, 0, 0.4, 0, 0), (0, 0.8, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0.3))
    given = {
        "gains": (True, True, True, False, False, False), "centre": (4.0, 3.5, 4.8, 2.0, 1.2, 3.0),
        "error": (0.2,) * 6, "limit": (None, 3.2, None, None, 1.5, None), "share": SHARES, "lever": LEVERS,
        "multipliers": (1.5, 1.5, 1.0), "style": (1.0,) * 6, "low": low, "likely": likely, "high": high,
        "reach": (1.0, 0.5, 1.0), "chance": (0.7, 1.0, 0.0),
    }  # fmt: skip
    return Unsure(**{**given, **more})


def certain(problem):
    """A problem of which everything is known."""
    headroom = problem.headroom
    rows = problem.effects + problem.always
    return Unsure(
        (True,) * len(headroom), tuple(5 - room for room in headroom), (0.0,) * len(headroom), (None,) * len(headroom),
        problem.size, (0,) * len(headroom), (1.0,), (1.0,) * len(headroom), rows, rows, rows, (1.0,) * len(rows),
        (1.0,) * len(rows), 1.0, math.inf, math.inf,
    )  # fmt: skip


def plans_of(problem, chosen):
    order = in_order(problem, chosen.plans)
    always = np.ones((len(order), len(problem.always)), dtype=bool)
    return np.concatenate((chosen.plans[order], always), axis=1), order.tolist().index(0)


@given(problems(7))
@settings(max_examples=40, deadline=None)
def test_where_all_is_known_every_draw_chooses_the_plan_and_nothing_is_regretted(problem):
    problem = replace(problem, below=tuple(4 - room for room in problem.headroom))
    chosen = choose(problem)
    plans, fixed = plans_of(problem, chosen)
    found = optimise(drawn(certain(problem), 20, 1), plans, fixed)
    assert set(found.best.tolist()) == {fixed}
    assert set(found.regret.tolist()) == {0.0}


@given(problems(7))
@settings(max_examples=40, deadline=None)
def test_gains_in_scenarios_are_those_of_the_problem(problem):
    plans = choose(problem).plans
    rows = np.array(problem.effects + problem.always).reshape(-1, 1, len(problem.headroom))
    case = Scenarios(np.array([problem.headroom]), np.array([problem.below]), np.array([problem.size]), rows)
    whole = np.concatenate((plans, np.ones((len(plans), len(problem.always)), dtype=bool)), axis=1)
    nothing = np.arange(len(rows)) >= problem.n
    gains = gains_in(case, shapes_of(np.concatenate((whole, nothing[None]), axis=0), rows))[:, 0]
    expected = [slow_gain(problem, tuple(np.flatnonzero(row).tolist())) for row in plans]
    assert (gains[:-1] - gains[-1]).tolist() == pytest.approx(expected, abs=1e-9)


def test_draws_keep_to_what_is_possible():
    found = drawn(unsure(), 4000, 3)
    cases = found.scenarios
    assert cases.headroom.min() >= 0
    assert cases.headroom.max() <= 4
    assert (cases.headroom[:, 1] >= 1.8 - 1e-12).all()  # incidents leave 3.2 at most
    assert (cases.headroom[:, 4] >= 0.5 - 1e-12).all()
    assert cases.size.sum(axis=1).tolist() == pytest.approx([4.0] * 4000)
    assert found.lifts[0, :, 0].min() >= 0.2
    assert found.lifts[0, :, 0].max() <= 0.9
    assert found.lifts[1, :, 3].tolist() == [0.0] * 4000
    assert set(found.chance[1].tolist()) == {1.0}
    assert set(found.chance[2].tolist()) == {0.0}
    assert set(found.luck[2].tolist()) == {0.0}


def test_draws_lie_about_what_is_expected():
    found = drawn(unsure(), 20000, 4)
    assert found.multipliers.mean(axis=0).tolist() == pytest.approx([1.5, 1.5, 1.0], abs=0.02)
    assert found.multipliers[:, 2].std() == pytest.approx(math.sqrt(16 * 0.25 * 0.75 / 21), rel=0.05)
    shares = found.scenarios.size[:, 0] / found.multipliers[:, 0]
    assert shares.mean() == pytest.approx(0.5, abs=0.01)
    assert shares.std() == pytest.approx(math.sqrt(0.25 / 51), rel=0.05)
    assert found.lifts[0, :, 0].mean() == pytest.approx((0.2 + 4 * 0.4 + 0.9) / 6, abs=0.01)
    assert found.chance[0].mean() == pytest.approx(0.7, abs=0.01)
    assert found.chance[0].std() == pytest.approx(math.sqrt(0.21 / 11), rel=0.05)
    assert found.luck[0].mean() == pytest.approx(0.7, abs=0.02)
    assert found.apart.std(axis=0).tolist() == pytest.approx([0.2] * 6, rel=0.05)


def test_hopes_are_cut_by_experience_and_harms_are_not():
    rows = ((0.5, -0.5, 0, 0, 0, 0), (0.0,) * 6, (0.0,) * 6)
    found = drawn(unsure(low=rows, likely=rows, high=rows, optimism=0.7), 3, 1)
    assert set(found.lifts[0, :, 0].tolist()) == {0.35}
    assert set(found.lifts[0, :, 1].tolist()) == {-0.5}


@given(st.integers(0, 1000), st.integers(0, 2**31))
@settings(max_examples=15, deadline=None)
def test_the_same_seed_gives_the_same_answer(number, seed):
    problem = random_problem(random.Random(number), 6)
    problem = replace(problem, budget=max(0, problem.budget or 0))
    known = replace(certain(problem), error=(0.3,) * 6, shares_like=50.0, multipliers_like=5.0)
    plans, fixed = plans_of(problem, choose(problem))
    one, other = (optimise(drawn(known, 300, seed), plans, fixed) for _ in range(2))
    assert (one.best == other.best).all()
    assert (one.regret == other.regret).all()
    assert (one.regret >= 0).all()


def test_numbers_of_a_seed_stay_as_they_are():
    """A plan that was kept says the same again, next year and on another machine."""
    found = drawn(unsure(), 5, 42)
    assert found.scenarios.size[0].tolist() == pytest.approx(SIZE_OF_42, abs=1e-12)
    assert found.lifts[0, 0, 0] == pytest.approx(LIFT_OF_42, abs=1e-12)


def test_a_better_plan_in_some_draws_is_regretted_by_that_much():
    """Half a point for sure against a whole one, as far as there is room for it."""
    rows = ((0.5, 0.0), (0.0, 1.0))
    known = Unsure(
        (True, True), (4.0, 4.5), (0.0, 0.5), (None, None), (0.5, 0.5), (0, 0), (1.0,), (1.0, 1.0), rows, rows, rows,
        (1.0, 1.0), (1.0, 1.0), 1.0, math.inf, math.inf,
    )  # fmt: skip
    draws = drawn(known, 2000, 5)
    found = optimise(draws, np.array([[True, False], [False, True]]), 0)
    second = np.minimum(1.0, draws.scenarios.headroom[:, 1])
    assert 0.4 < found.best.mean() < 0.6
    assert found.best.tolist() == (second > 0.5).astype(int).tolist()
    assert found.regret.tolist() == pytest.approx((0.5 * np.maximum(0.0, second - 0.5)).tolist(), abs=1e-9)


def test_luck_is_counted_beside_what_is_done_anyway():
    """One sure action of 0.5 beside one done anyway that always works: what is left of the headroom is shared."""
    rows = ((0.5,), (1.0,))
    known = Unsure(
        (True,), (3.0,), (0.0,), (None,), (1.0,), (0,), (1.0,), (1.0,), rows, rows, rows, (1.0, 1.0), (0.5, 1.0), 1.0,
        math.inf, math.inf,
    )  # fmt: skip
    draws = drawn(known, 1000, 6)
    gains = with_luck(draws, known, np.array([True, True]), np.array([False, True]), [2.0])
    assert sorted({round(gain, 9) for gain in gains.tolist()}) == [0.0, 0.5]
    assert gains.mean() == pytest.approx(0.25, abs=0.05)


def test_actions_rank_by_gain_for_their_money_and_savings_come_first():
    rows = ((1.0, 0, 0, 0), (0, 1.0, 0, 0), (0, 0, 0.1, 0), (0, 0, 0, -0.1))
    known = Unsure(
        (True,) * 4, (3.0,) * 4, (0.0,) * 4, (None,) * 4, (0.25,) * 4, (0,) * 4, (4.0,), (1.0,) * 4, rows, rows, rows,
        (1.0,) * 4, (1.0,) * 4, 1.0, math.inf, math.inf,
    )  # fmt: skip
    found = ranks(drawn(known, 10, 1), (100, 50, -10, -10), np.zeros(4, dtype=bool))
    # The saving that helps, then the cheaper, then the dearer one; what harms to save comes last.
    assert found.argmax(axis=1).tolist() == [2, 1, 0, 3]
    assert found.sum(axis=0).tolist() == found.sum(axis=1).tolist() == [1.0] * 4


def test_rank_shares_add_up_and_follow_the_weights():
    found = rank_acceptability({"A": [1, 0], "B": [0.5, 0.75]}, even_weights(2, 20000))
    assert found["A"][0] == pytest.approx(0.4, abs=0.01)
    assert found["A"][0] + found["B"][0] == pytest.approx(1)
    assert rank_shares(np.zeros((3, 2))).tolist() == [[1, 0], [0, 1]]  # those alike keep their order


def test_an_input_that_decides_the_plan_sets_the_halves_apart():
    values = np.arange(10.0)
    follows = (values > 4.5).astype(float)[:, None]
    assert halves_apart(values, follows).tolist() == [1.0]
    assert halves_apart(values, np.ones((10, 1))).tolist() == [0.0]
    assert halves_apart(np.ones(10), follows) is None


def test_draws_are_given_up_when_nobody_waits_for_them():
    asked = []

    def cancelled():
        asked.append(True)
        return len(asked) > 3

    problem = random_problem(random.Random(2), 5)
    plans, fixed = plans_of(problem, choose(replace(problem, budget=None)))
    known = replace(certain(problem), error=(0.3,) * 6)
    assert optimise(drawn(known, 5000, 1), plans, fixed, cancelled) is None
    assert len(asked) == 4
    assert drawn(known, 5000, 1, lambda: True) is None
    done = []
    assert optimise(drawn(known, 1000, 1), plans, fixed, progress=done.append) is not None
    assert done == sorted(done)
    assert done[-1] == 1.0
