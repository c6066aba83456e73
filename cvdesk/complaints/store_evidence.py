"""SQL of everything one complaint's pack of evidence says."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from cvdesk import __version__
from cvdesk.catalogue import files
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.complaints.records_evidence import Contacted, Evidence, Kept, Linked, Taken
from cvdesk.complaints.store_case import Case, case
from cvdesk.complaints.store_changes import changes
from cvdesk.customers import store as customers
from cvdesk.db import Queries

_PROMISE = "SELECT promise, promised_by FROM entries WHERE id = ?"
_CONTACTS = """
SELECT touches.kind, COALESCE(done, date) AS day, COALESCE(channels.name, '') AS channel,
    COALESCE(staff.name, '') AS who, note, said
FROM touches LEFT JOIN channels ON channels.id = channel_id LEFT JOIN staff ON staff.id = staff_id
WHERE complaint_id = ? ORDER BY day, touches.id
"""
_VOUCHERS = "SELECT code, worth_minor FROM vouchers WHERE complaint_id = ? AND cancelled IS NULL ORDER BY issued, id"
_OTHER_NAMES = "SELECT value FROM aliases WHERE customer_id = ? AND kind <> 'source'"
_ODD = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_NAME = 60
# What Windows takes for a device is never a name of its own here: every name begins with a number.
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})$")


def gather(db: Queries, complaint_id: int, today: date) -> Evidence:
    """Everything the pack says, read as of one moment. LookupError for a complaint that is gone."""
    with db.snapshot():
        found = case(db, complaint_id, today)
        complaint = found.complaint
        promise = None if complaint.entry_id is None else db.row(_PROMISE, (complaint.entry_id,))
        who = complaint.customer_id
        return Evidence(
            letterhead=letterhead(db),
            today=today,
            complaint=complaint,
            customer=None if who is None else customers.get(db, who),
            others=() if who is None else tuple(row[0] for row in db.rows(_OTHER_NAMES, (who,))),
            channel=found.channel,
            offering=found.offering,
            handler=found.handler,
            themes=found.themes,
            entry_date=found.entry_date,
            entry_text=found.entry_text,
            promise="" if promise is None else promise["promise"],
            promised_by=None if promise is None else _day(promise["promised_by"]),
            steps=_steps(found),
            chain=tuple(
                Linked(one.number, one.date, one.customer, one.text or one.entry_text, one.stage)
                for one in found.chain if one.id != complaint_id
            ),
            contacts=tuple(
                Contacted(row["kind"], date.fromisoformat(row["day"]), row["channel"], row["who"], row["note"],
                          row["said"])
                for row in db.rows(_CONTACTS, (complaint_id,))
            ),
            changes=tuple(changes(db, complaint_id)),
            files=_files(db, complaint_id, complaint.entry_id),
            vouchers=tuple((row["code"], row["worth_minor"]) for row in db.rows(_VOUCHERS, (complaint_id,))),
            version=__version__,
            file_name=db.path.name,
        )  # fmt: skip


def _steps(found: Case) -> tuple[Taken, ...]:
    return tuple(
        Taken(
            one.stage, one.date, (one.time or "")[:5], found.staff.get(one.staff_id or 0, ""), one.note, one.cost_minor
        )
        for one in found.events
    )


def _files(db: Queries, complaint_id: int, entry_id: int | None) -> tuple[Kept, ...]:
    """What hangs on the complaint and on the feedback it grew out of, each content once."""
    there = files.links(db, complaint_id=complaint_id)
    if entry_id is not None:
        there += files.links(db, entry_id=entry_id)
    found: dict[int, Kept] = {}
    for place, attached in enumerate({one.id: one for one in there}.values(), start=1):
        kept = files.read(db, attached.id)
        found[attached.id] = Kept(safe_name(kept.name, place), kept.name, kept.media_type, kept.data)
    return tuple(found.values())


def safe_name(name: str, place: int) -> str:
    """A name that is one on every system and no other file's: a number, plain letters, the ending as it was."""
    flat = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    ending = _ENDING.search(flat)
    stem = _ODD.sub("-", flat[: ending.start()] if ending else flat).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{place:02d}-{stem or 'file'}{'.' + ending[1].lower() if ending else ''}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


__all__ = ["gather", "safe_name"]
