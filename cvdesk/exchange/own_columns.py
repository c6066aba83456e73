"""Columns of somebody else's survey that ask nothing of ours: what kind of question each is, with its scale."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cvdesk.exchange.rating_words import plain, rating_words
from cvdesk.exchange.ratings import Scale, find_scale, number_of
from cvdesk.exchange.read import Table, reading
from cvdesk.exchange.worded_scales import (
    WordedScale,
    find_numbered_scale,
    find_worded_scale,
    not_apply,
    plain_words,
)
from cvdesk.wording import _

# What survey programs add to each row beside the answers.
_NO_QUESTION = frozenset({
    "collector id", "ip address", "email address", "e mail address", "first name", "last name", "custom data 1",
    "start date", "end date", "date created", "date modified", "network id", "start time", "completion time",
    "last page", "start language", "seed", "tags", "name", "email", "username", "user agent", "referrer url",
    "submit date utc", "start date utc", "stage date utc", "response type", "score", "status", "duration",
    "time taken", "language", "last modified time", "location latitude", "location longitude", "progress", "finished",
    "recipient last name", "recipient first name", "recipient email", "external reference", "distribution channel",
})  # fmt: skip
_YES_NO = ({"yes", "ja", "oui", "si", "true", "y"}, {"no", "nein", "non", "false", "n"})
_RATES = re.compile(
    r"\brat(?:e|es|ed|ing|ings)\b|satisf|\bscore|\bscale\b|\blikel|\bout of\b|\bstars?\b|recommend|"
    r"\bworth\b|\bquality\b|\bhow (?:good|bad|well|was|were|satisfied|easy|hard|helpful|friendly|clear|did you like)\b|"
    r"\b[01] ?(?:-|–|to) ?(?:5|7|10)\b",
    re.IGNORECASE,
)
_RANKS = re.compile(r"\brank|\border of preference\b", re.IGNORECASE)
_GRID = re.compile(r"^(.*?)\s*\[[^\]]+\]\s*$", re.DOTALL)
_PART = " – "  # what names of columns made of two rows are joined by
_NUMBERED = re.compile(r"^\s*(?:q\s?)?(\d{1,3}[a-z]?\d?)\s?[.):]\s+", re.IGNORECASE)
_MOST_DIFFERENT = 300
_SHARE = 0.95
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A question of the list's own, from one column, or from one for each choice that could be ticked.

    kind: scale5, yes_no or text. words: cell, as `plain_words` gives it, -> 1-5. scale: of numbers. anchors: what 1,
    3 and 5 are called. key: the question's key where it has one of its own. numbered: its words carry their numbers.
    """

    name: str
    kind: str
    places: tuple[int, ...]
    words: Mapping[str, float] = field(default_factory=dict)
    scale: Scale | None = None
    anchors: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    numbered: bool = False

    @property
    def scale_name(self) -> str:
        """The scale as a person may check it: "1 Not important … 5 Critical", "0-10"; empty where there is none."""
        if self.anchors:
            ends = [value for value in ("1", "5") if value in self.anchors]
            return " … ".join(f"{value} {self.anchors[value].rstrip('.')}" for value in ends)
        return self.scale.name if self.scale is not None else ""


def counts_of(table: Table, places: Iterable[int]) -> dict[int, Counter[str]]:
    """How often each cell occurs in these columns; of one with very many different ones only those met first."""
    counts: dict[int, Counter[str]] = {place: Counter() for place in places}
    with reading(table) as found:
        while chunk := list(islice(found, _CHUNK)):
            fitting = [row for row in chunk if len(row) == table.width]
            for place, count in counts.items():
                if len(count) <= _MOST_DIFFERENT:
                    count.update(cell for row in fitting if (cell := row[place].strip()))
    return counts


def worded_scales(table: Table, counts: Mapping[int, Counter[str]]) -> dict[int, WordedScale]:
    """The scale in words of each column that has one; the columns of one question are looked at together."""
    grids: dict[str, list[int]] = {}
    for place in counts:
        grids.setdefault(_question_of(table.header[place]), []).append(place)
    found = {}
    for places in grids.values():
        together: Counter[str] = Counter()
        for place in places:
            together.update(counts[place])
        scale = _scale_in_words(together)
        for place in places:
            own = scale if scale is not None and _fits(counts[place], scale) else _scale_in_words(counts[place])
            if own is not None:
                found[place] = own
    return found


def own_columns(table: Table, taken: Collection[int]) -> list[OwnColumn]:
    """The questions in the columns that are not taken, in order; what is no question is left aside."""
    free = [
        place for place, name in enumerate(table.header) if place not in taken and plain_words(name) not in _NO_QUESTION
    ]
    counts = counts_of(table, free)
    scales = worded_scales(table, counts)
    ticked = _ticked(table.header, counts)
    found: list[OwnColumn] = []
    for place in free:
        group = ticked.get(place)
        if group is not None:
            if place == group[0]:
                found.append(OwnColumn(_group_name(table.header[place]), "text", group))
        elif counts[place]:
            found.append(_own(table.header[place], place, counts[place], scales.get(place)))
    return found


def _own(name: str, place: int, counts: Mapping[str, int], worded: WordedScale | None) -> OwnColumn:
    answers = {words for cell in counts if not not_apply(words := plain_words(cell))}
    if answers and answers <= _YES_NO[0] | _YES_NO[1]:
        return OwnColumn(name, "yes_no", (place,))
    numbered = worded is None
    worded = worded or find_numbered_scale(counts)
    if worded is not None:
        anchors = {f"{value:g}": cell for value, cell in worded.names.items() if value in (1, 3, 5)}
        return OwnColumn(name, "scale5", (place,), worded.values, None, anchors, numbered=numbered)
    scale = _numbers(name, counts)
    return OwnColumn(name, "scale5", (place,), scale=scale) if scale is not None else OwnColumn(name, "text", (place,))


def _numbers(name: str, counts: Mapping[str, int]) -> Scale | None:
    """The scale of a column of ratings; None for numbers that rate nothing, such as a rank or a number of years."""
    if _RANKS.search(name) or not _RATES.search(name):
        return None
    numbers = sum(count for cell, count in counts.items() if number_of(cell) is not None)
    said = sum(count for cell, count in counts.items() if not not_apply(plain_words(cell)))
    return find_scale(counts, name) if said and numbers >= _SHARE * said else None


def siblings(header: Sequence[str], places: Iterable[int]) -> set[int]:
    """These columns with the others of their questions, where a question has one for each of its rows."""
    asked = {_question_of(header[place]) for place in places}
    return {place for place, name in enumerate(header) if _question_of(name) in asked}


def _scale_in_words(counts: Mapping[str, int]) -> WordedScale | None:
    found = find_worded_scale(counts)
    if found is not None:
        return found
    stars = rating_words(counts)
    said = {cell: count for cell, count in counts.items() if not not_apply(plain_words(cell))}
    values = {cell: stars[plain(cell)] for cell in said if plain(cell) in stars}
    if len(set(values.values())) < 3 or sum(said[cell] for cell in values) < _SHARE * sum(said.values()):
        return None
    return WordedScale(
        {plain_words(cell): value for cell, value in values.items()},
        True,
        {value: cell for cell, value in values.items()},
    )


def _fits(counts: Mapping[str, int], scale: WordedScale) -> bool:
    said = {cell: count for cell, count in counts.items() if not not_apply(plain_words(cell))}
    inside = sum(count for cell, count in said.items() if plain_words(cell) in scale.values)
    return bool(said) and inside >= _SHARE * sum(said.values())


def _question_of(name: str) -> str:
    grid = _GRID.match(name)
    return grid[1] if grid else name.rpartition(_PART)[0] or name


def _part_of(name: str) -> str:
    numbered = _NUMBERED.sub("", name)
    return name.rpartition(_PART)[2] if _PART in name else numbered


def _ticked(header: Sequence[str], counts: Mapping[int, Counter[str]]) -> dict[int, tuple[int, ...]]:
    """Column -> all columns of its question, where each holds its own name or nothing: several could be ticked."""
    groups: dict[str, list[int]] = {}
    for place, count in counts.items():
        name = header[place]
        numbered = _NUMBERED.match(name)
        question = name.rpartition(_PART)[0] or (numbered[1] if numbered else "")
        if question and len(count) == 1 and plain_words(next(iter(count))) == plain_words(_part_of(name)):
            groups.setdefault(question, []).append(place)
    return {place: tuple(group) for group in groups.values() if len(group) > 1 for place in group}


def _group_name(name: str) -> str:
    question = name.rpartition(_PART)[0]
    numbered = _NUMBERED.match(name)
    return question or _("Question {number}").format(number=numbered[1] if numbered else name)
