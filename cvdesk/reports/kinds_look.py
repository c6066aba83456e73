"""The page of the monthly look as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvdesk.reports.records_kinds import Kind, Made, Section, Wanted
from cvdesk.wording import _

if TYPE_CHECKING:
    from cvdesk.db import Queries


def _monthly(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.customers.store_nameless import nobody_named
    from cvdesk.reports import report_look, store_look

    found = store_look.sheet(db, wanted.today)
    if not wanted.names:
        found = nobody_named(db, found)
    return Made(report_look.as_pdf(found, wanted.paper, wanted.left_out))


KINDS = (
    Kind(
        "monthly", "figures",
        lambda: _("Monthly look"),
        lambda: _("What you saw in the latest look, what came of it, and the one thing you do"),
        _monthly, sections=(Section("effects", lambda: _("Did it work?")),), periodic=False,
    ),
)  # fmt: skip
