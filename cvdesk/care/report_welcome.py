"""The welcome sheet of one customer: a greeting by name, what happens when, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvdesk.care.records_onboarding import Run
from cvdesk.care.store_onboarding import runs, whom_to_ask
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.db import Queries
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, Text, Title
from cvdesk.pdf.document import Furniture
from cvdesk.pdf.document import as_bytes as pdf_bytes
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.wording import _
from cvdesk.wording.numbers import day, month_long

_CALLED = "SELECT CASE WHEN trim(preferred_name) <> '' THEN preferred_name ELSE name END FROM customers WHERE id = ?"
_BOX = "\u2610"


@dataclass(frozen=True, slots=True)
class Welcome:
    """Everything the sheet says. called: the name used in letters; ask: whom to ask, a line each."""

    business: Business
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
        return Welcome(catalogue.business(db), made, called, run, whom_to_ask(db))


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
    ask = data.ask.strip() or data.business.name
    story.extend(Text(line, styles.BODY) for line in ask.splitlines() if line.strip())
    corner = _("{title} · {month}").format(title=data.run.name, month=month_long(data.made))
    language = data.business.language.replace("_", "-")
    furniture = Furniture(data.business.name, title, corner, "", title, language, data.made, paper)
    return pdf_bytes(story, furniture)


def save_pdf(db: Queries, customer_id: int, run_id: int, path: Path, made: date, paper: str = "a4") -> None:
    """Writes the sheet; UserError where it cannot be written, then nothing of it is left."""
    refuse_database(path)
    save_bytes(path, as_bytes(gather(db, customer_id, run_id, made), paper))


__all__ = ["Welcome", "as_bytes", "gather", "save_pdf"]
