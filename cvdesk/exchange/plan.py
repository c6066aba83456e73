"""What an import is going to do, found from the whole file before anything is changed; the person may overrule it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.errors import UserError
from cvdesk.exchange import names, plan_survey
from cvdesk.exchange.alike_questions import alike
from cvdesk.exchange.dates import Order
from cvdesk.exchange.names_more import Asked, asked, is_own_export, recognise_questions
from cvdesk.exchange.own_columns import OwnColumn, counts_of, own_columns, siblings, worded_scales
from cvdesk.exchange.plan_notes import alike_notes, notes_on
from cvdesk.exchange.rating_words import rating_words
from cvdesk.exchange.ratings import Scale
from cvdesk.exchange.read import Table, open_table, reading
from cvdesk.exchange.worded_scales import WordedScale
from cvdesk.wording import _, ngettext

_SHOWN_VALUES = 5
_LISTED = 40
_LISTED_SIGNS = 700
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Options:
    """What a person overrules. `mapping`: (field, column's name or number); an empty column leaves the field out.

    `scale`: worst to best, such as 1-5, 0-10, 0.5-5 or 6-1 where 1 is best. `decimal`: point or comma.
    """

    mapping: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    separator: str = ""
    date_order: str = ""
    scale: str = ""
    decimal: str = ""
    with_header: bool | None = None
    # A sheet of a workbook, by name or by number from 1.
    sheet: str = ""
    # In how many rows the columns are named; 0: find it.
    header_rows: int = 0
    # Of answers: whether columns that ask nothing of ours become questions of the owner's own.
    own_questions: bool = False
    # Of answers: the day, as ISO text, of all rows where no column has it.
    day: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its name, a few of its values, and the field it fills ("" for none)."""

    name: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file will be read. `mapping`: field -> columns by place. `rows`: data rows, blank ones not counted.

    `decimal`: the mark found or chosen, empty where either is taken.
    """

    kind: str
    table: Table
    mapping: dict[str, tuple[int, ...]]
    columns: tuple[Column, ...]
    date_order: Order | None
    scale: Scale
    rows: int
    notes: tuple[str, ...]
    decimal: str = ""
    # The first rows as they will come in, field -> text; those that cannot come in carry "rejected" -> reason.
    preview: tuple[dict[str, str], ...] = ()
    # Of answers: question key -> the scale of its column.
    scales: Mapping[str, Scale] = field(default_factory=dict)
    # Of answers: question key -> the words of its column on 1-5, with the end that is best.
    worded: Mapping[str, WordedScale] = field(default_factory=dict)
    # Of answers: columns that become questions of the owner's own.
    own: tuple[OwnColumn, ...] = ()
    # Of answers: the day of all rows where no column has it.
    day: date | None = None
    # Ratings in words found in the column -> stars.
    rating_words: Mapping[str, float] = field(default_factory=dict)
    # How many ratings are numbers that lie outside the scale, and words that mean no rating.
    off_scale: int = 0

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns that fill no field."""
        own = {place for column in self.own for place in column.places}
        return tuple(one.name for place, one in enumerate(self.columns) if not one.field and place not in own)

    @property
    def used(self) -> dict[str, list[str]]:
        """Field -> names of its columns."""
        return {name: [self.table.header[place] for place in places] for name, places in self.mapping.items()}


class MissingColumnError(UserError):
    """What an import needs is in no recognised column; carries what is there, so that a person can point at it.

    `fields`: any one of them would do. `or_else`: what else would help.
    """

    def __init__(
        self,
        what: str,
        example: str,
        found: tuple[Table, dict[str, tuple[int, ...]]],
        fields: tuple[str, ...],
        or_else: str = "",
    ) -> None:
        table, mapping = found
        to_do = _("The columns are: {columns}. Use --map, such as --map {example}.")
        to_do = to_do.format(columns=_listed(table.header), example=example)
        super().__init__(what, f"{to_do} {or_else}".rstrip())
        self.table = table
        self.mapping = mapping
        self.columns = _columns(table, mapping)
        self.fields = fields


def read_plan(path: Path, kind: str, options: Options, db: Queries) -> Plan:
    """Looks a file through. UserError where it is no table, or what an import needs is not in it."""
    if kind not in names.KINDS:
        raise ValueError(f"nothing is imported as {kind!r}")
    chosen = {column for _field, column in options.mapping}
    questions: Mapping[str, Asked] = asked(db) if kind == "answers" else {}

    def known(cells: Sequence[str]) -> int:
        found = names.count_known(kind, cells) + sum(cell.strip() in chosen for cell in cells)
        return found + len(recognise_questions(questions, cells, {}))

    table = open_table(
        path, known, options.encoding, options.separator, options.with_header, options.sheet, options.header_rows
    )
    mapping = names.recognise(kind, table.header) if table.has_header else {}
    mapping |= recognise_questions(questions, table.header, mapping)
    mapping = _overruled((*names.fields_of(kind), *questions), kind, table, mapping, options.mapping)
    survey = plan_survey.look_through(table, mapping)
    own = {field_name for field_name, _column in options.mapping}
    own |= set(mapping) if is_own_export(table.header) else set()
    notes = plan_survey.leave_out_wordy(table, mapping, survey, own)
    day = _day_of_all(options.day, mapping)
    strange = own_columns(table, _places(mapping)) if questions else []
    same = alike(questions, strange, {*mapping, *own})
    mapping |= same.mapping
    notes += alike_notes(table.header, same)
    left = tuple(one for one in strange if not _places(same.mapping).intersection(one.places))
    own_ones = left if options.own_questions else ()
    _need(kind, table, mapping, questions, day is not None, bool(own_ones))
    country = catalogue.business(db).country
    order = plan_survey.date_order(options.date_order, survey, country)
    notes += notes_on(table, order, options.date_order, country)
    table, decimal = plan_survey.decimal(options.decimal, table, survey)
    scale = plan_survey.scale(options.scale, table, mapping, survey)
    words = rating_words(survey.ratings)
    return Plan(
        kind, table, mapping, _columns(table, mapping), order, scale, survey.rows, tuple(notes), decimal,
        worded=_worded(table, mapping, questions), own=own_ones, day=day,
        rating_words=words, off_scale=plan_survey.off_scale(survey, scale, decimal, words),
    )  # fmt: skip


def _places(mapping: Mapping[str, tuple[int, ...]]) -> set[int]:
    return {place for places in mapping.values() for place in places}


def _worded(
    table: Table, mapping: Mapping[str, tuple[int, ...]], questions: Mapping[str, Asked]
) -> dict[str, WordedScale]:
    """Question key -> the scale its column's words form, of questions answered on 1-5."""
    places = {key: mapping[key][0] for key in mapping if key in questions and questions[key].kind == "scale5"}
    if not places:
        return {}
    found = worded_scales(table, counts_of(table, siblings(table.header, places.values())))
    return {
        key: found[place] if questions[key].own else found[place].turned_for(questions[key].gain)
        for key, place in places.items()
        if place in found
    }


def _day_of_all(text: str, mapping: Mapping[str, tuple[int, ...]]) -> date | None:
    """The day somebody gave for all rows; None where a column has the days. UserError for what is no day."""
    if not text or "date" in mapping:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(_("“{text}” is no day.").format(text=text), _("Write it as 2026-05-04.")) from None


def _overruled(
    fields: Sequence[str],
    kind: str,
    table: Table,
    mapping: dict[str, tuple[int, ...]],
    wanted: Sequence[tuple[str, str]],
) -> dict[str, tuple[int, ...]]:
    chosen: dict[str, tuple[int, ...]] = {}
    for name, column in wanted:
        if name not in fields:
            raise UserError(
                _("“{field}” is no field of {kind}.").format(field=name, kind=kind),
                _("The fields are: {fields}.").format(fields=", ".join(dict.fromkeys(fields))),
            )
        if column:
            chosen[name] = (*chosen.get(name, ()), _place(table, column))
        else:
            chosen[name] = ()
    taken = {place for places in chosen.values() for place in places}
    kept = {
        name: left
        for name, places in mapping.items()
        if name not in chosen and (left := tuple(place for place in places if place not in taken))
    }
    if "customer" in chosen or "name" in chosen:
        kept.pop("first_name", None)
        kept.pop("last_name", None)
    return {**kept, **{name: places for name, places in chosen.items() if places}}


def _place(table: Table, column: str) -> int:
    exact = [place for place, name in enumerate(table.header) if name == " ".join(column.split())]
    alike = [place for place, name in enumerate(table.header) if names.plain(name) == names.plain(column) != ""]
    if exact or alike:
        return (exact or alike)[0]
    if column.isdecimal() and 1 <= int(column) <= table.width:
        return int(column) - 1
    raise UserError(
        _("“{name}” has no column “{column}”.").format(name=table.path.name, column=column),
        _("Its columns are: {columns}.").format(columns=_listed(table.header)),
    )


def _need(
    kind: str,
    table: Table,
    mapping: dict[str, tuple[int, ...]],
    questions: Collection[str],
    one_day: bool = False,
    own_ones: bool = False,
) -> None:
    found, name = (table, mapping), table.path.name
    if kind == "customers":
        whose = ("name", "first_name", "last_name", "organisation", "email", "id")
        if not mapping.keys() & set(whose):
            what = _("No column with names was found in “{name}”.").format(name=name)
            raise MissingColumnError(what, "name=Column", found, whose)
        return
    if "date" not in mapping and not one_day:
        what = _("No column with the date was found in “{name}”.").format(name=name)
        all_on = _("Where all answered on one day, give it: --date 2026-05-04.") if kind == "answers" else ""
        raise MissingColumnError(what, "date=Column", found, ("date",), all_on)
    if kind == "purchases":
        whose = ("customer", "customer_id", "email", "phone", "first_name", "last_name")
        if not mapping.keys() & set(whose):
            what = _("No column with the customer was found in “{name}”.").format(name=name)
            raise MissingColumnError(what, "customer=Column", found, whose)
        return
    if kind == "answers":
        if not mapping.keys() & set(questions) and not own_ones:
            what = _("No column with the answer to a question was found in “{name}”.").format(name=name)
            bring = _("To bring its questions in as your own, add --own-questions.")
            raise MissingColumnError(what, "worth_it=Column", found, tuple(questions), bring)
        return
    said = ("text", "rating", "theme", "resolution")
    if not mapping.keys() & set(said):
        what = _("No column with what was said was found in “{name}”.").format(name=name)
        raise MissingColumnError(what, "text=Column", found, said)


def _columns(table: Table, mapping: dict[str, tuple[int, ...]]) -> tuple[Column, ...]:
    fields = {place: name for name, places in mapping.items() for place in places}
    samples: list[list[str]] = [[] for _name in table.header]
    with reading(table) as found:
        for row in islice(found, 200):
            if len(row) == table.width:
                for place, cell in enumerate(row):
                    if cell.strip() and len(samples[place]) < _SHOWN_VALUES and cell not in samples[place]:
                        samples[place].append(cell.strip()[:80])
    return tuple(Column(name, tuple(samples[place]), fields.get(place, "")) for place, name in enumerate(table.header))


def _listed(header: Sequence[str]) -> str:
    """Names of columns in a sentence; of a survey of hundreds only the first."""
    shown: list[str] = []
    for name in header[:_LISTED]:
        shown.append(name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…")
        if sum(map(len, shown)) > _LISTED_SIGNS:
            break
    listed, more = ", ".join(shown), len(header) - len(shown)
    if not more:
        return listed
    return ngettext("{columns} and {count} more", "{columns} and {count} more", more).format(columns=listed, count=more)
