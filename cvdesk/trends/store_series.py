"""What every series shares: its history back to the phase, limits per phase, notes, the sentence (METHOD 3.2, 3.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.stats.charts import FIRM_FROM, Xmr, xmr
from cvdesk.trends.months import first_of, last_of, months_between, whole_months
from cvdesk.trends.records import Limits, Note, Point, Series
from cvdesk.trends.words import nothing_yet, sentence, young_phase

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
_PHASES = "SELECT starts, reason FROM phases WHERE series = ? ORDER BY starts"
_NOTES = "SELECT date, text FROM chart_notes WHERE date BETWEEN ? AND ? ORDER BY date, id"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a series measures: its key, title and unit, and whether less is better."""

    key: str
    title: str
    unit: str
    less_is_better: bool = False
    lever: str = ""


def history(db: Queries, key: str, chosen: Filter, today: date, first: date | None) -> Filter | None:
    """The filter widened to whole months and back to where the limits in force at its start begin.

    That is the last phase begun by then, else the first record. None where there is nothing yet.
    """
    if first is None or chosen.period.start > today or first > min(chosen.period.end, today):
        return None
    begun = [day for day, _reason in phases(db, key) if first_of(day) <= chosen.period.start]
    return whole_months(chosen, today, begun[-1] if begun else min(first, chosen.period.start))


def phases(db: Queries, key: str) -> list[tuple[date, str]]:
    """When the phases of a series begin, and why; the first phase begins with the first record."""
    return [(date.fromisoformat(row["starts"]), row["reason"]) for row in db.rows(_PHASES, (key,))]


def series(
    db: Queries,
    kind: Kind,
    chosen: Filter,
    today: date,
    values: Mapping[date, tuple[float | None, int]],
    breaks: Sequence[tuple[date, str]] = (),
) -> Series:
    """A series of values (month -> value, n) with the limits of its phases.

    `values` reach back to the beginning of the phase; what lies before the filter's period makes limits and is not
    shown. `breaks` begin phases that nobody set: a new wording of a question.
    """
    begun = sorted({*phases(db, kind.key), *breaks})
    points = _points(values, chosen, today)
    shown = next(
        (place for place, point in enumerate(points) if point.start >= first_of(chosen.period.start)), len(points)
    )
    limits: list[Limits] = []
    signals: list[int] = []
    said = sentence(kind.unit, (), (), xmr(())) if points else nothing_yet()
    before: Xmr | None = None
    reworded = {first_of(day) for day, _reason in breaks}
    for places in _by_phase(points, [day for day, _reason in begun]):
        judged = [place for place in places if points[place].value is not None and not points[place].running]
        numbers = [value for place in judged if (value := points[place].value) is not None]
        chart = _chart(kind.unit, numbers)
        if points[places[0]].start in reworded:
            before = None  # another question: nothing before it can be compared
        if judged:
            months = [points[place].start for place in judged]
            said = sentence(kind.unit, months, numbers, chart)
            if chart.standing == "early" and before is not None:
                said = young_phase(kind.unit, months[0], numbers, before) or said
            before = chart
        signals += [judged[at] - shown for at in chart.signals if judged[at] >= shown]
        if places[-1] >= shown and (limit := _limits(places, chart, shown)) is not None:
            limits.append(limit)
    return Series(
        kind.key, kind.title, kind.unit, tuple(points[shown:]), tuple(limits), _notes(db, points[shown:], today, begun),
        tuple(signals), said, kind.less_is_better, kind.lever,
    )  # fmt: skip


def _points(values: Mapping[date, tuple[float | None, int]], chosen: Filter, today: date) -> list[Point]:
    """A point for every month from the first with anything to the end of the period."""
    known = [month for month, (_value, n) in values.items() if n]
    if not known:
        return []
    last = min(chosen.period.end, today)
    found = []
    for month in months_between(min(known), last):
        value, n = values.get(month, (None, 0))
        found.append(Point(month, value, n, running=month == first_of(today)))
    return found


def _by_phase(points: Sequence[Point], starts: Sequence[date]) -> list[list[int]]:
    """Positions of the points of each phase that has any; a phase begins with the month it was begun in."""
    begins = {first_of(start) for start in starts}
    found: list[list[int]] = []
    for place, point in enumerate(points):
        if not found or point.start in begins:
            found.append([])
        found[-1].append(place)
    return found


def _chart(unit: str, values: Sequence[float]) -> Xmr:
    lowest, highest = _RANGES[unit]
    return xmr(values, FIRM_FROM, lowest, highest)


def _limits(places: Sequence[int], chart: Xmr, shown: int) -> Limits | None:
    if chart.standing == "early" or chart.too_coarse or chart.centre is None:
        return None
    if chart.lower is None or chart.upper is None:
        return None
    first = max(places[0], shown) - shown
    return Limits(first, places[-1] - shown, chart.centre, chart.lower, chart.upper, chart.standing == "firm")


def _notes(db: Queries, points: Sequence[Point], today: date, begun: Sequence[tuple[date, str]]) -> tuple[Note, ...]:
    if not points:
        return ()
    first, last = points[0].start, min(last_of(points[-1].start), today)
    noted = [Note(date.fromisoformat(row["date"]), row["text"]) for row in db.rows(_NOTES, (str(first), str(last)))]
    known = {note.date for note in noted}  # what happened is often noted on the day a phase begins: said once
    noted += [Note(day, reason) for day, reason in begun if first <= day <= last and day not in known]
    return tuple(sorted(noted, key=lambda note: note.date))
