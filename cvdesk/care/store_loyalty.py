"""SQL of loyalty: rules, who reached a step and has no reward for it yet, vouchers for them, levels (METHOD 2)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from cvdesk.care import store_vouchers
from cvdesk.care.records_loyalty import (
    PURCHASES,
    SPEND,
    YEARS,
    Reached,
    Rule,
    Tier,
    TierCount,
    Tiers,
    as_rule,
    counts_of,
    rule_words,
)
from cvdesk.care.records_vouchers import NewVoucher, Voucher
from cvdesk.catalogue import store as catalogue
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

TIERS = "loyalty_tiers"  # setting: {"by": ..., "steps": [[name, from], ...]}
_RULES = "SELECT id, value, active FROM care_plans WHERE kind = 'loyalty' ORDER BY id"
# Several purchases of a day are one, as everywhere (METHOD 2).
_NTH = """
SELECT customer_id, n, date FROM (
    SELECT customer_id, date, row_number() OVER (PARTITION BY customer_id ORDER BY date) AS n
    FROM (SELECT DISTINCT customer_id, date FROM purchases WHERE date <= ?1)
) WHERE n % ?2 = 0 AND (?3 OR n = ?2) AND date >= ?4
"""
_SPENT = """
SELECT customer_id, before, total, date FROM (
    SELECT customer_id, date, total, total - spent AS before FROM (
        SELECT customer_id, date, spent, sum(spent) OVER (PARTITION BY customer_id ORDER BY date) AS total
        FROM (SELECT customer_id, date, sum(amount_minor) AS spent FROM purchases
              WHERE date <= ?1 AND amount_minor > 0 GROUP BY customer_id, date)
    )
) WHERE total / ?2 > before / ?2 AND (?3 OR before < ?2) AND date >= ?4
"""
_SINCE = "SELECT id, since FROM customers WHERE active = 1 AND since IS NOT NULL AND since < ?"
_ACTIVE = "SELECT id, name FROM customers WHERE active = 1"
_GIVEN = "SELECT customer_id, plan_id, step FROM vouchers WHERE plan_id IS NOT NULL AND customer_id IS NOT NULL"
_SERIOUS = """
SELECT DISTINCT customer_id FROM complaints
WHERE customer_id IS NOT NULL AND severity = 'serious' AND date <= ?1
  AND COALESCE(outcome, '') NOT IN ('spam', 'duplicate')
  AND (stage NOT IN ('resolved', 'told', 'closed') OR COALESCE(resolved, told, closed) > ?1)
"""
_STANDS = {
    PURCHASES: """
SELECT (SELECT count(DISTINCT date) FROM purchases WHERE customer_id = customers.id AND date > ?1 AND date <= ?2)
FROM customers WHERE active = 1
""",
    SPEND: """
SELECT (SELECT COALESCE(sum(amount_minor), 0) FROM purchases
        WHERE customer_id = customers.id AND date > ?1 AND date <= ?2 AND amount_minor > 0)
FROM customers WHERE active = 1
""",
    YEARS: """
SELECT CASE WHEN since IS NULL OR since > ?2 OR ?1 IS NULL THEN 0
            ELSE substr(?2, 1, 4) - substr(since, 1, 4) - (substr(?2, 6) < substr(since, 6)) END
FROM customers WHERE active = 1
""",
}
_TIER_DAYS = 365


def rules(db: Queries, all_of_them: bool = False) -> Sequence[Rule]:
    """The rules in force; with `all_of_them` also those that were stopped."""
    found = [as_rule(row["id"], bool(row["active"]), json.loads(row["value"])) for row in db.rows(_RULES)]
    return tuple(rule for rule in found if rule.active or all_of_them)


def save_rule(op: Operation, rule: Rule) -> int:
    """Saves a rule and gives its id. UserError where something is wrong with it."""
    wrong = next(iter(rule.problems().values()), None)
    if wrong is not None:
        raise UserError(_("This reward cannot be saved."), wrong)
    values = {
        "kind": "loyalty", "name": rule_words(rule, catalogue.business(op).currency),
        "value": json.dumps(rule.as_value(), ensure_ascii=False), "active": int(rule.active),
    }  # fmt: skip
    if rule.id is None:
        return op.insert("care_plans", values)
    op.update("care_plans", rule.id, values)
    return rule.id


def stop_rule(op: Operation, rule_id: int) -> None:
    """No more rewards by this rule; the vouchers it gave stay good."""
    op.update("care_plans", rule_id, {"active": 0})


def rewards_due(db: Queries, today: date) -> tuple[Reached, ...]:
    """Who reached a step and has no voucher for it yet, the latest first; those held back are marked."""
    names = {row["id"]: row["name"] for row in db.rows(_ACTIVE)}
    given = {(row["customer_id"], row["plan_id"], row["step"]) for row in db.rows(_GIVEN)}
    held = held_back(db, today)
    found = [
        Reached(customer, names[customer], rule, step, on, customer in held)
        for rule in rules(db) for customer, step, on in _reached(db, rule, today)
        if customer in names and (customer, rule.id, str(step)) not in given
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.day.toordinal(), one.customer, one.rule.id or 0, one.step)))


def held_back(db: Queries, today: date) -> set[int]:
    """Customers with a serious complaint that is open: no milestone is celebrated while it is (METHOD 2)."""
    return {row[0] for row in db.rows(_SERIOUS, (today.isoformat(),))}


def give_rewards(
    op: Operation, wanted: Sequence[Reached], today: date, draw: Callable[[int], int] = secrets.randbelow
) -> tuple[Voucher, ...]:
    """A voucher for each; whoever has one for this step already, or is held back, gets none."""
    given = {(row["customer_id"], row["plan_id"], row["step"]) for row in op.rows(_GIVEN)}
    held = held_back(op, today)
    currency = catalogue.business(op).currency
    made: list[Voucher] = []
    for one in wanted:
        key = (one.customer_id, one.rule.id, str(one.step))
        if key in given or one.customer_id in held:
            continue
        given.add(key)
        until = None if one.rule.valid_days is None else today + timedelta(days=one.rule.valid_days)
        new = NewVoucher(
            one.rule.gives, one.rule.worth_minor, today, until, one.customer_id, one.rule.id, str(one.step),
            reason=rule_words(one.rule, currency),
        )  # fmt: skip
        made.append(store_vouchers.issue(op, new, draw))
    return tuple(made)


def tiers(db: Queries) -> Tiers:
    """The levels as the owner set them; none where nobody did."""
    saved = catalogue.setting(db, TIERS, {"by": PURCHASES, "steps": []})
    return Tiers(saved["by"], tuple(Tier(name, int(starts)) for name, starts in saved["steps"]))


def save_tiers(op: Operation, chosen: Tiers) -> None:
    """Saves the levels. UserError where something is wrong with them."""
    wrong = next(iter(chosen.problems().values()), None)
    if wrong is not None:
        raise UserError(_("These levels cannot be saved."), wrong)
    steps = [[tier.name.strip(), tier.starts] for tier in chosen.steps]
    catalogue.save_setting(op, TIERS, {"by": chosen.by, "steps": steps})


def tier_counts(db: Queries, today: date) -> tuple[TierCount, ...]:
    """How many active customers stand in each level now; nothing where there are no levels."""
    chosen = tiers(db)
    if not chosen.steps:
        return ()
    since = (today - timedelta(days=_TIER_DAYS)).isoformat()
    return counts_of(chosen, [int(row[0]) for row in db.rows(_STANDS[chosen.by], (since, today.isoformat()))])


def _reached(db: Queries, rule: Rule, today: date) -> Iterator[tuple[int, int, date]]:
    """Customer, step and day of all who reached a step of the rule since it began, up to today."""
    span = (today.isoformat(), rule.step, int(rule.every), rule.since.isoformat())
    if rule.by == PURCHASES:
        for customer, number, on in db.rows(_NTH, span):
            yield customer, int(number), date.fromisoformat(on)
    elif rule.by == SPEND:
        for customer, before, total, on in db.rows(_SPENT, span):
            last = total // rule.step if rule.every else 1
            for times in range(before // rule.step + 1, last + 1):  # a large purchase may reach several at once
                yield customer, times * rule.step, date.fromisoformat(on)
    else:
        for customer, text in db.rows(_SINCE, (today.isoformat(),)):
            since = date.fromisoformat(text)
            most = (today.year - since.year) if rule.every else rule.step
            for years in range(rule.step, most + 1, rule.step):
                on = anniversary(since, years)
                if on is not None and rule.since <= on <= today:
                    yield customer, years, on


def anniversary(since: date, years: int) -> date | None:
    """The day so many years later; the 29th of February is kept on the 28th in other years. None after year 9999."""
    year = since.year + years
    if year > date.max.year:
        return None
    try:
        return since.replace(year=year)
    except ValueError:
        return since.replace(year=year, day=28)


__all__ = [
    "anniversary", "give_rewards", "held_back", "rewards_due", "rules", "save_rule", "save_tiers", "stop_rule",
    "tier_counts", "tiers",
]  # fmt: skip
