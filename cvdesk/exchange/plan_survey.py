"""One pass over a whole file before it is imported, and what it shows: dates, ratings, decimals, lists of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

from cvdesk.errors import UserError
from cvdesk.exchange.dates import ORDERS, Order, find_order, usual_order
from cvdesk.exchange.decimals import find_decimal
from cvdesk.exchange.ratings import STARS, RatingReader, Scale, find_scale, given_scale
from cvdesk.exchange.read import Table, blank, reading
from cvdesk.exchange.values import nothing
from cvdesk.wording import _

_CHUNK = 1_000  # no call keeps other threads, such as that of the window, waiting for long
_MOST_NAMES = {"channel": 60, "segment": 60, "theme": 250, "offering": 5_000}
# So many different values say what there is to say, and fit into memory.
_MOST_VALUES = 200_000
_DATES = ("date", "closed", "since", "birthday", "may_write_on")


@dataclass(slots=True)
class Survey:
    """What one pass over the whole file found."""

    rows: int = 0
    ratings: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)
    dates: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)


def look_through(table: Table, mapping: Mapping[str, tuple[int, ...]]) -> Survey:
    """Goes through the whole file once."""
    survey = Survey()
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
            if rating and len(survey.ratings) < _MOST_VALUES:
                survey.ratings.update(map(itemgetter(rating[0]), fitting))
            if amount and len(survey.numbers) < _MOST_VALUES:
                survey.numbers.update(map(itemgetter(amount[0]), fitting))
            for name, place in dates.items():
                # Dates that begin with the year say nothing about day and month.
                if len(survey.dates[name]) < _MOST_VALUES:
                    survey.dates[name] |= {cell for cell in map(itemgetter(place), fitting) if cell[4:5] != "-"}
            for name, place in named.items():
                if len(survey.names[name]) <= _MOST_NAMES[name]:
                    survey.names[name].update(map(itemgetter(place), fitting))
    return survey


def leave_out_wordy(table: Table, mapping: dict[str, tuple[int, ...]], survey: Survey, own: set[str]) -> list[str]:
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


def date_order(given: str, survey: Survey, country: str) -> Order | None:
    """How the numbers of the dates follow each other, or the order given; None where no date depends on it."""
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


def scale(given: str, table: Table, mapping: Mapping[str, tuple[int, ...]], survey: Survey) -> Scale:
    """The scale of the ratings, or the one given. UserError for one that is none."""
    if given:
        return given_scale(given)
    if "rating" not in mapping:
        return STARS
    column = table.header[mapping["rating"][0]]
    return find_scale(survey.ratings, column)


def decimal(given: str, table: Table, survey: Survey) -> tuple[Table, str]:
    """The mark of decimals, and the table with the numbers of its cells written with it."""
    if given not in ("", "point", "comma"):
        raise UserError(_("“{text}” is no decimal mark.").format(text=given), _("Use point or comma."))
    decimal = given or find_decimal((*survey.ratings, *survey.numbers), table.content is not None)
    return (table.with_comma() if decimal == "comma" else table), decimal


def off_scale(survey: Survey, on: Scale, decimal: str, words: Mapping[str, float]) -> int:
    """How many cells of the column of ratings hold something that is no rating on this scale."""
    reader = RatingReader(on, decimal, words)
    return sum(
        count for cell, count in survey.ratings.items() if not nothing(cell) and reader.read(cell.strip())[0] is None
    )
