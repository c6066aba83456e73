"""Chart of the days between rare events, such as complaints (METHOD 3.1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from cvdesk.stats.charts import Ruled, Standing, xmr

_POWER = 3.6  # days between events that come at random are about normal on this root (Nelson)


@dataclass(frozen=True, slots=True)
class Between(Ruled):
    """Limits in days and where the rules were fulfilled; fields as those of `stats.charts.Xmr`.

    Fewer days are worse: events come closer together. centre is None without a value, the limits below two.
    """

    centre: float | None
    lower: float | None
    upper: float | None
    rule1: tuple[int, ...]
    rule2: tuple[int, ...]
    rule3: tuple[int, ...]
    baseline: int
    standing: Standing
    too_coarse: bool


def evened(days: float) -> float:
    """Days between events on the scale on which they scatter evenly: what the rules and the change point look at."""
    return float(days ** (1 / _POWER))


def turned_back(value: float) -> float:
    """A value of the even scale in days; what lies below 0 is 0 days."""
    return float(max(0.0, value) ** _POWER)


def days_between(days: Sequence[float], baseline: int | None = None) -> Between:
    """Chart of the days from each event to the next, in order of time; 0 for two on one day.

    baseline: the limits come from that many first values (all if None). ValueError for days below 0, for what is not
    finite, and for a baseline below 1.
    """
    if any(day < 0 for day in days):
        raise ValueError("there are no days below 0 between two events")
    chart = xmr([evened(day) for day in days], baseline)
    return Between(
        None if chart.centre is None else turned_back(chart.centre),
        None if chart.lower is None else turned_back(chart.lower),
        None if chart.upper is None else turned_back(chart.upper),
        chart.rule1,
        chart.rule2,
        chart.rule3,
        chart.baseline,
        chart.standing,
        chart.too_coarse,
    )
