"""What every series shares: its whole history, the right chart of each phase, notes, the judgement (METHOD 3)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.stats.charts import FIRM_FROM, Xmr, xmr
from cvdesk.stats.charts_counts import Counted, p_chart, u_chart
from cvdesk.stats.days_between import Between, days_between
from cvdesk.trends.judge import judged
from cvdesk.trends.months import first_of, last_of, steps_between, whole_steps, year_before
from cvdesk.trends.records import Limits, Note, Point, Series
from cvdesk.trends.records_series import Begun, Kind, Measured, Stretch

__all__ = ["Kind", "begun_of", "history", "made_of", "notes_of", "series"]

# Ends of each unit's scale; limits are cut to them.
_RANGES: Mapping[str, tuple[float | None, float | None]] = {
    "net": (-8.0, 8.0),
    "score": (1.0, 5.0),
    "share": (0.0, 1.0),
    "points": (-100.0, 100.0),
    "rate": (0.0, None),
    "days": (0.0, None),
    "count": (0.0, None),
}
_PHASES = "SELECT starts, reason, verdict FROM phases WHERE series = ? ORDER BY starts"
# An action that was started is told once: by the note about it, else by its name.
_NOTES = """
SELECT date, text, CASE WHEN action_id IS NULL THEN 'note' ELSE 'action' END AS sort, id
FROM chart_notes WHERE date BETWEEN ?1 AND ?2
UNION ALL
SELECT started, name, 'action', id FROM actions WHERE started BETWEEN ?1 AND ?2
  AND NOT EXISTS (SELECT 1 FROM chart_notes WHERE action_id = actions.id)
ORDER BY date, id
"""


def history(chosen: Filter, today: date, first: date | None, step: str = "month") -> Filter | None:
    """The filter over whole steps from the first record on, so that every phase is known from its beginning.

    None where there is nothing yet, or nothing by the period's end.
    """
    if first is None or chosen.period.start > today or first > min(chosen.period.end, today):
        return None
    return whole_steps(chosen, today, first, step)


def begun_of(db: Queries, key: str) -> list[Begun]:
    """The phases the owner began; the first phase begins with the first record."""
    return [
        Begun(date.fromisoformat(row["starts"]), row["reason"], "phase", row["verdict"])
        for row in db.rows(_PHASES, (key,))
    ]


def series(
    db: Queries,
    kind: Kind,
    chosen: Filter,
    today: date,
    values: Mapping[date, Measured],
    step: str = "month",
    breaks: Sequence[Begun] = (),
    ripe: int = 0,
) -> Series:
    """A series of values (first day of the step -> figure) with the limits of its phases and what they show.

    `values` reach back to the first record; what lies before the filter's period makes limits and the comparison with
    the year before, and is not shown. `breaks`: phases nobody set, where something else is measured from then on.
    `ripe`: days after its end until a step is over: what was asked in it may still be answered.
    """
    points = _points(values, chosen, today, step, ripe)
    shown = _first_shown(points, first_of(chosen.period.start, step))
    begun = {first_of(one.starts, step): one for one in (*begun_of(db, kind.key), *breaks)}
    stretches, firsts = [], []
    for places in _by_phase(points, begun):
        own = points[places[0] : places[-1] + 1]
        stretches.append(_stretch(kind, step, own, values, begun.get(own[0].start)))
        firsts.append(places[0])
    last_year = [_value(values, year_before(point.start, step)) for point in points]
    return made_of(db, kind, step, points, stretches, firsts, last_year, shown, today)


def made_of(
    db: Queries,
    kind: Kind,
    step: str,
    points: Sequence[Point],
    stretches: Sequence[Stretch],
    firsts: Sequence[int],
    last_year: Sequence[float | None],
    shown: int,
    today: date,
) -> Series:
    """The series of charted phases. firsts: the position of each one's first point; shown: that of the first shown."""
    limits: list[Limits] = []
    signals: list[int] = []
    for stretch, first in zip(stretches, firsts, strict=True):
        places = [first + stretch.judged[at] for at in stretch.chart.signals]
        signals += [place - shown for place in places if place >= shown]
        if first + len(stretch.points) > shown and (limit := _limits(stretch, first, shown)) is not None:
            limits.append(limit)
    visible, ago = tuple(points[shown:]), tuple(last_year[shown:])
    said = judged(stretches, last_year[firsts[-1] :] if firsts else ())
    return Series(
        kind.key, kind.title, kind.unit, visible, tuple(limits),
        _notes(db, kind, visible, step, today, stretches),
        tuple(signals), said.sentence, kind.less_is_better, kind.lever, step,
        _chart_name(kind, stretches), said.verdict, said.caveats,
        ago if any(value is not None for value in ago) else (),
    )  # fmt: skip


def notes_of(db: Queries, first: date, last: date, begun: Sequence[Begun]) -> tuple[Note, ...]:
    """What happened when, on these days: notes, actions started, phases, questions changed."""
    noted = [Note(date.fromisoformat(row[0]), row[1], row[2]) for row in db.rows(_NOTES, (str(first), str(last)))]
    # What happened is often noted on the day a phase begins: said once. A break nobody set is always told, since
    # nothing may be compared across it.
    known = {note.date for note in noted}
    noted += [
        Note(one.starts, one.reason, "phase" if one.by_owner else "wording")
        for one in begun
        if first <= one.starts <= last and not (one.by_owner and one.starts in known)
    ]
    return tuple(sorted(noted, key=lambda note: note.date))


def _notes(
    db: Queries, kind: Kind, points: Sequence[Point], step: str, today: date, stretches: Sequence[Stretch]
) -> tuple[Note, ...]:
    if not points:
        return ()
    last = points[-1].start if kind.chart == "between" else last_of(points[-1].start, step)
    return notes_of(db, points[0].start, min(last, today), [one.begun for one in stretches if one.begun is not None])


def _points(values: Mapping[date, Measured], chosen: Filter, today: date, step: str, ripe: int) -> list[Point]:
    """A point for every step from the first with anything to the end of the period."""
    known = [start for start, found in values.items() if found.n]
    if not known:
        return []
    nothing, running = Measured(None, 0), first_of(today - timedelta(days=ripe), step)
    found = []
    for start in steps_between(min(known), min(chosen.period.end, today), step):
        one = values.get(start, nothing)
        found.append(Point(start, one.value, one.n, start >= running, one.low, one.high))
    return found


def _first_shown(points: Sequence[Point], start: date) -> int:
    return next((place for place, point in enumerate(points) if point.start >= start), len(points))


def _value(values: Mapping[date, Measured], start: date) -> float | None:
    found = values.get(start)
    return None if found is None else found.value


def _by_phase(points: Sequence[Point], begins: Mapping[date, Begun]) -> list[list[int]]:
    """Positions of the points of each phase that has any; a phase begins with the step it was begun in."""
    found: list[list[int]] = []
    for place, point in enumerate(points):
        if not found or point.start in begins:
            found.append([])
        found[-1].append(place)
    return found


def _stretch(
    kind: Kind, step: str, points: Sequence[Point], values: Mapping[date, Measured], begun: Begun | None
) -> Stretch:
    places = tuple(place for place, point in enumerate(points) if point.value is not None and not point.running)
    events = () if kind.chart == "xmr" else tuple(values[points[place].start].events for place in places)
    numbers = [value for place in places if (value := points[place].value) is not None]
    counts = [points[place].n for place in places]
    return Stretch(kind, step, tuple(points), places, events, charted(kind, numbers, events, counts), begun)


def charted(
    kind: Kind, values: Sequence[float], events: Sequence[float], counts: Sequence[int]
) -> Xmr | Counted | Between:
    """The chart that fits what a series measures, its limits resting on the first twelve points (METHOD 3.1-3.4)."""
    if kind.chart == "p":
        return p_chart(events, counts, FIRM_FROM)
    if kind.chart == "u":
        return u_chart(events, [n / 100 for n in counts], FIRM_FROM)
    if kind.chart == "between":
        return days_between(values, FIRM_FROM)
    lowest, highest = _RANGES[kind.unit]
    return xmr(values, FIRM_FROM, lowest, highest)


def _limits(stretch: Stretch, begins: int, shown: int) -> Limits | None:
    """The range of the points shown of a phase, by their positions in the series; None where none can be judged by."""
    chart = stretch.chart
    if chart.standing == "early" or chart.too_coarse or chart.centre is None:
        return None
    first, last = max(begins, shown) - shown, begins + len(stretch.points) - 1 - shown
    firm = chart.standing == "firm"
    if isinstance(chart, Counted):
        wide = _each(stretch, chart)[max(0, shown - begins) :]
        lows, highs = tuple(one[0] for one in wide), tuple(one[1] for one in wide)
        return Limits(first, last, chart.centre, chart.lowers[-1], chart.uppers[-1], firm, lows, highs)
    if chart.lower is None or chart.upper is None:
        return None
    return Limits(first, last, chart.centre, chart.lower, chart.upper, firm)


def _each(stretch: Stretch, chart: Counted) -> list[tuple[float, float]]:
    """The range at every point of a phase; where nobody answered, that of the point before, else of the next."""
    own = dict(zip(stretch.judged, zip(chart.lowers, chart.uppers, strict=True), strict=True))
    known = next((point.n for point in stretch.points if point.n), 1)
    found = []
    for place, point in enumerate(stretch.points):
        known = point.n or known
        found.append(own[place] if place in own else _range_of(chart, stretch.kind, known))
    return found


def _range_of(chart: Counted, kind: Kind, n: int) -> tuple[float, float]:
    """The range a point of that many would have (METHOD 3.3)."""
    centre = chart.centre or 0.0
    spread = math.sqrt(centre / (n / 100) if kind.chart == "u" else centre * (1 - centre) / n)
    wide = 3 * spread * (chart.sigma_z if chart.laney and chart.sigma_z is not None else 1.0)
    return max(0.0, centre - wide), centre + wide if kind.chart == "u" else min(1.0, centre + wide)


def _chart_name(kind: Kind, stretches: Sequence[Stretch]) -> str:
    chart = stretches[-1].chart if stretches else None
    return f"{kind.chart}_laney" if isinstance(chart, Counted) and chart.laney else kind.chart
