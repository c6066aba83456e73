"""The pages of evidence after the facts: steps, contacts, other complaints, attachments, changes, how it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from cvdesk.complaints.records_evidence import Contacted, Evidence, Kept
from cvdesk.complaints.report_evidence_pictures import decoded, grid
from cvdesk.customers.records_moments import touch_name
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, Room, Text
from cvdesk.pdf.document import MARGIN, PAPERS
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import stage_name
from cvdesk.wording.numbers import day, moment, money, whole

_ABOVE = 42.0  # points: a heading and the room around it
_NARROWEST = min(width for width, _height in PAPERS.values()) - 2 * MARGIN
_MOST = 400.0  # a row taller than this may be torn
_KB = 1024


def rest(data: Evidence, files: Sequence[tuple[str, bytes]], pdf_name: str) -> list[Flowable]:
    """All of it, what there is none of left out."""
    return [
        *_steps(data), *_contacts(data), *_chain(data), *_attachments(data), *_changes(data),
        *_made(data, files, pdf_name),
    ]  # fmt: skip


def _part(title: str, table: Table, note: str = "") -> list[Flowable]:
    """A heading that stays with the first rows; a long table begins where there is room for some of it."""
    heading = Heading(title, note, outline=0)
    heading.keepWithNext = False
    return [Room(_ABOVE + min(table.beginning(_NARROWEST), _MOST)), heading, table]


def _steps(data: Evidence) -> list[Flowable]:
    currency = data.letterhead.business.currency
    costs = any(one.cost_minor for one in data.steps)
    columns = [Col(_("Day"), 14), Col(_("Step"), 16), Col(_("By whom"), 20), Col(_("Note"), 38)]
    if costs:
        columns.append(Col(_("Cost"), 12, styles.RIGHT))
    rows = [
        Row((
            "\n".join(part for part in (day(one.date), one.time) if part), stage_name(one.stage), one.who, one.note,
            money(one.cost_minor, currency) if one.cost_minor else "",
        ))
        for one in data.steps
    ]  # fmt: skip
    note = ngettext("{count} step", "{count} steps", len(rows)).format(count=whole(len(rows)))
    return _part(_("Every step"), Table(columns, rows, styles.SMALL), note)


def _contacts(data: Evidence) -> list[Flowable]:
    if not data.contacts:
        return []
    columns = (Col(_("Day"), 17), Col(_("What"), 20), Col(_("By whom"), 16), Col(_("Note and answer"), 47))
    rows = [
        Row(
            (
                day(one.date),
                "\n".join(part for part in (touch_name(one.kind), one.channel) if part),
                one.who,
                _told(one),
            )
        )
        for one in data.contacts
    ]
    return _part(_("Contacts about it"), Table(columns, rows, styles.SMALL))


def _told(one: Contacted) -> str:
    said = _("“{words}”").format(words=one.said) if one.said else ""
    return "\n".join(part for part in (one.note, said) if part)


def _chain(data: Evidence) -> list[Flowable]:
    if not data.chain:
        return []
    columns = [Col(_("No."), 8, styles.RIGHT), Col(_("Received"), 16)]
    if data.named:
        columns.append(Col(_("Customer"), 20))
    columns += [Col(_("What they said"), 40), Col(_("Where it stands"), 16)]
    rows = []
    for one in data.chain:
        who = (one.customer or _("not known"),) if data.named else ()
        rows.append(Row((whole(one.number), day(one.date), *who, one.text, stage_name(one.stage))))
    return _part(_("The same said before or again"), Table(columns, rows, styles.SMALL))


def _attachments(data: Evidence) -> list[Flowable]:
    if not data.files:
        return []
    note = ngettext("{count} file", "{count} files", len(data.files)).format(count=whole(len(data.files)))
    if not data.named:
        kinds = (Col(_("Type"), 40), Col(_("Size"), 20, styles.RIGHT))
        rows = [Row((one.media_type or _("not known"), _size(one))) for one in data.files]
        said = _("They are left out of this pack: nobody can say whom a picture or a letter shows.")
        return [*_part(_("Attachments"), Table(kinds, rows, styles.SMALL), note), Text(said, styles.NOTE, before=6)]
    shown = [picture for one in data.files if (picture := decoded(one)) is not None]
    seen = {picture.kept.name for picture in shown}
    columns = (Col(_("In the pack as"), 38), Col(_("Attached as"), 38), Col(_("Size"), 10, styles.RIGHT), Col("", 14))
    rows = [
        Row((one.name, one.original, _size(one), _("shown below") if one.name in seen else _("not shown")))
        for one in data.files
    ]
    return [*_part(_("Attachments"), Table(columns, rows, styles.SMALL), note), *grid(shown)]


def _size(one: Kept) -> str:
    return _("{size} kB").format(size=whole(max(1, len(one.data) / _KB)))


def _changes(data: Evidence) -> list[Flowable]:
    if not data.changes:
        return [
            Heading(_("What was changed since"), outline=0),
            Text(_("Nothing was changed since it came into this file."), styles.BODY),
        ]
    known = any(one.who for one in data.changes)  # nobody need say who is at the keyboard
    columns = [Col(_("When"), 22), *([Col(_("Who"), 16)] if known else []), Col(_("What changed"), 62)]
    rows = [
        Row((moment(datetime.fromisoformat(one.at)), *([one.who] if known else []), "\n".join(one.lines)))
        for one in data.changes
    ]
    note = ngettext("{count} change", "{count} changes", len(rows)).format(count=whole(len(rows)))
    return _part(_("What was changed since"), Table(columns, rows, styles.SMALL), note)


def _made(data: Evidence, files: Sequence[tuple[str, bytes]], pdf_name: str) -> list[Flowable]:
    made = _("Made on {day} by CV Desk {version} from the file “{file}”.").format(
        day=day(data.today), version=data.version, file=data.file_name)  # fmt: skip
    more = _(
        "The pack holds this document as {pdf}, the files below, and CHECKSUMS.txt with the checksum of each, this"
        " document's too. A file that was changed by a single letter has another checksum: “sha256sum -c CHECKSUMS.txt”"
        " checks them all."
    ).format(pdf=pdf_name)
    rows = [Row((name, _in_two(hashlib.sha256(content).hexdigest()))) for name, content in files]
    columns = (Col(_("File"), 42), Col(_("SHA-256"), 58))
    return [
        Heading(_("How this pack was made"), outline=0), Text(made, styles.BODY), Text(more, styles.BODY, after=8),
        Table(columns, rows, styles.COMPACT, padding=3),
    ]  # fmt: skip


def _in_two(digest: str) -> str:
    half = len(digest) // 2
    return f"{digest[:half]}\n{digest[half:]}"


__all__ = ["rest"]
