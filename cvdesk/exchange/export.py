"""Everything of a business, readable by others: a folder with a file for each table, or the customers as vCard.

Ids are whole numbers of up to 19 digits: text to every program that keeps more than 15 digits.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cvdesk.db import Queries
from cvdesk.errors import UserError
from cvdesk.exchange.export_list import Stopped, fill
from cvdesk.exchange.export_rows import FILES, columns, tables
from cvdesk.wording import _

__all__ = ["FORMATS", "Exported", "Stopped", "export", "export_csv", "tables"]

# Format -> the ending of its files.
FORMATS = {"csv": "csv", "xlsx": "xlsx", "json": "json", "vcard": "vcf"}
_FILES = "SELECT id, {name} AS name, {data} AS data FROM {table} ORDER BY id"


@dataclass(frozen=True, slots=True)
class Exported:
    """Where an export lies, and how many rows of each table it holds. `cut`: cells too long for a workbook."""

    folder: Path
    rows: dict[str, int]
    cut: int = 0


def export_csv(db: Queries, folder: Path) -> Exported:
    """Everything as CSV; see `export`."""
    return export(db, folder, "csv")


def export(
    db: Queries,
    folder: Path,
    kind: str,
    progress: Callable[[int], None] = lambda _rows: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Exported:
    """Writes every table of records as of one moment, the folder complete or not at all.

    UserError for a folder that is in use or cannot be written; Stopped. `kind` is one of FORMATS; as vCard only
    customers go out.
    """
    unfinished = folder.with_name(f".{folder.name}.part")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UserError(
                _("“{folder}” is already there and not empty.").format(folder=folder),
                _("Choose a new folder; nothing is ever overwritten."),
            )
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        with db.snapshot():
            done = _write_all(db, unfinished, kind, progress, stopped)
        _read_me(unfinished, kind, done)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as error:
        raise UserError(
            _("The export could not be written to “{folder}”.").format(folder=folder),
            _("Check that you may write there and that there is room."),
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Exported(folder, done.rows, done.cut)


def _write_all(
    db: Queries, folder: Path, kind: str, progress: Callable[[int], None], stopped: Callable[[], bool]
) -> Exported:
    ending = FORMATS[kind]
    rows: dict[str, int] = {}
    cut = before = 0
    for table in ["customers"] if kind == "vcard" else tables(db):

        def at(done: int, before: int = before) -> None:
            progress(before + done)

        written = fill(db, table, columns(db, table), folder / f"{table}.{ending}", ending, None, at, stopped)
        rows[table] = written.rows
        cut += written.cut
        before += written.rows
        if table in FILES:
            _write_files(db, table, folder)
    return Exported(folder, rows, cut)


def _write_files(db: Queries, table: str, folder: Path) -> None:
    """Each file as it was, called by its id and, as far as that is harmless, its name."""
    name, data = FILES[table]
    for row in db.each(_FILES.format(table=table, name=name, data=data)):
        kept = "".join(mark if mark.isalnum() or mark in " -_." else "_" for mark in row["name"])[-80:].lstrip(". ")
        place = folder / table
        place.mkdir(exist_ok=True)
        (place / f"{row['id']} {kept}".strip()).write_bytes(row["data"])


def _about() -> dict[str, str]:
    """What the files are about that people look for first."""
    return {
        "customers": _("who the customers are, with contacts and tags"),
        "entries": _("the feedback, in the customers' own words"),
        "complaints": _("the complaints as they stand"),
        "complaint_events": _("every step of every complaint"),
        "purchases": _("what customers bought"),
        "assessments": _("score sheets: who filled one in, and when"),
        "answers": _("every answer on a score sheet"),
        "question_versions": _("the questions as they were asked"),
        "touches": _("calls, letters, check-ins and gestures"),
        "attachments": _("pictures and documents; the files lie in the folder “attachments”"),
        "printed": _("reports as they were printed; the files lie in the folder “printed”"),
        "settings": _("how CV Desk is set up"),
    }


def _read_me(folder: Path, kind: str, done: Exported) -> None:
    about, ending = _about(), FORMATS[kind]
    if kind == "vcard":
        lines = [_("The customers of this business as vCard 3.0, for telephones, mail programs and CV Desk.")]
    else:
        lines = [_("Everything CV Desk holds about this business, one file for each kind of record.")]
    lines += {
        "csv": [
            _("The files are CSV in UTF-8, separated by commas."),
            _("Ids have up to 19 digits: when a spreadsheet asks, import those columns as text."),
            _("A cell a spreadsheet would run as a formula begins with an apostrophe, which CV Desk takes away."),
        ],
        "xlsx": [
            _("The files are workbooks; dates and numbers are cells of that kind, ids of up to 19 digits are text."),
            _("Nothing in them runs as a formula."),
        ],
        "json": [_("The files are JSON in UTF-8, one object each; ids of up to 19 digits are text.")],
        "vcard": [],
    }[kind]  # fmt: skip
    if done.cut:
        lines.append(
            _("{count} texts are longer than a cell can be and end with a note; as CSV they go out whole.").format(
                count=done.cut
            )
        )
    lines += [
        _("Dates are year-month-day; moments are in UTC; amounts are in the currency of the business."),
        _("CV Desk reads these files again with Import."),
        "",
        *(f"{table}.{ending}: {count}" + (f" - {about[table]}" if table in about else "")
          for table, count in done.rows.items()),
    ]  # fmt: skip
    (folder / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
