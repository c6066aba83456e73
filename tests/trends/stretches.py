"""Phases of a series made of plain numbers, to be judged without a file."""

from collections.abc import Sequence
from datetime import date, timedelta

from cvdesk.stats.charts import FIRM_FROM, xmr
from cvdesk.stats.charts_counts import p_chart, u_chart
from cvdesk.stats.days_between import days_between
from cvdesk.trends.months import months_between
from cvdesk.trends.records import Point
from cvdesk.trends.records_series import Begun, Kind, Stretch

RATING = Kind("rating", "Mean rating", "score")
COSTS = Kind("costs", "Costs", "score", less_is_better=True, lever="costs")
FIRST = date(2024, 1, 1)
# Twelve months of ordinary up and down around 0; their ordinary range is 2.66 times their mean step of 0.77: ±2.05.
CALM = (-0.4, 0.5, 0.1, 0.7, -0.9, 0.2, -0.3, 0.8, -0.6, 0.3, -0.5, 0.1)


def around(centre: float, spread: float = 0.2, count: int = 12) -> list[float]:
    """An ordinary up and down around a value."""
    return [centre + spread * CALM[place % 12] for place in range(count)]


def starts(count: int, step: str = "month", first: date = FIRST) -> list[date]:
    """First days of so many steps."""
    if step in ("week", "day"):
        return [first + timedelta(days=(7 if step == "week" else 20) * place) for place in range(count)]
    return months_between(first, date(2040, 1, 1))[:: 3 if step == "quarter" else 1][:count]


def stretch(
    values: Sequence[float | None],
    kind: Kind = RATING,
    step: str = "month",
    n: int | Sequence[int] = 40,
    first: date = FIRST,
    begun: Begun | None = None,
) -> Stretch:
    """A phase of these values, n answers each, charted as its kind is."""
    counts = [n] * len(values) if isinstance(n, int) else list(n)
    days = starts(len(values), "day" if kind.chart == "between" else step, first)
    points = tuple(Point(day, value, count) for day, value, count in zip(days, values, counts, strict=True))
    places = tuple(place for place, value in enumerate(values) if value is not None)
    numbers = [value for value in values if value is not None]
    behind = [counts[place] for place in places]
    events = [value * count / (100 if kind.chart == "u" else 1) for value, count in zip(numbers, behind, strict=True)]
    chart = {
        "xmr": lambda: xmr(numbers, FIRM_FROM),
        "p": lambda: p_chart(events, behind, FIRM_FROM),
        "u": lambda: u_chart(events, [count / 100 for count in behind], FIRM_FROM),
        "between": lambda: days_between(numbers, FIRM_FROM),
    }[kind.chart]()
    return Stretch(kind, step, points, places, tuple(events) if kind.chart in "pu" else (), chart, begun)
