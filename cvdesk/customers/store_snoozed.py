"""What was put off for a customer: it has no reference to them, so it is looked for by their id."""

from __future__ import annotations

from cvdesk.db import Operation

PUT_OFF = """
SELECT id, sort FROM snoozes WHERE sort IN ('check_in', 'milestone', 'risk', 'onboarding') AND record_id = ?
"""


def forget_put_off(op: Operation, customer_id: int) -> None:
    """Before a customer goes: what was put off for them goes, too, with the reason."""
    for row in op.rows(PUT_OFF, (customer_id,)):
        op.delete("snoozes", row["id"])


__all__ = ["PUT_OFF", "forget_put_off"]
