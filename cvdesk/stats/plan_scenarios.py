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


@dataclass(frozen=True, slots=True)
class Shapes:
    """Plans by what tells them apart, factor by factor.

    count: of plans; by_factor: K times (T actions that move it, the U different choices among them: U x T, which of
    those each plan makes: P); None where nothing moves it.
    """

    count: int
    by_factor: "tuple[tuple[NDArray[numpy.int64], NDArray[numpy.bool_], NDArray[numpy.int64]] | None, ...]"


def shapes_of(plans: "NDArray[numpy.bool_]", effects: "Floats") -> Shapes:
    """What tells plans, P x N, apart where actions have these effects, N x S x K."""
    import numpy as np

    found = []
    moves: NDArray[numpy.bool_] = np.asarray(effects.any(axis=1))
    for factor in range(effects.shape[2]):
        touching = np.flatnonzero(moves[:, factor])
        found.append((touching, *_distinct(plans[:, touching])) if len(touching) else None)
    return Shapes(len(plans), tuple(found))


def gains_in(scenarios: Scenarios, shapes: Shapes) -> "Floats":
    """P x S: gain of each plan in each scenario, in points of Net."""
    import numpy as np

    found = np.zeros((shapes.count, len(scenarios.headroom)))
    for factor, shape in enumerate(shapes.by_factor):
        if shape is not None:
            touching, rows, which = shape
            found += np.take(_moved(scenarios, factor, scenarios.effects[touching, :, factor], rows), which, axis=0)
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
