"""Documents about one person or case, and what is sent to customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvdesk.reports.records_kinds import Kind, Made, Section, Wanted
from cvdesk.wording import _

if TYPE_CHECKING:
    from cvdesk.db import Queries


def _customer(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.customers.report_customer import as_pdf
    from cvdesk.customers.store_nameless import nobody_named
    from cvdesk.customers.store_sheet import gather

    data = gather(db, wanted.about or 0, wanted.today)
    if not wanted.names:  # the person first: what is left out of the rest may be their own words
        data = nobody_named(db, data.without_names())
    return Made(as_pdf(data, wanted.paper, wanted.names, wanted.left_out))


def _evidence(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.complaints.report_evidence import pack
    from cvdesk.complaints.store_evidence import gather
    from cvdesk.customers.store_nameless import nobody_named

    data = gather(db, wanted.about or 0, wanted.today)
    if not wanted.names:
        data = nobody_named(db, data.without_names())
    return Made(*pack(data, wanted.paper, wanted.names))


def _letters(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.care.report_letters import as_bytes
    from cvdesk.care.store_letters import letters
    from cvdesk.catalogue.store_letterhead import letterhead

    with db.snapshot():
        return Made(as_bytes(letters(db, wanted.about or 0, wanted.today), letterhead(db), wanted.today, wanted.paper))


def _calls(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.care.report_calls import as_bytes
    from cvdesk.care.store_letters import waiting
    from cvdesk.catalogue.store_letterhead import letterhead

    with db.snapshot():
        found = waiting(db, wanted.about or 0, wanted.today)
        return Made(as_bytes(found, found.raised, letterhead(db), wanted.today, wanted.paper))


def _welcome(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.care.report_welcome import as_bytes, newest

    return Made(as_bytes(newest(db, wanted.about or 0, wanted.today), wanted.paper))


def _guests(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.care.report_guests import gather_guests, guests_pdf

    return Made(guests_pdf(gather_guests(db, wanted.about or 0, wanted.today), wanted.paper))


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
    Kind(
        "letters", "people",
        lambda: _("Letters"),
        lambda: _("A letter to each customer who waits to be told of an action, for envelopes with a window"),
        _letters, about="actions", needed=True, periodic=False, named=False, people=True,
    ),
    Kind(
        "calls", "people",
        lambda: _("Call list"),
        lambda: _("Whom to ring about an action, at which number, and room for what they say"),
        _calls, about="actions", needed=True, periodic=False, named=False, people=True,
    ),
    Kind(
        "welcome", "people",
        lambda: _("Welcome sheet"),
        lambda: _("For a new customer: what happens when, and whom to ask"),
        _welcome, about="customers", needed=True, periodic=False, named=False, people=True,
    ),
    Kind(
        "guests", "people",
        lambda: _("Guest list"),
        lambda: _("Who is expected at an event, with a box to tick"),
        _guests, about="gatherings", needed=True, periodic=False, named=False, people=True,
    ),
)  # fmt: skip
