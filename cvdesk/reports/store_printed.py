"""Documents kept as they were printed. Lists never read the documents themselves, however many there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.reports.records_printed import Document, Printed
from cvdesk.wording import _

# length() of a BLOB is taken from the row's head: none of its pages are read.
_COLUMNS = """SELECT id, kind, title, about, made_on, period_start, period_end, paper, pages, names, customer_id,
    length(pdf) AS size FROM printed"""
LIST = f"{_COLUMNS} ORDER BY made_on DESC, id DESC LIMIT ?"
_HOLDING_NAMES = f"{_COLUMNS} WHERE names = 1 OR customer_id IS NOT NULL ORDER BY made_on DESC, id DESC"
_TOTAL = "SELECT count(*) AS count, COALESCE(sum(length(pdf)), 0) AS size FROM printed"
_SAME = """SELECT id FROM printed
    WHERE made_on = ? AND kind = ? AND hash = ? AND names = ? AND customer_id IS ? ORDER BY id LIMIT 1"""
_PDF = "SELECT pdf FROM printed WHERE id = ?"


def keep(op: Operation, document: Document) -> int:
    """Keeps a document and gives its id; that of the very same one where it is kept already."""
    made_on, found = document.made_on.isoformat(), document.hash
    same = op.value(_SAME, (made_on, document.kind, found, document.names, document.customer_id))
    if same is not None:
        return int(same)
    return op.insert("printed", {
        "kind": document.kind, "title": document.title, "about": document.about,
        "made_on": made_on, "period_start": _text(document.start),
        "period_end": _text(document.end), "paper": document.paper, "pages": document.pages,
        "names": int(document.names), "customer_id": document.customer_id, "hash": found, "pdf": document.pdf,
    })  # fmt: skip


def forget(op: Operation, printed_id: int) -> None:
    """Takes a kept document out of the file. LookupError where it is not there."""
    op.delete("printed", printed_id)


def printed_before(db: Queries, limit: int) -> list[Printed]:
    """What was kept, the newest first."""
    return [_printed(row) for row in db.rows(LIST, (limit,))]


def totals(db: Queries) -> tuple[int, int]:
    """How many documents are kept, and their bytes."""
    row = db.row(_TOTAL)
    return (0, 0) if row is None else (int(row["count"]), int(row["size"]))


def pdf_of(db: Queries, printed_id: int) -> bytes:
    """The pages of a kept document. UserError where it is gone."""
    found = db.value(_PDF, (printed_id,))
    if found is None:
        raise UserError(_("This document is no longer kept."), _("Choose another one, or make it anew."))
    return bytes(found)


def holding_names(db: Queries) -> list[Printed]:
    """Kept documents that name customers or are about one: what erasing somebody has to look at."""
    return [_printed(row) for row in db.rows(_HOLDING_NAMES)]


def _printed(row: Any) -> Printed:
    return Printed(
        row["id"], row["kind"], row["title"], row["about"], date.fromisoformat(row["made_on"]),
        _day(row["period_start"]), _day(row["period_end"]), row["paper"], row["pages"], bool(row["names"]),
        row["customer_id"], row["size"],
    )  # fmt: skip


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
