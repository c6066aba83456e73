"""The difference of two shares with Newcombe's hybrid interval (METHOD 2)."""

import math

from cvdesk.stats.intervals import NEED_PROPORTION, Estimate, hidden, wilson


def newcombe(x1: int, n1: int, x2: int, n2: int, confidence: float = 0.95, need: int = NEED_PROPORTION) -> Estimate:
    """Share x1 / n1 minus share x2 / n2, -1 to 1; not shown unless both sides have `need`. n counts both sides.

    ValueError unless 0 <= x <= n on either side. Source: Newcombe 1998b, method 10.
    """
    first, second = wilson(x1, n1, confidence, need), wilson(x2, n2, confidence, need)
    if first.value is None or second.value is None:
        return hidden(n1 + n2, need)
    assert first.low is not None
    assert first.high is not None
    assert second.low is not None
    assert second.high is not None
    difference = first.value - second.value
    below = math.hypot(first.value - first.low, second.high - second.value)
    above = math.hypot(first.high - first.value, second.value - second.low)
    return Estimate(difference, difference - below, difference + above, n1 + n2)
