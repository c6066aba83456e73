"""Everything of a business, readable by others: a folder of CSV files, one a table.

UTF-8 with a byte-order mark, because spreadsheets take it for something else without; comma, double quotes, CRLF as
RFC 4180 says. Ids are whole numbers of up to 19 digits: text to every program that keeps more than 15 digits.
"""

from __future__ import annotations

import csv
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvdesk.db import Queries
from cvdesk.errors import UserError
from cvdesk.exchange.safe import harmless
from cvdesk.wording import _

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
_COLUMNS = "SELECT name FROM pragma_table_info(?) ORDER BY cid"
_REFERENCES = 'SELECT "from" AS column, "table" AS parent FROM pragma_foreign_key_list(?) ORDER BY id'
# The history, passing things, and what is made from the records.
_LEFT_OUT = frozenset({"operations", "changes", "drafts", "kept_figures", "holder", "entry_days"})
_SEARCH = "entries_search"
# What a row of a table is called where another row refers to it.
_NAME_OF = {
    "customers": "name",
    "offerings": "name",
    "channels": "name",
    "segments": "name",
    "themes": "name",
    "tags": "name",
    "staff": "name",
    "factors": "label",
    "competitors": "name",
    "surveys": "name",
    "groups": "name",
    "strategies": "name",
    "actions": "name",
    "complaints": "number",
    "questions": "key",
}
_ENTRY_THEMES = """(SELECT group_concat(name, '; ') FROM (SELECT themes.name FROM entry_themes
 JOIN themes ON themes.id = entry_themes.theme_id
 WHERE entry_themes.entry_id = t.id
 AND entry_themes.state = 'confirmed' ORDER BY entry_themes.main DESC, themes.name)) AS theme"""
_COMPLAINT_THEMES = """(SELECT group_concat(name, '; ') FROM (SELECT themes.name FROM complaint_themes
 JOIN themes ON themes.id = complaint_themes.theme_id
 WHERE complaint_themes.complaint_id = t.id ORDER BY themes.name)) AS theme"""
_CONTACT = "(SELECT value FROM contacts WHERE customer_id = t.id AND kind = '{kind}' ORDER BY id LIMIT 1) AS {kind}"
_TAGS = """(SELECT group_concat(name, '; ') FROM (SELECT tags.name FROM customer_tags
 JOIN tags ON tags.id = customer_tags.tag_id
 WHERE customer_tags.customer_id = t.id ORDER BY tags.name)) AS tags"""
_EXTRA = {
    "entries": (_ENTRY_THEMES,),
    "complaints": (_COMPLAINT_THEMES,),
    "customers": (_CONTACT.format(kind="email"), _CONTACT.format(kind="phone"), _TAGS),
}
_ORDER = {"entries": "position", "complaints": "number"}


@dataclass(frozen=True, slots=True)
class Exported:
    """Where an export lies, and how many rows of each table it holds."""

    folder: Path
    rows: dict[str, int]


def export_csv(db: Queries, folder: Path) -> Exported:
    """Writes every table of records, the folder complete or not at all. UserError for a folder that is in use."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            _("“{folder}” is already there and not empty.").format(folder=folder),
            _("Choose a new folder; nothing is ever overwritten."),
        )
    unfinished = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        counts = {table: _write(db, table, unfinished) for table in tables(db)}
        _read_me(unfinished, counts)
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
    return Exported(folder, counts)


def tables(db: Queries) -> list[str]:
    """The tables of people's records and of what the business is set up with."""
    return [row[0] for row in db.rows(_TABLES) if row[0] not in _LEFT_OUT and not row[0].startswith(_SEARCH)]


def _query(db: Queries, table: str) -> str:
    references = {row["column"]: row["parent"] for row in db.rows(_REFERENCES, (table,))}
    parts = []
    for (column,) in db.rows(_COLUMNS, (table,)):
        if (table, column) == ("attachments", "data"):
            continue
        parts.append(f't."{column}"')
        name = _NAME_OF.get(references.get(column, ""))
        if name is not None:
            shown = column.removesuffix("_id") if column.endswith("_id") else f"{column}_{name}"
            parts.append(f'(SELECT {name} FROM "{references[column]}" WHERE id = t."{column}") AS "{shown}"')
    parts += _EXTRA.get(table, ())
    return f'SELECT {", ".join(parts)} FROM "{table}" AS t ORDER BY t.{_ORDER.get(table, "id")}'


def _write(db: Queries, table: str, folder: Path) -> int:
    sql = _query(db, table)
    count = 0
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        for row in db.each(sql):
            if count == 0:
                writer.writerow(row.keys())
            writer.writerow([_cell(value) for value in row])
            count += 1
        if count == 0:
            writer.writerow(
                [row[0] for row in db.rows(_COLUMNS, (table,)) if (table, row[0]) != ("attachments", "data")]
            )
        handle.flush()
        os.fsync(handle.fileno())
    if table == "attachments":
        _write_attachments(db, folder)
    return count


def _write_attachments(db: Queries, folder: Path) -> None:
    """Each attachment as it was, called by its id and, as far as that is harmless, its name."""
    for row in db.each("SELECT id, name, data FROM attachments ORDER BY id"):
        kept = "".join(mark if mark.isalnum() or mark in " -_." else "_" for mark in row["name"])[-80:].lstrip(". ")
        place = folder / "attachments"
        place.mkdir(exist_ok=True)
        (place / f"{row['id']} {kept}".strip()).write_bytes(row["data"])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}"
    return harmless(str(value))


def _read_me(folder: Path, counts: dict[str, int]) -> None:
    lines = [
        _("Everything CV Desk holds about this business, one file a table, as CSV in UTF-8 separated by commas."),
        _("Ids have up to 19 digits: when a spreadsheet asks, import those columns as text."),
        _("A cell that would run as a formula in a spreadsheet begins with an apostrophe, which CV Desk takes away."),
        "",
        *(f"{table}.csv: {count}" for table, count in counts.items()),
    ]
    (folder / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
