"""Columns that ask about the same thing as a question of ours in other words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cvdesk.exchange.answer_values import ZERO_TO_TEN
from cvdesk.exchange.names_more import Asked
from cvdesk.exchange.own_columns import OwnColumn
from cvdesk.exchange.ratings import scale_in_name
from cvdesk.exchange.worded_scales import plain_words

_ASKS = {
    "support": "helpful|friendl|staff|polite", "waiting": "wait|queue|delay", "price_level": "price|pricing",
    "worth_it": "worth", "satisfaction": "satisf", "ease": "easy|ease", "recommend": "recommend",
}  # fmt: skip
# Words of the questions' names that any question may hold.
_SAYS_NOTHING = frozenset({
    "every", "feel", "feels", "from", "getting", "good", "having", "need", "person", "people", "practice", "result",
    "same", "standard", "takes", "that", "things", "time", "what", "when", "with", "acts", "customer", "left", "lasts",
    "useful", "great",
})  # fmt: skip
_SHORTEST = 4
_STEM = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """mapping: question key -> column that asks the same. maybe: column's name -> keys of questions it may ask."""

    mapping: Mapping[str, tuple[int, ...]]
    maybe: Mapping[str, tuple[str, ...]]


def alike(questions: Mapping[str, Asked], columns: list[OwnColumn], known: Collection[str]) -> Alike:
    """Finds what scaled columns ask about, by the words of the questions' names.

    A column is taken for a question only where it fits no other one, no other column fits that question, and its
    scale says which end is good where that matters: "rate our delivery, 1-5" may mean either, so it is only proposed.
    """
    open_ones = {key: one for key, one in questions.items() if key not in known and not one.own}
    fits = {
        column.name: _about(column, open_ones) for column in columns if column.kind == "scale5" and not column.numbered
    }
    asked: dict[str, list[OwnColumn]] = {}
    for column in columns:
        for key in fits.get(column.name, ()):
            asked.setdefault(key, []).append(column)
    mapping = {
        key: column.places
        for key, found in asked.items()
        for column in found[:1]
        if len(found) == 1 and fits[column.name] == (key,) and _sure(column, open_ones[key])
    }
    taken = {place for places in mapping.values() for place in places}
    return Alike(mapping, {
        column.name: keys
        for column in columns
        if (keys := fits.get(column.name, ())) and not taken.intersection(column.places)
    })  # fmt: skip


def _about(column: OwnColumn, questions: Mapping[str, Asked]) -> tuple[str, ...]:
    words = plain_words(column.name).split()
    found = []
    for key, question in questions.items():
        stems = _ASKS.get(key, "").split("|") if key in _ASKS else _stems(question)
        fits = any(stem and word.startswith(stem) for stem in stems for word in words)
        if fits and (question.kind == "scale5" or _zero_to_ten(question, column)):
            found.append(key)
    return tuple(found)


def _stems(question: Asked) -> list[str]:
    """Beginnings of the words that make up the short name of a question's factor."""
    words = plain_words(question.label).split()
    words = [word for word in words if len(word) >= _SHORTEST and word not in _SAYS_NOTHING]
    return [word[: max(_STEM, len(word) - 2)] for word in words]


def _zero_to_ten(question: Asked, column: OwnColumn) -> bool:
    """Whether the 0-10 question may be meant: nobody need have answered 0, but a name may say that it begins at 1."""
    if question.kind != "scale0_10" or column.scale is None or column.scale.best != ZERO_TO_TEN.best:
        return False
    return scale_in_name(column.name) in (None, ZERO_TO_TEN)


def _sure(column: OwnColumn, question: Asked) -> bool:
    return question.gain or bool(column.words)
