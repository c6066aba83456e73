"""What of a business goes out: tables, their columns with headings and kinds, and the queries that give the rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
_COLUMNS = "SELECT name, type FROM pragma_table_info(?) ORDER BY cid"
_DEFINITION = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
_REFERENCES = 'SELECT "from" AS column, "table" AS parent FROM pragma_foreign_key_list(?) ORDER BY id'
# The history, passing things, and what is made from the records.
_LEFT_OUT = frozenset({"operations", "changes", "drafts", "kept_figures", "holder", "entry_days"})
_SEARCH = "entries_search"
# Tables whose rows hold a file: what it is called, and the column it is in.
FILES = {"attachments": ("name", "data"), "images": ("name", "data"), "printed": ("title || '.pdf'", "pdf")}
_AT_ONCE = 500
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
_ENTRY_THEMES = """(SELECT json_group_array(name) FROM (SELECT themes.name FROM entry_themes
 JOIN themes ON themes.id = entry_themes.theme_id
 WHERE entry_themes.entry_id = t.id
 AND entry_themes.state = 'confirmed' ORDER BY entry_themes.main DESC, themes.name))"""
_COMPLAINT_THEMES = """(SELECT json_group_array(name) FROM (SELECT themes.name FROM complaint_themes
 JOIN themes ON themes.id = complaint_themes.theme_id
 WHERE complaint_themes.complaint_id = t.id ORDER BY themes.name))"""
_CONTACTS = """(SELECT json_group_array(value) FROM (SELECT value FROM contacts
 WHERE customer_id = t.id AND kind = '{kind}' ORDER BY id))"""
_TAGS = """(SELECT json_group_array(name) FROM (SELECT tags.name FROM customer_tags
 JOIN tags ON tags.id = customer_tags.tag_id
 WHERE customer_tags.customer_id = t.id ORDER BY tags.name))"""
_EXTRA = {
    "entries": (("theme", _ENTRY_THEMES),),
    "complaints": (("theme", _COMPLAINT_THEMES),),
    "customers": (
        ("email", _CONTACTS.format(kind="email")), ("phone", _CONTACTS.format(kind="phone")),
        ("web", _CONTACTS.format(kind="web")), ("tags", _TAGS),
    ),
}  # fmt: skip
# A sheet's answer to a question, as the import of answers reads it; text for one that does not apply.
_ANSWER = """(SELECT CASE WHEN answers.state = 'not_apply' THEN 'n/a' WHEN answers.value IS NULL THEN answers.text
 ELSE rtrim(rtrim(printf('%f', answers.value), '0'), '.') END
 FROM question_versions AS version JOIN answers ON answers.question_version_id = version.id
 WHERE version.question_id = {question} AND answers.assessment_id = t.id ORDER BY version.series DESC LIMIT 1)"""
_QUESTIONS = "SELECT id, key FROM questions WHERE kind NOT IN ('importance', 'points') ORDER BY place, id"
_ORDER = {"entries": "position", "complaints": "number"}
_HEADINGS = {
    "id": "Id",
    "rating_raw": "Rating as received",
    "rating_scale": "Scale as received",
    "name_key": "Name as compared",
    "match_key": "As compared",
    "source_id": "Id in the source",
    "needs_answer": "Needs an answer",
    "by": "Found by",
    "created_at": "Made at (UTC)",
    "updated_at": "Changed at (UTC)",
}
_FLAGS = frozenset({"active", "needs_answer", "safety", "main", "core", "own", "must_fix", "chosen", "valid"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column that goes out. `kind`: text, id, number, yes_no, date, moment, money or several (a JSON list)."""

    name: str
    heading: str
    kind: str
    sql: str


def tables(db: Queries) -> list[str]:
    """The tables of people's records and of what the business is set up with."""
    return [row[0] for row in db.rows(_TABLES) if row[0] not in _LEFT_OUT and not row[0].startswith(_SEARCH)]


def columns(db: Queries, table: str) -> tuple[Column, ...]:
    """The columns of a table, the names of what its rows refer to, and what belongs to them, in this order."""
    references = {row["column"]: row["parent"] for row in db.rows(_REFERENCES, (table,))}
    definition = str(db.value(_DEFINITION, (table,)))
    found = []
    for name, declared in db.rows(_COLUMNS, (table,)):
        if declared == "BLOB":
            continue  # goes out as a file: see FILES
        plain = name.removesuffix("_minor")
        found.append(
            Column(plain, _heading(plain), _kind(name, declared, name in references, definition), f't."{name}"')
        )
        said = _NAME_OF.get(references.get(name, ""))
        if said is not None:
            shown = name.removesuffix("_id") if name.endswith("_id") else f"{name}_{said}"
            kind = "number" if said == "number" else "text"
            sql = f'(SELECT {said} FROM "{references[name]}" WHERE id = t."{name}")'
            found.append(Column(shown, _heading(shown), kind, sql))
    found += [Column(name, _heading(name), "several", sql) for name, sql in _EXTRA.get(table, ())]
    return (*found, *_answers(db)) if table == "assessments" else tuple(found)


def _answers(db: Queries) -> Iterator[Column]:
    """A column for each question: a sheet in one row, as others read surveys, and as it comes in again."""
    for row in db.rows(_QUESTIONS):
        name = f"Answer [{row['key']}]"
        yield Column(name, name, "text", _ANSWER.format(question=row["id"]))


def _heading(name: str) -> str:
    return _HEADINGS.get(name) or name.replace("_", " ").capitalize()


def _kind(name: str, declared: str, refers: bool, definition: str) -> str:
    if name == "id" or refers or name in ("operation_id", "row_id"):
        return "id"
    if name.endswith("_minor"):
        return "money"
    if name.endswith("_at"):
        return "moment"
    if f"date({name}, '+0 days')" in definition:
        return "date"
    if declared == "INTEGER" and name in _FLAGS:
        return "yes_no"
    return "number" if declared in ("INTEGER", "REAL") else "text"


def records(
    db: Queries, table: str, wanted: tuple[Column, ...], ids: Iterable[int] | None = None
) -> Iterator[tuple[Any, ...]]:
    """The rows of a table in its usual order, or those with these ids in theirs, as SQLite holds them."""
    parts = ", ".join(column.sql for column in wanted)
    if ids is None:
        for row in db.each(f'SELECT {parts} FROM "{table}" AS t ORDER BY t.{_ORDER.get(table, "id")}'):
            yield tuple(row)
        return
    some = f'SELECT {parts} FROM json_each(?) AS one JOIN "{table}" AS t ON t.id = one.value ORDER BY one.key'
    left = iter(ids)
    while chunk := list(islice(left, _AT_ONCE)):
        for row in db.rows(some, (json.dumps(chunk),)):
            yield tuple(row)


def minor_digits(db: Queries) -> int:
    """How many decimals the currency of the business has."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(catalogue.business(db).currency))


def amount(minor: int, digits: int) -> str:
    """An amount as a number with a point, whatever the locale: 1250 is 12.50."""
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


def plain_number(value: float) -> str:
    """A number with all its digits and none too many: 4.5, 4."""
    return repr(value).removesuffix(".0")
