"""What the report says of what to do: the edge over the best rival, the plan that is not decided yet, who does what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.strategy.records_plan import Planned
from cvdesk.strategy.records_wish import DRAFT, read_wish
from cvdesk.strategy.store_plan import planned, surer
from cvdesk.value.records_rivals import GridData
from cvdesk.value.store_rivals_grid import grid

_WISH = "SELECT value FROM drafts WHERE key = ?"
_WHO = "SELECT actions.id, staff.name FROM actions JOIN staff ON staff.id = actions.staff_id"


def importance_grid(db: Queries, chosen: Filter, today: date) -> GridData:
    """What matters and how well it goes, for as long as no rival is known."""
    return grid(db, chosen, today)


def best_plan(db: Queries, today: date) -> Planned:
    """The best plan of the open actions within the limits last asked for on the Plan tab, with how sure it is."""
    wish = read_wish(db.value(_WISH, (DRAFT,)) or "")
    known = planned(db, wish.limits(), today)
    if wish.own is not None:
        known = planned(db, wish.limits([one.id for one in known.actions if one.id is not None]), today)
    return surer(known)


def who_does(db: Queries) -> Mapping[int, str]:
    """Action id -> who of the staff does it."""
    return {row[0]: row[1] for row in db.rows(_WHO)}
