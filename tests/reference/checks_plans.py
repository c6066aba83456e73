"""The adapters of the checks on plans: what a plan gains, which is best, what ranks first."""

from collections.abc import Mapping
from typing import Any

from cvdesk.stats import plan_gain as gain
from cvdesk.stats import rank_acceptability as ranks
from cvdesk.stats.plan_choice import Problem, choose

Inputs = Mapping[str, Any]
Results = dict[str, Any]


def plan_gain(inputs: Inputs) -> Results:
    """Movement of each factor, and Net, of a plan."""
    effects = [
        {
            key: gain.effect(lift, action.get("reach", 1.0), action.get("chance", 1.0), inputs.get("optimism", 1.0))
            for key, lift in action["lift"].items()
        }
        for action in inputs["actions"]
    ]
    found = gain.plan_gain(inputs["headroom"], inputs["net_points_per_factor_point"], effects)
    return {"factor_gain": dict(found.by_factor), "net_gain": found.net}


def plan_choice(inputs: Inputs) -> Results:
    """Each action lifts a factor of its own as far as it goes, so that values add up. Actions are counted from 1."""
    values, costs = inputs["values"], inputs["costs"]
    count = len(values)
    needs = inputs.get("requires", {})
    apart = inputs.get("either_or", [])
    problem = Problem(
        headroom=tuple(values),
        below=(float("inf"),) * count,
        size=(1.0,) * count,
        effects=tuple(tuple(value * (row == column) for column in range(count)) for row, value in enumerate(values)),
        costs=tuple(costs),
        hours=(0.0,) * count,
        needs=tuple(tuple(other - 1 for other in needs.get(str(row + 1), ())) for row in range(count)),
        excludes=tuple(
            tuple(other - 1 for group in apart if row + 1 in group for other in group if other != row + 1)
            for row in range(count)
        ),
        budget=inputs["budget"],
    )
    found = choose(problem)
    if found is None:
        raise ValueError("nobody cancelled this")
    return {
        "value": found.gain,
        "chosen": [place + 1 for place in found.best],
        "cost": sum(costs[place] for place in found.best),
    }


def rank_acceptability(inputs: Inputs) -> Results:
    """Share of even mixes of weights under which each option comes first."""
    options = inputs["alternatives"]
    criteria = len(next(iter(options.values())))
    found = ranks.rank_acceptability(options, ranks.even_weights(criteria, inputs["draws"]))
    return {"first_rank_share": {name: shares[0] for name, shares in found.items()}}
