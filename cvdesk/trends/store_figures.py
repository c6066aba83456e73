"""Everything the tab "All figures" shows, read at one moment."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.figures.records import Figures
from cvdesk.figures.store import gather_all
from cvdesk.figures.store_complaints import cases
from cvdesk.stats.survival import FEW_CASES
from cvdesk.trends.records_figures import AllFigures, CaseLine

_NAMES = "SELECT id, name FROM customers WHERE id IN (SELECT value FROM json_each(?))"
_THEMES = "SELECT key, id FROM themes WHERE active = 1"
_CASES = """
SELECT complaints.id, complaints.number, customers.name FROM complaints
LEFT JOIN customers ON customers.id = complaints.customer_id
WHERE complaints.id IN (SELECT value FROM json_each(?))
"""


def all_figures(db: Queries, chosen: Filter, today: date) -> AllFigures:
    """The figures of a filter with the names of customers, cases and themes they speak of."""
    with db.snapshot():
        found = gather_all(db, chosen, today)
        due = [] if found.more is None else [one.customer_id for one in found.more.milestones.due]
        return AllFigures(
            found,
            {row[0]: row[1] for row in db.rows(_NAMES, (_list(due),))},
            _few_cases(db, found),
            {row[0]: row[1] for row in db.rows(_THEMES)},
            catalogue.business(db).currency,
            catalogue.active_days(db),
        )


def _few_cases(db: Queries, found: Figures) -> tuple[CaseLine, ...]:
    """The cases a time to resolve would be made of, where they are too few for one (METHOD 2: list only)."""
    if found.complaints.days_to_resolve.why != FEW_CASES:
        return ()
    timed = {case.id: case for case in cases(db, found.filter, found.today) if not (case.left_out or case.undated)}
    rows = db.rows(_CASES, (_list(timed),))
    lines = [CaseLine(row, number, name or "", timed[row].received, timed[row].ended) for row, number, name in rows]
    return tuple(sorted(lines, key=lambda line: (line.received, line.number)))


def _list(ids: Iterable[int]) -> str:
    return json.dumps(list(ids))
