"""The Filter as SQL: one clause per kind of row (model.md: Filter and period)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cvdesk.catalogue.records import Clause, Filter, Period

# No row is that old: what a period that has not begun yet holds.
_NOTHING_YET = Period(date.min, date.min)
_TAGGED = "{row}.customer_id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?)"


def _common(row: str, chosen: Filter) -> tuple[list[str], list[object]]:
    parts = [f"{row}.date BETWEEN ? AND ?"]
    values: list[object] = [chosen.period.start.isoformat(), chosen.period.end.isoformat()]
    for column, value in (
        ("offering_id", chosen.offering),
        ("segment_id", chosen.segment),
        ("channel_id", chosen.channel),
    ):
        if value is not None:
            parts.append(f"{row}.{column} = ?")
            values.append(value)
    if chosen.tag is not None:
        parts.append(_TAGGED.format(row=row))
        values.append(chosen.tag)
    return parts, values


def entries_clause(chosen: Filter, row: str = "entries") -> Clause:
    """Entries by their date; the theme counts when it is confirmed."""
    parts, values = _common(row, chosen)
    if chosen.theme is not None:
        parts.append(f"{row}.id IN (SELECT entry_id FROM entry_themes WHERE theme_id = ? AND state = 'confirmed')")
        values.append(chosen.theme)
    return Clause(" AND ".join(parts), tuple(values))


def complaints_clause(chosen: Filter, row: str = "complaints") -> Clause:
    """Complaints by the date they were received."""
    parts, values = _common(row, chosen)
    if chosen.theme is not None:
        parts.append(f"{row}.id IN (SELECT complaint_id FROM complaint_themes WHERE theme_id = ?)")
        values.append(chosen.theme)
    return Clause(" AND ".join(parts), tuple(values))


def assessments_clause(chosen: Filter, row: str = "assessments") -> Clause:
    """Finished score sheets by their date; a theme does not limit value figures."""
    parts, values = _common(row, chosen)
    return Clause(" AND ".join(parts), tuple(values))


def up_to(chosen: Filter, today: date) -> Filter:
    """The filter without the days after today; it finds nothing when all of its days are."""
    if chosen.period.end <= today:
        return chosen
    if chosen.period.start > today:
        return replace(chosen, period=_NOTHING_YET)
    return replace(chosen, period=Period(chosen.period.start, today))
