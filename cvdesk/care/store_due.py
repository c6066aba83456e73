"""What of care is due today: check-ins, onboarding steps, customers' goals. Quick enough for Home."""

from __future__ import annotations

import json
from datetime import date

from cvdesk.care.records_touch import Due, by_urgency
from cvdesk.care.store_goals import is_due, open_goals
from cvdesk.care.store_rhythm import check_ins
from cvdesk.care.store_snooze import snoozed
from cvdesk.customers.store_permission import may
from cvdesk.db import Queries
from cvdesk.wording import _

_STEPS = """
SELECT touches.id, customer_id, touches.due, touches.note, customers.name FROM touches
JOIN customers ON customers.id = customer_id
WHERE touches.due <= ? AND touches.done IS NULL AND touches.kind = 'onboarding' AND customers.active = 1
"""
_NAMES = "SELECT id, name FROM customers WHERE id IN (SELECT value FROM json_each(?))"


def due(db: Queries, today: date) -> tuple[Due, ...]:
    """Everything of care that is due and not put off, what has waited longest first.

    Whoever does not want to be contacted is left out of check-ins; what was agreed with them (first steps, their own
    goals) is not.
    """
    asleep = snoozed(db, today)
    waiting = [one for one in check_ins(db, today) if ("check_in", one.customer_id) not in asleep]
    wanted = set(may(db, (one.customer_id for one in waiting), own_matter=True).yes)
    names = {row[0]: row[1] for row in db.rows(_NAMES, (json.dumps(list(wanted)),))}
    found = [
        Due("check_in", one.customer_id, one.customer_id,
            _("Check in with {name}").format(name=names[one.customer_id]), one.day, one.day < today)
        for one in waiting if one.customer_id in wanted
    ]  # fmt: skip
    for row in db.rows(_STEPS, (today.isoformat(),)):
        day = date.fromisoformat(row["due"])
        words = _("{step}, {name}").format(step=row["note"], name=row["name"])
        found.append(Due("onboarding", row["id"], row["customer_id"], words, day, day < today))
    for goal, name in open_goals(db):
        if goal.id is not None and goal.due is not None and is_due(goal, today):
            words = _("{name}: {goal}").format(name=name, goal=goal.goal)
            found.append(Due("goal", goal.id, goal.customer_id, words, goal.due, goal.due < today))
    return by_urgency(one for one in found if (one.sort, one.record_id) not in asleep)


__all__ = ["Due", "due"]
