"""SQL of who gets gestures: by segment, old and new customers, what they spend, and after complaints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from cvdesk.care.records_gestures import Fairness, GroupShare
from cvdesk.db import Queries
from cvdesk.wording import _

_YEAR_DAYS = 365
_AFTER_DAYS = 60  # a gesture so soon after a complaint was for the complaint
_PEOPLE = """
SELECT customers.id, COALESCE(segments.name, '') AS segment, since,
       (SELECT COALESCE(sum(amount_minor), 0) FROM purchases
        WHERE customer_id = customers.id AND date > ?1 AND date <= ?2) AS spent
FROM customers LEFT JOIN segments ON segments.id = segment_id WHERE customers.active = 1
"""
_GIVEN = """
SELECT customer_id, COALESCE(cost_minor, 0),
       complaint_id IS NOT NULL OR EXISTS (
           SELECT 1 FROM complaints WHERE complaints.customer_id = touches.customer_id
           AND complaints.date BETWEEN date(touches.done, ?3) AND touches.done)
FROM touches WHERE kind = 'gesture' AND done > ?1 AND done <= ?2
"""
_TOP = 4  # the best quarter of those who bought

_Person = tuple[int, str, bool, int]  # id, segment, whether new, spent in minor units


def fairness(db: Queries, today: date) -> Fairness:
    """The gestures of the last twelve months, shared among the active customers of today."""
    start = today - timedelta(days=_YEAR_DAYS)
    span = (start.isoformat(), today.isoformat())
    people: list[_Person] = [
        (row["id"], row["segment"] or _("No segment"), (row["since"] or "") > span[0], row["spent"])
        for row in db.rows(_PEOPLE, span)
    ]
    given = [tuple(row) for row in db.rows(_GIVEN, (*span, f"-{_AFTER_DAYS} days"))]
    got: dict[int, int] = {}
    for customer, cost, _after in given:
        got[customer] = got.get(customer, 0) + cost
    return Fairness(
        _by_segment(people, got), _new_and_old(people, got), _by_worth(people, got), len(given),
        sum(1 for _customer, _cost, after in given if after),
    )  # fmt: skip


def _share(name: str, ids: Sequence[int], got: dict[int, int]) -> GroupShare:
    reached = [got[one] for one in ids if one in got]
    return GroupShare(name, len(ids), len(reached), sum(reached))


def _by_segment(people: Sequence[_Person], got: dict[int, int]) -> tuple[GroupShare, ...]:
    names = sorted({segment for _id, segment, _new, _spent in people})
    if len(names) < 2:
        return ()
    made = [_share(name, [one[0] for one in people if one[1] == name], got) for name in names]
    return tuple(sorted(made, key=lambda group: (-group.customers, group.name)))


def _new_and_old(people: Sequence[_Person], got: dict[int, int]) -> tuple[GroupShare, ...]:
    return (
        _share(_("With you for a year or less"), [one[0] for one in people if one[2]], got),
        _share(_("With you for longer"), [one[0] for one in people if not one[2]], got),
    )


def _by_worth(people: Sequence[_Person], got: dict[int, int]) -> tuple[GroupShare, ...]:
    ranked = [one[0] for one in sorted(people, key=lambda one: (-one[3], one[0])) if one[3] > 0]
    if not ranked:
        return ()
    best = ranked[: max(1, len(ranked) // _TOP)]
    among = set(best)
    rest = [one[0] for one in people if one[0] not in among]
    return (_share(_("The top quarter"), best, got), _share(_("All others"), rest, got))


__all__ = ["fairness"]
