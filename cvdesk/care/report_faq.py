"""Questions and answers on paper, and the list of names for an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvdesk.care.records_community import GatheringRow, Guest, state_name
from cvdesk.care.store_faq import FaqSheet
from cvdesk.care.store_groups import gathering, guests
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.db import Queries
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.errors import UserError
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, Text, Title
from cvdesk.pdf.document import Furniture, as_bytes
from cvdesk.pdf.document import save as save_pdf
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, month_long, whole

_BOX = "☐"


@dataclass(frozen=True, slots=True)
class GuestSheet:
    """Who is on the list of an event, read as of one moment."""

    business: Business
    today: date
    event: GatheringRow
    guests: tuple[Guest, ...]


def faq_pdf(data: FaqSheet, paper: str = "a4") -> bytes:
    """Questions and answers as bytes; the same data gives the same bytes. UserError where there is no answer yet."""
    return as_bytes(_faq_story(data), _furniture(data.business, _("Questions and answers"), data.today, paper))


def save_faq_pdf(data: FaqSheet, path: Path, paper: str = "a4") -> None:
    """Writes questions and answers; UserError where it cannot be written, then nothing of it is left."""
    save_pdf(path, _faq_story(data), _furniture(data.business, _("Questions and answers"), data.today, paper))


def _faq_story(data: FaqSheet) -> list[Flowable]:
    if not data.faqs:
        raise UserError(
            _("There is no question with an answer to show yet."), _("Write an answer and tick “On the page”.")
        )
    said = _("What customers of {business} ask, and what we answer.").format(business=data.business.name)
    story: list[Flowable] = [
        Title(_("Questions and answers"), _("Questions and answers"), after=4), Text(said, styles.NOTE, after=4),
    ]  # fmt: skip
    for faq in data.faqs:
        story.append(Heading(faq.question, before=16, outline=1))
        story.append(Text(faq.answer, styles.BODY))
    return story


def gather_guests(db: Queries, gathering_id: int, today: date) -> GuestSheet:
    """Everything the list of names says. LookupError where the event is gone."""
    with db.snapshot():
        return GuestSheet(
            catalogue.business(db), today, gathering(db, gathering_id), guests(db, gathering_id)
        )  # fmt: skip


def guests_pdf(data: GuestSheet, paper: str = "a4") -> bytes:
    """The list of names as bytes, with a box to tick for who came; who declined is left out."""
    event = data.event.gathering
    expected = [guest for guest in data.guests if guest.state != "declined"]
    if not expected:
        raise UserError(_("Nobody is on the list yet."), _("Invite somebody first."))
    said = ngettext("{day}: {count} name", "{day}: {count} names", len(expected)).format(
        day=day(event.date), count=whole(len(expected)))  # fmt: skip
    story: list[Flowable] = [Title(event.name, event.name, after=4), Text(said, styles.NOTE, after=8)]
    if event.note:
        story.append(Text(event.note, styles.BODY, after=10))
    columns = (Col(_("Came"), 0.1), Col(_("Name"), 0.42), Col(_("Said"), 0.18), Col(_("Note"), 0.3))
    rows = [Row((_BOX, guest.name, state_name(guest.state), "")) for guest in expected]
    story.append(Table(columns, rows, styles.BODY, padding=6))
    return as_bytes(story, _furniture(data.business, event.name, data.today, paper))


def save_guests_pdf(db: Queries, gathering_id: int, path: Path, today: date, paper: str = "a4") -> None:
    """Writes the list of names; UserError where it cannot be written, then nothing of it is left."""
    refuse_database(path)
    save_bytes(path, guests_pdf(gather_guests(db, gathering_id, today), paper))


def _furniture(business: Business, title: str, today: date, paper: str) -> Furniture:
    corner = _("{title} · {month}").format(title=title, month=month_long(today))
    return Furniture(business.name, title, corner, "", title, business.language.replace("_", "-"), today, paper)


__all__ = ["GuestSheet", "faq_pdf", "gather_guests", "guests_pdf", "save_faq_pdf", "save_guests_pdf"]
