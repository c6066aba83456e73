"""Letters to customers: one each, with the address where the window of an envelope is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cvdesk.care.letters import Message
from cvdesk.care.report_letters_window import LEFT, SENDER, paint_window, place
from cvdesk.catalogue.records import Letterhead
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.errors import UserError
from cvdesk.pdf import styles
from cvdesk.pdf.document import PAPERS, PlainCanvas
from cvdesk.pdf.fonts import SEMIBOLD
from cvdesk.pdf.logo import paint_logo, size_of
from cvdesk.pdf.styles import RIGHT, Style
from cvdesk.pdf.text import Line, draw, draw_lines, lines
from cvdesk.wording import _
from cvdesk.wording.numbers import day_long

_MM = 72 / 25.4
_BODY_TOP, _NEXT_TOP, _BOTTOM = 103 * _MM, 30 * _MM, 24 * _MM
_HEAD_TOP, _HEAD_ROOM, _REACH_ROOM, _MOST_REACH = 14 * _MM, 24 * _MM, 28 * _MM, 7
_HEADS, _MOST_NAME = (Style(14, 18, SEMIBOLD), Style(10, 13, SEMIBOLD), Style(8, 10.4, SEMIBOLD)), 2
_DATE = Style(10.6, 14.4)
_BODY = Style(10.8, 16)


def as_bytes(messages: Sequence[Message], paper_of: Letterhead, made: date, paper: str = "a4") -> bytes:
    """The letters as a PDF, each beginning on a page of its own. UserError where there is none."""
    if not messages:
        raise UserError(_("There is nobody to write to."), _("Tick whom to write to first."))
    business = paper_of.business
    buffer = io.BytesIO()
    language = business.language.replace("_", "-")
    canvas = PlainCanvas(buffer, pagesize=PAPERS[paper], invariant=1, pageCompression=1, lang=language)
    canvas.setTitle(_("Letters to customers"))
    canvas.setAuthor(business.name)
    canvas.setSubject(_("What became of what they told us"))
    canvas.setCreator("CV Desk")
    canvas.setProducer("CV Desk")
    canvas.stamp(made)
    canvas.in_colour(business.colour)
    for one in messages:
        _letter(canvas, one, paper_of, made, paper)
    canvas.save()
    return buffer.getvalue()


def save(messages: Sequence[Message], paper_of: Letterhead, made: date, path: Path, paper: str = "a4") -> Path:
    """Writes the letters; UserError where they cannot be written, then nothing of them is left."""
    refuse_database(path)
    save_bytes(path, as_bytes(messages, paper_of, made, paper))
    return path


def _letter(canvas: Any, one: Message, paper_of: Letterhead, made: date, paper: str) -> None:
    width, height = PAPERS[paper]
    room = width - 2 * LEFT
    _head(canvas, paper_of, width, height)
    paint_window(canvas, one.person, paper_of.business, height, paper)
    draw(canvas, day_long(made), _DATE.to(RIGHT), width - LEFT, height - _BODY_TOP + 24)
    _body(canvas, lines(one.body, _BODY, room), height, room)


def _head(canvas: Any, paper_of: Letterhead, width: float, height: float) -> None:
    """Logo and name at the left, how to reach the business at the right; all of it above the window."""
    business, logo = paper_of.business, paper_of.logo
    reach = [part for part in (*place(business), business.phone, business.email, business.website) if part.strip()]
    if len(reach) > _MOST_REACH:  # what does not fit is joined, nothing is left out
        kept = len(reach) - _MOST_REACH + 1
        reach = [", ".join(reach[:kept]), *reach[kept:]]
    top, x, half = height - _HEAD_TOP, LEFT, (width - 2 * LEFT) / 2
    tall = 0.0
    if logo is not None:
        logo_wide, tall = size_of(logo.data, logo.media_type, half / 2, _HEAD_ROOM)
        paint_logo(canvas, logo.data, logo.media_type, x, top - tall, half / 2, _HEAD_ROOM)
        x += logo_wide + 10 if logo_wide else 0
    wide = LEFT + half - x if reach else width - LEFT - x
    style = next((one for one in _HEADS if len(lines(business.name, one, wide)) <= _MOST_NAME), _HEADS[-1])
    names = lines(business.name, style, wide)[:_MOST_NAME]
    found, small = _reach(reach, half - 8)
    wanted = max(tall, len(found) * small.leading, len(names) * style.leading)
    draw_lines(canvas, names, style, x, top, wide)
    draw_lines(canvas, found, small.to(RIGHT), width - LEFT - half + 8, top, half - 8)
    below = top - wanted - 5
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.7)
    canvas.line(LEFT, below, width - LEFT, below)


def _reach(parts: Sequence[str], wide: float) -> tuple[list[Line], Style]:
    """How to reach the business, a line each; smaller where one is long, on two lines where that does not help."""
    for style in SENDER:
        rows = [row for one in parts for row in lines(one, style, wide)]
        if len(rows) == len(parts):
            break
    return rows[: int(_REACH_ROOM / style.leading)], style


def _body(canvas: Any, rows: Sequence[Line], height: float, room: float) -> None:
    """The text, on as many pages as it takes; those after the first begin higher up."""
    top, onward = height - _BODY_TOP, not rows[0].rtl  # a name from right to left stays under the greeting it ends
    while True:
        fits = max(1, int((top - _BOTTOM) / _BODY.leading))
        for number, row in enumerate(rows[:fits]):
            draw_lines(canvas, [row], _BODY, LEFT, top - number * _BODY.leading, room, onward)
        canvas.showPage()
        rows = rows[fits:]
        if not rows:
            return
        top = height - _NEXT_TOP
