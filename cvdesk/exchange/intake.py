"""Rows of a plan, taken in one after the other: read, matched with what is there, and staged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.db.staging import Staging
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.cells import Cells, RejectedRow
from cvdesk.exchange.formats import TEXT
from cvdesk.exchange.former import Former
from cvdesk.exchange.lists import Names, ThemeNames, staged_columns
from cvdesk.exchange.many import parted
from cvdesk.exchange.names_more import is_own_export
from cvdesk.exchange.people import MOST_CONTACTS, Crowd, Person, contacts_of
from cvdesk.exchange.plan import Plan
from cvdesk.exchange.safe import as_meant
from cvdesk.exchange.values import nobody, nothing
from cvdesk.wording import _

T = TypeVar("T")
_Found = tuple[int | None, list[int], Person | None]
# Table -> (columns beside the id, rows).
Staged = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]
BATCH = 20_000
_MOST_CACHED = 200_000
_WHO = ("customer", "customer_id", "email", "phone", "first_name", "last_name")
_CUSTOMER = (
    "kind",
    "name",
    "name_key",
    "preferred_name",
    "organisation",
    "segment_id",
    "since",
    "birthday",
    "address",
    "city",
    "country",
    "notes",
    "source_id",
    "may_write",
    "may_write_on",
    "may_write_how",
)
MOST_THEMES = 8
MOST_TAGS = 20
MOST_ANSWERS = 250
_LONGEST_TEXT = 1_000_000
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{1,2})(?::\d{1,2}(?:[.,]\d+)?)?\s*(?:([ap])\.?m\.?|uhr|h|z|[+-]\d\d(?::?\d\d)?)?", re.IGNORECASE
)
# Where each row keeps which file it came from.
_WITH_SOURCE = frozenset({"entries", "complaints", "assessments"})


def shares(rows: int) -> list[tuple[str, int]]:
    """How many ids of each table an import of so many rows may need."""
    most = rows + 10
    return [
        ("channels", most),
        ("offerings", most),
        ("segments", most),
        ("tags", MOST_TAGS * most),
        ("themes", MOST_THEMES * most),
        ("customers", most),
        ("contacts", MOST_CONTACTS * most),
        ("aliases", most),
        ("customer_tags", MOST_TAGS * most),
        ("duplicates", 6 * most),
        ("entries", most),
        ("entry_themes", MOST_THEMES * most),
        ("complaints", most),
        ("complaint_themes", MOST_THEMES * most),
        ("complaint_events", 3 * most),
        ("purchases", most),
        ("assessments", most),
        ("answers", MOST_ANSWERS * most),
        ("questions", MOST_ANSWERS),
        ("question_versions", MOST_ANSWERS),
    ]


class Memo(dict[str, T]):
    """What cells of one column stand for, each worked out once: a plain look-up for those seen before."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[str], T]) -> None:
        self._read = read

    def __missing__(self, cell: str) -> T:
        found = self._read(cell)
        if len(self) >= _MOST_CACHED:
            self.clear()
        self[cell] = found
        return found


@dataclass(slots=True)
class Tally:
    """What became of the rows, and what was noticed on the way."""

    read: int = 0
    added: int = 0
    updated: int = 0
    skipped: int = 0
    rejected: int = 0
    out_of_range: int = 0
    blank: int = 0
    unreadable: int = 0
    unknown_words: dict[str, int] = field(default_factory=dict)

    def wondered(self, name: str) -> None:
        """Notes a word that means nothing in this field."""
        self.unknown_words[name] = self.unknown_words.get(name, 0) + 1


class Intake:
    """What the kinds of import share. `updates`: changes of rows that are there; `events`: steps added to them.

    A row that is taken in has one empty cell more than the header: it stands for every field no column fills.
    """

    def __init__(self, db: Queries, plan: Plan, blocks: Blocks, staging: Staging, today: date) -> None:
        business = catalogue.business(db)
        self._db = db
        self._country = business.country
        self._blocks = blocks
        self._staging = staging
        self._source = plan.table.path.name
        self._width = plan.table.width
        self._literal = is_own_export(plan.table.header)
        self.plan = plan
        self.tally = Tally()
        self.cells = Cells(plan, today, business.timezone)
        self.former = Former(db)
        self.crowd = Crowd(db, blocks, self.former)
        self.channels = Names(db, blocks, "channels", self._literal)
        self.offerings = Names(db, blocks, "offerings", self._literal)
        self.segments = Names(db, blocks, "segments", self._literal)
        self.tags = Names(db, blocks, "tags", self._literal)
        self.themes = ThemeNames(db, blocks, plan.kind if plan.kind == "complaints" else "feedback", self._literal)
        self.updates: list[tuple[str, int, dict[str, Any]]] = []
        self.events: list[dict[str, Any]] = []
        self._who: dict[str, _Found] = {}
        self._who_places = tuple(place for name in _WHO for place in plan.mapping.get(name, ())) or (self._width,)
        self._one_place = self._who_places[0] if len(self._who_places) == 1 else -1
        self._pending: dict[str, list[tuple[Any, ...]]] = {}

    def take(self, row: list[str]) -> str:
        """Takes one row in: "added", "updated" or "skipped". RejectedRow with the reason."""
        raise NotImplementedError

    def notes(self) -> list[str]:
        """What a person should know about this kind of list."""
        return []

    def place(self, field: str) -> int:
        """Where in a row a field's cell stands."""
        return self.plan.mapping.get(field, (self._width,))[0]

    def memo(self, field: str, read: Callable[[list[str]], T]) -> Memo[T]:
        """Values of a field by cell; `read` gets a row that has nothing but that cell."""
        place, width = self.place(field), self._width + 1

        def value(cell: str) -> T:
            row = [""] * width
            row[place] = cell
            return read(row)

        return Memo(value)

    def named(self, field: str, names: Names) -> Memo[int | None]:
        """The ids of a column of names."""
        return self.memo(field, lambda row: names.id_of(self.cells.text(row, field)))

    def nothing(self, cell: str) -> bool:
        """True for a cell that says there is no value; in an export of ours only an empty one does."""
        return not cell if self._literal else nothing(cell)

    def finish(self) -> None:
        """Stages what is left, in the order in which it has to be copied."""
        for table in self._pending:
            self._flush(table)

    def lists_and_people(self) -> Staged:
        """New names and customers."""
        crowd, blocks = self.crowd, self._blocks
        staged: Staged = {
            names.table: (tuple(staged_columns(names.table)), names.made)
            for names in (self.channels, self.offerings, self.segments, self.tags, self.themes)
        }
        staged["customers"] = (_CUSTOMER, [self._customer_row(person) for person in crowd.made.values()])
        staged["contacts"] = (("customer_id", "kind", "value", "match_key"), [
            (blocks.next("contacts"), who, kind, value, key) for (who, kind, key), value in crowd.contacts.items()
        ])  # fmt: skip
        staged["aliases"] = (("customer_id", "kind", "value", "match_key"), [
            (blocks.next("aliases"), who, "source", value, value.casefold()) for value, who in crowd.sources.items()
        ])  # fmt: skip
        staged["customer_tags"] = (("customer_id", "tag_id"), [
            (blocks.next("customer_tags"), who, tag) for who, tag in crowd.tags
        ])  # fmt: skip
        staged["duplicates"] = (("customer_id", "other_id", "reason"), [
            (blocks.next("duplicates"), who, other, reason) for (who, other), reason in crowd.duplicates.items()
        ])  # fmt: skip
        return staged

    @staticmethod
    def _customer_row(person: Person) -> tuple[Any, ...]:
        values = person.values
        return (
            person.id, person.kind, person.name, person.key, values.get("preferred_name") or "",
            values.get("organisation") or "", values.get("segment_id"),
            values.get("since"), values.get("birthday"), values.get("address") or "", values.get("city") or "",
            values.get("country") or "", values.get("notes") or "", person.source_id or None,
            values.get("may_write") or "", values.get("may_write_on"), values.get("may_write_how") or "",
        )  # fmt: skip

    def _batch(self, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
        """The rows that wait to be staged in a table of these columns beside the id."""
        waiting = self._pending.get(table)
        if waiting is None:
            self._staging.table(table, columns, {"source": self._source} if table in _WITH_SOURCE else {})
            waiting = self._pending[table] = []
        return waiting

    def _stage(self, table: str, columns: tuple[str, ...], row: tuple[Any, ...]) -> None:
        waiting = self._batch(table, columns)
        waiting.append(row)
        if len(waiting) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        self._staging.add(table, self._pending[table])
        self._pending[table].clear()

    def _person(self, row: list[str]) -> Person | None:
        """Whom a row of feedback or complaints is from; None for nobody."""
        cells = self.cells
        name = self._name(row, "customer")
        source_id = cells.text(row, "customer_id")
        source_id = "" if self.nothing(source_id) else source_id
        emails, phones = cells.texts(row, "email"), cells.texts(row, "phone")
        if not (name or source_id or emails or phones):
            return None
        if "@" in name and " " not in name:
            emails.insert(0, name)
        elif name and name in self.crowd.known.by_source:
            source_id = source_id or name
        contacts = contacts_of(emails, phones, self._country) if emails or phones else {}
        shown = name or next(iter(contacts.values()), "") or source_id
        person = Person(shown, source_id=source_id, contacts=contacts)
        return person if person.key else None

    def _name(self, row: list[str], whole: str) -> str:
        """A person's name; empty for words that name no one."""
        name = self.cells.text(row, whole) if self._literal else ""
        return name or self.cells.name(row, whole)

    def _nobody(self, name: str) -> bool:
        return not name if self._literal else nobody(name)

    def _said(self, row: list[str]) -> str:
        """Everything a row says about who it is from."""
        if self._one_place >= 0:
            return row[self._one_place]
        return "\0".join([row[place] for place in self._who_places])

    def _customers(self, row: list[str]) -> _Found:
        """(customer or None, who else it might be, the person to make where it is somebody new)."""
        key = row[self._one_place] if self._one_place >= 0 else self._said(row)
        found = self._who.get(key)
        return self._sought(key, row) if found is None else found

    def _sought(self, key: str, row: list[str]) -> _Found:
        person = self._person(row)
        if person is None:
            self._who[key] = (None, [], None)
            return None, [], None
        who, others = self.crowd.find(person)
        if who is None:
            return None, others, person
        self._who[key] = (who, [], None)
        return who, [], None

    def _make(self, row: list[str], person: Person, others: list[int]) -> int:
        key = self._said(row)
        made = self.crowd.make(person, others)
        self._who[key] = (made, [], None)
        return made

    def _themes_of(self, cell: str) -> list[int]:
        """The themes of a cell; several are parted by semicolons, the main one first."""
        if not cell:
            return []
        parts = parted(cell)[:MOST_THEMES]
        return list(dict.fromkeys(theme for part in parts if (theme := self.themes.id_of(part)) is not None))

    def _words(self, cell: str) -> str:
        """What was said, without blanks around it; in an export of ours letter by letter."""
        text = cell if self._literal else cell.strip()
        if text[:1] == "'":
            text = self._meant(text)
        if len(text) > _LONGEST_TEXT:
            raise RejectedRow(_("the text is longer than a million characters"))
        return text

    def _text(self, row: list[str], field: str) -> str:
        """Words of a field that may run over lines; in an export of ours letter by letter."""
        return self._words(row[self.place(field)])

    def _meant(self, text: str) -> str:
        return as_meant(text) if self.plan.table.format == TEXT else text


def clock_of(cell: str) -> str | None:
    """A time of day as HH:MM (9:30, 09:30:10, 2:05 pm), or None; a zone beside it is left out."""
    found = _CLOCK.fullmatch(cell.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
