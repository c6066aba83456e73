"""SQL of milestones for Home: the days to thank somebody, of the next week, and what was just reached (METHOD 2).

Read in a few milliseconds: anniversaries from customers alone, purchases only of those who bought in the last days.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.care.records_loyalty import PURCHASES, YEARS, step_words
from cvdesk.care.store_loyalty import anniversary, held_back
from cvdesk.care.store_snooze import snoozed
from cvdesk.customers.store_permission import may
from cvdesk.db import Queries
from cvdesk.figures.store_loyalty import PURCHASES as PURCHASE_STEPS
from cvdesk.figures.store_loyalty import YEARS as YEAR_STEPS
from cvdesk.wording import _

BIRTHDAY = "birthday"
_DAYS = 7
_BACK_DAYS = 3  # for what a purchase reached
_THANKED_DAYS = 30  # whoever was thanked so lately is not named again
_DATED = """
SELECT id, name, since, birthday FROM customers WHERE active = 1
  AND (substr(since, 6) IN (SELECT value FROM json_each(?1))
       OR substr(birthday, 6) IN (SELECT value FROM json_each(?1)))
"""
_BOUGHT = """
SELECT customers.id, customers.name, max(purchases.date),
       (SELECT count(DISTINCT date) FROM purchases AS own WHERE own.customer_id = customers.id AND own.date <= ?2)
FROM purchases JOIN customers ON customers.id = purchases.customer_id AND active = 1
WHERE purchases.date BETWEEN ?1 AND ?2 GROUP BY customers.id
"""
_THANKED = """
SELECT customer_id FROM touches WHERE customer_id IN (SELECT value FROM json_each(?2))
    AND kind IN ('gesture', 'reward') AND done >= ?1
UNION SELECT customer_id FROM vouchers WHERE issued >= ?1 AND customer_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Coming:
    """A day to thank a customer. kind: "years", "purchases" or "birthday"; step 0 for a birthday."""

    customer_id: int
    customer: str
    kind: str
    step: int
    day: date

    def words(self) -> str:
        """What there is to thank for."""
        if self.kind == BIRTHDAY:
            return _("{name}'s birthday").format(name=self.customer)
        return _("{name}: {step}").format(name=self.customer, step=step_words(self.kind, self.step, ""))


def coming(db: Queries, today: date) -> tuple[Coming, ...]:
    """Who is to be thanked this week, the soonest first; nobody with a serious complaint open, thanked or put off.

    Nor whoever does not want to be contacted.
    """
    week = [today + timedelta(days=ahead) for ahead in range(_DAYS + 1)]
    found = [*_dated(db, week), *_by_purchases(db, today)]
    if not found:
        return ()
    lately, whom = (today - timedelta(days=_THANKED_DAYS)).isoformat(), json.dumps([one.customer_id for one in found])
    thanked = {row[0] for row in db.rows(_THANKED, (lately, whom))}
    away = held_back(db, today) | thanked | {one for sort, one in snoozed(db, today) if sort == "milestone"}
    away |= may(db, (one.customer_id for one in found), own_matter=True).no.keys()
    left = [one for one in found if one.customer_id not in away]
    return tuple(sorted(left, key=lambda one: (one.day, one.customer, one.kind)))


def _dated(db: Queries, week: list[date]) -> list[Coming]:
    days = {on.isoformat()[5:]: on for on in week}
    if "02-28" in days and "02-29" not in days:  # kept on the 28th in other years
        days["02-29"] = days["02-28"]
    found: list[Coming] = []
    for customer, name, since, birthday in db.rows(_DATED, (json.dumps(sorted(days)),)):
        on = days.get((birthday or "")[5:])
        if on is not None:
            found.append(Coming(customer, name, BIRTHDAY, 0, on))
        on = days.get((since or "")[5:])
        years = 0 if on is None else on.year - int(since[:4])
        if on is not None and years in YEAR_STEPS and anniversary(date.fromisoformat(since), years) == on:
            found.append(Coming(customer, name, YEARS, years, on))
    return found


def _by_purchases(db: Queries, today: date) -> list[Coming]:
    since = (today - timedelta(days=_BACK_DAYS)).isoformat()
    return [
        Coming(customer, name, PURCHASES, count, date.fromisoformat(last))
        for customer, name, last, count in db.rows(_BOUGHT, (since, today.isoformat()))
        if count in PURCHASE_STEPS
    ]


__all__ = ["BIRTHDAY", "Coming", "coming"]
