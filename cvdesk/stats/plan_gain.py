"""What a plan adds to Net: actions that overlap do not simply add up (METHOD 4.2)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

STYLES = {"double_down": 0.5, "balanced": 0.0, "catch_up": -0.5}  # style -> how far the advantage counts (METHOD 4.2)


@dataclass(frozen=True, slots=True)
class PlanGain:
    """by_factor: factor key -> points of its own scale, better for customers above 0; net: points of Net."""

    by_factor: Mapping[str, float]
    net: float


def effect(lift: float, reach: float = 1.0, chance: float = 1.0, optimism: float = 1.0) -> float:
    """How far an action moves a factor on average over customers and luck, in points; a harm is never made smaller."""
    return lift * reach * chance * (optimism if lift > 0 else 1.0)


def factor_gain(headroom: float, effects: Iterable[float], below: float = math.inf) -> float:
    """How far a factor moves, in points, if all these effects come together.

    headroom: how far it can get better; each gain takes its share of what the others leave. Effects below 0 add up
    plainly and take it no further down than `below`. ValueError for a negative headroom.
    """
    if headroom < 0:
        raise ValueError(f"headroom must not be negative: {headroom}")
    left, harm = 1.0, 0.0
    for one in effects:
        if one < 0:
            harm -= one
        elif headroom > 0:
            left *= 1 - min(1.0, one / headroom)
    return max(headroom * (1 - left) - harm, -below)


def plan_gain(
    headroom: Mapping[str, float], points: Mapping[str, float], effects: Sequence[Mapping[str, float]]
) -> PlanGain:
    """The gain of doing all these actions, each a mapping factor key -> `effect`.

    points: factor key -> points of Net one point of the factor is worth; its sign is left aside, as effects are
    the customer's way round. Factors that are not in `headroom` are left aside.
    """
    found = {
        key: factor_gain(room, (action[key] for action in effects if key in action)) for key, room in headroom.items()
    }
    return PlanGain(found, math.fsum(abs(points[key]) * gain for key, gain in found.items()))


def styled(advantage: float | None, style: str) -> float:
    """What the weight of a factor is multiplied by in a style; 1 where nothing is known of a rival (METHOD 4.2)."""
    return 1 + STYLES[style] * min(1.0, max(-1.0, advantage or 0.0))
