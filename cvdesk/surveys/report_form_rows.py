"""The rows of a survey form on paper: measured first, then drawn; with fields over them to fill in on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from cvdesk.pdf import styles
from cvdesk.pdf import text as setting
from cvdesk.pdf.fonts import SEMIBOLD
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import Line, draw, draw_lines, width_of
from cvdesk.surveys.records_items import Item
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

_NUMBER_ROOM = 21.0
_BOX_LINE = "#6B7787"
_MOST_LINES = 7  # of room for words, where a page has some left


@dataclass(frozen=True, slots=True)
class Density:
    """How closely a form is set: letters, boxes, space. `heads`: with headings, and with how to fill it in apart."""

    question: Style
    anchor: Style
    box: float
    pad: float
    writing: float
    margin: float
    heads: bool
    lines: int
    right: float = 0.58  # share of the width that a scale takes

    @property
    def strong(self) -> Style:
        """Numbers and headings."""
        return replace(self.question, weight=SEMIBOLD)


AIRY = Density(Style(11.5, 15), Style(8.8, 10.8), 17, 8, 24, 44, True, 3)
NORMAL = Density(Style(10.4, 13.2), Style(8.0, 9.6), 15.5, 5.5, 22, 38, True, 2)
CLOSE = Density(Style(9.6, 11.6), Style(7.4, 8.7), 14, 3, 19, 30, False, 2)
CLOSEST = Density(Style(9.1, 10.9), Style(7.1, 8.2), 13.2, 1.8, 17, 24, False, 1)
DENSITIES = (AIRY, NORMAL, CLOSE, CLOSEST)
SHARES = (0.58, 0.54, 0.62, 0.66)  # of the width for scales; the first where none of them makes a form shorter


@lru_cache(maxsize=20_000)
def lines(text: str, style: Style, width: float) -> tuple[Line, ...]:
    """The text broken into lines; a form is measured many times, and its copies ask the same."""
    return tuple(setting.lines(text, style, width))


class Row:
    """A piece of a page, never broken. `stretch`: how many points more it may take where a page has room."""

    stretch = 0.0
    keep = False  # whether it stays with what follows
    under: Head | None = None  # the question it answers a part of, repeated where a side begins inside

    def measure(self, width: float, density: Density) -> float:
        """Takes its width and says how tall it is."""
        raise NotImplementedError

    def paint(self, canvas: Any, x: float, top: float, extra: float, fields: bool) -> None:
        """Draws itself below `top`, `extra` points taller than measured; with fields where it is asked for."""
        raise NotImplementedError


class Head(Row):
    """The heading of a part of the form, or the question that several rows answer together."""

    keep = True

    def __init__(self, text: str, number: int | None = None) -> None:
        self.text, self.number = text, number

    def measure(self, width: float, density: Density) -> float:
        self.width, self.density = width, density
        style = density.question if self.number is not None else density.strong
        self.style = style if self.number is not None else style.in_colour(styles.ACCENT)
        self.rows = lines(self.text, self.style, width)
        self.above = density.pad + (0 if self.number is None else 5)
        return self.above + len(self.rows) * self.style.leading + 4

    def paint(self, canvas: Any, x: float, top: float, extra: float, fields: bool) -> None:
        draw_lines(canvas, self.rows, self.style, x, top - self.above, self.width)


class Asked(Row):
    """A question with its number: words on the left, what is crossed on the right."""

    def __init__(self, item: Item) -> None:
        self.item = item

    def measure(self, width: float, density: Density) -> float:
        self.width, self.density = width, density
        self.right = width * density.right if self.item.kind in ("scale5", "scale0_10") else width * 0.4
        room = width - self.right - _NUMBER_ROOM - 12
        self.words = lines(self.item.wording, density.question, room)
        self.tall = self.answers()
        # A question of one line stands beside the middle of its boxes.
        self.shift = max((density.box - density.question.leading) / 2, 0.0)
        text = self.shift + len(self.words) * density.question.leading
        return max(text, self.tall) + 2 * density.pad + 1

    def answers(self) -> float:
        """Height of what is crossed."""
        return self.density.box

    def paint(self, canvas: Any, x: float, top: float, extra: float, fields: bool) -> None:
        _rule(canvas, x, top, self.width)
        top -= self.density.pad + 1 + extra / 2
        _number(canvas, self.item, self.density, x, top - self.shift)
        room = self.width - self.right - _NUMBER_ROOM - 12
        draw_lines(canvas, self.words, self.density.question, x + _NUMBER_ROOM, top - self.shift, room)
        self.paint_answers(canvas, x + self.width - self.right, top, fields)

    def paint_answers(self, canvas: Any, x: float, top: float, fields: bool) -> None:
        """Draws what is crossed."""
        raise NotImplementedError

    def crossed(
        self, canvas: Any, boxes: Sequence[tuple[str, str, float]], y: float, fields: bool, marks: bool = True
    ) -> None:
        """Boxes in a row, each value, words for a screen reader, left edge; `marks`: with the number inside."""
        size = self.density.box
        for value, _words, left in boxes:
            canvas.setStrokeColor(_BOX_LINE)
            canvas.setLineWidth(0.9)
            canvas.roundRect(left, y, size, size, 2, stroke=1, fill=0)
            if marks and value.isdigit():
                inside = Style(size * 0.5, size * 0.6, colour=styles.FAINT, align=styles.CENTRE)
                draw(canvas, whole(int(value)), inside, left + size / 2, y + size * 0.32)
        if fields:
            tip = f"{self.item.number}. {self.item.lead} {self.item.wording}" if self.item.lead else (
                f"{self.item.number}. {self.item.wording}"
            )  # fmt: skip
            canvas.one_of(self.item.field, tip, [(value, words, left, y) for value, words, left in boxes], size)


class Scale(Asked):
    """Boxes from the lowest to the highest, words below the ends and the middle, one for "does not apply"."""

    def __init__(self, item: Item, words: bool = True) -> None:
        """`words`: with what the numbers mean; without where a heading says it."""
        super().__init__(item)
        self.with_words = words

    def answers(self) -> float:
        scale, density = self.item.scale, self.density
        self.apart = density.box + (34 if density.heads else 30)  # from the box for "does not apply" to the edge
        self.step = (self.right - self.apart - 10 - density.box) / (len(scale) - 1)
        room = (self.step * (len(scale) - 1) + density.box) / 3 - 4
        named = (scale[0], scale[len(scale) // 2], scale[-1])
        self.anchors = [
            lines(self.item.anchors.get(str(value), ""), density.anchor, room if self.with_words else 1e9)
            for value in named
        ]
        self.room = room
        self.none = lines(_("does not apply"), density.anchor, self.apart)
        longest = max(len(found) for found in [*self.anchors, self.none]) if self.with_words else 0
        return density.box + (2 + longest * density.anchor.leading if longest else 0)

    def paint_answers(self, canvas: Any, x: float, top: float, fields: bool) -> None:
        density, scale = self.density, self.item.scale
        y = top - density.box
        boxes = [(str(value), self._said(value), x + place * self.step) for place, value in enumerate(scale)]
        aside = x + self.right - self.apart / 2 - density.box / 2
        if not self.with_words:
            self.crossed(canvas, boxes, y, fields)
            return
        self.crossed(canvas, [*boxes, ("na", _("does not apply"), aside)], y, fields)
        below = y - 2
        end = boxes[-1][2] + density.box
        middle = (x + end) / 2
        for found, align, left in zip(
            self.anchors, (styles.LEFT, styles.CENTRE, styles.RIGHT), (x, middle - self.room / 2, end - self.room),
            strict=True,
        ):  # fmt: skip
            draw_lines(canvas, found, density.anchor.to(align), left, below, self.room)
        draw_lines(canvas, self.none, density.anchor.in_colour(styles.QUIET).to(styles.CENTRE),
                   x + self.right - self.apart, below, self.apart)  # fmt: skip

    def _said(self, value: int) -> str:
        words = self.item.anchors.get(str(value), "")
        return _("{value}: {words}").format(value=whole(value), words=words) if words else whole(value)


class YesNo(Asked):
    """Yes, no, does not apply."""

    def paint_answers(self, canvas: Any, x: float, top: float, fields: bool) -> None:
        density = self.density
        y = top - density.box
        words = [("1", _("yes")), ("0", _("no")), ("na", _("does not apply"))]
        places, left = [], x + self.right
        for value, text in reversed(words):
            left -= width_of(text, density.anchor)
            draw(canvas, text, density.anchor, left, y + (density.box - density.anchor.size * 0.72) / 2)
            left -= density.box + 4
            places.append((value, text, left))
            left -= 16
        self.crossed(canvas, places[::-1], y, fields, marks=False)


class Points(Asked):
    """Room for a number of points. They are shared out over several rows, which stand on one side."""

    def paint_answers(self, canvas: Any, x: float, top: float, fields: bool) -> None:
        size = self.density.box
        left, y = x + self.right - 2.4 * size, top - size
        canvas.setStrokeColor(_BOX_LINE)
        canvas.setLineWidth(0.9)
        canvas.roundRect(left, y, 2.4 * size, size, 2, stroke=1, fill=0)
        if fields:
            tip = f"{self.item.number}. {self.item.lead} {self.item.wording}"
            canvas.text_field(self.item.field, tip, left, y, 2.4 * size, size, False, 2)


class Words(Row):
    """A question answered in words: lines to write on, or a field."""

    def __init__(self, item: Item) -> None:
        self.item = item

    def measure(self, width: float, density: Density) -> float:
        self.width, self.density = width, density
        self.asked = lines(self.item.wording, density.question, width - _NUMBER_ROOM)
        self.stretch = (_MOST_LINES - density.lines) * density.writing
        return len(self.asked) * density.question.leading + density.lines * density.writing + 2 * density.pad + 1

    def paint(self, canvas: Any, x: float, top: float, extra: float, fields: bool) -> None:
        density = self.density
        _rule(canvas, x, top, self.width)
        top -= density.pad + 1
        _number(canvas, self.item, density, x, top)
        draw_lines(canvas, self.asked, density.question, x + _NUMBER_ROOM, top, self.width - _NUMBER_ROOM)
        top -= len(self.asked) * density.question.leading
        tall = density.lines * density.writing + extra
        left, room = x + _NUMBER_ROOM, self.width - _NUMBER_ROOM
        if fields:
            canvas.setStrokeColor(_BOX_LINE)
            canvas.setLineWidth(0.7)
            canvas.roundRect(left, top - tall + 1, room, tall - 3, 2, stroke=1, fill=0)
            tip = f"{self.item.number}. {self.item.wording}"
            canvas.text_field(self.item.field, tip, left + 1, top - tall + 2, room - 2, tall - 5, True)
            return
        canvas.setStrokeColor(styles.AXIS)
        canvas.setLineWidth(0.6)
        count = max(round(tall / density.writing), 1)
        for place in range(1, count + 1):
            canvas.line(left, top - place * tall / count + 2, x + self.width, top - place * tall / count + 2)


class Say(Row):
    """A sentence over the whole width: the greeting, how to fill it in, thanks."""

    def __init__(self, text: str, quiet: bool = False, strong: bool = False) -> None:
        self.text, self.quiet, self.is_strong = text, quiet, strong

    def measure(self, width: float, density: Density) -> float:
        self.width, self.density = width, density
        style = density.strong if self.is_strong else density.question
        self.style = style.in_colour(styles.QUIET) if self.quiet else style
        self.rows = lines(self.text, self.style, width)
        return len(self.rows) * self.style.leading + density.pad + 1

    def paint(self, canvas: Any, x: float, top: float, extra: float, fields: bool) -> None:
        draw_lines(canvas, self.rows, self.style, x, top - self.density.pad / 2, self.width)


def rows_of(asked: Sequence[Item], heads: bool, heading: Any) -> list[Row]:
    """The rows of a form in order; `heading(lever)` names the part a question belongs to."""
    rows: list[Row] = []
    lever: object = asked
    lead = ""
    under: Head | None = None
    for item in asked:
        if item.lead and item.lead != lead:
            under = Head(_lead(item), item.number)
            rows.append(under)
        elif not item.lead and heads and item.lever != lever:
            rows.append(Head(heading(item.lever)))
        lever, lead = item.lever if not item.lead else asked, item.lead
        rows.append(_row(item))
        rows[-1].under = under if item.lead else None
    for row, follows in pairwise(rows):
        row.keep = row.keep or (isinstance(row, Points) and isinstance(follows, Points))
    if rows:
        rows[-1].keep = True  # thanks never stand alone
    return rows


def _lead(item: Item) -> str:
    """The question over its parts, with what the numbers mean."""
    meanings = [
        _("{value} = {words}").format(value=whole(int(value)), words=words)
        for value, words in sorted(item.anchors.items())
        if words and value.isdigit()
    ]
    return f"{item.lead}  {' · '.join(meanings)}" if meanings else item.lead


def _row(item: Item) -> Row:
    if item.kind == "text":
        return Words(item)
    if item.kind == "yes_no":
        return YesNo(item)
    if item.kind == "points":
        return Points(item)
    return Scale(item, words=not item.part)


def _number(canvas: Any, item: Item, density: Density, x: float, top: float) -> None:
    style = density.strong.in_colour(styles.QUIET)
    draw_lines(canvas, lines(whole(item.number), style, 40), style, x, top, _NUMBER_ROOM)


def _rule(canvas: Any, x: float, y: float, width: float) -> None:
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.6)
    canvas.line(x, y, x + width, y)
