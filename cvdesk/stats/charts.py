"""Control charts of single values (METHOD 3.2)."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

PROVISIONAL_FROM = 6
FIRM_FROM = 12
NEED_DISTINCT = 4
NEED_POINT = 5  # answers behind one point (METHOD 3.1)

_LIMITS = 2.66
_RANGE_LIMIT = 3.268
_RUN = 8

Standing = Literal["early", "provisional", "firm"]


class Ruled:
    """What a chart says by its rules, whatever it is a chart of."""

    __slots__ = ()
    rule1: tuple[int, ...]
    rule2: tuple[int, ...]
    rule3: tuple[int, ...]
    standing: Standing
    too_coarse: bool

    @property
    def signals(self) -> tuple[int, ...]:
        """Positions any rule marks; none while the chart cannot be judged."""
        if self.too_coarse or self.standing == "early":
            return ()
        return tuple(sorted({*self.rule1, *self.rule2, *self.rule3}))


@dataclass(frozen=True, slots=True)
class Xmr(Ruled):
    """Limits of a chart and where its rules were fulfilled.

    centre, lower, upper, mr_bar, mr_upper: in the unit of the values, None where there are too few values
    (the centre needs one, the rest two). rule1, rule2, rule3: 0-based positions of the points that complete a
    rule. baseline: how many points the limits rest on. standing: "early" below 6 of them, "firm" from 12.
    too_coarse: no limits to be judged by.
    """

    centre: float | None
    lower: float | None
    upper: float | None
    mr_bar: float | None
    mr_upper: float | None
    rule1: tuple[int, ...]
    rule2: tuple[int, ...]
    rule3: tuple[int, ...]
    baseline: int
    standing: Standing
    too_coarse: bool


def xmr(
    values: Sequence[float],
    baseline: int | None = None,
    lowest: float | None = None,
    highest: float | None = None,
) -> Xmr:
    """Chart of values in order of time, with its limits and the points that fulfil a rule.

    baseline: the limits come from that many first values (all if None). lowest, highest: ends of the scale,
    to which limits are cut. The rules look at every value. Rule 3 goes by the uncut limits: a limit cut
    to the end of the scale lies so near the centre that ordinary values would seem near it. ValueError for
    values that are not finite or a baseline below 1.
    """
    if not all(map(math.isfinite, values)):
        raise ValueError("a chart needs finite values")
    if baseline is not None and baseline < 1:
        raise ValueError(f"a baseline needs at least 1 point, not {baseline}")
    base = list(values if baseline is None else values[:baseline])
    standing = standing_of(len(base))
    if len(base) < 2:
        centre = base[0] if base else None
        return Xmr(centre, None, None, None, None, (), (), (), len(base), standing, too_coarse=True)
    centre = math.fsum(base) / len(base)
    mr_bar = math.fsum(abs(b - a) for a, b in pairwise(base)) / (len(base) - 1)
    # What is left of rounding must not make a point leave a centre or limit on which it lies.
    hair = 1e-9 * max(1.0, abs(centre), mr_bar)
    reach = _LIMITS * mr_bar
    distances = [0.0 if abs(x - centre) <= hair else x - centre for x in values]
    lower, upper = centre - reach, centre + reach
    return Xmr(
        centre,
        lower if lowest is None else max(lowest, lower),
        upper if highest is None else min(highest, upper),
        mr_bar,
        _RANGE_LIMIT * mr_bar,
        rule1=tuple(i for i, d in enumerate(distances) if abs(d) > reach + hair),
        rule2=window_ends(distances, _RUN, _RUN, lambda d: d > 0),
        rule3=window_ends(distances, 4, 3, lambda d: d > reach / 2 + hair),
        baseline=len(base),
        standing=standing,
        too_coarse=mr_bar <= hair or len(set(base)) < NEED_DISTINCT,
    )


def standing_of(points: int) -> Standing:
    """How far limits resting on that many points can be trusted."""
    if points < PROVISIONAL_FROM:
        return "early"
    return "provisional" if points < FIRM_FROM else "firm"


def window_ends(distances: Sequence[float], length: int, hits: int, far: Callable[[float], bool]) -> tuple[int, ...]:
    """Last positions of windows of that length in which at least `hits` distances are far on one side."""
    up, down = [far(distance) for distance in distances], [far(-distance) for distance in distances]
    found = []
    ups, downs = sum(up[: length - 1]), sum(down[: length - 1])
    for end in range(length - 1, len(distances)):
        ups, downs = ups + up[end], downs + down[end]
        if max(ups, downs) >= hits:
            found.append(end)
        ups, downs = ups - up[end - length + 1], downs - down[end - length + 1]
    return tuple(found)
