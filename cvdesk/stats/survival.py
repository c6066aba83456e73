"""Times to first response and to resolve, with open cases counted as far as they have come (METHOD 2)."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cvdesk.stats.intervals import Estimate, hidden, wilson
from cvdesk.stats.quantiles import z_value

NEED_CASES = 5
FEW_CASES = "few_cases"
NOT_REACHED = "not_reached"
NOT_FOLLOWED = "not_followed"  # nobody was followed as far as the target

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Survival:
    """Kaplan-Meier curve: share still open after each time at which a case closed.

    times: ascending, in the unit given; survival, low, high: 0-1, one a time; cases: all, open ones too;
    longest: the longest time any case was followed, None without cases; followed: how long each was, ascending.
    """

    times: tuple[float, ...]
    survival: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    cases: int
    longest: float | None
    followed: tuple[float, ...] = ()

    def median(self, need: int = NEED_CASES) -> Estimate:
        """Smallest time by which at least half are closed, with its interval.

        Limits: the smallest times at which the curve's lower and upper limit come down to a half; high is
        None when that was not seen. Fewer than half closed: value None, why "not_reached", more_than = the
        longest time.
        """
        if self.longest is None or self.cases < need:
            return hidden(self.cases, need, FEW_CASES)
        value, low, high = (self._first_below_half(curve) for curve in (self.survival, self.low, self.high))
        if value is None:
            return Estimate(None, low, high, self.cases, NOT_REACHED, more_than=self.longest)
        return Estimate(value, low, high, self.cases)

    def within(self, target: float, confidence: float = 0.95, need: int = NEED_CASES) -> Estimate:
        """Share closed within the target, 0-1: 1 - S(target) with its log-log limits; n = all cases.

        Not shown ("not_followed") for a target longer than any case was followed, unless all are closed by then.
        Limits at 0 and 1, where log-log has none: Wilson's of the cases that were followed so far, or that closed.
        """
        if self.longest is None or self.cases < need:
            return hidden(self.cases, need, FEW_CASES)
        if target > self.longest and self.survival[-1:] != (0.0,):
            return hidden(self.cases, why=NOT_FOLLOWED)
        position = bisect_right(self.times, target)
        if position == 0:
            left = self.cases - bisect_left(self.followed, target)
            return Estimate(0.0, 0.0, wilson(0, left, confidence, need=1).high, self.cases)
        at = position - 1
        return Estimate(1 - self.survival[at], 1 - self.high[at], 1 - self.low[at], self.cases)

    def open_after(self, time: float) -> float:
        """Share still open after that time, 0-1."""
        position = bisect_right(self.times, time)
        return self.survival[position - 1] if position else 1.0

    def _first_below_half(self, curve: Sequence[float]) -> float | None:
        for time, share in zip(self.times, curve, strict=True):
            if share <= 0.5 + _ROUNDING:
                return time
        return None


def kaplan_meier(durations: Sequence[float], closed: Sequence[bool | int], confidence: float = 0.95) -> Survival:
    """Curve of durations (0 or more, any one unit), each closed or still open at its end.

    Limits on the log-log scale with Greenwood's variance. At a tie the closings come before the open cases.
    ValueError for lengths that differ or negative durations.
    """
    if len(durations) != len(closed):
        raise ValueError(f"{len(durations)} durations but {len(closed)} marks of being closed")
    if any(not 0 <= duration < math.inf for duration in durations):
        raise ValueError("durations must be 0 or more")
    ends = sorted(zip(durations, map(bool, closed), strict=True))
    z = z_value(confidence)
    times: list[float] = []
    curve: list[float] = []
    lows: list[float] = []
    highs: list[float] = []
    share, variance, start, closings = 1.0, 0.0, 0, 0
    while start < len(ends):
        time, events, stop = ends[start][0], 0, start
        while stop < len(ends) and ends[stop][0] == time:
            events += ends[stop][1]
            stop += 1
        at_risk, start = len(ends) - start, stop
        if not events:
            continue
        share *= (at_risk - events) / at_risk
        closings += events
        if share > 0:
            variance += events / (at_risk * (at_risk - events))
            low, high = _log_log(share, variance, z)
        else:
            low, high = 0.0, _upper_at_the_end(closings, confidence)
        times.append(time)
        curve.append(share)
        lows.append(low)
        highs.append(high)
    longest = ends[-1][0] if ends else None
    return Survival(
        tuple(times), tuple(curve), tuple(lows), tuple(highs), len(ends), longest, tuple(end for end, _closed in ends)
    )


def _log_log(share: float, variance: float, z: float) -> tuple[float, float]:
    """Limits of a share by Greenwood's variance on the log(-log) scale; variance is that of log(share)."""
    reach = math.exp(z * math.sqrt(variance) / -math.log(share))
    return share**reach, share ** (1 / reach)


def _upper_at_the_end(closings: int, confidence: float) -> float:
    """Upper limit at the last closing, where log-log is undefined: by Wilson, 0 of all that closed.

    Without open cases this is the share's own limit; open cases that were lost sight of before count for nothing.
    """
    high = wilson(0, closings, confidence, need=1).high
    return 1.0 if high is None else high
