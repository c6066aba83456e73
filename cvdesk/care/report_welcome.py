"""The welcome sheet of one customer: a greeting by name, what happens when, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvdesk.care.records_onboarding import Run
from cvdesk.care.store_onboarding import runs, whom_to_ask
from cvdesk.catalogue.records import Letterhead
from cvdesk.catalogue.report_furniture import furniture
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.db import Queries
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.errors import UserError
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, Text, Title
from cvdesk.pdf.document import as_bytes as pdf_bytes
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.wording import _
from cvdesk.wording.numbers import day

_CALLED = "SELECT CASE WHEN trim(preferred_name) <> '' THEN preferred_name ELSE name END FROM customers WHERE id = ?"
_BOX = "\u2610"


@dataclass(frozen=True, slots=True)
class Welcome:
    """Everything the sheet says. called: the name used in letters; ask: whom to ask, a line each."""

    letterhead: Letterhead
    made: date
    called: str
    run: Run
    ask: str


def gather(db: Queries, customer_id: int, run_id: int, made: date) -> Welcome:
    """Reads what the sheet says; LookupError for an onboarding that is gone."""
    with db.snapshot():
        run = next((one for one in runs(db, customer_id) if one.id == run_id), None)
        if run is None:
            raise LookupError(f"there is no onboarding {run_id}")
        called = str(db.value(_CALLED, (customer_id,)))
        return Welcome(letterhead(db), made, called, run, whom_to_ask(db))


def newest(db: Queries, customer_id: int, made: date) -> Welcome:
    """The sheet of a customer's newest onboarding. UserError where they have none."""
    there = runs(db, customer_id)
    if not there:
        raise UserError(
            _("No first steps are planned for this customer, so there is nothing to welcome them with."),
            _("Begin a list of first steps under Care, Onboarding."),
        )
    run = max(there, key=lambda one: (one.started, one.id))
    return gather(db, customer_id, run.id, made)


def as_bytes(data: Welcome, paper: str = "a4") -> bytes:
    """The sheet as a document, without what staff keep in mind; the same data give the same bytes."""
    title = _("Welcome, {name}").format(name=data.called)
    said = _("Good to have you with us. So that everything works for you from the start, this is what we have planned.")
    story: list[Flowable] = [Title(title, title, after=6), Text(said, styles.BODY, after=12)]
    columns = (Col("", 0.06), Col(_("When"), 0.24), Col(_("What"), 0.7))
    rows = [
        Row((_BOX, day(step.due), step.name))
        for step in sorted(data.run.steps, key=lambda step: (step.due, step.place))
    ]
    story.append(Table(columns, rows, styles.BODY, padding=6))
    story.append(Heading(_("If something is not as it should be")))
    story.append(Text(_("Tell us at once: the sooner we know, the better we can help."), styles.BODY, after=6))
    ask = data.ask.strip() or data.letterhead.business.name
    story.extend(Text(line, styles.BODY) for line in ask.splitlines() if line.strip())
    around = furniture(data.letterhead, title, data.made, paper, corner=data.run.name)
    return pdf_bytes(story, around)


def save_pdf(db: Queries, customer_id: int, run_id: int, path: Path, made: date, paper: str = "a4") -> None:
    """Writes the sheet; UserError where it cannot be written, then nothing of it is left."""
    refuse_database(path)
    save_bytes(path, as_bytes(gather(db, customer_id, run_id, made), paper))


__all__ = ["Welcome", "as_bytes", "gather", "newest", "save_pdf"]
