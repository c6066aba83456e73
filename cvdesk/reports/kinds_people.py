"""Documents about one person or case, and what is sent to customers."""

from __future__ import annotations

from cvdesk.db import Queries
from cvdesk.reports.records_kinds import Kind, Made, Section, Wanted
from cvdesk.wording import _


def _customer(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.customers.report_customer import as_pdf
    from cvdesk.customers.store_sheet import gather

    return Made(as_pdf(gather(db, wanted.about or 0, wanted.today), wanted.paper, wanted.names, wanted.left_out))


def _evidence(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.complaints.report_evidence import pack
    from cvdesk.complaints.store_evidence import gather

    return Made(*pack(gather(db, wanted.about or 0, wanted.today), wanted.paper, wanted.names))


KINDS: tuple[Kind, ...] = (
    Kind(
        "customer", "people",
        lambda: _("Customer sheet"),
        lambda: _("One customer on a page or two: what waits, what they said, what became of it"),
        _customer, about="customers", needed=True, periodic=False,
        sections=(
            Section("words", lambda: _("What they said")),
            Section("answers", lambda: _("What they answered on the score sheet")),
            Section("purchases", lambda: _("What they buy")),
            Section("complaints", lambda: _("Their complaints")),
            Section("money", lambda: _("What they were given")),
            Section("everything", lambda: _("Everything so far")),
        ),
    ),
    Kind(
        "evidence", "people",
        lambda: _("Evidence on a complaint"),
        lambda: _("Words, steps, attachments and changes of one complaint, with checksums; as .zip with all files"),
        _evidence, about="complaints", needed=True, periodic=False,
    ),
)  # fmt: skip
