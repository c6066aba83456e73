"""Plans worked out the slow way, and problems full of chance, for tests of the quick way."""

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from cvdesk.stats.plan_choice import Problem


def slow_gain(problem: Problem, plan: tuple[int, ...]) -> float:
    """Gain of a plan beside what is done anyway, factor by factor as METHOD 4.2 says it."""
    total = 0.0
    for factor, room in enumerate(problem.headroom):
        always = [row[factor] for row in problem.always]
        done = always + [problem.effects[action][factor] for action in plan]
        total += problem.size[factor] * (
            _moved(room, done, problem.below[factor]) - _moved(room, always, problem.below[factor])
        )
    return total


def _moved(room: float, effects: list[float], below: float) -> float:
    not_gained = math.prod(1 - min(1, one / room) for one in effects if one > 0) if room > 0 else 1
    return max(room * (1 - not_gained) - sum(-one for one in effects if one < 0), -below)


def slow_plans(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every plan that keeps rules, budget, hours, ticks and bars, for problems whose ticks break none of them."""
    for bits in product((False, True), repeat=problem.n):
        plan = tuple(place for place, bit in enumerate(bits) if bit)
        chosen = set(plan)
        if chosen & problem.barred or not problem.forced <= chosen:
            continue
        if any(need not in chosen for one in plan for need in problem.needed(one)):
            continue
        if any(other in chosen for one in plan for other in problem.excluded(one)):
            continue
        if problem.budget is not None and sum(problem.costs[one] for one in plan) > problem.budget:
            continue
        if problem.most_hours is not None and sum(problem.hours[one] for one in plan) > problem.most_hours:
            continue
        yield plan


def slow_best(problem: Problem) -> tuple[tuple[int, ...], float]:
    """The best of them: most gain, then cheapest, fewest actions, first actions."""
    found = [(slow_gain(problem, plan), plan) for plan in slow_plans(problem)]
    most = max(gain for gain, _plan in found)
    alike = [plan for gain, plan in found if gain >= most - 1e-9]
    plan = min(alike, key=lambda one: (sum(problem.costs[action] for action in one), len(one), one))
    return plan, most


def random_problem(
    rng: random.Random, actions: int, factors: int = 6, harm: float = 0.2, rules: float = 0.2
) -> Problem:
    """Overlapping lifts, harms, savings, needs (never in a circle), either-or, a budget and hours that bind."""

    def effect() -> float:
        size = rng.uniform(0.05, 1.5)
        return 0.0 if rng.random() < 0.5 else -size / 2 if rng.random() < harm else size

    costs = tuple(rng.randrange(-2000, 10000, 500) for _ in range(actions))
    hours = tuple(float(rng.randrange(0, 12)) for _ in range(actions))
    needs = tuple((rng.randrange(at),) if at and rng.random() < rules else () for at in range(actions))
    excludes = tuple(
        tuple(other for other in range(at) if rng.random() < rules / actions and other not in needs[at])
        for at in range(actions)
    )
    return Problem(
        headroom=tuple(rng.choice((0.0, rng.uniform(0.1, 4))) for _ in range(factors)),
        below=tuple(rng.uniform(0.2, 3.5) for _ in range(factors)),
        size=tuple(rng.uniform(0, 0.5) for _ in range(factors)),
        effects=tuple(tuple(effect() for _ in range(factors)) for _ in range(actions)),
        costs=costs,
        hours=hours,
        needs=needs,
        excludes=excludes,
        budget=rng.choice((None, 0, round(sum(costs) * rng.uniform(0.1, 0.7)))),
        most_hours=rng.choice((None, sum(hours) * rng.uniform(0.2, 0.8))),
        barred=frozenset(at for at in range(actions) if rng.random() < 0.1),
        always=tuple(tuple(effect() for _ in range(factors)) for _ in range(rng.choice((0, 0, 2)))),
    )


def problems(most: int = 10) -> st.SearchStrategy[Problem]:
    """Problems of up to so many actions."""

    def made(seed: int, actions: int) -> Problem:
        problem = random_problem(random.Random(seed), actions)
        budget = problem.budget
        # A budget below nought is no limit that a plan could keep.
        return problem if budget is None or budget >= 0 else replace(problem, budget=0)

    return st.builds(made, st.integers(0, 2**32), st.integers(0, most))
