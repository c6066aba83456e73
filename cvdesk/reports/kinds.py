"""Every document there is: for the gallery and for the command line. What makes them is imported when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvdesk.errors import UserError
from cvdesk.reports import kinds_counter, kinds_figures, kinds_look, kinds_money, kinds_people
from cvdesk.reports.records_kinds import Kind, Made, Wanted
from cvdesk.wording import _

if TYPE_CHECKING:  # read by every command, also by those that open no file
    from pathlib import Path

    from cvdesk.db import Queries

KINDS: tuple[Kind, ...] = (
    *kinds_figures.KINDS, *kinds_look.KINDS, *kinds_people.KINDS, *kinds_counter.KINDS, *kinds_money.KINDS,
)  # fmt: skip
_ENDINGS = (".pdf", ".zip")
_BY_KEY = {kind.key: kind for kind in KINDS}


def kind_of(key: str) -> Kind:
    """The document of a key; KeyError for an unknown one."""
    return _BY_KEY[key]


def make(db: Queries, wanted: Wanted) -> Made:
    """Makes a document. UserError where there is nothing to print, or what it is about is there no longer."""
    from cvdesk.reports.store_find import named

    kind = kind_of(wanted.kind)
    if wanted.about is not None and named(db, kind.about, wanted.about) is None:
        raise UserError(_("What this document was about is no longer there."), _("Choose what it is to be about."))
    return kind.make(db, wanted)


def write(db: Queries, wanted: Wanted, path: Path) -> Made:
    """Makes a document and writes it whole or not at all: its PDF, or all that belongs to it where `path` is a .zip.

    UserError where it cannot be written.
    """
    from cvdesk.db.writing import refuse_database, save_bytes

    refuse_database(path)  # before the work of making it
    if path.suffix.lower() not in _ENDINGS:
        raise UserError(
            _("“{name}” does not end in .pdf.").format(name=path.name),
            _("Give it a name that ends in .pdf, or in .zip for all that belongs to it. Nothing was written."),
        )
    made = make(db, wanted)
    if path.suffix.lower() == ".zip":
        from cvdesk.reports.packing import zipped

        save_bytes(path, zipped(wanted.kind, made))
    else:
        save_bytes(path, made.pdf)
    return made
