"""What an import is going to do, found from the whole file before anything is changed; the person may overrule it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.errors import UserError
from cvdesk.exchange import names
from cvdesk.exchange.dates import ORDERS, Order, find_order, usual_order
from cvdesk.exchange.decimals import find_decimal
from cvdesk.exchange.names_more import asked, recognise_questions
from cvdesk.exchange.plan_notes import notes_on
from cvdesk.exchange.rating_words import rating_words
from cvdesk.exchange.ratings import STARS, RatingReader, Scale, find_scale, given_scale
from cvdesk.exchange.read import Table, blank, open_table, reading
from cvdesk.exchange.values import nothing
from cvdesk.wording import _

_CHUNK = 10_000
_SHOWN_VALUES = 5
_MOST_NAMES = {"channel": 60, "segment": 60, "theme": 250, "offering": 5_000}
_MOST_NUMBERS = 50_000
_DATES = ("date", "closed", "since", "birthday")


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
    # Ratings in words found in the column -> stars.
    rating_words: Mapping[str, float] = field(default_factory=dict)
    # How many ratings are numbers that lie outside the scale, and words that mean no rating.
    off_scale: int = 0

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns that fill no field."""
        return tuple(column.name for column in self.columns if not column.field)

    @property
    def used(self) -> dict[str, list[str]]:
        """Field -> names of its columns."""
        return {name: [self.table.header[place] for place in places] for name, places in self.mapping.items()}


class MissingColumnError(UserError):
    """What an import needs is in no recognised column; carries what is there, so that a person can point at it.

    `fields`: any one of them would do.
    """

    def __init__(
        self, what: str, example: str, found: tuple[Table, dict[str, tuple[int, ...]]], fields: tuple[str, ...]
    ) -> None:
        table, mapping = found
        to_do = _("The columns are: {columns}. Use --map, such as --map {example}.")
        super().__init__(what, to_do.format(columns=", ".join(table.header), example=example))
        self.table = table
        self.mapping = mapping
        self.columns = _columns(table, mapping)
        self.fields = fields


@dataclass(slots=True)
class _Survey:
    """What one pass over the whole file found."""

    rows: int = 0
    ratings: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)
    dates: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)


def read_plan(path: Path, kind: str, options: Options, db: Queries) -> Plan:
    """Looks a file through. UserError where it is no table, or what an import needs is not in it."""
    if kind not in names.KINDS:
        raise ValueError(f"nothing is imported as {kind!r}")
    chosen = {column for _field, column in options.mapping}
    questions = asked(db) if kind == "answers" else {}

    def known(cells: Sequence[str]) -> int:
        found = names.count_known(kind, cells) + sum(cell.strip() in chosen for cell in cells)
        return found + len(recognise_questions(questions, cells, {}))

    table = open_table(
        path, known, options.encoding, options.separator, options.with_header, options.sheet, options.header_rows
    )
    mapping = names.recognise(kind, table.header) if table.has_header else {}
    mapping |= recognise_questions(questions, table.header, mapping)
    mapping = _overruled((*names.fields_of(kind), *questions), kind, table, mapping, options.mapping)
    survey = _look_through(table, mapping)
    own = {field_name for field_name, _column in options.mapping}
    notes = _leave_out_wordy(table, mapping, survey, own)
    _need(kind, table, mapping, questions)
    country = catalogue.business(db).country
    order = _date_order(options.date_order, survey, country)
    notes += notes_on(table, order, options.date_order, country)
    table, decimal = _decimal(options.decimal, table, survey)
    scale = _scale(options.scale, table, mapping, survey)
    words = rating_words(survey.ratings)
    return Plan(
        kind, table, mapping, _columns(table, mapping), order, scale, survey.rows, tuple(notes), decimal,
        rating_words=words, off_scale=_off_scale(survey, scale, decimal, words),
    )  # fmt: skip


def _decimal(given: str, table: Table, survey: _Survey) -> tuple[Table, str]:
    """The mark of decimals, and the table with the numbers of its cells written with it."""
    if given not in ("", "point", "comma"):
        raise UserError(_("“{text}” is no decimal mark.").format(text=given), _("Use point or comma."))
    decimal = given or find_decimal((*survey.ratings, *survey.numbers), table.content is not None)
    return (table.with_comma() if decimal == "comma" else table), decimal


def _off_scale(survey: _Survey, scale: Scale, decimal: str, words: Mapping[str, float]) -> int:
    reader = RatingReader(scale, decimal, words)
    return sum(
        count for cell, count in survey.ratings.items() if not nothing(cell) and reader.read(cell.strip())[0] is None
    )


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
        _("Its columns are: {columns}.").format(columns=", ".join(table.header)),
    )


def _look_through(table: Table, mapping: dict[str, tuple[int, ...]]) -> _Survey:
    survey = _Survey()
    rating, amount = mapping.get("rating", ()), mapping.get("amount", ())
    dates = {name: mapping[name][0] for name in _DATES if name in mapping}
    named = {name: mapping[name][0] for name in _MOST_NAMES if name in mapping}
    survey.dates = {name: set() for name in dates}
    survey.names = {name: set() for name in named}
    width = table.width
    with reading(table) as found:
        while chunk := list(islice(found, _CHUNK)):
            fitting = [row for row in chunk if len(row) == width]
            survey.rows += len(chunk) - sum(map(blank, chunk))
            if rating:
                survey.ratings.update(map(itemgetter(rating[0]), fitting))
            if amount and len(survey.numbers) < _MOST_NUMBERS:
                survey.numbers.update(map(itemgetter(amount[0]), fitting))
            for name, place in dates.items():
                # Dates that begin with the year say nothing about day and month.
                survey.dates[name] |= {cell for cell in map(itemgetter(place), fitting) if cell[4:5] != "-"}
            for name, place in named.items():
                if len(survey.names[name]) <= _MOST_NAMES[name]:
                    survey.names[name].update(map(itemgetter(place), fitting))
    return survey


def _leave_out_wordy(table: Table, mapping: dict[str, tuple[int, ...]], survey: _Survey, own: set[str]) -> list[str]:
    """A column that was recognised as a list of names but holds something else in every row is left out, and named."""
    notes = []
    for name, cells in survey.names.items():
        many = len({cell for cell in cells if not nothing(cell)})
        if name not in own and many > _MOST_NAMES[name]:
            column = table.header[mapping.pop(name)[0]]
            notes.append(
                _("“{column}” holds too many different values to be the {field}; it was left out.").format(
                    column=column, field=name
                )
            )
    return notes


def _need(kind: str, table: Table, mapping: dict[str, tuple[int, ...]], questions: Collection[str]) -> None:
    found, name = (table, mapping), table.path.name
    if kind == "customers":
        whose = ("name", "first_name", "last_name", "organisation", "email", "id")
        if not mapping.keys() & set(whose):
            what = _("No column with names was found in “{name}”.").format(name=name)
            raise MissingColumnError(what, "name=Column", found, whose)
        return
    if "date" not in mapping:
        what = _("No column with the date was found in “{name}”.").format(name=name)
        raise MissingColumnError(what, "date=Column", found, ("date",))
    if kind == "purchases":
        whose = ("customer", "customer_id", "email", "phone", "first_name", "last_name")
        if not mapping.keys() & set(whose):
            what = _("No column with the customer was found in “{name}”.").format(name=name)
            raise MissingColumnError(what, "customer=Column", found, whose)
        return
    if kind == "answers":
        if not mapping.keys() & set(questions):
            what = _("No column with the answer to a question was found in “{name}”.").format(name=name)
            raise MissingColumnError(what, "worth_it=Column", found, tuple(questions))
        return
    said = ("text", "rating", "theme", "resolution")
    if not mapping.keys() & set(said):
        what = _("No column with what was said was found in “{name}”.").format(name=name)
        raise MissingColumnError(what, "text=Column", found, said)


def _date_order(given: str, survey: _Survey, country: str) -> Order | None:
    if given:
        if given not in ORDERS:
            raise UserError(
                _("“{text}” is no order of dates.").format(text=given),
                _("Use one of: {orders}.").format(orders=", ".join(ORDERS)),
            )
        return Order(given, True)
    found = [order for cells in survey.dates.values() if (order := find_order(cells, country)) is not None]
    sure = [order for order in found if order.sure]
    if sure:
        return sure[0]
    return Order(usual_order(country), False) if found else None


def _scale(given: str, table: Table, mapping: dict[str, tuple[int, ...]], survey: _Survey) -> Scale:
    if given:
        return given_scale(given)
    if "rating" not in mapping:
        return STARS
    column = table.header[mapping["rating"][0]]
    return find_scale(survey.ratings, column)


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
