"""Where the texts of what happened when stand: in rows above the chart, none over another nor out of the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cvdesk.charts.axis import place_of
from cvdesk.charts.series import SeriesLike, step_of

_FLAG = 0.7  # an action's flag reaches that much of a gap beside its line
_LEAST = 12  # gaps: words cut to less say nothing


@dataclass(frozen=True, slots=True)
class Placed:
    """A note: its line at `x`; its text, cut to its room, from `left` to `right` in `row` (0 the uppermost, -1: none).

    `reaches`: its line goes up to its text; else it ends where the texts begin, so as not to run through another.
    """

    x: float
    sort: str
    row: int
    text: str
    left: float
    right: float
    reaches: bool = True


def placed(
    series: SeriesLike,
    at: Callable[[float], float],
    ends: tuple[float, float],
    widths: tuple[Callable[[str], float], Callable[[str, float], str]],
    gap: float,
    widest: float,
    rows: int = 2,
) -> list[Placed]:
    """The notes of a series between the ends of a chart. `at` turns a position into x.

    `widths`: how wide a text is, and the text cut to a width. `gap`: between a line and its text.
    """
    starts = [point.start for point in series.points]
    free = [-1e9] * rows
    before = -1e9  # the line of the note before: words at the left of theirs do not reach over it
    found: list[Placed] = []
    for note in sorted(series.notes, key=lambda one: one.date):
        place = place_of(starts, note.date, step_of(series))
        if place is None:
            continue
        x = at(place)
        aside = gap + (_FLAG * gap if note.sort == "action" else 0.0)
        wide = min(widths[0](note.text), widest)
        if x + aside + wide > ends[1] and wide > (room := x - aside - before - gap) >= _LEAST * gap:
            wide = room
        row, left = _room_for(x, wide, free, ends, aside)
        text = widths[1](note.text, wide) if row >= 0 else ""
        found.append(Placed(x, note.sort, row, text, left, left + wide))
        before = max(before, x)
        if row >= 0:
            free[row] = max(x, left + wide) + 2 * gap
    return [replace(one, reaches=not _crosses(one, found)) for one in found]


def _room_for(x: float, wide: float, free: Sequence[float], ends: tuple[float, float], gap: float) -> tuple[int, float]:
    """The row and left edge of a text beside its line: to its right, else to its left, else nowhere (-1)."""
    for row, taken in enumerate(free):
        if x + gap + wide <= ends[1] and x >= taken:
            return row, x + gap
        if x + gap + wide > ends[1] and x - gap - wide >= max(taken, ends[0]):
            return row, x - gap - wide
    return -1, x


def _crosses(one: Placed, found: Sequence[Placed]) -> bool:
    if one.row < 0:
        return True
    return any(other.row > one.row and other.left - 2 < one.x < other.right + 2 and other is not one for other in found)
