"""Spots on two axes, on paper: the value map and the importance grid, each spot named where nothing is in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Drawing
from cvdesk.pdf.text import draw, width_of
from cvdesk.value.records_picture import Dot, Picture

_LEFT, _BELOW, _TOP = 46.0, 30.0, 4.0
_RADIUS = 3.2
_HIGH = 8.6  # of a line of names
_WIDEST = 220.0
_CROWDED = 6  # from more spots on, likely ranges are thin lines
_GROUND, _LINES, _OUTLINE = 0.16, 0.35, 0.4  # how much of a spot's colour is in its likely range
_TONES = {"accent": styles.ACCENT, "faint": styles.FAINT, **styles.LEVER_COLOURS}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box, apart: float = 0.0) -> bool:
        """Whether the two touch, or come nearer than `apart`."""
        return (
            self.left < other.right + apart and other.left < self.right + apart
            and self.bottom < other.top + apart and other.bottom < self.top + apart
        )  # fmt: skip

    def inside(self, other: Box) -> bool:
        """Whether it lies wholly in the other."""
        return (
            self.left >= other.left and self.right <= other.right
            and self.bottom >= other.bottom and self.top <= other.top
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """A name that found room, and where."""

    dot: Dot
    box: Box


class Plan:
    """Where everything of a picture goes on a page of this size."""

    def __init__(self, picture: Picture, width: float, height: float) -> None:
        self.picture = picture
        self.area = Box(_LEFT, _BELOW, width - 2, height - _TOP)
        self.corners: list[tuple[str, Box]] = []
        ranges = [self.range(dot) for dot in picture.dots]
        self._taken = [*(self._mark(dot) for dot in picture.dots), *(one for one in ranges if one is not None)]
        self._lines = [(self.at(*one.start), self.at(*one.end)) for one in picture.strokes]
        self._place_corners()
        self.names = self._place_names()

    @property
    def unnamed(self) -> list[Dot]:
        """Spots whose name found no room."""
        there = {id(one.dot) for one in self.names}
        return [dot for dot in self.picture.dots if id(dot) not in there]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place on the page."""
        (left, right), (low, high) = self.picture.x_range, self.picture.y_range
        area = self.area
        return (
            area.left + (x - left) / (right - left) * (area.right - area.left),
            area.bottom + (y - low) / (high - low) * (area.top - area.bottom),
        )

    def range(self, dot: Dot) -> Box | None:
        """What the likely range of a spot covers, cut to the picture."""
        if dot.across is None and dot.upward is None:
            return None
        across, upward = dot.across or (dot.x, dot.x), dot.upward or (dot.y, dot.y)
        (left, bottom), (right, top) = self.at(across[0], upward[0]), self.at(across[1], upward[1])
        thin = 0.6 if len(self.picture.dots) > _CROWDED else 3.0
        if dot.upward is None:
            bottom, top = bottom - thin, top + thin
        if dot.across is None:
            left, right = left - thin, right + thin
        area = self.area
        return Box(max(left, area.left), max(bottom, area.bottom), min(right, area.right), min(top, area.top))

    def _mark(self, dot: Dot) -> Box:
        x, y = self.at(dot.x, dot.y)
        return Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)

    def _place_corners(self) -> None:
        area = self.area
        for place, words in enumerate(self.picture.corners):
            if not words:
                continue
            wide = width_of(words, styles.TINY)
            left = area.left + 5 if place in (0, 2) else area.right - 5 - wide
            bottom = area.top - _HIGH - 4 if place < 2 else area.bottom + 4
            box = Box(left, bottom, left + wide, bottom + _HIGH)
            if self._free(box):
                self.corners.append((words, box))
                self._taken.append(box)

    def _place_names(self) -> list[Placed]:
        """Names one after the other: those with the fewest neighbours last, as they find room more easily."""
        found: list[Placed] = []
        for dot in sorted(self.picture.dots, key=lambda one: (-self._neighbours(one), one.x, one.y)):
            box = next((one for one in self._candidates(dot) if self._free(one)), None)
            if box is not None:
                found.append(Placed(dot, box))
                self._taken.append(box)
        return found

    def _neighbours(self, dot: Dot) -> int:
        x, y = self.at(dot.x, dot.y)
        near = (self.at(one.x, one.y) for one in self.picture.dots)
        return sum(abs(one[0] - x) < _WIDEST and abs(one[1] - y) < 2 * _HIGH for one in near)

    def _candidates(self, dot: Dot) -> Iterator[Box]:
        x, y = self.at(dot.x, dot.y)
        wide = min(width_of(dot.label, styles.TINY), _WIDEST)
        mark, reach = self._mark(dot), self.range(dot)
        around = mark if reach is None else Box(
            min(mark.left, reach.left), min(mark.bottom, reach.bottom),
            max(mark.right, reach.right), max(mark.top, reach.top),
        )  # fmt: skip
        for bottom in (y - _HIGH / 2, y + 1, y - _HIGH - 1):
            yield Box(around.right + 3, bottom, around.right + 3 + wide, bottom + _HIGH)
            yield Box(around.left - 3 - wide, bottom, around.left - 3, bottom + _HIGH)
        for bottom in (around.top + 1.5, around.bottom - 1.5 - _HIGH):
            for left in (x - wide / 2, x - wide * 0.15, x - wide * 0.85, x, x - wide):
                yield Box(left, bottom, left + wide, bottom + _HIGH)

    def _free(self, box: Box) -> bool:
        if not box.inside(self.area) or any(box.meets(one, 1.2) for one in self._taken):
            return False
        return not any(_crosses(box, *line) for line in self._lines)


def _crosses(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a line goes through a box: looked at in small steps."""
    steps = 400
    for step in range(steps + 1):
        x = start[0] + (end[0] - start[0]) * step / steps
        y = start[1] + (end[1] - start[1]) * step / steps
        if box.left - 1 <= x <= box.right + 1 and box.bottom - 1 <= y <= box.top + 1:
            return True
    return False


def spots(picture: Picture, height: float) -> Drawing:
    """The picture as a drawing of the column's width; a reader hears its sentence and every spot."""

    def paint(canvas: Any, width: float, height: float) -> None:
        plan = Plan(picture, width, height)
        for outline in (False, True):
            for dot in picture.dots:
                _shade(canvas, plan, dot, outline)
        _frame(canvas, plan)
        for dot in picture.dots:
            _dot(canvas, plan, dot)
        for one in plan.names:
            draw(canvas, one.dot.label, styles.TINY.in_colour(styles.TEXT), one.box.left, one.box.bottom + 2, _WIDEST)
        for words, box in plan.corners:
            draw(canvas, words, styles.TINY, box.left, box.bottom + 2)

    return Drawing(height, paint, alt=". ".join([picture.sentence, *(dot.words for dot in picture.dots)]))


def _frame(canvas: Any, plan: Plan) -> None:
    picture, area = plan.picture, plan.area
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.7)
    canvas.rect(area.left, area.bottom, area.right - area.left, area.top - area.bottom, stroke=1, fill=0)
    canvas.saveState()
    canvas.setStrokeColor(styles.AXIS)
    canvas.setDash([3, 3])
    for one in picture.strokes:
        canvas.line(*plan.at(*one.start), *plan.at(*one.end))
    canvas.restoreState()
    for tick, name in picture.x_ticks:
        draw(canvas, name, styles.TINY.to(styles.CENTRE), plan.at(tick, picture.y_range[0])[0], area.bottom - 11)
    for tick, name in picture.y_ticks:
        y = plan.at(picture.x_range[0], tick)[1]
        draw(canvas, name, styles.TINY.to(styles.RIGHT), area.left - 5, y - 2.5)
    middle = (area.left + area.right) / 2
    draw(canvas, picture.x_title, styles.TINY.to(styles.CENTRE), middle, area.bottom - 23)
    canvas.saveState()
    canvas.translate(8, (area.bottom + area.top) / 2)
    canvas.rotate(90)
    draw(canvas, picture.y_title, styles.TINY.to(styles.CENTRE), 0, 0)
    canvas.restoreState()


def _shade(canvas: Any, plan: Plan, dot: Dot, outline: bool) -> None:
    """The likely range of a spot: all are filled before any is outlined, so that those that overlap are seen."""
    box = plan.range(dot)
    if box is None:
        return
    crowded = len(plan.picture.dots) > _CROWDED
    if outline and crowded:  # they are lines
        return
    colour = _TONES.get(dot.tone, styles.ACCENT)
    canvas.saveState()
    canvas.setLineWidth(0.4)
    canvas.setStrokeColor(canvas.thin(colour, _OUTLINE))
    canvas.setFillColor(canvas.thin(colour, _LINES if crowded else _GROUND))
    drawn = {"stroke": int(outline), "fill": int(not outline)}
    if dot.across is not None and dot.upward is not None:
        canvas.ellipse(box.left, box.bottom, box.right, box.top, **drawn)
    else:
        canvas.rect(box.left, box.bottom, box.right - box.left, box.top - box.bottom, **drawn)
    canvas.restoreState()


def _dot(canvas: Any, plan: Plan, dot: Dot) -> None:
    x, y = plan.at(dot.x, dot.y)
    colour = _TONES.get(dot.tone, styles.ACCENT)
    canvas.setStrokeColor(colour)
    canvas.setFillColor(styles.WHITE if dot.hollow else colour)
    canvas.setLineWidth(1)
    canvas.circle(x, y, _RADIUS - 0.5, stroke=1, fill=1)
