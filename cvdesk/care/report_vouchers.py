"""Vouchers on paper: several on a sheet to cut apart, or one on each, with the code to read and to scan."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cvdesk.care import store_vouchers
from cvdesk.care.records_vouchers import OPEN, Voucher
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business, Logo, Period
from cvdesk.catalogue.store_letterhead import logo
from cvdesk.customers.store_nameless import nobody_named
from cvdesk.db import Queries
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.errors import UserError
from cvdesk.pdf import styles
from cvdesk.pdf.document import PAPERS, PlainCanvas
from cvdesk.pdf.logo import paint_logo, size_of
from cvdesk.pdf.qr import draw_qr
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import draw, draw_lines, lines, one_line
from cvdesk.wording import _
from cvdesk.wording.numbers import day, money

SMALL_PRINT = "voucher_small_print"  # a setting of the business: the owner's words at the foot of each voucher
_MARGIN, _PAD = 34.0, 16.0
_COLUMNS, _ROWS = 2, 4
_ONE_WIDE, _ONE_HIGH = 420.0, 250.0
_BUSINESS = Style(10.4, 14, "semibold", styles.ACCENT)
_CODE = Style(15, 19, "bold")
_FINE = Style(7.6, 9.8, colour=styles.QUIET)
_ABOUT = Style(8.8, 11.5, colour=styles.QUIET)
_GIVES = tuple(Style(size, size * 1.24, "bold") for size in (19, 16, 13.5, 11.5, 9.5, 8))
_LOGO = (72.0, 18.0)  # room for it, in points
_TWO = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed: the vouchers, whose they are, how many on a page, and the words at the foot of each."""

    vouchers: tuple[Voucher, ...]
    names: tuple[str, ...]
    business: Business
    small_print: str
    made: date
    single: bool = False
    paper: str = "a4"
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a voucher is drawn, in points: its lower left corner and its size."""

    x: float
    y: float
    width: float
    height: float


def usual_small_print() -> str:
    """What stands at the foot of a voucher where the owner has said nothing else."""
    return _("Good once. Not for cash.")


def gather(
    db: Queries, ids: Sequence[int], made: date, single: bool = False, paper: str = "a4", named: bool = True
) -> Sheet:  # fmt: skip
    """What is printed of these vouchers. UserError where there are none, or one can no longer be used."""
    found = tuple(store_vouchers.get(db, one) for one in ids)
    if not found:
        raise UserError(_("There is no voucher to print."), _("Make one first."))
    gone = next((one for one in found if one.redeemed is not None or one.cancelled is not None), None)
    if gone is not None:
        raise UserError(
            _("{code} can no longer be used.").format(code=gone.code), _("Print only vouchers that are still open.")
        )
    small = str(catalogue.setting(db, SMALL_PRINT, "")).strip() or usual_small_print()
    names = tuple(_called(db, one) if named else "" for one in found)
    sheet = Sheet(found, names, catalogue.business(db), small, made, single, paper, logo(db))
    return sheet if named else nobody_named(db, sheet)


def open_ones(db: Queries, period: Period, today: date, customer_id: int | None = None) -> list[int]:
    """Vouchers that can still be used: one customer's, else those issued in the period; the oldest first."""
    found = store_vouchers.vouchers(db, today, OPEN, customer_id)
    return [one.id for one in reversed(found) if customer_id or period.start <= one.issued <= period.end]


def _called(db: Queries, voucher: Voucher) -> str:
    preferred = db.value("SELECT preferred_name FROM customers WHERE id = ?", (voucher.customer_id,))
    return str(preferred or voucher.customer)


def save_vouchers(sheet: Sheet, path: Path) -> None:
    """Writes them as one PDF. UserError where it cannot be written; nothing of it is left then."""
    refuse_database(path)
    save_bytes(path, as_bytes(sheet))


def as_bytes(sheet: Sheet) -> bytes:
    """The vouchers as a document; the same ones give the same bytes."""
    buffer = io.BytesIO()
    width, height = PAPERS[sheet.paper]
    language = sheet.business.language.replace("_", "-")
    canvas = PlainCanvas(buffer, pagesize=(width, height), invariant=1, pageCompression=1, lang=language)
    canvas.setTitle(_("Vouchers"))
    canvas.setAuthor(sheet.business.name)
    canvas.setSubject(_("Vouchers to hand out"))
    canvas.setCreator("CV Desk")
    canvas.setProducer("CV Desk")
    canvas.stamp(sheet.made)
    canvas.in_colour(sheet.business.colour)
    on_page = 1 if sheet.single else _COLUMNS * _ROWS
    for number, (voucher, name) in enumerate(zip(sheet.vouchers, sheet.names, strict=True)):
        if number and number % on_page == 0:
            canvas.showPage()
        _draw(canvas, sheet, voucher, name, _place(sheet.single, number % on_page, width, height))
    canvas.save()
    return buffer.getvalue()


def _place(single: bool, number: int, width: float, height: float) -> _Place:
    if single:
        return _Place((width - _ONE_WIDE) / 2, height - 90 - _ONE_HIGH, _ONE_WIDE, _ONE_HIGH)
    wide, high = (width - 2 * _MARGIN) / _COLUMNS, (height - 2 * _MARGIN) / _ROWS
    row, column = divmod(number, _COLUMNS)
    return _Place(_MARGIN + column * wide, height - _MARGIN - (row + 1) * high, wide, high)


def _draw(canvas: Any, sheet: Sheet, voucher: Voucher, name: str, at: _Place) -> None:
    """The business, what it gives, for whom; below a hairline the code with its days beside the square to scan."""
    canvas.setStrokeColor(styles.AXIS)
    canvas.setLineWidth(0.6)
    canvas.setDash(3, 3)
    canvas.rect(at.x, at.y, at.width, at.height)
    canvas.setDash()
    left, inside = at.x + _PAD, at.width - 2 * _PAD
    top = at.y + at.height - _PAD
    aside = 0.0
    if sheet.logo is not None:
        wide, tall = size_of(sheet.logo.data, sheet.logo.media_type, *_LOGO)
        paint_logo(canvas, sheet.logo.data, sheet.logo.media_type, left + inside - wide, top - tall + 4, *_LOGO)
        aside = wide + 8 if wide else 0.0
    draw(canvas, sheet.business.name, _BUSINESS, left, top - 9, inside - aside)
    qr = min(0.46 * at.height, 92.0)
    about = [
        _("For {name}").format(name=name) if name else "",
        _("Worth {amount}").format(amount=money(voucher.worth_minor, sheet.business.currency))
        if voucher.worth_minor else "",
    ]  # fmt: skip
    room = at.height - 2 * _PAD - 10 - qr
    style, rows = _fitting(voucher.gives, inside, room - (16 if any(about) else 2))
    draw_lines(canvas, rows, style, left, top - 20, inside)
    if any(about):
        y = top - 20 - len(rows) * style.leading - 11
        draw(canvas, " · ".join(part for part in about if part), _ABOUT, left, y, inside)
    _foot(canvas, sheet, voucher, at, qr)


def _foot(canvas: Any, sheet: Sheet, voucher: Voucher, at: _Place, qr: float) -> None:
    left, wide = at.x + _PAD, at.width - 2 * _PAD - qr
    # The white around the code to scan may lie in the margin.
    draw_qr(canvas, voucher.code, at.x + at.width - _PAD - qr + 7, at.y + _PAD - 7, qr)
    small = lines(sheet.small_print, _FINE, wide)[:_TWO]
    y = at.y + _PAD + len(small) * _FINE.leading
    draw_lines(canvas, small, _FINE, left, y, wide)
    if voucher.valid_until is not None:
        draw(canvas, _("Valid until {day}").format(day=day(voucher.valid_until)), _ABOUT, left, y + 7, wide)
    code = _CODE if one_line(voucher.code, _CODE).width <= wide else Style(11, 15, "bold")
    draw(canvas, voucher.code, code, left, y + 23, wide)


def _fitting(text: str, width: float, height: float) -> tuple[Style, Sequence[Any]]:
    """As large as it fits; the smallest is cut where even that does not."""
    for style in _GIVES:
        rows = lines(text, style, width)
        if len(rows) * style.leading <= height:
            return style, rows
    style = _GIVES[-1]
    return style, lines(text, style, width)[: max(1, int(height / style.leading))]


__all__ = ["SMALL_PRINT", "Sheet", "as_bytes", "gather", "open_ones", "save_vouchers", "usual_small_print"]
