"""The best plan equals the one found by trying them all, and what must hold of plans holds."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.stats.plan_choice import EXACT_TO, Problem, choose, gains_of, settled
from cvdesk.stats.plan_gain import effect, factor_gain, plan_gain, styled
from cvdesk.stats.plan_search import feasible, greedy
from tests.stats.plans import problems, random_problem, slow_best, slow_gain, slow_plans


def simple(values, costs, **more):
    """Actions on factors of their own, so that values add up."""
    count = len(values)
    rows = tuple(tuple(value * (row == column) for column in range(count)) for row, value in enumerate(values))
    ample = {"below": (math.inf,) * count, "size": (1.0,) * count, "hours": (0.0,) * count}
    return Problem(headroom=tuple(map(abs, values)), effects=rows, costs=tuple(costs), **{**ample, **more})


@given(problems())
@settings(max_examples=150, deadline=None)
def test_the_plan_is_the_best_of_all(problem):
    found = choose(problem)
    plan, gain = slow_best(problem)
    assert found.exact
    assert found.gain == pytest.approx(gain, abs=1e-9)
    assert found.best == plan
    assert found.feasible == len(list(slow_plans(problem)))


@given(problems(8), st.data())
@settings(max_examples=80, deadline=None)
def test_ticks_are_in_and_kept_apart_from_the_rest(problem, data):
    problem = replace(problem, needs=(), excludes=(), barred=frozenset(), budget=None, most_hours=None)
    ticked = data.draw(st.frozensets(st.integers(0, max(0, problem.n - 1)), max_size=problem.n)) if problem.n else ()
    problem = replace(problem, forced=frozenset(ticked))
    found = choose(problem)
    assert set(ticked) <= set(found.best)
    assert found.best == slow_best(problem)[0]


@pytest.mark.parametrize(("actions", "seed"), [(14, 1), (15, 2), (16, 3), (20, 4), (20, 5)])
def test_larger_sets_equal_a_slower_way(actions, seed):
    """Branch and bound: doing all that may still come, harms left aside, bounds what a plan can gain."""
    problem = random_problem(random.Random(seed), actions, harm=0.15)
    problem = replace(problem, budget=max(0, sum(problem.costs) // 3), most_hours=sum(problem.hours) / 2)
    found = choose(problem)
    assert found.exact
    assert found.gain == pytest.approx(bounded_best(problem), abs=1e-9)
    assert found.gain == pytest.approx(slow_gain(problem, found.best), abs=1e-9)


def bounded_best(problem):
    best = -math.inf
    saves = [sum(min(0, cost) for cost in problem.costs[at:]) for at in range(problem.n + 1)]
    rises = [[tuple(max(0.0, x) for x in row) for row in problem.effects[at:]] for at in range(problem.n + 1)]

    def bound(plan, at):
        wider = replace(problem, effects=(*problem.effects[:at], *rises[at]))
        return slow_gain(wider, (*plan, *range(at, problem.n)))

    def look(plan, at, cost, hours):
        nonlocal best
        if cost + saves[at] > problem.budget or hours > problem.most_hours:
            return
        if at == problem.n:
            chosen = set(plan)
            whole = all(need in chosen for one in plan for need in problem.needed(one))
            if whole and not any(other in chosen for one in plan for other in problem.excluded(one)):
                best = max(best, slow_gain(problem, plan))
            return
        if bound(plan, at) <= best + 1e-12:
            return
        if at not in problem.barred:
            look((*plan, at), at + 1, cost + problem.costs[at], hours + problem.hours[at])
        look(plan, at + 1, cost, hours)

    look((), 0, 0, 0.0)
    return best


@given(problems(9), st.integers(0, 5000))
@settings(max_examples=60, deadline=None)
def test_more_budget_never_lowers_the_gain(problem, more):
    budget = problem.budget or 0
    poor, rich = (choose(replace(problem, budget=one)).gain for one in (budget, budget + more))
    assert rich >= poor - 1e-9
    assert choose(replace(problem, budget=None)).gain >= rich - 1e-9


@given(problems(9))
@settings(max_examples=60, deadline=None)
def test_one_more_action_never_lowers_the_best_gain(problem):
    if not problem.n:
        return
    fewer = replace(problem, barred=problem.barred | {problem.n - 1})
    assert choose(problem).gain >= choose(fewer).gain - 1e-9


@given(problems())
@settings(max_examples=60, deadline=None)
def test_the_plans_beside_it_are_different_ones_in_their_order(problem):
    found = choose(problem, keep=20)
    rows = {tuple(row) for row in found.plans.tolist()}
    assert len(rows) == len(found.plans) <= 20
    assert tuple(place in problem.forced for place in range(problem.n)) in rows
    assert found.plans[0].nonzero()[0].tolist() == list(found.best)
    assert found.gains.tolist() == pytest.approx(
        [slow_gain(problem, tuple(row.nonzero()[0].tolist())) for row in found.plans], abs=1e-9
    )
    assert all(gain <= found.gain + 1e-9 for gain in found.gains)


@pytest.mark.parametrize(("actions", "seed"), [(21, 1), (25, 2), (32, 3), (40, 4)])
def test_many_actions_are_searched_and_never_break_a_limit(actions, seed):
    problem = replace(random_problem(random.Random(seed), actions), barred=frozenset())
    problem = replace(problem, budget=max(0, sum(problem.costs) // 3), most_hours=sum(problem.hours) / 3)
    found, free = choose(problem), settled(problem)
    assert not found.exact
    assert len(feasible(problem, free, found.plans)) == len(found.plans)
    assert found.gain >= gains_of(problem, greedy(problem, free)[None, :])[0] - 1e-9
    assert found.gain >= 0
    assert choose(problem).best == found.best


def test_a_search_comes_close_to_the_best_plan():
    problem = replace(random_problem(random.Random(9), EXACT_TO, rules=0.1), budget=20000, most_hours=None)
    exact = choose(problem)
    # The same with one action more that nobody can take: now it is searched.
    more = replace(
        problem, effects=(*problem.effects, (0.0,) * 6), costs=(*problem.costs, 10**9), hours=(*problem.hours, 0.0),
        needs=(*problem.needs, ()), excludes=(*problem.excludes, ()), barred=frozenset(),
    )  # fmt: skip
    exact_there = choose(replace(problem, barred=frozenset()))
    assert choose(more).gain >= 0.97 * exact_there.gain
    assert exact_there.gain >= exact.gain - 1e-9


def test_a_search_gives_enough_of_the_best_plans_along_for_draws_to_choose_among():
    """With a few neighbours only, whatever was chosen would look like a safe bet."""
    problem = replace(random_problem(random.Random(9), EXACT_TO, rules=0.1), budget=20000, most_hours=None)
    problem = replace(problem, barred=frozenset())
    nobody = replace(
        problem, effects=(*problem.effects, (0.0,) * 6), costs=(*problem.costs, 10**9), hours=(*problem.hours, 0.0),
        needs=(*problem.needs, ()), excludes=(*problem.excludes, ()),
    )  # fmt: skip
    best = {tuple(row) for row in choose(problem, keep=50).plans.tolist()}
    searched = {tuple(row[:EXACT_TO]) for row in choose(nobody).plans.tolist()}
    assert len(best & searched) >= 40


def test_a_search_is_given_up_when_nobody_waits_for_it():
    assert choose(random_problem(random.Random(1), 30), cancelled=lambda: True) is None
    assert choose(random_problem(random.Random(1), 5), cancelled=lambda: True) is None


def test_of_plans_alike_the_cheaper_is_taken_then_the_smaller_then_the_first():
    assert choose(simple([1, 1], [30, 20], budget=30)).best == (1,)
    twice = simple([2, 1, 1], [20, 10, 10], budget=20)
    assert choose(twice).best == (0,)
    assert choose(simple([1, 1, 1], [10, 10, 10], budget=10)).best == (0,)
    assert choose(simple([1, 1, 1, 1], [5, 5, 5, 5], budget=10)).best == (0, 1)


def test_a_saving_makes_room_for_what_costs():
    saves = simple([0, 3], [-50, 60], budget=10)
    assert choose(saves).best == (0, 1)
    assert choose(replace(saves, barred=frozenset({0}))).best == ()


def test_what_does_nothing_but_save_is_taken_and_what_does_nothing_but_cost_is_not():
    assert choose(simple([0, 0], [-5, 5], budget=100)).best == (0,)


@pytest.mark.parametrize("budget", [None, 0, -100])
def test_without_actions_there_is_the_empty_plan(budget):
    found = choose(simple([], [], budget=budget))
    assert (found.best, found.gain, found.feasible) == ((), 0.0, 1)
    assert found.plans.shape == (1, 0)


def test_no_headroom_gains_nothing_and_harm_still_harms():
    full = Problem((0.0,), (4.0,), (0.5,), ((1.0,), (-1.0,)), (10, -10), (0.0, 0.0))
    assert choose(full).best == ()
    assert choose(replace(full, forced=frozenset({1}))).gain == pytest.approx(-0.5)


def test_all_barred_leaves_nothing():
    assert choose(simple([1, 2], [1, 1], barred=frozenset({0, 1}))).best == ()


def test_what_needs_something_barred_stays_out_unless_ticked():
    needy = simple([5, 1], [1, 1], needs=((1,), ()), barred=frozenset({1}))
    assert choose(needy).best == ()
    assert choose(replace(needy, forced=frozenset({0}))).best == (0,)


def test_ticks_bring_along_what_they_need_and_may_go_over_the_limits():
    found = choose(simple([1, 1, 9], [50, 50, 10], needs=((1,), (), ()), budget=60, forced=frozenset({0})))
    assert found.best == (0, 1)


def test_ticks_may_break_a_rule_but_rule_out_the_rest():
    apart = simple([1, 1, 1], [1, 1, 1], excludes=((1, 2), (), ()), forced=frozenset({0, 1}))
    assert choose(apart).best == (0, 1)


def test_needs_in_a_circle_come_together_or_not_at_all():
    assert choose(simple([1, 1], [5, 5], needs=((1,), (0,)), budget=9)).best == ()
    assert choose(simple([1, 1], [5, 5], needs=((1,), (0,)), budget=10)).best == (0, 1)


def test_what_is_done_anyway_leaves_less_to_gain():
    alone = Problem((2.0,), (2.0,), (1.0,), ((1.0,),), (1,), (0.0,))
    assert choose(alone).gain == pytest.approx(1.0)
    assert choose(replace(alone, always=((1.0,),))).gain == pytest.approx(0.5)
    assert choose(replace(alone, always=((2.0,),))).best == ()


def test_harms_add_up_plainly_and_never_leave_the_scale():
    assert factor_gain(2.0, [1.0, 1.0]) == pytest.approx(1.5)
    assert factor_gain(2.0, [1.0, -0.3, -0.4]) == pytest.approx(0.3)
    assert factor_gain(3.5, [-0.4, -0.4], below=0.5) == -0.5
    assert factor_gain(0.0, [2.0]) == 0.0
    with pytest.raises(ValueError, match="negative"):
        factor_gain(-0.1, [])


def test_optimism_touches_hopes_only():
    assert effect(1.0, 0.5, 0.8, 0.7) == pytest.approx(0.28)
    assert effect(-1.0, 0.5, 0.8, 0.7) == pytest.approx(-0.4)


def test_gain_of_a_plan_in_points_of_net_whatever_the_sign_of_the_factor():
    found = plan_gain({"waiting": 2.0, "quality": 1.0}, {"waiting": -0.3, "quality": 0.2}, [{"waiting": 1.0}])
    assert found.by_factor == {"waiting": 1.0, "quality": 0.0}
    assert found.net == pytest.approx(0.3)


def test_styles_weigh_what_is_ahead_or_behind():
    assert [styled(0.5, style) for style in ("double_down", "balanced", "catch_up")] == [1.25, 1.0, 0.75]
    assert styled(-3.0, "catch_up") == 1.5
    assert styled(None, "double_down") == 1.0
