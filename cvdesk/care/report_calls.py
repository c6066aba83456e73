"""The list of those to ring: who, at which number, what they said, and room for what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvdesk.care.letters import quoted, sentence
from cvdesk.care.records_loop import Circle, Person
from cvdesk.catalogue.records import Business, Letterhead
from cvdesk.catalogue.report_furniture import furniture
from cvdesk.customers.records import phone_shown
from cvdesk.errors import UserError
from cvdesk.pdf import document, styles
from cvdesk.pdf.blocks import Flowable, Gap, Text, Title
from cvdesk.pdf.document import Furniture
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_BOX = "☐"
_LONGEST = 180


def as_bytes(circle: Circle, people: Sequence[Person], paper_of: Letterhead, made: date, paper: str = "a4") -> bytes:
    """The call list as a PDF. UserError where nobody is on it."""
    return document.as_bytes(_story(circle, people, paper_of.business), _furniture(paper_of, made, paper))


def _story(circle: Circle, people: Sequence[Person], business: Business) -> list[Flowable]:
    if not people:
        raise UserError(_("There is nobody to ring."), _("Tick whom to ring first."))
    count = ngettext("{count} customer to ring", "{count} customers to ring", len(people))
    columns = (
        Col(_("Customer"), 22), Col(_("Phone"), 17), Col(_("What they said"), 31, most=4), Col(_("Told"), 6),
        Col(_("What they say now"), 24),
    )  # fmt: skip
    done = [Text(_("What to tell them: {done}").format(done=sentence(circle.done)), styles.BODY, after=8)]
    return [
        Title(circle.title, circle.title, after=4),
        Text(count.format(count=whole(len(people))), styles.NOTE, after=4),
        *(done if circle.done.strip() else []),
        Table(columns, [_row(one, business.country) for one in people], styles.SMALL, padding=9),
        Gap(8),
        Text(_("Note in CV Desk who was told: Care, Tell them."), styles.NOTE),
    ]


def _row(one: Person, country: str) -> Row:
    phone = phone_shown(one.phone, country)[0] if one.phone else _("no number")
    said = quoted(one)
    if len(said) > _LONGEST:
        said = said[:_LONGEST].rsplit(" ", 1)[0].rstrip() + "…"
    # Two plain lines: beside a name with a note of its own, several lines of words would run out of their row.
    name = "\n".join(part for part in (one.name, one.channel and _("best by {way}").format(way=one.channel)) if part)
    return Row((name, phone, _("“{words}”").format(words=said) if said else one.why, _BOX, ""))


def _furniture(paper_of: Letterhead, made: date, paper: str) -> Furniture:
    note = _("Names and numbers of customers: keep this list to yourself, and destroy it afterwards.")
    return furniture(paper_of, _("Call list"), made, paper, note=note, subject=_("Customers to ring"))
