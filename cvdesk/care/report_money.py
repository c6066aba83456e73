"""Money given back on paper, for whoever keeps the books: the sum, what vouchers still promise, every item."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from cvdesk.care.records_money import (
    AGAIN,
    CANCELLED,
    EXPIRED,
    GESTURE,
    GIVEN,
    ISSUED,
    REDEEMED,
    REFUND,
    VOUCHERS,
    Item,
    MoneyBack,
    Sum,
)
from cvdesk.catalogue.report_furniture import furniture
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Heading, Text, Title
from cvdesk.pdf.document import as_bytes
from cvdesk.pdf.styles import RIGHT
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.pdf.text import width_of
from cvdesk.wording import _, ngettext
from cvdesk.wording.cells import harmless
from cvdesk.wording.numbers import day, money, month, span, whole

CSV_NAME = "money.csv"
_LEAST_COLUMN = 46.0  # points: the longest word of a title
_BEGINNING = date(1990, 1, 1)  # where "all time" begins


def as_pdf(data: MoneyBack, paper: str = "a4", names: bool = True, left_out: frozenset[str] = frozenset()) -> bytes:
    """The document; the same data gives the same bytes."""
    shown = data if names else data.without_names()
    note = _("Made from what was noted in CV Desk. It is no invoice and no tax advice.")
    around = furniture(
        shown.letterhead, _("Money given back"), shown.today, paper, note=note,
        subject=_("Refunds, gestures and vouchers, for the books"),
    )  # fmt: skip
    return as_bytes(story(shown, left_out), around)


def story(data: MoneyBack, left_out: frozenset[str] = frozenset()) -> list[Flowable]:
    """The sum and the vouchers on the first page; then month by month, then every item."""
    found: list[Flowable] = [Title(_title(data), _("Money given back"), after=6), Text(_sentence(data), after=10)]
    if data.limited:
        found.append(Band(_("Of all products and customers: for the books nothing is left out."), after=6))
    found += [*_given(data), *_account(data)]
    if data.items and "months" not in left_out:
        found += _by_month(data)
    if data.items and "items" not in left_out:
        found += _lists(data)
    return found


def as_csv(data: MoneyBack, names: bool = True) -> bytes:
    """Every item as a line for the books' own program; amounts with a point, nothing in it runs in a spreadsheet."""
    shown = data if names else data.without_names()
    currency = shown.letterhead.business.currency
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["date", "kind", "number", "what", "customer", "amount", "currency"])
    for item in shown.items:
        kind = f"{item.kind} (less)" if item.less else item.kind
        amount = "" if item.minor is None else _plain(item.minor, currency)
        cells = [item.day.isoformat(), kind, item.number, item.what, item.customer, amount, currency]
        writer.writerow([harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def kind_name(kind: str) -> str:
    """What happened, in a word or two."""
    return {
        REFUND: _("Put right"), GESTURE: _("Gesture"), ISSUED: _("Voucher issued"), REDEEMED: _("Voucher used"),
        EXPIRED: _("Voucher expired"), CANCELLED: _("Voucher cancelled"), AGAIN: _("Taken after its end"),
    }[kind]  # fmt: skip


def _plain(minor: int, currency: str) -> str:
    from babel.numbers import get_currency_precision

    return f"{Decimal(minor).scaleb(-get_currency_precision(currency)):f}"


def _money(data: MoneyBack, minor: int | None) -> str:
    """With the currency's decimals throughout: columns are added up, and £27 beside £7.60 reads as a slip."""
    return "—" if minor is None else money(minor, data.letterhead.business.currency, exact=True)


def _when(data: MoneyBack) -> str:
    period = data.period
    if period.start == _BEGINNING:
        return _("until {day}").format(day=day(period.end))
    return span(period.start, period.end)


def _title(data: MoneyBack) -> str:
    total = data.sum(*GIVEN)
    if total.minor:
        return _("{amount} went back to customers").format(amount=_money(data, total.minor))
    return _("No money went back to customers")


def _sentence(data: MoneyBack) -> str:
    total, closing = data.sum(*GIVEN), data.closing
    if not data.items and not closing.count:
        return _(
            "{period}: nothing was noted. What you pay to put a complaint right, gestures and vouchers will stand here."
        ).format(period=_when(data))
    given = ngettext("{period}: {count} item.", "{period}: {count} items.", total.count)
    if not closing.count:
        left = _("No voucher is open at the end.")
    else:
        left = ngettext(
            "{count} voucher worth {amount} is still open at the end.",
            "{count} vouchers worth {amount} in all are still open at the end.", closing.count,
        ).format(count=whole(closing.count), amount=_money(data, closing.minor))  # fmt: skip
    return " ".join((given.format(period=_when(data), count=whole(total.count)), left))


def _given(data: MoneyBack) -> Iterator[Flowable]:
    columns = (Col(_("What left the till"), 58), Col(_("How many"), 18, RIGHT), Col(_("Amount"), 24, RIGHT))
    named = (
        (REFUND, _("Refunds and costs of putting complaints right")), (GESTURE, _("Gestures")),
        (REDEEMED, _("Vouchers that were used")),
    )  # fmt: skip
    rows = [Row((words, whole(data.sum(kind).count), _money(data, data.sum(kind).minor))) for kind, words in named]
    total = data.sum(*GIVEN)
    rows.append(Row((_("Given back"), whole(total.count), _money(data, total.minor)), strong=True))
    yield Heading(_("Given back"), _when(data), before=12, outline=1)
    yield Table(columns, rows, styles.SMALL)
    if total.unpriced:
        words = ngettext(
            "{count} of them has no amount and counts as nothing.",
            "{count} of them have no amount and count as nothing.", total.unpriced,
        )  # fmt: skip
        yield Text(words.format(count=whole(total.unpriced)), styles.NOTE, before=5)


def _account(data: MoneyBack) -> Iterator[Flowable]:
    columns = (
        Col(_("What vouchers promise"), 46), Col(_("Without a money value"), 18, RIGHT),
        Col(_("With one"), 14, RIGHT), Col(_("Worth"), 22, RIGHT),
    )  # fmt: skip
    start = data.period.start
    opening = _("Open before") if start == _BEGINNING else _("Open on the eve of {day}").format(day=day(start))
    rows = [_account_row(data, opening, data.opening, True), _account_row(data, _("+ issued"), data.sum(ISSUED))]
    if data.sum(AGAIN).count:
        rows.append(_account_row(data, _("+ taken all the same after their end"), data.sum(AGAIN)))
    rows += [
        _account_row(data, _("− used"), data.sum(REDEEMED)), _account_row(data, _("− expired"), data.sum(EXPIRED)),
        _account_row(data, _("− cancelled"), data.sum(CANCELLED)),
    ]  # fmt: skip
    closing = _("= open at the end of {day}").format(day=day(data.period.end))
    yield Heading(_("Vouchers"), _when(data), before=18, outline=1)
    yield Table(columns, [*rows, _account_row(data, closing, data.closing, True)], styles.SMALL)


def _account_row(data: MoneyBack, words: str, total: Sum, strong: bool = False) -> Row:
    priced = whole(total.count - total.unpriced)
    return Row((words, whole(total.unpriced), priced, _money(data, total.minor)), strong)


def _by_month(data: MoneyBack) -> Iterator[Flowable]:
    titles = (
        _("Month"), _("Put right"), _("Gestures"), _("Vouchers used"), _("Given back"), _("Vouchers issued"),
        _("Open at its end"),
    )  # fmt: skip
    rows = []
    for one in data.months():
        amounts = [one.given[kind].minor for kind in GIVEN]
        cells = [*amounts, sum(amounts), one.given[ISSUED].minor, one.closing.minor]
        rows.append(Row((month(one.first), *(_money(data, cell) for cell in cells))))
    whole_period = [data.sum(kind).minor for kind in GIVEN]
    totals = [*whole_period, sum(whole_period), data.sum(ISSUED).minor, data.closing.minor]
    rows.append(Row((_("Together"), *(_money(data, cell) for cell in totals)), strong=True))
    yield Heading(_("Month by month"), _("months in which something was noted"), outline=1)
    yield Table(_as_wide_as_needed(titles, rows), rows, styles.COMPACT)


def _as_wide_as_needed(titles: Sequence[str], rows: Sequence[Row]) -> list[Col]:
    """Columns of amounts: millions take their room from columns that hold none, so that no amount is broken."""
    found = []
    for place, title in enumerate(titles):
        widest = max(width_of(str(row.cells[place]), styles.COMPACT) for row in rows)
        found.append(Col(title, max(widest * 1.08, _LEAST_COLUMN), RIGHT if place else styles.LEFT))
    return found


def _lists(data: MoneyBack) -> Iterator[Flowable]:
    for kinds, heading, numbered in (
        ((REFUND,), _("Every refund and cost of putting right"), _("Complaint")),
        ((GESTURE,), _("Every gesture"), ""),
        (VOUCHERS, _("Everything that happened to vouchers"), _("Code")),
    ):
        items = [item for item in data.items if item.kind in kinds]
        if not items:
            continue
        count = ngettext("{count} line", "{count} lines", len(items)).format(count=whole(len(items)))
        yield Heading(heading, count, outline=1)
        yield Table(*_list(data, items, numbered, kinds == VOUCHERS), styles.COMPACT)


def _list(data: MoneyBack, items: list[Item], numbered: str, vouchers: bool) -> tuple[list[Col], list[Row]]:
    columns = [Col(_("Day"), 13)]
    if vouchers:
        columns.append(Col(_("What happened"), 19))
    if numbered:
        columns.append(Col(numbered, 16 if vouchers else 11))
    if data.named:
        columns += [Col(_("What"), 30, most=3), Col(_("Customer"), 22, most=3)]
    columns.append(Col(_("Amount"), 18, RIGHT))
    rows = [Row(tuple(_cells(data, item, numbered, vouchers))) for item in items]
    if not vouchers:  # a sum of what was issued and what was used would say nothing
        total = _money(data, sum(item.minor or 0 for item in items))
        rows.append(Row((_("Together"), *[""] * (len(columns) - 2), total), strong=True))
    return columns, rows


def _cells(data: MoneyBack, item: Item, numbered: str, vouchers: bool) -> Iterator[str]:
    yield day(item.day)
    if vouchers:
        yield kind_name(item.kind)
    if numbered:
        yield item.number if vouchers else _("#{number}").format(number=item.number)
    if data.named:
        yield item.what
        yield item.customer
    yield _money(data, -item.minor if item.less and item.minor else item.minor)
