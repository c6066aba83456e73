"""SQL of money given back: refunds, gestures and what happened to vouchers, item by item."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from cvdesk.care.records_money import AGAIN, CANCELLED, EXPIRED, GESTURE, ISSUED, REDEEMED, REFUND, Item, MoneyBack, Sum
from cvdesk.catalogue.records import Filter, Period
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.db import Queries

_REFUNDS = """
SELECT COALESCE(resolved, complaints.date) AS day, number, resolution, COALESCE(customers.name, '') AS customer,
    cost_minor
FROM complaints LEFT JOIN customers ON customers.id = customer_id
WHERE cost_minor > 0 AND COALESCE(resolved, complaints.date) BETWEEN ? AND ? ORDER BY day, number
"""
_GESTURES = """
SELECT done, note, customers.name AS customer, cost_minor
FROM touches JOIN customers ON customers.id = customer_id
WHERE touches.kind = 'gesture' AND done BETWEEN ? AND ? ORDER BY done, touches.id
"""
_VOUCHERS = """
SELECT code, gives, worth_minor, issued, valid_until, redeemed, cancelled, COALESCE(customers.name, '') AS customer
FROM vouchers LEFT JOIN customers ON customers.id = customer_id
WHERE issued <= ?2 OR redeemed BETWEEN ?1 AND ?2 ORDER BY issued, vouchers.id
"""
_OPEN = """
SELECT count(*), count(*) FILTER (WHERE worth_minor IS NULL), COALESCE(sum(worth_minor), 0) FROM vouchers
WHERE issued <= ?1 AND (redeemed IS NULL OR redeemed > ?1) AND (cancelled IS NULL OR cancelled > ?1)
  AND (valid_until IS NULL OR valid_until >= ?1)
"""
_LONGEST = 120  # letters of what somebody wrote about it


def gather(db: Queries, chosen: Filter, today: date) -> MoneyBack:
    """Everything given back in the period, of all products and customers: books know no other limits."""
    with db.snapshot():
        period = chosen.period
        items = [*_refunds(db, period), *_gestures(db, period), *_happened(db, period)]
        limits = (chosen.offering, chosen.segment, chosen.channel, chosen.theme, chosen.tag)
        limited = any(one is not None for one in limits)
        ordered = tuple(sorted(items, key=lambda item: item.day))
        return MoneyBack(letterhead(db), today, period, open_on(db, _eve(period)), ordered, limited)


def open_on(db: Queries, day: date) -> Sum:
    """Vouchers that could still be used at the end of a day."""
    return Sum(*(int(value) for value in db.rows(_OPEN, (day.isoformat(),))[0]))


def _eve(period: Period) -> date:
    return period.start - timedelta(days=1)


def _span(period: Period) -> tuple[str, str]:
    return period.start.isoformat(), period.end.isoformat()


def _refunds(db: Queries, period: Period) -> Iterator[Item]:
    for row in db.rows(_REFUNDS, _span(period)):
        yield Item(
            date.fromisoformat(row["day"]), REFUND, str(row["number"]), _short(row["resolution"]), row["customer"],
            row["cost_minor"],
        )  # fmt: skip


def _gestures(db: Queries, period: Period) -> Iterator[Item]:
    for row in db.rows(_GESTURES, _span(period)):
        what = _short(row["note"].partition("\n")[0])
        yield Item(date.fromisoformat(row["done"]), GESTURE, "", what, row["customer"], row["cost_minor"])


def _happened(db: Queries, period: Period) -> Iterator[Item]:
    for row in db.rows(_VOUCHERS, _span(period)):
        for day, kind, less in _life(row):
            if period.start <= day <= period.end:
                yield Item(day, kind, row["code"], _short(row["gives"]), row["customer"], row["worth_minor"], less)


def _life(row: Any) -> Iterator[tuple[date, str, bool]]:
    """What happened to a voucher and when: whoever sums it finds on every day whether it could still be used.

    What ended it first counts as its end. One that had ended and was taken all the same opens for that once more.
    """
    issued = date.fromisoformat(row["issued"])
    used = None if row["redeemed"] is None else date.fromisoformat(row["redeemed"])
    ends: list[tuple[date, int, str]] = []
    if used is not None:
        ends.append((used, 0, REDEEMED))
    if row["cancelled"] is not None:
        ends.append((date.fromisoformat(row["cancelled"]), 1, CANCELLED))
    if row["valid_until"] is not None:
        ends.append((date.fromisoformat(row["valid_until"]) + timedelta(days=1), 2, EXPIRED))
    yield issued, ISSUED, False
    if not ends:
        return
    day, _order, first = min(ends)
    if first != REDEEMED:
        yield max(day, issued), first, False
        if used is not None:
            yield used, AGAIN, False
            yield used, REDEEMED, False
    elif day >= issued:
        yield day, REDEEMED, False
    else:  # noted as used before the day it was issued: never open
        yield day, AGAIN, False
        yield day, REDEEMED, False
        yield issued, AGAIN, True


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST].rsplit(" ", 1)[0].rstrip() + "…"
