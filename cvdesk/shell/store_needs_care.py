"""Whom to tell what was done, whose turn it is, what is due in care and strategy: for "Needs you today"."""

from __future__ import annotations

from datetime import date

from cvdesk.care.store_due import due
from cvdesk.care.store_loop import to_tell
from cvdesk.care.store_milestones import coming
from cvdesk.care.store_snooze import snoozed
from cvdesk.db import Queries
from cvdesk.reports.store_look_due import due as look_due
from cvdesk.shell.records_needs import Need
from cvdesk.strategy.store_reviews import reviews_due
from cvdesk.wording.numbers import month_long


def care_needs(db: Queries, today: date) -> list[Need]:
    """What strategy and care wait for, unless it was put off; milestones only on their day or after it."""
    return [*_told(db, today), *_reviews(db, today), *_look(db, today), *_due(db, today), *_milestones(db, today)]


def care_waiting(db: Queries, today: date) -> int:
    """How many of these the Care page holds: all but reviews of the strategy."""
    return sum(1 for need in care_needs(db, today) if need.table == "care")


def _told(db: Queries, today: date) -> list[Need]:
    return [
        Need("told", "care", ("tell", (one.kind, one.id)), one.title, "", one.since, number=one.waiting, own=one.id)
        for one in to_tell(db, today)
    ]


def _reviews(db: Queries, today: date) -> list[Need]:
    return [
        Need("review", "strategies", ("strategy", strategy_id), name, "", day, late, own=strategy_id)
        for strategy_id, name, day, late in reviews_due(db, today)
    ]


def _look(db: Queries, today: date) -> list[Need]:
    found = look_due(db, today)
    if found is None:
        return []
    # A look has no row before it is begun: it is put off by its month.
    own = found.month.year * 100 + found.month.month
    if ("look", own) in snoozed(db, today):
        return []
    return [Need("look", "reports", "look", month_long(found.month), own=own)]


def _due(db: Queries, today: date) -> list[Need]:
    found = []
    for one in due(db, today):
        about = one.customer if one.sort == "onboarding" else one.record_id
        found.append(Need(one.sort, "care", (one.sort, about), one.words, "", one.day, one.late, own=one.record_id))
    return found


def _milestones(db: Queries, today: date) -> list[Need]:
    return [
        Need(
            "milestone", "care", ("milestone", one.customer_id), one.words(), one.customer, one.day,
            own=one.customer_id,
        )
        for one in coming(db, today) if one.day <= today
    ]  # fmt: skip
