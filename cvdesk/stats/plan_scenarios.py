"""Gains of many plans in many scenarios at once: what may be the case when one has to choose (METHOD 4.4, 4.5).

A factor is moved by few actions only. Plans that agree on those move it alike, so that it is worked out once for them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvdesk.stats.plan_choice import split

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

_LEAST_LEFT = 1e-15  # so that the logarithm of what is left of a headroom is a number


@dataclass(frozen=True, slots=True)
class Scenarios:
    """S scenarios. headroom, below, size: S x K as in `plan_choice.Problem`; effects: N x S x K."""

    headroom: "Floats"
    below: "Floats"
    size: "Floats"
    effects: "Floats"

    def some(self, which: slice) -> "Scenarios":
        """Some of the scenarios."""
        return Scenarios(self.headroom[which], self.below[which], self.size[which], self.effects[:, which])


def gains_in(scenarios: Scenarios, plans: "NDArray[numpy.bool_]") -> "Floats":
    """P x S: gain of each plan in each scenario, in points of Net."""
    import numpy as np

    found = np.zeros((len(plans), len(scenarios.headroom)))
    for factor in range(scenarios.headroom.shape[1]):
        effects = scenarios.effects[:, :, factor]
        touching = np.flatnonzero(effects.any(axis=1))
        if len(touching):
            shapes, which = _distinct(plans[:, touching])
            found += np.take(_moved(scenarios, factor, effects[touching], shapes), which, axis=0)
    return found


def _distinct(rows: "NDArray[numpy.bool_]") -> "tuple[NDArray[numpy.bool_], NDArray[numpy.int64]]":
    """The different rows, and which of them each row is."""
    import numpy as np

    packed = np.packbits(rows, axis=1)
    keys = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).ravel()
    _keys, first, which = np.unique(keys, return_index=True, return_inverse=True)
    return rows[first], which


def _moved(scenarios: Scenarios, factor: int, effects: "Floats", shapes: "NDArray[numpy.bool_]") -> "Floats":
    """U x S: points of Net by which some actions, U x T, move one factor; effects: T x S."""
    import numpy as np

    headroom, below = scenarios.headroom[:, factor], scenarios.below[:, factor]
    shares, harms = split(effects, headroom)
    shape = shapes.astype(float)
    left = np.exp(shape @ np.log(np.maximum(1 - shares, _LEAST_LEFT)))
    moved = headroom * (1 - left)
    if harms.any():
        moved = np.maximum(moved - shape @ harms, -below)
    found: Floats = moved * scenarios.size[:, factor]
    return found
