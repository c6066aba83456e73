"""The list of names for an event, with a box to tick for who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvdesk.care.records_community import GatheringRow, Guest, state_name
from cvdesk.care.store_groups import gathering, guests
from cvdesk.catalogue.records import Letterhead
from cvdesk.catalogue.report_furniture import furniture
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.db import Queries
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.errors import UserError
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Text, Title
from cvdesk.pdf.document import as_bytes
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, whole

_BOX = "☐"


@dataclass(frozen=True, slots=True)
class GuestSheet:
    """Who is on the list of an event, read as of one moment."""

    letterhead: Letterhead
    today: date
    event: GatheringRow
    guests: tuple[Guest, ...]


def gather_guests(db: Queries, gathering_id: int, today: date) -> GuestSheet:
    """Everything the list of names says. LookupError where the event is gone."""
    with db.snapshot():
        return GuestSheet(
            letterhead(db), today, gathering(db, gathering_id), guests(db, gathering_id)
        )  # fmt: skip


def guests_pdf(data: GuestSheet, paper: str = "a4") -> bytes:
    """The list of names as bytes, with a box to tick for who came; who declined is left out."""
    event = data.event.gathering
    expected = [guest for guest in data.guests if guest.state != "declined"]
    if not expected:
        raise UserError(_("Nobody is on the list yet."), _("Invite somebody first."))
    said = ngettext("{day}: {count} name", "{day}: {count} names", len(expected)).format(
        day=day(event.date), count=whole(len(expected)))  # fmt: skip
    yes = sum(guest.state in ("coming", "came") for guest in expected)
    if 0 < yes < len(expected):
        said = ngettext("{names}, {count} said yes", "{names}, {count} said yes", yes).format(
            names=said, count=whole(yes))  # fmt: skip
    story: list[Flowable] = [Title(event.name, event.name, after=4), Text(said, styles.NOTE, after=8)]
    if event.note:
        story.append(Text(event.note, styles.BODY, after=10))
    columns = (Col(_("Came"), 0.1), Col(_("Name"), 0.42), Col(_("Said"), 0.18), Col(_("Note"), 0.3))
    rows = [Row((_BOX, guest.name, state_name(guest.state), "")) for guest in expected]
    story.append(Table(columns, rows, styles.BODY, padding=6))
    note = _("Names of customers: keep this list to yourself, and destroy it afterwards.")
    around = furniture(data.letterhead, _("Guest list"), data.today, paper, note=note, subject=event.name)
    return as_bytes(story, around)


def save_guests_pdf(db: Queries, gathering_id: int, path: Path, today: date, paper: str = "a4") -> None:
    """Writes the list of names; UserError where it cannot be written, then nothing of it is left."""
    refuse_database(path)
    save_bytes(path, guests_pdf(gather_guests(db, gathering_id, today), paper))


__all__ = ["GuestSheet", "gather_guests", "guests_pdf", "save_guests_pdf"]
