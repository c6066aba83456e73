"""Control charts of shares and of counts per customer: p-chart, u-chart and Laney's (METHOD 3.3)."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cvdesk.stats.charts import Ruled, Standing, standing_of, window_ends

LANEY_FROM = 1.2  # sigma z above which plain limits would be too narrow

_REACH = 3.0
_RUN = 8
_RANGE_TO_SIGMA = 1.128
_HAIR = 1e-9  # what is left of rounding must not make a point leave a centre or limit on which it lies


@dataclass(frozen=True, slots=True)
class Counted(Ruled):
    """Limits of a chart of counts and where its rules were fulfilled.

    centre, lowers, uppers: shares (0-1) or counts per unit of exposure; one limit a point, cut to the scale; centre
    is None where there is no point. sigma_z: how much wider the baseline scatters than chance alone makes it, None
    below two points. laney: whether the limits are widened by it. rule1, rule2, rule3: 0-based positions of the
    points that complete a rule. baseline: how many points the limits rest on. standing: "early" below 6 of them,
    "firm" from 12. too_coarse: no limits to be judged by (nothing, or everything, was counted in the baseline).
    """

    centre: float | None
    lowers: tuple[float, ...]
    uppers: tuple[float, ...]
    sigma_z: float | None
    laney: bool
    rule1: tuple[int, ...]
    rule2: tuple[int, ...]
    rule3: tuple[int, ...]
    baseline: int
    standing: Standing
    too_coarse: bool


def p_chart(
    events: Sequence[float], n: Sequence[float], baseline: int | None = None, laney: bool | None = None
) -> Counted:
    """Chart of the shares events / n in order of time, each with limits as wide as its own n makes them.

    baseline: centre and sigma z come from that many first points (all if None). laney: widen the limits by sigma z;
    None: where it is above 1.2. ValueError for a point without n, for events below 0 or above n, for what is not
    finite, and for a baseline below 1.
    """
    _check(events, n, baseline)
    if any(count > of for count, of in zip(events, n, strict=True)):
        raise ValueError("a share cannot count more events than there were answers")
    return _chart(events, n, baseline, laney, lambda centre: centre * (1 - centre), highest=1.0)


def u_chart(
    events: Sequence[float], exposure: Sequence[float], baseline: int | None = None, laney: bool | None = None
) -> Counted:
    """Chart of the rates events / exposure (complaints / customers); as `p_chart`, without an upper end."""
    _check(events, exposure, baseline)
    return _chart(events, exposure, baseline, laney, lambda centre: centre, highest=math.inf)


def _check(events: Sequence[float], n: Sequence[float], baseline: int | None) -> None:
    if len(events) != len(n):
        raise ValueError(f"{len(events)} counts do not fit {len(n)} exposures")
    if not all(map(math.isfinite, (*events, *n))):
        raise ValueError("a chart needs finite counts")
    if any(of <= 0 for of in n):
        raise ValueError("a time in which nobody could be counted has no point")
    if any(count < 0 for count in events):
        raise ValueError("a count cannot be below 0")
    if baseline is not None and baseline < 1:
        raise ValueError(f"a baseline needs at least 1 point, not {baseline}")


def _chart(
    events: Sequence[float],
    n: Sequence[float],
    baseline: int | None,
    laney: bool | None,
    variance: Callable[[float], float],
    highest: float,
) -> Counted:
    base = len(events) if baseline is None else min(baseline, len(events))
    standing = standing_of(base)
    if not base:
        return Counted(None, (), (), None, False, (), (), (), 0, standing, too_coarse=True)
    centre = math.fsum(events[:base]) / math.fsum(n[:base])
    values = [count / of for count, of in zip(events, n, strict=True)]
    spread = math.sqrt(max(0.0, variance(centre)))
    if spread <= _HAIR:
        level = (centre,) * len(values)
        return Counted(centre, level, level, None, bool(laney), (), (), (), base, standing, too_coarse=True)
    scores = [
        0.0 if abs(value - centre) <= _HAIR * centre else (value - centre) * math.sqrt(of) / spread
        for value, of in zip(values, n, strict=True)
    ]
    sigma_z = None
    if base > 1:
        sigma_z = math.fsum(abs(b - a) for a, b in pairwise(scores[:base])) / (base - 1) / _RANGE_TO_SIGMA
    widened = sigma_z is not None and (sigma_z > LANEY_FROM if laney is None else laney)
    width = sigma_z if widened and sigma_z is not None else 1.0
    reach = _REACH * width
    widths = [reach * spread / math.sqrt(of) for of in n]
    return Counted(
        centre,
        tuple(max(0.0, centre - wide) for wide in widths),
        tuple(min(highest, centre + wide) for wide in widths),
        sigma_z,
        widened,
        rule1=tuple(place for place, z in enumerate(scores) if abs(z) > reach + _HAIR),
        rule2=window_ends(scores, _RUN, _RUN, lambda z: z > 0),
        rule3=window_ends(scores, 4, 3, lambda z: z > reach / 2 + _HAIR),
        baseline=base,
        standing=standing,
        too_coarse=width <= _HAIR,
    )
