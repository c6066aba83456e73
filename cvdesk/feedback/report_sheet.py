"""The blank sheet for the counter, filled in by pen: one page, a row for each person, in the order it is typed in.

The columns follow the window where notes on paper are typed in: first what stays from note to note (day, channel,
theme), then the note itself (customer, words, kind, stars).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cvdesk.feedback.records_sheet import BlankSheet
from cvdesk.pdf import styles
from cvdesk.pdf.canvas import PlainCanvas
from cvdesk.pdf.document import PAPERS
from cvdesk.pdf.fonts import BOLD, SEMIBOLD
from cvdesk.pdf.logo import paint_logo
from cvdesk.pdf.styles import CENTRE, Style
from cvdesk.pdf.text import draw, draw_lines, lines, width_of
from cvdesk.wording import _
from cvdesk.wording.figures import kind_name
from cvdesk.wording.numbers import whole

ROW = 46.0  # points, a little more than 16 mm: handwriting needs 15
_SIDE, _TOP, _FOOT = 30.0, 26.0, 24.0
_HEAD, _TITLES = 44.0, 17.0
_KINDS = ("praise", "suggestion", "question", "problem")
_LETTERS, _NUMBERS = "ABCDEFGH", "1234"
_LABEL, _MOST_KEY_LINES = 44.0, 3
_CHANNEL, _TICK = 66.0, 17.0  # the column, and what a box and its margins take of it
_INK = "#6B7787"
_TITLE = Style(15, 19, BOLD)
_COLUMN = Style(7.6, 10, SEMIBOLD)
_TINY = Style(6.9, 9)
_FINE = Style(8.2, 11, colour=styles.QUIET)
_KEY, _MARKED = Style(8.4, 11), Style(8.4, 11, BOLD)
_MARK = Style(8, 10, colour=styles.FAINT, align=CENTRE)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet; in points."""

    key: str
    title: str
    x: float
    width: float


def as_pdf(data: BlankSheet, paper: str = "a4") -> bytes:
    """The sheet, landscape; the same data gives the same bytes."""
    height, width = PAPERS[paper]
    business, buffer = data.letterhead.business, io.BytesIO()
    canvas = PlainCanvas(
        buffer, pagesize=(width, height), invariant=1, pageCompression=1, lang=business.language.replace("_", "-")
    )
    canvas.setTitle(_("Sheet for the counter"))
    canvas.setAuthor(business.name)
    canvas.setSubject(_("What customers say, to be noted by pen"))
    canvas.setCreator("CV Desk")
    canvas.setProducer("CV Desk")
    canvas.stamp(data.today)
    canvas.in_colour(business.colour)
    _head(canvas, data, width, height)
    top = height - _TOP - _HEAD - _legend(canvas, data, width, height - _TOP - _HEAD)
    _rows(canvas, data, _columns(width), top)
    _tips(canvas, width)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _head(canvas: Any, data: BlankSheet, width: float, height: float) -> None:
    """Whose it is, what it is, and what is the same for the whole sheet, with lines to write on."""
    letterhead, x, y = data.letterhead, _SIDE, height - _TOP - 18
    if letterhead.logo is not None:
        wide, _tall = paint_logo(
            canvas, letterhead.logo.data, letterhead.logo.media_type, x, height - _TOP - 34, 140, 32
        )
        x += wide + 12 if wide else 0
    right = width - _SIDE - 330
    draw(canvas, _("What customers say"), _TITLE, x, y, right - x)
    draw(canvas, letterhead.business.name, _FINE, x, y - 14, right - x)
    for words, left, long in ((_("Where the sheet lies"), right + 12, 208), (_("Sheet"), right + 236, 94)):
        draw(canvas, words, _FINE, left, y - 2)
        begin = left + width_of(words, _FINE) + 5
        canvas.setStrokeColor(styles.AXIS)
        canvas.setLineWidth(0.6)
        canvas.line(begin, y - 4, left + long, y - 4)


def _legend(canvas: Any, data: BlankSheet, width: float, top: float) -> float:
    """What numbers and letters stand for, four beside each other, each name in full; gives its height."""
    y = top
    if not _named_in_rows(data.channels):
        y -= _keys(canvas, _("Channel"), _NUMBERS, data.channels, width, y) + 3
    if data.themes:
        y -= _keys(canvas, _("About"), _LETTERS, data.themes, width, y)
    return top - y + 4


def _keys(canvas: Any, title: str, marks: str, names: Sequence[str], width: float, top: float) -> float:
    room = (width - 2 * _SIDE - _LABEL) / 4
    draw(canvas, title, _COLUMN, _SIDE, top - 8, _LABEL - 6)
    y = top
    for first in range(0, len(names), 4):
        cells = [lines(name, _KEY, room - 22)[:_MOST_KEY_LINES] for name in names[first : first + 4]]
        for column, rows in enumerate(cells):
            x = _SIDE + _LABEL + column * room
            draw(canvas, marks[first + column], _MARKED, x, y - 8)
            draw_lines(canvas, rows, _KEY, x + 12, y, room - 22)
        y -= max(map(len, cells)) * _KEY.leading + 2
    return top - y


def _named_in_rows(channels: Sequence[str]) -> bool:
    """Whether each channel's name has room beside its box; else the boxes have numbers and the head says which."""
    return all(width_of(name, _TINY) <= _CHANNEL - _TICK for name in channels)


def _columns(width: float) -> list[_Column]:
    fixed = {"day": 46.0, "channel": _CHANNEL, "about": 76.0, "customer": 98.0, "kind": 66.0, "stars": 88.0,
             "safety": 36.0, "by": 46.0}  # fmt: skip
    words = width - 2 * _SIDE - sum(fixed.values())
    titles = {
        "day": _("Date"), "channel": _("Channel"), "about": _("About"), "customer": _("Customer"),
        "words": _("What they said, in their words"), "kind": _("What it is"), "stars": _("Stars"),
        "safety": _("Safety"), "by": _("Noted by"),
    }  # fmt: skip
    found, x = [], _SIDE
    for key, title in titles.items():
        wide = fixed.get(key, words)
        found.append(_Column(key, title, x, wide))
        x += wide
    return found


def _rows(canvas: Any, data: BlankSheet, columns: list[_Column], top: float) -> None:
    """The table: titles, then as many rows as the page has room for."""
    count = int((top - _TITLES - _FOOT - 16) / ROW)
    bottom = top - _TITLES - count * ROW
    left, right = columns[0].x, columns[-1].x + columns[-1].width
    canvas.setFillColor(styles.GROUND)
    canvas.rect(left, top - _TITLES, right - left, _TITLES, stroke=0, fill=1)
    for column in columns:
        draw(canvas, column.title, _COLUMN, column.x + 5, top - 12, column.width - 6)
    canvas.setStrokeColor(styles.AXIS)
    canvas.setLineWidth(0.6)
    for number in range(count + 1):
        y = top - _TITLES - number * ROW
        canvas.line(left, y, right, y)
    canvas.line(left, top, right, top)
    for x in [*(column.x for column in columns), right]:
        canvas.line(x, top, x, bottom)
    for number in range(count):
        for column in columns:
            _cell(canvas, data, column, top - _TITLES - number * ROW)


def _cell(canvas: Any, data: BlankSheet, column: _Column, top: float) -> None:
    canvas.setStrokeColor(_INK)
    canvas.setLineWidth(0.7)
    if column.key == "channel":
        if _named_in_rows(data.channels):
            _ticks(canvas, data.channels, column, top)
        else:
            _circles(canvas, _NUMBERS[: len(data.channels)], 2, column.x + 22, top)
    elif column.key == "kind":
        _ticks(canvas, tuple(kind_name(kind) for kind in _KINDS), column, top)
    elif column.key == "about":
        _circles(canvas, _LETTERS[: len(data.themes)], 4, column.x + 11.5, top)
    elif column.key == "stars":
        for value in range(1, 6):
            _circle(canvas, whole(value), column.x + 12 + (value - 1) * 16, top - ROW / 2)
    elif column.key == "customer":
        canvas.rect(column.x + 5, top - ROW + 4.5, 7, 7, stroke=1, fill=0)
        draw(canvas, _("anonymous"), _TINY, column.x + 15, top - ROW + 5.5, column.width - 18)
    elif column.key == "safety":
        canvas.rect(column.x + column.width / 2 - 7, top - ROW / 2 - 7, 14, 14, stroke=1, fill=0)


def _ticks(canvas: Any, names: tuple[str, ...], column: _Column, top: float) -> None:
    for place, name in enumerate(names):
        y = top - 11 - place * 10.6
        canvas.rect(column.x + 5, y - 0.6, 7, 7, stroke=1, fill=0)
        draw(canvas, name, _TINY, column.x + 15, y, column.width - _TICK)


def _circles(canvas: Any, marks: str, across: int, x: float, top: float) -> None:
    for place, mark in enumerate(marks):
        row, at = divmod(place, across)
        _circle(canvas, mark, x + at * (17.6 if across > 2 else 22), top - 13 - row * 20)


def _circle(canvas: Any, mark: str, x: float, y: float) -> None:
    canvas.circle(x, y, 7.2, stroke=1, fill=0)
    draw(canvas, mark, _MARK, x, y - 2.8)


def _tips(canvas: Any, width: float) -> None:
    room = width - 2 * _SIDE
    said = _(
        "Write it as they say it, a row for each person. 1 star is bad, 5 are very good. An allergen, an injury or a "
        "data leak: tick Safety and tell the owner at once. Type it in at Feedback, Notes on paper, in this order."
    )  # fmt: skip
    rows = lines(said, _FINE, room)
    draw_lines(canvas, rows[:2], _FINE, _SIDE, _FOOT - 4 + len(rows[:2]) * _FINE.leading, room)
