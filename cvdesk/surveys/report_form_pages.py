"""A survey form as pages: as roomy as it can be on as few sides as it needs, with its code on every one of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap
from typing import Any

from cvdesk.catalogue.records import Logo
from cvdesk.pdf import styles
from cvdesk.pdf.document import PAPERS
from cvdesk.pdf.fields import FormCanvas
from cvdesk.pdf.logo import paint_logo, size_of
from cvdesk.pdf.qr import QUIET_ZONE, draw_qr
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import draw, draw_lines, lines
from cvdesk.surveys.records_items import Item, heading
from cvdesk.surveys.records_marker import FIELD
from cvdesk.surveys.report_form_rows import DENSITIES, NORMAL, SHARES, Density, Head, Row, Say, rows_of
from cvdesk.wording import _

_QR = 64.0
_QR_SMALL = 50.0
_MODULES = 21 + 2 * QUIET_ZONE  # of a code as short as ours
_FOOT = 20.0
_LOGO = (110.0, 34.0)  # room for it, in points
_LETTER = 900  # characters of a greeting that is set in one piece
_ASIDE = 200.0  # of the head for the code
_NAME = Style(17, 21, "bold")
_CODE = Style(9.4, 12, "semibold")
_SMALL = Style(7.6, 9.6, colour=styles.QUIET)


@dataclass(frozen=True, slots=True)
class Form:
    """One copy of a form. `code` empty: for nobody in particular, with a line to write one on.

    `person`: whose it is, may be empty; `privacy`: what becomes of the answers.
    """

    items: tuple[Item, ...]
    code: str
    person: str
    privacy: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What all copies of a form have in common."""

    business: str
    survey: str
    greeting: str
    how: str
    thanks: str
    language: str
    made: date
    paper: str
    colour: str = ""
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """Rows of one side with their heights, where they begin, and what is left below them."""

    rows: tuple[tuple[Row, float], ...]
    top: float
    left: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """A form set on its sides; its copies share it. `name`: of the drawings of its sides."""

    name: str
    density: Density
    sides: tuple[_Side, ...]


def printed(frame: Frame, forms: Sequence[Form], marker: str | None = None) -> bytes:
    """The forms one after the other as a PDF; the same forms give the same bytes.

    `marker`: what travels hidden in a form that is filled in on the screen, None for one on paper; a form that is
    filled in is a file of its own.
    """
    if marker is not None and len(forms) != 1:
        raise ValueError("a form to fill in is one file a copy")
    buffer = io.BytesIO()
    canvas = FormCanvas(
        buffer, pagesize=PAPERS[frame.paper], invariant=1, pageCompression=1, lang=frame.language.replace("_", "-")
    )
    canvas.setTitle(frame.survey)
    canvas.setAuthor(frame.business)
    canvas.setSubject(_("A survey form"))
    canvas.setCreator("CV Desk")
    canvas.setProducer("CV Desk")
    canvas.stamp(frame.made)
    canvas.in_colour(frame.colour)
    laid_out: dict[tuple[tuple[str, ...], bool], _Layout] = {}
    for form in forms:
        key = (tuple(item.field for item in form.items), bool(form.code))
        if key not in laid_out:
            density, sides = _laid_out(frame, form, marker is not None)
            laid_out[key] = _Layout(f"form-{len(laid_out)}", density, tuple(sides))
            if marker is None:
                _draw_once(canvas, frame, laid_out[key])
        _print(canvas, frame, form, marker, laid_out[key])
    canvas.save()
    return buffer.getvalue()


def _draw_once(canvas: Any, frame: Frame, layout: _Layout) -> None:
    """The questions of each side, which all copies show alike."""
    for number, side in enumerate(layout.sides, start=1):
        canvas.beginForm(f"{layout.name}-{number}", 0, 0, *PAPERS[frame.paper])
        _rows(canvas, layout.density.margin, side, False)
        canvas.endForm()


def _rows(canvas: Any, left: float, side: _Side, fields: bool) -> None:
    """Draws the rows of a side below its head."""
    extra = _shared_out(side)
    top = side.top
    for row, tall in side.rows:
        more = extra.get(id(row), 0.0)
        row.paint(canvas, left, top, more, fields)
        top -= tall + more


def _print(canvas: Any, frame: Frame, form: Form, marker: str | None, layout: _Layout) -> None:
    for number, side in enumerate(layout.sides, start=1):
        _head(canvas, frame, form, layout.density, number)
        if marker is None:
            canvas.doForm(f"{layout.name}-{number}")
        else:
            _rows(canvas, layout.density.margin, side, True)
        _foot(canvas, frame, form, layout.density, number, len(layout.sides))
        if number == 1 and marker is not None:
            canvas.hidden(FIELD, marker)
        canvas.showPage()


def _laid_out(frame: Frame, form: Form, fillable: bool) -> tuple[Density, list[_Side]]:
    """As few sides as the closest setting needs, set as roomily as these sides allow."""
    if fillable:  # on the screen nobody counts sheets of paper: reading at ease comes first
        return NORMAL, _sides(frame, form, NORMAL)
    fewest = min(len(_sides(frame, form, one)) for one in _shares(DENSITIES[-1]))
    for density in DENSITIES:
        found = [(one, _sides(frame, form, one)) for one in _shares(density)]
        best = min(found, key=lambda pair: (len(pair[1]), -pair[1][-1].left // 30))
        if len(best[1]) <= fewest:
            return best
    raise AssertionError("the closest setting fits by definition")


def _shares(density: Density) -> list[Density]:
    return [replace(density, right=share) for share in SHARES]


def _sides(frame: Frame, form: Form, density: Density) -> list[_Side]:
    width = PAPERS[frame.paper][0] - 2 * density.margin
    rows = _opening(frame, density)
    rows += rows_of(form.items, density.heads and _has_parts(form.items), heading)
    rows.append(Say(frame.thanks, strong=True))
    sides: list[_Side] = []
    current: list[tuple[Row, float]] = []
    room = _room(frame, form, density, 1)
    left = room
    for row in rows:
        tall = row.measure(width, density)
        if tall > left and any(not one.keep for one, _tall in current):
            carried: list[tuple[Row, float]] = []
            while current[-1][0].keep:
                carried.insert(0, current.pop())
            first = carried[0][0] if carried else row
            if first.under is not None:
                again = Head(first.under.text, first.under.number)
                carried.insert(0, (again, again.measure(width, density)))
            sides.append(_side(frame, form, density, len(sides) + 1, current, room))
            room = _room(frame, form, density, len(sides) + 1)
            current, left = carried, room - sum(height for _row, height in carried)
        current.append((row, tall))
        left -= tall
    return [*sides, _side(frame, form, density, len(sides) + 1, current, room)]


def _side(
    frame: Frame, form: Form, density: Density, number: int, rows: Sequence[tuple[Row, float]], room: float
) -> _Side:
    top = PAPERS[frame.paper][1] - density.margin - _head_height(frame, form, density, number)
    return _Side(tuple(rows), top, room - sum(height for _row, height in rows))


def _opening(frame: Frame, density: Density) -> list[Row]:
    """Greeting and how to fill it in; a letter of a greeting may go on over the sides, paragraph by paragraph."""
    if not frame.greeting:
        return [Say(frame.how)]
    if not density.heads and len(frame.greeting) < _LETTER:
        return [Say(f"{frame.greeting} {frame.how}")]
    parts = [
        piece for part in frame.greeting.split("\n") for piece in wrap(part, _LETTER, break_long_words=True) or [""]
    ]
    return [*(Say(part) for part in parts), Say(frame.how, quiet=True)]


def _has_parts(asked: Sequence[Item]) -> bool:
    """Whether any part of the form has more than one question: a heading over each single one says nothing."""
    levers = [item.lever for item in asked if item.lever is not None]
    return len(set(levers)) < len(levers)


def _shared_out(side: _Side) -> dict[int, float]:
    """The height left on a side goes to where words are written, then a little to every row."""
    left = max(side.left, 0.0)
    extra: dict[int, float] = {}
    written = [row for row, _tall in side.rows if row.stretch]
    for row in written:
        extra[id(row)] = min(left / len(written), row.stretch)
    left -= sum(extra.values())
    others = [row for row, _tall in side.rows if not row.stretch and not isinstance(row, Say)]
    for row in others:
        extra[id(row)] = min(left / len(others), 7.0)
    return extra


def _room(frame: Frame, form: Form, density: Density, number: int) -> float:
    height = PAPERS[frame.paper][1]
    return height - 2 * density.margin - _head_height(frame, form, density, number) - _FOOT


def _head_height(frame: Frame, form: Form, density: Density, number: int) -> float:
    return max(_name_height(frame, density) if number == 1 else 0.0, _code_height(form, density, number)) + 6


def _name_height(frame: Frame, density: Density) -> float:
    wide, tall = _logo_size(frame)
    rows = lines(frame.business, _NAME, PAPERS[frame.paper][0] - 2 * density.margin - _ASIDE - wide)
    return max(len(rows) * _NAME.leading + 14, tall)


def _logo_size(frame: Frame) -> tuple[float, float]:
    """Room for the logo with the gap beside it; nothing without one."""
    if frame.logo is None:
        return 0.0, 0.0
    wide, tall = size_of(frame.logo.data, frame.logo.media_type, *_LOGO)
    return (wide + 10.0, tall) if wide else (0.0, 0.0)


def _code_height(form: Form, density: Density, number: int) -> float:
    return _qr_size(density, number) * (_MODULES - 2 * QUIET_ZONE) / _MODULES if form.code else 30.0


def _qr_size(density: Density, number: int) -> float:
    return _QR if number == 1 and density.heads else _QR_SMALL


def _head(canvas: Any, frame: Frame, form: Form, density: Density, number: int) -> None:
    """Draws what stands on top of a side."""
    width, height = PAPERS[frame.paper]
    left, right, top = density.margin, width - density.margin, height - density.margin
    room = width - 2 * density.margin - _ASIDE
    if number == 1:
        if frame.logo is not None:
            wide, tall = _logo_size(frame)
            paint_logo(canvas, frame.logo.data, frame.logo.media_type, left, top - tall, *_LOGO)
            left, room = left + wide, room - wide
        rows = lines(frame.business, _NAME, room)
        draw_lines(canvas, rows, _NAME, left, top, room, cell=True)
        below = top - len(rows) * _NAME.leading - 10
        draw(canvas, frame.survey, _SMALL, left, below, room)
    else:
        draw(canvas, frame.business, _CODE, left, top - 9, room)
        draw(canvas, frame.survey, _SMALL, left, top - 20, room)
    _code(canvas, form, density, right, top, number)


def _code(canvas: Any, form: Form, density: Density, right: float, top: float, number: int) -> None:
    if not form.code:
        draw(canvas, _("Code"), _SMALL.to(styles.RIGHT), right - 96, top - 14)
        canvas.setStrokeColor(styles.AXIS)
        canvas.setLineWidth(0.6)
        canvas.line(right - 90, top - 16, right, top - 16)
        return
    size = _qr_size(density, number)
    quiet = size * QUIET_ZONE / _MODULES
    draw_qr(canvas, form.code, right - size + quiet, top - size + quiet, size)
    edge = right - size + 2 * quiet - 8
    draw(canvas, form.code, _CODE.to(styles.RIGHT), edge, top - 10)
    draw(canvas, form.person, _SMALL.to(styles.RIGHT), edge, top - 21, _ASIDE - size)


def _foot(canvas: Any, frame: Frame, form: Form, density: Density, number: int, count: int) -> None:
    width = PAPERS[frame.paper][0]
    y = density.margin
    page = _("Page {page} of {pages}").format(page=number, pages=count)
    draw(canvas, form.privacy, _SMALL, density.margin, y, width - 2 * density.margin - 90)
    draw(canvas, page, _SMALL.to(styles.RIGHT), width - density.margin, y)
