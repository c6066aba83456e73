"""SQL of how many customers were active at the end of each of many periods: what rates by month are per."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from operator import or_

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries

_EPOCH = date(1970, 1, 1)
_DAY_BITS = 42  # an entry's position begins with its day
# The days on which anything came from a customer, in one text: a row a day would take six times as long to hand over.
# Read in the order of the index of customers; days outside all periods cost less than sorting would.
_ENTRIES = f"""
SELECT customer_id, group_concat(position >> {_DAY_BITS}) FROM entries
WHERE customer_id IS NOT NULL{{limits}} GROUP BY customer_id
"""
_OTHERS = {
    "purchases": "",
    "assessments": " AND +kind = 'customer' AND state = 'done'",
    "complaints": "",
    "touches": " AND (due IS NULL OR done IS NOT NULL)",
}
_DAYS = """
SELECT customer_id, group_concat(date) FROM {table}
WHERE customer_id IS NOT NULL{limits} GROUP BY customer_id
"""
_OWN_SEGMENT = ("entries", "assessments", "complaints")


class _Covered(dict[str, int]):
    """Day, as an entry's position or a date says it -> the periods at whose end it counts, as bits."""

    def __init__(self, ends: Sequence[date], days: int) -> None:
        self._ends = [(end - _EPOCH).days for end in ends]
        self._starts = [end - days + 1 for end in self._ends]

    def __missing__(self, text: str) -> int:
        day = (date.fromisoformat(text) - _EPOCH).days if "-" in text else int(text)
        first, after = bisect_left(self._ends, day), bisect_right(self._starts, day)
        found = self[text] = (1 << after) - (1 << first) if after > first else 0
        return found


def active_at_ends(db: Queries, many: Sequence[Filter], today: date) -> list[int]:
    """How many customers are active at the end of each period; the filters differ in their periods only.

    As `store_active.active_clause` counts them, all periods in one reading of each table.
    """
    if not many:
        return []
    ends = sorted({min(chosen.period.end, today) for chosen in many})
    covers = _Covered(ends, catalogue.active_days(db)).__getitem__
    seen: defaultdict[int, int] = defaultdict(int)
    for customer, texts in _seen(db, many[0]):
        seen[customer] |= reduce(or_, map(covers, texts.split(",")))
    counts = dict(zip(ends, _counted(seen.values(), len(ends)), strict=True))
    return [counts[min(chosen.period.end, today)] for chosen in many]


def _seen(db: Queries, chosen: Filter) -> Iterator[tuple[int, str]]:
    """Customers and their days, table by table; segment and tag limit them as they do in `active_clause`."""
    limits, values = _limits(chosen, "entries")
    yield from ((row[0], row[1]) for row in db.rows(_ENTRIES.format(limits=limits), values))
    for table, only in _OTHERS.items():
        limits, values = _limits(chosen, table)
        rows = db.rows(_DAYS.format(table=table, limits=only + limits), values)
        yield from ((row[0], row[1]) for row in rows)


def _limits(chosen: Filter, table: str) -> tuple[str, list[object]]:
    limits, values = "", list[object]()
    if chosen.segment is not None:
        own = table in _OWN_SEGMENT
        limits += (
            " AND segment_id = ?" if own else " AND customer_id IN (SELECT id FROM customers WHERE segment_id = ?)"
        )
        values.append(chosen.segment)
    if chosen.tag is not None:
        limits += " AND customer_id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?)"
        values.append(chosen.tag)
    return limits, values


def _counted(masks: Iterable[int], size: int) -> list[int]:
    """How many of the masks have each bit: added up as columns of binary digits, all bits at once."""
    digits: list[int] = []
    for mask in masks:
        carry = mask
        for place, digit in enumerate(digits):
            if not carry:
                break
            digits[place], carry = digit ^ carry, digit & carry
        if carry:
            digits.append(carry)
    return [sum((digit >> bit & 1) << place for place, digit in enumerate(digits)) for bit in range(size)]
