"""Series as plain values for JSON, at full precision; names are fixed, more may be added."""

from __future__ import annotations

from datetime import date
from typing import Any

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.trends import store
from cvdesk.trends.months import last_of
from cvdesk.trends.records import Limits, Note, Point, Series, Verdict


def all_json(db: Queries, chosen: Filter, today: date) -> dict[str, Any]:
    """All series of the business by month, by their keys; those without any point are left out."""
    with db.snapshot():
        return {key: as_json(found) for key, found in store.every(db, chosen, today).items() if found.points}


def as_json(series: Series) -> dict[str, Any]:
    """One series: its points, the ordinary range of each phase, what it shows and what happened when."""
    ago = series.year_before or (None,) * len(series.points)
    return {
        "title": series.title,
        "unit": series.unit,
        "step": series.step,
        "chart": series.chart,
        "less_is_better": series.less_is_better,
        "points": [_point(series, point) | {"year_before": at} for point, at in zip(series.points, ago, strict=True)],
        "limits": [_limits(series, limits) for limits in series.limits],
        "signals": [series.points[place].start.isoformat() for place in series.signals],
        "verdict": None if series.verdict is None else _verdict(series.verdict),
        "sentence": series.sentence,
        "caveats": list(series.caveats),
        "notes": [_note(note) for note in series.notes],
    }


def _point(series: Series, point: Point) -> dict[str, Any]:
    return {
        "from": point.start.isoformat(),
        "to": _end(series, point).isoformat(),
        "value": point.value,
        "low": point.low,
        "high": point.high,
        "n": point.n,
        "running": point.running,
    }


def _end(series: Series, point: Point) -> date:
    """The last day of a point's step, whether it is over or not; of days between complaints the point's own day."""
    return point.start if series.chart == "between" else last_of(point.start, series.step)


def _limits(series: Series, limits: Limits) -> dict[str, Any]:
    """A phase's range; `lows` and `highs` where it is another at each point, in the order of the points from..to."""
    return {
        "from": series.points[limits.first].start.isoformat(),
        "to": _end(series, series.points[limits.last]).isoformat(),
        "centre": limits.centre,
        "low": limits.low,
        "high": limits.high,
        "firm": limits.firm,
        "lows": list(limits.lows),
        "highs": list(limits.highs),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "name": verdict.name,
        "since": None if verdict.since is None else verdict.since.isoformat(),
        "before": verdict.before,
        "after": verdict.after,
        "low": verdict.low,
        "high": verdict.high,
        "confidence": verdict.confidence,
        "resemblance": verdict.resemblance,
        "seasonal": verdict.seasonal,
        "opened": verdict.opened,
    }


def _note(note: Note) -> dict[str, str]:
    return {"date": note.date.isoformat(), "text": note.text, "sort": note.sort}
